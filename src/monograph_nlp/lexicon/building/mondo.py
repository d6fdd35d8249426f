"""MONDO: diseases, named by the newest release, with the cross-references of an older one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
import pyarrow as pa

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building.choices import chosen, drop_reason
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.names import natural_order, with_kinds
from monograph_nlp.lexicon.building.obo import Node, curies
from monograph_nlp.lexicon.building.packages import MEMBER_LIMIT
from monograph_nlp.lexicon.building.tabular import json_value

SOURCE = "mondo"


class _Term(msgspec.Struct):
    label: str
    deprecated: bool
    ancestors: dict[str, int]
    synonyms: list[str] = []


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield the diseases of humans; obsolete terms, animal diseases and groupings stay out."""
    data, where = shelf.open(".json.zst")
    terms = json_value(_unpack(data, where), where, dict[str, _Term])
    links = _links(shelf)
    roots = {row.text("value"): row.texts("gives") for row in chosen(SOURCE, "root")}
    for curie, term in terms.items():
        reason = _reason(curie, term, roots)
        if reason:
            tally.drop(reason)
            continue
        tally.keep()
        yield _entry(curie, term, links, roots)


def _reason(curie: str, term: _Term, roots: Mapping[str, tuple[str, ...]]) -> str:
    if term.deprecated:
        return "obsolete"
    above = {curie, *term.ancestors}
    if not any(labels for root, labels in roots.items() if root in above):
        return "outside the subtrees taken"
    if any(not labels for root, labels in roots.items() if root in above):
        return "inside a subtree left out"
    return drop_reason(SOURCE, term.label)


def _entry(
    curie: str,
    term: _Term,
    links: Mapping[str, tuple[str, ...]],
    roots: Mapping[str, tuple[str, ...]],
) -> Entry:
    above = {curie, *term.ancestors}
    labels = next(labels for root, labels in roots.items() if root in above)
    name = natural_order(term.label)
    others = [natural_order(text) for text in term.synonyms if not drop_reason(SOURCE, text)]
    parents = sorted(parent for parent, steps in term.ancestors.items() if steps == 1)
    return Entry(
        SOURCE,
        curie.lower(),
        labels,
        name,
        with_kinds(others, name),
        links.get(curie.lower(), ()),
        tuple(parent.lower() for parent in parents),
    )


def _links(shelf: Shelf) -> dict[str, tuple[str, ...]]:
    data, where = shelf.open("mondo.json")
    nodes = json_value(data, where, list[Node])
    return {f"mondo:{node.id}": curies(SOURCE, node.xrefs) for node in nodes}


def _unpack(data: bytes, where: str) -> bytes:
    try:
        with pa.CompressedInputStream(pa.BufferReader(data), "zstd") as stream:
            raw: bytes = stream.read(MEMBER_LIMIT + 1)
    except (OSError, ValueError) as cause:
        raise LexiconError(
            f"{where}: cannot be decompressed ({cause}); expected Zstandard. "
            "Delete the package's file and download it again."
        ) from cause
    if len(raw) > MEMBER_LIMIT:
        raise LexiconError(
            f"{where}: unpacks to more than {MEMBER_LIMIT} bytes; expected less. "
            "Do not use this file; download the pinned version."
        )
    return raw
