"""Every example in a docstring says what the code does."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import monograph_nlp

_MODULES = sorted(
    module.name
    for module in walk_packages(monograph_nlp.__path__, "monograph_nlp.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", _MODULES)
def test_examples_of_docstrings(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


def test_there_are_examples() -> None:
    assert sum(doctest.testmod(import_module(name)).attempted for name in _MODULES) >= 20
