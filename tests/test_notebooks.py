"""The notebooks run from top to bottom, and are stored without what they print."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
_MOST_CELLS = 12


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.name)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture(scope="module")
def executed(path: Path) -> nbformat.NotebookNode:
    """The notebook, run in its own folder by the Python that runs the tests."""
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": path.parent}}
    return NotebookClient(notebook, timeout=120, kernel_name="python3", resources=place).execute()


def _outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


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
    pages = [output.data.get("text/html", "") for output in _outputs(executed) if "data" in output]
    tables = [page for page in pages if "<table" in page]
    assert len(tables) >= 5
    assert all("<td>" in page for page in tables)


def test_show_marks_the_text(executed: nbformat.NotebookNode) -> None:
    assert any("<mark " in output.data.get("text/html", "") for output in _last(executed))


def _last(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for output in notebook.cells[-1].outputs if "data" in output]
