"""The whole way: a document in, a record out whose every quotation stands where it says."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import monograph_nlp as mn
from monograph_nlp.errors import ReadError, StageError
from monograph_nlp.pipeline import extract, load, run
from monograph_nlp.read import read, read_text
from monograph_nlp.record.codec import encode, to_dict
from monograph_nlp.record.validate import problems
from monograph_nlp.types import Monograph, Record

SENTENCES = [
    "Velumatinib (Zynovia) is a kinase inhibitor.",
    "Velumatinib is indicated for the treatment of rheumatoid arthritis in adults.",
    "Side effects include nausea, vomiting and rash.",
    "Very common: headache. Rare: anaphylactic reaction.",
    "Take 10 mg once daily with food.",
    "It is contraindicated in severe hepatic or renal impairment.",
    "No cases of hepatotoxicity were seen; progression-free survival (PFS) rose.",
    "4.8 Undesirable effects",
    "• dizziness",
    "Event | Drug | Placebo",
    "Rash | 4% | 1%",
]
PIECES = [  # what normalization changes, and what it must leave alone
    *("\u00a0", "\u00ad", "\u200b", "\ufeff", "\r\n", "\r", "\n\n", "\t", "  ", "\u2028", "\u0085"),
    *("ﬁ", "ﬀ", "“", "”", "’", "µ", "≥", "10⁹/L", "½", "ｆ", "（", "％"),
    *(
        "本药品仅供测试。",
        "肝功能",
        "😀",
        "👩\u200d⚕️",
        "é",
        "e\u0301",
        "\x00",
        "\ud800",
        "…",
        "-",
        " ",
    ),
]
TEXTS = st.lists(st.sampled_from(SENTENCES + PIECES), min_size=1, max_size=14).map("".join)


def spliced(text: str, splices: list[tuple[float, str]]) -> str:
    """Put pieces at places inside the words of a text."""
    for place, piece in splices:
        at = round(place * len(text))
        text = text[:at] + piece + text[at:]
    return text


SPLICED = st.builds(
    spliced, TEXTS, st.lists(st.tuples(st.floats(0, 1), st.sampled_from(PIECES)), max_size=8)
)


def check(record: Record, text: str) -> None:
    """The record keeps its schema, and quotes ``text`` exactly."""
    assert problems(to_dict(record), text) == []
    for mention in record.mentions:
        assert " ".join(text[start:end] for start, end in mention.spans) == mention.text
    for fact in record.facts:
        assert fact.evidence
        for quote in fact.evidence:
            assert text[quote.start : quote.end] == quote.text
    for section in record.sections:
        assert 0 <= section.start <= section.end <= len(text)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(SPLICED)
def test_every_quotation_is_exact_whatever_the_characters(nlp, text):
    try:
        monograph = read_text(text, "x")
    except ReadError:
        assert not text.strip()
        return
    (record,) = run(nlp, [monograph])
    check(record, monograph.text)


def test_the_property_meets_facts(nlp):
    """The sentences that the property splices do state things."""
    (record,) = run(nlp, [read_text("\u00a0\n".join(SENTENCES), "x")])
    check(record, "\u00a0\n".join(SENTENCES))
    assert {"has_indication", "has_adverse_event", "has_contraindication", "has_dosage"} <= {
        fact.predicate for fact in record.facts
    }


def test_every_sample_gives_a_valid_record_with_facts(records, monographs):
    assert len(records) == len(monographs) >= 17
    for id, record in records.items():
        check(record, monographs[id].text)
        assert record.facts
        assert record.subject is not None


SECTIONS = st.lists(st.sampled_from(SENTENCES + PIECES).map(str), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(SECTIONS.map("".join).filter(str.strip), min_size=1, max_size=4))
def test_the_sections_of_a_line_come_back_verbatim_and_in_order(nlp, tmp_path, texts):
    texts = [text.replace("\ud800", "?") for text in texts]
    sections = [{"label": "ADVERSE_REACTIONS", "title": "", "text": text} for text in texts]
    path = tmp_path / "sectioned.jsonl"
    path.write_text(json.dumps({"id": "a", "sections": sections}) + "\n", encoding="utf-8")
    (monograph,) = read(path)
    (record,) = run(nlp, [monograph])
    check(record, monograph.text)
    given_ones = [section for section in record.sections if section.origin == "source"]
    assert [monograph.text[s.start : s.end] for s in given_ones] == texts
    assert {s.label for s in given_ones} == {"ADVERSE_REACTIONS"}


PROSE = "Velumatinib (Zynovia) is a kinase inhibitor. It is indicated for asthma."


@pytest.mark.parametrize("kind", [str, Path])
def test_extract_takes_a_path(nlp, tmp_path, kind):
    (tmp_path / "velumatinib.txt").write_text(PROSE)
    (record,) = extract(kind(tmp_path / "velumatinib.txt"), nlp=nlp)
    assert (record.document.id, record.document.format) == ("velumatinib", "text")
    assert record.text is None


def test_extract_takes_a_text_and_a_monograph(nlp):
    (of_text,) = extract(PROSE, nlp=nlp, with_text=True)
    assert (of_text.document.id, of_text.text) == ("text", PROSE)
    (of_monograph,) = extract(Monograph("m", PROSE, "text", "here", "0" * 64), nlp=nlp)
    assert (of_monograph.document.id, of_monograph.document.source) == ("m", "here")
    assert of_monograph.facts == of_text.facts


@pytest.mark.parametrize("source", ["nowhere.txt", Path("nowhere.txt"), "no/where.jsonl.gz"])
def test_a_missing_file_is_an_error_and_no_text(nlp, source):
    with pytest.raises(ReadError, match=r"nowhere.txt: no such file|where.jsonl.gz: no such file"):
        extract(source, nlp=nlp)


def test_a_text_that_ends_like_a_file_but_has_blanks_is_a_text(nlp):
    (record,) = extract("Velumatinib is described in label.txt", nlp=nlp)
    assert record.document.id == "text"


def test_a_table_has_a_record_for_each_row(nlp, tmp_path):
    rows = "".join(f"{n},Velumatinib is indicated for asthma. Row {n}.\n" for n in range(40))
    (tmp_path / "t.csv").write_text("key,body\n" + rows)
    records = extract(tmp_path / "t.csv", nlp=nlp, text_column="body", id_column="key")
    assert [record.document.id for record in records] == [str(n) for n in range(40)]
    assert len({record.id for record in records}) == 40


def test_the_public_names_are_those_of_the_pipeline(nlp):
    assert (mn.extract, mn.load, mn.run) == (extract, load, run)
    (record,) = mn.extract(PROSE, nlp=nlp)
    assert isinstance(record, mn.Record)


class _BoomError(Exception):
    pass


def test_a_component_that_fails_names_itself_and_the_document():
    nlp = load()
    linker = nlp.get_pipe("linker")

    def fail(doc):
        if "poison" in doc.text:
            raise _BoomError("too much")
        return linker(doc)

    nlp._components[nlp.pipe_names.index("linker")] = ("linker", fail)
    documents = [read_text("Fine.", "a"), read_text("poison", "b"), read_text("Fine.", "c")]
    with pytest.raises(StageError, match=r"stage linker failed on document 'b'.*too much") as told:
        list(run(nlp, documents))
    assert (told.value.stage, told.value.monograph_id) == ("linker", "b")
    assert isinstance(told.value.__cause__, _BoomError)
    errors: list[StageError] = []
    went_on = run(nlp, documents, on_error=errors.append)
    assert [record.document.id for record in went_on] == ["a", "c"]
    assert [error.monograph_id for error in errors] == ["b"]


@pytest.mark.parametrize("is_enabled", [True, False])
def test_garbage_is_collected_after_a_document_as_it_was_before(nlp, is_enabled, monkeypatch):
    during = []
    monkeypatch.setattr(
        "monograph_nlp.pipeline.assemble", lambda *_, **__: during.append(gc.isenabled())
    )
    (gc.enable if is_enabled else gc.disable)()
    try:
        list(run(nlp, [read_text("Zynovia treats asthma.", id="a")]))
        assert (during, gc.isenabled()) == ([False], is_enabled)
    finally:
        gc.enable()


def test_a_failure_of_the_assembly_is_a_stage_too(nlp, monkeypatch):
    def fail(*_, **__):
        raise ValueError("no")

    monkeypatch.setattr("monograph_nlp.pipeline.assemble", fail)
    with pytest.raises(StageError, match="stage assemble failed on document 'a'"):
        list(run(nlp, [read_text("Fine.", "a")]))


def test_a_long_document_costs_time_in_proportion(nlp):
    import time

    seconds = []
    for times in (4, 16):
        text = ("\n\n".join(SENTENCES) + "\n\n") * times
        began = time.perf_counter()
        (record,) = run(nlp, [read_text(text, "x")])
        seconds.append(time.perf_counter() - began)
        assert encode(record)
    assert seconds[1] < 12 * seconds[0] + 1
