"""Pickled tables of plain values, read without the power to import or call anything."""

from __future__ import annotations

import bz2
import io
import pickle
import pickletools
from typing import NoReturn

from monograph_nlp.errors import LexiconError
from monograph_nlp.rules import Value

SIZE_LIMIT = 100_000_000  # bytes after decompression; the largest table in use has 20 million
# What an instruction may leave behind: what a table is made of, and the mark where a part begins.
_PLAIN = {
    pickletools.pynone,
    pickletools.pybool,
    pickletools.pyint,
    pickletools.pyinteger_or_bool,
    pickletools.pyfloat,
    pickletools.pyunicode,
    pickletools.pytuple,
    pickletools.pylist,
    pickletools.pydict,
    pickletools.markobject,
}
# These leave "any object", as do those that call code; but theirs was made before, so it is plain.
_REPEATING = {"MEMOIZE", "GET", "BINGET", "LONG_BINGET"}
_ALLOWED = frozenset(
    opcode.name
    for opcode in pickletools.opcodes
    if opcode.name in _REPEATING or _PLAIN.issuperset(opcode.stack_after)
)
# Well-known instructions on unfitting values: ``APPEND`` to a number is an ``AttributeError``.
_DAMAGES = (
    pickle.UnpicklingError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    OverflowError,
    TypeError,
    ValueError,
)


def load_plain(data: bytes, where: str, limit: int = SIZE_LIMIT) -> Value:
    """Return the plain value (dicts, lists, strings, numbers) that a ``.pkl.bz2`` holds.

    Every opcode is checked before anything is loaded, and the loader itself finds no class.

    Raises:
        LexiconError: the pickle asks for code, unpacks to more than ``limit`` bytes, or is damaged.
    """
    raw = _decompress(data, where, limit)
    _check(raw, where)
    try:
        value: Value = _PlainUnpickler(io.BytesIO(raw)).load()
    except _DAMAGES as cause:
        raise _damaged(where, cause) from cause
    return value


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"asks for {module}.{name}")

    def persistent_load(self, pid: object) -> NoReturn:
        raise pickle.UnpicklingError("asks for an object outside the file")


def _decompress(data: bytes, where: str, limit: int) -> bytes:
    try:
        raw = bz2.BZ2Decompressor().decompress(data, limit + 1)
    except (OSError, ValueError, EOFError) as cause:
        raise _damaged(where, cause) from cause
    if len(raw) > limit:
        raise LexiconError(
            f"{where}: unpacks to more than {limit} bytes; expected a small table. "
            "Do not use this file; download the pinned version."
        )
    return raw


def _check(raw: bytes, where: str) -> None:
    try:
        for opcode, _, place in pickletools.genops(raw):
            if opcode.name not in _ALLOWED:
                raise LexiconError(
                    f"{where}: byte {place} holds the pickle instruction {opcode.name}; expected plain "
                    "values only. Do not use this file: it may run code."
                )
    except (ValueError, EOFError) as cause:
        raise _damaged(where, cause) from cause


def _damaged(where: str, cause: BaseException) -> LexiconError:
    return LexiconError(
        f"{where}: not a whole pickle ({type(cause).__name__}: {cause}); expected a compressed table. "
        "Delete the package's file and download it again."
    )
