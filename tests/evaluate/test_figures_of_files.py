"""From files of a gold to figures, counted by hand as the makers of these golds define them.

TAC 2017: mentions as sets of section and fragments, overlapping ones counted on either side; positive strings by label,
summed (micro) and averaged (macro). Facts by their names: right predictions over predictions, found facts over facts,
the qualifier equal or on neither side, the mean over the gold's predicates. PubTator: sets of outer ends by type.
"""

import json
from pathlib import Path

import pytest

from made_records import fact, mention, record, section
from monograph_nlp.evaluate.counting import LABEL, Measure
from monograph_nlp.evaluate.evaluating import evaluate
from monograph_nlp.evaluate.reading import read_gold
from monograph_nlp.evaluate.result import Result, Score
from monograph_nlp.types import Fact, Mention, Record


def _score(result: Result, stage: str, name: str, by: str = LABEL) -> Score:
    (score,) = [one for one in result.scores if one.measure == Measure(stage, by, name)]
    return score


def _counts(result: Result, stage: str, name: str) -> tuple[int, ...]:
    counts = _score(result, stage, name).counts
    assert counts is not None
    return tuple(counts)


def _label(sections: list[str], marked: list[tuple[int, str, str]], reactions: list[str]) -> str:
    """TAC's XML of a label: each mark is the place of its section, its starts and its lengths."""
    parts = [f'<Section name="x" id="S{n}">{text}</Section>' for n, text in enumerate(sections)]
    mentions = []
    for place, starts, lengths in marked:
        pairs = zip(map(int, starts.split(",")), map(int, lengths.split(",")), strict=True)
        words = " ".join(sections[place][start : start + length] for start, length in pairs)
        mentions.append(
            f'<Mention id="M" section="S{place}" type="AdverseReaction" start="{starts}" '
            f'len="{lengths}" str="{words}"/>'
        )
    stated = "".join(f'<Reaction id="R" str="{words}"/>' for words in reactions)
    return f"<Label><Text>{''.join(parts)}</Text><Mentions>{''.join(mentions)}</Mentions>{stated}</Label>"


def _read(name: str, sections: list[str], *found: Mention) -> Record:
    """A record whose source sections are those of a label."""
    text, placed = "\n\n".join(sections), []
    for number, words in enumerate(sections):
        start = len("\n\n".join([*sections[:number], ""]))
        placed.append(section(start, start + len(words), id=f"s{number}"))
    return record(mentions=found, id=name, text=text, sections=tuple(placed))


@pytest.fixture
def labels(tmp_path: Path) -> Result:
    one, other = (
        ["Nausea, renal and hepatic failure.", "Rash."],
        ["Headache. Feeling sick. Never."],
    )
    marks = [(0, "0", "6"), (0, "8,26", "5,7"), (1, "0", "4")]
    (tmp_path / "A.xml").write_text(_label(one, marks, ["Nausea", "renal  failure"]), "utf-8")
    marks = [(0, "0", "8"), (0, "10", "12")]
    (tmp_path / "B.xml").write_text(_label(other, marks, ["headache", "feeling sick"]), "utf-8")
    text, words = "\n\n".join(one), other[0]
    records = [
        _read(
            "A",
            one,
            mention(text, "Nausea"),  # exact
            mention(text, "hepatic failure"),  # shares a fragment with "renal … failure"
            mention(text, "Rash", assertion="other_subject"),  # exact, and no positive string
        ),
        _read(
            "B",
            other,
            mention(words, "Headache", assertion="absent"),  # exact, and no positive string
            mention(words, "Feeling"),  # both overlap one mark
            mention(words, "sick"),
            mention(words, "Never", assertion="possible"),  # wrong
        ),
    ]
    return evaluate(read_gold(tmp_path), records, rounds=100)


def test_mentions_and_strings_of_labels(labels: Result) -> None:
    event = "AdverseReaction"
    assert _counts(labels, "mentions, strict", event) == (3, 7, 3, 5)
    assert _counts(labels, "mentions, overlapping", event) == (6, 7, 5, 5)
    assert _counts(labels, "strings", event) == (1, 5, 1, 4)
    strict = _score(labels, "mentions, strict", event)
    assert strict.f1.value == pytest.approx(2 * (3 / 7) * (3 / 5) / (3 / 7 + 3 / 5), abs=1e-6)
    assert _score(labels, "strings", "documents", "macro").f1.value == (0.5 + 0) / 2


