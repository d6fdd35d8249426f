"""The terminal that a command prints on; where there is none, lines are whole and tables as wide as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_WIDTH = 120  # columns of a table where no terminal tells how many it has


def console(*, to_stderr: bool = False) -> Console:
    """Return the console of standard output or error; nothing that is printed is read as markup."""
    from rich.console import Console

    made = Console(stderr=to_stderr, highlight=False, markup=False, emoji=False)
    if not made.is_terminal:
        made.width = _WIDTH
    return made


def print_line(line: str | Text, *, style: str = "", to_stderr: bool = False) -> None:
    """Print a line: folded where people read it on a terminal, as one line where a program may."""
    on = console(to_stderr=to_stderr)
    on.print(line, style=style, soft_wrap=not on.is_terminal)
