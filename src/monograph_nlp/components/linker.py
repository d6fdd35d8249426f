"""``monograph_linker``: which concept a mention is, or none.

Exact name → variant by rule → long form of an abbreviation → abstain. Writes ``span.kb_id_`` (a
CURIE) and ``span._.candidates``: the chosen concept first, with the reason. A name of the document's
subject links to the subject.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.components._extensions import declare
from monograph_nlp.lexicon.match import Match


class Linker:
    """Links each mention to the embedded lexicon, gated by its label."""

    def __init__(self) -> None:
        declare()

    def __call__(self, doc: Doc) -> Doc:
        """Write ``span.kb_id_`` and ``span._.candidates`` of every mention."""
        long_forms = {(row["start"], row["end"]): row["long"] for row in doc._.abbreviated}
        subject = doc._.subject or {}
        own = {name.lower(): subject["name"] for name in subject.get("brands", ())}
        spans = list(doc.spans.get("mentions", ()))
        text = doc.text  # put together anew at each access
        for span in spans:
            long = long_forms.get((span.start_char, span.end_char))
            name = _words(text, span)
            match = _match(own.get(name.lower(), name), long, span.label_)
            if match:
                span.kb_id_ = match.term.id or ""
                others = [c for c in span._.candidates if "id" not in c]
                span._.candidates = [_plain(match), *others]
        if spans:  # a group gives out copies, and takes what is set on them when it is made
            doc.spans["mentions"] = spans
        return doc


def _words(text: str, span: Span) -> str:
    """Return a mention's words; of a discontinuous one, those of its fragments."""
    return " ".join(text[start:end] for start, end in span._.fragments) or span.text


def _match(name: str, long_form: str | None, label: str) -> Match | None:
    from monograph_nlp.lexicon.index import open_index

    index = open_index()
    if long_form:  # the document's own definition outweighs what a short form means elsewhere
        match = index.find(long_form)
        if match and label in match.term.labels:
            return replace(match, how="long_form")
    match = index.find(name)
    return match if match and label in match.term.labels else None


def _plain(match: Match) -> dict[str, object]:
    return {
        "id": match.term.id,
        "name": match.term.name,
        "score": match.score,
        "xrefs": list(match.term.xrefs),
        "why": match.explain(),
    }


@Language.factory("monograph_linker")
def create(nlp: Language, name: str) -> Linker:
    """Create the component over the embedded lexicon."""
    return Linker()