def _stated(predicate: str, text: str, *aliases: str, **qualifiers: str) -> dict[str, object]:
    return {
        "predicate": predicate,
        "text": text,
        "aliases": list(aliases),
        "qualifiers": {"frequency": None, **qualifiers},
    }


def _facts() -> dict[str, tuple[list[dict[str, object]], list[Fact]]]:
    """Document → what the gold says, and what the record does."""
    event, barred = "has_adverse_event", "has_contraindication"
    one = [
        _stated(event, "swelling of the hands", frequency="common"),
        _stated(event, "haemorrhage", frequency="rare"),
        _stated("has_target", "CD38", action="binder"),
    ]
    found = [
        fact(event, "hand swelling", frequency="common"),
        fact(event, "severe hemorrhage"),  # no frequency
        fact(event, "swelling in hands", frequency="rare"),  # again, with another frequency
        fact(event, "fever"),  # wrong
        fact(event, "cough", assertion="absent"),  # not of the gold's assertion
        fact("has_target", "CD38"),
        fact(barred, "allergy to testamab"),  # what annotators leave out
    ]
    two = [
        _stated(event, "nausea", "feeling sick"),
        _stated(barred, "liver disease"),
        _stated("has_indication", "gout"),  # missed
    ]
    return {
        "one": (one, found),
        "two": (two, [fact(event, "Feeling sick"), fact(barred, "severe liver disease")]),
    }


def test_facts_by_their_names(tmp_path: Path) -> None:
    records = []
    for name, (stated, found) in _facts().items():
        (tmp_path / f"{name}.json").write_text(json.dumps({"doc": name, "facts": stated}), "utf-8")
        records.append(record(*found, id=name))
    result = evaluate(read_gold(tmp_path), records, rounds=100)
    assert _counts(result, "facts", "has_adverse_event") == (4, 5, 3, 3)
    with_frequency = _counts(result, "facts with qualifier", "has_adverse_event+frequency")
    assert with_frequency == (2, 5, 2, 3)
    assert _counts(result, "facts", "has_target") == (1, 1, 1, 1)
    assert _counts(result, "facts with qualifier", "has_target+action") == (0, 1, 0, 1)
    assert _counts(result, "facts", "has_contraindication") == (1, 1, 1, 1)
    assert _counts(result, "facts", "has_indication") == (0, 0, 0, 1)
    mean = _score(result, "facts", "predicates", "macro").f1.value
    assert mean == pytest.approx((2 * 0.8 * 1 / 1.8 + 1 + 1 + 0) / 4, abs=1e-6)


def test_mentions_of_abstracts(tmp_path: Path) -> None:
    path = tmp_path / "dev.PubTator"
    path.write_text(
        "7|t|Lithium toxicity.\n7|a|It caused nausea and tremor.\n"
        "7\t0\t7\tLithium\tChemical\t-\n7\t28\t45\tnausea and tremor\tDisease\t-\n\n"
        "8|t|Gout.\n8|a|Rest helps.\n8\t0\t4\tGout\tDisease\t-\n",
        "utf-8",
    )
    text, other = "Lithium toxicity. It caused nausea and tremor.", "Gout. Rest helps."
    records = [
        record(
            id="7",
            text=text,
            mentions=(
                mention(text, "Lithium", "DRUG"),
                mention(text, "nausea"),
                mention(text, "tremor"),
            ),
        ),
        record(
            id="8",
            text=other,
            mentions=(mention(other, "Gout", "CONDITION"), mention(other, "Rest", "DRUG")),
        ),
    ]
    result = evaluate(read_gold(path), records, rounds=100)
    assert _counts(result, "mentions, strict", "Disease") == (1, 3, 1, 2)
    # two predictions overlap one mark: precision counts the former, recall the latter
    assert _counts(result, "mentions, overlapping", "Disease") == (3, 3, 2, 2)
    # a chemical in a document whose gold has none is wrong
    assert _counts(result, "mentions, strict", "Chemical") == (1, 2, 1, 1)
