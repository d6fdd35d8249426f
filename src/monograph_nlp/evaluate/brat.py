"""BRAT standoff: a folder of ``.ann`` files, each beside the ``.txt`` that it annotates.

Mentions (``T``, with gaps too), attributes (``A``, ``M``), ids (``N``) and, where its type is a predicate,
relations (``R``): the object is ``Arg2``, and attributes of the relation that are named after a qualifier are its
qualifiers. Events are not counted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.gold import Gold, GoldDocument, GoldFact, GoldMention
from monograph_nlp.evaluate.gold_files import text_of
from monograph_nlp.evaluate.gold_types import assertion_of, curies
from monograph_nlp.record import vocabulary
from monograph_nlp.types import AssertionStatus

SUFFIX = ".ann"
_MENTION = re.compile(r"(?P<type>\S+) (?P<spans>\d+ \d+(?:;\d+ \d+)*)$")
_RELATION = re.compile(r"(?P<type>\S+) \S+?:(?P<subject>\S+) \S+?:(?P<object>\S+)")
_ATTRIBUTE = re.compile(r"(?P<name>\S+) (?P<of>\S+)(?: (?P<value>.+))?$")
_REFERENCE = re.compile(r"\S+ (?P<of>\S+) (?P<id>\S+)")


@dataclass(slots=True)
class _Sheet:
    """What one ``.ann`` file holds, by the ids of its lines."""

    name: str
    text: str
    mentions: dict[str, GoldMention] = field(default_factory=dict)
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)  # id → type, object
    attributes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    concepts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    left_out: Counter[str] = field(default_factory=Counter)


def read(path: Path) -> Gold:
    """Return the documents of a folder; a document's id is the name of its file without suffix.

    Raises:
        ReadError: a text is missing, or a mention's words are not at its offsets.
    """
    sheets = [_sheet(file) for file in sorted(path.rglob(f"*{SUFFIX}"))]
    says = {name for sheet in sheets for said in sheet.attributes.values() for name in said}
    has_assertions = any(assertion_of(name, "absent") for name in says)
    documents = tuple(_document(sheet, has_assertions) for sheet in sheets)
    left_out = sum((sheet.left_out for sheet in sheets), Counter[str]())
    notes = tuple(f"{count} of {kind} are not counted" for kind, count in sorted(left_out.items()))
    return Gold(
        "brat",
        documents,
        assertions=None if has_assertions else frozenset({"present"}),
        notes=notes,
    )


def _sheet(file: Path) -> _Sheet:
    sheet = _Sheet(file.name, text_of(file.with_suffix(".txt")))
    for number, line in enumerate(text_of(file).split("\n"), 1):  # words may hold other breaks
        if line.strip():
            _take(line.rstrip("\r"), f"{file.name}:{number}", sheet)
    return sheet


def _take(line: str, where: str, sheet: _Sheet) -> None:
    identifier, _, rest = line.partition("\t")
    body, _, words = rest.partition("\t")
    kind = identifier[:1]
    if kind == "T" and (match := _MENTION.match(body)):
        sheet.mentions[identifier] = _mention(match, words, sheet.text, where)
    elif kind == "R" and (match := _RELATION.match(body)):
        sheet.relations[identifier] = (match["type"], match["object"])
    elif kind in ("A", "M") and (match := _ATTRIBUTE.match(body)):
        sheet.attributes[match["of"]][match["name"]] = match["value"] or ""
    elif kind == "N" and (match := _REFERENCE.match(body)):
        sheet.concepts[match["of"]].append(match["id"])
    elif kind in ("E", "*"):
        sheet.left_out[f"{body.split(' ')[0].split(':')[0]} (events and equivalences)"] += 1
    elif kind != "#":
        raise ReadError(where, f"{line!r}", "a line of BRAT standoff", "Correct the line.")


def _mention(match: re.Match[str], words: str, text: str, where: str) -> GoldMention:
    pairs = (part.split() for part in match["spans"].split(";"))
    spans = tuple((int(start), int(end)) for start, end in pairs)
    found = " ".join(text[start:end] for start, end in spans)
    if words.split() != found.split():
        raise ReadError(
            where,
            f"{words!r}, but the text says {found!r}",
            "offsets in characters of the text",
            "Correct the line, or give the text that was annotated.",
        )
    return GoldMention(match["type"], spans, found)


def _document(sheet: _Sheet, has_assertions: bool) -> GoldDocument:
    """Return the document; where assertions are annotated, a mention without one is present."""
    mentions = {
        identifier: replace(
            mention,
            assertion=_said(sheet.attributes[identifier])
            or ("present" if has_assertions else None),
            concepts=curies(mention.type, "|".join(sheet.concepts[identifier])),
        )
        for identifier, mention in sheet.mentions.items()
    }
    facts = []
    for identifier, (kind, place) in sheet.relations.items():
        if kind in vocabulary.predicates() and place in mentions:
            facts.append(_fact(kind, mentions[place], sheet.attributes[identifier]))
        else:
            sheet.left_out[f"{kind} (no predicate, or no mention behind it)"] += 1
    return GoldDocument(
        Path(sheet.name).stem, tuple(mentions.values()), tuple(facts), text=sheet.text
    )


def _said(attributes: dict[str, str]) -> AssertionStatus | None:
    statuses = (assertion_of(name, value) for name, value in attributes.items())
    return next((status for status in statuses if status), None)


def _fact(kind: str, mention: GoldMention, attributes: dict[str, str]) -> GoldFact:
    qualifiers = {
        name.lower(): value.replace("_", " ")
        for name, value in attributes.items()
        if name.lower() in vocabulary.qualifiers()
    }
    return GoldFact(
        kind,
        (mention.text,),
        _said(attributes) or "present",
        qualifiers,
        mention.spans,
        concept=next(iter(sorted(mention.concepts)), None),
    )
