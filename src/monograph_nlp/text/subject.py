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
from functools import cache

from monograph_nlp.rules import read_table
from monograph_nlp.text.introductions import Candidate, clean, introductions
from monograph_nlp.text.product_names import HEADINGS, product_names

_WORD = re.compile(r"[A-Za-z][\w-]*")
_WRAP = re.compile(r"(?<!\n)\n(?=[a-z])")  # a line that goes on in small letters
_NO_WORD = re.compile(r"[\w-]{80,}")  # data; a pattern may take square time over it
_IN_TITLE = 0.15
_PER_PART = 0.06  # a list of substances says more than its first one
_TITLE_WORDS = 3
_LONGEST_TITLE = 200  # code points
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|has|have|can|may|might|should|must|will|does|do|did"
    r"|(?:temporarily )?(?:relieves?|treats?|helps?|prevents?|protects?|reduces?|provides?|works?|aids?|retains?))\b"
)
_REPEATED = 2  # times that the text names a product which only the title shows to be one
_CLEARLY = 5  # mentions of a drug that nothing else shows to be the subject
_NUMBER = re.compile(r"(?<=[A-Za-z])[\s_]?\d{1,2}$")
_UNKNOWN = 0.2  # rank that a substance loses which neither is known nor bears a stem
_STATED = 0.92  # score from which a sentence names the active substance
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
    is_title: bool = True,
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
        is_title: whether that is a title, and not the beginning of a sentence.
        drug_names: substances that the source's metadata names.
        brand_names: products that the source's metadata names.
        drug_score: 1 for the name (in lower case) of a known drug, less for one that only bears an
            INN stem, 0 for any other word.
        substance_of: names the substance (INN, lower case) of a known product, salt or synonym.
        mentioned: how often the text names each known drug (INN, lower case).
    """
    text = _NO_WORD.sub(" ", _WRAP.sub(" ", text))
    title = _of_file_name(title, drug_score, substance_of)
    words = Counter(word.lower() for word in _WORD.findall(text))
    product = _titled_product(title, words, drug_score, substance_of) if is_title else frozenset()
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
        best = _best(own if product else found, title, words, drug_score) or _most_named(mentioned)
    if best is None:
        return None
    best = _more_exact(best, found)
    brands = product_names(best, found, brand_names, text, drug_score)
    name = " / ".join(best.parts) or (brands[0].lower() if brands else "")
    # A product whose name turns out to be a word of the text leaves nothing.
    return SubjectNames(name, best.parts, brands, best.score, best.how) if name else None


def first_line_of(text: str) -> str:
    """Return the beginning of a text's first line."""
    return text.lstrip().split("\n")[0][:_LONGEST_TITLE]


def lead_of(text: str) -> str:
    """Return the first line of a text; of one that is a sentence, only what stands before its verb.

    What a sentence is about stands there; a drug that it names later is often another one.

    >>> lead_of("Examplinib tablets are used with tinmycin in gout.")
    'Examplinib tablets '
    """
    line = text.lstrip().split("\n")[0]
    is_sentence = len(line) > _LONGEST_TITLE or line.rstrip().endswith((".", ";", ":"))
    verb = _VERB.search(line) if is_sentence else None
    return line[: verb.start() if verb else _LONGEST_TITLE][:_LONGEST_TITLE]


def _named(names: Sequence[str], title: str, words: Counter[str]) -> Sequence[str]:
    """Keep the substances that the document speaks of: a kit's metadata names its swabs, too."""
    told = [
        n for n in names if (first := clean(n).split(" ")[0]) in words or first in title.lower()
    ]
    return told or names


def _best(
    found: Sequence[Candidate],
    title: str,
    words: Counter[str],
    drug_score: Callable[[str], float],
) -> Candidate | None:
    """Return the candidate of the highest rank, the earlier one of two; without a substance last."""

    def rank(candidate: Candidate) -> float:
        is_known = any(drug_score(part) > 0 for part in candidate.parts)
        return _rank(candidate, title, words) - (0 if is_known else _UNKNOWN)

    named = [candidate for candidate in found if candidate.parts]
    return max(named, key=rank, default=None) or _product(found)


