"""Records and frames as a notebook shows them."""

import re
from dataclasses import replace
from html import unescape

import pandas as pd
import pytest

from monograph_nlp.write.frame_html import frame_html
from monograph_nlp.write.html import record_html
from monograph_nlp.write.tables import to_frame

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{0}{words}'


def _text(html):
    inner = re.search(r"pre-wrap.*?>(.*?)</div>", html, re.DOTALL)[1]
    return unescape(re.sub(r"</?mark[^>]*>", "", inner))


def _marks(html):
    return [
        (unescape(title), unescape(words))
        for title, words in re.findall(r'<mark title="([^"]*)"[^>]*>([^<]*)</mark>', html)
    ]


def _cells(html):
    rows = re.findall(r"<tr style=.*?</tr>", html)
    return [
        [
            unescape(re.sub(r"<[^>]+>", " ", cell)).split()
            for cell in re.findall("<td>(.*?)</td>", row)
        ]
        for row in rows
    ]


def test_the_marked_text_is_the_text(sample):
    assert _text(record_html(sample, sample.text)) == sample.text


def test_a_mark_says_label_assertion_concept_and_scores(sample):
    marks = _marks(record_html(sample, sample.text))
    told = "drug, present: Testamab\nmesh:C000001 testamab (0.99)\nscore 0.90 (lexicon)"
    assert (told, "Testamab") in marks
    titles = {words: title for title, words in marks}
    assert titles["gout"].startswith("condition, absent: gout\nno concept\n")
    assert titles["ABC1"].startswith("target, present: ABC1 = antigen of B cells 1\n")
    assert titles["renal"] == titles["failure"]


def test_a_mention_that_is_not_so_is_marked_otherwise(sample):
    html = record_html(sample, sample.text)
    lines = {
        words: line for line, words in re.findall(r"border-bottom:2px (\w+)[^>]*>([^<]*)<", html)
    }
    assert (lines["gout"], lines["nausea"]) == ("dashed", "solid")


def test_the_shorter_of_two_mentions_is_marked(sample):
    outer = replace(sample.mentions[5], spans=((0, 20),), label="DOSE")
    inner = replace(sample.mentions[6], spans=((5, 9),), label="ROUTE")
    html = record_html(replace(sample, mentions=(inner, outer)), sample.text)
    marks = [(title.split(",")[0], words) for title, words in _marks(html)]
    assert marks == [("dose", "Testa"), ("route", "mab "), ("dose", "injection\n\n")]


def test_facts_stand_beside_the_text_and_alone_without_it(sample):
    for html in (record_html(sample, sample.text), record_html(sample)):
        rows = _cells(html)
        assert len(rows) == 8
        assert rows[0][0] == ["indication"]
        assert rows[0][1] == ["testoma", "mesh:D000001", "Testoma"]
        assert rows[3][0] == ["indication", "absent"]
        assert rows[5][2] == ["frequency:", "very", "common", "rate:", "25.0"]
        assert rows[5][3][-1] == ["=Rare:", "[red]fever[/red]"][-1]
    assert "<mark" not in record_html(sample)


def test_a_record_shows_itself_in_a_notebook(sample):
    assert sample._repr_html_() == record_html(sample, sample.text)
    bare = replace(sample, text=None)
    assert bare._repr_html_() == record_html(bare)


def _no_element(html):
    return not re.search(r"<(script|img|i)\b", html)


def test_everything_from_the_document_is_escaped(sample):
    text = (HOSTILE + sample.text)[: len(sample.text)]
    concept = replace(sample.mentions[0].concept, name=HOSTILE)
    mention = replace(
        sample.mentions[0], text=HOSTILE, spans=((0, 8),), concept=concept, long_form=HOSTILE
    )
    thing = replace(sample.facts[0].object, text=HOSTILE, concept=concept)
    evidence = (replace(sample.facts[0].evidence[0], text=HOSTILE),)
    fact = replace(sample.facts[0], object=thing, qualifiers={"line": HOSTILE}, evidence=evidence)
    record = replace(
        sample,
        mentions=(mention,),
        facts=(fact,),
        document=replace(sample.document, id=HOSTILE, title=HOSTILE),
        subject=replace(sample.subject, name=HOSTILE),
    )
    html = record_html(record, text)
    assert _no_element(html)
    assert _text(html) == text
    assert _no_element(frame_html(to_frame([record])))
    assert _no_element(frame_html(pd.DataFrame({HOSTILE: [HOSTILE], "other": [[HOSTILE]]})))


def test_a_frame_shows_whole_words_and_no_empty_column(sample):
    html = frame_html(to_frame([sample]))
    heads = re.findall("<th[^>]*>(.*?)</th>", html)
    assert "evidence_text" in heads
    assert "guidance" not in heads
    assert "Testamab is given for relapsed or refractory <b>testoma</b> with otherdrug." in html
    assert "8 rows" in html
    assert "&lt;NA&gt;" not in html
    assert "<td>25</td>" in html


@pytest.mark.parametrize(
    ("rows", "caption"), [(1, "1 row<"), (3, "3 rows<"), (500, "The first 100 of 500 rows<")]
)
def test_a_long_frame_says_that_there_is_more(rows, caption):
    html = frame_html(pd.DataFrame({"n": range(rows)}))
    assert caption in html
    assert html.count("<td>") == min(rows, 100)


def test_a_frame_without_rows_is_shown():
    assert "0 rows" in frame_html(to_frame([]))
