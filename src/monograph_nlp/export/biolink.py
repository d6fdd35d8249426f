"""What a label and a predicate of a record are in the Biolink model, as the rules say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from monograph_nlp.rules import read_table
from monograph_nlp.types import QualifierValue

CATEGORIES = "biolink_categories.tsv"
CATEGORY_COLUMNS = ("label", "prefix", "category", "example")
PREDICATES = "biolink_predicates.tsv"
PREDICATE_COLUMNS = (
    "predicate", "labels", "qualifier", "value", "biolink", "qualified_predicate", "aspect",
    "direction", "mechanism", "denied", "example",
)  # fmt: skip
SYNONYM = "synonym"  # stands in the column ``biolink`` where a fact gives a node another name
ANY = "biolink:NamedThing"


@dataclass(frozen=True, slots=True)
class Statement:
    """How a kind of fact is said in the Biolink model; empty where it has nothing to say."""

    predicate: str
    qualified_predicate: str
    aspect: str
    direction: str
    mechanism: str
    denied: str  # the predicate to negate where the text denies the fact; empty: leave it out
    chosen_by: str  # the qualifier that chose the row, and that the statement therefore says


@dataclass(frozen=True, slots=True)
class _Row:
    labels: tuple[str, ...]
    value: str
    statement: Statement

    def fits(self, label: str, qualifiers: Mapping[str, QualifierValue]) -> bool:
        is_label = not self.labels or label in self.labels
        chosen_by = self.statement.chosen_by
        return is_label and (not chosen_by or qualifiers.get(chosen_by) == self.value)


def category(label: str, curie: str) -> str:
    """Return the category of a thing with a label and an id; ``biolink:NamedThing`` if none is known."""
    prefix = curie.partition(":")[0]
    found = _categories()
    return found.get((label, prefix)) or found.get((label, "")) or ANY


def statement(
    predicate: str, label: str, qualifiers: Mapping[str, QualifierValue]
) -> Statement | None:
    """Return the first row that fits a fact; None where the table has none.

    Args:
        predicate: of the fact.
        label: of the mention that is the object; empty where none is.
        qualifiers: of the fact.
    """
    rows = _statements().get(predicate, ())
    return next((row.statement for row in rows if row.fits(label, qualifiers)), None)


@cache
def _categories() -> dict[tuple[str, str], str]:
    rows = read_table(CATEGORIES, CATEGORY_COLUMNS, required=("label", "category", "example"))
    return {(row.text("label"), row.text("prefix")): row.text("category") for row in rows}


@cache
def _statements() -> dict[str, tuple[_Row, ...]]:
    found: dict[str, tuple[_Row, ...]] = {}
    required = ("predicate", "biolink", "example")
    for row in read_table(PREDICATES, PREDICATE_COLUMNS, required=required):
        said = Statement(
            row.text("biolink"),
            row.text("qualified_predicate"),
            row.text("aspect"),
            row.text("direction"),
            row.text("mechanism"),
            row.text("denied"),
            row.text("qualifier"),
        )
        entry = _Row(row.texts("labels"), row.text("value"), said)
        found[row.text("predicate")] = (*found.get(row.text("predicate"), ()), entry)
    return found
