"""PubTator: ``id|t|title``, ``id|a|abstract``, then a tab-separated line for each mention.

The text is title, one space, abstract, so the offsets hold. Relations are not counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.gold import Gold, GoldDocument, GoldMention
from monograph_nlp.evaluate.gold_files import text_of
from monograph_nlp.evaluate.gold_types import curies

FIRST = re.compile(r"[^|\s]+\|t\|")
_LINE = re.compile(r"(?P<id>[^|\t]+)\|(?P<kind>[ta])\|(?P<words>.*)")
_MENTION_CELLS = 5
_MENTION_WITH_CONCEPT = 6


def read(path: Path) -> Gold:
    """Return the documents of a PubTator file.

    Raises:
        ReadError: a line is none of PubTator, or a mention's words are not at its offsets.
    """
    left_out: Counter[str] = Counter()
    documents = tuple(
        _document(block, path.name, left_out) for block in _blocks(text_of(path).split("\n"))
    )
    notes = tuple(f"{count} {kind} relations are not counted" for kind, count in left_out.items())
    return Gold("pubtator", documents, has_gaps=False, notes=notes)


def _blocks(lines: list[str]) -> Iterator[list[tuple[int, str]]]:
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            block.append((number, line.rstrip("\r")))
        elif block:
            yield block
            block = []


def _document(block: list[tuple[int, str]], name: str, left_out: Counter[str]) -> GoldDocument:
    words: dict[str, str] = {}
    identifier, mentions = "", []
    for number, line in block:
        where = f"{name}:{number}"
        if match := _LINE.match(line):
            identifier = match["id"]
            words[match["kind"]] = match["words"]
            continue
        text = " ".join(words.get(kind, "") for kind in "ta")
        cells = line.split("\t")
        if len(cells) >= _MENTION_CELLS and cells[1].isdigit() and cells[2].isdigit():
            mentions.append(_mention(cells, text, where))
        elif len(cells) > 1:
            left_out[cells[1]] += 1
        else:
            raise _error(where, "neither a title, an abstract nor a row with tabs")
    return GoldDocument(identifier, tuple(mentions), text=" ".join(words.get(k, "") for k in "ta"))


def _mention(cells: list[str], text: str, where: str) -> GoldMention:
    start, end, quoted, kind = int(cells[1]), int(cells[2]), cells[3], cells[4]
    if text[start:end] != quoted:
        raise _error(where, f"{quoted!r}, but the text says {text[start:end]!r} at {start}:{end}")
    concepts = curies(kind, cells[5]) if len(cells) >= _MENTION_WITH_CONCEPT else frozenset()
    return GoldMention(kind, ((start, end),), quoted, concepts=concepts)


def _error(where: str, what: str) -> ReadError:
    return ReadError(
        where, what, "id|t|title, id|a|abstract, or a row of a mention", "Correct the line."
    )
