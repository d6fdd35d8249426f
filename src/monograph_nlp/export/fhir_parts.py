"""The parts that FHIR resources are made of: ids, codes, narratives, extensions."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable
from typing import TypeAlias

from monograph_nlp.export.prefixes import to_coding
from monograph_nlp.types import Argument, Concept, Fact, QualifierValue

Json: TypeAlias = "dict[str, object]"

BASE = "https://schemas.monograph-nlp.org/fhir"
# FHIR's strings, like XML 1.0, know of these only tab, line feed and carriage return
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XHTML = "http://www.w3.org/1999/xhtml"


def resource_id(*parts: str) -> str:
    """Return an id of 32 hex digits: the same for the same parts, whatever the run."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def clean(text: str) -> str:
    """Return the text with a space for each character that FHIR forbids: as long as before."""
    return _CONTROL.sub(" ", text)


def words(text: str) -> Json:
    """Return a CodeableConcept of words alone."""
    return {"text": clean(text)}


def codeable(argument: Argument) -> Json:
    """Return a CodeableConcept: the words of the text, and the codes of the concept if any."""
    return {**codes(argument.concept), "text": clean(argument.text)}


def codes(concept: Concept | None) -> Json:
    """Return the codings of a concept and of the same entry elsewhere; the first has the name.

    Other codes of the concept's own vocabulary are left out: they are its former ones.
    """
    if concept is None:
        return {}
    own = concept.id.partition(":")[0]
    others = (curie for curie in concept.xrefs if curie.partition(":")[0] != own)
    codings: list[Json] = []
    for curie in dict.fromkeys((concept.id, *others)):
        coding = to_coding(curie)
        system = {"system": coding.system} if coding.system else {}
        codings.append({**system, "code": coding.code})
    codings[0]["display"] = clean(concept.name)
    return {"coding": codings}


def narrative(*lines: str) -> Json:
    """Return what a person reads who has no program for the resource."""
    paragraphs = "".join(f"<p>{html.escape(clean(line))}</p>" for line in lines)
    return {"status": "generated", "div": f'<div xmlns="{_XHTML}">{paragraphs}</div>'}


def identifier(kind: str, value: str) -> Json:
    """Return the name that the record has for something; ``kind`` is document, record or fact."""
    return {"system": f"{BASE}/{kind}", "value": clean(value)}


def fact_extensions(fact: Fact) -> list[Json]:
    """Return the evidence, every qualifier as it stands in the record, the rule and the score."""
    found = [
        _extension(
            "evidence",
            ("start", evidence.start),
            ("end", evidence.end),
            ("text", evidence.text),
        )
        for evidence in fact.evidence
    ]
    for name, value in sorted(fact.qualifiers.items()):
        found.append(_extension("qualifier", ("name", name), ("value", value)))
    found.append(_extension("origin", ("rule", fact.rule), ("score", fact.score)))
    return found


def _extension(name: str, *parts: tuple[str, QualifierValue]) -> Json:
    inner: Iterable[Json] = ({"url": part, **_value(value)} for part, value in parts)
    return {"url": f"{BASE}/StructureDefinition/{name}", "extension": list(inner)}


def _value(value: QualifierValue) -> Json:
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, int):
        return {"valueInteger": value}
    if isinstance(value, float):
        return {"valueDecimal": value}
    return {"valueString": clean(value)}
