"""ICD-10-CM: names of diagnoses, categories and subcategories without the encounter details."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building.choices import chosen, drop_reason
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.names import LONGEST, with_kinds

SOURCE = "icd10cm"
LABELS = ("CONDITION", "ADVERSE_EVENT")
_LONGEST_CODE = 6  # characters with the dot: deeper codes tell side, encounter or trimester


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield the codes whose names a monograph could use."""
    data, where = shelf.open(".xml")
    for code, name, terms in _codes(data, where):
        reason = _reason(code, name)
        if reason:
            tally.drop(reason)
            continue
        tally.keep()
        plain = _plain(name)
        others = [_plain(term) for term in terms if not drop_reason(SOURCE, term)]
        names = with_kinds(others, plain)
        above = (f"icd10cm:{code[:-1].rstrip('.')}",) if len(code) > 3 else ()
        yield Entry(SOURCE, f"icd10cm:{code}", LABELS, plain, names, broader=above)


def _reason(code: str, name: str) -> str:
    if len(code) > _LONGEST_CODE:
        return "a detail of an encounter"
    if len(name) > LONGEST:
        return "name too long"
    return drop_reason(SOURCE, f"{code} {name}")


def _plain(name: str) -> str:
    """Take off what a coder adds ("…, unspecified")."""
    for row in chosen(SOURCE, "name"):
        name = re.sub(row.regex("value"), "", name)
    return name


def _codes(data: bytes, where: str) -> Iterator[tuple[str, str, list[str]]]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as cause:
        raise LexiconError(
            f"{where}: not XML ({cause}); expected the tabular list. "
            "Delete the package's file and download it again."
        ) from cause
    for diagnosis in root.iter("diag"):
        code, name = diagnosis.findtext("name"), diagnosis.findtext("desc")
        if not code or not name:
            raise LexiconError(
                f"{where}:{diagnosis.sourceline}: a diagnosis without code or name; expected both. "
                "Download the pinned version of the package."
            )
        terms = [note.text or "" for note in diagnosis.iterfind("inclusionTerm/note")]
        yield code.strip(), name.strip(), [term.strip() for term in terms]
