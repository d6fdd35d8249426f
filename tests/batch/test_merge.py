from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.usefixtures("stub")


def test_the_manifest_tells_each_input_and_nothing_of_time_or_place(batch, write, tmp_path):
    paths = write(a="Fever.", b="fail", c="twice")
    counts = batch(paths)
    assert (counts.inputs, counts.records, counts.failures) == (3, 3, 1)
    text = (batch.out / "manifest.json").read_text("utf-8")
    manifest = json.loads(text)
    assert [(one["name"], one["records"], one["failures"]) for one in manifest["inputs"]] == [
        ("a.txt", 1, 0),
        ("b.txt", 0, 1),
        ("c.txt", 2, 0),
    ]
    assert manifest["counts"] == {"inputs": 3, "records": 3, "failures": 1}
    assert manifest["inputs"][0]["bytes"] == 6
    assert manifest["made_by"]["package"] == "stub 1"
    assert manifest["versions"]["spacy"]
    assert "scratch" not in manifest["settings"]
    assert "seconds" not in manifest["settings"]
    assert str(tmp_path) not in text


def test_the_same_document_twice_is_told(batch, write, tmp_path):
    line = json.dumps({"id": "a", "text": "Fever."})
    paths = write({"x/one.jsonl": line, "y/one.jsonl": line})
    counts = batch(paths)
    assert (counts.records, counts.failures) == (1, 1)
    (row,) = map(json.loads, batch.files()["failures.jsonl"].splitlines())
    assert (row["document"], row["stage"], row["error"]) == ("a", "identity", "SameDocumentError")
    assert row["message"].startswith("y/one.jsonl:1: ")
    batch(paths[1:])  # the first one is taken away: the second has its record now
    assert json.loads(batch.files()["records.jsonl"])["document"]["source"] == "one.jsonl:1"


def test_a_document_that_is_there_twice_is_worked_on_once(batch, write):
    """Each run tells of it; its record is kept, for the day on which the first one goes."""
    lines = [json.dumps({"id": name, "text": "Fever."}) for name in "ab"]
    paths = write({"one.jsonl": "\n".join(lines), "two.jsonl": lines[0]})
    batch(paths)
    first = batch.files()
    for _ in range(3):
        batch(paths)
        assert (batch.new, batch.files()) == (0, first)
    assert len(list((batch.out / ".work").glob("part-*"))) == 1  # and not one more with each run
    batch(paths[1:])
    assert batch.new == 0
    row = json.loads(batch.files()["records.jsonl"])
    assert row["document"]["source"] == "two.jsonl:1"
    assert not list((batch.out / ".work").glob("part-*"))
    batch(paths)
    assert (batch.new, batch.files()) == (2, first)


def test_failures_have_the_order_of_the_inputs(batch, write):
    batch(write(c="fail", a="Fever.", b="fail"))
    rows = [json.loads(line) for line in batch.files()["failures.jsonl"].splitlines()]
    assert [row["document"] for row in rows] == ["c.txt", "b.txt"]
    assert set(rows[0]) == {"document", "stage", "error", "message"}


def test_nothing_to_read_gives_empty_files(batch):
    counts = batch([])
    assert (counts.inputs, counts.records, counts.failures) == (0, 0, 0)
    assert batch.files()["records.jsonl"] == batch.files()["failures.jsonl"] == b""
    assert json.loads(batch.files()["manifest.json"])["inputs"] == []
