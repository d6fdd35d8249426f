"""What a record may say: labels, predicates, assertions and qualifiers, as its JSON Schema lists them, in its order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from monograph_nlp.record.validate import schema_text


@cache
def schema() -> Mapping[str, Any]:
    """Return the newest schema of a record; not to be changed."""
    parsed: dict[str, Any] = json.loads(schema_text())
    return parsed


def properties(part: str) -> Mapping[str, Any]:
    """Return property → what the schema says of it, of one of the schema's ``$defs``."""
    found: dict[str, Any] = schema()["$defs"][part]["properties"]
    return found


@cache
def labels() -> tuple[str, ...]:
    """Return the labels that a mention may have."""
    return tuple(properties("mention")["label"]["enum"])


@cache
def predicates() -> tuple[str, ...]:
    """Return the predicates that a fact may have."""
    return tuple(properties("fact")["predicate"]["enum"])


@cache
def assertions() -> tuple[str, ...]:
    """Return what may hold of a mention or a fact: that it is so, is not, may be."""
    return tuple(schema()["$defs"]["assertion"]["enum"])


@cache
def issue_codes() -> tuple[str, ...]:
    """Return the codes that an issue may have."""
    return tuple(properties("issue")["code"]["enum"])


@cache
def target_actions() -> tuple[str, ...]:
    """Return what a drug may do to a target; ``action`` is free text in facts of other predicates."""
    return tuple(
        schema()["$defs"]["fact"]["then"]["properties"]["qualifiers"]["properties"]["action"][
            "enum"
        ]
    )


def qualifiers() -> Mapping[str, Any]:
    """Return qualifier → what the schema says of its values."""
    return properties("qualifiers")
