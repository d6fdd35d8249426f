"""Which product names a document gives its subject: cleaned, and without pieces of other names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from monograph_nlp.text.introductions import Candidate

HEADINGS = frozenset({"leaflet-heading", "title", "brand"})  # what these name is the product
_NO_SUBSTANCE = frozenset({"sold-as", "brand-names-are"})  # rows that name products alone
_STRENGTH = re.compile(r"[ ,]+\d.*$")
_TWICE = re.compile(r"^(.+?)\s+\1$")
_LIST = re.compile(r" / | and |, ")


def product_names(
    best: Candidate,
    found: Iterable[Candidate],
    given: Sequence[str],
    text: str,
    drug_score: Callable[[str], float],
) -> tuple[str, ...]:
    """Return the subject's product names as the text writes them most, each once.

    Args:
        best: the candidate that the subject was taken from.
        found: all candidates, in the order of the document.
        given: products that the source's metadata names.
        text: the document's text.
        drug_score: 1 for the name (in lower case) of a known drug.
    """
    names = [*given, *_named(best, found, text, drug_score)]
    seen: dict[str, str] = {}
    for name in names:
        bare = bare_name(name)
        if bare and bare.lower() not in seen and not _is_substance(bare.lower(), best.parts):
            seen[bare.lower()] = _as_written(bare, text)
    return without_pieces(seen.values())


def bare_name(name: str) -> str:
    """Drop marks, a strength and a name that stands twice.

    >>> bare_name("Zynovia® 0.1 mg/ml")
    'Zynovia'
    """
    plain = _STRENGTH.sub("", re.sub(r"[®™©]", "", name)).strip(" .,;:-")
    return _TWICE.sub(r"\1", plain)


def without_pieces(names: Iterable[str]) -> tuple[str, ...]:
    """Drop names that are the end or the middle of another one, each name once.

    >>> without_pieces(["Accord", "Examplinib Accord", "Examplinib"])
    ('Examplinib Accord', 'Examplinib')
    """
    kept = tuple(dict.fromkeys(names))
    return tuple(name for name in kept if not any(_is_piece(name, other) for other in kept))


def _is_piece(name: str, other: str) -> bool:
    pattern = rf"[ /-]{re.escape(name.lower())}(?![\w-])"
    return len(name) < len(other) and re.search(pattern, other.lower()) is not None


def _is_substance(name: str, parts: Sequence[str]) -> bool:
    """Tell whether a name is a substance, its first words, or the names of all run together."""
    glued = "".join(re.sub(r"\W", "", part) for part in parts)
    begins = any(part == name or part.startswith(f"{name} ") for part in parts)
    return begins or re.sub(r"\W", "", name) == glued


def _named(
    best: Candidate, found: Iterable[Candidate], text: str, drug_score: Callable[[str], float]
) -> Iterator[str]:
    for candidate in found:
        brand = candidate.brand
        if not brand or not _is_of(candidate, best) or drug_score(brand.lower()) == 1:
            continue
        if candidate.how in HEADINGS or not _is_word(brand, text):
            yield brand


def _is_of(candidate: Candidate, best: Candidate) -> bool:
    """Tell whether a candidate names a product of the subject; a heading always does."""
    if candidate.how in HEADINGS or _substances(candidate) == _substances(best):
        return True
    if candidate.how not in _NO_SUBSTANCE:
        return False
    return not candidate.parts or _words(candidate) <= _words(best)


def _words(candidate: Candidate) -> frozenset[str]:
    """Return the words of a candidate's substances: a lexicon may know a "recombinant x" as "x" alone."""
    return frozenset(word for part in candidate.parts for word in part.split())


def _substances(candidate: Candidate) -> frozenset[str]:
    return frozenset(name for part in candidate.parts for name in _LIST.split(part))


def _is_word(name: str, text: str) -> bool:
    """Tell whether the text writes a name in small letters more often than with a capital."""
    ways = _ways(name, text)
    small = sum(count for way, count in ways.items() if way.islower())
    return small * 2 > sum(ways.values())


def _as_written(name: str, text: str) -> str:
    """Return the way of writing a name that the text uses most, small letters last."""
    ways = _ways(name, text)
    return min(ways, key=lambda way: (way.islower(), -ways[way], way), default=name)


def _ways(name: str, text: str) -> Counter[str]:
    ways: Counter[str] = Counter()
    folded, wanted = text.lower(), name.lower()
    at = folded.find(wanted) if len(folded) == len(text) else -1
    while at >= 0:
        end = at + len(wanted)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            ways[text[at:end]] += 1
        at = folded.find(wanted, end)
    return ways
