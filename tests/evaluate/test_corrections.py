import json
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from made_records import TEXT, fact, mention, record
from monograph_nlp.errors import CorrectionError, ReadError
from monograph_nlp.evaluate.applying import apply
from monograph_nlp.evaluate.evaluating import evaluate
from monograph_nlp.evaluate.gold_types import labels_of
from monograph_nlp.evaluate.result import Score
from monograph_nlp.evaluate.reviewed import gold_of
from monograph_nlp.record.codec import to_dict
from monograph_nlp.record.validate import problems
from monograph_nlp.types import Concept, Record
from monograph_nlp.write.corrections import (
    Correction,
    FactValue,
    MentionValue,
    fact_value,
    mention_value,
    read_corrections,
    write_corrections,
)

SAID = (25, 61, TEXT[25:61])
RECORD = record(
    fact(
        "has_adverse_event",
        "nausea",
        evidence=SAID,
        frequency="common",
        curie="mesh:1",
        mention="m1",
    ),
    fact("has_adverse_event", "renal failure", evidence=SAID, frequency="common"),
    fact("has_indication", "gout", evidence=(0, 21, TEXT[:21])),
    fact("has_adverse_event", "rash", evidence=(62, 78, TEXT[62:78])),
    fact("has_brand_name", "Testamab", evidence=(0, 21, TEXT[:21])),
    mentions=(
        mention(TEXT, "nausea", id="m1"),
        mention(TEXT, "failure", id="m2"),
        mention(TEXT, "rash", id="m3"),
        mention(TEXT, "gout", "CONDITION", id="m4"),
    ),
)


def decided(kind: str, place: int, verdict: str, **other: object) -> Correction:
    item = (RECORD.facts if kind == "fact" else RECORD.mentions)[place]
    was = fact_value(item) if kind == "fact" else mention_value(item)  # type: ignore[arg-type]
    value = {"accept": was, "reject": None}.get(verdict, replace(was, **other))  # type: ignore[type-var]
    return Correction(RECORD.id, "doc", kind, item.id, verdict, value, was)  # type: ignore[arg-type]


def added(value: FactValue | MentionValue) -> Correction:
    kind = "fact" if isinstance(value, FactValue) else "mention"
    return Correction(RECORD.id, "doc", kind, None, "add", value, None, "a pharmacist", "missed")


CORRECTIONS = [
    decided("fact", 0, "accept"),
    decided("fact", 1, "correct", qualifiers={"frequency": "rare"}),
    decided("fact", 3, "reject"),
    decided("fact", 4, "correct", object="Xacoyi", concept="mesh:9"),
    added(FactValue("has_indication", "nausea", None, "absent", {}, (26, 41))),
    decided("mention", 0, "accept"),
    decided("mention", 1, "correct", spans=((46, 59),), text="renal failure"),
    decided("mention", 2, "reject"),
    added(MentionValue("DRUG", ((0, 8),), "Testamab", "present", "mesh:5")),
]


def scores(records: list[Record], corrections: list[Correction]) -> dict[str, Score]:
    gold = gold_of(corrections)
    gold = replace(gold, labels=labels_of(gold.documents)[0])
    result = evaluate(gold, records, rounds=100)
    names = (f"{one.measure.stage} {one.measure.name}".strip() for one in result.scores)
    return {name: score for name, score in zip(names, result.scores, strict=True) if score.counts}


def test_corrections_come_back_as_they_were(tmp_path) -> None:
    path = tmp_path / "corrections.jsonl"
    write_corrections(CORRECTIONS, path)
    assert read_corrections(path) == CORRECTIONS
    first = json.loads(path.read_text("utf-8").splitlines()[0])
    assert first["version"] == 1
    assert first["value"] == {
        "predicate": "has_adverse_event",
        "object": "nausea",
        "concept": "mesh:1",
        "assertion": "present",
        "qualifiers": {"frequency": "common"},
        "evidence": [25, 61],
    }


def test_the_last_decision_on_an_item_holds(tmp_path) -> None:
    path = tmp_path / "c.jsonl"
    write_corrections([CORRECTIONS[0], CORRECTIONS[2], decided("fact", 0, "reject")], path)
    assert [one.verdict for one in read_corrections(path)] == ["reject", "reject"]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"version": 2}, "version 2"),
        ({"verdict": "maybe"}, "maybe"),
        ({"kind": "section"}, "section"),
        ({"verdict": "correct", "value": None}, "correct without a value"),
        ({"original": None}, "without the id and the original"),
        ({"value": {"predicate": "x"}}, "object"),
        ({"record": None}, "record"),
    ],
)
def test_a_line_that_is_no_correction_is_named(tmp_path, change, what) -> None:
    path = tmp_path / "c.jsonl"
    write_corrections(CORRECTIONS[:1], path)
    line = json.loads(path.read_text("utf-8")) | change
    path.write_text("\n" + json.dumps(line), "utf-8")
    with pytest.raises(ReadError, match=rf"c\.jsonl:2: .*{what}"):
        read_corrections(path)


