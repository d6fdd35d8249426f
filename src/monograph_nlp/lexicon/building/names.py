"""Names as prose writes them: word order, letter case, and the kind that their shape tells."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 80  # characters; longer names are descriptions that no text repeats word for word
_WORD = re.compile(r"[^\W\d_]+|\d+")
_LETTERS = re.compile(r"[A-Z]+")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_GREEK = re.compile(r"\.([A-Z]+)\.")
_LINK = re.compile(r", (?:and|or|of|in|with|by|to|not|due|without|as|for|from|on) ")
_SYMBOL = re.compile(r"(?=.*[A-Z])(?!.*[a-z]{3})[A-Za-z0-9][A-Za-z0-9/.-]{0,10}")
_CODE = re.compile(r"[A-Z]{1,6}[- ]?\d{3,}[A-Z]{0,2}")


def natural_order(name: str) -> str:
    """Turn an index heading into the order of speech; return other names as they are.

    >>> natural_order("Kidney Failure, Acute")
    'Acute Kidney Failure'
    >>> natural_order("Ear, Nose, and Throat Diseases")
    'Ear, Nose, and Throat Diseases'
    """
    parts = name.split(", ")
    if len(parts) == 1 or len(parts) > 4 or _LINK.search(name) or "(" in name:
        return name
    if any(not part[:1].isalpha() or part.endswith("-") for part in parts):
        return name  # a systematic chemical name
    return " ".join(reversed(parts))


def natural_names(name: str, others: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return the preferred name and the other names, inverted forms turned or dropped.

    An inverted form goes where the same words stand in the order of speech.

    >>> natural_names("Failure, Kidney", ["Kidney Failure", "Insufficiency, Kidney"])
    ('Kidney Failure', ('Kidney Insufficiency',))
    """
    given = [name, *others]
    straight = {_words(text): text for text in reversed(given) if natural_order(text) == text}
    turned = [straight.get(_words(text)) or natural_order(text) for text in given]
    unique = list(dict.fromkeys(turned))
    return unique[0], tuple(unique[1:])


def lower_case(name: str) -> str:
    """Give a substance's name in capitals its usual letters back.

    Single letters, Roman numerals, and short groups beside a digit stay capital.

    >>> lower_case("VITAMIN B12"), lower_case(".ALPHA.-TOCOPHEROL"), lower_case("FACTOR VIII")
    ('vitamin B12', 'alpha-tocopherol', 'factor VIII')
    """
    text = spell_greek(name)
    return _LETTERS.sub(lambda found: _lowered(text, found), text)


def spell_greek(name: str) -> str:
    """Turn ".ALPHA." into "alpha"."""
    return _GREEK.sub(lambda found: found[1].lower(), name)


def capitalized(name: str) -> str:
    """Give a brand name in capitals its initials back; groups of two letters stay capital.

    >>> capitalized("DARZALEX FASPRO"), capitalized("TYLENOL PM")
    ('Darzalex Faspro', 'Tylenol PM')
    """
    return _LETTERS.sub(
        lambda found: found[0] if len(found[0]) < 3 else found[0].capitalize(), name
    )


def kind_of(name: str, usual: str = "synonym") -> str:
    """Return ``code`` or ``abbreviation`` where the shape of a name says so, else ``usual``.

    >>> kind_of("PCI-32765"), kind_of("ADCC"), kind_of("heart failure"), kind_of("Crohn")
    ('code', 'abbreviation', 'synonym', 'synonym')
    """
    if _CODE.fullmatch(name):
        return "code"
    return "abbreviation" if _SYMBOL.fullmatch(name) and name[1:] != name[1:].lower() else usual


def with_kinds(
    names: Iterable[str], preferred: str, usual: str = "synonym"
) -> tuple[tuple[str, str], ...]:
    """Return (text, kind) pairs: each once whatever its letters' case, without the preferred name.

    Names that are too long are left out.
    """
    unique = {preferred.casefold(): preferred}
    for name in names:
        name = name.strip()
        if name and len(name) <= LONGEST:
            unique.setdefault(name.casefold(), name)
    return tuple((name, kind_of(name, usual)) for name in list(unique.values())[1:])


def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted(_WORD.findall(text.casefold())))


def _lowered(text: str, found: re.Match[str]) -> str:
    letters = found[0]
    before = text[found.start() - 1 : found.start()] if found.start() else ""
    if len(letters) == 1 and (before.isdigit() or before == "'"):
        return letters.lower()  # "interferon alfa-2b", "Brewer's yeast"
    if len(letters) == 1 or _ROMAN.fullmatch(letters):
        return letters  # "vitamin A", "factor VIII"
    after = text[found.end() : found.end() + 2]
    if len(letters) > 2:
        return letters.lower()
    if before.isdigit() or after[:1].isdigit():
        return letters  # "CT-P39"
    # "technetium Tc-99m"
    return letters.capitalize() if after[:1] == "-" and after[1:].isdigit() else letters.lower()
