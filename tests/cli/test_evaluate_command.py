import json

import pytest
from typer.testing import CliRunner

from made_records import TEXT, fact, record
from monograph_nlp.cli import app
from monograph_nlp.evaluate import reading
from monograph_nlp.record.codec import encode

NAMES = [f"doc{number}" for number in range(10)]


def call(*arguments):
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


@pytest.fixture
def files(tmp_path):
    """A gold of ten documents, records that are right, and records that are wrong in nine."""
    (tmp_path / "gold").mkdir()
    for name in NAMES:
        facts = [
            {
                "predicate": "has_adverse_event",
                "text": "nausea",
                "qualifiers": {"frequency": "common"},
            }
        ]
        value = {"doc": name, "subject": {"name": "testamab"}, "facts": facts}
        (tmp_path / "gold" / f"{name}.json").write_text(json.dumps(value), "utf-8")
    right = [record(_event("nausea"), id=name) for name in NAMES]
    wrong = [right[0], *(record(_event("fever"), id=name) for name in NAMES[1:])]
    for name, records in (("right", right), ("wrong", wrong)):
        (tmp_path / f"{name}.jsonl").write_bytes(b"\n".join(map(encode, records)))
    return tmp_path


def _event(words):
    return fact("has_adverse_event", words, frequency="common", evidence=(22, 41, TEXT[22:41]))


def test_a_result_is_printed_and_written(files):
    pages = [files / name for name in ("page.md", "page.html", "result.json")]
    done = call(
        files / "gold", files / "wrong.jsonl", "--errors", 2, "--rounds", 100, "--markdown", pages[0],
        "--html", pages[1], "--json", pages[2],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "has_adverse_event+frequency" in done.stdout
    assert "“nausea”: frequency: common (9 times)" in done.stdout
    assert "10 documents; intervals over 100 samples" in done.stdout
    assert pages[0].read_text("utf-8").startswith("# wrong.jsonl by gold")
    assert "<h2>facts</h2>" in pages[1].read_text("utf-8")
    result = json.loads(pages[2].read_text("utf-8"))
    facts = next(one for one in result["scores"] if one["measure"] == ["facts", "all", ""])
    assert (facts["precision"]["value"], facts["counts"]) == (0.1, [1, 10, 1, 10])


def test_the_same_input_gives_the_same_bytes(files):
    for name in ("one", "two"):
        call(files / "gold", files / "wrong.jsonl", "--json", files / f"{name}.json")
    assert (files / "one.json").read_bytes() == (files / "two.json").read_bytes()


def test_two_runs_read_their_gold_once(files, monkeypatch):
    read, paths = reading.read_gold, []

    def counted(path, *rest):
        paths.append(path)
        return read(path, *rest)

    monkeypatch.setattr(reading, "read_gold", counted)
    assert call(files / "gold", files / "wrong.jsonl", files / "right.jsonl").exit_code == 0
    assert paths == [str(files / "gold")]


def test_two_runs_are_compared_by_their_records_or_their_results(files):
    direct = call(
        files / "gold", files / "wrong.jsonl", files / "right.jsonl", "--html", files / "c.html"
    )
    for name in ("wrong", "right"):
        call(files / "gold", files / f"{name}.jsonl", "--json", files / f"{name}.json")
    later = call(
        "--compare", files / "wrong.json", files / "right.json", "--json", files / "c.json"
    )
    assert (direct.exit_code, direct.stdout) == (later.exit_code, later.stdout)
    assert "right.jsonl beside wrong.jsonl" in (files / "c.html").read_text("utf-8")
    found = json.loads((files / "c.json").read_text("utf-8"))
    assert found["documents"] == 10
    whole = next(one for one in found["differences"] if one["measure"] == ["facts", "all", ""])
    assert whole["f1"]["value"] == 0.9
    assert whole["is_significant"]


def test_types_are_mapped(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.ann").write_text("T1\tFinding 35 41\tnausea\nT2\tDRUG 0 8\tTestamab\n", "utf-8")
    (tmp_path / "records.jsonl").write_bytes(encode(record(id="a")))
    done = call(tmp_path, tmp_path, "--map", "Finding=ADVERSE_EVENT,CONDITION", "--map", "DRUG=")
    assert done.exit_code == 0, done.output
    assert "mentions, strict" in done.stdout
    assert "DRUG" not in done.output
    untold = call(tmp_path, tmp_path)
    assert "note: 1 mentions of type 'Finding' are not counted" in untold.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        (["gold"], 2, "give a gold"),
        (["--compare", "a.json"], 2, "give two results"),
        (["gold", "right.jsonl", "--map", "x"], 2, "expected TYPE=LABEL"),
        (
            ["gold", "right.jsonl", "--map", "x=y", "--gold-format", "nothing"],
            1,
            "no format 'nothing'",
        ),
        (["gold", "none.jsonl"], 1, "No such file"),
        (["--compare", "right.jsonl", "right.jsonl"], 1, "Write it anew"),
    ],
)
def test_what_cannot_be_done_is_told(files, monkeypatch, arguments, code, what):
    monkeypatch.chdir(files)
    done = call(*arguments)
    assert done.exit_code == code
    assert what in done.output.replace("\n", " ")


def test_a_document_without_a_record_is_an_error_or_is_left_out(files):
    lines = (files / "right.jsonl").read_bytes().split(b"\n")
    (files / "some.jsonl").write_bytes(b"\n".join(lines[:4]))
    assert "no record of 'doc4', 'doc5'" in call(files / "gold", files / "some.jsonl").stderr
    done = call(files / "gold", files / "some.jsonl", "--skip-missing")
    assert done.exit_code == 0
    assert "6 documents of the gold have no record" in done.stderr
