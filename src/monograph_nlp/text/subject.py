"""Which drug a monograph is about, and by which product names it calls it.

Best first: what the source's metadata states; a sentence that introduces the drug (rows of
``rules/subject.tsv``, with the groups ``drug`` and ``brand``); a known drug in the title. A name
that is neither known nor bears an INN stem counts only where the sentence leaves no doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from monograph_nlp.text.introductions import Candidate, clean, introductions

_WORD = re.compile(r"[A-Za-z][\w-]*")
_BRAND_ONLY = frozenset({"leaflet-heading", "sold-as", "brand-names-are"})
_WRAP = re.compile(r"(?<!\n)\n(?=[a-z])")  # a line that goes on in small letters
_NO_WORD = re.compile(r"[\w-]{80,}")  # data; a pattern may take square time over it
_IN_TITLE = 0.15
_PER_PART = 0.06  # a list of substances says more than its first one
_TITLE_WORDS = 3
_REPEATED = 2  # times that the text names a product which only the title shows to be one
_CLEARLY = 5  # mentions of a drug that nothing else shows to be the subject
_MANY = 12  # mentions from which being frequent counts in full


@dataclass(frozen=True, slots=True)
class SubjectNames:
    """The subject's name (INN, lower case; ``a / b`` for a combination), parts and products."""

    name: str
    parts: tuple[str, ...]
    brands: tuple[str, ...]
    score: float
    how: str  # id of the row, or metadata, title, brand


def find_subject(
    text: str,
    title: str,
    *,
    drug_names: Sequence[str] = (),
    brand_names: Sequence[str] = (),
    drug_score: Callable[[str], float],
    substance_of: Callable[[str], str | None],
    mentioned: Counter[str] | None = None,
) -> SubjectNames | None:
    """Return the drug that a text is about, or None where it cannot be told.

    Args:
        text: the text, without what is set aside.
        title: the document's title.
        drug_names: substances that the source's metadata names.
        brand_names: products that the source's metadata names.
        drug_score: 1 for the name (in lower case) of a known drug, less for one that only bears an
            INN stem, 0 for any other word.
        substance_of: names the substance (INN, lower case) of a known product, salt or synonym.
        mentioned: how often the text names each known drug (INN, lower case).
    """
    text = _NO_WORD.sub(" ", _WRAP.sub(" ", text))
    words = Counter(word.lower() for word in _WORD.findall(text))
    product = _titled_product(title, words, drug_score, substance_of)
    found = [
        *introductions(text, drug_score),
        *_in_title(title, drug_score),
        *(_titled(title, name) for name in product),
        *(Candidate((), name, 0.5, "brand") for name in brand_names),
    ]
    found = [_with_substance(candidate, substance_of) for candidate in found]
    if drug_names:
        parts = tuple(dict.fromkeys(clean(name) for name in _named(drug_names, title, words)))
        given = Candidate(parts, None, 1.0, "metadata")
        best: Candidate | None = _with_substance(given, substance_of)
    else:
        own = [c for c in found if (c.brand or "").lower() in product or set(c.parts) & product]
        best = _best(own if product else found, title, words) or _most_named(mentioned)
    if best is None:
        return None
    brands = _brands(best, found, brand_names, text, drug_score)
    return SubjectNames(
        " / ".join(best.parts) or brands[0].lower(), best.parts, brands, best.score, best.how
    )


def _named(names: Sequence[str], title: str, words: Counter[str]) -> Sequence[str]:
    """Keep the substances that the document speaks of: a kit's metadata names its swabs, too."""
    told = [
        n for n in names if (first := clean(n).split(" ")[0]) in words or first in title.lower()
    ]
    return told or names


def _best(found: Sequence[Candidate], title: str, words: Counter[str]) -> Candidate | None:
    """Return the candidate of the highest rank, the earlier one of two; without a substance last."""
    named = [candidate for candidate in found if candidate.parts]
    best = max(named, key=lambda candidate: _rank(candidate, title, words), default=None)
    return best or _product(found)


