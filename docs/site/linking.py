"""Links between pages: where a page names another, or a table of rules, the site links to it.

In the repository a page is named by its path, in code: `docs/tagger.md`. There, and in an editor, that is
what helps; in the site a reader wants its title, and a link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from posixpath import dirname, relpath

from monograph_nlp.rules import tables

_CODE = re.compile(r"(^```.*?^```[^\n]*$|^#[^\n]*$)", re.DOTALL | re.MULTILINE)
_PAGE = re.compile(r"`((?:docs|corpus|training)/(?:[\w./-]+\.md|adr/)|[A-Z]+\.md)`")
_TABLE = re.compile(r"(?<!\[)`(?:(?:src/monograph_nlp/)?rules/)?([a-z_]+\.(?:tsv|jsonl))`")
TABLES_PAGE = "reference/tables.md"


class Linker:
    """Knows the pages of the site, by their paths in it, and what they are called elsewhere."""

    def __init__(
        self, pages: Mapping[str, str], elsewhere: Mapping[str, str] | None = None
    ) -> None:
        self._titles = {path: title(text) for path, text in pages.items()}
        self._elsewhere = dict(elsewhere or {})
        self._tables = set(tables())

    def link(self, markdown: str, here: str) -> str:
        """Return a page's text with links, but for its headings and blocks of code."""
        parts = _CODE.split(markdown)  # what matched is every other part
        parts[::2] = [self._linked(part, here) for part in parts[::2]]
        return "".join(parts)

    def _linked(self, text: str, here: str) -> str:
        def page(found: re.Match[str]) -> str:
            path = found[1].removeprefix("docs/")
            path = self._elsewhere.get(found[1], path + "index.md" if path.endswith("/") else path)
            if path not in self._titles or path == here:
                return found[0]
            return f"[{self._titles[path]}]({_way(here, path)})"

        def table(found: re.Match[str]) -> str:
            if found[1] not in self._tables or here == TABLES_PAGE:
                return found[0]
            return f"[{found[0]}]({_way(here, TABLES_PAGE)}#{anchor(found[1])})"

        return _TABLE.sub(table, _PAGE.sub(page, text))


def title(markdown: str) -> str:
    """Return the text of a page's first heading."""
    found = re.search(r"^# (.*)$", markdown, re.MULTILINE)
    return found[1] if found else ""


def anchor(table: str) -> str:
    """Return the anchor of a table of rules on its page."""
    return table.replace(".", "-")


def _way(here: str, there: str) -> str:
    return relpath(there, dirname(here) or ".")
