"""Which member of which package feeds which source: ``rules/lexicon_sources.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building.packages import Package, fetch, member, read_packages
from monograph_nlp.rules import Row, read_table

COLUMNS = ("source", "package", "member", "data_license", "share_alike", "note", "example")
_REQUIRED = ("source", "package", "member", "data_license", "share_alike", "note", "example")


@dataclass(frozen=True, slots=True)
class Material:
    """One data file that a source reads, and the licence of what stands in it.

    ``example`` is a name or CURIE that the file gives to the lexicon: it is looked for at every build.
    """

    source: str
    package: Package
    member: str
    data_license: str
    share_alike: bool
    note: str
    example: str

    @property
    def where(self) -> str:
        """Name the file in messages: package, version and the member's path."""
        return f"{self.package.name}-{self.package.version}/{self.member}"


class Shelf:
    """The members of one source, opened by the end of their path."""

    def __init__(self, materials: tuple[Material, ...], files: Mapping[str, Path]) -> None:
        self._materials = materials
        self._files = files

    def open(self, ending: str) -> tuple[bytes, str]:
        """Return a member's bytes, and its name for messages.

        Raises:
            LexiconError: the source lists no member whose path ends so, or it cannot be read.
        """
        for material in self._materials:
            if material.member.endswith(ending):
                data = member(self._files[material.package.name], material.member)
                return data, material.where
        raise LexiconError(
            f"rules/lexicon_sources.tsv: source {self._materials[0].source} lists no member that ends in "
            f"{ending!r}; expected one of {', '.join(m.member for m in self._materials)}. Add a row."
        )


@cache
def read_materials(
    table: str = "lexicon_sources.tsv", packages: str = "lexicon_packages.tsv"
) -> tuple[Material, ...]:
    """Read the table of sources, in the order of its rows.

    Raises:
        LexiconError: a row names a package that is not pinned.
    """
    pins = {package.name: package for package in read_packages(packages)}
    rows = read_table(table, COLUMNS, required=_REQUIRED, choices={"share_alike": ("yes", "no")})
    return tuple(_material(row, pins) for row in rows)


def fetch_all(materials: tuple[Material, ...], folder: Path) -> dict[str, Path]:
    """Return package → verified file in ``folder``, downloading what is not there."""
    packages = {material.package.name: material.package for material in materials}
    return {name: fetch(package, folder) for name, package in packages.items()}


def _material(row: Row, pins: Mapping[str, Package]) -> Material:
    package = pins.get(row.text("package"))
    if package is None:
        raise LexiconError(
            f"{row.where}: package {row.text('package')!r} is not pinned; expected one of "
            f"{', '.join(pins)}. Add it to rules/lexicon_packages.tsv."
        )
    return Material(
        row.text("source"),
        package,
        row.text("member"),
        row.text("data_license"),
        row.text("share_alike") == "yes",
        row.text("note"),
        row.text("example"),
    )
