"""``monograph_linker``: which concept a mention is, or none.

``lexicon.linking`` answers, with the whole document in view. Writes ``span.kb_id_`` (a CURIE) and
``span._.candidates``: the chosen concept first, with the reason. A product name of the document's
subject links to the subject. Where ``model`` names an installed linker, scispaCy's for one, its answer
is taken before the lexicon's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from monograph_nlp.attributes import attribute, attributes, set_attribute
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of
from monograph_nlp.errors import ConfigError
from monograph_nlp.lexicon.linking import Named, link_all
from monograph_nlp.lexicon.ways import Link

if TYPE_CHECKING:
    from monograph_nlp.lexicon.gene_variants import Variant

Row = dict[str, object]
_VARIANT = "variant"  # the id that monograph_lexical gives to a variant of a gene


class Linker:
    """Links each mention to the embedded lexicon, gated by its label."""

    def __init__(self, nlp: Language, *, model: str | None, settings: Row, prefix: str) -> None:
        declare()
        self._model = _installed(nlp, model, settings) if model else None
        self._prefix = prefix

    def __call__(self, doc: Doc) -> Doc:
        """Write ``span.kb_id_`` and ``span._.candidates`` of every mention."""
        spans = list(doc.spans.get("mentions", ()))
        modelled = self._modelled(doc, spans)
        for span, link in zip(spans, _links(doc, spans), strict=True):
            row = modelled.get((span.start, span.end)) or _row(link)
            if row and span.id_ == _VARIANT:
                row = {**row, "name": _variant(span.text).name}
            if row:
                span.kb_id_ = str(row["id"] or "")
                others = [c for c in attribute(span, "candidates") if "id" not in c]
                set_attribute(span, "candidates", [row, *others])
        if spans:  # a group gives out copies, and takes what is set on them when it is made
            doc.spans["mentions"] = spans
        return doc

    def _modelled(self, doc: Doc, spans: list[Span]) -> dict[tuple[int, int], Row]:
        """Return the installed linker's first answer for each mention, by token offsets.

        Linkers of scispaCy's kind read ``doc.ents`` and write ``span._.kb_ents``, pairs of an
        identifier and a score, the best first.
        """
        if self._model is None:
            return {}
        before = doc.ents
        doc.ents = filter_spans(spans)  # entities may not overlap
        linked = self._model(doc)
        rows = {
            (span.start, span.end): self._model_row(*span._.kb_ents[0])
            for span in linked.ents
            if span._.kb_ents
        }
        doc.ents = before
        return rows

    def _model_row(self, identifier: str, score: float) -> Row:
        base = getattr(self._model, "kb", None)
        known = base.cui_to_entity.get(identifier) if base is not None else None
        return {
            "id": f"{self._prefix}:{identifier}",
            "name": known.canonical_name if known else identifier,
            "score": float(score),
            "xrefs": [],
            "why": "answer of the installed linker",
        }


def _installed(nlp: Language, model: str, settings: Row):  # type: ignore[no-untyped-def]
    if model == "scispacy_linker":
        import scispacy.linking  # noqa: F401  # registers its factory
    if not nlp.has_factory(model):
        known = ", ".join(name for name in nlp.factory_names if "linker" in name)
        raise ConfigError(
            f"components.linker: model {model!r} is no factory of an installed package; expected "
            f"one of {known}. Install the package that registers it, or set model = null."
        )
    return nlp.create_pipe(model, config=settings)


def _links(doc: Doc, spans: list[Span]) -> list[Link]:
    from monograph_nlp.lexicon.index import open_index

    index = open_index()
    subject = doc._.subject or {}
    name = subject.get("name", "")
    found = index.find(name, "DRUG") if name else None
    return link_all(
        _named(doc, spans, {brand.lower(): name for brand in subject.get("brands", ())}),
        index=index,
        subject=found.term.id if found else None,
    )


def _named(doc: Doc, spans: list[Span], own: dict[str, str]) -> list[Named]:
    """Return what each mention is called: its own words, or the subject that it is a product of."""
    long_forms = {(row["start"], row["end"]): row["long"] for row in doc._.abbreviated}
    defined = {row["short"]: row["long"] for row in doc._.abbreviated}
    text = text_of(doc)
    named = []
    for span in spans:
        start, end = span.start_char, span.end_char
        fragments, origin = attributes(span, "fragments", "origin")
        name = " ".join(text[first:last] for first, last in fragments) or text[start:end]
        plural = defined.get(name.removesuffix("s")) if name.endswith("s") else None
        long = long_forms.get((start, end), plural)
        name = _variant(name).gene if span.id_ == _VARIANT else name
        is_spelt = origin in ("lexicon", "rule")
        named.append(Named(own.get(name.lower(), name), span.label_, long, is_spelt))
    return named


def _variant(text: str) -> Variant:
    """Return the variant of a gene that a mention is; its concept is that of the gene."""
    from monograph_nlp.lexicon.gene_variants import Variant, find_variants

    return next(iter(find_variants(text)), Variant(0, len(text), text, text))


def _row(link: Link) -> Row | None:
    """Return a link as plain values; a mention holds one concept, so a composite one has none."""
    if link.match is None:
        return None
    return {
        "id": link.match.term.id,
        "name": link.match.term.name,
        "score": link.score,
        "xrefs": list(link.match.term.xrefs),
        "why": link.reason,
    }


@Language.factory(
    "monograph_linker",
    default_config={"model": None, "settings": {}, "prefix": "umls"},
)
def create(nlp: Language, name: str, model: str | None, settings: Row, prefix: str) -> Linker:
    """Create the component over the embedded lexicon, and over an installed linker if one is named.

    Args:
        nlp: the pipeline.
        name: the component's name in it.
        model: the factory of an installed linker that writes ``span._.kb_ents``.
        settings: the configuration of that factory.
        prefix: the Bioregistry's prefix of the identifiers that it gives.
    """
    return Linker(nlp, model=model, settings=settings, prefix=prefix)
