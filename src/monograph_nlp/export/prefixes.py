"""CURIEs of a record as other systems spell them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from monograph_nlp.rules import read_table

TABLE = "export_prefixes.tsv"
COLUMNS = ("prefix", "biolink", "system", "mark", "example", "expected")


@dataclass(frozen=True, slots=True)
class Coding:
    """A code of FHIR; ``system`` is null for a vocabulary that the table does not name."""

    system: str | None
    code: str


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    biolink: str
    system: str
    mark: str  # stands before the number in a FHIR code


def to_biolink(curie: str) -> str:
    """Return the CURIE with the prefix that the Biolink model uses; unknown ones as they are.

    >>> to_biolink("mesh:D009101"), to_biolink("ours:7")
    ('MESH:D009101', 'ours:7')
    """
    prefix, _, local = curie.partition(":")
    known = _vocabularies().get(prefix)
    return f"{known.biolink}:{local}" if known else curie


def to_coding(curie: str) -> Coding:
    """Return the FHIR system and code of a CURIE; an unknown one whole, without a system.

    >>> to_coding("hgnc:11050")
    Coding(system='http://www.genenames.org', code='HGNC:11050')
    """
    prefix, _, local = curie.partition(":")
    known = _vocabularies().get(prefix)
    return Coding(known.system, known.mark + local) if known else Coding(None, curie)


@cache
def _vocabularies() -> dict[str, _Vocabulary]:
    required = ("prefix", "biolink", "system", "example", "expected")
    return {
        row.text("prefix"): _Vocabulary(row.text("biolink"), row.text("system"), row.text("mark"))
        for row in read_table(TABLE, COLUMNS, required=required)
    }
