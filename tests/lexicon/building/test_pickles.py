from __future__ import annotations

import bz2
import datetime
import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building.pickles import load_plain

from .conftest import pickled

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


class _Opens:
    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self):
        return (os.mkdir, (self.path,))


@given(PLAIN, st.integers(0, pickle.HIGHEST_PROTOCOL))
def test_plain_values_come_back(value, protocol):
    assert load_plain(bz2.compress(pickle.dumps(value, protocol)), "t") == value


def test_code_is_refused_and_never_run(tmp_path: Path):
    trap = tmp_path / "trap"
    with pytest.raises(LexiconError, match=r"t\.pkl: byte \d+ .*STACK_GLOBAL.*may run code"):
        load_plain(pickled({"a": _Opens(str(trap))}), "t.pkl")
    assert not trap.exists()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_classes_are_refused_in_every_protocol(protocol):
    data = bz2.compress(pickle.dumps([datetime.date(2026, 1, 1)], protocol))
    with pytest.raises(LexiconError, match="plain values only"):
        load_plain(data, "t")


def test_an_instance_opcode_is_refused():
    with pytest.raises(LexiconError, match="INST"):
        load_plain(bz2.compress(b"(S'ls'\nios\nsystem\n.".replace(b"S'ls'\n", b"Vls\n")), "t")


def test_the_size_after_decompression_is_limited():
    data = pickled("x" * 1000)
    assert load_plain(data, "t", 2000) == "x" * 1000
    with pytest.raises(LexiconError, match="more than 500 bytes"):
        load_plain(data, "t", 500)


@pytest.mark.parametrize(
    "data",
    [
        b"no bzip2",
        b"",
        bz2.compress(b""),
        bz2.compress(b"\x80\x04"),
        bz2.compress(pickle.dumps([1, 2, 3])[:-1]),
        bz2.compress(b"\x80\x04h\x07."),
        bz2.compress(b"]a."),
    ],
)
def test_a_damaged_pickle_is_an_error(data):
    with pytest.raises(LexiconError, match="not a whole pickle"):
        load_plain(data, "t")
