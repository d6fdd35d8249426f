"""Custom attributes of spans, read and written where spaCy keeps them.

``span._.name`` builds an object and asks three tables at each access, which takes a microsecond; a document has
thousands of spans that components ask again and again. What is written here is what ``span._`` reads, and
the other way round (spaCy 3: ``spacy.tokens.underscore``).
"""

from __future__ import annotations

from copy import copy
from typing import Any

from spacy.tokens import Span
from spacy.tokens.underscore import Underscore

_PREFIX = "._."  # begins the keys of custom attributes in ``doc.user_data``
_MISSING = object()


def attribute(span: Span, name: str) -> Any:
    """Return ``span._.name``; the default, of which each call gives a copy, where nothing was written.

    Raises:
        KeyError: no such attribute is declared, and none was written.
    """
    key = (_PREFIX, name, span.start_char, span.end_char)
    kept: dict[Any, Any] = span.doc.user_data
    found = kept.get(key, _MISSING)
    return copy(Underscore.span_extensions[name][0]) if found is _MISSING else found


def attributes(span: Span, *names: str) -> list[Any]:
    """Return several attributes of a span, as ``attribute`` does."""
    start, end = span.start_char, span.end_char
    kept: dict[Any, Any] = span.doc.user_data
    found = (kept.get((_PREFIX, name, start, end), _MISSING) for name in names)
    return [
        copy(Underscore.span_extensions[name][0]) if one is _MISSING else one
        for name, one in zip(names, found, strict=True)
    ]


def set_attribute(span: Span, name: str, value: Any) -> None:
    """Set ``span._.name``; spans of the same characters share it."""
    kept: dict[Any, Any] = span.doc.user_data
    kept[_PREFIX, name, span.start_char, span.end_char] = value
