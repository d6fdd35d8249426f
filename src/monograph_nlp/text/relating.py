"""Units of statement → relations, by the rows of ``rules/relations.jsonl``.

A row names a predicate, the labels of its object, and a trigger; the engine finds the trigger in a
unit (or in the header over it) and takes the mentions that stand in its reach. All knowledge is in
the rows. A relation belongs to the document's subject: where another drug stands between, nothing
is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from string import digits

from monograph_nlp.rules.branches import Branches
from monograph_nlp.rules.screening import Screen
from monograph_nlp.text.asides import Asides
from monograph_nlp.text.relation_rules import Rule
from monograph_nlp.text.units import MASK, PRONOUN, Unit, UnitMention

_STOP = re.compile(
    r"[.;]\s|\blimitations? of use\b:?|\b(?=(?:the )?(?:safety|efficacy|effectiveness) (?:and|or) )",
    re.IGNORECASE,
)
_ARTICLES = ("the ", "The ", "an ", "An ", "a ", "A ")
_APPOSED = re.compile(r" (?:(?:medicines?|drugs?|agents?) )?(?:called )?")
_TO = (" for", " to", " as")  # "not indicated for" denies what comes next
_TO_NEXT = re.compile(r"\s?\b(?:for|to|as)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """One statement about the subject; ``evidence`` holds document ranges, the unit's first."""

    predicate: str
    object: int  # place among the document's mentions
    unit: Unit
    mention: UnitMention  # the object, with offsets in the unit
    assertion: str
    rule: str
    score: float
    evidence: tuple[tuple[int, int], ...]
    qualifiers: dict[str, str | float | bool] = field(default_factory=dict)


def relate(unit: Unit, rules: Sequence[Rule], screen: Screen | None = None) -> Iterator[Relation]:
    """Yield the relations that a unit states, in the order of the rules.

    Args:
        unit: a sentence, an item or a row.
        rules: the rows to apply.
        screen: of the same rows, from ``triggers_of``: which of them can fire at all.
    """
    labels = {mention.label for mention in unit.mentions if not mention.is_subject}
    if not labels:
        return
    for rule in rules if screen is None else map(rules.__getitem__, screen.open_to(unit.masked)):
        if not rule.labels.isdisjoint(labels) and _applies(rule, unit):
            yield from _by_rule(rule, unit)


def triggers_of(rules: Sequence[Rule]) -> Screen:
    """Return which rows the words of a unit leave open: those whose trigger it may hold."""
    return _triggers(tuple(_needed(rule) for rule in rules))


def _needed(rule: Rule) -> str:
    is_inside = rule.trigger and rule.direction not in ("header", "unit")
    return rule.trigger.pattern if rule.trigger and is_inside else ""


@lru_cache(maxsize=4)
def _triggers(patterns: tuple[str, ...]) -> Screen:
    return Screen(patterns)


def _applies(rule: Rule, unit: Unit) -> bool:
    if rule.sections is not None and unit.section not in rule.sections:
        return False
    if unit.section in rule.sections_not or (rule.kinds and unit.kind not in rule.kinds):
        return False
    if rule.header_not and rule.header_not.search(unit.header):
        return False
    if rule.needs == "subject":
        return unit.names_subject
    if rule.needs == "drug":
        return MASK in unit.masked or any(mention.label == "DRUG" for mention in unit.mentions)
    if rule.needs.startswith("text:"):
        return bool(re.search(rule.needs[5:], unit.masked, re.IGNORECASE))
    if rule.needs.startswith("subject-or-section:"):
        return unit.names_subject or unit.section == rule.needs.partition(":")[2]
    return True


def _by_rule(rule: Rule, unit: Unit) -> Iterator[Relation]:
    seen: set[int] = set()
    asides = Asides(rule.aside, unit.masked)
    for low, high, groups, at in _windows(rule, unit):
        if rule.guard and _is_about_another(unit, at):
            continue
        for mention in unit.mentions:
            if (
                low <= mention.start
                and mention.end <= high
                and mention.label in rule.labels
                and (not rule.ids or mention.id in rule.ids)
                and not mention.is_subject
                and mention.assertion not in rule.skip
                and mention.index not in seen
                and not (rule.object_not and rule.object_not.fullmatch(_name(unit, mention)))
                and not (mention.label == "DOSE" and _is_of_another(unit, mention))
                and not (mention.label == "DRUG_CLASS" and _is_kind_of_another(unit, mention))
                and not asides.hold(mention, is_further=bool(seen))
            ):
                seen.add(mention.index)
                yield _relation(rule, unit, mention, groups)


def _is_of_another(unit: Unit, dose: UnitMention) -> bool:
    """Say whether a drug stands right behind a dose that is not the subject ("one 5 mg tinmycin tablet")."""
    return any(
        other.label == "DRUG" and not other.is_subject and between in (" ", " of ")
        for other in unit.mentions
        if (between := unit.text[dose.end : other.start])
    )


def _is_kind_of_another(unit: Unit, kind: UnitMention) -> bool:
    """Say whether a class just tells what the drug is that is named behind it ("the antibiotic tinmycin")."""
    return unit.text.endswith(_ARTICLES, 0, kind.start) and any(
        other.label == "DRUG"
        and not other.is_subject
        and _APPOSED.fullmatch(unit.text, kind.end, other.start)
        for other in unit.mentions
    )


