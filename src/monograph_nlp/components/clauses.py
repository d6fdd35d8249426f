"""``monograph_clauses``: what a document says that its medicine does, and what is to be checked.

Reads ``doc._.units``, ``doc._.sections`` and ``doc.spans["subject"]``; writes ``doc.spans["clauses"]``. A span is what a
sentence says in many words ("slows down the growth of the tumour", a MECHANISM; "how well your liver works", a TEST);
targets, tests and conditions may stand inside it. Its id says which kind of clause it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of
from monograph_nlp.text.effect_clauses import effect_clauses
from monograph_nlp.text.monitoring_clauses import monitoring_clauses
from monograph_nlp.text.places import Apart, Nested
from monograph_nlp.text.registers import Readers
from monograph_nlp.text.relation_rules import read_rules
from monograph_nlp.text.units import mask

_CLAUSES: dict[str, tuple[str, Callable[[str], Iterator[tuple[int, int]]]]] = {
    "effect": ("MECHANISM", effect_clauses),
    "monitoring": ("TEST", monitoring_clauses),
}
"""Id of the spans → their label, and what finds them in a sentence."""

_TO_PATIENTS = "effect"  # professionals are told names of effects, which the lexicon has


class Clauses:
    """Looks for clauses in the sections in which a row of the relations table takes them for objects."""

    def __init__(self, *, table: str) -> None:
        declare()
        rules = read_rules(table)  # whose other ids are of rows of the table of patterns
        self._rules = [(name, rule) for rule in rules for name in rule.ids if name in _CLAUSES]

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["clauses"]``, in order."""
        aligned = Alignment(doc)
        spans = (aligned.span(*found) for found in sorted(self._found(doc)))
        doc.spans["clauses"] = [span for span in spans if span is not None]
        return doc

    def _found(self, doc: Doc) -> Iterator[tuple[int, int, str, str]]:
        sections = [(section["start"], section["end"]) for section in doc._.sections]
        labels = [section["label"] for section in doc._.sections]
        places, readers = Nested(sections), Readers(text_of(doc), sections)
        named = sorted((span.start_char, span.end_char) for span in doc.spans.get("subject", ()))
        barred = Apart([(zone["start"], zone["end"]) for zone in doc._.set_aside])
        masked = mask(text_of(doc), named)
        for start, end, _ in doc._.units:
            if barred.touches(start, end):
                continue
            index = places.at(start)
            label = labels[index] if index is not None else ""
            for name in self._open_in(label):
                if name == _TO_PATIENTS and (index is None or not readers.are_patients(index)):
                    continue
                kind, find = _CLAUSES[name]
                for first, last in find(masked[start:end]):
                    yield start + first, start + last, kind, name

    def _open_in(self, label: str) -> Iterator[str]:
        for name, rule in self._rules:
            if label not in rule.sections_not and (rule.sections is None or label in rule.sections):
                yield name


@Language.factory(
    "monograph_clauses", assigns=["doc.spans"], default_config={"table": "relations.jsonl"}
)
def create(nlp: Language, name: str, *, table: str) -> Clauses:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: the component's name there.
        table: the relations table whose rows take clauses for objects: a file of the package's rules,
            or a path.
    """
    return Clauses(table=table)
