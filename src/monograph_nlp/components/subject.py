"""``monograph_subject``: the drug that the document is about, and each place that names it.

Reads ``doc._.given_names`` (``title``, ``drug_names``, ``brand_names``: what the input states beside its
text), ``doc._.set_aside``, ``doc._.abbreviated`` and ``doc.spans["lexical"]``, all optional; writes
``doc._.subject`` and ``doc.spans["subject"]``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.components._alignment import Alignment
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import text_of
from monograph_nlp.text.product_names import without_pieces
from monograph_nlp.text.subject import SubjectNames, find_subject, first_line_of, lead_of

_SHORTEST = 4  # letters of a name that is looked for in any case


class Subject:
    """Tells the subject and marks its names; see ``text.subject``."""

    def __init__(self) -> None:
        declare()

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.subject`` (None where it cannot be told) and ``doc.spans["subject"]``."""
        names = _names(doc)
        doc._.subject = _plain(names) if names else None
        doc.spans["subject"] = list(_places(doc, names)) if names else []
        return doc


def _names(doc: Doc) -> SubjectNames | None:
    given, drugs = doc._.given_names, list(_drugs(doc))
    text = _without(text_of(doc), doc._.set_aside)
    title, lead = given.get("title") or "", lead_of(text)
    names = find_subject(
        text,
        title or lead,
        is_title=bool(title) or lead == first_line_of(text),
        drug_names=given.get("drug_names", ()),
        brand_names=given.get("brand_names", ()),
        drug_score=_drug_score,
        substance_of=_substance_of,
        mentioned=_mentioned(drugs),
    )
    if names is None or not names.parts:
        return names
    short_forms = {row["short"] for row in doc._.abbreviated}
    brands = [
        name
        for name in names.brands
        if _substance_of(name) in names.parts or not (name in short_forms or _is_no_product(name))
    ]
    if len(names.parts) == 1 and names.how != "most-named":
        brands += _known_brands(drugs, names)
    return replace(names, brands=without_pieces(brands))


def _known_brands(drugs: Iterable[str], names: SubjectNames) -> Iterator[str]:
    """Yield the products that the lexicon knows of the subject, of those that the text names."""
    from monograph_nlp.lexicon.index import open_index

    told = {brand.lower() for brand in names.brands}
    for name in dict.fromkeys(drugs):
        match = open_index().find(name)
        if (
            match
            and match.how == "brand"
            and match.term.name in names.parts
            and name.lower() not in told
        ):
            told.add(name.lower())
            yield name


def _drugs(doc: Doc) -> Iterator[str]:
    """Yield the names of drugs that the lexicon knows, as the text has them."""
    text = text_of(doc)
    for span in doc.spans.get("lexical", ()):
        if span.label_ == "DRUG":
            yield text[span.start_char : span.end_char]


def _is_no_product(name: str) -> bool:
    """Tell whether a name means something in the lexicon, and no drug ("Urticaria")."""
    from monograph_nlp.lexicon.index import open_index

    matches = [match for match in open_index().find_all(name) if match.spot]
    return bool(matches) and not any("DRUG" in match.term.labels for match in matches)


def _mentioned(drugs: Iterable[str]) -> Counter[str]:
    """Count the substances by their names; each name is looked up once."""
    counts: Counter[str] = Counter()
    for written, count in Counter(drugs).items():
        if name := _substance_of(written):
            counts[name] += count
    return counts


def _drug_score(name: str) -> float:
    from monograph_nlp.lexicon.index import open_index
    from monograph_nlp.lexicon.stems import stem_class

    match = open_index().find(name)
    if match and "DRUG" in match.term.labels and match.how != "brand":
        return 1.0
    return 0.5 if any(stem_class(word) for word in name.split()[:1]) else 0.0


def _substance_of(product: str) -> str | None:
    from monograph_nlp.lexicon.index import open_index

    match = open_index().find(product)
    if not match or "DRUG" not in match.term.labels:
        return None
    moiety = open_index().by_id(match.term.moiety) if match.term.moiety else None
    named = open_index().find(moiety.name) if moiety else None
    is_drug = named is not None and named.term == moiety and "DRUG" in named.term.labels
    return named.term.name if named and is_drug else match.term.name


def _without(text: str, zones: list[dict[str, int]]) -> str:
    """Blank out what is set aside, so that offsets stay."""
    pieces, done = [], 0
    for zone in zones:
        start = max(zone["start"], done)
        pieces += [text[done:start], re.sub(r"[^\n]", " ", text[start : zone["end"]])]
        done = max(zone["end"], done)
    return "".join(pieces) + text[done:]


def _plain(names: SubjectNames) -> dict[str, object]:
    return {
        "name": names.name,
        "parts": list(names.parts),
        "brands": list(names.brands),
        "score": names.score,
        "how": names.how,
    }


def _places(doc: Doc, names: SubjectNames) -> Iterator[Span]:
    wanted = sorted({*names.parts, *names.brands}, key=lambda name: (-len(name), name))
    wanted = [name for name in wanted if len(name) >= _SHORTEST]
    if not wanted:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)", re.IGNORECASE)
    brands = {brand.lower() for brand in names.brands}
    aligned = Alignment(doc)
    for match in pattern.finditer(text_of(doc)):
        is_brand = match.group().lower() in brands
        if is_brand and match.group().islower() and " " not in match.group():
            continue  # a brand may be an English word
        kind = "brand" if is_brand else "name"
        span = aligned.span(*match.span(), "DRUG", kind)
        if span is not None:
            yield span


@Language.factory("monograph_subject", assigns=["doc._.subject"])
def create(nlp: Language, name: str) -> Subject:
    """Create the component; its patterns are ``rules/subject.tsv``."""
    return Subject()
