import json

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.review.saved import saved

LINE = {
    "version": 1,
    "record": "r-1",
    "document": "d",
    "kind": "fact",
    "id": "f1",
    "verdict": "accept",
    "value": {},
    "original": {},
}


def _file(folder, *lines):
    path = folder / "saved.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_decisions_come_back_in_order(tmp_path):
    other = {**LINE, "id": "f2", "note": "<b>"}
    path = _file(tmp_path, json.dumps(LINE), "", json.dumps(other), "")
    assert list(saved(path)) == [LINE, other]


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
