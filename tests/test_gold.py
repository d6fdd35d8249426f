"""The pipeline reads the sample corpus as well as the bars of ``corpus/bars.toml`` say it must."""

from __future__ import annotations

import tomllib

import pytest

from gold_match import ALL, Scores, name_of, own_sections, score
from gold_scores import CORPUS, golds, main, table
from monograph_nlp.types import Record

BARS: dict[str, dict[str, dict[str, float]]] = tomllib.loads((CORPUS / "bars.toml").read_text())


@pytest.fixture(scope="module")
def scores(records: dict[str, Record]) -> Scores:
    found = score(golds(), records)
    print("\n".join(table(found)))
    return found


@pytest.mark.parametrize("predicate", sorted(BARS["facts"]))
def test_facts_are_above_their_bar(scores: Scores, predicate: str) -> None:
    bar, reached = BARS["facts"][predicate], scores.facts[predicate]
    assert reached.precision >= bar["precision"]
    assert reached.recall >= bar["recall"]


@pytest.mark.parametrize("part", ["sections", "subjects"])
def test_sections_and_subjects_are_above_their_bar(scores: Scores, part: str) -> None:
    bar, reached = BARS["document"][part], getattr(scores, part)
    assert reached.precision >= bar["precision"]
    assert reached.recall >= bar["recall"]


def test_every_predicate_of_the_gold_has_a_bar() -> None:
    stated = {fact["predicate"] for gold in golds() for fact in gold["facts"]}
    assert set(BARS["facts"]) == {ALL, *stated}


def test_gold_scored_against_itself_is_perfect(records: dict[str, Record]) -> None:
    """What the scorer calls an error is one of the record, and none of its own."""
    perfect = [_gold_of(record) for record in records.values()]
    found = score(perfect, records)
    assert found.errors == []
    assert {count.f1 for count in found.facts.values()} == {1.0}


def test_a_fact_of_another_assertion_or_object_is_wrong(records: dict[str, Record]) -> None:
    record = records["digoxin"]
    gold = _gold_of(record)
    gold["facts"] = gold["facts"][:2]
    gold["facts"][0] = {**gold["facts"][0], "assertion": "other_subject"}
    gold["facts"][1] = {**gold["facts"][1], "object": {"mention": "none", "text": "no such thing"}}
    gold["mentions"].append({"id": "none", "spans": []})
    reached = score([gold], records).facts[ALL]
    assert (reached.gold, reached.right, reached.predicted) == (2, 0, len(record.facts))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Heart attack", "myocardial infarction"), ("skin-rash thing", "Skin rash  things")],
)
def test_names_are_one_where_the_lexicon_or_the_words_say_so(one: str, other: str) -> None:
    assert name_of(one) == name_of(other)


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--errors", "digoxin"]) == 0
    printed = capsys.readouterr().out
    assert "facts, all" in printed
    with pytest.raises(SystemExit):
        main(["no-such-document"])


def _gold_of(record: Record) -> dict:
    """Return the gold that a record meets in full."""
    return {
        "id": record.document.id,
        "subject": {"name": record.subject.name if record.subject else None},
        "sections": [
            {"label": section.label, "start": section.start, "end": section.end}
            for section in own_sections(record)
        ],
        "mentions": [{"id": m.id, "spans": m.spans} for m in record.mentions],
        "facts": [
            {
                "predicate": fact.predicate,
                "assertion": fact.assertion,
                "object": {"mention": fact.object.mention, "text": fact.object.text},
                "qualifiers": dict(fact.qualifiers),
                "evidence": [{"text": quote.text} for quote in fact.evidence],
            }
            for fact in record.facts
        ],
    }
