"""The sample corpus keeps the contract: every quote stands where the gold says it does."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from monograph_nlp.types import AssertionStatus

CORPUS = Path(__file__).parents[2] / "corpus"
LABELS = {
    *("ADVERSE_EVENT", "CHEMICAL", "CONDITION", "DOSE", "DOSE_FORM", "DRUG", "DRUG_CLASS"),
    *("FREQUENCY", "MECHANISM", "OUTCOME", "POPULATION", "ROUTE", "SCHEDULE", "SEVERITY"),
    *("TARGET", "TEST"),
}
OBJECT_LABELS = {  # predicate → the labels that its object may have
    "has_brand_name": {"DRUG"},
    "has_drug_class": {"DRUG_CLASS"},
    "has_target": {"TARGET"},
    "has_mechanism_of_action": {"MECHANISM"},
    "has_indication": {"CONDITION"},
    "combined_with": {"DRUG", "DRUG_CLASS"},
    "has_contraindication": {"CONDITION", "DRUG", "DRUG_CLASS", "POPULATION"},
    "interacts_with": {"DRUG", "DRUG_CLASS", "CHEMICAL"},
    "has_adverse_event": {"ADVERSE_EVENT"},
    "has_dosage": {"DOSE"},
    "requires_monitoring": {"TEST"},
    "has_population_guidance": {"POPULATION"},
    "has_outcome": {"OUTCOME"},
}
QUALIFIERS = {
    *("action", "combination", "comparator_rate", "condition", "direction", "effect"),
    *("frequency", "grade", "guidance", "indication", "line", "management", "population"),
    *("rate", "regimen", "route", "schedule", "serious", "use", "value"),
}
FREQUENCIES = {"very common", "common", "uncommon", "rare", "very rare", "not known"}
FORMATS = {
    *(".csv", ".docx", ".html", ".json", ".jsonl", ".md", ".parquet", ".pdf", ".tsv", ".txt"),
    *(".txt.gz", ".xml"),
}


def _load_anchor() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_anchor", CORPUS / "anchor.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


anchor = _load_anchor()
GOLD = {path.stem: gold for path, gold in anchor.load().items()}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    found: dict[str, str] = anchor.texts([gold["source"] for gold in GOLD.values()])
    return found


def _samples() -> list[Path]:
    beside = {"README.md", "anchor.py", "bars.toml", "results.json"}
    return [path for path in CORPUS.iterdir() if path.is_file() and path.name not in beside]


def test_gold_is_named_after_its_document() -> None:
    assert len(GOLD) >= 12
    assert {stem: gold["id"] for stem, gold in GOLD.items()} == {stem: stem for stem in GOLD}


def test_every_sample_is_annotated_in_full(texts: dict[str, str]) -> None:
    assert {gold["source"] for gold in GOLD.values()} == {path.name for path in _samples()}
    assert set(texts) == set(GOLD)


def test_every_input_format_has_a_sample() -> None:
    assert {"".join(path.suffixes) for path in _samples()} == FORMATS


@pytest.mark.parametrize("stem", GOLD)
def test_gold_quotes_the_text(stem: str, texts: dict[str, str]) -> None:
    assert list(anchor.problems(GOLD[stem], texts[stem])) == []


@pytest.mark.parametrize("stem", GOLD)
def test_sections_stand_apart_or_nest(stem: str, texts: dict[str, str]) -> None:
    ends: list[int] = []
    for section in GOLD[stem]["sections"]:
        assert 0 <= section["start"] < section["end"] <= len(texts[stem])
        ends = [end for end in ends if end > section["start"]]
        assert all(section["end"] <= end for end in ends), section
        ends.append(section["end"])


@pytest.mark.parametrize("stem", GOLD)
def test_mentions_are_of_the_contract(stem: str) -> None:
    mentions = GOLD[stem]["mentions"]
    assert {mention["label"] for mention in mentions} <= LABELS
    assert {mention["assertion"] for mention in mentions} <= set(get_args(AssertionStatus))
    assert all(mention["text"].strip() == mention["text"] != "" for mention in mentions)
    assert len({mention["id"] for mention in mentions}) == len(mentions)
    places = [str(mention["spans"]) for mention in mentions]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("stem", GOLD)
def test_facts_are_of_the_contract(stem: str) -> None:
    mentions = {mention["id"]: mention for mention in GOLD[stem]["mentions"]}
    facts = GOLD[stem]["facts"]
    assert len({fact["id"] for fact in facts}) == len(facts)
    for fact in facts:
        mention = mentions[fact["object"]["mention"]]
        assert mention["label"] in OBJECT_LABELS[fact["predicate"]], fact
        assert mention["text"] == fact["object"]["text"]
        assert fact["assertion"] in get_args(AssertionStatus)
        assert set(fact["qualifiers"]) <= QUALIFIERS
        assert fact["qualifiers"].get("frequency", "rare") in FREQUENCIES


@pytest.mark.parametrize("stem", GOLD)
def test_evidence_holds_the_object(stem: str) -> None:
    mentions = {mention["id"]: mention for mention in GOLD[stem]["mentions"]}
    for fact in GOLD[stem]["facts"]:
        (start, end), *_ = mentions[fact["object"]["mention"]]["spans"]
        quotes = [(quote["start"], quote["end"]) for quote in fact["evidence"]]
        assert any(low <= start and end <= high for low, high in quotes), fact


def test_the_corpus_covers_every_predicate_and_denial() -> None:
    facts = [fact for gold in GOLD.values() for fact in gold["facts"]]
    assert {fact["predicate"] for fact in facts} == set(OBJECT_LABELS)
    assert {fact["assertion"] for fact in facts} == {"present", "absent", "other_subject"}


@pytest.mark.parametrize("stem", GOLD)
def test_anchor_finds_every_quote_after_a_shift(stem: str, texts: dict[str, str]) -> None:
    shifted = "A line that a reader put first.\n\n" + texts[stem].replace("\n\n", "\n")
    assert list(anchor.problems(GOLD[stem], shifted))
    moved = anchor.anchor(GOLD[stem], shifted)
    assert list(anchor.problems(moved, shifted)) == []
    assert [mention["text"].split() for mention in moved["mentions"]] == [
        mention["text"].split() for mention in GOLD[stem]["mentions"]
    ]


def test_anchor_reports_a_quote_that_is_gone() -> None:
    with pytest.raises(anchor.LostQuoteError, match="nausea"):
        anchor.find_near("Fever and rash were seen.", "nausea", 0, (0, 25))


@pytest.mark.parametrize("stem", GOLD)
def test_the_readme_counts_what_the_gold_holds(stem: str) -> None:
    gold = GOLD[stem]
    assertions = [fact["assertion"] for fact in gold["facts"]]
    counts = [len(gold["sections"]), len(gold["mentions"]), len(gold["facts"])]
    counts += [assertions.count("absent"), assertions.count("other_subject")]
    row = f"| `{gold['source']}` | `{stem}` |"
    lines = (CORPUS / "README.md").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line.startswith(row)]
    assert line.endswith(f"| {' | '.join(map(str, counts))} |")
