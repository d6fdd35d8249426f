"""``monograph_sections``: typed sections, from the source, from headings, or from the prose.

Reads ``doc._.given_sections`` (what the format marked) and ``doc._.set_aside``, both optional;
writes ``doc._.blocks`` (paragraphs, list items, table rows), ``doc._.sections`` (plain dicts, to the
character) and ``doc.spans["sections"]``. References and product data are set aside as boilerplate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of

if TYPE_CHECKING:
    from monograph_nlp.text.blocks import Block
    from monograph_nlp.text.outline import TypedSection

_STATES_NOTHING = frozenset({"REFERENCES", "PRODUCT_DATA"})


class Sections:
    """Finds and types sections; see ``text.sectioning``."""

    def __init__(self) -> None:
        declare()

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.blocks``, ``doc._.sections`` and ``doc.spans["sections"]``."""
        from monograph_nlp.text.blocks import split_blocks
        from monograph_nlp.text.sectioning import find_sections
        from monograph_nlp.types import SourceSection

        text = text_of(doc)
        blocks = split_blocks(text)
        given = [SourceSection(**section) for section in doc._.given_sections]
        barred = [(zone["start"], zone["end"]) for zone in doc._.set_aside]
        found = find_sections(text, given, blocks, barred)
        doc._.blocks = [_plain(block) for block in blocks]
        doc._.sections = [_plain(section) for section in found]
        doc._.set_aside = _with_references(doc)
        aligned = Alignment(doc)
        spans = (aligned.span(section.start, section.end, section.label) for section in found)
        doc.spans["sections"] = [span for span in spans if span is not None]
        return doc


def _plain(row: Block | TypedSection) -> dict[str, Any]:
    """Return a row as a dict; its values are numbers and strings, which ``asdict`` would copy."""
    return {name: getattr(row, name) for name in row.__slots__}


def _with_references(doc: Doc) -> list[dict[str, object]]:
    zones = list(doc._.set_aside)
    for section in doc._.sections:
        if section["label"] in _STATES_NOTHING and section["start"] < section["end"]:
            start, end = section["start"], section["end"]
            zones = [zone for zone in zones if zone["end"] <= start or zone["start"] >= end]
            zones.append({"start": start, "end": end, "kind": "boilerplate"})
    return sorted(zones, key=lambda zone: int(zone["start"]))


@Language.factory("monograph_sections", assigns=["doc._.sections", "doc._.blocks"])
def create(nlp: Language, name: str) -> Sections:
    """Create the component; its knowledge is ``rules/sections.tsv`` and ``section_cues.tsv``."""
    return Sections()
