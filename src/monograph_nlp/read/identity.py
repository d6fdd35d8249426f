"""Names for documents that share a file: no two alike, the same on every run."""

from __future__ import annotations


class Ids:
    """Hands out each id once; a second document of the same id gets ``-2``."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}  # so that many documents of one id stay fast

    def take(self, wanted: str) -> str:
        """Return ``wanted``, or the first of ``wanted-2``, ``wanted-3`` … that is free.

        >>> ids = Ids()
        >>> [ids.take("a"), ids.take("a"), ids.take("a")]
        ['a', 'a-2', 'a-3']
        """
        name, count = wanted, self._counts.get(wanted, 1)
        while name in self._taken:
            count += 1
            name = f"{wanted}-{count}"
        self._counts[wanted] = count
        self._taken.add(name)
        return name
