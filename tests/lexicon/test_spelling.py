from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.lexicon.spelling import (
    COLUMNS,
    STOP,
    TABLE,
    fold,
    is_plural,
    letters,
    pieces,
    plain,
    spelling_digest,
)
from monograph_nlp.lexicon.terms import read_terms
from monograph_nlp.rules import read_table

ROWS = read_table(TABLE, COLUMNS, required=("id", "pattern", "example", "expected"))
WORDS = st.text(alphabet="bcdfglmnprt", min_size=4, max_size=9)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text("id"))
def test_each_row_folds_its_example(row):
    assert fold(row.text("example")) == row.text("expected")
    assert plain(row.text("example")) != row.text("expected")


def test_no_two_rows_have_one_id():
    assert len({row.text("id") for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HER2", "her 2"),
        ("HER-2", "HER2"),
        ("TNF-α", "TNF alpha"),
        ("TNFα", "tnf-alpha"),
        ("β2-agonists", "beta-2 agonist"),
        ("interferon alfa-2b", "interferon alpha 2b"),
        ("Crohn's disease", "Crohn disease"),
        ("Crohn’s disease", "crohn's disease"),
        ("Parkinson' disease", "Parkinson disease"),
        ("Xarelto®", "xarelto"),
        ("Sjögren’s syndrome", "sjogren syndrome"),
        ("Sjo\u0308gren syndrome", "Sjögren syndrome"),
        ("Guillain–Barré syndrome", "guillain barre syndrome"),
        ("haemorrhages", "hemorrhage"),
        ("oesophageal tumours", "esophageal tumor"),
        ("diarrhoea", "diarrhea"),
        ("oedema", "edema"),
        ("leucopenia", "leukopenia"),
        ("anti-inflammatory", "antiinflammatory"),
        ("non-Hodgkin lymphoma", "nonhodgkin lymphomas"),
        ("ciclosporin", "cyclosporine"),
        ("aciclovir", "acyclovir"),
        ("amfetamine", "amphetamine"),
        ("cefalexin", "cephalexin"),
        ("indometacin", "indomethacin"),
        ("sulfasalazine", "sulphasalazine"),
        ("oestradiol", "estradiol"),
        ("headaches", "headache"),
        ("metastases", "metastasis"),
        ("biopsies", "biopsy"),
        ("abscesses", "abscess"),
        ("5-FU", "5 fu"),
        ("acetylsalicylic \n acid", "Acetylsalicylic acid"),
        ("(R)-warfarin", "R-warfarin"),
        ("pain.", "pain"),
        ("m²", "M2"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("renal (kidney) failure", "renal kidney failure"),
        ("nausea, vomiting", "nausea vomiting"),
        ("nausea. Vomiting", "nausea vomiting"),
        ("nausea • vomiting", "nausea vomiting"),
        ("头痛、发热", "头痛发热"),
        ("sepsis", "sepsi"),
        ("virus", "viru"),
        ("abscess", "absces"),
        ("type II", "type 2"),
        ("PD-1", "PD-L1"),
        ("HER2", "HER 22"),
        ("rabies", "raby"),
    ],
)
def test_names_that_differ_keep_their_keys(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", " ", "®", "-", "…", "\ud800", "\n\t"])
def test_what_has_neither_letters_nor_digits_has_no_key(text):
    assert fold(text) == ""


@given(st.text())
def test_a_key_is_lower_case_pieces_with_single_blanks(text):
    key = fold(text)
    assert key == key.strip() == " ".join(key.split())
    assert fold.__wrapped__(text) == key
    assert not any("\ud800" <= sign <= "\udfff" for sign in key)


@given(st.text().filter(str.split))
def test_pieces_lie_in_order_inside_their_text(text):
    for chunk in text.split():
        found = pieces(chunk)
        assert all(0 <= piece.start < piece.end <= len(chunk) for piece in found)
        assert all(a.end <= b.start for a, b in pairwise(found))


@given(WORDS, WORDS)
def test_case_hyphen_plural_and_greek_letter_make_no_difference(one, other):
    key = fold(f"{one} {other}")
    assert fold(f"{one}-{other}") == fold(f"{one.upper()} {other.title()}") == key
    assert fold(f"{one} {other}s") == key
    assert fold(f"{one} β{other}") == fold(f"{one} beta-{other}")


def test_keys_of_all_curated_names_are_their_own_keys():
    keys = {fold(surface.text) for surface in read_terms()}
    assert len(keys) > 5000
    assert {key for key in keys if fold(key) != key} == set()


def test_a_sign_that_ends_a_clause_is_a_piece():
    assert [piece.key for piece in pieces("(HER2),")] == ["(", "her", "2", ","]
    assert [piece.key for piece in pieces("vomiting.”")] == ["vomiting", STOP]
    assert [piece.key for piece in pieces("•")] == [STOP]
    assert pieces("–") == ()


def test_a_key_of_several_parts_covers_its_word():
    (piece,) = pieces("nonsteroidal")
    assert (piece.key, piece.start, piece.end) == ("non steroidal", 0, 12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("PD-1", "PD1"), ("TNF-α", "TNFalpha"), ("mAb", "mAb"), (" IL 2 ", "IL2"), ("®", "")],
)
def test_letters_as_they_are_written(text, expected):
    assert letters(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("blisters", True),
        ("blister", False),
        ("liver abscesses", True),
        ("sepsis", False),
        ("", False),
    ],
)
def test_a_plural_is_told_by_the_last_word(text, expected):
    assert is_plural(text) is expected


def test_the_digest_stands_for_the_rules():
    assert len(spelling_digest()) == 16
    assert int(spelling_digest(), 16) >= 0
