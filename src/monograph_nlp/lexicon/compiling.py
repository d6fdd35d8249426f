"""From names to the parts of a lexicon file; the same names in the same order give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import marisa_trie

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.artifact import Artifact, Header, pack, unpack, write
from monograph_nlp.lexicon.blocks import pack_rows
from monograph_nlp.lexicon.identifiers import pack_identifiers
from monograph_nlp.lexicon.planes import pack_numbers
from monograph_nlp.lexicon.postings import MOST_SOURCES, MOST_TERMS, PLURAL, Posting, pack_posting
from monograph_nlp.lexicon.reference import Reference
from monograph_nlp.lexicon.spelling import fold, is_plural, letters, spelling_digest
from monograph_nlp.lexicon.terms import Case, Surface, Term

_TRIES = 5  # nested in one another: more are smaller, fewer are faster
_SHORT = 3  # letters and digits of an abbreviation that is always exact


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term as it is stored; ``labels`` counts in the header's list."""

    labels: int
    name: str
    id: str | None
    xrefs: tuple[str, ...]
    brands: tuple[str, ...]
    moiety: str | None
    written: tuple[str, ...]  # the names whose letters' case must agree
    codes: dict[str, tuple[str, ...]]  # key → CURIEs of that very name


class _Gathering:
    """Numbers terms in the order in which their first names come, and packs their postings."""

    def __init__(self) -> None:
        self.terms: dict[Term, int] = {}
        self.sources: dict[str, int] = {}
        self.keys: dict[str, dict[int, int]] = {}
        self.written: dict[int, dict[str, None]] = {}
        self.codes: dict[int, dict[str, dict[str, None]]] = {}
        self.longest = 0

    def add(self, surface: Surface) -> None:
        """Take a name; one without letters and digits has no key, and cannot be found."""
        key = fold(surface.text)
        if not key:
            return
        number = self.terms.setdefault(surface.term, len(self.terms))
        source = self.sources.setdefault(surface.source, len(self.sources))
        if number >= MOST_TERMS or source >= MOST_SOURCES:
            raise _too_many(number, source)
        case = _case(surface)
        if case == "exact":  # a second written form of the same key counts, too
            self.written.setdefault(number, {})[surface.text] = None
        if surface.code and surface.code not in surface.term.xrefs:
            self.codes.setdefault(number, {}).setdefault(key, {})[surface.code] = None
        plural = is_plural(surface.text)
        posting = Posting(number, surface.kind, case, surface.spot, source, plural)
        known = self.keys.setdefault(key, {}).setdefault(number, pack_posting(posting))
        if not plural:  # the singular is a name, too
            self.keys[key][number] = known & ~PLURAL
        if surface.spot:
            self.longest = max(self.longest, len(key))


def compile_surfaces(
    surfaces: Iterable[Surface],
    references: Mapping[str, Reference],
    *,
    version: str,
    notes: Mapping[str, str] | None = None,
) -> tuple[dict[str, bytes], Header]:
    """Return the parts and the header of a lexicon.

    Args:
        surfaces: the names, best first: of two terms with one name, the one that comes first ranks
            higher; of two surfaces with one key and one term, the first decides kind and case.
        references: CURIE → reference facts.
        version: what the lexicon calls itself.
        notes: other facts that the header should hold.

    Raises:
        LexiconError: more terms or sources than the format can number.
    """
    gathered = _Gathering()
    for surface in surfaces:
        gathered.add(surface)
    labels = {labels: place for place, labels in enumerate(_label_sets(gathered.terms))}
    parts = {
        **_name_parts(gathered),
        **_term_parts(gathered, labels),
        **_reference_parts(references),
    }
    counts = {
        "names": len(gathered.keys),
        "postings": sum(len(terms) for terms in gathered.keys.values()),
        "terms": len(gathered.terms),
        "references": len(references),
    }
    header = Header(
        version=version,
        spelling=spelling_digest(),
        sources=tuple(gathered.sources),
        labels=tuple(labels),
        longest=gathered.longest,
        counts=counts,
        notes=dict(notes or {}),
    )
    return parts, header


def write_lexicon(
    path: Path,
    surfaces: Iterable[Surface],
    references: Mapping[str, Reference],
    *,
    version: str,
    notes: Mapping[str, str] | None = None,
) -> None:
    """Compile a lexicon and write it, whole or not at all; see ``compile_surfaces``."""
    write(path, *compile_surfaces(surfaces, references, version=version, notes=notes))


def in_memory(surfaces: Iterable[Surface], references: Mapping[str, Reference]) -> Artifact:
    """Compile a lexicon that is not written anywhere."""
    parts, header = compile_surfaces(surfaces, references, version="memory")
    return unpack(pack(parts, header), "a lexicon in memory")


def _name_parts(gathered: _Gathering) -> dict[str, bytes]:
    """Pack the keys; each ends in a blank, so that a prefix of a text is one of whole pieces."""
    trie = marisa_trie.Trie(sorted(f"{key} " for key in gathered.keys), num_tries=_TRIES)
    rows: list[tuple[int, ...]] = [()] * len(gathered.keys)
    for key, postings in gathered.keys.items():
        rows[trie.key_id(f"{key} ")] = tuple(postings.values())
    return {
        "names": trie.tobytes(),
        "counts": pack_numbers([len(row) for row in rows]),
        "postings": pack_numbers([posting for row in rows for posting in row]),
    }


def _term_parts(gathered: _Gathering, labels: Mapping[tuple[str, ...], int]) -> dict[str, bytes]:
    rows = [
        TermRow(
            labels[term.labels],
            term.name,
            term.id,
            term.xrefs,
            term.brands,
            term.moiety,
            tuple(gathered.written.get(number, ())),
            {key: tuple(codes) for key, codes in gathered.codes.get(number, {}).items()},
        )
        for term, number in gathered.terms.items()
    ]
    curies = [
        (curie, number)
        for number, row in enumerate(rows)
        for curie in dict.fromkeys((row.id, *row.xrefs, *chain(*row.codes.values())))
        if curie
    ]
    buckets, identifiers = pack_identifiers(curies)
    return {
        "terms": pack_rows(rows, TermRow),
        "labels": pack_numbers([row.labels for row in rows]),
        "buckets": buckets,
        "identifiers": identifiers,
    }


def _reference_parts(references: Mapping[str, Reference]) -> dict[str, bytes]:
    trie = marisa_trie.Trie(sorted(references))
    by_number = sorted(references, key=trie.key_id)
    return {
        "referred": trie.tobytes(),
        "references": pack_rows([references[curie] for curie in by_number], Reference),
    }


def _label_sets(terms: Iterable[Term]) -> dict[tuple[str, ...], None]:
    return dict.fromkeys(term.labels for term in terms)


def _case(surface: Surface) -> Case:
    short = surface.kind == "abbreviation" and len(letters(surface.text)) <= _SHORT
    return "exact" if short else surface.case


def _too_many(number: int, source: int) -> LexiconError:
    return LexiconError(
        f"the lexicon has more than {number} terms or {source} sources; expected at most "
        f"{MOST_TERMS} and {MOST_SOURCES}. Leave out sources, or split them into two lexicons."
    )
