from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from monograph_nlp.batch import Settings, run, work
from monograph_nlp.batch.messages import Request
from monograph_nlp.batch.opening import documents
from monograph_nlp.batch.work import Worker, resident_bytes
from monograph_nlp.errors import ConfigError, ReadError
from monograph_nlp.pipeline import extract, load
from monograph_nlp.record.codec import encode
from monograph_nlp.types import Monograph

TEXT = "Zynovia (examplinib) is indicated for asthma. Common: fever and rash."


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    scratch = str(tmp_path_factory.mktemp("scratch"))
    return Worker(Settings(profile="lexicon", scratch=scratch, max_characters=2000))


def _content(name: str, content: bytes) -> Request:
    return Request(name, "a", content=content)


def test_a_path_its_content_and_its_monograph_give_the_same_record(worker, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    asked = [
        Request("a.txt", "a", path=bytes(path)),
        _content("a.txt", TEXT.encode()),
        Request("a.txt", "a", monograph=Monograph("a", TEXT, "text", "a.txt", _sha(TEXT))),
    ]
    answers = [worker.answer(request) for request in asked]
    assert answers[0].records == answers[1].records == answers[2].records
    assert len(answers[0].records) == 1
    assert answers[0].words == len(TEXT.split())
    assert answers[0].facts
    assert json.loads(answers[0].records[0])["id"] == answers[0].ids[0]
    assert not list(Path(worker._settings.scratch).iterdir())


def _sha(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "stage", "error"),
    [
        ("a.txt", b"", "read", "ReadError"),
        ("a.rtf", b"x", "read", "ReadError"),
        ("a.pdf", b"%PDF-1.7 broken", "read", "ReadError"),
        ("a.jsonl", b'{"\\ud800": "\\ud800"}', "read", "ReadError"),
        ("a.txt", b"word " * 500, "limit", "TooLongError"),
    ],
)
def test_what_is_wrong_with_a_document_is_a_failure(worker, name, content, stage, error):
    answer = worker.answer(_content(name, content))
    assert [(one.stage, one.error) for one in answer.failures] == [(stage, error)]
    assert answer.is_final
    assert not answer.records


def test_good_and_bad_lines_stand_side_by_side(worker):
    lines = [json.dumps({"id": id, "text": TEXT}) for id in "bc"]
    answer = worker.answer(_content("a.jsonl", f"{lines[0]}\nnone\n{lines[1]}".encode()))
    assert len(answer.records) == len(answer.ids) == 2
    assert [one.document for one in answer.failures] == ["a.jsonl"]


def test_what_cannot_be_read_stands_in_its_place_even_before_a_library_fails(tmp_path, monkeypatch):
    lines = ['{"id": "b", "text": "Rash."}', "none", '{"id": "c", "text": "Rash."}']
    asked = Request("a.jsonl", "a", content="\n".join(lines).encode())
    settings = Settings(scratch=str(tmp_path))
    found = [item.id if isinstance(item, Monograph) else "-" for item in documents(asked, settings)]
    assert found == ["b", "-", "c"]

    def broken(*arguments, **options):
        yield ReadError("a.jsonl:1", "not JSON", "an object", "Correct it.")
        raise RecursionError("deep")

    monkeypatch.setattr("monograph_nlp.batch.opening.read_each", broken)
    errors = [item.failure.error for item in documents(asked, settings)]
    assert errors == ["ReadError", "RecursionError"]


def test_a_component_that_fails_is_named(worker, monkeypatch):
    def broken(doc):
        raise KeyError("boom")

    pipeline = worker._nlp._components
    monkeypatch.setattr(worker._nlp, "_components", [*pipeline[:-1], (pipeline[-1][0], broken)])
    (failure,) = worker.answer(_content("a.txt", TEXT.encode())).failures
    assert (failure.document, failure.stage, failure.error) == ("a", "relations", "KeyError")


@pytest.mark.parametrize("cause", [MemoryError(), OSError(28, "No space left on device")])
def test_what_may_fare_better_another_time_is_not_final(worker, monkeypatch, cause):
    def broken(doc):
        raise cause

    pipeline = worker._nlp._components
    monkeypatch.setattr(worker._nlp, "_components", [*pipeline[:-1], (pipeline[-1][0], broken)])
    answer = worker.answer(_content("a.txt", TEXT.encode()))
    assert (len(answer.failures), answer.is_final) == (1, False)


def test_a_scratch_folder_without_room_is_a_failure_that_is_not_final(worker, monkeypatch):
    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    answer = worker.answer(_content("a.txt", b"x"))
    assert [(one.stage, one.error) for one in answer.failures] == [("worker", "OSError")]
    assert not answer.is_final


def test_forgetting_changes_no_record(worker, monkeypatch):
    kept = worker.answer(_content("a.txt", TEXT.encode())).records
    monkeypatch.setattr(work, "_STRINGS", 0)
    assert worker.answer(_content("a.txt", TEXT.encode())).records == kept


def test_wrong_settings_are_an_error():
    with pytest.raises(ConfigError):
        Worker(Settings(config="nowhere.cfg"))


def test_memory_is_told():
    assert resident_bytes() > 10 << 20


def test_a_batch_gives_what_extract_gives(sample_files, tmp_path):
    """All the samples, by two workers; this is the whole way through, with nothing in its place."""
    settings = Settings(profile="lexicon", with_text=True)
    counts = run(sample_files, tmp_path / "out", settings=settings, workers=2)
    nlp = load(profile="lexicon")
    expected = [
        encode(one) for path in sample_files for one in extract(path, nlp=nlp, with_text=True)
    ]
    written = (tmp_path / "out" / "records.jsonl").read_bytes()
    assert counts.failures == 0
    assert written.splitlines() == expected


def test_the_program_ends_where_its_input_ends(monkeypatch):
    class Standard:
        buffer = io.BytesIO()

    sent = io.BytesIO()
    monkeypatch.setattr(work.sys, "stdin", Standard())
    monkeypatch.setattr(work.os, "dup2", lambda *_: None)
    monkeypatch.setattr(work.os, "fdopen", lambda *_: sent)
    monkeypatch.setattr(work.signal, "signal", lambda *_: None)
    work.main()
    assert sent.getvalue() == b""  # it began no work
