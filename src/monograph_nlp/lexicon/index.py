"""The index: from a name, as it stands in a text, to the concepts that bear it."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from pathlib import Path

import marisa_trie

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.cache import AddedVocabularyWarning, added, anew
from monograph_nlp.lexicon.compiling import in_memory
from monograph_nlp.lexicon.layer import Layer
from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.overlaying import lay_over
from monograph_nlp.lexicon.reference import Reference
from monograph_nlp.lexicon.spelling import fold
from monograph_nlp.lexicon.spotting import Names, Place, spot
from monograph_nlp.lexicon.terms import Surface, Term

_KEPT = 1 << 12  # names, as texts write them
_EMBEDDED = ("lexicon.bin", "lexicon_sharealike.bin")


class Index:
    """One or more lexicons, looked up as one.

    The first is the base, the others are laid over it: a concept of theirs that is surely the same as
    one of the base adds its identifiers to it (see ``overlaying``); what only they know is found as
    theirs, behind the base's.
    """

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = tuple(layers)
        self._naming = tuple(layer for layer in self._layers if layer.header.counts["names"])
        self._matches = lru_cache(maxsize=_KEPT)(self._merged)
        self._spots = lru_cache(maxsize=_KEPT)(self._spotted)
        spotting = [layer for layer in self._layers if layer.header.longest]
        longest = max((layer.header.longest + 1 for layer in spotting), default=0)
        self._spotting = tuple(layer.trie for layer in spotting)
        self._names = Names(lru_cache(maxsize=_KEPT)(self._begun), longest, self._spots)

    @classmethod
    def of(
        cls, surfaces: Iterable[Surface], references: Mapping[str, Reference] | None = None
    ) -> Index:
        """Compile names in memory; ``compiling.compile_surfaces`` says what their order means."""
        return cls([Layer(in_memory(surfaces, references or {}))])

    @classmethod
    def open(cls, *paths: Path) -> Index:
        """Open lexicon files, the base first; ``LexiconError`` where one cannot be used."""
        return cls([Layer.open(path) for path in paths])

    @property
    def version(self) -> str:
        """Versions and content hashes of all layers, the base first."""
        return " ".join(layer.version for layer in self._layers)

    def find_all(self, name: str, label: str | None = None) -> tuple[Match, ...]:
        """Return the concepts that bear a name, best first; case rules apply to the name as given."""
        matches = self._matches(fold(name), name)
        return matches if label is None else tuple(m for m in matches if label in m.term.labels)

    def find(self, name: str, label: str | None = None) -> Match | None:
        """Return the best concept that bears a name, or None."""
        return next(iter(self.find_all(name, label)), None)

    def bearers(self, key: str, label: str | None = None) -> tuple[Match, ...]:
        """Return the concepts that bear a folded name, best first; no case rule applies."""
        matches = self._matches(key, None)
        return matches if label is None else tuple(m for m in matches if label in m.term.labels)

    def names(self, *labels: str) -> Iterator[str]:
        """Yield the folded names that may be written in any case, of the labels' concepts or of all."""
        names = chain.from_iterable(layer.names(*labels) for layer in self._naming)
        yield from names if len(self._naming) == 1 else dict.fromkeys(names)

    def term(self, name: str) -> Term | None:
        """Return the concept that has the name for its preferred one, in any case, or None."""
        wanted = " ".join(name.split()).lower()
        matches = self.bearers(fold(name))
        return next((m.term for m in matches if m.term.name.lower() == wanted), None)

    def by_id(self, curie: str) -> Term | None:
        """Return the concept that has the CURIE as its id or among its other identifiers, or None."""
        found = (layer.by_id(curie) for layer in self._layers)
        return next((term for term in found if term is not None), None)

    def reference(self, term: Term) -> Reference:
        """Return what all layers know of a concept, by its id and its other identifiers."""
        curies = [curie for curie in (term.id, *term.xrefs) if curie]
        rows = [layer.reference(curie) for layer in self._layers for curie in curies]
        known = [row for row in rows if row is not None]
        return Reference(
            tuple(dict.fromkeys(fact for row in known for fact in row.targets)),
            tuple(dict.fromkeys(name for row in known for name in row.classes)),
            tuple(dict.fromkeys(name for row in known for name in row.brands)),
        )

    def places(self, text: str, bounds: Sequence[tuple[int, int]]) -> list[Place]:
        """Return where names stand that may find a mention, in order and without overlaps.

        The longest name wins, then the leftmost. A name begins at a token's start and ends at a token's
        end; it crosses no line break, tab or bar, no sign that ends a sentence or a clause, no comma and
        no opening bracket but those that it is itself written with.

        Args:
            text: any text.
            bounds: the half-open ranges of its tokens in code points, in order, without overlaps.
        """
        return spot(text, bounds, self._names)

    def _begun(self, word: str) -> tuple[marisa_trie.Trie, ...]:
        """Return the tries in which a key has the word for its first one."""
        return tuple(trie for trie in self._spotting if any(trie.iterkeys(f"{word} ")))

    def _spotted(self, key: str, text: str, by_case: bool) -> tuple[Match, ...]:
        return tuple(match for match in self._matches(key, text, by_case) if match.spot)

    def _merged(self, key: str, text: str | None, by_case: bool = True) -> tuple[Match, ...]:
        found: list[Match] = []
        for number, layer in enumerate(self._naming):
            own = list(layer.matches(key, text, by_case=by_case))
            found = lay_over(found, own, layer, self._naming[:number]) if found else own
        return tuple(found)


@cache
def open_index() -> Index:
    """Open the embedded lexicon and the vocabularies that the user added; opened once a process.

    An added vocabulary that cannot be used is left out, with an ``AddedVocabularyWarning``.

    Raises:
        LexiconError: the embedded lexicon is missing or cannot be used.
    """
    folder = Path(str(files("monograph_nlp") / "data"))
    base, *others = (folder / name for name in _EMBEDDED)
    embedded = (base, *(path for path in others if path.exists()))
    return Index([*map(Layer.open, embedded), *_added_layers()])


def _added_layers() -> Iterator[Layer]:
    try:
        paths = added()
    except LexiconError as problem:
        _warn(f"No added vocabulary is used. {problem}")
        return
    for path in paths:
        try:
            yield Layer.open(path)
        except LexiconError as problem:
            _warn(f"The added vocabulary {path.stem!r} is left out. {problem} {anew(path)}")


def _warn(message: str) -> None:
    warnings.warn(message, AddedVocabularyWarning, stacklevel=2)


def lexicon_version() -> str:
    """Return version and content hash of every lexicon that is open, for a record's provenance."""
    return open_index().version
