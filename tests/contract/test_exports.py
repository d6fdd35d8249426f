"""The public names are what ``__all__`` says, and stay what they are."""

from __future__ import annotations

import importlib
import inspect

import pytest

import monograph_nlp


def test_all_is_sorted_and_holds_the_public_names() -> None:
    assert monograph_nlp.__all__ == sorted(set(monograph_nlp.__all__))
    given = {
        name
        for name, value in vars(monograph_nlp).items()
        if not name.startswith("_")
        and not inspect.ismodule(value)
        and getattr(value, "__module__", "").startswith("monograph_nlp")
    }
    assert given <= set(monograph_nlp.__all__)
    assert dir(monograph_nlp) == sorted([*monograph_nlp.__all__, "__version__"])


@pytest.mark.parametrize("name", monograph_nlp.__all__)
def test_each_name_resolves_to_what_is_documented(name: str) -> None:
    value = getattr(monograph_nlp, name)
    assert inspect.isclass(value) or inspect.isfunction(value)
    assert value.__name__ == name
    assert value.__module__.startswith("monograph_nlp.")
    assert inspect.getdoc(value)


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"'monograph_nlp' has no attribute 'extrct'"):
        _ = monograph_nlp.extrct


@pytest.mark.parametrize("name", ["read", "show"])
def test_a_function_is_not_hidden_by_the_module_of_its_name(name: str) -> None:
    importlib.import_module("monograph_nlp.pipeline")
    importlib.import_module(f"monograph_nlp.{name}")
    assert inspect.isfunction(getattr(monograph_nlp, name))
