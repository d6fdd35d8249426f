"""Files → names and ids that tell them apart, the same on every machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

_PACKED = ".gz"


def names(paths: Sequence[Path]) -> list[str]:
    """Return a name for each path: its last part, with as many folders before it as tell it apart.

    >>> names([Path("x/a.txt"), Path("x/b.txt"), Path("y/b.txt")])
    ['a.txt', 'x/b.txt', 'y/b.txt']
    """
    found: dict[int, str] = {}
    left, depth = list(range(len(paths))), 1
    while left:
        tried = {place: _last(paths[place], depth) for place in left}
        counts = Counter(tried.values())
        whole = {place for place in left if len(paths[place].parts) <= depth}
        found |= {at: name for at, name in tried.items() if counts[name] == 1 or at in whole}
        left = [place for place in left if place not in found]
        depth += 1
    return [found[place] for place in range(len(paths))]


def ids(names: Iterable[str]) -> list[str]:
    """Return an id for each name: the name without its suffixes, where no other is or has the same.

    >>> ids(["a.txt", "b.txt", "b.html.gz"])
    ['a', 'b.txt', 'b.html.gz']
    """
    given = list(names)
    stems = [stem(name) for name in given]
    counts = Counter([*stems, *set(given)])
    return [short if counts[short] == 1 else name for short, name in zip(stems, given, strict=True)]


def stem(name: str) -> str:
    """Return a name without its suffixes.

    >>> stem("x.y/a.html.gz")
    'x.y/a'
    """
    folder, slash, last = unpacked(name).rpartition("/")
    return folder + slash + Path(last).stem


def unpacked(name: str) -> str:
    """Return a name without the suffix of a packed file, if it has it.

    >>> unpacked("a.html.GZ"), unpacked("a.html")
    ('a.html', 'a.html')
    """
    return name[: -len(_PACKED)] if name.lower().endswith(_PACKED) else name


def _last(path: Path, depth: int) -> str:
    parts = (part.strip("/\\") for part in path.parts[-depth:])
    name = "/".join(part for part in parts if part)
    return name.encode("utf-8", "backslashreplace").decode()  # not every file's name is UTF-8
