from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monograph_nlp.batch import process
from monograph_nlp.cli import app
from monograph_nlp.errors import BatchError, MonographError

STUB = Path(__file__).parents[1] / "batch" / "stub_worker.py"
PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
from monograph_nlp.batch import process
from monograph_nlp.cli import main
process._PROGRAM = (sys.executable, sys.argv.pop(1))
main()
"""


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Run ``batch`` in this process, with workers that start at once."""
    monkeypatch.setattr(process, "_PROGRAM", (sys.executable, str(STUB)))
    monkeypatch.chdir(tmp_path)
    for name, text in {"in/a.txt": "Fever.", "in/x/b.txt": "Rash.", "in/c.md": "Itch."}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    def invoke(*arguments: object):
        result = CliRunner().invoke(app, ["batch", *map(str, arguments), "--workers", "1"])
        assert "Traceback" not in result.output
        return result

    return invoke


def _sources() -> list[str]:
    lines = Path("out/records.jsonl").read_text().splitlines()
    return [json.loads(line)["document"]["source"] for line in lines]


def test_a_folder_is_read_and_the_last_line_says_so(call):
    result = call("in", "--out", "out")
    assert result.exit_code == 0, result.output
    assert result.stdout == "3 records of 3 inputs → out/records.jsonl\n"
    assert _sources() == ["a.txt", "c.md", "b.txt"]


def test_patterns_are_expanded_here_and_the_output_is_never_read(call):
    for _ in range(2):
        assert call("in/**/*.txt", "**/*.jsonl", "in/*.md", "-o", "out").exit_code in (0, 1)
        assert _sources() == ["a.txt", "b.txt", "c.md"]
    assert call("in/**/*.txt", "-o", "out").exit_code == 0


def test_an_archive_is_read_where_it_lies(call):
    shutil.make_archive("all", "zip", "in")
    assert call("all.zip", "-o", "out", "-q").output == ""
    assert sorted(_sources()) == ["all.zip!a.txt", "all.zip!c.md", "all.zip!x/b.txt"]


def test_a_failure_is_a_row_and_exit_code_1(call):
    Path("in/bad.txt").write_text("fail")
    result = call("in", "-o", "out")
    assert result.exit_code == 1
    assert "1 failure → out/failures.jsonl" in result.stdout
    assert json.loads(Path("out/failures.jsonl").read_text())["stage"] == "linker"


def test_an_input_that_is_missing_is_told_and_the_rest_is_read(call):
    result = call("in", "nowhere", "-o", "out")
    assert result.exit_code == 1
    assert "nowhere: no such file" in result.stderr
    assert len(_sources()) == 3


@pytest.mark.parametrize("inputs", [["nowhere"], ["in", "nowhere", "--strict"], ["no*thing"]])
def test_nothing_is_written_where_nothing_can_be_read(call, inputs):
    assert call(*inputs, "-o", "out").exit_code == 1
    assert not Path("out").exists()


def test_strict_stops_and_says_why(call):
    Path("in/bad.txt").write_text("fail")
    result = call("in", "-o", "out", "--strict")
    assert result.exit_code == 1
    assert "--strict" in result.stderr
    assert not Path("out/records.jsonl").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["in"],
        ["-o", "out"],
        ["in", "-o", "in/a.txt"],
        ["in", "-o", "in"],
        ["in/x/b.txt", "-o", "in/x"],
        ["in", "-o", "out", "--timeout", "0"],
        ["in", "-o", "out", "--profile", "clever"],
        ["in", "-o", "out", "--config", "nowhere.cfg"],
    ],
    ids=str,
)
def test_wrong_usage_is_2_and_nothing_is_written(call, arguments):
    assert call(*arguments).exit_code == 2
    assert not Path("out").exists()


def test_another_batch_in_the_folder_is_told(call, monkeypatch):
    def busy(*arguments, **options):
        raise BatchError("out: another batch is at work")

    monkeypatch.setattr("monograph_nlp.batch.run", busy)
    result = call("in", "-o", "out")
    assert (result.exit_code, result.stderr) == (
        1,
        "monograph-nlp: out: another batch is at work\n",
    )
    assert issubclass(BatchError, MonographError)


def test_a_full_disk_is_one_line(call, monkeypatch):
    def full(*arguments, **options):
        raise OSError(28, "No space left on device", "out/.work/part-000001.open")

    monkeypatch.setattr("monograph_nlp.batch.run", full)
    result = call("in", "-o", "out")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "No space left on device" in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="limits of POSIX, /dev/full of Linux")
def test_a_file_that_may_not_grow_stops_the_program_and_the_next_run_completes(call):
    """The system itself refuses to write: here by a limit on the size of a file."""
    for number in range(100):
        Path(f"in/n{number}.txt").write_text(f"text {number} " + "word " * 200)
    limit = "import resource as r, signal as s; s.signal(s.SIGXFSZ, s.SIG_IGN); r.setrlimit(r.RLIMIT_FSIZE, (20000, 20000))"
    command = [sys.executable, "-c", limit + PROGRAM, str(STUB), "batch", "in", "-o", "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "File too large" in done.stderr
    assert not Path("out/records.jsonl").exists()
    assert call("in", "-o", "out").exit_code == 0
    assert call("in", "-o", "clean").exit_code == 0
    for name in ("records.jsonl", "failures.jsonl", "manifest.json"):
        assert Path("out", name).read_bytes() == Path("clean", name).read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_is_130_and_the_same_command_goes_on(call):
    for number in range(200):
        Path(f"in/n{number}.txt").write_text(f"slow {number}")
    command = [sys.executable, "-c", PROGRAM, str(STUB), "batch", "in", "-o", "out", "-q"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ)
    ends = time.monotonic() + 30
    while not list(Path("out/.work").glob("part-*")) and time.monotonic() < ends:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (
        130,
        "monograph-nlp: interrupted; the same command goes on from here\n",
    )
    assert list(Path("out/.work").glob("part-*"))
    assert call("in", "-o", "out").exit_code == 0
    assert len(_sources()) == 203
