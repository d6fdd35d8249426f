from __future__ import annotations

import pytest

from monograph_nlp.record.brand_check import UnknownBrand, unknown_brands
from monograph_nlp.types import Subject


def _unknown(name: str, *brands: str) -> list[UnknownBrand]:
    return list(unknown_brands(Subject(name, None, brands), name.split(" / ")))


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("imatinib", "Glivec"),
        ("imatinib", "GLEEVEC"),
        ("imatinib", "Imatinib Somebody"),
        ("abacavir / lamivudine", "Abacavir/Lamivudine Somebody"),
        ("abacavir / lamivudine", "Kivexa"),
        ("emtricitabine / tenofovir", "Truvada"),
        ("aripiprazole", "Abilify Maintena"),
        ("leuprorelin", "Camcevi"),
    ],
)
def test_what_the_lexicon_knows_of_the_subject_is_known(name: str, brand: str) -> None:
    assert _unknown(name, brand) == []


def test_a_brand_that_nobody_knows_is_unknown() -> None:
    assert _unknown("isatuximab", "Xacoyi") == [UnknownBrand("Xacoyi", ())]


def test_a_brand_of_another_substance_names_it() -> None:
    assert _unknown("isatuximab", "Keytruda") == [UnknownBrand("Keytruda", ("pembrolizumab",))]


def test_the_beginning_of_a_known_name_is_known() -> None:
    assert _unknown("follitropin alfa", "GONAL", "GONAL-f") == []
    assert [brand.name for brand in _unknown("follitropin alfa", "Zynal", "GONAL-f")] == ["Zynal"]
