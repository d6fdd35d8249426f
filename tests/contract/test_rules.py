"""Adding a row is adding its test: each row of a rules file is run on its own example.

``cues.jsonl`` is run in tests/components/test_context.py, ``openfda.tsv`` in tests/read, the terms
and the stems in tests/rules/test_terms.py, ``relations.jsonl`` and its phrases in tests/text/test_relating.py,
``qualifiers.tsv`` and the tables of frequencies in tests/text, ``hyphenated.tsv`` in
tests/components/test_tokenizer.py, ``medicine_tags.tsv`` in tests/contract/test_shipped_lexicon.py, the other
tables of the lexicon in tests/lexicon, ``mention_edges.tsv`` in tests/tagging, ``registers.tsv`` in
tests/text/test_registers.py, the tables of clauses and ``class_heads.tsv`` in tests/text, ``antibody_sources.tsv``, ``fact_narrowing.tsv`` and ``frequency_bands.tsv`` in tests/record, ``content_words.tsv`` in tests/text,
``fact_agreement.tsv`` and ``gold_types.tsv`` in tests/evaluate, ``qualifier_changes.tsv`` in tests/diff; the tables of exports in tests/export; ``lexicon_sources.tsv`` also at every build, which looks for the
example of each row.
"""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.rules import Row, read_table
from monograph_nlp.text.headings import (
    find_headings,
    section_labels,
    type_of_heading,
    type_of_loinc,
)
from monograph_nlp.text.language import language_of
from monograph_nlp.text.normalize import COLUMNS, normalize
from monograph_nlp.text.set_aside import find_set_aside
from monograph_nlp.text.subject import find_subject

TABLES = {
    "boilerplate.tsv": ("kind", "scope", "pattern", "example", "counterexample"),
    "characters.tsv": COLUMNS,
    "entities.tsv": ("id", "label", "pattern", "example", "counterexample"),
    "expected_sections.tsv": ("style", "label", "example"),
    "languages.tsv": ("language", "words", "example"),
    "roles.tsv": ("role", "kind", "pattern", "example"),
    "section_cues.tsv": ("label", "weight", "cue", "example"),
    "sections.tsv": ("label", "loinc", "smpc", "style", "heading", "example"),
    "subject.tsv": ("id", "score", "pattern", "example"),
}
ELSEWHERE = {
    "antibody_sources.tsv", "biolink_categories.tsv", "biolink_predicates.tsv", "capital_units.tsv", "class_heads.tsv", "content_words.tsv", "cues.jsonl", "drug_induced.tsv", "effect_clauses.tsv", "export_labels.tsv", "export_prefixes.tsv", "fact_agreement.tsv", "fact_narrowing.tsv", "fhir_qualifiers.tsv", "fhir_uses.tsv", "frequencies.tsv", "frequency_bands.tsv", "frequency_places.tsv", "gold_types.tsv", "hyphenated.tsv",
    "lexicon_choices.tsv", "lexicon_packages.tsv", "lexicon_sources.tsv", "link_scores.tsv", "list_scopes.tsv",
    "meddra_labels.tsv", "medicine_tags.tsv", "mention_edges.tsv", "mesh_former.tsv", "monitoring_clauses.tsv", "name_policy.tsv", "name_variants.tsv",
    "openfda.tsv", "other_arms.tsv", "qualifier_changes.tsv", "qualifiers.tsv", "rate_context.tsv", "registers.tsv", "relation_phrases.tsv", "relations.jsonl", "rrf_sources.tsv", "rrf_term_types.tsv",
    "salts.tsv", "spelling.tsv", "stems.tsv", "terms_classes.tsv", "terms_drugs.tsv",
    "terms_findings.tsv", "terms_mechanisms.tsv", "terms_other.tsv", "terms_targets.tsv",
    "umls_semantic_types.tsv", "variants.tsv",
}  # fmt: skip
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*|[A-Z])\.?\s+(?=\S\S)")
_QUOTED = re.compile(r"`([^`]+)`")


