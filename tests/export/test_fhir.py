"""The bundles are FHIR R5, by a model of it that others wrote, and say what the records say."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from fhir.resources import __fhir_version__
from fhir.resources.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st
from tests.export.made import LABELS
from tests.export.made import records as made_records

from monograph_nlp.export import fhir_use
from monograph_nlp.export.fhir import write_fhir
from monograph_nlp.export.fhir_use import use_of
from monograph_nlp.export.outcome import DENIED, NO_PLACE, NO_SUBJECT, NOT_STATED, Outcome
from monograph_nlp.rules import Row, read_table
from monograph_nlp.types import Fact, Record

ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")  # https://hl7.org/fhir/R5/datatypes.html#id
BODIES = ("indication", "contraindication", "interaction", "undesirableEffect", "warning")
USES = read_table(fhir_use.USES, fhir_use.USE_COLUMNS)
QUALIFIERS = read_table(fhir_use.QUALIFIERS, fhir_use.QUALIFIER_COLUMNS)


def written(*records: Record) -> tuple[list[dict], Outcome]:
    """Write records, and read the bundles back; each has to be a valid one."""
    stream, outcome = io.BytesIO(), Outcome()
    write_fhir(records, stream, outcome)
    lines = stream.getvalue().splitlines()
    for line in lines:
        Bundle.model_validate_json(line)
    bundles = [json.loads(line) for line in lines]
    for bundle in bundles:
        holds_together(bundle)
    return bundles, outcome


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def holds_together(bundle: dict) -> None:
    """Check what no schema says: references, invariants, narratives, characters."""
    assert bundle["type"] == "collection"
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(urls)) == len(urls)
    resources = [entry["resource"] for entry in bundle["entry"]]
    known = {f"{each['resourceType']}/{each['id']}" for each in resources}
    for url, each in zip(urls, resources, strict=True):
        assert url.endswith(f"/{each['resourceType']}/{each['id']}")
        assert ID.fullmatch(each["id"])
        div = ElementTree.fromstring(each["text"]["div"])
        assert div.tag == "{http://www.w3.org/1999/xhtml}div"
        if each["resourceType"] == "ClinicalUseDefinition":
            assert {subject["reference"] for subject in each["subject"]} <= known
            assert sum(name in each for name in BODIES) == 1  # cud-1
            assert len(each.get("population", [])) == len(each.get("contained", []))  # dom-3
    for text in _strings(bundle):
        assert text
        assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


def uses(bundle: dict) -> list[dict]:
    found = [entry["resource"] for entry in bundle["entry"]]
    return [each for each in found if each["resourceType"] == "ClinicalUseDefinition"]


def product(bundle: dict) -> dict:
    return bundle["entry"][0]["resource"]


def test_the_model_is_that_of_release_5() -> None:
    assert __fhir_version__.startswith("5.")


@given(st.lists(made_records(), max_size=2))
def test_made_records_give_valid_bundles(records: list[Record]) -> None:
    _, outcome = written(*records)
    assert outcome.facts == sum(len(record.facts) for record in records)


def test_the_samples_give_valid_bundles(records: dict[str, Record]) -> None:
    bundles, outcome = written(*records.values())
    assert len(bundles) == len(records)
    assert outcome.made.keys() >= {"indication", "contraindication", "interaction", "warning"}
    assert sum(len(uses(bundle)) for bundle in bundles) == sum(
        number for name, number in outcome.made.items() if name != "bundle"
    )


@pytest.fixture
def said(sample: Record) -> dict[str, Fact]:
    """One fact of each predicate that the sample has."""
    return {fact.predicate: fact for fact in reversed(sample.facts)}


def one(record: Record, fact: Fact) -> dict:
    ((bundle,), _) = written(replace(record, facts=(fact,)))
    (use,) = uses(bundle)
    return use


def test_an_indication(sample: Record, said: dict[str, Fact]) -> None:
    fact = said["has_indication"]
    fact = replace(fact, qualifiers={**fact.qualifiers, "population": "adults"})
    use = one(sample, fact)
    assert use["type"] == "indication"
    assert use["contained"][0]["code"] == {"text": "adults"}
    assert use["population"] == [{"reference": "#population"}]
    coding = {
        "system": "http://terminology.hl7.org/CodeSystem/MSH",
        "code": "D000001",
        "display": "Testoma",
    }
    assert use["indication"] == {
        "diseaseSymptomProcedure": {"concept": {"coding": [coding], "text": "testoma"}},
        "intendedEffect": {"concept": {"text": "treatment"}},
        "diseaseStatus": {"concept": {"text": "relapsed or refractory"}},
        "otherTherapy": [
            {
                "relationshipType": {"text": "combination"},
                "treatment": {"concept": {"text": "otherdrug"}},
            }
        ],
    }


def test_evidence_qualifiers_and_score_are_extensions(
    sample: Record, said: dict[str, Fact]
) -> None:
    fact = said["has_indication"]
    evidence, *qualifiers, origin = one(sample, fact)["extension"]
    assert evidence["url"].endswith("/StructureDefinition/evidence")
    assert [tuple(part.values())[1] for part in evidence["extension"]] == [
        fact.evidence[0].start,
        fact.evidence[0].end,
        fact.evidence[0].text,
    ]
    named = [[part["valueString"] for part in each["extension"]] for each in qualifiers]
    assert dict(named) == fact.qualifiers
    assert origin["extension"][1]["valueDecimal"] == fact.score


@pytest.mark.parametrize(
    ("qualifiers", "shown"),
    [
        ({"frequency": "common"}, "common"),
        ({"rate": 2.5}, "2.5 %"),
        ({"frequency": "very common", "rate": 25.0}, "very common (25 %)"),
    ],
)
def test_an_undesirable_effect(
    sample: Record, said: dict[str, Fact], qualifiers: dict[str, object], shown: str
) -> None:
    use = one(sample, replace(said["has_adverse_event"], qualifiers=qualifiers))
    assert use["type"] == "undesirable-effect"
    assert use["undesirableEffect"]["frequencyOfOccurrence"] == {"text": shown}
    assert use["undesirableEffect"]["symptomConditionEffect"]["concept"]["text"] == "fever"


def test_an_interaction(sample: Record, said: dict[str, Fact]) -> None:
    fact = replace(
        said["combined_with"],
        predicate="interacts_with",
        qualifiers={"effect": "increases exposure", "action": "avoid"},
    )
    assert one(sample, fact)["interaction"] == {
        "interactant": [{"itemCodeableConcept": {"text": "otherdrug"}}],
        "effect": {"concept": {"text": "increases exposure"}},
        "management": [{"text": "avoid"}],
    }


def test_a_contraindicated_disease_and_a_contraindicated_medicine(
    sample: Record, said: dict[str, Fact]
) -> None:
    disease = replace(said["has_indication"], predicate="has_contraindication")
    disease = replace(disease, qualifiers={"condition": "severe"})
    body = one(sample, disease)["contraindication"]
    assert body.keys() == {"diseaseSymptomProcedure", "diseaseStatus"}
    medicine = replace(said["combined_with"], predicate="has_contraindication", qualifiers={})
    (therapy,) = one(sample, medicine)["contraindication"]["otherTherapy"]
    assert therapy["treatment"] == {"concept": {"text": "otherdrug"}}


def test_a_warning_is_about_a_population(sample: Record, said: dict[str, Fact]) -> None:
    fact = replace(said["has_indication"], predicate="has_population_guidance", qualifiers={})
    group = replace(sample.mentions[1], label="POPULATION")
    record = replace(sample, mentions=(sample.mentions[0], group, *sample.mentions[2:]))
    use = one(record, fact)
    assert use["warning"]["description"] == fact.evidence[0].text
    assert use["contained"][0]["code"] == use["warning"]["code"]


def test_the_product_has_names_substance_and_classes(sample: Record, said: dict[str, Fact]) -> None:
    fact = said["has_indication"]
    brand = replace(fact, id="b", predicate="has_brand_name")
    kind = replace(fact, id="c", predicate="has_drug_class")
    again = replace(fact, id="d", predicate="has_brand_name")
    ((bundle,), outcome) = written(replace(sample, facts=(brand, kind, again)))
    found = product(bundle)
    assert [name["productName"] for name in found["name"]] == ["Testavy", "testoma", "testamab"]
    assert found["ingredient"][0]["coding"][0]["code"] == "C000001"
    assert [each["text"] for each in found["classification"]] == ["testoma"]
    assert outcome.exported == 3


def test_another_drug_is_another_product(sample: Record, said: dict[str, Fact]) -> None:
    fact = said["has_indication"]
    other = replace(fact, id="o", subject=replace(fact.subject, name="otherdrug", concept=None))
    ((bundle,), _) = written(replace(sample, facts=(fact, other)))
    first, second = uses(bundle)
    assert first["subject"] != second["subject"]
    names = [entry["resource"]["name"][-1]["productName"] for entry in bundle["entry"][:2]]
    assert names == ["testamab", "otherdrug"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"assertion": "absent"}, DENIED),
        ({"assertion": "possible"}, NOT_STATED),
        ({"subject": None}, NO_SUBJECT),
        ({"predicate": "has_target"}, NO_PLACE),
    ],
)
def test_what_cannot_be_said_is_left_out_and_counted(
    sample: Record, said: dict[str, Fact], change: dict[str, object], reason: str
) -> None:
    fact = replace(said["has_indication"], **change)
    ((bundle,), outcome) = written(replace(sample, facts=(fact,)))
    assert (uses(bundle), outcome.left_out) == ([], {reason: 1})


def test_a_record_about_nothing_gives_no_line(sample: Record) -> None:
    bundles, outcome = written(replace(sample, subject=None, facts=()))
    assert (bundles, outcome.records) == ([], 1)


def test_a_record_without_a_drug_gives_a_line_for_a_fact_about_one(
    sample: Record, said: dict[str, Fact]
) -> None:
    (bundle,), _ = written(replace(sample, subject=None, facts=(said["has_indication"],)))
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert kinds == ["MedicinalProductDefinition", "ClinicalUseDefinition"]


def test_ids_are_stable_and_of_the_record(sample: Record) -> None:
    ((first,), _) = written(sample)
    ((again,), _) = written(sample)
    ((other,), _) = written(replace(sample, id="r-2"))
    assert first == again
    urls = [{entry["fullUrl"] for entry in bundle["entry"]} for bundle in (first, other)]
    assert not urls[0] & urls[1]


def test_former_codes_of_a_vocabulary_are_left_out(sample: Record) -> None:
    concept = replace(sample.subject.concept, xrefs=("mesh:C9", "rxnorm:1", "ours:x"))
    record = replace(sample, subject=replace(sample.subject, concept=concept), facts=())
    ((bundle,), _) = written(record)
    (substance,) = product(bundle)["ingredient"]
    assert [coding["code"] for coding in substance["coding"]] == ["C000001", "1", "ours:x"]
    assert "system" not in substance["coding"][2]


@pytest.mark.parametrize("row", USES, ids=lambda row: row.where.removeprefix("rules/"))
def test_a_use_is_what_its_example_becomes(row: Row) -> None:
    label = row.text("example").partition(":")[0]
    assert label in LABELS
    use = use_of(row.text("predicate"), label)
    assert use is not None
    assert (use.type, use.element) == (row.text("type"), row.text("element"))
    assert bool(use.relation) == (use.element == "otherTherapy")


@pytest.mark.parametrize("row", QUALIFIERS, ids=lambda row: row.where.removeprefix("rules/"))
def test_a_qualifier_stands_where_its_row_says(row: Row, sample: Record) -> None:
    predicate, label = next(
        (each.text("predicate"), each.text("example").partition(":")[0])
        for each in reversed(USES)
        if each.text("type") == row.text("type")
    )
    example = row.text("example")
    value = float(example) if row.text("qualifier") == "rate" else example
    object = replace(sample.mentions[1], label=label)
    fact = replace(sample.facts[0], predicate=predicate, qualifiers={row.text("qualifier"): value})
    record = replace(sample, mentions=(sample.mentions[0], object, *sample.mentions[2:]))
    use = one(record, fact)
    body = next(use[name] for name in BODIES if name in use)
    place = use["contained"] if row.text("element") == "population" else body[row.text("element")]
    if label != "POPULATION":
        assert example in json.dumps(place)
