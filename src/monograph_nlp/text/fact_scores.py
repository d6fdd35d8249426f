"""How often facts like this one are right: a logistic scale over what is known of the fact and of its object.

The weights are in ``data/fact_scores.json``; ``training.fit_fact_scores`` counted them on annotated leaflets and labels, where
a fact is right if the gold has its object under its predicate. Of a predicate that no gold has, the rule's own score stays.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from monograph_nlp.errors import ConfigError

_EVENT = "has_adverse_event"
_SURE = 0.98  # the farthest from 0.5 that a score counts


@dataclass(frozen=True, slots=True)
class Traits:
    """What a fact's score depends on."""

    predicate: str
    rule: str
    origin: str  # of the object's mention: lexicon, rule or model
    score: float  # of the mention, 0..1; only a model's counts
    is_named: bool  # whether the object has a concept
    is_apart: bool  # whether its words stand apart
    is_repeated: bool  # whether the text says it in several places


def fact_score(traits: Traits) -> float | None:
    """Return how likely a fact is right, 0..1, or None where no gold has its predicate."""
    weights = weights_of_traits()
    if f"predicate {traits.predicate}" not in weights:
        return None
    return round(probability(traits, weights), 3)


def probability(traits: Traits, weights: Mapping[str, float]) -> float:
    """Return the logistic of the weighted traits; a trait without a weight counts nothing.

    >>> probability(Traits("p", "r", "rule", 0.0, False, False, False), {})
    0.5
    """
    total = sum(weights.get(name, 0.0) * value for name, value in named(traits))
    return 1 / (1 + math.exp(-total))


def named(traits: Traits) -> Iterator[tuple[str, float]]:
    """Yield the traits that a fact has as numbers, each with its name."""
    yield "every fact", 1.0
    yield f"predicate {traits.predicate}", 1.0
    yield "concept", float(traits.is_named)
    yield "apart", float(traits.is_apart)
    yield "repeated", float(traits.is_repeated)
    if traits.predicate == _EVENT:
        yield f"rule {traits.rule}", 1.0
        yield f"origin {traits.origin}", 1.0
        if traits.origin == "model":
            yield "score of the mention", log_odds(traits.score)


def log_odds(score: float) -> float:
    """Return the log odds of a score.

    >>> log_odds(0.5)
    0.0
    """
    held = min(max(score, 1 - _SURE), _SURE)
    return math.log(held / (1 - held))


class _File(msgspec.Struct):
    weights: dict[str, float]


@cache
def weights_of_traits() -> Mapping[str, float]:
    """Return trait → weight.

    Raises:
        ConfigError: the file is missing or damaged.
    """
    source = files("monograph_nlp.data") / "fact_scores.json"
    try:
        return msgspec.json.decode(source.read_bytes(), type=_File).weights
    except (OSError, msgspec.MsgspecError) as cause:
        raise ConfigError(
            f"{source}: no weights of facts ({cause}); expected the file as it was installed. "
            "Install the package anew."
        ) from cause