def _most_named(mentioned: Counter[str] | None) -> Candidate | None:
    """Fall back on the drug that the text names by far most often."""
    if not mentioned:
        return None
    (name, count), (_, second) = (*mentioned.most_common(2), ("", 0))[:2]
    clear = count >= _CLEARLY and count >= 3 * second
    return Candidate((name,), None, 0.5, "most-named") if clear else None


def _in_title(title: str, drug_score: Callable[[str], float]) -> Iterator[Candidate]:
    for word in _WORD.findall(title):
        if drug_score(word.lower()) > 0:
            yield Candidate((clean(word),), None, 0.8, "title")


def _titled_product(
    title: str,
    words: Counter[str],
    drug_score: Callable[[str], float],
    substance_of: Callable[[str], str | None],
) -> frozenset[str]:
    """Take a short title that is known, or that the text repeats, for the product (lower case)."""
    name = re.sub(r"[®™©]", "", title).strip(" .,;:").lower()
    parts = _WORD.findall(name)
    names_a_drug = any(drug_score(part) == 1 for part in (name, *parts))
    if not 0 < len(parts) <= _TITLE_WORDS or names_a_drug:
        return frozenset()
    is_repeated = all(words[part] >= _REPEATED for part in parts)
    return frozenset({name}) if is_repeated or substance_of(name) else frozenset()


def _titled(title: str, name: str) -> Candidate:
    """Take a title that goes on in small letters for a substance ("Recombinant zoster vaccine")."""
    if any(word[0].islower() for word in _WORD.findall(title)[1:]):
        return Candidate((name,), None, 0.7, "title")
    return Candidate((), name, 0.5, "title")


def _with_substance(candidate: Candidate, substance_of: Callable[[str], str | None]) -> Candidate:
    """Call a candidate's substances by their INN, and name that of a known product without one."""
    parts = tuple(dict.fromkeys(substance_of(part) or part for part in candidate.parts))
    if parts or not candidate.brand:
        return replace(candidate, parts=parts)
    substance = substance_of(candidate.brand)
    return replace(candidate, parts=(substance,), score=0.85) if substance else candidate


def _product(found: Sequence[Candidate]) -> Candidate | None:
    """Fall back on a product whose substance is not named, as for many vaccines."""
    brand = next(
        (candidate.brand for candidate in found if candidate.brand and not candidate.parts), None
    )
    return Candidate((), brand, 0.5, "brand") if brand else None


def _rank(candidate: Candidate, title: str, words: Counter[str]) -> float:
    if not candidate.parts:
        return 0.0
    lower = title.lower()
    in_title = (
        any(part in lower for part in candidate.parts) or (candidate.brand or "\0").lower() in lower
    )
    names = [*(part.split()[0] for part in candidate.parts), (candidate.brand or "").lower()]
    frequent = min(max(words[name] for name in names), _MANY) / _MANY
    several = _PER_PART * (len(candidate.parts) - 1)
    return candidate.score + _IN_TITLE * in_title + 0.3 * frequent + several


def _brands(
    best: Candidate,
    found: Sequence[Candidate],
    given: Sequence[str],
    text: str,
    drug_score: Callable[[str], float],
) -> tuple[str, ...]:
    names = [name for name in given if name.lower() not in best.parts]
    for candidate in found:
        same = candidate.parts == best.parts or (
            not candidate.parts and candidate.how in _BRAND_ONLY
        )
        if candidate.brand and same and drug_score(candidate.brand.lower()) < 1:
            names.append(candidate.brand)
    seen: dict[str, str] = {}
    for name in names:
        clean = re.sub(r"[®™©]", "", name).strip(" .,;:")
        if clean and clean.lower() not in seen and clean.lower() not in best.parts:
            seen[clean.lower()] = _as_written(clean, text)
    return tuple(seen.values())


def _as_written(name: str, text: str) -> str:
    """Return the way of writing a name that the text uses most, small letters last."""
    ways: Counter[str] = Counter()
    folded, wanted = text.lower(), name.lower()
    at = folded.find(wanted) if len(folded) == len(text) else -1
    while at >= 0:
        end = at + len(wanted)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            ways[text[at:end]] += 1
        at = folded.find(wanted, end)
    return min(ways, key=lambda way: (way.islower(), -ways[way], way), default=name)
