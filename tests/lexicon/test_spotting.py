from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.lexicon.index import Index
from monograph_nlp.lexicon.scanning import scan
from monograph_nlp.lexicon.terms import Surface, Term


def _index(*names: str, **attributes: object) -> Index:
    return Index.of(
        Surface(name, Term(("DRUG",), name, f"x:{number}", (), ()), "name", **attributes)
        for number, name in enumerate(names)
    )


NAMES = (
    "pain", "abdominal pain", "pain relief therapy", "iron (III) oxide", "iron", "renal failure",
    "heart failure", "nausea", "nausea, vomiting", "IL-2", "blisters", "anti-emetic",
)  # fmt: skip
INDEX = _index(*NAMES)
TOKEN = re.compile(r"\w+(?:-\w+)*|[^\w\s]")


def bounds(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in TOKEN.finditer(text)]


def found(text: str, index: Index = INDEX) -> list[str]:
    return [text[place.start : place.end] for place in index.places(text, bounds(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Severe abdominal pain.", ["abdominal pain"]),
        ("abdominal pain relief therapy", ["pain relief therapy"]),
        ("ABDOMINAL PAINS and nausea", ["ABDOMINAL PAINS", "nausea"]),
        ("abdominal\npain", ["pain"]),
        ("abdominal\tpain", ["pain"]),
        ("abdominal | pain", ["pain"]),
        ("abdominal. Pain", ["Pain"]),
        ("abdominal; pain", ["pain"]),
        ("abdominal: pain", ["pain"]),
        ("abdominal, pain", ["pain"]),
        ("abdominal (pain)", ["pain"]),
        ("abdominal • pain", ["pain"]),
        ("abdominal-pain", ["abdominal-pain"]),
        ("abdominal – pain", ["abdominal – pain"]),
        ("nausea, vomiting", ["nausea, vomiting"]),
        ("nausea vomiting", ["nausea"]),
        ("iron (III) oxide", ["iron (III) oxide"]),
        ("IL-2-like, IL-2", ["IL-2"]),
        ("painful irons", ["irons"]),
        ("a blister pack", []),
        ("Blisters!", ["Blisters"]),
        ("antiemetics", ["antiemetics"]),
        ("anti emetic", ["anti emetic"]),
        ("", []),
        ("...", []),
    ],
)
def test_where_names_stand(text, expected):
    assert found(text) == expected


def test_a_closing_bracket_belongs_to_the_name_that_opened_it():
    index = _index("factor (recombinant)", "factor")
    assert found("human factor (recombinant) vial", index) == ["factor (recombinant)"]
    assert found("human factor (recombinant form)", index) == ["factor"]


def test_a_name_ends_with_its_token():
    text = "Xarelto® daily"
    index = _index("Xarelto")
    assert found(text, index) == ["Xarelto"]
    (place,) = index.places(text, [(0, 8), (9, 14)])  # another tokenizer
    assert text[place.start : place.end] == "Xarelto®"


def test_only_names_that_may_find_a_mention_do():
    index = _index("pain", spot=False)
    assert index.find("pain") is not None
    assert found("pain", index) == []


def test_case_rules_hold_in_a_text():
    assert found("cat CAT Cat", _index("CAT", case="exact")) == ["CAT"]
    assert found("rest REST Rest", _index("Rest", case="capital")) == ["REST", "Rest"]


def test_what_no_token_covers_is_not_found():
    assert INDEX.places("abdominal pain", [(0, 9)]) == []
    assert INDEX.places("abdominal pain", []) == []
    assert INDEX.places("abdominal pain", [(0, 9), (10, 13), (13, 14)])[0].end == 14
    assert INDEX.places("pain", [(0, 2), (2, 4)])[0].end == 4
    assert INDEX.places("painful", [(0, 4), (4, 7)]) == []  # the word is "painful", all the same


WORDS = ("pain", "abdominal", "relief", "therapy", "iron", "(", ")", "III", "oxide", ",", ".", "\n",
         "nausea", "vomiting", "IL", "-", "2", "renal", "heart", "and", "failures", "β", "®")  # fmt: skip
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(("", " "))), max_size=14).map(
    lambda parts: "".join(word + blank for word, blank in parts)
)


@given(TEXTS | st.text(max_size=40))
def test_places_are_ordered_token_ranges_that_bear_names(text):
    tokens = bounds(text)
    places = INDEX.places(text, tokens)
    starts, ends = {start for start, _ in tokens}, {end for _, end in tokens}
    for place in places:
        assert place.start in starts
        assert place.end in ends
        assert "\n" not in text[place.start : place.end]
        assert place.matches == tuple(
            match for match in INDEX.find_all(text[place.start : place.end]) if match.spot
        )
        assert place.matches
    assert all(one.end <= other.start for one, other in pairwise(places))


@given(TEXTS)
def test_no_longer_name_covers_a_place(text):
    tokens = bounds(text)
    places = INDEX.places(text, tokens)
    scanned = scan(text, tokens)
    for place in places:
        inside = [i for i, (start, _) in enumerate(tokens) if place.start <= start < place.end]
        for at, first in scanned.begins:
            for behind, last in scanned.ends.items():
                longer = first <= inside[0] and last >= inside[-1]
                if longer and (first, last) != (inside[0], inside[-1]) and behind > at:
                    beaten = [
                        p for p in places if p.end - p.start > tokens[last][1] - tokens[first][0]
                    ]
                    known = INDEX.bearers(scanned.key[at:behind].strip())
                    assert not known or beaten or _is_unbalanced(text, tokens, first, last)


def _is_unbalanced(text: str, tokens: list[tuple[int, int]], first: int, last: int) -> bool:
    name = text[tokens[first][0] : tokens[last][1]]
    return name.count("(") != name.count(")")


def test_the_text_and_its_names_are_folded_by_the_same_rules():
    scanned = scan("Non-Hodgkin (HER2)", [(0, 11), (12, 13), (13, 17), (17, 18)])
    assert scanned.key == "non hodgkin ( her 2 "
    assert scanned.begins == [(0, 0), (14, 2)]
    assert scanned.ends == {12: 0, 20: 2}
