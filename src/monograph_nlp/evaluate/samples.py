"""Standoff JSON as ``corpus/gold`` holds it: mentions, assertions and facts of a document.

The form is that of a record, with less in it; see ``corpus/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.gold import Gold, GoldDocument, GoldFact, GoldMention, Spans
from monograph_nlp.evaluate.gold_files import files_of, json_of

KEYS = {"id", "mentions", "facts"}


def read(path: Path) -> Gold:
    """Return the documents of a file or folder; ``ReadError`` where one is not of this form."""
    return Gold("standoff", tuple(_document(file) for file in files_of(path, "*.json")))


def _document(path: Path) -> GoldDocument:
    value: Any = json_of(path)
    try:
        mentions = {one["id"]: _mention(one) for one in value["mentions"]}
        return GoldDocument(
            value["id"],
            tuple(mentions.values()),
            tuple(_fact(one, mentions) for one in value["facts"]),
            text=value.get("text"),
            sha256_text=value.get("sha256_text"),
            subject=(value.get("subject") or {}).get("name"),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise ReadError(
            str(path), f"no standoff annotation: {cause!r}", "id, mentions, facts", "Correct it."
        ) from cause


def _mention(value: Mapping[str, Any]) -> GoldMention:
    concept = (value.get("concept") or {}).get("id")
    return GoldMention(
        value["label"],
        _spans(value["spans"]),
        value["text"],
        value.get("assertion"),
        frozenset({concept} if concept else ()),
    )


def _spans(value: Iterable[Iterable[int]]) -> Spans:
    spans = tuple((start, end) for start, end in value)
    if not spans:
        raise ValueError("a mention without spans")
    return spans


def _fact(value: Mapping[str, Any], mentions: Mapping[str, GoldMention]) -> GoldFact:
    stated, places = value["object"], value.get("evidence") or []
    mention = mentions.get(stated.get("mention"))
    return GoldFact(
        value["predicate"],
        (stated["text"],),
        value.get("assertion", "present"),
        value.get("qualifiers") or {},
        mention.spans if mention else (),
        (places[0]["start"], places[0]["end"]) if places else None,
        places[0]["text"] if places else "",
    )
