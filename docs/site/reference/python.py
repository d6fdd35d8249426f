"""The page on Python: the package's public names, and what the pages import beside them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module

import monograph_nlp

_PACKAGE = "monograph_nlp"
_INTRO = """# Python

`import monograph_nlp as mn` gives the names of the first part; they stay as they are from one version to the next. Behind
them stands what other pages of this site import.
"""


def page(written: Mapping[str, str]) -> str:
    """Return the page, for mkdocstrings to fill in; ``written`` is file name → text of the pages."""
    names = {_PACKAGE: set(monograph_nlp.__all__)} | _imported(written)
    return "\n".join([_INTRO, *_lines(names)])


def _lines(names: Mapping[str, set[str]]) -> Iterator[str]:
    for module, inside in names.items():
        yield from (f"## `{module}`", "")
        said = (import_module(module).__doc__ or "").strip().split("\n\n")[0]
        yield from (said, "")
        for name in sorted(inside, key=lambda name: (name[0].isupper(), name.lower())):
            made = getattr(
                import_module(module), name
            )  # where it is defined; a module may have its name
            yield from (f"::: {made.__module__}.{made.__qualname__}", "")


def _imported(written: Mapping[str, str]) -> dict[str, set[str]]:
    """Return module → names that Python blocks of the pages import from it, without the public ones."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in written.values():
        for block in re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            for node in ast.walk(ast.parse(block)):
                module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
                if module.startswith(f"{_PACKAGE}."):
                    found[module] |= {one.name for one in node.names}
    return dict(sorted(found.items()))
