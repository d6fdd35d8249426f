"""What a model must not learn from: the documents on which it is measured, and copies of them.

Corpora share documents. An abstract is known by its PMID; where there is none, by its sentences:
they are compared in small letters, with digits folded and white space left out, so that two
editions of one text agree.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from monograph_nlp.text.blocks import split_blocks
from monograph_nlp.text.sentences import split_sentences
from training.corpora import catalog
from training.corpora.document import Document

_DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"\s+")
_MIN_KEY = 30  # characters; what is shorter ("Skin rash") says nothing of where it comes from
_COPY_SHARE = 0.5  # of the characters, in sentences that one held-out document has too
_NAMED = ("pubtator", "standoff", "leaflets")  # layouts whose groups are PMIDs or file names


class HeldOut:
    """The held-out documents: their PMIDs or names, and which of them have which sentence."""

    def __init__(self, documents: Mapping[str, Iterable[str]], groups: Collection[str]) -> None:
        self._groups = frozenset(groups)
        self._owners: dict[str, set[str]] = defaultdict(set)
        for name, sentences in documents.items():
            for sentence in sentences:
                if len(folded := key(sentence)) >= _MIN_KEY:
                    self._owners[folded].add(name)

    def __contains__(self, sentence: str) -> bool:
        """Whether a held-out document has this sentence; never true of a short one."""
        return key(sentence) in self._owners

    def why_not(self, group: str, sentences: Iterable[str]) -> str | None:
        """Return why these sentences of a group must not be learned from, or None if they may."""
        return "held out" if group in self._groups else self._copied(sentences)

    def _copied(self, sentences: Iterable[str]) -> str | None:
        keys = {folded for sentence in sentences if len(folded := key(sentence)) >= _MIN_KEY}
        shared: Counter[str] = Counter()
        for folded in keys:
            for name in self._owners.get(folded, ()):
                shared[name] += len(folded)
        name, size = max(shared.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        is_copy = size > _COPY_SHARE * sum(map(len, keys))
        return f"copy of {name}" if is_copy else None


def read(corpora: Path, parts: Iterable[catalog.Part], leaflets: Collection[str] = ()) -> HeldOut:
    """Read what is held out: these parts, of package leaflets only those that are named.

    Raises:
        CorpusError: a part is not as its reader expects.
    """
    sentences: dict[str, list[str]] = {}
    groups: set[str] = set()
    for part in parts:
        for group, documents in grouped(catalog.read(part, corpora)):
            if part.layout == "leaflets" and group not in leaflets:
                continue
            if part.layout in _NAMED:
                groups.add(group)
            sentences[f"{part.name} {group}"] = sentences_of(*documents)
    return HeldOut(sentences, groups)


def grouped(documents: Iterable[Document]) -> Iterator[tuple[str, list[Document]]]:
    """Yield each run of documents that have one group, such as the sections of a label."""
    for group, members in groupby(documents, key=lambda document: document.group):
        yield group, list(members)


def sentences_of(*documents: Document) -> list[str]:
    """Return the sentences and table rows of the documents, white space folded."""
    found = []
    for document in documents:
        for block in split_blocks(document.text):
            for start, end in split_sentences(document.text, block.start, block.end):
                found.append(_SPACES.sub(" ", document.text[start:end]))
    return found


def key(sentence: str) -> str:
    """Return what two printings of one sentence share.

    >>> key("Rash in 12 %") == key("rash in 34%")
    True
    """
    return _DIGIT.sub("0", "".join(sentence.split()).casefold())
