"""Small cases counted by hand: what each measure counts, on either side."""

import hashlib
from dataclasses import replace

import pytest

from made_records import TEXT, fact, mention, record, section
from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.counting import ALL, LABEL, SECTION, Measure
from monograph_nlp.evaluate.evaluating import evaluate
from monograph_nlp.evaluate.gold import Gold, GoldDocument, GoldFact, GoldMention
from monograph_nlp.evaluate.result import Interval
from monograph_nlp.types import Record

EVENT = "ADVERSE_EVENT"


def marked(words: str, kind: str = EVENT, **more: object) -> GoldMention:
    one = mention(TEXT, words)
    return GoldMention(kind, one.spans, one.text, **more)  # type: ignore[arg-type]


def gold(*mentions: GoldMention, facts: tuple[GoldFact, ...] = (), **more: object) -> Gold:
    labels = {kind: frozenset({kind}) for kind in {one.type for one in mentions}}
    document = GoldDocument("doc", mentions, facts, text=TEXT)
    return Gold("test", (document,), **{"labels": labels, **more})  # type: ignore[arg-type]


def counts(wanted: Gold, found: Record, stage: str, name: str = "", by: str = ALL) -> tuple:
    result = evaluate(wanted, [found], rounds=100)
    measure = Measure(stage, LABEL if name and by == ALL else by, name)
    (score,) = [score for score in result.scores if score.measure == measure]
    assert score.counts is not None
    return tuple(score.counts)


def test_strict_and_overlapping_mentions() -> None:
    wanted = gold(
        marked("nausea"), marked("renal failure"), marked("rash"), marked("gout", "CONDITION")
    )
    found = record(
        mentions=(
            mention(TEXT, "nausea"),
            mention(TEXT, "failure"),  # overlaps only
            mention(TEXT, "Testamab"),  # wrong
            mention(TEXT, "Testamab"),  # the same place again: once
            mention(TEXT, "gout", "CONDITION"),
            mention(TEXT, "No", "DRUG"),  # of a label that the gold has not: not judged
        )
    )
    assert counts(wanted, found, "mentions, strict", EVENT) == (1, 3, 1, 3)
    assert counts(wanted, found, "mentions, overlapping", EVENT) == (2, 3, 2, 3)
    assert counts(wanted, found, "mentions, strict") == (2, 4, 2, 4)


def test_two_predictions_may_overlap_one_mark() -> None:
    found = record(mentions=(mention(TEXT, "renal"), mention(TEXT, "failure")))
    assert counts(gold(marked("renal failure")), found, "mentions, overlapping") == (2, 2, 1, 1)


def test_a_gap_counts_but_where_the_format_has_none() -> None:
    wanted = gold(marked("renal|failure"), has_gaps=True)
    found = record(mentions=(mention(TEXT, "renal failure"),))
    assert counts(wanted, found, "mentions, strict") == (0, 1, 0, 1)
    without = gold(marked("renal|failure"), has_gaps=False)
    assert counts(without, found, "mentions, strict") == (1, 1, 1, 1)
    apart = record(mentions=(mention(TEXT, "renal|failure"),))
    assert counts(gold(marked("renal failure"), has_gaps=False), apart, "mentions, strict")[0] == 1


def test_sections_are_those_of_the_record() -> None:
    wanted = gold(marked("nausea"), marked("rash"))
    cut = TEXT.index("No rash")
    found = record(
        mentions=(mention(TEXT, "nausea"), mention(TEXT, "gout")),
        sections=(
            section(0, len(TEXT), "OVERVIEW", id="s1"),
            section(cut, len(TEXT), "INNER", id="s2"),
        ),
    )
    assert counts(wanted, found, "mentions, strict", "OVERVIEW", SECTION) == (1, 2, 1, 1)
    assert counts(wanted, found, "mentions, strict", "INNER", SECTION) == (0, 0, 0, 1)


def test_assertions_are_judged_on_what_both_have() -> None:
    wanted = gold(
        marked("nausea", assertion="possible"),
        marked("rash", assertion="absent"),
        marked("renal failure", assertion="possible"),
    )
    found = record(
        mentions=(
            mention(TEXT, "nausea", assertion="possible"),
            mention(TEXT, "rash", assertion="present"),
        )
    )
    assert counts(wanted, found, "assertions") == (1, 2, 1, 2)
    assert counts(wanted, found, "assertions", "absent") == (0, 0, 0, 1)
    assert counts(wanted, found, "assertions", "present") == (0, 1, 0, 0)


