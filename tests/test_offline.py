"""Nothing touches the network: with every way to it closed, everything works, in the workers of a batch as well."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Each Python process that is started, a batch's workers included, imports this first. An audit hook sees what no
# other name of a function of ``socket`` hides.
CLOSED = """
import os, sys
def tell(kind, what):
    with open(os.environ["CLOSED_" + kind], "a") as log:
        log.write(what + "\\n")
def closed(event, arguments):
    if event in WAYS:
        tell("TRIED", event + repr(arguments))
        raise OSError("the network is closed: " + event)
WAYS = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
        "socket.gethostbyaddr", "urllib.Request"}
sys.addaudithook(closed)
tell("STARTED", " ".join(sys.orig_argv).partition("\\n")[0])
"""
PROGRAM = """
import contextlib, io, socket, sys
from pathlib import Path
from monograph_nlp.cli import app
from monograph_nlp.pipeline import extract
out, samples = Path(sys.argv[1]), sys.argv[2:]
assert extract(Path(samples[0]))
def call(*arguments):
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            app(list(map(str, arguments)))
        except SystemExit as done:
            assert done.code == 0, (arguments, done.code)
records = out / "records.jsonl"
call("extract", *samples, "-o", records, "--summary", "--with-text")
call("validate", records)
call("doctor")
call("schema")
call("batch", *samples, "--out", out / "batch", "--workers", 2, "--profile", "fast", "--quiet")
call("load", records, "--to", f"sqlite:///{out}/a.db", "--quiet")
call("load", out / "batch", "--to", f"duckdb:///{out}/a.duckdb", "--quiet")
for system in ("kgx", "fhir", "brat", "pubtator"):
    call("export", records, "--to", system, "-o", out / system, "--quiet")
call("review", records, "-o", out / "review.html", "--quiet")
call("diff", samples[0], samples[0], "--html", out / "diff.html")
call("evaluate", Path(samples[0]).parent / "gold", records, "--rounds", 100)
call("rules", "list")
call("lexicon", "search", "aspirin")
try:
    socket.create_connection(("localhost", 9))
except OSError:
    print(len(samples), "read")
"""


def _namespace() -> list[str]:
    """Return what starts a program without any network, libraries in C included, where that can be had."""
    alone = ["unshare", "--map-root-user", "--net"]
    if (
        shutil.which(alone[0])
        and not subprocess.run([*alone, "true"], capture_output=True).returncode
    ):
        return alone
    return []


@pytest.fixture(scope="module")
def done(sample_files, tmp_path_factory):
    out = tmp_path_factory.mktemp("offline")
    (out / "site").mkdir()
    (out / "site" / "sitecustomize.py").write_text(CLOSED)
    paths = [str(out / "site"), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    logs = {f"CLOSED_{kind}": str(out / kind) for kind in ("TRIED", "STARTED")}
    command = [*_namespace(), sys.executable, "-c", PROGRAM, str(out), *map(str, sample_files)]
    environment = os.environ | logs | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    process = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    return process, out


def test_every_format_and_command_works_without_a_network(done, sample_files):
    process, _ = done
    assert process.stdout == f"{len(sample_files)} read\n", process.stderr


def test_nothing_was_tried_but_what_shows_that_it_is_closed(done):
    tried = (done[1] / "TRIED").read_text().splitlines()
    assert [line.partition("(")[0] for line in tried] == ["socket.getaddrinfo"], tried
    assert "localhost" in tried[0]


def test_it_was_closed_in_the_workers_too(done):
    started = (done[1] / "STARTED").read_text().splitlines()
    assert sum("monograph_nlp.batch.work" in line for line in started) >= 2


def test_all_samples_were_written(done, records):
    for written in ("records.jsonl", "batch/records.jsonl"):
        assert len((done[1] / written).read_bytes().splitlines()) == len(records)


def test_the_samples_have_every_format(sample_files):
    suffixes = {"".join(path.suffixes[-2:]) for path in map(Path, sample_files)}
    assert {".txt", ".md", ".html", ".xml", ".json", ".jsonl", ".csv", ".tsv", ".parquet"} <= (
        suffixes
    )
    assert {".pdf", ".docx", ".txt.gz"} <= suffixes
