"""One opened lexicon: from the key of a name to the terms that bear it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

import marisa_trie
import numpy as np

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.artifact import Artifact, open_artifact
from monograph_nlp.lexicon.blocks import Rows
from monograph_nlp.lexicon.compiling import TermRow
from monograph_nlp.lexicon.identifiers import Identifiers
from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.planes import unpack_numbers
from monograph_nlp.lexicon.postings import MOST_TERMS, Posting, in_any_case, unpack_posting
from monograph_nlp.lexicon.reference import Reference
from monograph_nlp.lexicon.spelling import TABLE, fold, is_plural, letters, plain, spelling_digest
from monograph_nlp.lexicon.terms import Kind, Term

_KEPT = 1 << 12  # terms, and names
_BLANK = re.compile(r"\s")
_APART = re.compile(r"\s\s|[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029|]")


class Layer:
    """Names, terms and references of one artifact; see ``compiling`` for what the parts hold."""

    def __init__(self, artifact: Artifact) -> None:
        _check_spelling(artifact)
        self.header = artifact.header
        self.version = artifact.version
        # a list of the user's own was chosen name by name, a large vocabulary was not
        self.is_chosen = artifact.header.notes.get("kind") == "tsv"
        self._artifact = artifact  # the tries read its memory
        self.trie = marisa_trie.Trie().map(artifact.parts["names"])
        self._referred = marisa_trie.Trie().map(artifact.parts["referred"])
        counts = unpack_numbers(artifact.parts["counts"])
        self._starts = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
        self._postings = unpack_numbers(artifact.parts["postings"])
        self._labels = unpack_numbers(artifact.parts["labels"])
        self._rows = Rows(artifact.parts["terms"], TermRow)
        self._references = Rows(artifact.parts["references"], Reference)
        self._identifiers = Identifiers(artifact.parts["buckets"], artifact.parts["identifiers"])
        self.term_at = lru_cache(maxsize=_KEPT)(self._term_at)
        self.postings = lru_cache(maxsize=_KEPT)(self._bearing)

    @classmethod
    def open(cls, path: Path) -> Layer:
        """Open a lexicon file; ``LexiconError`` where it cannot be used."""
        return cls(open_artifact(path))

    def matches(self, key: str, text: str | None, *, by_case: bool = True) -> Iterator[Match]:
        """Yield a match for each term that bears the key, best first.

        Args:
            key: a folded name.
            text: the name as it is written, which the case rules are applied to; None applies none.
            by_case: whether the case of the text's letters is evidence; where it is not, a name that
                needs it is not there.
        """
        for posting in self.postings(f"{key} "):
            if text is None or self._fits(posting, text, by_case):
                yield self._match(posting, key, text or key)

    def bearers(self, key: str) -> tuple[Term, ...]:
        """Return the terms that bear the key, best first; no case rule applies."""
        return tuple(self.term_at(posting.number) for posting in self.postings(f"{key} "))

    def with_any(self, curies: Iterable[str]) -> tuple[Term, ...]:
        """Return the terms that have one of the CURIEs as id, as another identifier or of a name."""
        numbers = dict.fromkeys(number for curie in curies for number in self._having(curie))
        return tuple(map(self.term_at, numbers))

    def names(self, *labels: str) -> Iterator[str]:
        """Yield the keys that may be written in any case, of the terms with one of the labels; of all for none."""
        sets = self.header.labels
        wanted = np.array([not labels or not own.isdisjoint(labels) for own in map(set, sets)])
        has_label = wanted[self._labels[self._postings & (MOST_TERMS - 1)]]
        chosen = np.flatnonzero(has_label & in_any_case(self._postings))
        for number in np.unique(np.searchsorted(self._starts, chosen, side="right") - 1).tolist():
            yield self.trie.restore_key(number)[:-1]

    def by_id(self, curie: str) -> Term | None:
        """Return the first term that has the CURIE as its id, then as another of its identifiers."""
        numbers = list(self._having(curie))
        own = (number for number in numbers if self._rows[number].id == curie)
        number = next(chain(own, numbers), None)
        return None if number is None else self.term_at(number)

    def reference(self, curie: str) -> Reference | None:
        """Return the reference facts that are kept under the CURIE."""
        number = self._referred.get(curie)
        return None if number is None else self._references[number]

    def _having(self, curie: str) -> Iterator[int]:
        for number in self._identifiers.numbers(curie):
            row = self._rows[number]
            if curie == row.id or curie in row.xrefs or curie in chain(*row.codes.values()):
                yield number

    def _run(self, number: int) -> list[int]:
        packed: list[int] = self._postings[self._starts[number] : self._starts[number + 1]].tolist()
        return packed

    def _bearing(self, entry: str) -> tuple[Posting, ...]:
        number = self.trie.get(entry)
        return () if number is None else tuple(map(unpack_posting, self._run(number)))

    def _fits(self, posting: Posting, text: str, by_case: bool) -> bool:
        if posting.case == "any":
            return True
        if not by_case:
            return False
        if posting.case == "capital":
            return text != text.lower()
        return any(_is_written(text, name) for name in self._rows[posting.number].written)

    def _term_at(self, number: int) -> Term:
        row = self._rows[number]
        labels = self.header.labels[row.labels]
        return Term(labels, row.name, row.id, row.xrefs, row.brands, row.moiety)

    def _match(self, posting: Posting, key: str, text: str) -> Match:
        row, term = self._rows[posting.number], self.term_at(posting.number)
        form, names = plain(text), _names(row, posting.kind)
        name = next((name for name in names if plain(name) == form and fold(name) == key), None)
        is_same = name is not None
        if not is_same and not any(fold(name) == key for name in names):
            # Of a name that is not stored, all that is known is whether it is a plural.
            is_same = posting.is_plural == is_plural(text)
        return Match(
            _with_codes(term, row.codes.get(key, ())),
            name or " ".join(text.split()),
            posting.kind if is_same else "variant",
            posting.kind,
            self.header.sources[posting.source],
            posting.is_spot and not _is_singular_of(posting, key, text),
        )


def _names(row: TermRow, kind: Kind) -> tuple[str, ...]:
    """Return the names of a kind whose spelling is stored."""
    return (row.name,) if kind == "name" else row.brands if kind == "brand" else row.written


def _is_singular_of(posting: Posting, key: str, text: str) -> bool:
    """Tell whether a word is the singular of a name: a "blister" is a pack, "blisters" are not."""
    return posting.is_plural and " " not in key and not is_plural(text)


def _with_codes(term: Term, codes: tuple[str, ...]) -> Term:
    return replace(term, xrefs=tuple(dict.fromkeys((*term.xrefs, *codes)))) if codes else term


def _is_written(text: str, name: str) -> bool:
    """Tell whether a text has the letters of a name, or those and the s of a plural: "mAbs"."""
    if _APART.search(text) and not _BLANK.search(name):
        return False  # "C      5" are two cells of a table
    found, wanted = letters(text), letters(name)
    return found == wanted or (found == f"{wanted}s" and not wanted.endswith(("s", "S")))


def _check_spelling(artifact: Artifact) -> None:
    if artifact.header.spelling != spelling_digest():
        raise LexiconError(
            f"{artifact.where}: the lexicon was built with other spelling rules "
            f"({artifact.header.spelling}); expected those of rules/{TABLE} ({spelling_digest()}). Build "
            "it anew with `monograph-nlp lexicon build`, or `lexicon add` for a vocabulary of yours."
        )
