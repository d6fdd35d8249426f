import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from monograph_nlp.cli.progress import Progress
from monograph_nlp.record.codec import encode
from monograph_nlp.record.validate import schema_text
from monograph_nlp.write import WRITERS

COMMANDS = [
    "extract", "batch", "load", "export", "evaluate", "diff", "review", "validate", "schema", "doctor",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_each_help_has_an_example(call, command):
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"Example: monograph-nlp {command}" in " ".join(result.stdout.split())


def test_help_names_every_command(call):
    result = call("--help")
    assert all(command in result.stdout for command in COMMANDS)
    assert "Usage" in call().output


def test_version(call):
    assert call("--version").stdout.startswith("monograph-nlp 0.")


@pytest.mark.parametrize("command", ["extract", "evaluate", "diff"])
def test_help_imports_nothing_heavy(command):
    code = (
        f"import sys; from monograph_nlp.cli import app; app(['{command}', '--help'], standalone_mode=False); "
        "heavy = {'spacy', 'pandas', 'pyarrow', 'jsonschema', 'lxml', 'numpy', 'jinja2', 'sqlalchemy', 'duckdb'}; "
        "sys.exit(' '.join(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.strip() == ""


def test_schema_prints_the_file(call):
    result = call("schema", "--version", "1.0")
    assert result.stdout == call("schema").stdout == schema_text()


def test_schema_of_an_unknown_version_is_wrong_usage(call):
    result = call("schema", "--version", "7.0")
    assert result.exit_code == 2
    assert "expected one of 1.0" in result.stderr


def test_validate_is_content_with_valid_records(call, sample, tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_bytes(encode(sample) + b"\n\n" + encode(replace(sample, text=None)) + b"\n")
    result = call("validate", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 records, 0 problems" in result.stderr


def test_validate_names_file_line_and_path(call, sample, tmp_path):
    path = tmp_path / "records.jsonl"
    wrong = json.loads(encode(sample)) | {"sections": "none"}
    deep = b"[" * 100_000
    bad = (b"{", b"\xff", json.dumps(wrong).encode(), b"[]", deep)
    path.write_bytes(b"\n".join([encode(sample), *bad]))
    result = call("validate", path)
    assert result.exit_code == 1
    starts = [line.split(" ")[:2] for line in result.stdout.splitlines()]
    assert starts == [
        [f"{path}:{n}:", f"{at}:"]
        for n, at in [
            (2, "$"),
            (3, "$"),
            (4, "$.sections"),
            (5, "$"),
            (6, "$"),
        ]
    ]


@pytest.mark.parametrize(
    ("name", "change", "problem"),
    [
        ("testamab.txt", str, ""),
        ("testamab.txt", str.swapcase, "the text says"),
        ("other.txt", str, "no text in"),
    ],
)
def test_validate_compares_with_the_texts(call, sample, tmp_path, name, change, problem):
    (tmp_path / "records.jsonl").write_bytes(encode(replace(sample, text=None)))
    (tmp_path / name).write_text(change(sample.text), encoding="utf-8", newline="")
    result = call("validate", tmp_path / "records.jsonl", "--text-dir", tmp_path)
    assert result.exit_code == (1 if problem else 0)
    assert problem in result.stdout


def test_validate_reads_no_text_outside_the_folder(call, sample, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    record = replace(sample, text=None, document=replace(sample.document, id="../secret"))
    (tmp_path / "records.jsonl").write_bytes(encode(record))
    result = call("validate", tmp_path / "records.jsonl", "--text-dir", tmp_path / "texts")
    assert "'../secret': no text in" in result.stdout


@pytest.mark.parametrize("name", ["texts/labels.zip/a.txt", "texts/labels.zip=2fa.txt"])
def test_validate_finds_the_text_of_a_document_in_an_archive(call, sample, tmp_path, name):
    record = replace(sample, text=None, document=replace(sample.document, id="labels.zip/a"))
    (tmp_path / "records.jsonl").write_bytes(encode(record))
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text(sample.text, encoding="utf-8", newline="")
    result = call("validate", tmp_path / "records.jsonl", "--text-dir", tmp_path / "texts")
    assert result.exit_code == 0, result.stdout
    (tmp_path / name).write_bytes(b"\xff")
    result = call("validate", tmp_path / "records.jsonl", "--text-dir", tmp_path / "texts")
    assert "byte 0 is not UTF-8" in result.stdout


def test_doctor_reports_and_passes(call, house, sample, monkeypatch):
    monkeypatch.setattr(
        house, "run", lambda _, monographs: [_like(sample, text=next(iter(monographs)).text)]
    )
    result = call("doctor")
    assert result.exit_code == 0, result.output
    assert all(word in result.stdout for word in ("spacy", "pypdfium2", "extra", "lexicon"))
    assert "Self-test passed: 0 mentions, 1 facts." in result.stdout


def _like(sample, text):
    """A record of another text with one fact that quotes all of it."""
    fact = sample.facts[0]
    whole = replace(fact.evidence[0], start=0, end=len(text), text=text, section=None)
    said = replace(
        fact,
        evidence=(whole,),
        subject=None,
        object=replace(fact.object, mention=None),
    )
    return replace(
        sample,
        document=replace(sample.document, characters=len(text)),
        coverage=replace(sample.coverage, evidence=len(text) - 10, text=0),
        sections=(),
        mentions=(),
        facts=(said,),
        issues=(),
        text=None,
    )


def test_doctor_fails_where_the_record_is_not_the_texts(call):
    result = call("doctor")
    assert result.exit_code == 1
    assert "$." in result.stderr


def test_doctor_fails_where_nothing_is_found(call, house, sample, monkeypatch):
    monkeypatch.setattr(
        house,
        "run",
        lambda _, monographs: [replace(_like(sample, next(iter(monographs)).text), facts=())],
    )
    result = call("doctor")
    assert result.exit_code == 1
    assert "the sample gave no fact" in result.stderr


def test_doctor_fails_where_a_format_cannot_be_written(call, house, sample, monkeypatch):
    def absent(records, path):
        raise ImportError("no pyarrow")

    monkeypatch.setattr(
        house, "run", lambda _, monographs: [_like(sample, next(iter(monographs)).text)]
    )
    monkeypatch.setitem(WRITERS, "parquet", absent)
    result = call("doctor")
    assert result.exit_code == 1
    assert "parquet cannot be written: no pyarrow" in result.stderr


SCRIPT = "from monograph_nlp.cli import main; import sys; sys.argv[1:] = {!r}; main()"


def program(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(list(arguments))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def test_output_is_utf8_whatever_the_locale(sample, tmp_path):
    wrong = json.loads(encode(sample)) | {"id": ""}
    path = tmp_path / "µ.jsonl"
    path.write_bytes(json.dumps(wrong).encode())
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    output, _ = program("validate", str(path), env=environment).communicate()
    assert "µ.jsonl:1: $.id: " in output.decode("utf-8")


def test_a_reader_that_goes_away_is_no_trace():
    process = program("schema")
    process.stdout.close()
    process.stdout = None
    _, errors = process.communicate()
    assert errors == b""


def test_an_interrupt_is_130(tmp_path):
    os.mkfifo(tmp_path / "pipe.jsonl")  # nobody writes to it, so the program waits
    process = program("validate", str(tmp_path / "pipe.jsonl"))
    with open(tmp_path / "pipe.jsonl", "wb"):  # opens when the program has opened it
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in errors


def test_the_bar_waits_and_needs_a_terminal(monkeypatch, tmp_path):
    class Terminal:
        def __init__(self, is_terminal):
            self.isatty = lambda: is_terminal

    for is_terminal, seconds, shown in [(True, 3, True), (True, 0, False), (False, 3, False)]:
        now = [0.0]
        monkeypatch.setattr("time.monotonic", lambda now=now: now[0])
        monkeypatch.setattr(sys, "stderr", Terminal(is_terminal))
        started = []
        monkeypatch.setattr(
            "monograph_nlp.cli.progress._start", lambda total, s=started: s.append(total) or _Bar()
        )
        with Progress(7, enabled=True) as progress:
            now[0] = seconds
            assert list(progress.over([tmp_path])) == [tmp_path]
            progress.document()
        assert started == ([7] if shown else [])


class _Bar:
    task_ids = (0,)

    def update(self, task, **fields):
        pass

    def stop(self):
        pass
