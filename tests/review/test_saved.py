import json
import re
from pathlib import Path

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.review.saved import saved
from monograph_nlp.write.corrections import read_corrections

DOCS = Path(__file__).parents[2] / "docs"

FACT = {
    "predicate": "has_adverse_event",
    "object": "nausea",
    "concept": None,
    "assertion": "present",
    "qualifiers": {"frequency": "common"},
    "evidence": [3, 9],
}
LINE = {
    "version": 1,
    "record": "r-1",
    "document": "d",
    "kind": "fact",
    "id": "f1",
    "verdict": "accept",
    "value": FACT,
    "original": FACT,
    "reviewer": None,
    "note": None,
}


def _file(folder, *lines):
    path = folder / "saved.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_decisions_come_back_in_order(tmp_path):
    other = {**LINE, "id": "f2", "note": "<b>"}
    path = _file(tmp_path, json.dumps(LINE), "", json.dumps(other), "")
    assert json.loads(json.dumps(list(saved(path)))) == [LINE, other]


def test_the_page_takes_the_very_files_that_the_evaluation_takes(tmp_path):
    path = _file(tmp_path, "\ufeff" + json.dumps(LINE))  # an editor put the mark before it
    assert len(list(saved(path))) == len(read_corrections(path)) == 1
    path = _file(tmp_path, json.dumps({**LINE, "original": {}}))
    for read in (saved, read_corrections):
        with pytest.raises(ReadError, match=r":1: .*predicate"):
            list(read(path))


def _examples(page):
    """The corrections that a page of the documentation shows, each on a line."""
    text = (DOCS / page).read_text("utf-8")
    decoder, starts = json.JSONDecoder(), re.finditer(r'^\{"version"', text, re.M)
    return [json.dumps(decoder.raw_decode(text, start.start())[0]) for start in starts]


@pytest.mark.parametrize(("page", "number"), [("review.md", 2), ("evaluation.md", 1)])
def test_the_examples_of_the_documentation_are_taken(tmp_path, page, number):
    path = _file(tmp_path, *_examples(page))
    assert len(list(saved(path))) == len(read_corrections(path)) == number


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", ":2: not JSON"),
        ("[]", ":2: not JSON"),
        ('"\\ud800"', ":2: not JSON"),
        (json.dumps({**LINE, "version": 2}), ":2: version 2"),
        (json.dumps({k: v for k, v in LINE.items() if k != "verdict"}), ":2: no verdict"),
    ],
)
def test_a_line_that_is_no_decision_is_named(tmp_path, line, what):
    path = _file(tmp_path, json.dumps(LINE), line)
    with pytest.raises(ReadError, match=what):
        list(saved(path))
