"""``monograph-nlp rules``: for people who write no programs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from made_records import TEXT, fact, mention, record
from monograph_nlp.cli import app
from monograph_nlp.record.codec import encode
from monograph_nlp.rules import tables
from monograph_nlp.types import Concept

SAMPLE = Path(__file__).parents[2] / "corpus" / "sertraline.txt"


def _call(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["rules", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_list_names_every_table() -> None:
    told = _call("list")
    assert [line.split()[-1] for line in told.splitlines()] == tables()


def test_list_shows_the_rows_of_a_predicate() -> None:
    told = _call("list", "--predicate", "has_target")
    assert "has_target → TARGET" in told
    assert "has_dosage" not in told


def test_list_of_no_table_says_which_is_near() -> None:
    assert "did you mean 'relations.jsonl'" in _call("list", "relation.jsonl", code=1)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("rules") / "records.jsonl"
    result = CliRunner().invoke(app, ["extract", str(SAMPLE), "-o", str(target), "--quiet"])
    assert result.exit_code == 0
    return target


def test_explain_names_the_row_the_evidence_and_the_object(records: Path) -> None:
    told = _call("explain", str(records), "f1")
    for part in ("f1 of sertraline", "evidence", "rules/", "example", "object"):
        assert part in told


def test_explain_says_where_there_is_no_such_fact(records: Path) -> None:
    assert "no fact 'f9999'" in _call("explain", str(records), "f9999", code=1)
    assert "in document 'x'" in _call("explain", str(records), "f1", "--document", "x", code=1)


def test_explain_prints_no_control_character_of_a_document(tmp_path: Path) -> None:
    loud = "a\x1b[2Jb"
    stated = replace(fact("has_adverse_event", "nausea", mention="m1"), rule=loud)
    named = replace(mention(TEXT, "nausea"), cues=(loud,), concept=Concept("x:1", loud, 0.9, ()))
    path = tmp_path / "records.jsonl"
    path.write_bytes(encode(record(stated, mentions=(named,), id=loud)))
    told = _call("explain", str(path), "f1")
    assert told.count("a[2Jb") == 3
    assert "\x1b" not in told


def test_check_is_content_with_the_package_and_names_a_wrong_row(tmp_path: Path) -> None:
    assert "sound" in _call("check")
    own = tmp_path / "own.jsonl"
    own.write_text(
        '{"id": "ours", "predicate": "has_target", "object": ["TARGET"], "trigger": "hits", '
        '"direction": "after", "example": "{Ex} meets <o>A</o>.", "counterexample": "{Ex}."}\n'
    )
    assert "own.jsonl:1: ours: in its example it finds nothing" in _call("check", str(own), code=1)


def test_add_writes_a_row_and_says_how_to_use_it(tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    options = {
        "id": "our-hits",
        "predicate": "has_target",
        "object": "TARGET",
        "trigger": "{subject} hits",
        "example": "{Examplinib} hits <o>CD38</o>.",
        "counterexample": "{Examplinib} is for <o>CD38</o>-positive myeloma.",
    }
    pairs = [part for key, value in options.items() for part in (f"--{key}", value)]
    told = _call("add", "--to", str(own), *pairs)
    assert "1 row added" in told
    assert f'more = "{own.resolve().as_posix()}"' in told
    assert "sound" in _call("check", str(own))
    assert "another row has this id" in _call("add", "--to", str(own), *pairs, code=1)