def _more_exact(best: Candidate, found: Sequence[Candidate]) -> Candidate:
    """Return what says more: "examplin alfa" than "examplin", all substances than one of them."""
    return next((other for other in found if _says_more(other, best)), best)


def _says_more(other: Candidate, best: Candidate) -> bool:
    if not other.parts or not best.parts or other.parts == best.parts:
        return False
    if other.how in HEADINGS and best.how in HEADINGS and best.brand:
        return (other.brand or "").lower().startswith(f"{best.brand.lower()} ")
    is_same = other.brand in (None, best.brand)
    if other.score >= _STATED and is_same and set(best.parts) < set(other.parts):
        return True
    is_longer = len(best.parts) == 1 and other.parts[0].startswith(f"{best.parts[0]} ")
    return is_longer and other.score >= _STATED > best.score


def _most_named(mentioned: Counter[str] | None) -> Candidate | None:
    """Fall back on the drug that the text names by far most often."""
    if not mentioned:
        return None
    (name, count), (_, second) = (*mentioned.most_common(2), ("", 0))[:2]
    clear = count >= _CLEARLY and count >= 3 * second
    return Candidate((name,), None, 0.5, "most-named") if clear else None


def _of_file_name(
    title: str, drug_score: Callable[[str], float], substance_of: Callable[[str], str | None]
) -> str:
    """Drop the number of a title that is a file's name (``ZYNOVIA_0``), unless it is known with it."""
    plain = title.replace("_", " ").strip() if " " not in title else title
    bare = _NUMBER.sub("", plain).strip()
    is_known = drug_score(plain.lower()) == 1 or substance_of(plain)
    name = plain if is_known or len(plain.split()) > _TITLE_WORDS else bare
    ways = (name, name.capitalize(), name.upper())  # a brand that is a word needs its capital
    return next((way for way in ways if substance_of(way)), name) if name.islower() else name


def _in_title(title: str, drug_score: Callable[[str], float]) -> Iterator[Candidate]:
    """Yield what the title names: all of it, if that is a known drug, else each of its words."""
    whole = [title] if drug_score(title.lower()) == 1 else _WORD.findall(title)
    for word in whole:
        if score := drug_score(word.lower()):
            yield Candidate((clean(word),), None, 0.8 if score == 1 else 0.6, "title")


def _titled_product(
    title: str,
    words: Counter[str],
    drug_score: Callable[[str], float],
    substance_of: Callable[[str], str | None],
) -> frozenset[str]:
    """Take a short title that is known, or that the text repeats, for the product (lower case)."""
    written = re.sub(r"[®™©]", "", title).strip(" .,;:")
    name = written.lower()
    parts = _WORD.findall(name)
    names_a_drug = any(drug_score(part) == 1 for part in (name, *parts))
    if not 0 < len(parts) <= _TITLE_WORDS or names_a_drug or _salts().issuperset(parts):
        return frozenset()
    is_repeated = all(words[part] >= _REPEATED for part in parts)
    return frozenset({name}) if is_repeated or substance_of(written) else frozenset()


@cache
def _salts() -> frozenset[str]:
    """Return the words for salts, which name no product ("SODIUM_1", a label of sodium phenylacetate)."""
    rows = read_table("salts.tsv", ("kind", "value", "example", "base"))
    return frozenset(row.text("value") for row in rows if row.text("kind") == "word")


def _titled(title: str, name: str) -> Candidate:
    """Take a title that goes on in small letters for a substance ("Recombinant zoster vaccine")."""
    if any(word[0].islower() for word in _WORD.findall(title)[1:]):
        return Candidate((name,), None, 0.7, "title")
    return Candidate((), title if title.lower() == name else name, 0.5, "title")


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
