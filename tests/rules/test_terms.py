"""The first lexicon, checked as data: every row of ``terms_*.tsv`` and ``stems.tsv``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from monograph_nlp.rules import Row, read_table

COLUMNS = ("label", "name", "id", "xrefs", "synonyms", "brands", "case", "example")
STEM_COLUMNS = ("stem", "position", "label", "class", "min_length", "except", "example")
LABELS = {
    "terms_drugs.tsv": {"DRUG"},
    "terms_classes.tsv": {"DRUG_CLASS"},
    "terms_targets.tsv": {"TARGET"},
    "terms_mechanisms.tsv": {"MECHANISM"},
    "terms_findings.tsv": {"CONDITION", "ADVERSE_EVENT"},
    "terms_other.tsv": {
        "CHEMICAL", "CONDITION", "DOSE_FORM", "OUTCOME", "POPULATION", "ROUTE", "SEVERITY", "TEST",
    },
}  # fmt: skip
PREFIXES = {
    "terms_drugs.tsv": {"mesh", "unii", "drugbank"},
    "terms_classes.tsv": {"mesh", "go", "chebi"},
    "terms_targets.tsv": {"hgnc", "uniprot", "fplx", "mesh"},
    "terms_mechanisms.tsv": {"mesh", "go"},
    "terms_findings.tsv": {"mesh", "mondo", "doid"},
    "terms_other.tsv": {"mesh"},
}
SHAPES = {
    "mesh": r"[DC]\d{6,9}",
    "unii": r"[A-Z0-9]{10}",
    "drugbank": r"DB\d{5}",
    "go": r"\d{7}",
    "chebi": r"\d{1,6}",
    "hgnc": r"\d{1,5}",
    "uniprot": r"[A-Z0-9]{6}(?:[A-Z0-9]{4})?",
    "fplx": r"\w+",
    "mondo": r"\d{7}",
    "doid": r"\d{1,7}",
}
# Each is a frequent word of English or of labels: bare and in any case it would name too much.
TOO_COMMON = (
    "act all ace ar blister can cat cold damage disease effect fall impact iv kit lead met mm or "
    "ours pe ph rest reaction ret side ten treatment use was weak"
)


def _rows(file: str) -> tuple[Row, ...]:
    return read_table(
        file, COLUMNS, required=("label", "name", "example"), choices={"case": {"exact", "link"}}
    )


def _surfaces(row: Row) -> Iterator[tuple[str, bool]]:
    """Yield each surface form and whether it must match in this very case."""
    exact_row = row.text("case") == "exact"
    for form in (row.text("name"), *row.texts("synonyms"), *row.texts("brands")):
        yield form.removeprefix("="), exact_row or form.startswith("=")


def _key(form: str) -> str:
    return " ".join(form.replace("’", "'").replace("-", " ").casefold().split())


def _stems() -> tuple[Row, ...]:
    required = ("stem", "position", "label", "class", "min_length", "example")
    return read_table(
        "stems.tsv", STEM_COLUMNS, required=required, choices={"position": {"prefix", "suffix"}}
    )


def _hits(stem: Row, word: str) -> bool:
    """Tell whether the word has the stem, by the row's own terms."""
    ends = word.endswith if stem.text("position") == "suffix" else word.startswith
    long_enough = len(word) >= stem.number("min_length", 0)
    return ends(stem.text("stem")) and long_enough and word not in stem.texts("except")


def _class_of(word: str) -> str | None:
    """Return the class of the longest stem of the word: a long stem is a special case of a short."""
    found = [stem for stem in _stems() if _hits(stem, word)]
    return max(found, key=lambda stem: len(stem.text("stem"))).text("class") if found else None


@pytest.mark.parametrize("file", LABELS)
def test_labels_are_those_of_the_file(file: str) -> None:
    for row in _rows(file):
        assert row.texts("label"), row.where
        assert set(row.texts("label")) <= LABELS[file], row.where


@pytest.mark.parametrize("file", LABELS)
def test_cells_are_clean(file: str) -> None:
    for row in _rows(file):
        for column in COLUMNS:
            cell = row.text(column)
            assert "  " not in cell, row.where
            assert not re.search(r"^\||\|\||\|$|\s\||\|\s", cell), f"{row.where}: {column}"
        assert not row.text("name").startswith("="), row.where


@pytest.mark.parametrize("file", LABELS)
def test_ids_are_curies_of_the_files_vocabularies(file: str) -> None:
    for row in _rows(file):
        for curie in (*row.texts("id"), *row.texts("xrefs")):
            prefix, _, local = curie.partition(":")
            assert prefix in PREFIXES[file], f"{row.where}: {curie}"
            assert re.fullmatch(SHAPES[prefix], local), f"{row.where}: {curie}"
        assert len(row.texts("id")) <= 1, row.where
        assert row.text("id") or not row.text("xrefs"), f"{row.where}: an xref needs an id"
        assert row.text("id") not in row.texts("xrefs"), row.where


