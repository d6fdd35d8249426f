"""The text of a ``Doc``, joined once.

``Doc.text`` joins the tokens at each access, and every component needs it.
"""

from __future__ import annotations

from weakref import ref

from spacy.tokens import Doc

_last: tuple[ref[Doc], int, str] | None = None


def text_of(doc: Doc) -> str:
    """Return ``doc.text``; the text of the last ``Doc`` that was asked for is kept.

    Parting and joining tokens leaves the text as it is; filling an empty ``Doc`` changes its length.
    """
    global _last
    last, length = _last, _length(doc)
    if last is not None and last[0]() is doc and last[1] == length:
        return last[2]
    text = doc.text
    _last = ref(doc), length, text
    return text


def keep_text(doc: Doc, text: str) -> None:
    """Take a text for that of a ``Doc`` that was just made from it."""
    global _last
    _last = ref(doc), _length(doc), text


def _length(doc: Doc) -> int:
    if not len(doc):
        return 0
    last = doc[len(doc) - 1]
    return int(last.idx) + len(last.text_with_ws)
