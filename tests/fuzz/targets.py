"""What a guided fuzzer feeds: bytes in, and an assertion that fails where a promise is broken.

A target takes any bytes. What a function may raise is caught here; whatever else comes out is a defect.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
from spacy.language import Language

from monograph_nlp.errors import ReadError
from monograph_nlp.read import SUFFIXES, read
from monograph_nlp.text.blocks import cells, split_blocks
from monograph_nlp.text.cells import cell_texts, is_fenced
from monograph_nlp.text.frequencies import (
    announces,
    begins_anew,
    frequency_behind,
    frequency_in,
    is_statement,
    opens,
)
from monograph_nlp.text.headings import find_headings
from monograph_nlp.text.language import main_language
from monograph_nlp.text.normalize import Normalized, normalize
from monograph_nlp.text.prose_rates import rates_in_prose
from monograph_nlp.text.row_rates import rates_in_row
from monograph_nlp.text.sentences import split_units
from monograph_nlp.text.table_lines import is_title, may_head, names_columns

Target = Callable[[bytes], None]
CORPUS = Path(__file__).parents[2] / "corpus"
LONGEST = {"readers": 4096, "normalizer": 2048, "quantities": 512, "structure": 2048}
"""Bytes of an input: enough for what a target looks at together, such as a sentence with a few lines over it."""
_SAID = (
    frequency_in,
    announces,
    begins_anew,
    opens,
    is_statement,
    is_title,
    may_head,
    names_columns,
)


def readers(data: bytes) -> None:
    """Read a file: its first byte chooses the suffix, and the others are the content."""
    with TemporaryDirectory(dir=_memory()) as folder:
        path = Path(folder, f"a{SUFFIXES[data[0] % len(SUFFIXES)]}" if data else "a.txt")
        path.write_bytes(data[1:])
        errors: list[ReadError] = []
        for monograph in read(path, on_error=errors.append):
            assert monograph.text.strip()
            assert all(0 <= s.start <= s.end <= len(monograph.text) for s in monograph.sections)
            f"{monograph.text}{monograph.title}{monograph.id}{monograph.sections}".encode()


def normalizer(data: bytes) -> None:
    """Normalize a text, and go back and forth between both at every place where the map bends."""
    text = _text(data)
    normalized = normalize(text)
    bends = sorted({0, len(normalized.text), *_bends(normalized)})
    last = 0
    for start, end in pairwise(bends):
        first, past = normalized.to_original(start, end)
        assert last <= first <= past <= len(text)
        again = normalized.to_normalized(first, past)
        assert 0 <= again[0] <= again[1] <= len(normalized.text)
        last = first


def quantities(data: bytes) -> None:
    """Find doses, ranges, schedules, rates and frequencies; the first byte is where an event ends."""
    text = _text(data[1:])
    end = min(data[0] if data else 0, len(text))
    assert all(_is_share(rate) for rate in rates_in_prose(text, end, end // 2).values())
    row, *headers = text.split("\n")
    for rates in rates_in_row(row, min(end, len(row)), headers):
        assert all(isinstance(rate, str) or _is_share(rate) for rate in rates.values())
    frequency_behind(text, end)
    for said in _SAID:
        said(text)
    doc = _patterns()(text)
    assert all(span.text for span in doc.spans["patterns"])


def structure(data: bytes) -> None:
    """Take a text apart: headings, blocks, cells, sentences."""
    text = _text(data)
    for heading in find_headings(text, run_in=True):
        assert 0 <= heading.start <= heading.end <= len(text)
    blocks = split_blocks(text)
    for block in blocks:
        assert 0 <= block.start <= block.end <= len(text)
        assert all(block.start <= a <= b <= block.end for a, b in cells(text, block))
    for start, end, index in split_units(text, blocks):
        assert blocks[index].start <= start < end <= blocks[index].end
    lines = text.split("\n")
    main_language(lines)
    for line in lines:
        cell_texts(line)
        is_fenced(line)


TARGETS: dict[str, Target] = {
    one.__name__: one for one in (readers, normalizer, quantities, structure)
}


def seeds(name: str) -> Iterator[bytes]:
    """Yield inputs to begin with: the sample documents, cut to size, as the target takes them."""
    for path in sorted(CORPUS.iterdir()):
        suffix = next((s for s in sorted(SUFFIXES, key=len) if path.name.endswith(s)), None)
        if suffix is None or path.name == "results.json":
            continue
        first = bytes([SUFFIXES.index(suffix)]) if name == "readers" else b"\x10"
        data = path.read_bytes()
        pieces = [data] if name == "readers" else data.split(b"\n\n")
        for piece in pieces[:: max(1, len(pieces) // 20)]:
            yield (first + piece)[: LONGEST[name]]


def _bends(normalized: Normalized) -> Iterator[int]:
    for edit in normalized.edits:
        yield from (edit.start, (edit.start + edit.end) // 2, edit.end)


def _is_share(rate: float) -> bool:
    return math.isfinite(rate) and 0 <= rate <= 100


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


@cache
def _patterns() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("monograph_patterns")
    return nlp


def _memory() -> str | None:
    """Return a folder in memory, where the system has one: a file for each input is many."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None
