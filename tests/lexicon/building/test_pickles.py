from __future__ import annotations

import bz2
import datetime
import os
import pickle
import pickletools
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
# By what they could do; every other instruction makes plain values or moves them.
REFUSED = {
    *("GLOBAL", "STACK_GLOBAL", "INST", "OBJ", "NEWOBJ", "NEWOBJ_EX", "REDUCE", "BUILD"),  # code
    *("EXT1", "EXT2", "EXT4", "PERSID", "BINPERSID", "NEXT_BUFFER", "READONLY_BUFFER"),  # outside
    *("STRING", "BINSTRING", "SHORT_BINSTRING", "BINBYTES", "SHORT_BINBYTES", "BINBYTES8"),  # bytes
    *("BYTEARRAY8", "EMPTY_SET", "ADDITEMS", "FROZENSET", "DUP"),  # not in a table of JSON values
}
LAST_PROTOCOL = 5  # the instructions of a later one are to be looked at before they are allowed


def _written(opcode: pickletools.OpcodeInfo) -> bytes:
    """Return the instruction with an argument that can be read: a length of zero, or the line "1"."""
    code = opcode.code.encode("latin-1")
    if opcode.arg is None:
        return code
    if opcode.arg.n == pickletools.UP_TO_NEWLINE:
        lines = {"stringnl": b"'1'\n", "stringnl_noescape_pair": b"1\n1\n"}
        return code + lines.get(opcode.arg.name, b"1\n")
    lengths = {
        pickletools.TAKEN_FROM_ARGUMENT1: 1,
        pickletools.TAKEN_FROM_ARGUMENT4: 4,
        pickletools.TAKEN_FROM_ARGUMENT4U: 4,
        pickletools.TAKEN_FROM_ARGUMENT8U: 8,
    }
    return code + bytes(lengths.get(opcode.arg.n, opcode.arg.n))


PLAIN_INSTRUCTIONS = [
    _written(opcode) for opcode in pickletools.opcodes if opcode.name not in REFUSED
]


def _types(value: object) -> set[type]:
    """Return the types of a value and of all that is in it; it may hold itself."""
    seen: dict[int, object] = {}
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if id(part) in seen:
            continue
        seen[id(part)] = part
        if isinstance(part, dict):
            waiting += [*part, *part.values()]
        elif isinstance(part, (list, tuple)):
            waiting += part
    return {type(part) for part in seen.values()}


def _told(raw: bytes) -> tuple[object, str]:
    """Return the value that a pickle gives, and the error that it is refused with."""
    try:
        return load_plain(bz2.compress(raw), "t"), ""
    except LexiconError as error:
        return None, str(error)


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


@pytest.mark.parametrize("opcode", pickletools.opcodes, ids=lambda opcode: opcode.name)
def test_of_all_instructions_only_the_plain_ones_pass(opcode):
    _, told = _told(b"N" + _written(opcode) + b".")
    refused = f"t: byte 1 holds the pickle instruction {opcode.name}; expected plain values only."
    is_plain = opcode.name not in REFUSED and opcode.proto <= LAST_PROTOCOL
    assert told.startswith(refused) is not is_plain
    assert is_plain == (not told or "not a whole pickle" in told)


def test_the_refused_instructions_are_those_of_the_standard_library():
    assert {opcode.name for opcode in pickletools.opcodes} > REFUSED


@given(st.lists(st.sampled_from(PLAIN_INSTRUCTIONS), max_size=12).map(b"".join))
def test_plain_instructions_in_any_order_give_a_plain_value_or_damage(instructions):
    value, told = _told(b"N(" + instructions + b".")
    assert not told or "not a whole pickle" in told
    assert _types(value) <= {type(None), bool, int, float, str, list, tuple, dict}


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
        bz2.compress(b"NNa."),
        bz2.compress(b"F1e999\n."),
    ],
)
def test_a_damaged_pickle_is_an_error(data):
    with pytest.raises(LexiconError, match="not a whole pickle"):
        load_plain(data, "t")
