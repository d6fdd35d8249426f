"""The reliability plot, where matplotlib is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import reliability

pytest.importorskip("matplotlib")
_BINS = {kind: [[0.3, 0.2, 4], [0.9, 0.8, 9]] for kind in ("raw", "calibrated")}
_TOLD = {head: {"bins": _BINS} for head in ("ADVERSE_EVENT", "FINDING", "DRUG", "TARGET")}


def test_the_same_figures_give_the_same_plot(tmp_path: Path) -> None:
    reliability.draw(_TOLD, tmp_path / "a.svg")
    reliability.draw(_TOLD, tmp_path / "b.svg")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert "ADVERSE_EVENT" in (tmp_path / "a.svg").read_text()
