"""The files of an annotation, and their bytes: read whole, as UTF-8 and with their own line ends."""

from __future__ import annotations

import json
from pathlib import Path

from monograph_nlp.errors import ReadError


def files_of(path: Path, *patterns: str) -> list[Path]:
    """Return the file, or the files of a folder by the first pattern that some have, by name."""
    if not path.is_dir():
        return [path]
    found = (sorted(path.glob(pattern)) for pattern in patterns)
    return next((files for files in found if files), [])


def text_of(path: Path) -> str:
    """Return the text of a file; ``ReadError`` where there is none, or it is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as cause:
        raise ReadError(
            str(path), cause.strerror or str(cause), "a readable file", "Check the path."
        ) from cause
    except UnicodeDecodeError as cause:
        raise ReadError(
            str(path), f"byte {cause.start} is not UTF-8", "UTF-8", "Save the file as UTF-8."
        ) from cause


def json_of(path: Path) -> object:
    """Return the value of a JSON file; ``ReadError`` where it is none."""
    try:
        return json.loads(text_of(path))
    except (ValueError, RecursionError) as cause:
        raise ReadError(
            str(path), f"not JSON: {cause}", "one JSON value", "Correct the file."
        ) from cause
