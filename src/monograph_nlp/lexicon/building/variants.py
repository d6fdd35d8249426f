"""The shape that the two dictionary packages share: variant → canonical names, canonical → data."""

from __future__ import annotations

from collections import defaultdict

from monograph_nlp.errors import LexiconError
from monograph_nlp.rules import Value


def table(dictionary: Value, key: str, where: str) -> dict[str, Value]:
    """Return one of a dictionary's tables; ``LexiconError`` where it is missing or no table."""
    found = dictionary.get(key) if isinstance(dictionary, dict) else None
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise LexiconError(
            f"{where}: holds no table {key!r}; expected the layout of the pinned version. "
            "Download the pinned version of the package."
        )
    return found


def variants_of(dictionary: Value, noun: str, where: str) -> dict[str, tuple[str, ...]]:
    """Return canonical name → variants that lead to it alone."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for variant, canonicals in table(dictionary, f"{noun}_variant_to_canonical", where).items():
        if isinstance(canonicals, list) and len(canonicals) == 1:
            found[str(canonicals[0])].append(variant)
    return {canonical: tuple(variants) for canonical, variants in found.items()}