def _name(unit: Unit, mention: UnitMention) -> str:
    return mention.name or unit.text[mention.start : mention.end]


def _relation(rule: Rule, unit: Unit, mention: UnitMention, groups: dict[str, str]) -> Relation:
    stated = mention.assertion if mention.assertion in ("absent", "other_subject") else "present"
    stated = rule.assertion or stated
    if stated == "present" and rule.denied and _is_denied(rule.denied, unit, mention):
        stated = "absent"
    qualifiers: dict[str, str | float | bool] = {**dict(rule.qualifiers), **groups}
    for label, key in rule.qualifier_labels:
        near = [m for m in unit.mentions if m.label == label and not m.is_subject]
        if near:
            best = min(near, key=lambda m: (abs(m.start - mention.end), m.start))
            qualifiers.setdefault(key, unit.text[best.start : best.end])
    evidence = (
        (unit.start, unit.end),
        *(unit.headers if rule.direction in ("header", "unit") else ()),
    )
    return Relation(
        rule.predicate,
        mention.index,
        unit,
        mention,
        stated,
        rule.id,
        rule.score,
        evidence,
        qualifiers,
    )


def _is_denied(denied: re.Pattern[str], unit: Unit, mention: UnitMention) -> bool:
    """Say whether the sentence of a mention denies it, or the line over its list does.

    Behind the mention, "not indicated for" speaks of what comes next.
    """
    start, end = _sentence(unit, mention)
    for match in denied.finditer(unit.masked, start, end):
        is_next = match[0].lower().endswith(_TO) or _TO_NEXT.match(unit.masked, match.end(), end)
        if match.start() < mention.end or not is_next:
            return True
    over = _STOP.split(unit.header.rsplit("\n", 1)[-1])[-1].rstrip()
    return unit.kind == "item" and over.endswith(":") and bool(denied.search(over))


def _sentence(unit: Unit, mention: UnitMention) -> tuple[int, int]:
    """Return the range of the part of a unit, between its stops, that holds a mention."""
    start = max((m.end() for m in _STOP.finditer(unit.masked, 0, mention.start)), default=0)
    stop = _STOP.search(unit.masked, mention.end)
    return start, stop.start() if stop else len(unit.masked)


def _windows(rule: Rule, unit: Unit) -> Iterator[tuple[int, int, dict[str, str], int]]:
    """Yield ``(low, high, named groups, place of the trigger)`` for each place objects may stand."""
    text = unit.masked
    if rule.direction == "unit":
        for low, high in _gaps(rule, text):
            yield low, high, {}, 0
    elif rule.direction == "header":
        match = rule.trigger.search(unit.header) if rule.trigger and unit.header else None
        if match:
            yield 0, _first_stop(rule.stop, text, 0, len(text)), _groups(match, unit.header), 0
    elif rule.trigger:
        for match in rule.trigger.finditer(text):
            yield from _beside(rule, match, text, unit)


def _beside(
    rule: Rule, match: re.Match[str], text: str, unit: Unit
) -> Iterator[tuple[int, int, dict[str, str], int]]:
    groups = _groups(match, unit.text)
    start, end = match.span()
    if rule.direction in ("after", "around"):
        high = _first_stop(rule.stop, text, end, min(end + rule.reach, len(text)))
        yield end, high, groups, start
    if rule.direction in ("before", "around"):
        low = max(start - rule.reach, 0)
        low = min((m.start for m in unit.mentions if m.start < low <= m.end), default=low)
        yield _last_stop(rule.stop, text, low, start), start, groups, start


def _groups(match: re.Match[str], original: str) -> dict[str, str]:
    """Return the named groups as qualifiers; a digit tells two groups of one name apart: ``direction2``."""
    found = {}
    for group, value in match.groupdict().items():
        if value:
            name = group.rstrip(digits)
            text = (
                original[match.start(group) : match.end(group)]
                if len(original) >= match.end()
                else value
            )
            found[name] = text.strip().lower() if name in ("action", "direction") else text.strip()
    return found


def _gaps(rule: Rule, text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that no stop takes; of a stop with a group ``cut``, that alone."""
    low = 0
    for match in rule.stop.finditer(text) if rule.stop else ():
        start, end = match.span("cut" if match.groupdict().get("cut") else 0)
        yield low, start
        low = end
    yield low, len(text)


def _first_stop(stop: Branches | None, text: str, start: int, end: int) -> int:
    match = stop.search(text, start, len(text)) if stop else None
    return min(match.start(), end) if match else end


def _last_stop(stop: Branches | None, text: str, start: int, end: int) -> int:
    ends = [match.end() for match in stop.finditer(text, start, end)] if stop else []
    return ends[-1] if ends else start


def _is_about_another(unit: Unit, at: int) -> bool:
    """Say whether the last drug named before a place in the unit is not the subject."""
    others = [
        m.end for m in unit.mentions if m.label == "DRUG" and not m.is_subject and m.end <= at
    ]
    if not others:
        return False
    between = unit.masked[max(others) : at]
    before = unit.masked[: max(others)]
    return MASK not in between and not PRONOUN.search(between) and MASK not in before
