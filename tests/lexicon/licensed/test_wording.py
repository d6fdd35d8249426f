from __future__ import annotations

import pytest

from monograph_nlp.lexicon.licensed.wording import can_find, case_of, is_usable


@pytest.mark.parametrize(
    ("text", "kind", "case", "finds"),
    [
        ("Zimber ache", "name", "any", True),
        ("Fall", "name", "any", False),
        ("fall", "synonym", "any", False),
        ("Tension", "synonym", "any", False),
        ("Zimberache", "synonym", "any", True),
        ("Übel", "synonym", "any", False),
        ("恶心", "name", "any", True),
        ("Rest", "brand", "capital", True),
        ("QZA", "synonym", "exact", True),
        ("qza", "abbreviation", "exact", True),
        ("AB-1234", "code", "exact", True),
        ("HbA1c", "synonym", "exact", True),
        ("5-HT", "synonym", "exact", True),
        ("QZA ACHES", "synonym", "any", True),
    ],
)
def test_how_far_a_name_is_trusted(text, kind, case, finds):
    assert (case_of(text, kind), can_find(text, kind)) == (case, finds)


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("QZ", True),
        ("恶心", True),
        ("", False),
        ("Q", False),
        ("1234", False),
        ("a" * 120, True),
        ("a" * 121, False),
    ],
)
def test_what_can_be_a_name(text, usable):
    assert is_usable(text) is usable
