"""What the header of a table says of each column: its lines, each spread over the columns that it is over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from monograph_nlp.text.cells import NOTE, PER_CENT, cell_texts
from monograph_nlp.text.rate_words import rate_words
from monograph_nlp.text.units import MASK

_GOES_ON = re.compile(r"[+(/&]|and\b|or\b")  # begins a cell that goes on with the one before it
_SIZE = re.compile(  # no name of an arm
    r"(?:\(?\s*n\s?=\s?[\d,]+\s*\)?\s*(?:%|\(%\)|n\s?\(%\))?|\(?%\)?|n\s?\(%\))$", re.IGNORECASE
)
_SIZED_ARM = re.compile(r"n\s?=\s?\d", re.IGNORECASE)
_SIZED = re.compile(  # cells that are parted by the sizes of their arms, or as grades, alone
    r"(?:\d\)%?|n\s?=\s?[\d,]+\s?\)?\s?(?:n\s?)?(?:\(%\)|%)?(?:\s[a-d])?)([ ]{1,2})(?=[A-Z§])"
    r"|[\w)]([ ]{1,2})(?=(?:all|any)[ -]?grades?\b)|grades([ ]{1,2})(?=grades?\s?\d)",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)  # the rows of a table have one header
def columns_behind(before: int, headers: tuple[str, ...], size: int) -> tuple[str, ...] | None:
    """Return what a header says of the columns behind the first ones, which bars part; none are first without bars."""
    has_bars = before > 0
    columns = [""] * size
    fits = False
    is_single = not has_bars and any(len(_named(_cells(line), size)) == size for line in headers)
    for line in headers:
        cells = _cells(line)
        if has_bars:
            cells = cells[before : before + size]
            cells += [""] * (size - len(cells))
        else:
            cells = _named(cells, size)
            if is_single and size % max(len(cells), 1):
                cells = _uneven(cells, size, headers)
        if not cells or size % len(cells):
            continue
        fits |= len(cells) == size
        spread = size // len(cells)
        columns = [f"{said} {cells[n // spread]}".strip() for n, said in enumerate(columns)]
    return tuple(columns) if fits else None


def _cells(line: str) -> list[str]:
    return [cell.strip() for part in cell_texts(line) for cell in _parted(part)]


def _parted(cell: str) -> Iterator[str]:
    """Part what two columns say, where the size of the first arm or its grade stands between."""
    done = 0
    for match in _SIZED.finditer(cell):
        gap = match.lastindex or 0
        if cell[match.end(gap)].isupper() or cell[match.end(gap)] == MASK:
            yield cell[done : match.start(gap)]
            done = match.end(gap)
    yield cell[done:]


def _named(cells: list[str], size: int) -> list[str]:
    """Return what a header without bars says of each column: without the labels of the rows."""
    first = True
    while cells and _has_label(cells) and (first or len(_folded(cells)) > size):
        cells, first = cells[1:], False
    folded = _folded(cells)
    if len(folded) > max(size, 1) and _has_label(folded):
        folded = folded[1:]
    if len(folded) > size and sum(bool(_SIZED_ARM.search(cell)) for cell in folded) == size:
        return _closed_by_sizes(folded)
    return folded


def _closed_by_sizes(cells: Sequence[str]) -> list[str]:
    """Join the parts of a name, each of which ends with the size of its arm."""
    found: list[str] = []
    is_open = False
    for cell in cells:
        if found and (is_open or (cell is cells[-1] and not _SIZED_ARM.search(cell))):
            found[-1] += f" {cell}"
        else:
            found.append(cell)
        is_open = not _SIZED_ARM.search(cell)
    return found


def _uneven(cells: Sequence[str], size: int, headers: Sequence[str]) -> list[str]:
    """Spread the subject's cell over its doses, which another line of the header names; none where it names others."""
    wide = size - len(cells) + 1
    own = [place for place, cell in enumerate(cells) if MASK in cell]
    dose = rate_words()["dose"]
    doses = [
        sum(bool(dose.search(cell)) for cell in _named(_cells(line), size)) for line in headers
    ]
    if len(own) != 1 or len(cells) < 2 or wide not in doses:
        return []
    return [cell for place, cell in enumerate(cells) for _ in range(wide if place == own[0] else 1)]


def _has_label(cells: Sequence[str]) -> bool:
    """Whether the first cell of a header names what the rows are, and no column of values."""
    words, first = rate_words(), cells[0]
    if MASK in first or any(words[kind].search(first) for kind in ("comparator", "any", "grade")):
        return False
    sizes = [bool(_SIZED_ARM.search(cell)) for cell in cells]
    return bool(words["label"].search(first)) or (len(cells) > 1 and all(sizes[1:]) > sizes[0])


def _folded(cells: Sequence[str]) -> list[str]:
    """Join what is no name of a column to the cell before it: sizes of arms, calls of footnotes."""
    found: list[str] = []
    for cell in cells:
        goes_on = NOTE.match(cell) or _GOES_ON.match(cell)
        if found and _SIZE.match(cell):
            known = _SIZED_ARM if _SIZED_ARM.search(cell) else PER_CENT
            goes_on = None if known.search(found[-1]) else _SIZE.match(cell)
        is_dose = bool(found) and not found[-1].strip(MASK) and cell[:1].isdigit()
        if found and (goes_on or is_dose):
            found[-1] += f" {cell}"
        else:
            found.append(cell)
    return found
