from __future__ import annotations

import pytest

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.licensed import rrf
from monograph_nlp.lexicon.licensed.umls import RULE_COLUMNS, RULES, read
from monograph_nlp.lexicon.terms import read_terms
from monograph_nlp.rules import read_table


def _by_text(vocabulary):
    return {surface.text: surface for surface in vocabulary.surfaces}


def test_a_concept_takes_its_label_from_the_first_type_that_fits(umls):
    names = _by_text(read(umls, source="mine"))
    elbow = names["Quorbling of elbow"]
    assert elbow.term.labels == ("CONDITION", "ADVERSE_EVENT")  # T047 over T033
    assert elbow.spot
    assert elbow.source == "mine"
    assert names["velquarinib"].term.labels == ("DRUG",)  # T121 over T109
    assert names["Flobin Measurement"].term.labels == ("TEST",)
    assert not names["Flobin Measurement"].spot
    assert "Third elbow" not in names


def test_ids_and_cross_references(umls):
    names = _by_text(read(umls, source="m"))
    elbow, drug = names["Quorbling of elbow"].term, names["velquarinib"].term
    assert (elbow.id, elbow.xrefs) == ("umls:C9000001", ("snomedct:990000001", "mesh:D999999"))
    assert (drug.id, drug.xrefs) == ("umls:C9000002", ("mesh:C999999", "drugbank:DB99999"))


def test_the_term_type_says_what_a_name_is_good_for(umls):
    names = _by_text(read(umls, source="m"))
    assert not names["Elbow, Quorbling"].spot
    assert "Quorbling of elbow (disorder)" not in names


def test_suppressed_and_foreign_names_are_left_out_and_counted(umls):
    vocabulary = read(umls, source="m")
    assert not {"Elbow quorble NOS", "Quorble du coude"} & set(_by_text(vocabulary))
    assert vocabulary.left_out == {
        "suppressed or obsolete names": 1,
        "names in another language": 1,
        "names of other kinds of concepts, or of other sources": 1,
    }


def test_another_language_can_be_read(umls):
    assert list(_by_text(read(umls, source="m", language="FRE"))) == ["Quorble du coude"]


def test_sources_can_be_chosen(umls):
    names = _by_text(read(umls, source="m", vocabularies=("MSH",)))
    assert set(names) == {"Elbow, Quorbling", "velquarinib"}


def test_without_types_the_uniform_sources_say_the_label(umls):
    (umls / "MRSTY.RRF").unlink()
    vocabulary = read(umls, source="m")
    assert {s.term.id: s.term.labels for s in vocabulary.surfaces} == {"umls:C9000002": ("DRUG",)}
    assert vocabulary.left_out["concepts without a label or a name of use"] == 3


def test_sources_that_say_no_label_leave_nothing(umls):
    (umls / "MRSTY.RRF").unlink()
    with pytest.raises(LexiconError, match=r"no name is left .*Check --language and --source"):
        read(umls, source="m", vocabularies=("FMA",))


def test_too_many_concepts_are_an_error_that_says_what_to_do(umls, monkeypatch):
    monkeypatch.setattr(rrf, "MOST_TERMS", 2)
    with pytest.raises(LexiconError, match=r"more than 2 concepts of use; .* --source"):
        read(umls, source="m")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("MRCONSO.RRF", "C9000001|ENG|", "C9000001|", r"MRCONSO\.RRF:1: 17 columns; expected 18"),
        ("MRSTY.RRF", "|T033", "", r"MRSTY\.RRF:1: 5 columns; expected 6"),
    ],
)
def test_a_damaged_table_is_an_error(umls, edit, name, old, new, message):
    edit(umls / name, old, new)
    with pytest.raises(LexiconError, match=message):
        read(umls, source="m")


def test_an_empty_table_of_types_is_an_error(umls):
    (umls / "MRSTY.RRF").write_bytes(b"")
    with pytest.raises(LexiconError, match=r"MRSTY\.RRF: the table is empty"):
        read(umls, source="m")


def test_the_labels_of_the_tables_are_labels_of_the_lexicon():
    known = {label for surface in read_terms() for label in surface.term.labels}
    rows = [*read_table(RULES, RULE_COLUMNS), *read_table(rrf.SOURCES, rrf.SOURCE_COLUMNS)]
    assert {label for row in rows for label in row.texts("labels")} <= known


@pytest.mark.parametrize("row", read_table(rrf.SOURCES, rrf.SOURCE_COLUMNS), ids=lambda r: r.where)
def test_each_source_reads_the_code_of_its_example(row):
    atom = rrf.Atom(row.text("source"), "PT", row.text("example"), "x", False)
    (xref,) = rrf.cross_references([atom])
    prefix, code = xref.split(":", 1)
    assert prefix == row.text("prefix")
    assert row.text("example").endswith(code)


def test_no_type_source_or_term_type_stands_twice():
    for table, columns in ((RULES, RULE_COLUMNS), (rrf.SOURCES, rrf.SOURCE_COLUMNS),
                           (rrf.TYPES, rrf.TYPE_COLUMNS)):  # fmt: skip
        keys = [row.text(columns[0]) for row in read_table(table, columns)]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("term_type", "expected"),
    [("BN", ("brand", "find")), ("FN", ("synonym", "none")), ("XYZ", ("synonym", "link"))],
)
def test_the_use_of_a_term_type(term_type, expected):
    assert rrf.use_of(term_type) == expected
