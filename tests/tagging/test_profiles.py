"""Taggers that come with the package, and folders of others."""

from __future__ import annotations

import pytest

from monograph_nlp.errors import ConfigError
from monograph_nlp.tagging.card import read_card
from monograph_nlp.tagging.profiles import PROFILES, folder_of, shipped


def test_every_profile_ships_and_its_card_carries_its_name():
    assert shipped() == PROFILES
    for name in PROFILES:
        assert read_card(folder_of(name)).name == name


def test_a_folder_is_taken_as_it_is(tmp_path):
    assert folder_of(str(tmp_path)) == tmp_path


def test_what_is_neither_is_told(tmp_path):
    with pytest.raises(
        ConfigError, match="no such profile or folder; expected one of accurate, fast"
    ):
        folder_of(str(tmp_path / "none"))
