"""Records → FHIR R5, a Bundle a line: the products, and a ``ClinicalUseDefinition`` for each fact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from monograph_nlp.export.fhir_parts import (
    BASE,
    Json,
    clean,
    codeable,
    codes,
    identifier,
    narrative,
    resource_id,
    words,
)
from monograph_nlp.export.fhir_use import PRODUCT, clinical_use, use_of
from monograph_nlp.export.outcome import DENIED, NO_PLACE, NO_SUBJECT, NOT_STATED, LeftOut, Outcome
from monograph_nlp.types import Argument, Concept, Fact, Record


def write_fhir(records: Iterable[Record], stream: BinaryIO, outcome: Outcome) -> None:
    """Write a line of JSON for each record: a Bundle of the type ``collection``.

    A record without a drug and without a fact about one gives no line.

    Args:
        records: read once.
        stream: takes UTF-8.
        outcome: counts what is written.
    """
    outcome.made["bundle"] = 0  # the first that is told
    for record in records:
        outcome.records += 1
        if entries := _resources(record, outcome):
            stream.write(msgspec.json.encode(_bundle(record, entries)) + b"\n")
            outcome.made["bundle"] += 1


def _bundle(record: Record, resources: list[Json]) -> Json:
    return {
        "resourceType": "Bundle",
        "id": resource_id(record.id),
        "identifier": identifier("record", record.id),
        "type": "collection",
        "entry": [
            {"fullUrl": f"{BASE}/{each['resourceType']}/{each['id']}", "resource": each}
            for each in resources
        ],
    }


def _resources(record: Record, outcome: Outcome) -> list[Json]:
    """Return the products, then the uses in the order of the facts."""
    labels = {mention.id: mention.label for mention in record.mentions}
    products = _Products(record)
    uses: list[Json] = []
    for fact in record.facts:
        with outcome.fact():
            label = labels.get(fact.object.mention or "", "")
            use = use_of(fact.predicate, label)
            if use is None:
                raise LeftOut(NO_PLACE)
            product = products.of(fact)
            if use.type == PRODUCT:
                product.add(use.element, fact.object)
            else:
                uses.append(clinical_use(record, fact, label, use, product.id))
                outcome.made[use.type] += 1
    return [*products.resources(), *uses]


class _Product:
    """A ``MedicinalProductDefinition`` in the making."""

    def __init__(self, record: Record, name: str, concept: Concept | None) -> None:
        self.id = resource_id(record.id, "product", concept.id if concept else name.lower())
        self._record = record
        self._name = name
        self._concept = concept
        self._brands: dict[str, str] = {}
        self._classes: dict[str, Json] = {}

    def add(self, element: str, said: Argument) -> None:
        """Take a brand (``name``) or a class (``classification``); repeated ones count once."""
        if element == "name":
            self.add_brand(said.text)
        else:
            self._classes.setdefault(said.name.lower(), codeable(said))

    def add_brand(self, brand: str) -> None:
        """Take a product name; its capitals do not make it another one."""
        self._brands.setdefault(brand.lower(), brand)

    def resource(self) -> Json:
        """Return the resource with all that was taken."""
        names: list[Json] = [
            {"productName": clean(brand), "type": words("brand name")}
            for brand in self._brands.values()
        ]
        names.append({"productName": clean(self._name), "type": words("active substance")})
        document = self._record.document
        classes = {"classification": list(self._classes.values())} if self._classes else {}
        return {
            "resourceType": "MedicinalProductDefinition",
            "id": self.id,
            "text": narrative(", ".join([self._name, *self._brands.values()])),
            "identifier": [identifier("document", document.id)],
            **classes,
            "attachedDocument": [{"display": clean(document.title or document.source)}],
            "name": names,
            "ingredient": [{**codes(self._concept), "text": clean(self._name)}],
        }


class _Products:
    """The drug of the document, and every other drug that a fact is about."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._products: dict[str, _Product] = {}
        if record.subject:
            product = self._product(record.subject.name, record.subject.concept)
            for brand in record.subject.brand_names:
                product.add_brand(brand)

    def of(self, fact: Fact) -> _Product:
        """Return the product of a fact that the text states."""
        if fact.assertion != "present":
            raise LeftOut(DENIED if fact.assertion == "absent" else NOT_STATED)
        if fact.subject is None:
            raise LeftOut(NO_SUBJECT)
        return self._product(fact.subject.name, fact.subject.concept)

    def resources(self) -> list[Json]:
        """Return the resources, the drug of the document first."""
        return [product.resource() for product in self._products.values()]

    def _product(self, name: str, concept: Concept | None) -> _Product:
        key = concept.id if concept else name.lower()
        return self._products.setdefault(key, _Product(self._record, name, concept))
