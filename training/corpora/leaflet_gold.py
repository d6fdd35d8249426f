"""The gold of package leaflets: one JSON file for each, with its facts. For evaluation alone.

A fact quotes the passage that states it and, in it, the words of its object; so it marks one
place, and says nothing of the other places that name the same thing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from monograph_nlp.read import read as read_monographs
from training.corpora.document import CorpusError, Document, Place, Span, check


def names(annotations: Path) -> set[str]:
    """Return the names of the annotated leaflets; ``CorpusError`` if there are none."""
    return {path.stem for path in _files(annotations)}


def _files(annotations: Path) -> list[Path]:
    paths = sorted(annotations.glob("*.json"), key=lambda path: path.name)
    if not paths:
        raise CorpusError(f"{annotations}: no JSON files; expected annotations of leaflets.")
    return paths


def read(annotations: Path, leaflets: Path) -> Iterator[Document]:
    """Yield the annotated leaflets by name; a span's label is the fact's predicate.

    Raises:
        CorpusError: a leaflet is missing, or does not hold what the gold quotes.
        ReadError: a leaflet is no HTML that can be read.
    """
    for path in _files(annotations):
        source = leaflets / f"{path.stem}.html"
        if not source.exists():
            raise CorpusError(f"{source.name}: missing; {path.name} annotates it.")
        text = next(read_monographs(source)).text
        facts = json.loads(path.read_text(encoding="utf-8"))["facts"]
        spans = tuple(_span(fact, index, text, path) for index, fact in enumerate(facts))
        yield Document(path.stem, path.stem, text, spans)


def _span(fact: dict[str, str], index: int, text: str, path: Path) -> Span:
    words = _pattern(fact["text"])
    for start, end in _lines(fact["quote"], text):
        found = words.search(text, start, end)
        if found:
            check(Place(path.name, path.stem), text, (found.span(),), found.group())
            return Span(f"F{index}", fact["predicate"], (found.span(),))
    raise CorpusError(
        f"{path.name}: fact {index}: {fact['text']!r} is not in {fact['quote']!r}, or that is not "
        "in the leaflet."
    )


def _lines(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Find the lines of a quote, each after the one before: a list's header and its item."""
    start = 0
    for line in filter(str.strip, quote.split("\n")):
        found = _pattern(line).search(text, start)
        if found:
            yield found.span()
            start = found.end()


def _pattern(words: str) -> re.Pattern[str]:
    """Any white space, any case: the gold folds both in a few places."""
    return re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
