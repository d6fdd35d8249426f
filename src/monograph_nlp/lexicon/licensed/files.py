"""Tables of the licensed vocabularies: find them in a folder, and read the columns that are wanted.

MedDRA's and the NLM's tables have no header and no quotes: cells are parted by one character, and
a line may end with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from monograph_nlp.errors import LexiconError

_LONGEST_LINE = 1_000_000  # bytes; what is longer is no table of lines


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out, as its publisher documents it.

    ``least`` is the number of columns that every release has; ``latin`` says that a release may be
    in ISO-8859-1 instead of UTF-8.
    """

    file: str
    separator: str
    columns: tuple[str, ...]
    least: int
    latin: bool = False


def problem(where: object, what: str, expected: str, do: str) -> LexiconError:
    """Return the error for a vocabulary that cannot be read; the caller raises it."""
    return LexiconError(f"{where}: {what}; expected {expected}. {do}")


def find_tables(
    path: Path, kind: str, required: Collection[str], optional: Collection[str] = ()
) -> Mapping[str, Path]:
    """Return name → path of the tables in a folder, or in the one folder below it that has them.

    ``path`` may also be one of the tables. Capital and small letters in file names are the same.

    Raises:
        LexiconError: a required table is missing, or several folders below have all of them.
    """
    if path.is_file() and path.name.lower() in {name.lower() for name in required}:
        path = path.parent
    if not path.is_dir():
        state = "a file, not a folder" if path.exists() else "no such folder"
        do = "Unpack the release, and give the folder." if path.exists() else "Check the path."
        raise problem(path, state, f"a folder with {_listed(required)} ({kind})", do)
    here = _tables_in(path, {*required, *optional})
    if here.keys() >= set(required):
        return here
    below = [_tables_in(folder, {*required, *optional}) for folder in _folders_in(path)]
    complete = [tables for tables in below if tables.keys() >= set(required)]
    if len(complete) == 1:
        return complete[0]
    if complete:
        found = ", ".join(str(next(iter(tables.values())).parent) for tables in complete)
        raise problem(path, f"several releases below it: {found}", "one", "Give one of them.")
    best = max([here, *below], key=lambda tables: len(tables.keys() & set(required)))
    missing = [name for name in required if name not in best]
    raise problem(
        next(iter(best.values())).parent if best else path,
        f"{_listed(missing)} missing",
        f"{_listed(required)} of a {kind} release",
        "Unpack the release as a whole, and give the folder that holds these files.",
    )


def read_columns(path: Path, layout: Layout, *names: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and the cells of the named columns, for each line that is not blank.

    Raises:
        LexiconError: a line has too few or too many columns or another encoding, or there is none.
    """
    places = [layout.columns.index(name) for name in names]
    is_empty = True
    for number, line in read_lines(path, latin=layout.latin):
        cells = line.split(layout.separator)
        if not cells[-1]:
            cells.pop()  # a separator ends the line
        if not layout.least <= len(cells) <= len(layout.columns):
            raise _wrong_width(f"{path}:{number}", len(cells), layout)
        is_empty = False
        cells += [""] * (len(layout.columns) - len(cells))
        yield number, [cells[place].strip() for place in places]
    if is_empty:
        raise problem(path, "the table is empty", "at least one line", "Unpack the release anew.")


def read_lines(path: Path, *, latin: bool = False) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line that is not blank; UTF-8, or ISO-8859-1 where ``latin``.

    Raises:
        LexiconError: the file cannot be read, or a line is in another encoding.
    """
    number = 0
    try:
        with path.open("rb") as stream:
            while raw := stream.readline(_LONGEST_LINE):
                number += 1
                line = _decoded(raw, f"{path}:{number}", latin).rstrip("\r\n")
                if line.strip():
                    yield number, line
    except OSError as cause:
        raise problem(
            path,
            f"cannot be read ({cause.strerror or cause})",
            "a file that you may read",
            "Check its permissions.",
        ) from cause


def _decoded(raw: bytes, where: str, latin: bool) -> str:
    try:
        if b"\0" not in raw and len(raw) < _LONGEST_LINE:
            return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
        # ISO-8859-1 has controls at 0x80 to 0x9F, where other encodings have letters and marks
        if latin and not any("\x80" <= character <= "\x9f" for character in text):
            return text
    encodings = "UTF-8 or ISO-8859-1" if latin else "UTF-8"
    raise problem(
        where,
        f"not {encodings}",
        "text in that encoding",
        "Take the file as it was published, or save it as UTF-8.",
    )


def _wrong_width(where: str, found: int, layout: Layout) -> LexiconError:
    most = len(layout.columns)
    width = str(most) if layout.least == most else f"{layout.least} to {most}"
    return problem(
        where,
        f"{found} columns",
        f"{width}, parted by {layout.separator!r} ({', '.join(layout.columns)})",
        f"Check that it is the {layout.file} of a release, unchanged.",
    )


def _tables_in(folder: Path, names: Collection[str]) -> dict[str, Path]:
    wanted = {name.lower(): name for name in names}
    found = sorted(path for path in _entries(folder) if path.name.lower() in wanted)
    return {wanted[path.name.lower()]: path for path in found if path.is_file()}


def _folders_in(folder: Path) -> list[Path]:
    return sorted(path for path in _entries(folder) if path.is_dir())


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as cause:
        raise problem(
            folder,
            f"cannot be listed ({cause.strerror or cause})",
            "a folder that you may read",
            "Check its permissions.",
        ) from cause


def _listed(names: Collection[str]) -> str:
    return ", ".join(names)