def test_links_are_judged_in_the_vocabulary_of_the_gold() -> None:
    wanted = gold(
        marked("nausea", concepts=frozenset({"mesh:1"})),
        marked("rash", concepts=frozenset({"mesh:2"})),
        marked("renal failure", concepts=frozenset({"mesh:3"})),
        marked("gout"),
    )
    found = record(
        mentions=(
            mention(
                TEXT, "nausea", curie="doid:9", xrefs=("mesh:1",)
            ),  # right by a cross-reference
            mention(TEXT, "rash", curie="mesh:7"),  # wrong
            mention(TEXT, "renal failure", curie="doid:3"),  # of another vocabulary: not found only
            mention(TEXT, "gout", curie="mesh:8"),  # the gold does not say
        )
    )
    assert counts(wanted, found, "linking") == (1, 2, 1, 3)
    assert counts(wanted, found, "concepts") == (1, 3, 1, 3)  # gout's concept is claimed, too


def test_positive_strings_are_a_set() -> None:
    document = GoldDocument(
        "doc", (marked("nausea"),), text=TEXT, strings={EVENT: frozenset({"nausea", "fever"})}
    )
    wanted = Gold("test", (document,), {EVENT: frozenset({EVENT})})
    found = record(
        mentions=(
            mention(TEXT, "nausea"),
            mention(TEXT, "rash", assertion="absent"),
            mention(TEXT, "renal failure", assertion="possible"),
        )
    )
    assert counts(wanted, found, "strings") == (1, 2, 1, 2)


def test_facts_said_twice_are_no_error() -> None:
    wanted = gold(
        facts=(
            GoldFact(
                "has_adverse_event", ("nausea", "feeling sick"), qualifiers={"frequency": "common"}
            ),
            GoldFact("has_adverse_event", ("fever", "pyrexia"), qualifiers={"frequency": "rare"}),
            GoldFact("has_adverse_event", ("rash",)),
        )
    )
    found = record(
        fact("has_adverse_event", "nausea", frequency="common"),
        fact("has_adverse_event", "feeling sick", frequency="rare"),
        fact("has_adverse_event", "Pyrexia"),
        fact("has_adverse_event", "cough"),
        fact("has_outcome", "survival"),  # of a predicate that the gold has not
    )
    assert counts(wanted, found, "facts", "has_adverse_event") == (3, 4, 2, 3)
    assert counts(wanted, found, "facts with qualifier", "has_adverse_event+frequency") == (
        1,
        4,
        1,
        3,
    )


def test_the_same_qualifier_or_none_on_both_sides() -> None:
    wanted = gold(
        facts=(
            GoldFact("has_target", ("CD38",), qualifiers={"action": "binder"}),
            GoldFact("has_target", ("CD20",)),
        )
    )
    found = record(fact("has_target", "CD38"), fact("has_target", "CD20"))
    assert counts(wanted, found, "facts with qualifier", "has_target+action") == (1, 2, 1, 2)


def test_qualifiers_that_no_record_has_are_not_asked_for() -> None:
    wanted = gold(facts=(GoldFact("has_dosage", ("5 mg",), qualifiers={"duration": "a week"}),))
    result = evaluate(wanted, [record(fact("has_dosage", "5 mg"))], rounds=100)
    assert not [score for score in result.scores if score.measure.stage == "facts with qualifier"]


def test_assertions_of_facts_that_were_not_looked_for_are_left_out() -> None:
    facts = (GoldFact("has_contraindication", ("gout",)),)
    found = record(
        fact("has_contraindication", "gout"),
        fact("has_contraindication", "rash", assertion="absent"),
        fact("has_contraindication", "allergy to testamab"),
    )
    everything = gold(facts=facts)
    assert counts(everything, found, "facts") == (1, 3, 1, 1)
    present = gold(facts=facts, assertions=frozenset({"present"}), leaves_out=True)
    assert counts(present, found, "facts") == (1, 1, 1, 1)


