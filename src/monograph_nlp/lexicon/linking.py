"""Which concept a name means, or an answer left out where none is sure enough.

The document's own definition of a short form, the name itself, the same name said otherwise, the
parts of a composite name, a typing error: see ``ways``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from monograph_nlp.lexicon.abbreviating import is_short_form
from monograph_nlp.lexicon.asking import FINDINGS, LEAST_SCORE, LinkContext, Lookup, Question
from monograph_nlp.lexicon.inducing import drug_induced
from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.ways import Link, answers

_EVENT = "ADVERSE_EVENT"
_KEPT = 1 << 12  # findings


class Named(NamedTuple):
    """A name to link; ``long_form`` is what the document says that it is short for.

    ``is_spelt`` says that a lexicon or a rule found it: then it holds no typing error to look for.
    """

    name: str
    label: str
    long_form: str | None = None
    is_spelt: bool = False


def link(
    name: str,
    label: str,
    *,
    index: Lookup,
    long_form: str | None = None,
    context: LinkContext | None = None,
) -> Link:
    """Return what ``name`` means as a ``label``: the surest way's answer.

    A link without matches says why: nothing bears the name, or no answer reaches the context's
    ``least_score``; then ``candidates`` holds what was left out.
    """
    context = context or LinkContext()
    words, meant = " ".join(name.split()), " ".join((long_form or "").split())
    left_out: Link | None = None
    for found in answers(Question(words, label, meant, context, index)):
        if found.score >= context.least_score:
            return drug_induced(found) if label == _EVENT else found
        left_out = left_out or found
    if left_out is None:
        return Link((), "none", 0.0, f"no {label} in the lexicon is called {words!r}")
    reason = f"left out, score {left_out.score:.2f}: {left_out.reason}"
    return Link((), "none", 0.0, reason, (*left_out.matches, *left_out.candidates))


def link_all(
    mentions: Sequence[Named],
    *,
    index: Lookup,
    subject: str | None = None,
    least_score: float = LEAST_SCORE,
) -> list[Link]:
    """Link a document's mentions, in order; what is named in full helps to read what is short.

    ``subject`` is the CURIE of the document's drug.
    """
    alone = LinkContext(frozenset({subject} if subject else ()), (), least_score)
    nothing = LinkContext(least_score=least_score)
    distinct = dict.fromkeys(mentions)
    in_full = [named for named in distinct if not is_short_form(named.name)]
    links = {
        named: _link_again(named, nothing, index)
        if named.label in FINDINGS
        else _link(named, alone, index)
        for named in in_full
    }
    sure = {named: said.match for named, said in links.items() if said.match and said.is_exact}
    ids = alone.concepts | {match.term.id for match in sure.values() if match.term.id}
    contexts = {
        label: LinkContext(ids, _names(sure, label), least_score)
        for label in dict.fromkeys(named.label for named in distinct)
    }
    links |= {
        named: _link(named, contexts[named.label], index)
        for named in distinct
        if named not in links
    }
    return [links[named] for named in mentions]


def _names(sure: Mapping[Named, Match], label: str) -> tuple[tuple[str, Match], ...]:
    return tuple((named.name, match) for named, match in sure.items() if named.label == label)


@lru_cache(maxsize=_KEPT)
def _link_again(named: Named, context: LinkContext, index: Lookup) -> Link:
    """Link a finding: no drug that a text is about changes what it means, and texts name the same ones."""
    return _link(named, context, index)


def _link(named: Named, context: LinkContext, index: Lookup) -> Link:
    asked = replace(context, has_slips=not named.is_spelt)
    return link(named.name, named.label, index=index, long_form=named.long_form, context=asked)
