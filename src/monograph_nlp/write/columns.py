"""The columns of the flat tables, in order, with their pandas types."""

from __future__ import annotations

from functools import cache

from monograph_nlp.errors import ConfigError
from monograph_nlp.record import vocabulary

_TEXT, _WHOLE, _NUMBER, _TRUTH = "string", "Int64", "Float64", "boolean"
_DTYPES = {"string": _TEXT, "integer": _WHOLE, "number": _NUMBER, "boolean": _TRUTH}

# A name alone is text; "name:type" is not.
_EVIDENCE = "evidence_start:Int64 evidence_end:Int64 evidence_text section more_evidence"
_TABLES = {
    "documents": (
        "record_id schema_version document_id source format title language sha256 "
        "characters:Int64 subject_name subject_concept_id subject_concept_name "
        "subject_concept_score:Float64 brand_names synonyms drug_classes "
        "coverage_evidence:Int64 coverage_text:Int64 coverage_boilerplate:Int64 "
        "coverage_other_language:Int64 coverage_junk:Int64 package config_hash rules_hash "
        "lexicon model text"
    ),
    "sections": (
        "record_id section_id label title loinc smpc start:Int64 end:Int64 origin score:Float64 "
        "parent state"
    ),
    "mentions": (
        "record_id mention_id label text start:Int64 end:Int64 spans section assertion "
        "concept_id concept_name concept_score:Float64 xrefs long_form source score:Float64 cues"
    ),
    "facts": (
        "record_id fact_id predicate "
        "subject_mention subject_text subject_name subject_concept_id subject_concept_name "
        "subject_concept_score:Float64 object_mention object_text object_name "
        "object_concept_id object_concept_name object_concept_score:Float64 "
        f"assertion {{qualifiers}} qualifiers {_EVIDENCE} rule score:Float64"
    ),
    "issues": f"record_id issue_id code severity message {_EVIDENCE}",
}
TABLES = tuple(_TABLES)


@cache
def columns(table: str) -> dict[str, str]:
    """Return column → pandas type of a table, in order; ``ConfigError`` if there is none."""
    if table not in _TABLES:
        raise ConfigError(
            f"table {table!r}: expected one of {', '.join(TABLES)}. Name one of them."
        )
    known = " ".join(f"{name}:{dtype}" for name, dtype in qualifiers().items())
    names = _TABLES[table].format(qualifiers=known).split()
    parts = (name.partition(":") for name in names)
    return {name: dtype or _TEXT for name, _, dtype in parts}


@cache
def qualifiers() -> dict[str, str]:
    """Return qualifier → pandas type, as the schema lists them."""
    listed = vocabulary.qualifiers()
    return {name: _DTYPES[value.get("type", "string")] for name, value in listed.items()}
