from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from monograph_nlp.batch.messages import Settings
from monograph_nlp.batch.pieces import inputs_of, pieces_of


@pytest.fixture
def pieces(tmp_path):
    settings = Settings(scratch=str(tmp_path))

    def given(*paths: Path):
        inputs = inputs_of(paths)
        return [piece for one in inputs for piece in pieces_of(one, settings, before=100)]

    return given


def _zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _lines(*texts: str) -> bytes:
    return "\n".join(
        json.dumps({"id": f"d{n}", "text": text}) for n, text in enumerate(texts)
    ).encode()


def test_a_file_is_a_piece_that_names_its_path(pieces, write):
    (path,) = write(a="Fever.")
    (piece,) = pieces(path)
    assert (piece.name, piece.request.id, piece.size) == ("a.txt", "a", 106)
    assert piece.request.path == bytes(path)
    assert piece.request.content is piece.request.monograph is None


def test_a_digest_changes_with_content_and_name_alone(pieces, write):
    first, same, other = write({"x/a.txt": "Fever.", "y/a.txt": "Fever.", "z/a.txt": "Rash."})
    digests = [piece.digest for path in (first, same, other) for piece in pieces(path)]
    assert digests[0] == digests[1] != digests[2]
    together = [piece.digest for piece in pieces(first, same)]
    assert len({digests[0], *together}) == 3  # they are called x/a.txt and y/a.txt now


def test_documents_of_a_stream_are_pieces_and_bad_lines_failures(pieces, tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_bytes(_lines("one", "two") + b'\n{"\\ud800": 1}\nno json\n' + _lines("three"))
    found = pieces(path)
    assert [piece.request.monograph.text for piece in found if piece.request] == [
        "one",
        "two",
        "three",
    ]
    failures = [piece.failure for piece in found if piece.failure]
    assert [(one.document, one.stage, one.error) for one in failures] == [
        ("many.jsonl", "read", "ReadError")
    ] * 2
    assert len({piece.digest for piece in found}) == 5


def _label(id: str) -> dict[str, object]:
    return {"id": id, "indications_and_usage": [f"For gout, says {id}."]}


def test_labels_of_a_response_of_openfda_are_pieces(pieces, tmp_path):
    path, packed = tmp_path / "labels.json", tmp_path / "more.json.gz"
    path.write_text(json.dumps({"results": [_label("a"), {"none": 1}, _label("b")]}))
    packed.write_bytes(gzip.compress(json.dumps(_label("c")).encode()))
    found = pieces(path, packed)
    assert [piece.request.monograph.id for piece in found if piece.request] == ["a", "b", "c"]
    assert [piece.name for piece in found] == [
        "labels.json#1",
        "labels.json",
        "labels.json#3",
        "more.json.gz",
    ]
    assert "labels.json#2" in found[1].failure.message


def test_members_of_archives_have_ids_of_their_own(pieces, tmp_path):
    members = {
        "x/a.txt": b"one",
        "x/a.md": b"two",
        "y/a.txt.gz": gzip.compress(b"three"),
        "lines.jsonl": _lines("four", "five"),
        "image.png": b"none",
        ".hidden.txt": b"none",
        "deep/er/.b.txt": b"none",
    }
    found = pieces(_zipped(tmp_path / "all.zip", members))
    assert [(piece.name, piece.request.id) for piece in found] == [
        ("all.zip!x/a.txt", "all/x/a"),
        ("all.zip!x/a.md", "all/x/a-2"),
        ("all.zip!y/a.txt.gz", "all/y/a"),
        ("all.zip!lines.jsonl:1", "d0"),
        ("all.zip!lines.jsonl:2", "d1"),
    ]
    assert found[0].request.content == b"one"
    assert not [path for path in tmp_path.iterdir() if path.name != "all.zip"]


def test_a_tar_is_named_without_both_suffixes(pieces, tmp_path):
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo("x/a.txt")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"one"))
    (piece,) = pieces(tmp_path / "b.tar.gz")
    assert (piece.name, piece.request.id) == ("b.tar.gz!x/a.txt", "b/x/a")


def test_an_input_that_is_gone_is_one_failure_and_the_next_one_is_read(pieces, tmp_path, write):
    bad = [tmp_path / "gone.zip", tmp_path / "gone.csv"]
    gone_zip, gone_csv, good = pieces(*bad, *write(a="Fever."))
    assert gone_zip.failure.document == "gone.zip"
    assert "no such file" in gone_csv.failure.message
    assert good.request


def test_an_exception_of_a_library_is_that_file_s_alone(pieces, tmp_path, monkeypatch):
    def broken(*arguments, **options):
        raise RecursionError("deep")

    monkeypatch.setattr("monograph_nlp.batch.opening.read_each", broken)
    (tmp_path / "a.csv").write_text("id,text\n1,x\n")
    (piece,) = pieces(tmp_path / "a.csv")
    assert (piece.failure.stage, piece.failure.error) == ("read", "RecursionError")


def test_what_lies_behind_grows_with_each_document_of_a_stream_to_the_size_of_the_file(tmp_path):
    path = tmp_path / "many.jsonl"
    lines = [json.dumps({"id": str(n), "text": "Fever. " * 20}) for n in range(5)]
    path.write_text("\n".join(lines))
    (one,) = inputs_of([path])
    behind = [piece.size for piece in pieces_of(one, Settings(), before=1000)]
    assert behind == [1000 + 140 * (n + 1) for n in range(5)]
    assert behind[-1] <= 1000 + one.size
