"""The page on exports holds the tables that the program goes by, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from monograph_nlp.export import FORMATS, biolink, brat, fhir_use, kgx, prefixes
from monograph_nlp.rules import Row, read_table

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")


def _line(cells: Iterable[str]) -> str:
    return f"|{'|'.join(f' {cell} ' if cell else ' ' for cell in cells)}|"


def _code(*words: str) -> str:
    return ", ".join(f"`{word}`" for word in words if word)


def _when(row: Row) -> str:
    return _code(f"{row.text('qualifier')}: {row.text('value')}") if row.text("qualifier") else ""


def _denied(row: Row) -> str:
    name = row.text("denied")
    return "the same" if name and name == row.text("biolink") else _code(name) or "left out"


def _statement(row: Row) -> str:
    cells = ("qualified_predicate", "aspect", "direction", "mechanism")
    return _line(
        (
            _code(row.text("predicate")),
            _code(*row.texts("labels")),
            _when(row),
            _code(row.text("biolink")),
            _code(*(row.text(cell) for cell in cells)),
            _denied(row),
        )
    )


def _category(row: Row) -> str:
    cells = ("label", "prefix", "category")
    return _line([_code(row.text(cell)) for cell in cells])


def _vocabulary(row: Row) -> str:
    graph, system, code = row.text("expected").split(" ")
    return _line((_code(row.text("example")), _code(graph), _code(system), _code(code)))


def _use(row: Row) -> str:
    place = f"{row.text('type')}: {row.text('element')}"
    return _line((_code(row.text("predicate")), _code(*row.texts("labels")), _code(place)))


def _qualifier(row: Row) -> str:
    cells = ("type", "qualifier", "element")
    return _line([_code(row.text(cell)) for cell in cells])


TABLES = {
    "predicates": (biolink.PREDICATES, biolink.PREDICATE_COLUMNS, _statement),
    "categories": (biolink.CATEGORIES, biolink.CATEGORY_COLUMNS, _category),
    "vocabularies": (prefixes.TABLE, prefixes.COLUMNS, _vocabulary),
    "uses": (fhir_use.USES, fhir_use.USE_COLUMNS, _use),
    "qualifiers": (fhir_use.QUALIFIERS, fhir_use.QUALIFIER_COLUMNS, _qualifier),
}


@pytest.mark.parametrize("name", TABLES)
def test_the_page_holds_the_table(name: str) -> None:
    file, columns, shown = TABLES[name]
    assert "\n".join(map(shown, read_table(file, columns))) in PAGE
    assert f"`{file}`" in PAGE


def test_the_page_names_every_form_and_every_column() -> None:
    assert all(f"--to {name}" in PAGE for name in FORMATS)
    named = {*kgx.NODE_COLUMNS, *kgx.EDGE_COLUMNS}
    assert all(f"`{name}`" in PAGE for name in named)
    assert f"`{brat.TABLE}`" in PAGE


def test_the_page_says_what_was_checked() -> None:
    assert kgx.KNOWLEDGE_LEVEL in PAGE
    assert kgx.AGENT_TYPE in PAGE


if __name__ == "__main__":  # print the tables, to be put on the page
    for file, columns, shown in TABLES.values():
        print(*map(shown, read_table(file, columns)), "", sep="\n")
