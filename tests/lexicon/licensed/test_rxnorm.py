from __future__ import annotations

import pytest

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.licensed.rxnorm import read


def _by_text(vocabulary):
    return {surface.text: surface for surface in vocabulary.surfaces}


def test_an_ingredient_is_a_concept_with_names_and_cross_references(rxnorm):
    names = _by_text(read(rxnorm, source="mine"))
    term = names["velquarinib"].term
    assert (term.id, term.labels) == ("rxnorm:9001", ("DRUG",))
    assert term.xrefs == ("mesh:C999999", "unii:ZZ0000ZZ99")
    assert names["VELQUARINIBUM"].term is term
    assert (names["velquarinib"].kind, names["VELQUARINIBUM"].kind) == ("name", "synonym")
    assert names["velquarinib"].spot
    assert names["velquarinib"].source == "mine"


def test_a_brand_is_a_name_of_its_only_ingredient(rxnorm):
    brand = _by_text(read(rxnorm, source="m"))["Velqua"]
    assert (brand.term.id, brand.kind, brand.case) == ("rxnorm:9001", "brand", "capital")
    assert brand.code == "rxnorm:9003"
    assert brand.term.brands == ("Velqua",)


def test_a_brand_of_several_ingredients_is_one_of_their_combination(rxnorm):
    brand = _by_text(read(rxnorm, source="m"))["Dromvel"]
    assert brand.term.id == "rxnorm:9005"
    assert brand.term.brands == ("Dromvel",)


def test_a_brand_of_which_nothing_is_known_is_a_concept(rxnorm):
    brand = _by_text(read(rxnorm, source="m"))["Lonelix"]
    assert (brand.term.id, brand.code) == ("rxnorm:9007", None)


def test_a_salt_names_its_moiety(rxnorm):
    names = _by_text(read(rxnorm, source="m"))
    assert names["velquarinib maleate"].term.moiety == "rxnorm:9001"
    assert names["velquarinib"].term.moiety is None


def test_without_relations_all_brands_are_concepts(rxnorm):
    (rxnorm / "rrf" / "RXNREL.RRF").unlink()
    names = _by_text(read(rxnorm, source="m"))
    assert names["Velqua"].term.id == "rxnorm:9003"
    assert names["velquarinib maleate"].term.moiety is None


def test_a_suppressed_relation_is_none(rxnorm, edit):
    edit(
        rxnorm / "rrf" / "RXNREL.RRF", "tradename_of|1||RXNORM||||N", "tradename_of|1||RXNORM||||O"
    )
    assert _by_text(read(rxnorm, source="m"))["Velqua"].term.id == "rxnorm:9003"


def test_what_is_left_out_is_counted(rxnorm):
    vocabulary = read(rxnorm, source="m")
    assert vocabulary.left_out == {
        "suppressed or obsolete names": 1,
        "names in another language": 1,
        "concepts that are no substance or brand": 1,
    }
    assert not {"velquarine", "Velquarinibin", "velquarinib 5 MG Oral Tablet"} & set(
        _by_text(vocabulary)
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("RXNCONSO.RRF", "9001|", "9001|ENG|", r"RXNCONSO\.RRF:1: 19 columns; expected 18"),
        ("RXNREL.RRF", "9003||", "9003|", r"RXNREL\.RRF:1: 15 columns; expected 16"),
        ("RXNCONSO.RRF", "velquarinib", "velqu\0rinib", r"RXNCONSO\.RRF:1: not UTF-8"),
    ],
)
def test_a_damaged_table_is_an_error(rxnorm, edit, name, old, new, message):
    edit(rxnorm / "rrf" / name, old, new)
    with pytest.raises(LexiconError, match=message):
        read(rxnorm, source="m")


def test_a_missing_table_is_an_error(rxnorm):
    (rxnorm / "rrf" / "RXNCONSO.RRF").unlink()
    with pytest.raises(LexiconError, match=r"rxnorm_release: RXNCONSO\.RRF missing"):
        read(rxnorm, source="m")


def test_a_language_without_names_is_an_error(rxnorm):
    with pytest.raises(LexiconError, match=r"no name is left \(names in another language"):
        read(rxnorm, source="m", language="SPA")


def test_names_without_a_substance_are_an_error(rxnorm):
    with pytest.raises(LexiconError, match=r"no name is left .* no substance or brand"):
        read(rxnorm, source="m", language="GER")
