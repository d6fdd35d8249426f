"""One id, one name; a name is safe on every system."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monograph_nlp.write.names import file_stem

SAFE = re.compile(r"[A-Za-z0-9_=][A-Za-z0-9._=~-]*")
DEVICES = ["con", "PRN", "aux", "NUL", "com1", "Lpt9", "con.x", "nul.tar"]
NASTY = [
    "../../etc/passwd", "a/b", "a\\b", "..", ".", "", "-rf", "a" * 500, "é", "e\u0301", "a b",
    "C:\\x", "a:b", "x.", ".x", "x ", "\0", "~1", "a~1", "=41", "%2e", *DEVICES,
]  # fmt: skip
IDS = st.text() | st.text(st.sampled_from("aAbB.=~/é-_0cCoOnN"), max_size=12)


def unfold(stem: str) -> str:
    """Find the id of a short name whose capitals were lost, as on a system that drops them."""
    escaped, _, mask = stem.lower().partition("~")
    capitals, place, restored = int(mask or "0", 16), 0, ""
    for letter in escaped:
        restored += letter.upper() if letter.isalpha() and capitals >> place & 1 else letter
        place += letter.isalpha()
    if restored == "=":
        return ""
    parts = re.split(r"=([0-9a-f]{2})", restored)
    raw = b"".join(
        bytes.fromhex(part) if number % 2 else part.encode() for number, part in enumerate(parts)
    )
    return raw.decode("utf-8", "surrogatepass")


def _is_safe(stem: str) -> bool:
    """Say whether a name is one part of a path on every system."""
    is_device = stem.split(".")[0].lower() in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    is_short = bool(SAFE.fullmatch(stem)) and len(stem) <= 150
    return is_short and stem[-1] != "." and not is_device


@given(IDS)
def test_a_name_is_one_safe_part_of_a_path(name: str) -> None:
    assert _is_safe(file_stem(name))


@pytest.mark.parametrize("name", NASTY)
def test_nasty_names_are_safe_too(name: str) -> None:
    assert _is_safe(file_stem(name))


def test_nasty_names_differ_whatever_the_capitals() -> None:
    assert len({file_stem(name).lower() for name in NASTY}) == len(NASTY)


@given(IDS)
@example("CON")
@example("=43ON~3")
def test_a_short_name_leads_back_to_its_id_even_without_capitals(name: str) -> None:
    stem = file_stem(name)
    if "~~" not in stem:
        assert unfold(stem) == name


@given(st.text(min_size=150), st.text(min_size=150))
def test_long_names_differ(first: str, second: str) -> None:
    assert (file_stem(first).lower() == file_stem(second).lower()) == (first == second)


def test_plain_names_stay() -> None:
    for name in ("sertraline", "nct-0123", "a.b_c", "0"):
        assert file_stem(name) == name
