"""No file that the package reads can run code, and nothing opens a way out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "monograph_nlp"
FILES = sorted(SOURCE.rglob("*.py"))
MODULES = {
    "pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "torch", "yaml",
    "socket", "urllib.request", "http.client", "ftplib", "smtplib", "requests", "httpx", "aiohttp",
    "xml.etree", "xml.sax", "xml.dom", "code", "codeop",
}  # fmt: skip
CALLS = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "system",
    "popen",
    "read_pickle",
    "to_pickle",
    "mktemp",
}
# The build of the lexicon fetches pinned packages, and nothing that reads documents imports it
# (a contract in pyproject.toml); its own unpickler makes plain values only (tests/lexicon/building).
ALLOWED = {
    ("lexicon/building/pickles.py", "pickle"),
    ("lexicon/building/registry.py", "urllib.request"),
    ("lexicon/building/registry.py", "http.client"),
}


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name):
                    yield name, node
                case ast.Attribute(attr="compile"):
                    continue  # of a pattern or a statement of SQL; Python's own stands alone
                case ast.Attribute(attr=name, value=ast.Name(id="platform")):
                    yield f"platform.{name}", node
                case ast.Attribute(attr=name):
                    yield name, node


def _offences(tree: ast.AST, name: str) -> Iterator[str]:
    for module in _imported(tree):
        bad = next((one for one in MODULES if module == one or module.startswith(f"{one}.")), None)
        if bad and (name, bad) not in ALLOWED:
            yield f"imports {module}"
    for called, node in _called(tree):
        keywords = {word.arg: word.value for word in node.keywords}
        if called in CALLS:
            yield f"calls {called}"
        if isinstance(flag := keywords.get("allow_pickle"), ast.Constant) and flag.value:
            yield f"allows pickles in {called}"
        if isinstance(flag := keywords.get("shell"), ast.Constant) and flag.value:
            yield f"runs {called} in a shell"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_runs_what_it_reads(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert not list(_offences(tree, path.relative_to(SOURCE).as_posix()))


@pytest.mark.parametrize(
    "code",
    [
        "import pickle", "from torch import load", "eval('1')", "import joblib", "import shelve",
        "np.load(x, allow_pickle=True)", "subprocess.run(x, shell=True)", "yaml = __import__('yaml')",
        "from urllib import request", "pd.read_pickle(x)", "import xml.etree.ElementTree",
    ],
)  # fmt: skip
def test_the_search_finds_what_it_looks_for(code: str) -> None:
    assert list(_offences(ast.parse(code), "any.py"))


def test_what_ships_is_no_pickle() -> None:
    data = [path for path in (SOURCE / "data").rglob("*") if path.is_file()]
    assert data
    assert {path.suffix for path in data} <= {".tsv", ".json", ".bin", ".onnx", ".npz", ".txt"}
