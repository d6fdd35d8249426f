"""Importing is cheap: spaCy imports the components whenever anybody makes a pipeline."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys

import pytest

from monograph_nlp import components

_COMPONENTS = sorted(
    f"{components.__name__}.{module.name}" for module in pkgutil.iter_modules(components.__path__)
)
_HEAVY = {
    "pandas",
    "lxml",
    "pyarrow",
    "pysbd",
    "jsonschema",
    "selectolax",
    "scispacy",
    "sqlalchemy",
    "duckdb",
}
_ENGINES = {"ray", "pyspark"}


def _loaded(code: str) -> set[str]:
    """Run code in a fresh process; return the top-level names of what it imported."""
    report = "\nimport json, sys\nprint(json.dumps(sorted({n.split('.')[0] for n in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", code + report], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


def test_the_package_brings_in_nothing_heavy() -> None:
    loaded = _loaded("import monograph_nlp")
    assert "monograph_nlp" in loaded
    assert not loaded & (_HEAVY | _ENGINES | {"spacy", "thinc", "numpy"})


def test_the_components_bring_in_nothing_heavy_but_spacy() -> None:
    loaded = _loaded("\n".join(f"import {name}" for name in _COMPONENTS))
    assert "spacy" in loaded
    assert not loaded & _HEAVY


def test_a_strangers_pipeline_brings_in_nothing_heavy_of_ours() -> None:
    # pysbd registers a component of its own, so spaCy imports it whoever is installed beside it
    loaded = _loaded("import spacy\nspacy.blank('en')")
    assert "monograph_nlp" in loaded
    assert not loaded & (_HEAVY - {"pysbd"})


@pytest.mark.parametrize("name", ["read", "text", "rules", "lexicon", "types", "errors", "show"])
def test_a_room_without_spacy_does_not_bring_it_in(name: str) -> None:
    assert not _loaded(f"import monograph_nlp.{name}") & {"spacy", "thinc", "pandas", "pysbd"}


@pytest.mark.parametrize("name", ["", ".frames", ".packed", ".ray", ".spark"])
def test_a_batch_brings_in_neither_an_engine_nor_what_its_workers_need(name: str) -> None:
    loaded = _loaded(f"import monograph_nlp.batch{name}")
    assert "monograph_nlp" in loaded
    assert not loaded & (_HEAVY | _ENGINES | {"spacy", "thinc", "numpy"})
