"""Kills of ``monograph-nlp batch``: the files of its folder, and the records in them."""

from __future__ import annotations

import argparse
import hashlib
import random
from collections import Counter
from collections.abc import Hashable
from functools import partial
from pathlib import Path

import killing
import msgspec
from killing import Place, Result, Runs

_FILES = ("records.jsonl", "failures.jsonl", "manifest.json")
_HITTING = (
    1.5  # clean runs' time that all runs together are let live: the last one still finds work
)


class _Record(msgspec.Struct):
    id: str


def tried(
    inputs: list[Path], options: tuple[str, ...], given: argparse.Namespace, folder: Path
) -> Result:
    """Return what kills of a batch of these inputs came to."""
    share = given.within or 2 * _HITTING / given.kills
    places = (_place(inputs, options, folder / name) for name in ("clean", "killed"))
    return killing.tried("batch", *places, given.kills, random.Random(given.seed), share)


def _place(inputs: list[Path], options: tuple[str, ...], out: Path) -> Place:
    arguments = ("batch", *map(str, inputs), "--out", str(out), "--quiet", *options)
    runs = Runs(arguments, out.with_suffix(".log"), good=(0, 1))  # 1: a document failed, as told
    return Place(runs, partial(_sums, out), partial(_ids, out))


def _sums(out: Path) -> dict[str, str]:
    sums = {}
    for name in _FILES:
        with (out / name).open("rb") as stream:
            sums[name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return sums


def _ids(out: Path) -> Counter[Hashable]:
    with (out / _FILES[0]).open("rb") as lines:
        return Counter(msgspec.json.decode(line, type=_Record).id for line in lines)
