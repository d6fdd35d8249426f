"""BioC, as XML and as JSON: passages (and sentences) at offsets, with annotations and relations.

An annotation's ``type`` is its type, ``identifier`` its concept, other infons may be its assertion. A relation
whose ``type`` is a predicate is a fact: its object is the node of role ``object``, or the last one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.bioc_xml import collection_of
from monograph_nlp.evaluate.gold import Gold, GoldDocument, GoldFact, GoldMention
from monograph_nlp.evaluate.gold_files import files_of, json_of
from monograph_nlp.evaluate.gold_types import assertion_of, curies
from monograph_nlp.record import vocabulary
from monograph_nlp.types import AssertionStatus

Node: TypeAlias = Mapping[str, Any]  # an object of BioC's JSON
_IDENTIFIERS = ("identifier", "Identifier", "id", "ID", "MESH", "concept")


def read(path: Path) -> Gold:
    """Return the documents of a collection, or of a folder of them.

    Raises:
        ReadError: a mention's words are not at its offsets, a part is missing, or a relation names an id that
            several annotations have.
    """
    left_out: Counter[str] = Counter()
    files = files_of(path, "*.xml", "*.json")
    found = tuple(document for file in files for document in _collection(file, left_out))
    notes = tuple(f"{count} {kind} relations are not counted" for kind, count in left_out.items())
    says = any(mention.assertion for document in found for mention in document.mentions)
    return Gold("bioc", found, assertions=None if says else frozenset({"present"}), notes=notes)


def _collection(file: Path, left_out: Counter[str]) -> list[GoldDocument]:
    is_xml = file.suffix.lower() == ".xml"
    collection: Any = collection_of(file) if is_xml else json_of(file)
    documents = collection.get("documents") if isinstance(collection, dict) else None
    if not isinstance(documents, list) or not documents:
        raise ReadError(
            file.name, "no documents", "a BioC collection", "Give another --gold-format."
        )
    try:
        return [_document(node, file.name, left_out) for node in documents]
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise ReadError(
            file.name,
            f"no BioC: {cause!r}",
            "documents, passages, annotations",
            "Correct the file.",
        ) from cause


def _document(node: Node, name: str, left_out: Counter[str]) -> GoldDocument:
    identifier, text = str(node["id"]), _text(node)
    where = f"{name}: document {identifier}"
    mentions, by_id = [], defaultdict[str, list[GoldMention]](list)
    for annotation in _of_all(node, "annotations"):
        mentions.append(_mention(annotation, text, where))
        if "id" in annotation:
            by_id[str(annotation["id"])].append(mentions[-1])
    facts = []
    for relation in _of_all(node, "relations"):
        infons, place = relation.get("infons", {}), _object(relation)
        if infons.get("type") in vocabulary.predicates() and place in by_id:
            facts.append(_fact(infons, _only(by_id[place], f"{where}, annotation {place}")))
        else:
            left_out[str(infons.get("type"))] += 1
    return GoldDocument(identifier, tuple(mentions), tuple(facts), text=text)


def _of_all(node: Node, kind: str) -> Iterator[Node]:
    """Yield the annotations or relations of a document, wherever in it they are."""
    for part in (node, *_parts(node)):
        yield from part.get(kind, ())


def _only(mentions: list[GoldMention], where: str) -> GoldMention:
    """Return the mention that a relation names by its id."""
    if len(mentions) > 1:
        raise ReadError(
            where,
            f"{len(mentions)} annotations have this id, and a relation names it",
            "an id of its own for each annotation that a relation names",
            "Number the annotations of the document through.",
        )
    return mentions[0]


def _parts(node: Node) -> Iterator[Node]:
    for passage in node["passages"]:
        yield passage
        yield from passage.get("sentences", ())


def _text(node: Node) -> str:
    """Put the passages at their offsets; what lies between them is space."""
    text = ""
    for part in _parts(node):
        words = part.get("text")
        if words and int(part["offset"]) >= len(text):
            text = text.ljust(int(part["offset"])) + words
    return text


def _mention(annotation: Node, text: str, where: str) -> GoldMention:
    infons = annotation.get("infons", {})
    kind = str(infons["type"])
    spans = tuple(
        sorted(
            (int(place["offset"]), int(place["offset"]) + int(place["length"]))
            for place in annotation["locations"]
        )
    )
    found = " ".join(text[start:end] for start, end in spans)
    if found.split() != str(annotation["text"]).split():
        raise ReadError(
            f"{where}, annotation {annotation.get('id')}",
            f"{annotation['text']!r}, but the text says {found!r}",
            "offsets in characters of the document",
            "Convert offsets that count bytes.",
        )
    identifiers = next((str(infons[key]) for key in _IDENTIFIERS if infons.get(key)), "")
    return GoldMention(kind, spans, found, _said(infons), curies(kind, identifiers))


def _said(infons: Node) -> AssertionStatus | None:
    statuses = (assertion_of(name, str(value)) for name, value in infons.items())
    return next((status for status in statuses if status), None)


def _object(relation: Node) -> str:
    nodes = relation.get("nodes") or [{}]
    chosen = [node for node in nodes if node.get("role") == "object"] or nodes[-1:]
    return str(chosen[0].get("refid"))


def _fact(infons: Node, mention: GoldMention) -> GoldFact:
    qualifiers = {key: value for key, value in infons.items() if key in vocabulary.qualifiers()}
    concept = next(iter(sorted(mention.concepts)), None)
    said = _said(infons) or "present"
    names = (mention.text,)
    return GoldFact(infons["type"], names, said, qualifiers, mention.spans, concept=concept)
