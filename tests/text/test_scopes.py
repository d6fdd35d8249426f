from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.text.cues import Category, Cue, CueRule, Direction
from monograph_nlp.text.scopes import PRECEDENCE, Target, judge


def _cue(
    place: int,
    category: Category = "ABSENT",
    direction: Direction = "FORWARD",
    max_scope: int = 40,
    labels: str = "",
    stops: str = "",
) -> Cue:
    rule = CueRule(
        "x", category, direction, max_scope, frozenset(labels.split()), frozenset(stops.split())
    )
    return Cue(place, place + 1, rule)


def _judged(cues: list[Cue], places: list[int], words: str | int = 10) -> list[str]:
    listed = words.split() if isinstance(words, str) else ["x"] * words
    targets = [Target(place, place + 1, "CONDITION") for place in places]
    return [verdict.assertion for verdict in judge(cues, targets, listed)]


def test_a_cue_reaches_one_side_or_both() -> None:
    assert _judged([_cue(5)], [2, 8]) == ["present", "absent"]
    assert _judged([_cue(5, direction="BACKWARD")], [2, 8]) == ["absent", "present"]
    assert _judged([_cue(5, direction="BIDIRECTIONAL")], [2, 8]) == ["absent", "absent"]


def test_the_greatest_scope_counts_words() -> None:
    assert _judged([_cue(0, max_scope=3)], [3, 4]) == ["absent", "present"]
    assert _judged([_cue(9, direction="BACKWARD", max_scope=3)], [5, 6]) == ["present", "absent"]


def test_a_terminator_ends_scopes_on_the_sides_it_names() -> None:
    both = _cue(4, "TERMINATE", "BIDIRECTIONAL", stops="ABSENT")
    after = _cue(4, "TERMINATE", "FORWARD", stops="ABSENT")
    before = _cue(4, "TERMINATE", "BACKWARD", stops="ABSENT")
    back = _cue(8, direction="BACKWARD")
    assert _judged([_cue(0), both], [2, 6]) == ["absent", "present"]
    assert _judged([_cue(0), before], [6]) == ["absent"]
    assert _judged([both, back], [2, 6]) == ["present", "absent"]
    assert _judged([after, back], [2]) == ["absent"]


def test_a_terminator_of_one_category_leaves_the_others() -> None:
    stop = _cue(4, "TERMINATE", "BIDIRECTIONAL", stops="ABSENT")
    assert _judged([_cue(0, "POSSIBLE"), stop], [6]) == ["possible"]


def test_a_cue_may_end_scopes_of_another_category() -> None:
    assert _judged([_cue(0), _cue(4, "POSSIBLE", stops="ABSENT")], [2, 6]) == ["absent", "possible"]


@pytest.mark.parametrize("category", ["PSEUDO", "TERMINATE"])
def test_these_assert_nothing(category: Category) -> None:
    assert _judged([_cue(0, category)], [2]) == ["present"]


def test_precedence_is_the_order_of_the_table() -> None:
    names: list[Category] = ["POSSIBLE", "HYPOTHETICAL", "CONDITIONAL", "ABSENT", "OTHER_SUBJECT"]
    assert [name for name, _ in reversed(PRECEDENCE)] == names
    for last in range(1, len(names) + 1):
        cues = [_cue(place, name) for place, name in enumerate(names[:last])]
        assert _judged(cues, [8]) == [dict(PRECEDENCE)[names[last - 1]]]


def test_the_verdict_names_the_winning_cues_only() -> None:
    no, may = _cue(1), _cue(0, "POSSIBLE")
    (verdict,) = judge([may, no], [Target(3, 4, "X")], ["x"] * 5)
    assert verdict.cues == (no,)


def test_brackets_keep_a_cue_in() -> None:
    words = "a ( no fever ) b c"
    assert _judged([_cue(2)], [3, 5], words) == ["absent", "present"]
    assert _judged([_cue(3, direction="BACKWARD")], [0, 2], words) == ["present", "absent"]


def test_a_cue_outside_reaches_over_and_into_brackets() -> None:
    assert _judged([_cue(0)], [2, 4], "no ( fever ) cough") == ["absent", "absent"]


def test_brackets_without_a_partner_are_no_border() -> None:
    assert _judged([_cue(0)], [3], "no 1 ) fever") == ["absent"]
    assert _judged([_cue(1)], [2], "( no fever") == ["absent"]


def test_a_cue_inside_a_mention_is_part_of_its_name() -> None:
    inside = [Target(0, 3, "CONDITION"), Target(4, 5, "CONDITION")]
    assert [v.assertion for v in judge([_cue(0)], inside, ["x"] * 5)] == ["present", "present"]


def test_a_mention_must_lie_in_the_scope_as_a_whole() -> None:
    (verdict,) = judge([_cue(0, max_scope=2)], [Target(2, 4, "X")], ["x"] * 5)
    assert verdict.assertion == "present"


def test_labels_say_of_which_mentions_a_cue_speaks() -> None:
    assert _judged([_cue(0, labels="DRUG")], [2]) == ["present"]
    assert _judged([_cue(0, labels="DRUG CONDITION")], [2]) == ["absent"]


def test_an_inside_cue_reaches_only_what_it_holds() -> None:
    cue = Cue(1, 4, CueRule("x", "CONDITIONAL", "INSIDE", 40))
    verdicts = judge([cue], [Target(0, 1, ""), Target(2, 3, ""), Target(5, 6, "")], ["x"] * 6)
    assert [verdict.assertion for verdict in verdicts] == ["present", "conditional", "present"]


@given(st.lists(st.sampled_from("()[]a"), max_size=30), st.data())
def test_no_arrangement_of_brackets_and_cues_fails(words: list[str], data: st.DataObject) -> None:
    places = st.integers(0, max(0, len(words) - 1))
    cues = [_cue(place) for place in sorted(data.draw(st.sets(places)))] if words else []
    targets = [Target(place, place + 1, "X") for place in sorted(data.draw(st.sets(places)))]
    verdicts = judge(cues, targets if words else [], words)
    assert len(verdicts) == (len(targets) if words else 0)
    assert all(
        cue.start < target.start
        for target, v in zip(targets, verdicts, strict=False)
        for cue in v.cues
    )
