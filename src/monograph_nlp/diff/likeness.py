"""When two names are one, though written otherwise: carefully, for opposites are often one letter apart."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from monograph_nlp.lexicon.spelling import fold
from monograph_nlp.text.content_words import content_words

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SAME_WORD = 85  # per cent of the letters of two spellings of a word
_SAME_START = 4  # letters; "hyper" and "hypo", "increased" and "decreased" part here
_MOSTLY = 0.8  # of the words, where one name has a word more
_LEAST_WORDS = 2  # of a name that may be part of another


def name_words(name: str) -> frozenset[str]:
    """Return the words of a name that tell what it is, the same in US and UK spelling, singular and plural.

    >>> name_words("Dyspnoea") == name_words("dyspnea")
    True
    """
    return content_words(fold(name))


def are_near(one: str, other: str) -> bool:
    """Whether two names are most likely one.

    >>> are_near("haemorrhagic cystitis", "cystitis hemorrhagic"), are_near("hypokalemia", "hyperkalemia")
    (True, False)
    >>> are_near("type 1 diabetes", "type 2 diabetes"), are_near("infusion related reaction", "infusion reaction")
    (False, True)
    """
    these, those = name_words(one), name_words(other)
    if not these or not those or sorted(_NUMBER.findall(one)) != sorted(_NUMBER.findall(other)):
        return False
    if these == those:
        return True
    shared = 2 * len(these & those) / (len(these) + len(those))
    if these < those or those < these:
        return min(len(these), len(those)) >= _LEAST_WORDS and shared >= _MOSTLY
    return _spelt_alike(content_words(one), content_words(other))


def _spelt_alike(these: frozenset[str], those: frozenset[str]) -> bool:
    """Whether each word has a counterpart that is spelt nearly so, from the start."""
    these, those = these - those, those - these
    pairs = zip(sorted(these), sorted(those), strict=False)
    return len(these) == len(those) and all(
        one[:_SAME_START] == other[:_SAME_START] and fuzz.ratio(one, other) >= _SAME_WORD
        for one, other in pairs
    )
