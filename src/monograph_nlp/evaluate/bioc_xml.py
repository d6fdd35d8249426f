"""BioC's XML as its JSON: the same objects, so that one reader takes both."""

from __future__ import annotations

from pathlib import Path

from monograph_nlp.evaluate.xml_files import Element, root_of

_PARTS = {
    "passage": "passages",
    "sentence": "sentences",
    "annotation": "annotations",
    "relation": "relations",
}


def collection_of(path: Path) -> dict[str, object]:
    """Return the collection of a BioC XML file; ``ReadError`` where it is no XML."""
    return {"documents": [_object(element) for element in root_of(path).iter("document")]}


def _object(element: Element) -> dict[str, object]:
    """Return a document, passage, sentence, annotation or relation with what is in it."""
    found: dict[str, object] = {str(key): value for key, value in element.attrib.items()}
    found["infons"] = {one.get("key"): one.text or "" for one in element.findall("infon")}
    found["locations"] = [dict(one.attrib) for one in element.findall("location")]
    found["nodes"] = [dict(one.attrib) for one in element.findall("node")]
    for name in ("id", "offset", "text"):
        if (value := element.findtext(name)) is not None:
            found[name] = value
    for tag, name in _PARTS.items():
        found[name] = [_object(one) for one in element.findall(tag)]
    return found
