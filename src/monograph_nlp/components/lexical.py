"""``monograph_lexical``: every place where a name of the lexicon, or a word with an INN stem, stands.

Writes ``doc.spans["lexical"]``; a span's label is the term's label, several joined by ``|`` where the
role depends on the context, and its id says what it came from (``lexicon``, ``variant`` of a gene, or
``stem``). A short form that the document defines (``doc._.abbreviated``) stands for its long form. Names that
share a head ("liver and kidney function") go to ``doc.spans["coordinated"]``, each as a span over all
of it with its two parts in ``span._.fragments``. A target that the name of a class holds ("integrase inhibitors")
goes to ``doc.spans["inside"]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from monograph_nlp.attributes import set_attribute
from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of
from monograph_nlp.lexicon.match import Match
from monograph_nlp.text.class_targets import target_at_end, target_in
from monograph_nlp.text.coordination import shared_heads

_SHORTEST_STEM_WORD = 6  # letters


class Lexical:
    """Finds all names of the lexicon at once, longest first."""

    def __init__(self) -> None:
        declare()

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["lexical"]`` and ``doc.spans["coordinated"]``."""
        aligned, text = Alignment(doc), text_of(doc)
        found = filter_spans(  # of two over the same range, the first stays
            [
                *_short_forms(doc, aligned),
                *_terms(text, aligned),
                *_variants(text, aligned),
                *_stems(doc, text, aligned),
            ]
        )
        spans = sorted(found, key=lambda span: span.start)
        doc.spans["lexical"] = spans
        doc.spans["coordinated"] = list(_coordinated(spans, text, aligned))
        doc.spans["inside"] = list(_inside(spans, text, aligned))
        return doc


def _terms(text: str, aligned: Alignment) -> Iterator[Span]:
    from monograph_nlp.lexicon.index import open_index

    bounds = list(aligned.words.values())
    for place in open_index().places(text, bounds):
        span = aligned.span(place.start, place.end, _label(place.matches), "lexicon")
        if span is not None:
            yield span


def _short_forms(doc: Doc, aligned: Alignment) -> Iterator[Span]:
    """Yield the places of a short form that the document defines as a name of the lexicon."""
    for row in doc._.abbreviated:
        label = _label(_found(row["long"]))
        span = aligned.span(row["start"], row["end"], label, "lexicon") if label else None
        if span is not None:
            yield span


def _variants(text: str, aligned: Alignment) -> Iterator[Span]:
    from monograph_nlp.lexicon.gene_variants import find_variants

    for variant in find_variants(text):
        span = aligned.span(variant.start, variant.end, "TARGET", "variant")
        if span is not None:
            yield span


def _coordinated(spans: Sequence[Span], text: str, aligned: Alignment) -> Iterator[Span]:
    for span in spans:
        if len(span) < 2:
            continue
        for first, head in shared_heads(text, span.start_char, span.end_char, _is_name):
            label = _label(_found(f"{text[slice(*first)]} {text[slice(*head)]}"))
            cover = aligned.span(first[0], head[1], span.label_, "lexicon")
            if label == span.label_ and cover is not None:
                set_attribute(cover, "fragments", [list(first), list(head)])
                yield cover


def _inside(spans: Sequence[Span], text: str, aligned: Alignment) -> Iterator[Span]:
    """Yield the targets that names of classes and of mechanisms hold."""
    for span in spans:
        said = span.label_
        for label, find in _HOLDERS.items():
            if label not in said:
                continue
            start, end = span.start_char, span.end_char
            place = find(text[start:end])
            if place is None:
                continue
            target = aligned.span(start + place[0], start + place[1], "TARGET", "lexicon")
            if target is not None:
                yield target


@lru_cache(maxsize=1 << 12)  # texts name the same classes
def _target_in(name: str) -> tuple[int, int] | None:
    return target_in(name, _is_target)


@lru_cache(maxsize=1 << 12)
def _target_at_end(name: str) -> tuple[int, int] | None:
    return target_at_end(name, _is_target)


_HOLDERS = {"DRUG_CLASS": _target_in, "MECHANISM": _target_at_end}
"""Labels of names that may hold that of a target → what finds it."""


def _is_target(name: str) -> bool:
    return any("TARGET" in match.term.labels for match in _found(name))


def _found(name: str) -> tuple[Match, ...]:
    """Return what a name may mean, if it is one that finds mentions."""
    from monograph_nlp.lexicon.index import open_index

    return tuple(match for match in open_index().find_all(name) if match.spot)


def _is_name(name: str) -> bool:
    return bool(_found(name))


def _label(matches: tuple[Match, ...]) -> str:
    """Join the labels of all that a name may mean, those of the best match first."""
    return "|".join(dict.fromkeys(label for match in matches for label in match.term.labels))


def _stems(doc: Doc, text: str, aligned: Alignment) -> Iterator[Span]:
    for number, (start, end) in aligned.words.items():
        if end - start < _SHORTEST_STEM_WORD:
            continue
        word = text[start:end]
        if word.isalpha() and _has_stem(word):
            yield Span(doc, number, number + 1, label="DRUG", span_id="stem")


@lru_cache(maxsize=1 << 12)
def _has_stem(word: str) -> bool:
    from monograph_nlp.lexicon.stems import stem_class

    return stem_class(word) is not None


@Language.factory("monograph_lexical")
def create(nlp: Language, name: str) -> Lexical:
    """Create the component over the embedded lexicon."""
    return Lexical()
