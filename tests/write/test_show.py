"""``monograph_nlp.show``, which stands on ``write.summary``."""

import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest

from monograph_nlp.errors import MonographError
from monograph_nlp.show import View, show
from monograph_nlp.write.frame_html import frame_html
from monograph_nlp.write.html import record_html
from monograph_nlp.write.summary import summary
from monograph_nlp.write.tables import to_frame


@pytest.fixture
def notebook(monkeypatch):
    shell = SimpleNamespace(config={"IPKernelApp": {}})
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))


def test_prints_the_summary_elsewhere(sample, capsys):
    assert show(replace(sample, text=None)) is None
    assert capsys.readouterr().out == summary(sample) + "\n"


def test_a_terminal_ipython_is_no_notebook(sample, capsys, monkeypatch):
    shell = SimpleNamespace(config={})
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert show(sample) is None
    assert "Drug: testamab" in capsys.readouterr().out


def test_gives_a_view_in_a_notebook(sample, notebook):
    view = show(sample)
    assert isinstance(view, View)
    assert show(replace(sample, text=None), sample.text)._repr_html_() == view._repr_html_()


def test_the_view_marks_the_text(sample, notebook):
    assert show(sample)._repr_html_() == record_html(sample, sample.text)


def test_a_frame_is_shown_whole_in_a_notebook_and_printed_elsewhere(sample, capsys, monkeypatch):
    frame = to_frame([sample])
    assert show(frame) is None
    assert capsys.readouterr().out == f"{frame}\n"
    shell = SimpleNamespace(config={"IPKernelApp": {}})
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert show(frame)._repr_html_() == frame_html(frame)


def test_the_error_says_how_to_get_the_text(sample, notebook):
    with pytest.raises(MonographError, match="with_text=True"):
        show(replace(sample, text=None))


def test_another_text_is_refused(sample, notebook):
    with pytest.raises(MonographError, match="the text has 5 characters; expected 252"):
        show(sample, "other")
