import json

import pytest
from typer.testing import CliRunner

from made_records import TEXT, fact, record
from monograph_nlp.cli import app
from monograph_nlp.pipeline import load
from monograph_nlp.record.codec import encode


def call(*arguments):
    return CliRunner().invoke(app, ["diff", *map(str, arguments)])


@pytest.fixture
def sides(tmp_path):
    said = {"evidence": (22, 41, TEXT[22:41])}
    old = record(fact("has_adverse_event", "nausea", frequency="common", **said), id="a")
    new = record(fact("has_adverse_event", "nausea", frequency="rare", **said), id="b")
    for name, one in (("old", old), ("new", new)):
        (tmp_path / f"{name}.jsonl").write_bytes(encode(one))
    return tmp_path


def test_differences_are_printed_and_written_with_exit_code_1(sides):
    done = call(
        sides / "old.jsonl",
        sides / "new.jsonl",
        "--json",
        sides / "d.json",
        "--html",
        sides / "d.html",
    )
    assert done.exit_code == 1
    assert "testamab: a → b (1 difference, 0 facts the same)" in done.stdout
    assert "~ has_adverse_event nausea: frequency common → rare (lowered)" in done.stdout
    assert "old: “It may cause nausea”" in done.stdout
    value = json.loads((sides / "d.json").read_text("utf-8"))
    (change,) = value["documents"][0]["changes"]
    assert (change["old"]["evidence"], change["details"][0]["way"]) == (
        "It may cause nausea",
        "lowered",
    )
    assert "lowered" in (sides / "d.html").read_text("utf-8")


def test_brief_leaves_the_words_out(sides):
    done = call(sides / "old.jsonl", sides / "new.jsonl", "--brief")
    assert "“" not in done.stdout
    assert done.exit_code == 1


def test_a_change_is_one_line_whatever_its_length(tmp_path):
    event = " ".join(["severe"] * 40)
    old, new = record(id="a"), record(fact("has_adverse_event", event), id="b")
    for name, one in (("old", old), ("new", new)):
        (tmp_path / f"{name}.jsonl").write_bytes(encode(one))
    done = call(tmp_path / "old.jsonl", tmp_path / "new.jsonl", "--brief")
    assert done.stdout.splitlines()[1:] == [f"  + has_adverse_event {event}"]


def test_the_same_is_exit_code_0(sides):
    done = call(sides / "old.jsonl", sides / "old.jsonl")
    assert (done.exit_code, done.stdout) == (
        0,
        "testamab: a → a (0 differences, 1 fact the same)\n",
    )


@pytest.mark.parametrize(
    "arguments", [["none.txt", "old.jsonl"], ["old.jsonl", "bad.xyz"], ["old.jsonl"]]
)
def test_trouble_is_exit_code_2(sides, monkeypatch, arguments):
    monkeypatch.chdir(sides)
    (sides / "bad.xyz").write_text("x", "utf-8")
    done = call(*arguments)
    assert done.exit_code == 2
    assert done.stderr


def test_documents_are_extracted_on_the_way_by_one_pipeline(tmp_path, monkeypatch):
    loaded = []

    def counted(*arguments, **options):
        loaded.append(options)
        return load(*arguments, **options)

    monkeypatch.setattr("monograph_nlp.pipeline.load", counted)
    text = "Testoral tablets\n\nSide effects\n\n{}: headache and nausea.\n"
    for name, words in (("old", "Common"), ("new", "Very common")):
        (tmp_path / f"{name}.txt").write_text(text.format(words), "utf-8")
    done = call(tmp_path / "old.txt", tmp_path / "new.txt", "--profile", "lexicon")
    assert done.exit_code == 1, done.output
    assert done.stdout.count("frequency common → very common (raised)") == 2
    assert loaded == [{"profile": "lexicon"}]
