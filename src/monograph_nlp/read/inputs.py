"""What the user named → the files to read, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from monograph_nlp.errors import MonographError, ReadError


def expand(
    inputs: Iterable[Path], suffixes: Collection[str], output: Path | None
) -> tuple[list[Path], list[MonographError]]:
    """Return the files to read, each once, and an error for each input that gives none.

    A file that is named is read whatever its suffix. A folder is searched to the bottom for the
    suffixes, sorted by path; hidden files and folders are passed over, and so are pipes, devices
    and the output of an earlier run.

    Args:
        inputs: files and folders.
        suffixes: in lower case, with the dot; the case of a file's suffix does not count.
        output: the file or folder that this run writes.
    """
    paths: dict[Path, None] = {}
    errors: list[MonographError] = []
    for path in inputs:
        closed: list[MonographError] = []
        if path.is_dir():
            found = sorted(_search(path, suffixes, output, closed))
        else:
            found = [path] if path.exists() else []
        paths.update(dict.fromkeys(found))
        errors += closed
        if not found and not closed:
            errors.append(_empty(path, suffixes) if path.is_dir() else _missing(path))
    return list(paths), errors


def _search(
    folder: Path, suffixes: Collection[str], output: Path | None, closed: list[MonographError]
) -> Iterator[Path]:
    """Yield the documents of a folder, and add an error to ``closed`` for each one in it that is."""

    def on_error(cause: OSError) -> None:
        closed.append(_closed(cause))

    for parent, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            readable = name.lower().endswith(tuple(suffixes)) and not name.startswith(".")
            if readable and not _is_special(path) and not (output and is_output(path, output)):
                yield path


def _is_special(path: Path) -> bool:
    """Tell whether a path is there and no file: to open a pipe would be to wait for ever."""
    return path.exists() and not path.is_file()


def is_output(path: Path, output: Path) -> bool:
    """Tell whether a path is the output of a run, or lies in it."""
    resolved, target = path.resolve(), output.resolve()
    return resolved == target or target in resolved.parents


def _missing(path: Path) -> ReadError:
    return ReadError(
        str(path), "no such file or folder", "a document or a folder", "Check the path."
    )


def _closed(cause: OSError) -> ReadError:
    return ReadError(
        str(cause.filename),
        f"the folder cannot be read ({cause.strerror or cause})",
        "a folder that you may list",
        "Check its permissions.",
    )


def _empty(folder: Path, suffixes: Collection[str]) -> ReadError:
    return ReadError(
        str(folder),
        "the folder holds no document",
        f"files that end in {', '.join(sorted(suffixes))}",
        "Name the files if they have other suffixes.",
    )
