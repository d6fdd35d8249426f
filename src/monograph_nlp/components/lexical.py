"""``monograph_lexical``: every place where a name of the lexicon, or a word with an INN stem, stands.

Writes ``doc.spans["lexical"]``; a span's label is the term's label, several joined by ``|`` where the
role depends on the context, and its id says what it came from (``lexicon`` or ``stem``). Names that
share a head ("liver and kidney function") go to ``doc.spans["coordinated"]``, each as a span over all
of it with its two parts in ``span._.fragments``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._extensions import declare
from monograph_nlp.text.coordination import shared_heads

_SHORTEST_STEM_WORD = 6  # letters


class Lexical:
    """Matches all names of the lexicon at once, longest first."""

    def __init__(self, nlp: Language) -> None:
        from monograph_nlp.lexicon.index import open_index

        declare()
        self._index = open_index()
        self._folded = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        for matcher, exact in ((self._folded, False), (self._exact, True)):
            matcher.add("term", [nlp.make_doc(name) for name in self._index.names(exact=exact)])

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc.spans["lexical"]``."""
        spans = filter_spans([*self._terms(doc), *_stems(doc)])
        doc.spans["lexical"] = sorted(spans, key=lambda span: span.start)
        doc.spans["coordinated"] = list(self._coordinated(doc))
        return doc

    def _coordinated(self, doc: Doc) -> Iterator[Span]:
        text = doc.text
        aligned = Alignment(doc)
        for span in doc.spans["lexical"]:
            if len(span) < 2:
                continue
            for first, head in shared_heads(text, span.start_char, span.end_char, self._is_name):
                match = self._index.find(f"{text[slice(*first)]} {text[slice(*head)]}")
                if match and "|".join(match.term.labels) == span.label_:
                    cover = aligned.span(first[0], head[1], span.label_, "lexicon")
                    if cover is not None:
                        cover._.fragments = [list(first), list(head)]
                        yield cover

    def _is_name(self, name: str) -> bool:
        return self._index.find(name) is not None

    def _terms(self, doc: Doc) -> Iterator[Span]:
        places = {
            (start, end)
            for matcher in (self._exact, self._folded)
            for _, start, end in matcher(doc)
        }
        for start, end in sorted(places):
            match = self._index.find(doc[start:end].text)
            if match:
                yield Span(doc, start, end, label="|".join(match.term.labels), span_id="lexicon")


def _stems(doc: Doc) -> Iterator[Span]:
    for token in doc:
        if len(token) >= _SHORTEST_STEM_WORD and token.is_alpha and _has_stem(token.text):
            yield Span(doc, token.i, token.i + 1, label="DRUG", span_id="stem")


@lru_cache(maxsize=65536)
def _has_stem(word: str) -> bool:
    from monograph_nlp.lexicon.index import stem_class

    return stem_class(word) is not None


@Language.factory("monograph_lexical")
def create(nlp: Language, name: str) -> Lexical:
    """Create the component over the embedded lexicon."""
    return Lexical(nlp)
