from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.write.summary import printable, summary


def test_says_what_a_pharmacist_asks_for(sample):
    lines = [line.strip() for line in summary(sample, width=400).splitlines()]
    assert lines[1] == (
        "Drug: testamab [mesh:C000001]; brands Testavy; classes monoclonal antibody"
    )
    assert "ABC1: binder “It binds ABC1 and does not treat <b>gout</b>.”" in lines
    assert any(line.startswith("(absent) gout") for line in lines)
    assert "warning: indication_also_adverse_event: gout is both" in lines


def test_the_most_frequent_event_comes_first(sample):
    lines = [line.strip() for line in summary(sample, width=400).splitlines()]
    place = lines.index("Adverse events (3)")  # four facts, two of which say the same
    assert lines[place + 1].startswith("renal failure: very common, 25% “")
    assert lines[place + 2].startswith("nausea: very common, 25%, grade 3, serious “")
    assert lines[place + 3] == "fever: rare “=Rare: [red]fever[/red]”"


def test_a_long_list_is_counted(sample):
    text = summary(sample, most=1)
    assert "… and 2 more" in text
    assert "nausea:" not in text


def test_a_fact_about_another_drug_names_it(sample):
    fact = sample.facts[2]
    other = replace(fact, subject=replace(fact.subject, name="otherdrug"))
    assert "otherdrug: ABC1: binder" in summary(replace(sample, facts=(other,)))


def test_nothing_is_shown_where_nothing_was_found(sample):
    bare = replace(sample, subject=None, facts=(), issues=())
    assert summary(bare).splitlines()[1:] == ["  Drug: cannot be told"]


def test_the_quotation_holds_the_object_in_a_long_sentence(sample):
    fact = sample.facts[5 - 1]
    evidence = replace(fact.evidence[0], text="word " * 100 + "fever " + "word " * 100)
    page = summary(replace(sample, facts=(replace(fact, evidence=(evidence,)),)), width=400)
    (line,) = [line for line in page.splitlines() if "“" in line]
    assert "fever word" in line
    assert len(line) < 130


@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_fit(sample, width):
    assert max(map(len, summary(sample, width=width).splitlines())) <= width


@given(text=st.text())
def test_what_is_printable_cannot_steer_a_terminal(text):
    assert printable(text) == "" or printable(text).isprintable()


def test_printable_keeps_the_words():
    assert printable("a\x1b[31m\u202eb\tc\r\nd\x85e µg/m²") == "a[31mb c d e µg/m²"


def test_control_characters_of_a_document_are_not_printed(sample):
    title = "Te\x1b]0;owned\x07st\u202eamab"
    page = summary(replace(sample, document=replace(sample.document, title=title)))
    assert all(line.isprintable() for line in page.split("\n"))
