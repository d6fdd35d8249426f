"""Short forms that a document uses without saying so: "DOX" where it writes "doxorubicin"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 6  # letters of a short form
_PARTS = re.compile(r"[A-Za-z]+|\d+")
_CODE = re.compile(r"[A-Z]+[ -]?\d{3,}")  # a number that a laboratory gave: no letters of a name


@lru_cache(maxsize=1 << 12)
def is_short_form(name: str) -> bool:
    """Say whether a name looks like a short form: few letters, a capital that a word has not.

    >>> [is_short_form(name) for name in ("DOX", "5-FU", "TNSs", "Aspirin", "gout", "MK-801")]
    [True, True, True, False, False, False]
    """
    letters = [letter for letter in name if letter.isalpha()]
    if not 0 < len(letters) <= _LONGEST or " " in name.strip() or _CODE.fullmatch(name):
        return False
    capitals = sum(letter.isupper() for letter in letters)
    return capitals >= 2 or len(letters) <= 3


def abbreviated(short: str, names: Iterable[str], *, is_begun: bool) -> list[str]:
    """Return the names that ``short`` may stand for.

    Where ``is_begun``, those that begin with it or whose words do, letter by letter; else those that
    hold its letters in their order, the first at a word's beginning.

    >>> abbreviated("DOX", ["docetaxel", "doxorubicin", "ketamine"], is_begun=True)
    ['doxorubicin']
    """
    bare = (
        "".join(_PARTS.findall(short)).lower().removesuffix("s" if short[-2:-1].isupper() else "")
    )
    if len(bare) < 2:
        return []
    fits = _begins if is_begun else _holds
    return [name for name in dict.fromkeys(names) if fits(bare, name.lower())]


def _begins(bare: str, name: str) -> bool:
    words = _PARTS.findall(name)
    initials = "".join(word[0] for word in words)
    is_long = len(name) >= 2 * len(bare)
    is_begun = "".join(words).startswith(bare)  # "D-Pen" begins "D-penicillamine"
    return is_long and (is_begun or (len(words) > 1 and initials == bare))


def _holds(bare: str, name: str) -> bool:
    if len(bare) < 3 or len(name) < 2 * len(bare) or bare in _PARTS.findall(name):
        return False
    for word in _PARTS.finditer(name):
        if word[0][0] == bare[0]:
            letters = iter(name[word.start() :])
            return all(letter in letters for letter in bare)
    return False
