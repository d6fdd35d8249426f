"""The made-up corpora, as a folder; and the way to ``training``, which is not installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
for _folder in (_ROOT, Path(__file__).parent):
    if str(_folder) not in sys.path:
        sys.path.insert(0, str(_folder))


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Every part of the catalogue, each with one or a few documents."""
    from made_up import make

    make(tmp_path)
    return tmp_path
