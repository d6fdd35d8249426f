"""Parts that find what they belong to, and those that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.tagging.joining import mentions_of
from monograph_nlp.tagging.scheme import TAGS, Fragments, chunks, encode

_WORDS = ("renal", "and", ",", "(", "failure", "or", "of")


def _said(text: str) -> list[str]:
    """Return the mentions of words that carry their tags, such as "renal/DB or hepatic/B failure/I"."""
    pairs = [word.rpartition("/")[::2] for word in text.split()]
    forms = [form or tag for form, tag in pairs]
    tags = [tag if form and tag in TAGS else "O" for form, tag in pairs]
    found = mentions_of(list(chunks(tags)), forms)
    return [" ".join(" ".join(forms[a:b]) for a, b in one) for one in found]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        # shared words near a part
        ("renal/DB or hepatic/DB failure/HB", ["renal failure", "hepatic failure"]),
        ("elevations/HB in ALT/DB and AST/DB", ["elevations ALT", "elevations AST"]),
        # two parts with a gap between them
        ("platelet/DB counts/DI were low/DB", ["platelet counts low"]),
        # a neighbour lends its end, its beginning, or all of it
        ("ischemic/DB and hemorrhagic/B strokes/I", ["ischemic strokes", "hemorrhagic strokes"]),
        ("viral/DB , fungal/DB or other/B rash/I", ["viral rash", "fungal rash", "other rash"]),
        ("swelling/B of/I lips/I , tongue/DB", ["swelling of lips", "swelling of tongue"]),
        ("abdominal/B pain/I ( upper/DB", ["abdominal pain", "abdominal pain upper"]),
        (
            "increase/B in/I ALT/I , AST/DB and decrease/B in/I platelets/I",
            ["increase in ALT", "increase in AST", "decrease in platelets"],
        ),
        (
            "eyelid/B pain/I and crusting/DB , foreign/B body/I",
            ["eyelid pain", "eyelid crusting", "foreign body"],
        ),
        # all but what a part in brackets abbreviates, even if it was taken for a name
        (
            "decrease/B in/I bone/I density/I ( BD/DB",
            ["decrease in bone density", "decrease in BD"],
        ),
        ("decrease/B in/I bone/I density/I ( BD/B", ["decrease in bone density", "decrease in BD"]),
        ("heart/B attack/I ( HA/B", ["heart attack", "HA"]),
        (
            "itching/B skin/I ( dry/DB , red/DB",
            ["itching skin", "itching skin dry", "itching skin red"],
        ),
        # what stands around them tells that words are shared
        (
            "swelling/B of/I the/I lips/DB , tongue/DB",
            ["swelling of the lips", "swelling of the tongue"],
        ),
        ("rise/B in/I both ALT/DB and AST/DB", ["rise in ALT", "rise in AST"]),
        ("chest/DB pain/DB and tightness/DB", ["chest pain", "chest tightness"]),
        ("eye/DB and skin/DB redness/DB", ["eye redness", "skin redness"]),
        (
            "skin/HB reactions/HB : scaling/DB , itching/DB",
            ["skin reactions scaling", "skin reactions itching"],
        ),
        # a part that finds nothing is no name
        ("upper/DB and then nothing", []),
        ("erosion/DB , ulceration/DB", []),
        ("scaling/DB rash/B , itching/B", ["rash", "itching"]),
        # shared words without parts are a name
        ("failure/HB", ["failure"]),
    ],
)
def test_parts_are_joined(text, mentions):
    assert sorted(_said(text)) == sorted(mentions)


def test_parts_that_stand_far_apart_are_not_joined():
    tags = ["DB", *["O"] * 20, "DB"]
    assert mentions_of(list(chunks(tags)), ["of"] * 22) == []


@st.composite
def _apart(draw: st.DrawFn) -> tuple[list[Fragments], int]:
    """Mentions of one fragment each that share no word, and the number of words."""
    borders = sorted(draw(st.sets(st.integers(0, 40), max_size=16)))
    pairs = list(zip(borders[::2], borders[1::2], strict=False))
    return [((start, end),) for start, end in pairs], 41


@given(_apart(), st.data())
def test_plain_mentions_come_back(made, data):
    mentions, size = made
    words = data.draw(st.lists(st.sampled_from(_WORDS), min_size=size, max_size=size))
    assert mentions_of(list(chunks(encode(mentions, size))), words) == mentions


@given(st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(_WORDS)), max_size=60))
def test_whatever_the_tags_the_mentions_are_well_formed(pairs):
    tags, words = [tag for tag, _ in pairs], [word for _, word in pairs]
    found = mentions_of(list(chunks(tags)), words)
    assert found == sorted(set(found))
    for fragments in found:
        flat = [border for fragment in fragments for border in fragment]
        assert flat == sorted(set(flat))  # in order, not empty, none touches the next
        assert all(tags[word] != "O" for a, b in fragments for word in range(a, b))
