"""Facts by their names: JSON files that say what a document states, with no place in it.

``{"doc", "subject": {"name"}, "facts": [{"predicate", "text", "aliases", "qualifiers", "quote"}]}``; a qualifier that
is null is not stated. Only what is present is annotated.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.gold import Gold, GoldDocument, GoldFact
from monograph_nlp.evaluate.gold_files import files_of, json_of
from monograph_nlp.evaluate.gold_types import qualifier_of
from monograph_nlp.types import QualifierValue

KEYS = {"doc", "facts"}


def read(path: Path) -> Gold:
    """Return the documents of a file or folder; ``ReadError`` where one is not of this form."""
    documents = tuple(_document(file) for file in files_of(path, "*.json"))
    return Gold("facts", documents, assertions=frozenset({"present"}), leaves_out=True)


def _document(path: Path) -> GoldDocument:
    value: Any = json_of(path)
    try:
        subject = value.get("subject") or {}
        facts = tuple(_fact(fact) for fact in value["facts"])
        return GoldDocument(value["doc"], facts=facts, subject=subject.get("name"))
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise ReadError(
            str(path), f"no facts of a document: {cause!r}", "doc and facts", "Correct the file."
        ) from cause


def _fact(value: Mapping[str, Any]) -> GoldFact:
    predicate = value["predicate"]
    qualifiers: dict[str, QualifierValue] = {
        qualifier_of(predicate, key): said
        for key, said in (value.get("qualifiers") or {}).items()
        if said is not None
    }
    names = (value["text"], *value.get("aliases", ()))
    return GoldFact(predicate, names, "present", qualifiers, quote=value.get("quote", ""))
