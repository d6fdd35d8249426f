from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.text.cues import CueIndex, CueRule, words_of


def _found(patterns: list[str], text: str, named: dict[int, list[tuple[str, int]]]) -> list[str]:
    words, _ = words_of(text)
    index = CueIndex(CueRule(pattern, "ABSENT", "FORWARD", 40) for pattern in patterns)
    return [" ".join(words[cue.start : cue.end]) for cue in index.find(words, named)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("no", "No fever", ["no"]),
        ("no", "Notes of know-how, casino", []),
        (
            "was|were not |yet seen",
            "was not seen, were not yet seen",
            ["was not seen", "were not yet seen"],
        ),
        (
            "has_been|is not seen",
            "has been not seen; is not seen",
            ["has been not seen", "is not seen"],
        ),
        ("with * alone", "with warfarin alone", ["with warfarin alone"]),
        ("with * alone", "with low dose warfarin alone", []),
        ("( -", "fever (-)", ["( -"]),
        ("can't", "it can’t be", ["can't"]),
        ("no |of", "no of no", ["no of", "no"]),
    ],
)
def test_patterns(pattern: str, text: str, expected: list[str]) -> None:
    assert _found([pattern], text, {}) == expected


def test_the_longest_phrase_wins_and_hides_those_inside_it() -> None:
    assert _found(["no", "no doubt", "doubt"], "no doubt no", {}) == ["no doubt", "no"]


def test_phrases_that_overlap_in_part_both_count() -> None:
    assert _found(["may not", "not be"], "may not be", {}) == ["may not", "not be"]


def test_a_slot_stands_for_a_whole_mention() -> None:
    named = {2: [("DRUG_CLASS", 4)]}
    assert _found(["seen with <DRUG_CLASS>"], "seen with TNF blockers", {}) == []
    assert _found(["with <DRUG_CLASS>"], "seen with", {}) == []
    words = "seen with TNF blockers"
    assert _found(["seen with <DRUG_CLASS>"], words, named) == ["seen with tnf blockers"]
    assert _found(["seen with <DRUG>"], words, named) == []


def test_a_phrase_that_ends_or_begins_within_a_mention_gives_way_to_a_shorter_one() -> None:
    named = {1: [("CONDITION", 4)]}
    assert _found(["no", "no change in"], "no change in vision", named) == ["no"]
    assert _found(["vision loss"], "no change in vision loss", named) == []


@pytest.mark.parametrize("pattern", ["* no", "|no |of", "|no *", ""])
def test_bad_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="begins with"):
        CueIndex([CueRule(pattern, "ABSENT", "FORWARD", 40)])


@given(st.text())
def test_words_stand_where_they_are_said_to_stand(text: str) -> None:
    words, places = words_of(text)
    assert [text[start:end].lower().replace("’", "'") for start, end in places] == words
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    assert not "".join(text[a:b] for a, b in _gaps(places, len(text))).strip()


def _gaps(places: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    starts = [0, *(end for _, end in places)]
    ends = [*(start for start, _ in places), length]
    return list(zip(starts, ends, strict=True))


@pytest.mark.parametrize(
    ("text", "word"), [("the effect of NO by the drug", "NO"), ("There is NO fever", "no")]
)
def test_nitric_oxide_is_no_denial(text: str, word: str) -> None:
    assert word in words_of(text)[0]
