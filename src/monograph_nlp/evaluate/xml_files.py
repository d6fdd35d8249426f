"""XML of strangers: parsed without entities, external files or the network."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from lxml import etree

from monograph_nlp.errors import ReadError

Element: TypeAlias = etree._Element


def root_of(path: Path) -> Element:
    """Return the root element of a file; ``ReadError`` where it is no XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        return etree.parse(str(path), parser).getroot()
    except (etree.XMLSyntaxError, OSError) as cause:
        raise ReadError(
            str(path), f"not XML: {cause}", "a well-formed file", "Correct the file."
        ) from cause
