"""Bad input, end to end through the program: told in a line, exit code 1, and the rest written."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import monograph_nlp.cli.extract  # noqa: F401  (before the pipeline is kept, below)
from monograph_nlp import pipeline
from monograph_nlp.cli import app
from monograph_nlp.record.codec import decode

GOOD = "Velumatinib (Zynovia) is a kinase inhibitor. It is indicated for asthma."
LINE = json.dumps({"id": "a", "text": GOOD})
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + ']><document xmlns="urn:hl7-org:v3"><title>&j;</title></document>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<document xmlns="urn:hl7-org:v3"><title>&x;</title></document>'
)
BAD: dict[str, tuple[str, str | bytes, str]] = {  # case → name, content, words of the message
    "empty": ("bad.txt", "", "no text"),
    "blank": ("bad.html", "<html><body> </body></html>", "no text"),
    "binary": ("bad.txt", bytes(range(256)) * 8, "binary"),
    "another kind": ("bad.txt", b"%PDF-1.7 and so on", "a PDF document"),
    "unknown suffix": ("bad.rtf", "{\\rtf1 x}", "unknown suffix '.rtf'"),
    "broken XML": ("bad.xml", "<document><title>x</document>", "bad.xml"),
    "entity bomb": ("bad.xml", BOMB, "bad.xml"),
    "external entity": ("bad.xml", OUTSIDE, "bad.xml"),
    "not JSON": ("bad.json", '{"results": [', "JSON"),
    "JSON that is no label": ("bad.json", '{"colour": "red"}', "bad.json"),
    "gzip bomb": ("bad.txt.gz", gzip.compress(b"a" * (20 << 20)), "unpack to more than 200 times"),
    "damaged gzip": ("bad.txt.gz", gzip.compress(b"a text " * 999)[:-30], "gzip data are damaged"),
    "not a table": ("bad.parquet", "id,text\n1,x\n", "bad.parquet"),
    "missing column": ("bad.csv", "id,body\n1,x\n", "'text'"),
    "empty table": ("bad.csv", "", "bad.csv"),
    "damaged Word file": ("bad.docx", b"PK\x03\x04 broken", "bad.docx"),
    "damaged PDF": ("bad.pdf", b"%PDF-1.7 broken", "bad.pdf"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one document that is fine."""
    (tmp_path / "good.txt").write_text(GOOD)
    return tmp_path


@pytest.fixture
def call(nlp, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``extract`` in this process, with the pipeline that is loaded already."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(pipeline, "load", lambda config=None, *, profile=None: nlp)

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(app, ["extract", *map(str, arguments), "-o", "out.jsonl"])

    return invoke


def ids(folder: Path) -> list[str]:
    return [decode(line).document.id for line in (folder / "out.jsonl").read_bytes().splitlines()]


def told(result: Result, *words: str) -> None:
    """One line of the program's own says so, and no trace."""
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    lines = [line for line in result.stderr.splitlines() if line.startswith("monograph-nlp: ")]
    assert any(all(word in line for word in words) for line in lines), result.stderr
    assert all(len(line) < 1000 for line in lines)


@pytest.mark.parametrize(("name", "content", "words"), BAD.values(), ids=BAD)
def test_a_bad_file_is_told_and_the_good_one_is_written(call, folder, name, content, words):
    data = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(data)
    result = call(folder / name, folder / "good.txt")
    told(result, name, words)
    assert ids(folder) == ["good"]
    assert "root:" not in (folder / "out.jsonl").read_text()


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere", "no/where.xml"])
def test_a_missing_file(call, folder, name):
    told(call(name, "good.txt"), name, "no such file")
    assert ids(folder) == ["good"]


@pytest.mark.parametrize(
    "bad",
    [
        "{not json",
        "[1, 2]",
        '{"id": "b"}',
        '{"id": "b", "text": 5}',
        '{"id": "b", "text": ""}',
        '{"id": "b", "text": "x", "sections": "y"}',
    ],
)
def test_a_bad_line_is_named_by_its_number_and_the_others_are_kept(call, folder, bad):
    last = json.dumps({"id": "c", "text": GOOD})
    (folder / "many.jsonl").write_text(f"{LINE}\n\n{bad}\n{last}\n")
    told(call("many.jsonl", "good.txt"), "many.jsonl:3")
    assert ids(folder) == ["a", "c", "good"]


def test_undecodable_bytes_of_a_line_are_named_or_repaired(call, folder):
    (folder / "many.jsonl").write_bytes(
        b'{"id": "b", "text": "\xff\xfe\xfa"}\n' + LINE.encode() + b"\n"
    )
    result = call("many.jsonl")
    assert "Traceback" not in result.output
    assert ids(folder)[-1] == "a"
    assert result.exit_code == 1 or "b" in ids(folder)


def test_undecodable_bytes_of_a_text_are_repaired_and_the_record_says_so(call, folder):
    (folder / "latin.txt").write_bytes(GOOD.encode() + " Größe: 5 µg.".encode("latin-1"))
    assert call("latin.txt").exit_code == 0
    (record,) = map(decode, (folder / "out.jsonl").read_bytes().splitlines())
    assert "input_damaged" in {issue.code for issue in record.issues}


def test_a_line_beyond_the_limit_is_skipped_and_named(call, folder):
    long = json.dumps({"id": "b", "text": "word " * (17 << 20 >> 2)})
    (folder / "many.jsonl").write_text(f"{LINE}\n{long}\n{LINE}\n")
    told(call("many.jsonl"), "many.jsonl:2", "longer than 16,777,216 bytes")
    assert ids(folder) == ["a", "a-2"]


def test_a_folder_that_cannot_be_listed(call, folder, monkeypatch):
    (folder / "closed").mkdir()
    scan = os.scandir

    def closed(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    told(call("closed", "good.txt"), "closed", "Permission denied")
    assert ids(folder) == ["good"]


def test_a_bad_row_is_named_and_the_others_are_kept(call, folder):
    (folder / "t.csv").write_text(f"id,text\na,{GOOD}\nb,\nc,{GOOD}\n")
    told(call("t.csv"), "t.csv#2", "no text")
    assert ids(folder) == ["a", "c"]


def test_all_fine_is_0(call, folder):
    result = call("good.txt")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["good.txt", "--colour"],
        ["good.txt", "--format", "xlsx"],
        ["good.txt", "--config", "nowhere.cfg"],
        [],
    ],
)
def test_wrong_usage_is_2_and_nothing_is_written(call, folder, arguments):
    assert call(*arguments).exit_code == 2
    assert not (folder / "out.jsonl").exists()
