"""JSON Lines: one document a line, as one text or as sections.

Values are the caller's characters: they are taken as they are, so that the caller's own offsets
hold. Only lone surrogates, which no file can be written with, are replaced, one to one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from monograph_nlp.errors import ReadError
from monograph_nlp.read.identity import Ids
from monograph_nlp.read.repair import whole_characters
from monograph_nlp.read.source import Source, check_kind, line_too_long, lines, sha256
from monograph_nlp.types import Monograph, SourceSection

_BETWEEN = "\n\n"
_KEYS = '{"id", "title"?, "text"} or {"id", "title"?, "sections": [{"text", …}]}'


def read(source: Source) -> Iterator[Monograph | ReadError]:
    """Yield the documents in order, and an error in the place of each line that is none."""
    ids = Ids()
    is_empty = True
    with source.open() as stream:
        for number, line in enumerate(lines(stream.readline, source.limits.max_line_bytes), 1):
            where = f"{source.name}:{number}"
            if number == 1 and line is not None:
                check_kind(line, source.name, source.suffix)
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line is not None and not line.strip():
                continue
            is_empty = False
            if line is None:
                yield line_too_long(where, source.limits.max_line_bytes)
                continue
            try:
                yield _document(line.rstrip(b"\r\n"), where, f"{source.stem}-{number}", ids)
            except ReadError as error:
                yield error
    if is_empty:
        raise ReadError(source.name, "the file is empty", "one document a line", f"Write {_KEYS}.")


def _document(line: bytes, where: str, fallback: str, ids: Ids) -> Monograph:
    values = _parse(line, where)
    texts, sections = _content(values, where)
    repaired = whole_characters(_BETWEEN.join(texts))
    if not repaired.text.strip():
        raise _error(where, "there is no text in it", "a document with text")
    return Monograph(
        id=ids.take(_label(values, "id", where) or fallback),
        text=repaired.text,
        format="jsonl",
        source=where,
        sha256=sha256(line),
        title=_label(values, "title", where),
        sections=sections,
        damage=repaired.damage,
    )


def _parse(line: bytes, where: str) -> Mapping[str, object]:
    try:
        values = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as cause:
        raise _error(where, f"byte {cause.start} of the line is not UTF-8", "UTF-8") from cause
    except (ValueError, RecursionError) as cause:
        raise _error(where, f"not JSON: {cause}", "one JSON object a line") from cause
    if not isinstance(values, dict):
        raise _error(where, f"a JSON {type(values).__name__}", "a JSON object")
    return values


def _content(
    values: Mapping[str, object], where: str
) -> tuple[list[str], tuple[SourceSection, ...]]:
    text, given = values.get("text"), values.get("sections")
    if isinstance(text, str) and given is None:
        return [text], ()
    if text is not None or not isinstance(given, list) or not given:
        found = ", ".join(values) or "no keys"
        raise _error(where, f"neither a text nor a list of sections (keys: {found})", _KEYS)
    texts, sections, start = [], [], 0
    for index, entry in enumerate(given):
        place = f"{where} sections[{index}]"
        body = entry.get("text") if isinstance(entry, dict) else None
        if not isinstance(body, str):
            raise _error(place, "no text", 'an object with a "text"')
        texts.append(body)
        sections.append(
            SourceSection(
                title=_label(entry, "title", place),
                start=start,
                end=start + len(body),
                body_start=start,
                id=_label(entry, "id", place) or None,
                label=_label(entry, "label", place) or None,
            )
        )
        start += len(body) + len(_BETWEEN)
    return texts, tuple(sections)


def _label(values: Mapping[str, object], key: str, where: str) -> str:
    """Return a short value as a string, empty where it is missing; a number counts as one."""
    value = values.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _error(where, f"{key} is a {type(value).__name__}", f"{key} as a string")
    return whole_characters(str(value).strip()).text


def _error(where: str, what: str, expected: str) -> ReadError:
    return ReadError(where, what, expected, "Correct the line; the others are still read.")
