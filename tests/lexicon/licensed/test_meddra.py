from __future__ import annotations

import re

import pytest

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.licensed.meddra import RULE_COLUMNS, RULES, read
from monograph_nlp.rules import read_table

RULE_ROWS = read_table(RULES, RULE_COLUMNS)


def _by_text(vocabulary):
    return {surface.text: surface for surface in vocabulary.surfaces}


def test_a_preferred_term_is_a_concept_and_its_llts_are_names_with_codes(meddra):
    names = _by_text(read(meddra, source="mine"))
    term = names["Quorbling of the elbow"].term
    assert (term.id, term.name) == ("meddra:90000001", "Quorbling of the elbow")
    assert term.labels == ("CONDITION", "ADVERSE_EVENT")
    assert names["Quorbled elbow"].term is term
    assert names["Quorbled elbow"].code == "meddra:90000011"
    assert {surface.source for surface in names.values()} == {"mine"}


def test_preferred_names_come_first_and_former_ones_last(meddra):
    texts = list(_by_text(read(meddra, source="m")))
    assert texts[:2] == ["Quorbling of the elbow", "Zimber ache"]
    assert texts[-1] == "Elbow quorble nos"


@pytest.mark.parametrize(
    ("text", "finds", "case"),
    [
        ("Quorbled elbow", True, "any"),
        ("Elbow quorble nos", False, "any"),  # no longer current
        ("Quorb", False, "any"),  # one short word
        ("QZA", True, "exact"),
    ],
)
def test_which_names_may_find_a_mention(meddra, text, finds, case):
    surface = _by_text(read(meddra, source="m"))[text]
    assert (surface.spot, surface.case) == (finds, case)


def test_the_organ_class_decides_what_a_term_is(meddra):
    vocabulary = read(meddra, source="m")
    names = _by_text(vocabulary)
    assert names["Serum flobin increased"].term.labels == ("ADVERSE_EVENT",)
    assert names["Serum flobin"].term.labels == ("TEST",)
    assert not names["Serum flobin"].spot
    assert "Elbow straightening operation" not in names
    assert vocabulary.left_out == {
        "preferred terms that are no finding": 1,
        "lowest level terms that are no finding": 1,
    }


def test_the_primary_organ_class_is_the_class_of_a_term(meddra):
    vocabulary = read(meddra, source="m")
    assert vocabulary.classes["meddra:90000001"] == ("Limb disorders",)
    assert "meddra:90000005" not in vocabulary.classes


def test_the_release_is_told_where_it_is_known(meddra):
    vocabulary = read(meddra, source="m")
    assert vocabulary.release == "90.1 English"
    assert [path.name for path in vocabulary.files] == [
        "llt.asc", "mdhier.asc", "meddra_release.asc", "pt.asc"
    ]  # fmt: skip
    (meddra / "meddra_release.asc").unlink()
    assert read(meddra, source="m").release == ""


def test_the_folder_above_and_capital_letters_do(meddra):
    (meddra / "llt.asc").rename(meddra / "LLT.ASC")
    assert read(meddra.parent, source="m").surfaces == read(meddra, source="m").surfaces


def test_an_old_release_in_latin_1_is_read(meddra):
    path = meddra / "llt.asc"
    path.write_bytes(path.read_bytes().replace(b"Quorbled", b"Qu\xf6rbled"))
    assert "Quörbled elbow" in _by_text(read(meddra, source="m"))


@pytest.mark.parametrize("name", ["pt.asc", "llt.asc", "mdhier.asc"])
def test_a_missing_table_is_an_error(meddra, name):
    (meddra / name).unlink()
    with pytest.raises(LexiconError, match=rf"MedAscii: {re.escape(name)} missing; expected pt"):
        read(meddra, source="m")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "llt.asc",
            "Quorbled elbow$90000001",
            "Quorbled elbow$99",
            r"llt\.asc:2: pt_code '99' is not",
        ),
        ("llt.asc", "90000011$", "code$", r"llt\.asc:2: llt_code is 'code'; expected digits"),
        ("pt.asc", "90000001$", "$", r"pt\.asc:1: pt_code is ''"),
        ("pt.asc", "90000001$", "90000001$x$", r"pt\.asc:1: 12 columns; expected 10 to 11"),
        ("mdhier.asc", "90000700$", "", r"mdhier\.asc:1: 11 columns; expected 12"),
    ],
)
def test_a_damaged_table_is_an_error(meddra, edit, name, old, new, message):
    edit(meddra / name, old, new)
    with pytest.raises(LexiconError, match=message):
        read(meddra, source="m")


def test_a_release_without_findings_is_an_error(meddra):
    for name in ("pt.asc", "llt.asc"):
        lines = (meddra / name).read_bytes().splitlines(keepends=True)
        (meddra / name).write_bytes(b"".join(line for line in lines if b"operation" in line))
    with pytest.raises(LexiconError, match=r"pt\.asc: no term is a finding or a test; expected"):
        read(meddra, source="m")


@pytest.mark.parametrize("row", RULE_ROWS, ids=lambda row: row.where)
def test_each_row_decides_its_example(row):
    """The example of a row is decided by no earlier row of the same organ class."""
    fitting = [
        other
        for other in RULE_ROWS
        if other.text("soc") in (row.text("soc"), "*")
        and re.search(other.regex("pattern"), row.text("example"), re.IGNORECASE)
    ]
    assert fitting[0] is row