def _rows(file: str, **cells: str) -> list[Row]:
    rows = read_table(file, TABLES[file])
    return [row for row in rows if all(row.text(key) == value for key, value in cells.items())]


def _where(row: Row) -> str:
    return row.where.removeprefix("rules/")


def _read(cell: str) -> str:
    """Read a cell of the characters table, where escapes are written out."""
    return cell.encode("ascii").decode("unicode_escape")


def test_every_rules_file_has_its_test() -> None:
    held = {entry.name for entry in files("monograph_nlp.rules").iterdir()}
    assert {name for name in held if name.endswith((".tsv", ".jsonl"))} == TABLES.keys() | ELSEWHERE


@pytest.mark.parametrize("row", _rows("characters.tsv", kind="char"), ids=_where)
def test_a_character_is_replaced(row: Row) -> None:
    before, after = _read(row.text("from")), _read(row.text("to"))
    assert normalize(f"x{before}5").text == f"x{after}5"


@pytest.mark.parametrize(
    "row",
    [*_rows("characters.tsv", kind="behind"), *_rows("characters.tsv", kind="front")],
    ids=_where,
)
def test_a_pattern_parts_its_example(row: Row) -> None:
    examples = _QUOTED.findall(row.text("note"))
    assert examples
    for example in examples:
        expected, times = re.subn(row.regex("from"), _read(row.text("to")), example)
        assert times == 1
        assert normalize(example).text == expected != example


HEADINGS = [row for row in _rows("sections.tsv") if row.text("style") not in ("loinc", "run_in")]


@pytest.mark.parametrize("row", HEADINGS, ids=_where)
def test_a_heading_is_typed(row: Row) -> None:
    example = row.text("example")
    words = _NUMBER.sub("", example).removesuffix(":")
    assert re.fullmatch(row.regex("heading"), words, re.IGNORECASE)
    kind = type_of_heading(example)
    assert kind is not None
    assert kind.label == row.text("label")


@pytest.mark.parametrize("row", _rows("sections.tsv", style="run_in"), ids=_where)
def test_a_heading_that_lost_its_line_break_is_found(row: Row) -> None:
    example = row.text("example")
    (heading,) = find_headings(example, run_in=True)
    assert heading.type is not None
    assert heading.type.label == row.text("label")
    assert (heading.start, heading.title) == (0, example[: heading.end])
    assert heading.end < len(example)
    assert re.match(row.regex("heading"), example, re.IGNORECASE)


LOINC = _rows("sections.tsv", style="loinc")


@pytest.mark.parametrize("row", LOINC, ids=_where)
def test_a_loinc_code_is_typed(row: Row) -> None:
    kind = type_of_loinc(row.text("loinc"))
    assert kind is not None
    assert (kind.label, kind.loinc) == (row.text("label"), row.text("loinc"))
    assert kind.smpc == (row.text("smpc") or None)


def test_loinc_codes_are_unique_and_headings_agree_with_them() -> None:
    labels = {row.text("loinc"): row.text("label") for row in LOINC}
    assert len(labels) == len(LOINC) == 109
    for row in _rows("sections.tsv"):
        code = row.text("loinc")
        if code:
            assert re.fullmatch(r"\d{5,6}-\d", code), row.where
            assert labels[code] == row.text("label"), row.where


@pytest.mark.parametrize("row", _rows("section_cues.tsv"), ids=_where)
def test_a_section_cue_is_in_its_example(row: Row) -> None:
    assert re.search(row.regex("cue"), row.text("example"), re.IGNORECASE)
    assert row.text("label") in section_labels()
    assert 0 < row.number("weight", 0) <= 4


@pytest.mark.parametrize("row", _rows("boilerplate.tsv"), ids=_where)
def test_boilerplate_is_set_aside_and_its_counterexample_is_not(row: Row) -> None:
    example, counter = row.text("example"), row.text("counterexample")
    pattern = re.compile(row.regex("pattern"), re.IGNORECASE)
    if row.text("scope") == "line":
        assert pattern.match(example)
        found = find_set_aside(example)
        assert [(z.start, z.end, z.kind) for z in found] == [(0, len(example), row.text("kind"))]
    else:
        found = find_set_aside(example)
        places = [match.span() for match in pattern.finditer(example)]
        assert [(z.start, z.end) for z in found] == places != []
        assert {z.kind for z in found} == {row.text("kind")}
    assert find_set_aside(counter) == ()


