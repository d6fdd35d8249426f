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
# Opcodes that build plain values or steer the stack. Whatever names, imports or calls code is not here.
_PLAIN = frozenset(
    (
        "PROTO", "FRAME", "STOP", "MARK", "POP", "POP_MARK", "MEMOIZE", "PUT", "BINPUT",
        "LONG_BINPUT", "GET", "BINGET", "LONG_BINGET", "NONE", "NEWTRUE", "NEWFALSE", "INT",
        "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT", "UNICODE",
        "SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8", "EMPTY_LIST", "LIST", "APPEND", "APPENDS",
        "EMPTY_DICT", "DICT", "SETITEM", "SETITEMS", "EMPTY_TUPLE", "TUPLE", "TUPLE1", "TUPLE2",
        "TUPLE3",
    )
)  # fmt: skip


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
    except (pickle.UnpicklingError, EOFError, ValueError, IndexError, KeyError, TypeError) as cause:
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
            if opcode.name not in _PLAIN:
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
