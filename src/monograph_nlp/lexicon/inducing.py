"""What a finding is called when a drug has caused it.

MeSH has descriptors of their own for some findings that a drug induces: "Dyskinesia, Drug-Induced" beside
"Dyskinesias". An adverse event is such a finding, so its concept carries both (``rules/drug_induced.tsv``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.ways import Link
from monograph_nlp.rules import read_table

TABLE = "drug_induced.tsv"
COLUMNS = ("name", "induced", "heading", "example")


def drug_induced(link: Link) -> Link:
    """Return the link of an adverse event with the drug-induced descriptors among its identifiers."""
    return replace(link, matches=tuple(_with_descriptor(match) for match in link.matches))


def _with_descriptor(match: Match) -> Match:
    term = match.term
    curie = _descriptors().get(term.name)
    if curie is None or curie in (term.id, *term.xrefs):
        return match
    return replace(match, term=replace(term, xrefs=(*term.xrefs, curie)))


@cache
def _descriptors() -> Mapping[str, str]:
    rows = read_table(TABLE, COLUMNS, required=COLUMNS)
    return {row.text("name"): row.text("induced") for row in rows}
