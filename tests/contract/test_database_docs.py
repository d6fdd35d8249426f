"""The page on databases: its queries run on every database and find something, its columns are so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from spacy.language import Language

from databases import KINDS, ask
from monograph_nlp.pipeline import run
from monograph_nlp.types import Monograph, Record
from monograph_nlp.write.columns import TABLES
from monograph_nlp.write.database import load
from monograph_nlp.write.database_tables import table

PAGE = (Path(__file__).parents[2] / "docs" / "databases.md").read_text("utf-8")
QUERIES = re.findall(r"^```sql\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
# The samples are of one drug each; two versions of one leaflet show what changed.
_LEAFLET = """Erlotinib tablets

Erlotinib is a tyrosine kinase inhibitor. It inhibits the epidermal growth factor receptor.

Indications
{indications}

Contraindications
{contraindications}

Undesirable effects
Very common: rash, diarrhoea, fatigue.
"""
_VERSIONS = {
    "erlotinib-2024": {
        "indications": "Erlotinib is indicated for the treatment of pancreatic cancer.",
        "contraindications": "Erlotinib is contraindicated in patients with liver failure.",
    },
    "erlotinib-2025": {
        "indications": "Erlotinib is used for the treatment of pancreatic cancer in adults.",
        "contraindications": "Erlotinib is contraindicated in pregnancy and liver failure.",
    },
}


@pytest.fixture(scope="module")
def loaded(nlp: Language, records: dict[str, Record]) -> list[Record]:
    """The records of the samples, and of two versions of a leaflet."""
    leaflets = (
        Monograph(name, _LEAFLET.format(**texts), "text", f"{name}.txt", "0" * 64)
        for name, texts in _VERSIONS.items()
    )
    return [*records.values(), *run(nlp, leaflets)]


@pytest.fixture
def url(kind: str, fresh: Callable[[str], str], loaded: list[Record]) -> str:
    """A database of a kind, with these records in it."""
    made = fresh(kind)
    load(loaded, made)
    return made


def _meant_for(kind: str) -> Iterator[str]:
    for query in QUERIES:
        only = re.match(r"-- (\w+)\n", query)
        if only is None or only[1] == kind:
            yield query


@pytest.mark.parametrize("kind", KINDS)
def test_each_query_runs_and_finds_rows(kind: str, url: str) -> None:
    empty = [query for query in _meant_for(kind) if not ask(url, query.rstrip().rstrip(";"))]
    assert not empty


@pytest.mark.parametrize("kind", KINDS)
def test_the_queries_find_what_the_page_says(kind: str, url: str) -> None:
    def found(title: str) -> list[tuple[object, ...]]:
        (query,) = re.findall(
            rf"^{title}.*?\n\n```sql\n(.*?);\n```", PAGE, re.DOTALL | re.MULTILINE
        )
        return ask(url, query)

    events = found("Very common adverse events of kinase inhibitors")
    assert ("erlotinib", "rash", None) in events
    shared = [{row[1], row[3]} for row in found("Drugs with the same target")]
    assert {"cetuximab", "erlotinib"} in shared
    changed = [row[:3] for row in found("Changed wording")]
    assert ("erlotinib", "has_indication", "pancreatic cancer") in changed
    more = [row[:4] for row in found("What one document of a drug states and another does not")]
    assert ("erlotinib-2025", "erlotinib-2024", "has_contraindication", "pregnancy") in more
    contraindicated = [row[:2] for row in found("Contraindications by drug")]
    assert ("erlotinib", "pregnancy") in contraindicated


def test_every_database_is_among_those_that_queries_are_meant_for() -> None:
    marked = {only[1] for query in QUERIES if (only := re.match(r"-- (\w+)\n", query))}
    assert marked == set(KINDS)
    assert len(QUERIES) > 10


@pytest.mark.parametrize("name", TABLES)
def test_the_page_describes_each_column(name: str) -> None:
    (described,) = re.findall(rf"^### `{name}`\n(.*?)(?=^###|\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert str(table(name).comment) in described
    rows = [
        f"| `{column.name}` | {str(column.type).lower()} | {column.comment} |"
        for column in table(name).columns
    ]
    assert described.strip().splitlines()[-len(rows) :] == rows
