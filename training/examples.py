"""Annotated documents → words, their features and the tag of each word for each head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import spacy
from spacy.language import Language

from monograph_nlp.components.tokenizer import create as create_tokenizer
from monograph_nlp.tagging.features import Hit, features
from monograph_nlp.tagging.scheme import Fragments, encode
from monograph_nlp.tagging.words import Ranges, words
from training.corpora.document import Document, Span
from training.heads import Head

UNKNOWN = -100
"""The tag of a word of which the corpus says nothing for a head; losses ignore it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A document as a network reads it; arrays have a row for each word."""

    id: str
    part: str  # corpus and part that it comes from
    fold: int | None  # of a part that is split into folds
    text: str
    words: Ranges
    features: npt.NDArray[np.float32]
    tags: npt.NDArray[np.int64]  # (words, heads), of each head the number of the tag
    shares: npt.NDArray[np.float16] | None = None
    """(words, all tags of the fast heads), as a teacher reads them; each head's are 1 in all."""

    def forms(self, start: int, end: int) -> list[str]:
        """Return words as the text has them."""
        return [self.text[first:last] for first, last in self.words[start:end]]


def examples(
    documents: Iterable[Document], heads: Sequence[Head], part: str = "", fold: int | None = None
) -> Iterator[Example]:
    """Yield the documents that have words; features come from the lexicon, as in the pipeline."""
    for document in documents:
        ranges = words(document.text)
        if ranges:
            told = features(document.text, ranges, hits(document.text))
            tags = np.stack([_tags(document, ranges, head) for head in heads], axis=1)
            if (tags == UNKNOWN).all():
                continue
            yield Example(document.id, part, fold, document.text, ranges, told, tags)


def _tags(document: Document, ranges: Ranges, head: Head) -> npt.NDArray[np.int64]:
    """Return a head's tags; none is known where a corpus marks only some names of its kind.

    Learning from the marked ones alone was measured: it made the head miss a tenth of the events.
    """
    if not head.choices <= document.known:
        return np.full(len(ranges), UNKNOWN, dtype=np.int64)
    spans = [span for span in document.spans if frozenset(span.choices) == head.choices]
    marked = encode(in_words(spans, ranges), len(ranges))
    tags = np.array([_number(tag, head) for tag in marked], dtype=np.int64)
    starts = np.array([start for start, _ in ranges])
    for first, last in document.unknown:
        tags[np.searchsorted(starts, first) : np.searchsorted(starts, last)] = UNKNOWN
    return tags


def _number(tag: str, head: Head) -> int:
    return head.tags.index(tag if tag in head.tags else tag[-1])


def in_words(spans: Iterable[Span], ranges: Ranges) -> list[Fragments]:
    """Return the spans in words; those that begin or end inside a word are left out."""
    starts = {start: number for number, (start, _) in enumerate(ranges)}
    ends = {end: number + 1 for number, (_, end) in enumerate(ranges)}
    found = []
    for span in spans:
        parts = [(starts.get(a), ends.get(b)) for a, b in sorted(span.fragments)]
        whole = [(a, b) for a, b in parts if a is not None and b is not None and a < b]
        if len(whole) == len(parts):
            found.append(_touching(whole))
    return found


def _touching(parts: Sequence[tuple[int, int]]) -> Fragments:
    found: list[tuple[int, int]] = []
    for start, end in parts:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def hits(text: str) -> list[Hit]:
    """Return the names of the lexicon in a text, as the pipeline finds them."""
    doc = pipeline("abbreviations", "lexical")(text)
    return [Hit(span.start_char, span.end_char, span.label_) for span in doc.spans["lexical"]]


@cache
def pipeline(*components: str) -> Language:
    """Return a pipeline of the package's components, without the prefix of their names."""
    nlp = spacy.blank("en")
    nlp.tokenizer = create_tokenizer()(nlp)
    for name in components:
        nlp.add_pipe(f"monograph_{name}")
    nlp.max_length = 10**9
    return nlp