@pytest.mark.parametrize("key", ["value", "original"])
def test_a_mention_without_spans_is_named(tmp_path, key: str) -> None:
    path = tmp_path / "c.jsonl"
    write_corrections([decided("mention", 1, "correct", label="CONDITION")], path)
    line = json.loads(path.read_text("utf-8"))
    line[key]["spans"] = []
    path.write_text(json.dumps(line), "utf-8")
    with pytest.raises(ReadError, match=r"c\.jsonl:1: a mention without spans"):
        read_corrections(path)


def test_a_missing_file_is_told(tmp_path) -> None:
    with pytest.raises(ReadError, match="No such file"):
        read_corrections(tmp_path / "none.jsonl")


def test_applied_corrections_make_a_valid_record() -> None:
    (made,) = apply([RECORD], CORRECTIONS)
    assert [(one.predicate, one.object.text, one.assertion) for one in made.facts] == [
        ("has_adverse_event", "nausea", "present"),
        ("has_adverse_event", "renal failure", "present"),
        ("has_indication", "gout", "present"),
        ("has_brand_name", "Xacoyi", "present"),
        ("has_indication", "nausea", "absent"),
    ]
    assert made.facts[0] == RECORD.facts[0]
    assert made.facts[1].qualifiers == {"frequency": "rare"}
    assert made.facts[3].object.concept is not None
    assert made.facts[3].object.concept.id == "mesh:9"
    new = made.facts[4]
    assert (new.id, new.rule, new.evidence[0].text) == ("f6", "review", TEXT[26:41])
    assert [one.text for one in made.mentions] == ["nausea", "renal failure", "gout", "Testamab"]
    assert made.coverage.evidence == 21 + 36
    assert problems(to_dict(made), TEXT) == []


def test_a_rejected_mention_is_named_by_no_fact() -> None:
    (made,) = apply([RECORD], [decided("mention", 0, "reject")])
    assert made.facts[0].object.mention is None
    assert made.facts[0].object.text == "nausea"


def test_a_corrected_concept_gives_the_object_its_name() -> None:
    named = replace(
        RECORD, facts=(fact("has_indication", "gout", curie="mesh:1", name="Gout", mention="m4"),)
    )
    was = fact_value(named.facts[0])
    for concept, text, name, place in (
        ("mesh:9", "gout", "Arthritis", "m4"),
        (None, "gout", "gout", "m4"),
        ("mesh:1", "severe gout", "Gout", None),
    ):
        known = replace(named.mentions[3], concept=Concept("mesh:9", "Arthritis", 0.7))
        value = replace(was, concept=concept, object=text)
        change = Correction(RECORD.id, "doc", "fact", "f1", "correct", value, was)
        (made,) = apply([replace(named, mentions=(*named.mentions[:3], known))], [change])
        stated = made.facts[0].object
        assert (stated.text, stated.name, stated.mention) == (text, name, place)


def test_words_without_a_mention_or_concept_are_their_own_name() -> None:
    was = fact_value(RECORD.facts[4])
    value = replace(was, object="Xacoyi")
    (made,) = apply([RECORD], [Correction(RECORD.id, "doc", "fact", "f5", "correct", value, was)])
    assert made.facts[4].object.name == "Xacoyi"


def test_a_mention_with_another_assertion_or_other_words_loses_what_was_said_of_them() -> None:
    marked = replace(RECORD.mentions[2], assertion="absent", cues=("No",), long_form="an eruption")
    denied = replace(RECORD, mentions=(*RECORD.mentions[:2], marked, RECORD.mentions[3]))
    was = mention_value(marked)
    for change, left in (
        ({"assertion": "present"}, ((), "an eruption")),
        ({"text": "No rash", "spans": ((62, 69),)}, (("No",), None)),
        ({"label": "CONDITION"}, (("No",), "an eruption")),
    ):
        value = replace(was, **change)  # type: ignore[arg-type]
        (made,) = apply(
            [denied], [Correction(RECORD.id, "doc", "mention", "m3", "correct", value, was)]
        )
        assert (made.mentions[2].cues, made.mentions[2].long_form) == left


MOVED = decided("mention", 0, "correct", text="Testamab", spans=((0, 8),), concept="mesh:5")


def test_a_fact_follows_the_mention_that_it_names() -> None:
    (made,) = apply([RECORD], [MOVED])
    stated = made.facts[0].object
    assert (stated.mention, stated.text, stated.name) == ("m1", "Testamab", "Testamab")
    assert stated.concept is not None
    assert stated.concept.id == "mesh:5"
    assert made.facts[1:] == RECORD.facts[1:]
    assert problems(to_dict(made), TEXT) == []


@pytest.mark.parametrize("order", [1, -1])
def test_a_fact_that_was_decided_on_follows_no_mention(order: int) -> None:
    decisions = [decided("fact", 0, "accept"), MOVED][::order]
    (made,) = apply([RECORD], decisions)
    stated = made.facts[0].object
    assert (stated.mention, stated.text) == (None, "nausea")
    found = scores([made], decisions)
    assert {one.f1.value for one in found.values()} == {1.0}


