"""When two facts are one: predicate, assertion, and the object by its place, concept or names.

How alike names must be, by predicate, is in ``rules/fact_agreement.tsv``.
"""

from __future__ import annotations

import re
from functools import cache

from monograph_nlp.evaluate.gold import GoldFact, Spans
from monograph_nlp.evaluate.placing import touch
from monograph_nlp.record import vocabulary
from monograph_nlp.rules import Row, read_table
from monograph_nlp.text.content_words import content_words, similarity
from monograph_nlp.types import Argument, Fact

TABLE = "fact_agreement.tsv"
COLUMNS = ("predicate", "least", "unannotated", "example", "counterexample")
_ANY = "*"


def names_of(stated: Argument) -> tuple[str, ...]:
    """Return the names of an object: its words, its name, its concept's."""
    names = (stated.text, stated.name, stated.concept.name if stated.concept else "")
    return tuple(name for name in dict.fromkeys(names) if name)


def agree(gold: GoldFact, fact: Fact, spans: Spans) -> bool:
    """Whether a fact of a record says what a gold fact does; ``spans`` are those of its object."""
    if (gold.predicate, gold.assertion) != (fact.predicate, fact.assertion):
        return False
    if gold.spans and spans and touch(gold.spans, spans):
        return True
    if gold.concept and fact.object.concept and gold.concept == fact.object.concept.id:
        return True
    if fact.object.text in gold.names:
        return True  # the very words, be there no content word among them
    return are_alike(gold.predicate, gold.names, names_of(fact.object))


def are_alike(predicate: str, these: tuple[str, ...], those: tuple[str, ...]) -> bool:
    """Whether the objects of two facts of a predicate are one by their names.

    >>> are_alike("has_target", ("VEGF receptors",), ("VEGF receptor",))
    True
    """
    return similarity(these, those) >= _row(predicate).number("least", 0)


def is_unannotated(fact: Fact) -> bool:
    """Whether a fact is of a kind that annotators of facts by names leave out."""
    pattern = _row(fact.predicate).text("unannotated")
    return bool(pattern) and any(re.search(pattern, name, re.I) for name in names_of(fact.object))


def same_value(key: str, one: object, other: object) -> bool:
    """Whether two values of a qualifier agree; free text does where its words hold the other's.

    >>> same_value("population", "adults", "adults with gout"), same_value("frequency", "common", "very common")
    (True, False)
    """
    if (
        one == other
        or "enum" in vocabulary.qualifiers().get(key, ())
        or not (isinstance(one, str) and isinstance(other, str))
    ):
        return one == other
    these, those = content_words(one), content_words(other)
    return bool(these and those) and (these <= those or those <= these)


def _row(predicate: str) -> Row:
    return _rows().get(predicate) or _rows()[_ANY]


@cache
def _rows() -> dict[str, Row]:
    rows = read_table(TABLE, COLUMNS, required=("predicate", "least", "example", "counterexample"))
    return {row.text("predicate"): row for row in rows}
