"""Nothing touches the network: with every way to it closed, everything works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CLOSED = """
import socket, sys
tried = []
def closed(*arguments, **keywords):
    tried.append(arguments)
    raise OSError("the network is closed: " + repr(arguments))
class Closed(socket.socket):
    connect = connect_ex = sendto = closed
socket.socket = Closed
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = closed
"""
PROGRAM = (
    CLOSED
    + """
import contextlib, io
from pathlib import Path
from monograph_nlp.cli import app
from monograph_nlp.pipeline import extract, load
nlp = load()
samples = sys.argv[2:]
for sample in samples:
    assert extract(Path(sample), nlp=nlp)
out = sys.argv[1]
def call(*arguments):
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            app(list(arguments))
        except SystemExit as done:
            assert done.code == 0, (arguments, done.code)
call("extract", *samples, "-o", out, "--summary")
call("validate", out)
call("doctor")
call("schema")
assert not tried, tried
try:
    socket.create_connection(("localhost", 9))
except OSError:
    print(len(samples), "read", len(tried), "tried")
"""
)


@pytest.fixture(scope="module")
def done(sample_files, tmp_path_factory):
    out = tmp_path_factory.mktemp("offline") / "records.jsonl"
    command = [sys.executable, "-c", PROGRAM, str(out), *map(str, sample_files)]
    return subprocess.run(command, capture_output=True, text=True, check=False), out


def test_every_format_and_command_works_without_a_network(done, sample_files):
    process, _ = done
    assert process.stdout == f"{len(sample_files)} read 1 tried\n", process.stderr


def test_all_samples_were_written(done, records):
    assert len(done[1].read_bytes().splitlines()) == len(records)


def test_the_samples_have_every_format(sample_files):
    suffixes = {"".join(path.suffixes[-2:]) for path in map(Path, sample_files)}
    assert {".txt", ".md", ".html", ".xml", ".json", ".jsonl", ".csv", ".tsv", ".parquet"} <= (
        suffixes
    )
    assert {".pdf", ".docx", ".txt.gz"} <= suffixes
