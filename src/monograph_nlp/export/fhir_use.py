"""A fact → a ``ClinicalUseDefinition`` of FHIR R5, as the rules say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from monograph_nlp.export.fhir_parts import (
    Json,
    clean,
    codeable,
    fact_extensions,
    identifier,
    narrative,
    resource_id,
    words,
)
from monograph_nlp.rules import read_table
from monograph_nlp.types import Fact, Record

USES = "fhir_uses.tsv"
USE_COLUMNS = ("predicate", "labels", "type", "element", "relation", "example")
QUALIFIERS = "fhir_qualifiers.tsv"
QUALIFIER_COLUMNS = ("type", "qualifier", "element", "relation", "example")
PRODUCT = "product"  # the type of what is said in the MedicinalProductDefinition instead
# type → the element that holds what is particular to it
_BODIES = {
    "indication": "indication",
    "contraindication": "contraindication",
    "interaction": "interaction",
    "undesirable-effect": "undesirableEffect",
    "warning": "warning",
}
TYPES = frozenset({PRODUCT, *_BODIES})


@dataclass(frozen=True, slots=True)
class Use:
    """Where a fact goes: the type of the resource, and the element that takes the object."""

    type: str
    element: str
    relation: str


def use_of(predicate: str, label: str) -> Use | None:
    """Return where facts with a predicate and an object of a label go; None where nowhere."""
    rows = _uses().get(predicate, ())
    return next((use for labels, use in rows if not labels or label in labels), None)


def clinical_use(record: Record, fact: Fact, label: str, use: Use, product: str) -> Json:
    """Return the resource of a fact.

    Args:
        record: that holds the fact.
        fact: one that the text states.
        label: of the mention that is the object; empty where none is.
        use: as ``use_of`` gives it.
        product: id of the MedicinalProductDefinition that it is about.
    """
    group = _population(fact, label, use)
    body = {use.element: _ELEMENTS[use.element](codeable(fact.object), use.relation)}
    body |= _qualified(fact, use, body)
    if use.type == "warning":
        body["description"] = clean(fact.evidence[0].text)
    rest = "; ".join(f"{name}: {value}" for name, value in sorted(fact.qualifiers.items()))
    said = f"{use.type}: {fact.object.text}" + (f" ({rest})" if rest else "")
    return {
        "resourceType": "ClinicalUseDefinition",
        "id": resource_id(record.id, fact.id),
        "text": narrative(said, f"“{fact.evidence[0].text}”"),
        **({"contained": [group]} if group else {}),
        "extension": fact_extensions(fact),
        "identifier": [identifier("fact", f"{record.id}/{fact.id}")],
        "type": use.type,
        "subject": [{"reference": f"MedicinalProductDefinition/{product}"}],
        **({"population": [{"reference": "#population"}]} if group else {}),
        _BODIES[use.type]: body,
    }


def _population(fact: Fact, label: str, use: Use) -> Json | None:
    """Return the group that the fact is about: that of a qualifier, or the object itself."""
    row = _qualifiers().get((use.type, "population"))
    named = fact.qualifiers.get("population") if row else None
    group: Json = {"resourceType": "Group", "id": "population", "type": "person"}
    group["membership"] = "definitional"
    if label == "POPULATION":
        return {**group, "code": codeable(fact.object)}
    return {**group, "code": words(str(named))} if named else None


def _qualified(fact: Fact, use: Use, body: Json) -> Json:
    """Return the elements that take a qualifier; an element that is taken gets no other one."""
    found: Json = {}
    for (type, name), row in _qualifiers().items():
        value = fact.qualifiers.get(name)
        if type != use.type or value is None or row.element in body or name == "population":
            continue
        shown = f"{value:g} %" if isinstance(value, float) else str(value)
        before = found.get(row.element)
        if isinstance(before, dict):  # frequency, then rate
            shown = f"{before['text']} ({shown})"
        found[row.element] = _ELEMENTS[row.element](words(shown), row.relation)
    return found


def _concept(concept: Json, relation: str) -> object:
    return concept


def _referable(concept: Json, relation: str) -> object:
    return {"concept": concept}


def _therapy(concept: Json, relation: str) -> object:
    return [{"relationshipType": words(relation), "treatment": {"concept": concept}}]


def _interactant(concept: Json, relation: str) -> object:
    return [{"itemCodeableConcept": concept}]


def _several(concept: Json, relation: str) -> object:
    return [concept]


# element → how R5 wants a concept in it
_ELEMENTS: dict[str, Callable[[Json, str], object]] = {
    "code": _concept,
    "diseaseStatus": _referable,
    "diseaseSymptomProcedure": _referable,
    "effect": _referable,
    "frequencyOfOccurrence": _concept,
    "intendedEffect": _referable,
    "interactant": _interactant,
    "management": _several,
    "otherTherapy": _therapy,
    "symptomConditionEffect": _referable,
}
_USE_ELEMENTS = frozenset({*_ELEMENTS, "name", "classification"})
_QUALIFIER_ELEMENTS = frozenset({*_ELEMENTS, "population"})


@cache
def _uses() -> dict[str, tuple[tuple[tuple[str, ...], Use], ...]]:
    found: dict[str, tuple[tuple[tuple[str, ...], Use], ...]] = {}
    choices = {"type": TYPES, "element": _USE_ELEMENTS}
    required = ("predicate", "type", "element", "example")
    for row in read_table(USES, USE_COLUMNS, required=required, choices=choices):
        use = Use(row.text("type"), row.text("element"), row.text("relation"))
        name = row.text("predicate")
        found[name] = (*found.get(name, ()), (row.texts("labels"), use))
    return found


@cache
def _qualifiers() -> dict[tuple[str, str], Use]:
    """(Type, qualifier) → where the qualifier goes, in the order of the table."""
    choices = {"type": TYPES - {PRODUCT}, "element": _QUALIFIER_ELEMENTS}
    required = ("type", "qualifier", "element", "example")
    return {
        (row.text("type"), row.text("qualifier")): Use(
            row.text("type"), row.text("element"), row.text("relation")
        )
        for row in read_table(QUALIFIERS, QUALIFIER_COLUMNS, required=required, choices=choices)
    }
