"""A disk that is full or read-only: every command says so in a line, leaves what was there, and can be run again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from monograph_nlp.record.codec import encode

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and mounts of Linux")
PROGRAM = Path(__file__).with_name("disk_program.py")
ALONE = ["unshare", "--map-root-user", "--mount"]
SAYS = {
    "limit": ("File too large", "disk is full", "disk I/O error"),
    "full": ("No space left on device", "disk is full", "disk I/O error"),
    "readonly": ("Read-only file system", "unable to open database file", "Cannot open file"),
}


def _mounts() -> bool:
    return (
        bool(shutil.which(ALONE[0]))
        and not subprocess.run([*ALONE, "true"], capture_output=True).returncode
    )


@pytest.mark.parametrize("kind", SAYS)
def test_what_cannot_be_written_is_told_and_can_be_done_again(kind, sample, tmp_path):
    if kind != "limit" and not _mounts():
        pytest.skip("this system lets nobody mount: unshare --map-root-user --mount")
    out, records, document = tmp_path / "out", tmp_path / "records.jsonl", tmp_path / "a.txt"
    out.mkdir()
    records.write_bytes(encode(sample) + b"\n")
    document.write_text("Indications\n\nExamplinib is indicated for gout.\n")
    command = [*([] if kind == "limit" else ALONE), sys.executable, PROGRAM, kind, out]
    done = subprocess.run(
        [*map(str, command), str(records), str(document)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *told, (left, kept) = map(json.loads, done.stdout.splitlines())
    assert (left, kept) == ([], True)  # no half of a file, and the old ones as they were
    assert len(told) == 13
    for command, code, said, then in told:
        trouble = 2 if command[0] == "diff" else 1  # as of the diff that everybody knows
        assert (code, then) == (trouble, 0), (command, said)
        assert said.count("\n") == 1, (command, said)
        assert said.startswith("monograph-nlp: ")
        assert str(out) in said, (command, said)
        assert any(what in said for what in SAYS[kind]), (command, said)
        assert "; expected " in said, (command, said)
