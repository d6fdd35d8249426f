"""TAC 2017 ADR: a folder of label XML, mentions by section, and the reactions of each label.

Offsets count in a section; the n-th source section of the record is the n-th of the label. The positive
reactions are strings: what the label says of its drug, neither denied nor of a class or of animals only.
"""

from __future__ import annotations

from pathlib import Path

from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.folding import folded
from monograph_nlp.evaluate.gold import Gold, GoldDocument, GoldMention, Spans
from monograph_nlp.evaluate.gold_files import files_of
from monograph_nlp.evaluate.xml_files import Element, root_of

ROOT = "Label"
_EVENT = "AdverseReaction"  # the other types say what is said of it, and are not mentions here


def read(path: Path) -> Gold:
    """Return the labels of a folder of XML files, or of one; a document's id is the file's stem.

    Raises:
        ReadError: a file is no XML, a mention says not where it is, or its words are not there.
    """
    return Gold("tac", tuple(_label(file) for file in files_of(path, "*.xml")))


def _label(file: Path) -> GoldDocument:
    root = root_of(file)
    sections = list(root.iter("Section"))
    texts = {section.get("id"): section.text or "" for section in sections}
    place = {section.get("id"): number for number, section in enumerate(sections)}
    mentions = tuple(
        _mention(one, texts, place, file.name)
        for one in root.iter("Mention")
        if one.get("type") == _EVENT
    )
    strings = frozenset(folded(one.get("str", "")) for one in root.iter("Reaction"))
    return GoldDocument(file.stem, mentions, parts=tuple(texts.values()), strings={_EVENT: strings})


def _mention(
    element: Element, texts: dict[str | None, str], place: dict[str | None, int], name: str
) -> GoldMention:
    where, section = f"{name}: {element.get('id')}", element.get("section")
    if section not in texts:
        raise _error(where, f"no section {section!r}", "the id of a section of the label")
    spans = _spans(element, where)
    found = " ".join(texts[section][start:end] for start, end in spans)
    if found.split() != element.get("str", "").split():
        what = f"{element.get('str')!r}, but the section says {found!r}"
        raise _error(where, what, "offsets in characters of the section")
    return GoldMention(_EVENT, spans, found, part=place[section])


def _spans(element: Element, where: str) -> Spans:
    starts, lengths = element.get("start", ""), element.get("len", "")
    try:
        pairs = list(zip(map(int, starts.split(",")), map(int, lengths.split(",")), strict=True))
    except ValueError as cause:
        what = f"start {starts!r} and len {lengths!r}"
        raise _error(where, what, "as many starts as lengths, parted by commas") from cause
    return tuple((start, start + length) for start, length in pairs)


def _error(where: str, what: str, expected: str) -> ReadError:
    return ReadError(where, what, expected, "Correct the file.")
