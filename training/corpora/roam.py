"""Roam's drug-disease sentences: one JSON list of sentences with labelled spans.

The data are share-alike (CC BY-SA 4.0): they may check rules and models, and train none that
ships. The spans were marked by a crowd; their use in the sentence is the label.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from training.corpora.document import CorpusError, Document, Place, Span, check


def read(path: Path) -> Iterator[Document]:
    """Yield the sentences of a file; a span's label is TREATS, PREVENTS and so on.

    Raises:
        CorpusError: the file is not of this layout, or a span does not quote its sentence.
    """
    try:
        sentences = json.loads(path.read_text(encoding="utf-8"))
        for sentence in sentences:
            identifier, text = sentence["sentence_id"], sentence["sentence"]
            place = Place(path.name, identifier)
            spans = tuple(_span(item, text, place) for item in sentence["annotations"])
            yield Document(identifier, identifier, text, spans)
    except (json.JSONDecodeError, KeyError, TypeError) as cause:
        raise CorpusError(f"{path.name}: not a list of sentences with annotations") from cause


def _span(item: dict[str, str | int], text: str, place: Place) -> Span:
    fragments = ((int(item["start"]), int(item["end"])),)
    check(place, text, fragments, str(item["text"]))
    return Span(str(item["ann_id"]), str(item["label"]), fragments)
