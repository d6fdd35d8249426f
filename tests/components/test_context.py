"""Sentences with inline marks, and the properties that hold for every text.

The sentences of clinical notes, labels, leaflets and articles are in ``context_sentences.txt``.
``<m a=absent>rash</m>`` marks a mention and the assertion that it must get (``a`` is left out
where the test knows it); ``l=DRUG`` is its label; ``<n>…</n>`` marks a mention that only is there.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from monograph_nlp.components import context
from monograph_nlp.errors import RuleError
from monograph_nlp.rules import Row, read_patterns
from monograph_nlp.text.scopes import PRECEDENCE

_MARK = re.compile(r"<([mn])((?: \w=\w+)*)>(.*?)</\1>", re.DOTALL)
_SENTENCES = [
    line
    for line in (Path(__file__).parent / "context_sentences.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("# ")
]
_ROWS = read_patterns("cues.jsonl", context._KEYS)
_ASSERTION = dict(PRECEDENCE)


class _Marked(NamedTuple):
    span: Span
    kind: str
    expected: str


def _blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("monograph_context")
    return nlp


_NLP = _blank()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return _NLP


def _read(nlp: Language, marked: str) -> tuple[Doc, list[_Marked]]:
    text, found, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        settings_ = dict(part.split("=") for part in mark[2].split())
        found.append((len(text), len(text) + len(mark[3]), mark[1], settings_))
        text, last = text + mark[3], mark.end()
    doc = nlp.make_doc(text + marked[last:])
    spans = []
    for start, end, kind, given_ in found:
        span = doc.char_span(start, end, given_.get("l", "CONDITION"), alignment_mode="expand")
        assert span is not None
        spans.append(_Marked(span, kind, given_.get("a", "")))
    doc.spans["mentions"] = [mark.span for mark in spans]
    return doc, spans


def _assertions(nlp: Language, marked: str) -> list[tuple[str, str, str]]:
    """Return text, expected and predicted assertion of each ``<m>`` of a marked sentence."""
    doc, marks = _read(nlp, marked)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return [(m.span.text, m.expected, m.span._.assertion) for m in marks if m.kind == "m"]


def _where(row: Row) -> str:
    return f"{row.where}:{row.text('literal')}"


@pytest.mark.parametrize("row", _ROWS, ids=_where)
def test_row_does_what_its_example_says(nlp: Language, row: Row) -> None:
    marks = _assertions(nlp, row.text("example"))
    assert marks, "the example marks no mention"
    for text, _, predicted in marks:
        assert predicted == _ASSERTION.get(row.text("category"), "present"), text


@pytest.mark.parametrize("row", [row for row in _ROWS if row.text("counterexample")], ids=_where)
def test_row_leaves_its_counterexample_alone(nlp: Language, row: Row) -> None:
    marks = _assertions(nlp, row.text("counterexample"))
    assert marks, "the counterexample marks no mention"
    for text, _, predicted in marks:
        assert predicted != _ASSERTION.get(row.text("category")), text


def _verdicts(nlp: Language, row: Row) -> list[tuple[str, list[list[int]]]]:
    found = []
    for marked in filter(None, (row.text("example"), row.text("counterexample"))):
        doc, marks = _read(nlp, marked)
        for _, component in nlp.pipeline:
            doc = component(doc)
        found += [(mark.span._.assertion, mark.span._.cues) for mark in marks]
    return found


@pytest.mark.parametrize("row", _ROWS, ids=_where)
def test_row_is_the_one_that_does_it(nlp: Language, row: Row, tmp_path: Path) -> None:
    """Without the row, its own examples come out otherwise: no row is dead weight."""
    others = tmp_path / "cues.jsonl"
    rest = [json.dumps(dict(other.values)) for other in _ROWS if other is not row]
    others.write_text("\n".join(rest), encoding="utf-8")
    without = spacy.blank("en")
    without.add_pipe("sentencizer")
    without.add_pipe("monograph_context", config={"cues": str(others)})
    assert _verdicts(without, row) != _verdicts(nlp, row)


@pytest.mark.parametrize("marked", _SENTENCES)
def test_sentence(nlp: Language, marked: str) -> None:
    marks = _assertions(nlp, marked)
    assert marks
    assert [(text, given_) for text, given_, _ in marks] == [(text, got) for text, _, got in marks]


def test_cues_are_the_tokens_that_set_the_assertion(nlp: Language) -> None:
    doc, (mark,) = _read(nlp, "There can't have been, and we found, no evidence of <m>gout</m>.")
    nlp.get_pipe("monograph_context")(doc)
    assert [doc[start:end].text for start, end in mark.span._.cues] == ["no evidence of"]


def test_reads_entities_where_there_are_no_mentions(nlp: Language) -> None:
    doc = nlp.make_doc("No fever.")
    doc.ents = [Span(doc, 1, 2, label="CONDITION")]
    nlp.get_pipe("monograph_context")(doc)
    assert doc.ents[0]._.assertion == "absent"


def test_a_second_run_forgets_the_first(nlp: Language) -> None:
    doc, (mark,) = _read(nlp, "Severe <m>fever</m>.")
    mark.span._.assertion, mark.span._.cues = "absent", [[0, 1]]
    nlp.get_pipe("monograph_context")(doc)
    assert (mark.span._.assertion, mark.span._.cues) == ("present", [])


@pytest.mark.parametrize(
    "marked",
    [
        "No fever\n<m a=present>Cough</m> for a week",
        "No fever. <m a=present>Cough</m> for a week.",
        "Fever? None! <m a=present>Cough</m>",
        "Dose of 0.5 mg without <m a=absent>cough</m>",
    ],
)
def test_without_sentences_lines_and_marks_are_borders(marked: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("monograph_context")
    assert all(expected == got for _, expected, got in _assertions(nlp, marked))


def test_a_list_item_is_a_border_inside_a_sentence() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("monograph_context")
    doc, (mark,) = _read(nlp, "Stop it if fever occurs\n • <m>Gout</m> was seen")
    for token in doc:
        token.is_sent_start = token.i == 0
    nlp.get_pipe("monograph_context")(doc)
    assert mark.span._.assertion == "present"


def test_max_scope_is_in_words(nlp: Language) -> None:
    near = spacy.blank("en")
    near.add_pipe("monograph_context", config={"max_scope": 2})
    marked = "No <m>fever</m>, chills, sweats or <m>vomiting</m>"
    assert [got for _, _, got in _assertions(near, marked)] == ["absent", "present"]
    assert [got for _, _, got in _assertions(nlp, marked)] == ["absent", "absent"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"direction": "FOWARD"}, "did you mean 'FORWARD'"),
        ({"category": "ABSNT"}, "did you mean 'ABSENT'"),
        ({"pattern": "* no"}, "begins with"),
        ({"pattern": "|no |of"}, "empty"),
        ({"max_scope": "far"}, "is not a number"),
        ({"example": ""}, "example is empty"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(
    tmp_path: Path, row: dict[str, str], message: str
) -> None:
    good = {"literal": "no", "category": "ABSENT", "direction": "FORWARD", "example": "no <m>x</m>"}
    rules = tmp_path / "cues.jsonl"
    rules.write_text("# cues\n" + json.dumps(good | row), encoding="utf-8")
    with pytest.raises(RuleError, match=message) as caught:
        context.read_cues(str(rules), 40)
    assert f"{rules}:2" in str(caught.value)


_WORDS = ["no", "fever", "may", "if", "(", ")", "not", "in", "rats", "-", "free", ".", "\n", "but"]


def _anything() -> st.SearchStrategy[str]:
    return st.one_of(st.text(max_size=80), st.lists(st.sampled_from(_WORDS)).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(text=_anything(), data=st.data())
def test_any_text_is_read_twice_alike_and_its_spans_are_left_alone(
    text: str, data: st.DataObject
) -> None:
    doc = _NLP.make_doc(text)
    ends = st.integers(0, len(doc))
    ranges = data.draw(st.lists(st.tuples(ends, ends), max_size=6, unique=True))
    spans = [Span(doc, low, high, label="CONDITION") for low, high in ranges if low < high]
    doc.spans["mentions"] = spans
    before = [(span.start, span.end, span.label_) for span in spans]
    context_marker = _NLP.get_pipe("monograph_context")
    first = [(s._.assertion, s._.cues) for s in context_marker(doc).spans["mentions"]]
    second = [(s._.assertion, s._.cues) for s in context_marker(doc).spans["mentions"]]
    assert first == second
    assert [(span.start, span.end, span.label_) for span in doc.spans["mentions"]] == before
    assert {assertion for assertion, _ in first} <= {"present", *_ASSERTION.values()}
    assert all(bool(cues) == (assertion != "present") for assertion, cues in first)
    back = Doc(_NLP.vocab).from_bytes(doc.to_bytes())
    assert [(s._.assertion, s._.cues) for s in back.spans["mentions"]] == first


def test_two_processes_say_what_one_says() -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "CONDITION", "pattern": "fever"}])  # type: ignore[attr-defined]
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("monograph_context")
    texts = ["No fever.", "It may cause fever.", "Severe fever."] * 4
    alone = [doc.ents[0]._.assertion for doc in nlp.pipe(texts)]
    assert alone[:3] == ["absent", "possible", "present"]
    assert [doc.ents[0]._.assertion for doc in nlp.pipe(texts, n_process=2)] == alone


@pytest.mark.parametrize(
    ("label", "part", "origin", "expected"),
    [
        ("DENIED", (0, 2), "model", "absent"),
        ("OTHER_SUBJECT", (0, 2), "model", "other_subject"),
        ("OTHER_SUBJECT", (1, 2), "model", "present"),  # half of it is not more than half
        ("NEGATION", (0, 2), "model", "present"),  # a word of negation is no denied event
        ("DENIED", (0, 2), "lexicon", "present"),
    ],
)
def test_where_no_cue_turns_an_event_the_tagger_does(label, part, origin, expected):
    nlp = spacy.blank("en")
    component = nlp.add_pipe("monograph_context")
    doc = nlp.make_doc("hepatic failure after exposure")
    mention = Span(doc, 0, 2, "ADVERSE_EVENT")
    mention._.origin = origin
    doc.spans["mentions"] = [mention]
    doc.spans["turning"] = [Span(doc, *part, label)]
    component(doc)
    assert doc.spans["mentions"][0]._.assertion == expected


def test_a_cue_outweighs_the_tagger():
    nlp = spacy.blank("en")
    component = nlp.add_pipe("monograph_context")
    doc = nlp.make_doc("no hepatic failure occurred")
    mention = Span(doc, 1, 3, "ADVERSE_EVENT")
    mention._.origin = "model"
    doc.spans["mentions"] = [mention]
    doc.spans["turning"] = [Span(doc, 1, 3, "OTHER_SUBJECT")]
    component(doc)
    assert doc.spans["mentions"][0]._.assertion == "absent"