def test_gene_products_have_hgnc_ids_of_their_own() -> None:
    owners = defaultdict(list)
    for row in _rows("terms_targets.tsv"):
        if row.text("id").startswith("hgnc:"):
            owners[row.text("id")].append(row.text("name"))
    assert len(owners) > 150
    assert {curie: names for curie, names in owners.items() if len(names) > 1} == {}


def test_one_drug_has_one_id() -> None:
    owners = defaultdict(list)
    for row in _rows("terms_drugs.tsv"):
        owners[row.text("id")].append(row.text("name"))
    assert {curie: names for curie, names in owners.items() if curie and len(names) > 1} == {}


def test_no_surface_form_stands_in_two_rows() -> None:
    owners: dict[str, list[tuple[str, bool, str]]] = defaultdict(list)
    for file in LABELS:
        for row in _rows(file):
            for form, exact in _surfaces(row):
                owners[_key(form)].append((form, exact, row.where))
    for forms in owners.values():
        loose = [form for form in forms if not form[1]]
        assert len(forms) == 1 or not loose, forms
        assert len({form for form, _, _ in forms}) == len(forms), forms


@pytest.mark.parametrize("file", LABELS)
def test_examples_hold_one_of_the_names(file: str) -> None:
    for row in _rows(file):
        example = row.text("example").casefold()
        assert any(form.casefold() in example for form, _ in _surfaces(row)), row.where
        assert example.endswith("."), row.where


@pytest.mark.parametrize("file", LABELS)
def test_rows_are_sorted_by_name(file: str) -> None:
    names = [row.text("name") for row in _rows(file)]
    assert names == sorted(names, key=lambda name: (name.casefold(), name))


@pytest.mark.parametrize("file", LABELS)
def test_brands_stand_on_drugs_alone(file: str) -> None:
    branded = [row.where for row in _rows(file) if row.texts("brands")]
    assert bool(branded) == (file == "terms_drugs.tsv")


@pytest.mark.parametrize("file", LABELS)
def test_common_words_need_their_case(file: str) -> None:
    finding = [row for row in _rows(file) if row.text("case") != "link"]
    for row in finding:
        for form, exact in _surfaces(row):
            assert len(form) > 1, row.where
            assert exact or len(form) > 2 or not form.isalpha(), f"{row.where}: {form}"
            assert exact or form.casefold() not in TOO_COMMON.split(), f"{row.where}: {form}"


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Sarclisa", "isatuximab"),
        ("CD38 receptor", "CD38"),
        ("ADCC", "antibody-dependent cell-mediated cytotoxicity"),
        ("=CDC", "complement-dependent cytotoxicity"),
        ("antibody-dependent phagocytosis", "antibody-dependent cellular phagocytosis"),
        ("programmed cell death", "apoptosis"),
        ("targeted therapy", "targeted drug"),
        ("mAb", "monoclonal antibody"),
        ("feeling sick", "nausea"),
        ("high blood pressure", "hypertension"),
        ("low levels of platelets", "thrombocytopenia"),
        ("common cold", "nasopharyngitis"),
        ("anaemia", "anemia"),
        ("blood routine", "complete blood count"),
        ("objective response rate", "overall response rate"),
        ("patients with impaired renal function", "renal impairment"),
    ],
)
def test_a_form_belongs_to_its_concept(form: str, name: str) -> None:
    owners = [
        row.text("name")
        for file in LABELS
        for row in _rows(file)
        if form in (*row.texts("synonyms"), *row.texts("brands"))
    ]
    assert owners == [name]


def test_stems_are_sorted_and_named_once() -> None:
    stems = [stem.text("stem") for stem in _stems()]
    assert stems == sorted(set(stems))


def test_stems_name_a_class_of_the_lexicon() -> None:
    classes = {row.text("name") for row in _rows("terms_classes.tsv")}
    for stem in _stems():
        assert stem.text("class") in classes, stem.where
        assert stem.text("label") == "DRUG", stem.where


@pytest.mark.parametrize("stem", _stems(), ids=lambda stem: str(stem.text("stem")))
def test_a_stem_hits_its_example_and_no_exception(stem: Row) -> None:
    assert _class_of(stem.text("example")) == stem.text("class")
    bare = Row(stem.where, {**stem.values, "except": ""})
    for word in stem.texts("except"):
        assert not _hits(stem, word)
        assert _hits(bare, word), f"{stem.where}: {word} would not be hit anyway"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("isatuximab", "chimeric monoclonal antibody"),
        ("trastuzumab", "humanized monoclonal antibody"),
        ("daratumumab", "human monoclonal antibody"),
        ("tocilizumab", "humanized monoclonal antibody"),
        ("dostarlimab", "monoclonal antibody"),
        ("trametinib", "MEK inhibitor"),
        ("aripiprazole", "antipsychotic"),
        ("nystatin", None),
        ("somatostatin", None),
        ("pentostatin", None),
        ("cholesterol", None),
        ("april", None),
        ("cocaine", None),
    ],
)
def test_the_longest_stem_decides(word: str, expected: str | None) -> None:
    assert _class_of(word) == expected