def test_the_mean_is_over_predicates_that_the_gold_has() -> None:
    wanted = gold(facts=(GoldFact("has_target", ("CD38",)), GoldFact("has_indication", ("gout",))))
    result = evaluate(wanted, [record(fact("has_target", "CD38"))], rounds=100)
    (mean,) = [score for score in result.scores if score.measure.by == "macro"]
    assert (mean.f1.value, mean.counts) == (0.5, None)


def test_a_document_without_strings_on_either_side_says_nothing_in_the_mean() -> None:
    nausea = (mention(TEXT, "nausea"),)
    marks = (GoldMention(EVENT, nausea[0].spans, "nausea"),)
    stated, none = {EVENT: frozenset({"nausea"})}, {EVENT: frozenset[str]()}
    documents = (
        GoldDocument("right", marks, strings=stated),
        GoldDocument("empty", strings=none),
        GoldDocument("bare", strings=none),
        GoldDocument("wrong", strings=none),
    )
    wanted = Gold("test", documents, {EVENT: frozenset({EVENT})})
    records = [
        record(id="right", mentions=nausea),
        record(id="empty"),
        record(id="bare"),
        record(id="wrong", mentions=nausea),
    ]

    def mean_of(count: int) -> Interval:
        part = replace(wanted, documents=documents[:count])
        result = evaluate(part, records, rounds=400)
        (one,) = [score for score in result.scores if score.measure.by == "macro"]
        return one.f1

    assert mean_of(3) == Interval(1.0, 1.0, 1.0)  # samples without the first say nothing, either
    assert mean_of(4).value == 0.5  # what is found where the gold has none is wrong


def test_the_subject_is_the_drug_of_the_document() -> None:
    document = GoldDocument("doc", subject="Testamab")
    right = evaluate(Gold("test", (document,)), [record()], rounds=100)
    wrong = evaluate(Gold("test", (document,)), [record(drug="other")], rounds=100)
    none = evaluate(Gold("test", (document,)), [record(drug=None)], rounds=100)
    assert [tuple(one.scores[0].counts or ()) for one in (right, wrong, none)] == [
        (1, 1, 1, 1),
        (0, 1, 0, 1),
        (0, 0, 0, 1),
    ]


def test_parts_of_a_document_are_the_source_sections_of_the_record() -> None:
    text = "Nausea.\n\nRash."
    document = GoldDocument(
        "doc",
        (
            GoldMention(EVENT, ((0, 6),), "Nausea", part=0),
            GoldMention(EVENT, ((0, 4),), "Rash", part=1),
        ),
        parts=("Nausea.", "Rash."),
    )
    wanted = Gold("test", (document,), {EVENT: frozenset({EVENT})})
    sections = (section(0, 7, id="s1"), section(9, 14, id="s2"))
    found = record(mentions=(mention(text, "Rash"),), text=text, sections=sections)
    assert counts(wanted, found, "mentions, strict") == (1, 1, 1, 2)
    with pytest.raises(ReadError, match="source sections"):
        evaluate(wanted, [record(text=text, sections=sections[:1])])


def test_a_record_of_another_text_is_refused() -> None:
    other = TEXT.replace("Testamab", "The drug testamab")
    found = record(mentions=(mention(other, "nausea"),), text=other, with_text=False)
    with pytest.raises(ReadError, match="very text that was annotated"):
        evaluate(gold(marked("nausea")), [found])
    digest = hashlib.sha256(b"x").hexdigest()
    with pytest.raises(ReadError, match="SHA-256"):
        evaluate(Gold("test", (GoldDocument("doc", sha256_text=digest),)), [record()])


def test_missing_and_double_records_are_told() -> None:
    wanted = Gold("test", (GoldDocument("doc", subject="testamab"), GoldDocument("second")))
    with pytest.raises(ReadError, match="no record of 'second'"):
        evaluate(wanted, [record()])
    result = evaluate(wanted, [record(), record(id="not asked for")], skip_missing=True, rounds=100)
    assert (result.documents, result.notes) == (
        ("doc",),
        ("1 documents of the gold have no record and are left out",),
    )
    with pytest.raises(ReadError, match="another record of document 'doc'"):
        evaluate(wanted, [record(), record()])
    with pytest.raises(ReadError, match="no record of 'doc', 'second'"):
        evaluate(wanted, [], skip_missing=True)
