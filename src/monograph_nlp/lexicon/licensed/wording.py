"""How far a name of a large vocabulary can be trusted in running text.

A vocabulary of a hundred thousand names holds words that mean something else in prose. What such a
name means is not doubted when a mention is already found, so it stays to link mentions.
"""

from __future__ import annotations

from monograph_nlp.lexicon.terms import Case, Kind

_LONGEST_SHORT_FORM = 6  # characters
_SHORTEST_SURE_WORD = 8  # letters: "fall", "drop", "tension" and "iron" have other senses
_LONGEST = 120  # characters; running text has no longer names


def is_usable(text: str) -> bool:
    """Tell whether a text can be a name at all: two characters, of them a letter, and no essay.

    >>> is_usable("5-HT"), is_usable("12"), is_usable("K")
    (True, False, False)
    """
    return 2 <= len(text) <= _LONGEST and any(character.isalpha() for character in text)


def case_of(text: str, kind: Kind) -> Case:
    """Return which letters a text must have to mean the name.

    >>> case_of("DVT", "synonym"), case_of("Quixal", "brand"), case_of("Dry mouth", "name")
    ('exact', 'capital', 'any')
    """
    if kind in ("abbreviation", "code") or _is_short_form(text):
        return "exact"
    return "capital" if kind == "brand" else "any"


def can_find(text: str, kind: Kind) -> bool:
    """Tell whether a name may find mentions, not only link them: one short plain word may not.

    >>> can_find("Fall", "name"), can_find("Hip fall", "name"), can_find("DVT", "synonym")
    (False, True, True)
    """
    has_case = text.lower() != text.upper()  # Chinese has none, and its words are short
    is_plain_word = text.isalpha() and has_case and case_of(text, kind) == "any"
    return not (is_plain_word and len(text) < _SHORTEST_SURE_WORD)


def _is_short_form(text: str) -> bool:
    is_short_word = len(text) <= _LONGEST_SHORT_FORM and " " not in text
    return is_short_word and any(character.isupper() for character in text[1:])
