"""Other ways to say the same name: rows of ``rules/name_variants.tsv``, cheapest first.

A row has a pattern, what to put in its place (``|`` separates several), and a cost: 1 keeps the
meaning, 2 nearly does, 3 and more widen it. Rows are applied one after another, so that "severe
drug-induced hepatotoxic reaction" is reached in steps; the dearest step names the way.
"""

from __future__ import annotations

import heapq
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from monograph_nlp.rules import read_table
from monograph_nlp.rules.screening import Screen

TABLE = "name_variants.tsv"
COLUMNS = ("id", "how", "labels", "cost", "pattern", "replacement", "example", "expected")
HOWS = ("form", "order", "organ", "head", "substance", "cause", "drop", "split")
_REQUIRED = ("id", "how", "labels", "cost", "pattern", "example", "expected")
_DEAREST = 7  # the sum of the costs of a chain
_DEEPEST = 3  # rows in a chain
_WIDEST = 120  # names that are tried for one name
_KEPT = 1 << 12  # names, with what the rows make of them
_LONGEST = 150  # characters: what is longer is no name


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A name that says what another one does.

    ``rules`` are the ids of the rows that led there; ``dearest`` is the one that costs most, and
    ``how`` the way that it belongs to.
    """

    text: str
    how: str
    rules: tuple[str, ...]
    cost: int
    dearest: str


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    how: str
    labels: frozenset[str]
    cost: int
    pattern: re.Pattern[str]
    replacements: tuple[str, ...]


def rewritings(name: str, label: str) -> Iterator[Rewriting]:
    """Yield other names for ``name``, cheapest first, each once and never ``name`` itself.

    >>> [(r.text, r.how) for r in rewritings("epileptic", "CONDITION")]
    [('epilepsy', 'form')]
    """
    least = {name.lower(): 0}  # a name → the cost of the cheapest chain to it so far
    waiting, number = [(0, 0, 0, Rewriting(name, "", (), 0, ""))], itertools.count(1)
    while waiting and len(least) <= _WIDEST and len(name) <= _LONGEST:
        cost, _, highest, current = heapq.heappop(waiting)
        if cost > least[current.text.lower()]:
            continue  # a cheaper chain has led here
        if current.rules:
            yield current
        for rule, text in _cheaper(current, label, least):
            step = _applied(current, rule, text, rule.cost > highest)
            heapq.heappush(waiting, (step.cost, next(number), max(highest, rule.cost), step))


def _cheaper(current: Rewriting, label: str, least: dict[str, int]) -> Iterator[tuple[_Rule, str]]:
    """Yield the steps to names that no other chain has reached for so little; note what they cost."""
    if len(current.rules) == _DEEPEST:
        return
    for rule, text in _steps(current.text, label):
        cost = current.cost + rule.cost
        if cost < least.get(text.lower(), _DEAREST + 1):
            least[text.lower()] = cost
            yield rule, text


def _applied(current: Rewriting, rule: _Rule, text: str, is_dearest: bool) -> Rewriting:
    how, dearest = (rule.how, rule.id) if is_dearest else (current.how, current.dearest)
    return Rewriting(text, how, (*current.rules, rule.id), current.cost + rule.cost, dearest)


@lru_cache(maxsize=4096)
def parts(name: str, label: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to take a composite name apart; what they name must be checked.

    >>> parts("renal and hepatic failure", "CONDITION")[0]
    ('renal failure', 'hepatic failure')
    """
    if len(name) > _LONGEST:
        return ()
    found: dict[tuple[str, ...], None] = {}
    rules, screen = _rules_of(label, splits=True)
    for rule in (rules[number] for number in screen.open_to(name)):
        match = rule.pattern.fullmatch(name)
        if match:
            pieces = tuple(_clean(match.expand(piece)) for piece in rule.replacements)
            found[pieces] = None
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def _steps(text: str, label: str) -> tuple[tuple[_Rule, str], ...]:
    """Return what each row makes of a name; texts say the same names over and over."""
    steps = []
    rules, screen = _rules_of(label, splits=False)
    for rule in (rules[number] for number in screen.open_to(text)):
        match = rule.pattern.search(text)
        if match is None:
            continue
        for replacement in rule.replacements or ("",):
            new = match.expand(replacement) if "\\" in replacement else replacement
            new = _clean(text[: match.start()] + new + text[match.end() :])
            if len(new) > 1:
                steps.append((rule, new))
    return tuple(steps)


def _clean(text: str) -> str:
    """Return a name without the blanks and hyphens that a removed word leaves behind."""
    return " ".join(text.split()).strip(" -,;:/")


@lru_cache(maxsize=64)  # labels of entities, each twice
def _rules_of(label: str, *, splits: bool) -> tuple[tuple[_Rule, ...], Screen]:
    rules = tuple(r for r in _rules() if (r.how == "split") is splits and label in r.labels)
    return rules, Screen([rule.pattern.pattern for rule in rules])


@cache
def _rules() -> tuple[_Rule, ...]:
    rows = read_table(TABLE, COLUMNS, required=_REQUIRED, choices={"how": HOWS})
    return tuple(
        _Rule(
            row.text("id"),
            row.text("how"),
            frozenset(row.texts("labels")),
            int(row.number("cost", 1)),
            row.compiled("pattern", re.IGNORECASE),
            row.texts("replacement"),
        )
        for row in rows
    )
