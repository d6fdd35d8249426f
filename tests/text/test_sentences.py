from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monograph_nlp.text import sentences
from monograph_nlp.text.blocks import split_blocks
from monograph_nlp.text.places import Apart
from monograph_nlp.text.sentences import split_sentences, split_units

_PARTS = st.sampled_from(
    ["It is so. ", "Dr. Who says no. ", "e.g. rash ", "5 mg. ", "(see 4.8). ", "\n", "\n\n", "• ",
     "A | B ", '"No." ', "Was it? ", "word ", "... ", "[1]", "1. ", "Rash   5%   2%\n", "It's\n", "。"]
)  # fmt: skip
_TEXTS = st.one_of(st.lists(_PARTS, max_size=10).map("".join), st.text(max_size=60))


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@given(_TEXTS)
@settings(deadline=None)
def test_no_letter_is_lost_and_no_sentence_crosses_a_block(text: str) -> None:
    blocks = split_blocks(text)
    done = 0
    for start, end, index in split_units(text, blocks):
        block = blocks[index]
        assert max(done, block.start) <= start < end <= block.end
        assert text[start:end] == text[start:end].strip()
        assert not text[max(done, block.start) : start].strip(" |\n\r\t\x0b\x0c\x1c\x1d\x1e\x1f")
        done = end
    held = "".join(text[start:end] for start, end, _ in split_units(text, blocks))
    given_ = "".join(block.text_of(text) for block in blocks)
    assert _letters(held) == _letters(given_)


def _letters(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c != "|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One sentence only", ["One sentence only"]),
        ("It is safe. It works.", ["It is safe.", "It works."]),
        ("It is safe, e.g. for cats. It works.", ["It is safe, e.g. for cats.", "It works."]),
        ("Dr. Who came. He left.", ["Dr. Who came.", "He left."]),
        (
            "It was seen in Study 1. More was seen in Study 2. Few died.",
            ["It was seen in Study 1.", "More was seen in Study 2.", "Few died."],
        ),
        (
            "It was rare (1%). It was mild [see Warnings (5.1)  ]  . It went.",
            ["It was rare (1%).", "It was mild [see Warnings (5.1)  ]  .", "It went."],
        ),
        ("Watch the liver. (  5.4  )", ["Watch the liver.", "(  5.4  )"]),
        ("Take 2.5 mg daily. Rest.", ["Take 2.5 mg daily.", "Rest."]),
        ("It fell by 5%. It rose later.", ["It fell by 5%.", "It rose later."]),
        (
            'He said "It is so. It was." Then he left.',
            ['He said "It is so. It was."', "Then he left."],
        ),
        ("In 2019. Then came more.", ["In 2019.", "Then came more."]),
        ("See (section 4.8). It is so.", ["See (section 4.8).", "It is so."]),
        ("  It is so.  \n It was.  ", ["It is so.", "It was."]),
        ("It is\nso. It was.", ["It is\nso.", "It was."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_split_sentences(text: str, expected: list[str]) -> None:
    assert _split(text) == expected


def test_only_the_range_is_split() -> None:
    text = "No. It is safe. It works. No."
    found = [text[start:end] for start, end in split_sentences(text, 4, 25)]
    assert found == ["It is safe.", "It works."]


def test_cells_are_units_and_empty_cells_are_none() -> None:
    text = "Rash |  | Very. Common"
    found = [text[start:end] for start, end, _ in split_units(text, split_blocks(text))]
    assert found == ["Rash", "Very. Common"]


def test_a_barred_block_is_one_unit() -> None:
    text = "It is safe. It works.\n\nIt is safe. It works."
    blocks = split_blocks(text)
    units = list(split_units(text, blocks, Apart([(3, 5)])))
    assert units == [(0, 21, 0), (23, 34, 1), (35, 44, 1)]


LONG = "The patient, seen by Dr. Smith, takes it daily. "


def test_a_long_text_is_cut_between_its_sentences() -> None:
    assert set(_split(LONG * 400)) == {LONG.strip()}


@pytest.mark.parametrize("word", ["and so on ", "abcde"])
def test_a_long_text_without_a_full_stop_is_cut_in_pieces(word: str) -> None:
    text = word * 3000
    pieces = _split(text)
    assert _letters("".join(pieces)) == _letters(text)
    assert max(map(len, pieces)) <= 4000
    if " " in word:
        assert {w for piece in pieces for w in piece.split()} == set(word.split())


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Who agrees. No. 5 is safe.  It is e.g. used at 3 p.m. in the U.S. today.",
        "It is safe. It is safe. It is safe.",
        'He said "Stop! Now." and left... Why? a) one b) two',
        "1. Take it. 2. Wait 3.5 h. 3. Rest.\u00a0 ",
        "",
        "   ",
    ],
)
def test_sentences_are_reported_as_pysbd_reports_them(text):
    assert list(sentences._reported(text)) == list(sentences._segmenter().segment(text))