def test_an_added_fact_needs_evidence() -> None:
    value = FactValue("has_indication", "gout")
    with pytest.raises(CorrectionError, match="added fact has_indication 'gout' has no evidence"):
        list(apply([RECORD], [added(value)]))
    assert scores([RECORD], [added(value)])["facts"].counts == (1, 1, 1, 1)  # a gold needs none


def test_corrections_of_other_records_change_nothing() -> None:
    other = replace(RECORD, id="r-other")
    assert list(apply([other], CORRECTIONS)) == [other]


def test_corrections_that_do_not_fit_are_refused() -> None:
    changed = replace(RECORD, facts=RECORD.facts[1:])
    with pytest.raises(CorrectionError, match="fact 'f1'"):
        list(apply([changed], CORRECTIONS[:1]))
    without = replace(RECORD, text=None, facts=())
    with pytest.raises(CorrectionError, match="--with-text"):
        list(apply([without], CORRECTIONS[4:5]))


def test_applied_corrections_read_back_as_gold_are_perfect() -> None:
    found = scores(list(apply([RECORD], CORRECTIONS)), CORRECTIONS)
    assert {"facts", "mentions, strict", "facts with qualifier", "assertions"} <= found.keys()
    assert {(one.precision.value, one.recall.value) for one in found.values()} == {(1.0, 1.0)}


@pytest.mark.parametrize("words", ["other medicines", "肝障害"])
def test_an_object_without_a_word_that_counts_is_met(words: str) -> None:
    corrections = [decided("fact", 0, "correct", object=words)]
    found = scores(list(apply([RECORD], corrections)), corrections)
    assert found["facts"].counts == (1, 1, 1, 1)


def test_precision_is_that_of_the_reviewed_items() -> None:
    found = scores([RECORD], CORRECTIONS)
    # nausea and renal failure stand, rash and the brand do not; nobody decided on gout
    assert found["facts"].counts == (2, 4, 2, 4)
    assert found["facts with qualifier has_adverse_event+frequency"].counts == (1, 3, 1, 2)
    # nausea stands; "failure" has other ends; rash is rejected; nobody decided on gout
    assert found["mentions, strict"].counts == (1, 3, 1, 3)
    assert found["mentions, overlapping"].counts == (2, 3, 2, 3)


def test_a_rejected_fact_is_wrong_though_another_says_the_same() -> None:
    twice = replace(
        RECORD,
        facts=(RECORD.facts[0], replace(RECORD.facts[0], id="f9", qualifiers={"rate": 5.0})),
    )
    rejected = Correction(
        RECORD.id, "doc", "fact", "f9", "reject", None, fact_value(twice.facts[1])
    )
    found = scores([twice], [CORRECTIONS[0], rejected])
    assert found["facts"].counts == (1, 2, 1, 1)
    applied = list(apply([twice], [CORRECTIONS[0], rejected]))
    assert scores(applied, [CORRECTIONS[0], rejected])["facts"].counts == (1, 1, 1, 1)


def test_what_nobody_decided_on_counts_only_in_place_of_what_stands() -> None:
    arms = replace(
        RECORD,
        facts=tuple(
            replace(RECORD.facts[0], id=f"f{number}", qualifiers={"rate": float(number)})
            for number in (1, 2)
        ),
    )
    accepted = Correction(RECORD.id, "doc", "fact", "f1", "accept", None, fact_value(arms.facts[0]))
    assert scores([arms], [accepted])["facts with qualifier"].counts == (1, 1, 1, 1)
    newer = replace(arms, facts=arms.facts[1:])  # the very item is gone, another has its object
    assert scores([newer], [accepted])["facts"].counts == (1, 1, 1, 1)
    assert scores([newer], [accepted])["facts with qualifier"].counts == (0, 1, 0, 1)


def test_decisions_made_at_random_are_met_by_the_records_they_are_put_into(records) -> None:
    chance = random.Random(5)
    for record_ in list(records.values())[:6]:
        decisions = [*_drawn(record_, chance)]
        (made,) = apply([record_], decisions)
        assert problems(to_dict(made), record_.text) == []
        found = scores([made], decisions)
        assert len(found) > 5
        wrong = {name: one for name, one in found.items() if one.f1.value != 1}
        assert not wrong


def _drawn(one: Record, chance: random.Random) -> Iterator[Correction]:
    for kind, items, value_of in (
        ("fact", one.facts, fact_value),
        ("mention", one.mentions, mention_value),
    ):
        for item in items:
            was = value_of(item)  # type: ignore[operator]
            verdict = chance.choice(["accept", "reject", "correct", "none", "none"])
            value = None
            if verdict == "correct" and kind == "fact":
                value = replace(was, object=f"{was.object} corrected", qualifiers={})
            elif verdict == "correct":
                value = replace(was, label=chance.choice(["DRUG", "CONDITION"]), assertion="absent")
            if verdict != "none":
                yield Correction(one.id, one.document.id, kind, item.id, verdict, value, was)  # type: ignore[arg-type]
