"""The SOURCES table: what the lexicon was made from, under which licences, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monograph_nlp.lexicon.building.entries import Tally
from monograph_nlp.lexicon.building.materials import Material

HEADER = (
    "source", "package", "version", "sha256", "members", "code_license", "data_license",
    "share_alike", "rows_read", "rows_kept", "rows_dropped",
)  # fmt: skip


def sources_table(materials: Sequence[Material], tallies: Iterable[Tally]) -> str:
    """Return a TSV: one line for each source and package, in the order of reading.

    The row counts are the source's; they stand on the line of the package that it reads first.
    """
    lines = ["\t".join(HEADER)]
    for tally in tallies:
        of_source = [material for material in materials if material.source == tally.source]
        packages = list(dict.fromkeys(material.package for material in of_source))
        for package in packages:
            counts = _counts(tally) if package == packages[0] else ("", "", "")
            members = [material for material in of_source if material.package == package]
            lines.append("\t".join((*_cells(tally.source, members), *counts)))
    return "\n".join(lines) + "\n"


def _cells(source: str, members: Sequence[Material]) -> tuple[str, ...]:
    package = members[0].package
    licenses = dict.fromkeys(material.data_license for material in members)
    return (
        source,
        package.name,
        package.version,
        package.sha256,
        "; ".join(material.member for material in members),
        package.code_license,
        "; ".join(licenses),
        "yes" if any(material.share_alike for material in members) else "no",
    )


def _counts(tally: Tally) -> tuple[str, str, str]:
    dropped = "; ".join(f"{reason}: {number}" for reason, number in sorted(tally.dropped.items()))
    return str(tally.read), str(tally.kept), dropped
