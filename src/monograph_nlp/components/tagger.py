"""``monograph_tagger``: what a learned model takes for names, as ``doc.spans["tagged"]``.

Reads ``doc.spans["lexical"]``, which the model is told of. A span's label is the record's label for the
model's head, several joined by ``|`` where the role depends on the context; ``span._.score`` says how sure the
model is, and ``span._.fragments`` holds the exact characters where they are not those of whole tokens, or stand
apart. Words that turn a statement (negations, possibilities, animals) go to ``doc.spans["turning"]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.attributes import set_attribute
from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of
from monograph_nlp.tagging.features import Hit
from monograph_nlp.tagging.profiles import folder_of
from monograph_nlp.tagging.tagger import Tagged, Tagger, open_tagger

LABELS = {
    "ADVERSE_EVENT": "ADVERSE_EVENT|CONDITION",
    "FINDING": "CONDITION|ADVERSE_EVENT",
    "DRUG": "DRUG",
    "TARGET": "TARGET",
    "SEVERITY": "SEVERITY",
}
"""The labels of the record that a head's mentions may have, the likeliest first."""

_EVENT = "ADVERSE_EVENT"  # in the label of a name that may be one


class Tag:
    """Runs a tagger over a document."""

    def __init__(self, tagger: Tagger, labels: Mapping[str, str]) -> None:
        declare()
        self.tagger = tagger
        self._labels = dict(labels)

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["tagged"]`` and ``doc.spans["turning"]``, in order."""
        aligned, text = Alignment(doc), text_of(doc)
        names = list(doc.spans.get("lexical", ()))  # a group makes its spans anew each time
        hits = [Hit(span.start_char, span.end_char, span.label_) for span in names]
        found, support = self.tagger.read(text, hits)
        for span, share in zip(names, support, strict=True):
            if _EVENT in span.label_:
                set_attribute(span, "support", round(share, 3))
        named = [one for one in found if one.head in self._labels]
        turning = [one for one in found if one.head not in self._labels]
        doc.spans["tagged"] = list(_spans(doc, aligned, named, self._labels))
        doc.spans["turning"] = list(_spans(doc, aligned, turning, {}))
        return doc


def _spans(
    doc: Doc, aligned: Alignment, found: list[Tagged], labels: Mapping[str, str]
) -> Iterator[Span]:
    told: set[tuple[int, int]] = (
        set()
    )  # spans of one range share their attributes: the first head's
    for one in sorted(found, key=lambda one: (one.fragments, one.head)):
        start, end = one.fragments[0][0], one.fragments[-1][1]
        first, last = aligned.cover(start, end)
        label = labels.get(one.head, one.head)
        span = Span(doc, first, last, label=label, span_id=one.head)
        place = (span.start_char, span.end_char)
        if place not in told:
            told.add(place)
            set_attribute(span, "score", round(one.score, 3))
            if len(one.fragments) > 1 or place != (start, end):
                set_attribute(span, "fragments", [list(part) for part in one.fragments])
        yield span


@Language.factory(
    "monograph_tagger",
    assigns=["doc.spans"],
    default_config={"model": "accurate", "labels": LABELS},
)
def create(nlp: Language, name: str, *, model: str, labels: Mapping[str, str]) -> Tag:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: the component's name there.
        model: a profile that ships (``accurate`` or ``fast``), or the path of a folder with a tagger.
        labels: head of the tagger → label of the record that its mentions may have, several joined by
            ``|``, the likeliest first.

    Raises:
        ConfigError: there is no such profile or folder, or what is there is no tagger.
    """
    return Tag(open_tagger(folder_of(model)), labels)
