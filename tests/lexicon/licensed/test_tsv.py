from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.licensed.tsv import read

FULL = (
    "# our own names\n"
    "name\tlabel\tid\tsynonyms\txrefs\tbrands\tcase\n"
    "velquarinib\tDRUG\thouse:1\tVQ-17|=VQB\tmesh:C999999\tVelqua\t\n"
    "QZA\tCONDITION|ADVERSE_EVENT\t\t\t\t\texact\n"
)
WORDS = st.text("abcdefgh XYZé-", min_size=1, max_size=12).map(str.strip).filter(bool)


@pytest.fixture
def table(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "own.tsv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_a_row_is_a_concept_with_its_names(table):
    drug, code, short, brand, ache = read(table(FULL), source="own").surfaces
    assert drug.term.id == "house:1"
    assert drug.term.xrefs == ("mesh:C999999",)
    assert drug.term.brands == ("Velqua",)
    found = [(name.text, name.kind, name.case) for name in (drug, code, short, brand, ache)]
    assert found == [
        ("velquarinib", "name", "any"),
        ("VQ-17", "synonym", "any"),
        ("VQB", "synonym", "exact"),
        ("Velqua", "brand", "any"),
        ("QZA", "name", "exact"),
    ]
    assert ache.term.labels == ("CONDITION", "ADVERSE_EVENT")
    assert {name.source for name in (drug, ache)} == {"own"}


@given(names=st.lists(WORDS, min_size=1, max_size=6))
def test_label_and_name_are_enough(tmp_path_factory, names):
    path = tmp_path_factory.mktemp("own") / "own.tsv"
    path.write_text("label\tname\n" + "".join(f"DRUG\t{name}\n" for name in names), "utf-8")
    vocabulary = read(path, source="own")
    assert [surface.text for surface in vocabulary.surfaces] == names
    assert vocabulary.files == (path,)
    assert all(surface.spot for surface in vocabulary.surfaces)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"own\.tsv:1: column ''; expected each once of label, name"),
        ("label\tname\n", r"own\.tsv: no row below the header"),
        ("name\tid\nx\ty:1\n", r"own\.tsv:1: no column label; expected label, name"),
        ("label\tname\tnotes\n", r"own\.tsv:1: column 'notes'"),
        ("label\tname\tname\n", r"own\.tsv:1: column 'name'"),
        ("label\tname\nDRUG\n", r"own\.tsv:2: 1 cells; expected 2, parted by tabs \(label, name\)"),
        ("label\tname\nDRUG\tx\ty\n", r"own\.tsv:2: 3 cells"),
        ("label\tname\nDRUG\t \n", r"own\.tsv:2: name is empty"),
        ("label\tname\n\tx\n", r"own\.tsv:2: label is empty"),
        ("label\tname\ndrugs\tx\n", r"own\.tsv:2: label 'drugs'; .* Did you mean DRUG\?"),
        (
            "label\tname\nDRUG\tx\nDRUG|\N{SNOWMAN}\ty\n",
            r"own\.tsv:3: label '☃'; .* Correct the cell",
        ),
        ("label\tname\tcase\nDRUG\tx\texakt\n", r"case 'exakt'; .* Did you mean exact\?"),
        ("label\tname\tsynonyms\nDRUG\tx\ty|=\n", r"own\.tsv:2: synonyms has a lone '='; expected"),
        ("label\tname\tbrands\nDRUG\tx\t=\n", r"own\.tsv:2: brands has a lone '='"),
        ("label\tname\tid\nDRUG\tx\tnumber 7\n", r"own\.tsv:2: 'number 7' is no identifier"),
        ("label\tname\tid\nDRUG\tx\ta:1|b:2\n", r"'a:1\|b:2' is no identifier"),
        ("label\tname\txrefs\nDRUG\tx\ta:1|2\n", r"'2' is no identifier; expected one like mesh"),
        (
            "label\tname\tid\nDRUG\tx\ta:1\nDRUG\ty\ta:1\n",
            r"own\.tsv:3: id a:1 again \(first at .*:2",
        ),
    ],
)
def test_a_row_that_is_not_well_formed_is_an_error(table, text, message):
    with pytest.raises(LexiconError, match=message):
        read(table(text), source="own")


def test_another_encoding_is_an_error(table):
    with pytest.raises(LexiconError, match=r"own\.tsv:2: not UTF-8; .* save it as UTF-8"):
        read(table("label\tname\nDRUG\tcafé\n", "latin-1"), source="own")


def test_no_file_is_an_error(tmp_path):
    with pytest.raises(LexiconError, match=r"none\.tsv: no such file; expected a table"):
        read(tmp_path / "none.tsv", source="own")
    with pytest.raises(LexiconError, match="a folder; expected a table"):
        read(tmp_path, source="own")


def test_a_row_may_link_without_finding(table):
    vocabulary = read(table("label\tname\tsynonyms\tcase\nDRUG\tx\t=Y\tlink\n"), source="own")
    assert [(s.text, s.case, s.spot) for s in vocabulary.surfaces] == [
        ("x", "any", False),
        ("Y", "exact", False),
    ]
