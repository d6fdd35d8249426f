"""Whether a text says the same of an antibody's source as the name does: "-ximab" is chimeric.

WHO gave antibodies an infix for their source until 2017 (International nonproprietary names for biological and
biotechnological substances). Names and words are rows of ``rules/antibody_sources.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from monograph_nlp.rules import read_table
from monograph_nlp.text.introductions import clean

TABLE = "antibody_sources.tsv"
COLUMNS = ("source", "ending", "words", "example")
_BETWEEN = r"(?:[ -][\w()-]+){0,4}?[ -]antibod(?:y|ies)\b"
_NEAR = 120  # code points between the name and what is said of it


class Conflict(NamedTuple):
    """A source that a text gives an antibody, with the half-open range in code points; the name says another."""

    said: str
    named: str
    start: int
    end: int


def source_conflicts(text: str, name: str, names: Sequence[str]) -> Iterator[Conflict]:
    """Yield where a text gives a drug another source than its name does, once for each source.

    Args:
        text: any text.
        name: the drug's nonproprietary name.
        names: all names by which the text may call it.

    >>> text = "Isatuximab is a humanized monoclonal antibody."
    >>> [(found.said, found.named) for found in source_conflicts(text, "isatuximab", ["isatuximab"])]
    [('humanized', 'chimeric')]
    """
    named = _source_of(clean(name))
    if named is None:
        return
    called = "|".join(re.escape(each) for each in sorted({name, *names}, key=len, reverse=True))
    said = "|".join(f"(?P<{source}>{words})" for source, _, words in _sources())
    pattern = re.compile(
        rf"\b(?:{called})\b[^.;\n]{{0,{_NEAR}}}?\b(?:is|are|was) (?:an? |the )?(?:[\w-]+ )?"
        rf"(?P<said>{said}){_BETWEEN}",
        re.IGNORECASE,
    )
    told = set()
    for match in pattern.finditer(text):
        source = next(each for each, _, _ in _sources() if match[each])
        if source != named and source not in told:
            told.add(source)
            yield Conflict(source, named, *match.span("said"))


def _source_of(name: str) -> str | None:
    return next(
        (source for source, ending, _ in _sources() if re.search(rf"(?:{ending})$", name)), None
    )


@cache
def _sources() -> tuple[tuple[str, str, str], ...]:
    rows = read_table(TABLE, COLUMNS, required=COLUMNS)
    return tuple((row.text("source"), row.regex("ending"), row.regex("words")) for row in rows)
