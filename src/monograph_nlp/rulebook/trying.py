"""A row of the relations table on its own example: does it state what it says, and nothing else?

In an example ``{Examplinib}`` marks the subject, ``<o>…</o>`` the object, ``<x>…</x>`` what could be one and is none, ``<DRUG>…</>`` another mention with
its label, and a leading ``[LABEL]`` the section.
"""

from __future__ import annotations

import re

from monograph_nlp.rules import Row
from monograph_nlp.text.blocks import split_blocks
from monograph_nlp.text.relating import Relation, relate
from monograph_nlp.text.relation_rules import Rule, compiled
from monograph_nlp.text.sentences import split_units
from monograph_nlp.text.units import UnitMention, build_units

MARK = re.compile(
    r"\{(?P<subject>[^}]+)\}|<(?P<kind>[ox])>(?P<object>.+?)</[ox]>|<(?P<label>[A-Z_]+)>(?P<other>.+?)</>"
)
_SECTION = re.compile(r"\[(\w*)\] ?")


def stated(
    marked: str, rules: tuple[Rule, ...], label: str, section: str = "", assertion: str = "present"
) -> list[Relation]:
    """Return what rows state of a marked text.

    Args:
        marked: the text; a section that it names itself goes before ``section``.
        rules: the rows.
        label: of the objects.
        section: that the text stands in.
        assertion: of the objects.
    """
    if given := _SECTION.match(marked):
        section, marked = given[1], marked[given.end() :]
    text, mentions, done = "", [], 0
    for index, mark in enumerate(MARK.finditer(marked)):
        text += marked[done : mark.start()]
        mentions.append(_mention(mark, index, len(text), label, assertion, rules))
        text += _words(mark)
        done = mark.end()
    text += marked[done:]
    blocks = split_blocks(text)
    units = build_units(
        text, blocks, list(split_units(text, blocks)), [(0, len(text), section)], mentions
    )
    return [relation for unit in units for relation in relate(unit, rules)]


def objects_of(marked: str) -> list[str]:
    """Return what a marked text says are objects, in order."""
    return [mark["object"] for mark in MARK.finditer(marked) if mark["kind"] == "o"]


def fault_of(row: Row) -> str:
    """Return what is wrong with a row by its own example and counterexample; empty where nothing is.

    Raises:
        RuleError: the row cannot be compiled.
    """
    rule = compiled(row)
    label, section = row.texts("object")[0], (row.texts("sections") or ("",))[0]
    example, counterexample = row.text("example"), row.text("counterexample")
    found = stated(example, (rule,), label, section)
    objects = [one.unit.text[one.mention.start : one.mention.end] for one in found]
    wanted = objects_of(example)
    if len(wanted) != 1:
        return f"the example marks {len(wanted)} objects with <o>…</o>; expected one"
    if objects != wanted:
        return f"in its example it finds {objects or 'nothing'}; expected {wanted}"
    if not MARK.search(counterexample):
        return "the counterexample marks no mention; expected what the row must leave alone"
    if stated(counterexample, (rule,), label, section):
        return "it fires on its counterexample; expected that it does not"
    return ""


def _mention(
    mark: re.Match[str],
    index: int,
    start: int,
    label: str,
    assertion: str,
    rules: tuple[Rule, ...],
) -> UnitMention:
    is_object = bool(mark["object"])
    kind = label if is_object else mark["label"] or "DRUG"
    ids = [name for rule in rules for name in rule.ids if is_object]
    return UnitMention(
        index,
        kind,
        start,
        start + len(_words(mark)),
        assertion if is_object else "present",
        bool(mark["subject"]),
        *ids[:1],
    )


def _words(mark: re.Match[str]) -> str:
    return mark["subject"] or mark["object"] or mark["other"]
