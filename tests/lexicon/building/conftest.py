from __future__ import annotations

import bz2
import hashlib
import io
import pickle
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from monograph_nlp.lexicon.building.materials import Material, Shelf
from monograph_nlp.lexicon.building.packages import Package


def wheel(path: Path, members: Mapping[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def sdist(path: Path, members: Mapping[str, bytes | str]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            raw = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return path


def pin(path: Path, name: str = "tiny", digest: str | None = None) -> Package:
    data = path.read_bytes() if path.exists() else b""
    sha256 = digest or hashlib.sha256(data).hexdigest()
    return Package(name, "1.0", path.name, len(data), sha256, "MIT")


def pickled(value: object) -> bytes:
    return bz2.compress(pickle.dumps(value))


def tsv(*rows: str) -> str:
    """Rows written with `` |`` instead of tabs, so that they can be read; ``a|b`` is one cell."""
    return "".join("\t".join(cell.strip() for cell in row.split(" |")) + "\n" for row in rows)


@pytest.fixture
def shelf_of(tmp_path: Path) -> Callable[[Mapping[str, bytes | str]], Shelf]:
    def build(members: Mapping[str, bytes | str]) -> Shelf:
        path = wheel(tmp_path / "tiny-1.0-py3-none-any.whl", members)
        package = pin(path)
        rows = tuple(Material("tiny", package, name, "CC0 1.0", False, "", "x") for name in members)
        return Shelf(rows, {package.name: path})

    return build
