"""Lines for programs are whole, and lines for people as wide as their terminal."""

import pytest

from monograph_nlp.cli.console import console, print_line

WORDS = "word " * 60 + "end"


@pytest.mark.parametrize("to_stderr", [False, True])
def test_a_line_stays_one_where_no_terminal_is(capsys, to_stderr):
    print_line(f"[bold]{WORDS}", style="red", to_stderr=to_stderr)
    assert capsys.readouterr()[to_stderr] == f"[bold]{WORDS}\n"


def test_a_table_has_the_width_of_a_page_where_no_terminal_is():
    assert console().width == 120


def test_a_line_is_folded_between_words_on_a_terminal(capsys, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    print_line(WORDS)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 40
    assert " ".join(map(str.strip, lines)) == WORDS
