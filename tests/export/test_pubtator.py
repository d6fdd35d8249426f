"""What a reader of PubTator finds is what the record says."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from tests.export.made import records as made_records
from tests.export.standoff import Page, read_pubtator

from monograph_nlp.export import export
from monograph_nlp.export.lines import one_line
from monograph_nlp.export.outcome import Outcome
from monograph_nlp.export.prefixes import to_biolink
from monograph_nlp.export.pubtator import write_pubtator
from monograph_nlp.types import Record


def written(*records: Record) -> list[Page]:
    stream = io.BytesIO()
    write_pubtator(records, stream, Outcome())
    return read_pubtator(stream.getvalue().decode())


def said(record: Record) -> list[tuple[int, int, str, str, str]]:
    """Return the mentions that the page of a record should have."""
    text, expected = record.text or "", []
    for mention in record.mentions:
        start, end = mention.spans[0][0], mention.spans[-1][1]
        concept = to_biolink(mention.concept.id) if mention.concept else "-"
        expected.append((start, end, one_line(text[start:end]), mention.label, concept))
    return expected


def same_text(record: Record, page: Page) -> bool:
    text = record.text or ""
    return page.text.ljust(len(text)) == one_line(text).ljust(len(page.text))


@given(made_records())
def test_a_made_record_comes_back(record: Record) -> None:
    (page,) = written(record)
    assert unquote(page.id) == record.document.id
    assert same_text(record, page)
    assert page.mentions == said(record)


def test_the_samples_come_back(records: dict[str, Record], monographs, tmp_path: Path) -> None:
    whole = [replace(r, text=monographs[r.document.id].text) for r in records.values()]
    outcome = export(whole, tmp_path / "all.pubtator", "pubtator")
    pages = read_pubtator((tmp_path / "all.pubtator").read_bytes().decode())
    for record, page in zip(whole, pages, strict=True):
        assert unquote(page.id) == record.document.id
        assert same_text(record, page)
        assert page.mentions == said(record)
    assert sum(len(page.relations) for page in pages) == outcome.made["relation"] > 100


@pytest.mark.parametrize(
    ("text", "title", "abstract"),
    [
        ("Title\nThe rest.", "Title", "The rest."),
        ("Title \r\n\nThe rest.", "Title", "   The rest."),
        ("\n Title\nThe rest.\nMore", "  Title", "The rest. More"),
        ("One line", "One line", ""),
        ("\n\n", "  ", ""),
    ],
)
def test_the_first_line_is_the_title(sample: Record, text: str, title: str, abstract: str) -> None:
    stream = io.BytesIO()
    write_pubtator([replace(sample, text=text, mentions=(), facts=())], stream, Outcome())
    assert stream.getvalue().decode() == f"testamab|t|{title}\ntestamab|a|{abstract}\n\n"


def test_a_fact_is_a_relation_of_concepts_once(sample: Record) -> None:
    fact = next(fact for fact in sample.facts if fact.predicate == "has_indication")
    again = replace(fact, id="again")
    denied = replace(fact, id="denied", assertion="absent")
    itself = replace(fact, id="itself", object=fact.subject)
    outcome, stream = Outcome(), io.BytesIO()
    record = replace(sample, facts=(fact, again, denied, itself))
    write_pubtator([record], stream, outcome)
    (page,) = read_pubtator(stream.getvalue().decode())
    assert page.relations == [("has_indication", "MESH:C000001", "MESH:D000001")]
    assert (outcome.exported, outcome.left_out.total()) == (2, 2)


@pytest.mark.parametrize("id", ["a|b", "a\tb", "a b\nc", "%7C"])
def test_an_id_breaks_no_line(sample: Record, id: str) -> None:
    (page,) = written(replace(sample, document=replace(sample.document, id=id)))
    assert unquote(page.id) == id
    assert not set(page.id) & set("|\t\n ")
