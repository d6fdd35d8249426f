from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import RuleError
from monograph_nlp.rules import read_table
from monograph_nlp.text.normalize import COLUMNS, Normalized, normalize

_VARIANTS = [
    row.text("from").encode("ascii").decode("unicode_escape")
    for row in read_table("characters.tsv", COLUMNS)
    if row.text("kind") == "char"
]
_TEXTS = st.text(st.sampled_from("".join(_VARIANTS) + "abcDE1.,;!?)( \n⁹²½–—…"), max_size=60)


@pytest.mark.parametrize(
    "text",
    ["10⁹/L", "m²", "½ tablet", "5–10 mg", "a — b", "…", "naïve Ärzte", "μg", "日本", "  two"],
)
def test_what_is_no_typographic_variant_stays(text: str) -> None:
    assert normalize(text) == Normalized(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\fd", "a\nb\nc\nd"),
        ("5\u202fµg", "5 μg"),
        ("co\u00adad\u200bmin", "coadmin"),
        ("‘a’ “b”", "'a' \"b\""),
        ("eﬀect of coﬃn", "effect of coffin"),
        ("on cells.The drug", "on cells. The drug"),
        ("Dr.The", "Dr.The"),
        ("nausea,vomiting", "nausea, vomiting"),
        ("1,000 and 2,3-dioxygenase", "1,000 and 2,3-dioxygenase"),
        ("(Xarelto)is", "(Xarelto) is"),
        ("take  two", "take two"),
        ("cell   cell", "cell   cell"),
        ("Rash  Skin pain  Edema    4", "Rash  Skin pain  Edema    4"),
        ("see  Warnings and  (5.1)", "see Warnings and (5.1)"),
    ],
)
def test_normalize(text: str, expected: str) -> None:
    assert normalize(text).text == expected


@given(_TEXTS)
def test_every_range_maps_inside_and_in_order(text: str) -> None:
    normalized = normalize(text)
    size = len(normalized.text)
    starts = [normalized.to_original(at, at)[0] for at in range(size + 1)]
    ends = [normalized.to_original(0, at)[1] for at in range(size + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= place <= len(text) for place in starts + ends)
    starts = [normalized.to_normalized(at, at)[0] for at in range(len(text) + 1)]
    ends = [normalized.to_normalized(0, at)[1] for at in range(len(text) + 1)]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= place <= size for place in starts + ends)


@given(_TEXTS, st.data())
def test_there_and_back_again_holds_the_range(text: str, data: st.DataObject) -> None:
    normalized = normalize(text)
    start = data.draw(st.integers(0, len(normalized.text)))
    end = data.draw(st.integers(start, len(normalized.text)))
    original = normalized.to_original(start, end)
    assert original[0] <= original[1]
    first, last = normalized.to_normalized(*original)
    inside = normalized.text[start:end].strip()
    assert inside in normalized.text[first:last]
    # what is mapped to says the same: normalized alone, it holds the words of the range
    assert "".join(inside.split()) in "".join(normalize(text[slice(*original)]).text.split())


@given(st.text(st.characters(codec="ascii", categories=["Lu", "Nd"]), max_size=50))
def test_text_without_a_character_of_the_table_is_unchanged(text: str) -> None:
    assert normalize(text) == Normalized(text)


@given(st.text(st.sampled_from("abcdEFG1.,;!?)( \n"), max_size=60))
def test_parting_words_twice_changes_nothing_more(text: str) -> None:
    once = normalize(text).text
    assert normalize(once).text == once


@given(_TEXTS)
def test_no_typographic_variant_is_left(text: str) -> None:
    assert not set(normalize(text).text) & {one for one in _VARIANTS if len(one) == 1}


def test_an_inserted_space_stands_for_nothing() -> None:
    normalized = normalize("cells.The drug")
    assert normalized.text[6:7] == " "
    assert normalized.to_original(6, 7) == (6, 6)
    assert normalized.to_original(0, 6) == (0, 6)
    assert normalized.to_original(7, 10) == (6, 9)
    assert normalized.to_normalized(0, 6) == (0, 6)
    assert normalized.to_normalized(6, 9) == (7, 10)
    assert normalized.to_normalized(6, 6) == (7, 7)


def test_a_range_that_cuts_into_a_replacement_takes_all_of_it() -> None:
    normalized = normalize("oﬃce")
    assert normalized.text == "office"
    assert normalized.to_original(2, 3) == (1, 2)
    assert normalized.to_normalized(1, 2) == (1, 4)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "chars\t\\u00a0\t-\tx",
            "kind 'chars' is not one of behind, char, front; did you mean 'char'",
        ),
        ("char\t\t-\tx", "from is empty"),
        ("char\ta\t-", "3 cells, expected 4"),
    ],
)
def test_a_bad_row_is_refused(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "characters.tsv"
    path.write_text("kind\tfrom\tto\tnote\n" + row, encoding="utf-8")
    with pytest.raises(RuleError, match=rf"characters\.tsv:2: {message}"):
        normalize("a", str(path))
