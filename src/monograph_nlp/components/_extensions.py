"""The only place where custom attributes are declared; never with ``force``.

All values are plain (numbers, strings, lists, dicts), so that a ``Doc`` survives ``to_bytes``
and the border between processes. spaCy keys span attributes by character offsets alone: two
spans over the same characters share them, so ``doc.spans["mentions"]`` holds one span a range.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span

_DOC: dict[str, object] = {
    # [{"start", "end", "kind"}]: characters that carry no statement (BOILERPLATE …)
    "set_aside": [],
    # {"title", "drug_names", "brand_names"}: what the input states beside its text
    "given_names": {},
    # {"name", "parts", "brands", "score", "how"}: the drug that the document is about
    "subject": None,
    # keyword arguments of types.SourceSection: what the input format marked
    "given_sections": [],
    # [{"label", "title", "start", "end", "body_start", "origin", "score", …}], characters
    "sections": [],
    # [{"start", "end", "kind", "level", "header"}]: paragraphs, list items, table rows
    "blocks": [],
    # [[start, end, index of the block]]: sentences and table cells, characters
    "units": [],
    # [{"start", "end", "short", "long", "long_start", "long_end"}], characters
    "abbreviated": [],
    # [{"predicate", "object", …}]: indexes into doc.spans["mentions"]
    "relations": [],
}
_SPAN: dict[str, object] = {
    "assertion": "present",
    "cues": [],  # [[start, end], …] tokens of the words that set the assertion
    "candidates": [],  # [{"label", "id", "name", "score"}]: what else the span could be
    "fragments": [],  # [[start, end], …] characters of a discontinuous mention
    "origin": "",  # lexicon, model or rule
    "score": 0.0,  # 0..1: how sure a model is
    "support": 0.0,  # 0..1: how far a tagger holds a name of the lexicon for an adverse event
}


def declare() -> None:
    """Declare every custom attribute that is not declared yet."""
    for name, default in _DOC.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    for name, default in _SPAN.items():
        if not Span.has_extension(name):
            Span.set_extension(name, default=default)
