"""Differences on the terminal."""

from __future__ import annotations

from monograph_nlp.cli.console import print_line
from monograph_nlp.cli.tally import count
from monograph_nlp.diff.changes import Change, Difference, Statement
from monograph_nlp.diff.lines import MARKS, headline
from monograph_nlp.write.summary import printable

_STYLES = {"new": "green", "gone": "red", "changed": "yellow"}


def print_difference(difference: Difference, *, brief: bool) -> None:
    """Print each change with the words of both sides; ``brief`` leaves these out."""
    for note in difference.notes:
        print_line(f"note: {printable(note)}", to_stderr=True)
    for name, ids in ((difference.old, difference.only_old), (difference.new, difference.only_new)):
        for identifier in ids:
            print_line(f"only in {printable(name)}: {printable(identifier)}")
    for document in difference.documents:
        drug = document.drug or "drug not told"
        title = f"{drug}: {document.old} → {document.new}"
        counts = (
            f"{count(len(document.changes), 'difference')}, {count(document.same, 'fact')} the same"
        )
        print_line(f"{printable(title)} ({counts})")
        for change in document.changes:
            _print_change(change, brief=brief)


def _print_change(change: Change, *, brief: bool) -> None:
    line = f"  {MARKS[change.kind]} {printable(headline(change))}"
    print_line(line, style=_STYLES[change.kind])
    if not brief:
        _print_words("old", change.old)
        _print_words("new", change.new)


def _print_words(side: str, statement: Statement | None) -> None:
    if statement is not None:
        print_line(f"      {side}: “{printable(statement.evidence)}”", style="dim")
