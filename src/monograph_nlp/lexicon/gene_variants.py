"""Variants, fusions and alleles of genes, by pattern: KRAS G12C, EML4-ALK, HLA-B*57:01.

No table can list them, so the rows of ``rules/variants.tsv`` say how they are written. A pattern
counts only where the lexicon knows the gene (and, in a fusion, its partner too): study codes and
abbreviations look alike. The concept of a variant is that of its gene.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from monograph_nlp.errors import RuleError
from monograph_nlp.rules import Row, read_table
from monograph_nlp.rules.screening import Screen

COLUMNS = ("id", "label", "pattern", "name", "example", "counterexample")
_GENE_GROUPS = ("gene", "partner")
_FIELD = re.compile(r"\{(\w+)\}")
_KEPT = 4096  # symbols, as texts write them


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant as a text writes it; ``start:end`` are code points of the text that was searched.

    ``gene`` is the gene as the text writes it; in a fusion the partner that carries the kinase or
    comes last. ``name`` is the same for all ways to write the change.
    """

    start: int
    end: int
    gene: str
    name: str


def find_variants(text: str, is_gene: Callable[[str], bool] | None = None) -> list[Variant]:
    """Return the variants of known genes, in order; of two that overlap the longer, then the first.

    ``is_gene`` tells whether a symbol is known; by default, whether the open lexicon has a target of
    that name.

    >>> find_variants("active against KRAS G12C", {"KRAS"}.__contains__)
    [Variant(start=15, end=24, gene='KRAS', name='KRAS G12C')]
    """
    known = is_gene or _is_target
    patterns, screen = _patterns()
    found = [
        _variant(match, patterns[number][1])
        for number, places in screen.ranges(text).items()
        for start, end in places
        for match in patterns[number][0].finditer(text, start, end)
        if all(known(symbol) for symbol in _symbols(match))
    ]
    found.sort(key=lambda variant: (variant.start - variant.end, variant.start))
    kept: list[Variant] = []
    taken = bytearray(len(text))
    for variant in found:
        if not any(taken[variant.start : variant.end]):
            taken[variant.start : variant.end] = b"\1" * (variant.end - variant.start)
            kept.append(variant)
    return sorted(kept, key=lambda variant: variant.start)


@lru_cache(maxsize=_KEPT)
def _is_target(symbol: str) -> bool:
    from monograph_nlp.lexicon.index import open_index

    return any(
        match.spot or match.how == "name" for match in open_index().find_all(symbol, "TARGET")
    )


def _symbols(match: re.Match[str]) -> list[str]:
    groups = match.groupdict()
    return [symbol for group in _GENE_GROUPS if (symbol := groups.get(group))]


def _variant(match: re.Match[str], template: str) -> Variant:
    return Variant(*match.span(), match["gene"], template.format_map(match.groupdict()))


@cache
def _patterns() -> tuple[tuple[tuple[re.Pattern[str], str], ...], Screen]:
    rows = read_table("variants.tsv", COLUMNS, required=COLUMNS, choices={"label": ("TARGET",)})
    patterns = tuple(_compiled(row) for row in rows)
    return patterns, Screen([pattern.pattern for pattern, _ in patterns])


def _compiled(row: Row) -> tuple[re.Pattern[str], str]:
    pattern, template = row.compiled("pattern"), row.text("name")
    for group in {"gene", *_FIELD.findall(template)}:
        if group not in pattern.groupindex:
            raise RuleError(
                f"{row.where}: pattern has no group {group!r}, which the name {template!r} is made "
                f"of; expected (?P<{group}>…). Name the group, or change the name."
            )
    return pattern, template
