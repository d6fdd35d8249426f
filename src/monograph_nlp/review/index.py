"""What the page knows of all documents before it opens one: their facts in numbers, their words.

A fact, or a kind of mention, is one number: ``(kind * 8 + assertion) * 1001 + score``, where kind and
assertion are places in the lists of ``vocabulary`` and the score is in thousandths.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Any

from monograph_nlp.record.codec import encode
from monograph_nlp.record.vocabulary import (
    assertions,
    issue_codes,
    labels,
    predicates,
    qualifiers,
    target_actions,
)
from monograph_nlp.types import Fact, Mention, Record

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 40  # letters of a word that is kept; what is longer is an address or damage


@cache
def vocabulary() -> dict[str, Any]:
    """Return what the schema lets a record say: the choices of the page's filters and forms."""
    return {
        "predicates": predicates(),
        "labels": labels(),
        "assertions": assertions(),
        "issues": issue_codes(),
        "actions": target_actions(),
        "qualifiers": {
            key: {"type": value.get("type", "string"), "enum": value.get("enum")}
            for key, value in qualifiers().items()
        },
    }


def folded_words(text: str) -> set[str]:
    """Return the words of a text as the search compares them: no accents, no capitals.

    The page's script folds what is typed in the same way.

    >>> sorted(folded_words("Ménière’s disease, 5-HT₃"))
    ['5', 'disease', 'ht3', 'meniere', 's']
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        marks = [letter for letter in set(text) if unicodedata.category(letter)[0] == "M"]
        text = text.translate(dict.fromkeys(map(ord, marks)))
    return {word for word in _WORD.findall(text.lower()) if len(word) <= _LONGEST}


class Index:
    """Grows by one record at a time, in the order of the page."""

    def __init__(self) -> None:
        self._documents: list[dict[str, object]] = []
        self._postings: dict[str, list[int]] = {}
        self._hash = sha256()

    def __len__(self) -> int:
        return len(self._documents)

    def add(self, record: Record) -> None:
        """Take in a record as the next document."""
        self._hash.update(encode(replace(record, text=None)))
        place = len(self._documents)
        for word in sorted(_words_of(record)):
            self._postings.setdefault(word, []).append(place)
        facts, mentions = record.facts, record.mentions
        self._documents.append(
            {
                "record": record.id,
                "id": record.document.id,
                "title": record.document.title,
                "subject": record.subject.name if record.subject else None,
                "facts": [_number(fact, fact.predicate, "predicates") for fact in facts],
                "mentions": sorted({_number(one, one.label, "labels") for one in mentions}),
                "mentioned": len(mentions),
                "issues": [_place("issues", issue.code) for issue in record.issues],
                "alarms": sum(issue.severity != "info" for issue in record.issues),
                **_unusual_ids("fact_ids", "f", facts),
                **_unusual_ids("mention_ids", "m", mentions),
            }
        )

    def hash(self) -> str:
        """Return what the decisions are kept under: the same for records with and without text."""
        return self._hash.hexdigest()[:32]

    def data(self) -> dict[str, object]:
        """Return the index as JSON: words in UTF-16 order, and whose they are as numbers.

        The postings are, for each word, how many documents hold it, and the steps from one to the
        next, each as a little-endian base-128 number; all of it in base64.
        """
        words = sorted(self._postings, key=lambda word: word.encode("utf-16-be"))
        steps = (number for word in words for number in _steps(self._postings[word]))
        return {
            "documents": self._documents,
            "words": "\n".join(words),
            "postings": b64encode(bytes(_base128(steps))).decode(),
        }


def _words_of(record: Record) -> set[str]:
    """The words of the text and of all that a reviewer may look for beside it."""
    document, subject = record.document, record.subject
    parts = [document.id, document.title, document.source, subject.name if subject else ""]
    parts += subject.brand_names if subject else ()
    for mention in record.mentions:
        parts += [
            mention.text,
            *((mention.concept.id, mention.concept.name) if mention.concept else ()),
        ]
    parts += [fact.object.name for fact in record.facts]
    if record.text is None:
        parts += [evidence.text for fact in record.facts for evidence in fact.evidence]
    return folded_words("\n".join([*dict.fromkeys(parts), record.text or ""]))


def _number(item: Fact | Mention, kind: str, kinds: str) -> int:
    place = _place(kinds, kind) * 8 + _place("assertions", item.assertion)
    return place * 1001 + round(item.score * 1000)


@cache
def _place(kinds: str, kind: str) -> int:
    return int(vocabulary()[kinds].index(kind))


def _unusual_ids(key: str, letter: str, items: Iterable[Fact | Mention]) -> dict[str, list[str]]:
    """Ids, unless they count from 1 as the pipeline's do: the page knows those."""
    ids = [item.id for item in items]
    return {} if ids == [f"{letter}{n}" for n in range(1, len(ids) + 1)] else {key: ids}


def _steps(places: list[int]) -> Iterator[int]:
    yield len(places)
    before = 0
    for place in places:
        yield place - before
        before = place


def _base128(numbers: Iterable[int]) -> Iterator[int]:
    for number in numbers:
        while number > 127:
            yield number & 127 | 128
            number >>= 7
        yield number
