"""The terminal that a command prints on; as wide as it is, or as a page where it is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH = 120  # columns where standard output is no terminal


def console(*, to_stderr: bool = False) -> Console:
    """Return the console of standard output or error; nothing that is printed is read as markup."""
    from rich.console import Console

    made = Console(stderr=to_stderr, highlight=False, markup=False, emoji=False)
    return (
        made
        if made.is_terminal
        else Console(stderr=to_stderr, highlight=False, markup=False, emoji=False, width=_WIDTH)
    )
