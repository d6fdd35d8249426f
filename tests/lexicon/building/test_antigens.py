from __future__ import annotations

import pytest

from monograph_nlp.lexicon.building.antigens import antigens


@pytest.mark.parametrize(
    ("name", "targets"),
    [
        ("IMMUNOGLOBULIN G1, ANTI-(HUMAN CD20 ANTIGEN) (CLONE X)", ["CD20"]),
        ("IMMUNOGLOBULIN G4, ANTI-(HUMAN PROGRAMMED CELL DEATH PROTEIN 1)",
         ["PROGRAMMED CELL DEATH PROTEIN 1"]),
        ("ANTI-(HUMAN PROSTATE-SPECIFIC MEMBRANE ANTIGEN)", ["PROSTATE-SPECIFIC MEMBRANE ANTIGEN"]),
        ("ANTI-(HUMAN CD3/HUMAN CD19)", ["CD3", "CD19"]),
        ("ANTI-(HUMAN CD3) FUSED WITH ANTI-(HUMAN CD19)", ["CD3", "CD19"]),
        ("IMMUNOGLOBULIN, ANTI-(HOMO SAPIENS CD3E (CD3 EPSILON, LEU-4))", ["CD3E"]),
        ("ANTI-(HUMAN INTERLEUKIN 1.BETA.)", ["INTERLEUKIN 1beta"]),
        ("ANTI-(CANIS FAMILIARIS INTERLEUKIN 31)", []),
        ("ANTI-(HUMAN CD38", []),
        ("ANTI-()", []),
        ("DARATUMUMAB", []),
    ],
)  # fmt: skip
def test_targets_are_read_from_systematic_names(name, targets):
    assert list(antigens(name)) == targets