@pytest.mark.parametrize("row", _rows("languages.tsv"), ids=_where)
def test_a_language_is_told(row: Row) -> None:
    assert language_of(row.text("example")) == row.text("language")
    words = row.text("words").split()
    assert words == [word.lower() for word in dict.fromkeys(words)]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


@pytest.mark.parametrize("row", _rows("entities.tsv"), ids=_where)
def test_an_entity_is_found(nlp: Language, row: Row) -> None:
    patterns = nlp.create_pipe("monograph_patterns")
    fired, held = (patterns(nlp.make_doc(row.text(key))) for key in ("example", "counterexample"))
    found = {(span.id_, span.label_) for span in fired.spans["patterns"]}
    assert (row.text("id"), row.text("label")) in found
    assert row.text("id") not in {span.id_ for span in held.spans["patterns"]}


def _with_role(nlp: Language, doc: Doc, place: tuple[int, int], role: str, section: str) -> str:
    """Return the label of a finding that the other role would get if no row applied."""
    other = {"CONDITION": "ADVERSE_EVENT", "ADVERSE_EVENT": "CONDITION"}[role]
    mentions = nlp.create_pipe("monograph_mentions")
    span = doc.char_span(*place)
    doc.spans["lexical"] = [Span(doc, span.start, span.end, label=f"{other}|{role}")]
    doc._.sections = [{"label": section, "start": 0, "end": len(doc.text)}]
    return str(mentions(doc).spans["mentions"][0].label_)


@pytest.mark.parametrize("row", _rows("roles.tsv"), ids=_where)
def test_a_role_is_given(nlp: Language, row: Row) -> None:
    role, kind, example = row.text("role"), row.text("kind"), row.text("example")
    if kind == "section":
        doc = nlp.make_doc("Rash")
        section = "OTHER" if row.text("pattern") == "*" else row.text("pattern")
        assert _with_role(nlp, doc, (0, 4), role, section) == role
        return
    before, mention, after = example.split("|")
    pattern = row.regex("pattern")
    fires = re.search(f"(?:{pattern})$", before, re.I) if kind == "before" else None
    assert fires or re.match(pattern, after, re.I)
    section = "ADVERSE_REACTIONS" if role == "CONDITION" else "OTHER"
    place = (len(before), len(before + mention))
    assert _with_role(nlp, nlp.make_doc(before + mention + after), place, role, section) == role


@pytest.mark.parametrize("row", _rows("subject.tsv"), ids=_where)
def test_a_subject_is_introduced(row: Row) -> None:
    pattern, example = re.compile(row.regex("pattern")), row.text("example")
    match = pattern.search(example)
    assert match
    groups = {key: value.lower() for key, value in match.groupdict().items() if value}
    assert groups.keys() == pattern.groupindex.keys() <= {"drug", "brand"}
    assert groups.get("drug", "examplinib") == "examplinib"
    assert groups.get("brand", "zynovia").startswith("zynovia")
    found = find_subject(
        example,
        "",
        drug_score=lambda name: float(name == "examplinib"),
        substance_of=lambda name: None,
    )
    assert found is not None
    assert found.name == ("examplinib" if "drug" in groups else "zynovia")
    assert "brand" not in groups or "zynovia" in [brand.lower() for brand in found.brands]


@pytest.mark.parametrize("row", _rows("expected_sections.tsv"), ids=_where)
def test_an_expected_section_is_known_by_its_heading(row: Row) -> None:
    kind = type_of_heading(row.text("example"))
    assert kind is not None
    assert kind.label == row.text("label")
    assert row.text("style") in ("us", "smpc", "leaflet")
