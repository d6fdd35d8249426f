"""Alternatives that are tried apart find what the whole pattern finds."""

from __future__ import annotations

import json
import pickle
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.rules.branches import Branches, branches_of
from monograph_nlp.text.relation_rules import read_rules

_PATTERNS = (
    r"fever|rash(?:es)?|ra",
    r"ra|rash(?:es)?",  # the first alternative wins, not the longest
    r"\bof (?P<cut>rash\b)|rash",
    r"^[^.:]*?(?=rash)|fever|ras",  # may match no character
    r"a*|b|(?=b)",
    r"x?|y?|rash",
    r"(?<=r)ash|[|(]r|\|",
    r"(r)\1|ash",
)
_TEXTS = st.text(alphabet="rashefv b|(.xyof", max_size=30)


def _all(found: object) -> list[tuple[tuple[int, int], dict[str, str]]]:
    return [
        (match.span(), {k: v for k, v in match.groupdict().items() if v is not None})
        for match in found  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize("pattern", _PATTERNS)
@given(text=_TEXTS, start=st.integers(0, 8), size=st.integers(0, 30))
def test_matches_are_those_of_the_whole_pattern(
    pattern: str, text: str, start: int, size: int
) -> None:
    whole, parted = re.compile(pattern, re.IGNORECASE), Branches(pattern, re.IGNORECASE)
    for place in ((), (start,), (start, start + size)):
        assert _all(parted.finditer(text, *place)) == _all(whole.finditer(text, *place))
        first = whole.search(text, *place)
        found = parted.search(text, *place)
        assert (found and found.span()) == (first and first.span())


def test_the_stops_of_all_rules_find_the_same_in_all_examples() -> None:
    lines = (
        (files("monograph_nlp.rules") / "relations.jsonl").read_text(encoding="utf-8").split("\n")
    )
    rows = [json.loads(line) for line in lines if line.startswith("{")]
    examples = [
        row[key].partition("] ")[2] for row in rows for key in ("example", "counterexample")
    ]
    stops = {rule.stop.pattern: rule.stop for rule in read_rules() if rule.stop}
    found = 0
    for pattern, stop in stops.items():
        whole = re.compile(pattern, re.IGNORECASE)
        for text in examples:
            wanted = _all(whole.finditer(text))
            assert _all(stop.finditer(text)) == wanted
            found += len(wanted)
    assert found


def test_alternatives_are_parted_at_the_outer_bars_alone() -> None:
    assert branches_of(r"a\|b|[^]|]|(?:c|(d|e))|") == (r"a\|b", "[^]|]", "(?:c|(d|e))", "")
    assert branches_of(r"(a)|\1") == (r"(a)|\1",)
    assert branches_of("a") == ("a",)


def test_it_goes_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(Branches("fever|rash", re.IGNORECASE)))
    assert [match[0] for match in sent.finditer("No RASH")] == ["RASH"]
