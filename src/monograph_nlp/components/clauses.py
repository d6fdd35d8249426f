"""``monograph_clauses``: what a document says that its medicine does, and what is to be checked.

Reads ``doc._.units``, ``doc._.sections`` and ``doc.spans["subject"]``; writes ``doc.spans["clauses"]``. A span is what a
sentence says in many words ("slows down the growth of the tumour", a MECHANISM; "how well your liver works", a TEST);
targets, tests and conditions may stand inside it. Its id says which kind of clause it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of
from monograph_nlp.text.effect_clauses import effect_clauses
from monograph_nlp.text.monitoring_clauses import monitoring_clauses
from monograph_nlp.text.places import Apart, Nested
from monograph_nlp.text.registers import is_for_patients
from monograph_nlp.text.units import mask

_EFFECT, _MONITORING = "effect", "monitoring"  # ids of the spans


class Clauses:
    """Looks for clauses in the sentences of some sections."""

    def __init__(self, *, effects_in: list[str], monitoring_not_in: list[str]) -> None:
        declare()
        self._effects_in = frozenset(effects_in)
        self._monitoring_not_in = frozenset(monitoring_not_in)

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["clauses"]``, in order."""
        aligned = Alignment(doc)
        spans = (aligned.span(*found) for found in sorted(self._found(doc)))
        doc.spans["clauses"] = [span for span in spans if span is not None]
        return doc

    @staticmethod
    def _is_for_patients(doc: Doc, index: int) -> bool:
        """Whether the outermost section around one speaks to patients."""
        sections = doc._.sections
        while sections[index]["parent"] is not None:
            index = sections[index]["parent"]
        return is_for_patients(text_of(doc)[sections[index]["start"] : sections[index]["end"]])

    def _found(self, doc: Doc) -> Iterator[tuple[int, int, str, str]]:
        labels = [section["label"] for section in doc._.sections]
        places = Nested([(section["start"], section["end"]) for section in doc._.sections])
        named = sorted((span.start_char, span.end_char) for span in doc.spans.get("subject", ()))
        barred = Apart([(zone["start"], zone["end"]) for zone in doc._.set_aside])
        masked = mask(text_of(doc), named)
        for start, end, _ in doc._.units:
            if barred.touches(start, end):
                continue
            index = places.at(start)
            label = labels[index] if index is not None else ""
            if (
                label in self._effects_in
                and index is not None
                and self._is_for_patients(doc, index)
            ):
                for first, last in effect_clauses(masked[start:end]):
                    yield start + first, start + last, "MECHANISM", _EFFECT
            if label not in self._monitoring_not_in:
                for first, last in monitoring_clauses(masked[start:end]):
                    yield start + first, start + last, "TEST", _MONITORING


_EFFECTS_IN = [
    "INDICATIONS",
    "OVERVIEW",
    "SUMMARY",
    "MECHANISM_OF_ACTION",
    "CLINICAL_PHARMACOLOGY",
    "PHARMACODYNAMICS",
    "MICROBIOLOGY",
    "DESCRIPTION",
]
_MONITORING_NOT_IN = [
    "ADVERSE_REACTIONS",
    "CLINICAL_STUDIES",
    "PHARMACOKINETICS",
    "ADMINISTRATIVE",
    "COMPOSITION",
]


@Language.factory(
    "monograph_clauses",
    assigns=["doc.spans"],
    default_config={"effects_in": _EFFECTS_IN, "monitoring_not_in": _MONITORING_NOT_IN},
)
def create(
    nlp: Language, name: str, *, effects_in: list[str], monitoring_not_in: list[str]
) -> Clauses:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        effects_in: labels of the sections in which effects are looked for.
        monitoring_not_in: labels of those in which nothing that is to be checked is looked for.
    """
    return Clauses(effects_in=effects_in, monitoring_not_in=monitoring_not_in)
