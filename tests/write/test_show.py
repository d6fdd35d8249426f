"""``monograph_nlp.show``, which stands on ``write.summary``."""

import re
import sys
from dataclasses import replace
from html import unescape
from types import SimpleNamespace

import pytest

from monograph_nlp.errors import MonographError
from monograph_nlp.show import View, show
from monograph_nlp.write.summary import summary


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


def test_the_marked_text_is_the_text(sample, notebook):
    html = show(sample)._repr_html_()
    text = html[html.index('1.7">') + 5 : html.index("</div>")]
    assert unescape(re.sub(r"</?mark[^>]*>", "", text)) == sample.text


def test_mentions_are_marked_with_label_and_concept(sample, notebook):
    html = show(sample)._repr_html_()
    marks = re.findall(r'<mark title="([^"]*)"[^>]*>([^<]*)</mark>', html)
    assert ("DRUG present mesh:C000001 testamab", "Testamab") in marks
    assert [words for title, words in marks if title.startswith("ADVERSE")] == [
        "renal",
        "failure",
        "nausea",
        "fever",
    ]


def test_the_shorter_of_two_mentions_is_marked(sample, notebook):
    outer = replace(sample.mentions[5], spans=((0, 20),), label="DOSE")
    inner = replace(sample.mentions[6], spans=((5, 9),), label="ROUTE")
    html = show(replace(sample, mentions=(inner, outer)))._repr_html_()
    marks = re.findall(r'<mark title="(\w+)[^>]*>([^<]*)</mark>', html)
    assert marks == [("DOSE", "Testa"), ("ROUTE", "mab "), ("DOSE", "injection\n\n")]


def test_everything_from_the_document_is_escaped(sample, notebook):
    text = "<script>alert('1')</script>" + sample.text[27:]
    concept = replace(sample.mentions[0].concept, name='"><img src=x>')
    mention = replace(sample.mentions[0], spans=((0, 8),), concept=concept)
    fact = replace(sample.facts[0], qualifiers={"line": "<i>first</i>"})
    shown = replace(sample, mentions=(mention,), facts=(fact,))
    html = show(shown, text)._repr_html_()
    assert not re.search(r"<(script|img|i)\b", html)


def test_the_error_says_how_to_get_the_text(sample, notebook):
    with pytest.raises(MonographError, match="with_text=True"):
        show(replace(sample, text=None))


def test_another_text_is_refused(sample, notebook):
    with pytest.raises(MonographError, match="the text has 5 characters; expected 252"):
        show(sample, "other")
