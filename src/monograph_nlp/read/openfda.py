"""openFDA drug labels: one label, or a search response with several, as sections.

``rules/openfda.tsv`` gives the LOINC code and the title of each field. A field that is not in it
(the schema grows) but holds strings becomes a section without a code. The ``*_table`` fields
repeat tables that the text fields hold, and are left out. White space that openFDA lost stays lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from monograph_nlp.errors import ReadError
from monograph_nlp.read.identity import Ids
from monograph_nlp.read.repair import empty, repair, whole_characters
from monograph_nlp.read.source import Source, check_kind, sha256
from monograph_nlp.rules import Row, read_table
from monograph_nlp.types import Monograph, SourceSection

_COLUMNS = ("field", "loinc", "title", "example")
_BETWEEN = "\n\n"


def read(source: Source) -> Iterator[Monograph | ReadError]:
    """Yield the labels of the file in order, and an error in the place of one without text."""
    data = source.read_bytes()
    check_kind(data, source.name, source.suffix)
    repaired = repair(data, source.name)
    values = _parse(repaired.text, source.name)
    results = values.get("results")
    labels: Sequence[object] = results if isinstance(results, list) else [values]
    if not labels:
        raise ReadError(
            source.name, "the response has no results", "at least one label", "Search again."
        )
    ids = Ids()
    for number, label in enumerate(labels, 1):
        many = len(labels) > 1
        where = f"{source.name}#{number}" if many else source.name
        try:
            if not isinstance(label, dict) or not _is_label(label):
                raise _no_label(label, where)
            digest = sha256(_canonical(label) if many else data)
            fallback = f"{source.stem}-{number}" if many else source.stem
            yield _document(label, where, digest, fallback, repaired.damage, ids)
        except ReadError as error:
            yield error


@cache
def _fields() -> Mapping[str, Row]:
    rows = read_table("openfda.tsv", _COLUMNS, required=("field", "title", "example"))
    return {row.text("field"): row for row in rows}


def _parse(text: str, where: str) -> Mapping[str, object]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as cause:
        raise ReadError(
            where, f"not JSON: {cause}", "one openFDA label or response", "Download it again."
        ) from cause
    if not isinstance(values, dict):
        raise _no_label(values, where)
    return values


def _is_label(values: Mapping[str, object]) -> bool:
    has_field = any(isinstance(values.get(field), list) for field in _fields())
    return has_field or isinstance(values.get("openfda"), dict)


def _document(
    label: Mapping[str, object],
    where: str,
    digest: str,
    fallback: str,
    damage: tuple[str, ...],
    ids: Ids,
) -> Monograph:
    texts, sections = _content(label)
    repaired = whole_characters(_BETWEEN.join(texts))
    if not repaired.text.strip():
        raise empty(where)
    names = label.get("openfda")
    openfda = names if isinstance(names, dict) else {}
    brands = _names(openfda, "brand_name")
    return Monograph(
        id=ids.take(_own_id(label) or fallback),
        text=repaired.text,
        format="openfda",
        source=where,
        sha256=digest,
        title=brands[0] if brands else "",
        sections=sections,
        drug_names=_names(openfda, "generic_name", "substance_name"),
        brand_names=brands,
        damage=damage + repaired.damage,
    )


def _content(label: Mapping[str, object]) -> tuple[list[str], tuple[SourceSection, ...]]:
    texts, sections, start = [], [], 0
    for field, parts in _narrative(label):
        row = _fields().get(field)
        title = row.text("title") if row else field.replace("_", " ").capitalize()
        loinc = (row.text("loinc") or None) if row else None
        text = _BETWEEN.join(parts)
        texts.append(text)
        end = start + len(text)
        sections.append(SourceSection(title, start, end, start, id=field, loinc=loinc))
        start = end + len(_BETWEEN)
    return texts, tuple(sections)


def _narrative(label: Mapping[str, object]) -> Iterator[tuple[str, list[str]]]:
    for field, value in label.items():
        if isinstance(value, list) and not field.endswith("_table"):
            yield whole_characters(field).text, [part for part in value if isinstance(part, str)]


def _own_id(label: Mapping[str, object]) -> str:
    given = (label.get(key) for key in ("id", "set_id"))
    own = next((value for value in given if isinstance(value, str) and value), "")
    return whole_characters(own).text


def _names(openfda: Mapping[str, object], *keys: str) -> tuple[str, ...]:
    """Return the names once each, by their first spelling."""
    names: dict[str, str] = {}
    for key in keys:
        values = openfda.get(key)
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str) and value.strip():
                names.setdefault(value.strip().casefold(), whole_characters(value.strip()).text)
    return tuple(names.values())


def _canonical(label: Mapping[str, object]) -> bytes:
    text = json.dumps(label, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return text.encode("ascii")


def _no_label(values: object, where: str) -> ReadError:
    if isinstance(values, dict):
        found = f"no openFDA label (keys: {', '.join(map(repr, list(values)[:20])) or 'none'})"
    else:
        found = f"a JSON {type(values).__name__}"
    return ReadError(
        where,
        found,
        "an object with section fields (such as 'indications_and_usage') or with 'results'",
        "Write other documents as JSONL, with a text or sections.",
    )
