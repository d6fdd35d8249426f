"""``monograph_set_aside``: boilerplate, other languages and junk, out of the way.

Writes ``doc.spans["set_aside"]`` (labels ``boilerplate``, ``other_language``, ``junk``) and, to the
character, ``doc._.set_aside``. Later components take no mention from there. Works in any pipeline.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of


class SetAside:
    """Sets aside what carries no statement; see ``text.set_aside``."""

    def __init__(self, *, table: str, language: str) -> None:
        declare()
        self._table = table
        self._language = language

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["set_aside"]`` and ``doc._.set_aside``."""
        from monograph_nlp.text.set_aside import find_set_aside

        found = find_set_aside(text_of(doc), self._table, self._language)
        doc._.set_aside = [{"start": z.start, "end": z.end, "kind": z.kind} for z in found]
        aligned = Alignment(doc)
        spans = (aligned.span(zone.start, zone.end, zone.kind) for zone in found)
        doc.spans["set_aside"] = [span for span in spans if span is not None]
        return doc


@Language.factory(
    "monograph_set_aside",
    assigns=["doc._.set_aside"],
    default_config={"table": "boilerplate.tsv", "language": "en"},
)
def create(nlp: Language, name: str, *, table: str, language: str) -> SetAside:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: the component's name there.
        table: what is boilerplate: a file of the package's rules, or a path.
        language: ISO 639-1 code of the language that is read; text in another one is set aside.
    """
    return SetAside(table=table, language=language)
