"""The notebooks run from top to bottom, and are stored without what they print."""

from __future__ import annotations

import fcntl
import os
import time
from base64 import b64decode
from io import BytesIO, StringIO
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
_MOST_CELLS = 12
_MOST_SECONDS = 180  # of all notebooks together
_PLOTS = {"01_tour": 0, "02_explore": 3, "03_measure": 2}


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.name)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of one run of the tests have."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="module")
def executed(path: Path, shared: Path) -> nbformat.NotebookNode:
    return _executed(path, shared)


def _executed(path: Path, shared: Path) -> nbformat.NotebookNode:
    """Return the notebook as it ran: once, for whichever worker of the tests asks first."""
    done = shared / path.name
    with (shared / f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            nbformat.write(_run(path), done)
    return nbformat.read(done, as_version=4)


def _run(path: Path) -> nbformat.NotebookNode:
    """Run a notebook in its own folder by the Python that runs the tests, in a kernel of its own."""
    import matplotlib.font_manager  # noqa: F401  (makes its cache, once a machine, and would say so)

    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": path.parent}}
    begin = time.monotonic()
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources=place)
    ran: nbformat.NotebookNode = client.execute()
    ran.metadata["seconds"] = time.monotonic() - begin
    return ran


def _outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


def _shown(notebook: nbformat.NotebookNode, kind: str) -> list[str]:
    """Return what was shown of a MIME type, in order."""
    data = [output.data for output in _outputs(notebook) if "data" in output]
    return [one[kind] for one in data if kind in one]


def _frames(notebook: nbformat.NotebookNode) -> list[pd.DataFrame]:
    pages = [page for page in _shown(notebook, "text/html") if "<table" in page]
    return [pd.read_html(StringIO(page))[0] for page in pages]


def test_it_is_short_and_stored_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert 0 < len(notebook.cells) <= _MOST_CELLS
    assert _outputs(notebook) == []
    assert all(cell.get("execution_count") is None for cell in notebook.cells)


def test_every_code_cell_shows_something(executed: nbformat.NotebookNode) -> None:
    for cell in executed.cells:
        assert cell.cell_type != "code" or cell.outputs, cell.source


def test_it_writes_nothing_to_standard_error(executed: nbformat.NotebookNode) -> None:
    noise = [output.text for output in _outputs(executed) if output.get("name") == "stderr"]
    assert noise == []


def test_the_frames_have_rows(executed: nbformat.NotebookNode) -> None:
    frames = _frames(executed)
    assert len(frames) >= 3
    assert all(len(frame) for frame in frames)


def test_the_plots_are_pictures_with_something_in_them(
    path: Path, executed: nbformat.NotebookNode
) -> None:
    plots = _shown(executed, "image/png")
    assert len(plots) == _PLOTS[path.stem]
    for plot in plots:
        assert _colored(b64decode(plot)) > 0.005


def _colored(png: bytes) -> float:
    """Return the share of pixels with a colour; an empty plot has white paper and black axes alone."""
    from matplotlib.image import imread

    pixels = imread(BytesIO(png))[..., :3]
    assert min(pixels.shape[:2]) >= 200
    return float((np.ptp(pixels, axis=-1) > 0.1).mean())


def test_an_empty_plot_would_be_seen() -> None:
    from matplotlib.figure import Figure

    figure, held = Figure(), BytesIO()
    figure.subplots().set_title("nothing")
    figure.savefig(held)
    assert _colored(held.getvalue()) == 0


def test_the_tour_shows_every_stage(shared: Path) -> None:
    ran = _executed(NOTEBOOKS[0], shared)
    columns = {str(name) for frame in _frames(ran) for name in frame.columns}
    assert columns >= {"smpc", "concept_id", "long_form", "cues", "evidence_text"}
    assert any("boilerplate" in frame.to_string() for frame in _frames(ran))
    assert any("<mark " in output.data.get("text/html", "") for output in ran.cells[-1].outputs)


def test_a_row_of_ones_own_moves_the_figure(shared: Path) -> None:
    frames = _frames(_executed(NOTEBOOKS[2], shared))
    (moved,) = [frame.set_index("rules") for frame in frames if "rules" in frame.columns]
    before, after = moved.loc["before"], moved.loc["after"]
    assert after["recall"] > before["recall"] > 0
    assert after["precision"] >= before["precision"]
    assert after["recall"] < 1  # one wording is still missed, and told
    assert any("still missed" in map(str, frame.columns) for frame in frames)


def test_all_of_them_run_in_three_minutes(shared: Path) -> None:
    seconds = {path.name: _executed(path, shared).metadata["seconds"] for path in NOTEBOOKS}
    assert list(_PLOTS) == [path.stem for path in NOTEBOOKS]
    assert sum(seconds.values()) < _MOST_SECONDS, seconds
