import json
from dataclasses import replace

import pytest

from monograph_nlp.record.codec import encode


@pytest.fixture
def records(tmp_path, sample):
    path = tmp_path / "records.jsonl"
    path.write_bytes(encode(sample) + b"\n" + encode(replace(sample, id="r-2", text=None)) + b"\n")
    return path


def test_a_page_is_written_and_told(call, records, tmp_path):
    page = tmp_path / "out" / "page.html"
    done = call("review", records, "-o", page, "--title", "A & B")
    assert done.exit_code == 0
    assert done.stdout == f"2 documents, 16 facts → {page}\n"
    assert "1 document came without text" in done.stderr
    text = page.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "<title>A &amp; B</title>" in text


def test_quiet_says_nothing(call, records, tmp_path):
    done = call("review", records, "-o", tmp_path / "page.html", "-q")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_texts_come_from_a_folder(call, records, tmp_path, sample):
    (tmp_path / "testamab.txt").write_text(sample.text, "utf-8", newline="")
    done = call("review", records, "-o", tmp_path / "page.html", "--text-dir", tmp_path)
    assert done.exit_code == 0
    assert "without text" not in done.stderr


def test_a_line_that_is_no_record_is_told_and_the_page_holds_the_rest(call, records, tmp_path):
    records.write_bytes(records.read_bytes() + b"{}\n")
    done = call("review", records, "-o", tmp_path / "page.html")
    assert done.exit_code == 1
    assert "records.jsonl:3" in done.stderr
    assert "2 documents" in done.stdout
    assert (tmp_path / "page.html").exists()


def test_no_page_takes_the_place_of_an_input(call, records):
    before = records.read_bytes()
    done = call("review", records, "-o", records)
    assert done.exit_code == 2
    assert "also an input" in done.stderr
    assert records.read_bytes() == before


def test_decisions_to_go_on_from_are_in_the_page_or_stop_it(call, records, tmp_path):
    kept = tmp_path / "kept.jsonl"
    place = {"record": "r-1", "document": "d", "kind": "mention", "id": "m1", "verdict": "reject"}
    was = {"label": "DRUG", "spans": [[0, 8]], "text": "testamab"}
    line = {"version": 1, **place, "value": None, "original": was, "note": "a note"}
    kept.write_text(json.dumps(line), "utf-8")
    page = tmp_path / "page.html"
    assert call("review", records, "-o", page, "--corrections", kept).exit_code == 0
    assert '"note":"a note"' in page.read_text("utf-8")
    page.unlink()
    kept.write_text("{}", "utf-8")
    done = call("review", records, "-o", page, "--corrections", kept)
    assert done.exit_code == 1
    assert "kept.jsonl:1" in done.stderr
    assert not page.exists()
