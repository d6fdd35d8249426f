"""A package whose files were damaged: a line that says which one, what is wrong and what to do, and never a guess."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = "monograph_nlp"
DAMAGES = {
    "cut": lambda data: data[: len(data) // 2],
    "one bit": lambda data: data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :],
    "empty": lambda data: b"",
}  # fmt: skip
FILES = [
    ("data/lexicon.bin", "cut"),
    ("data/lexicon.bin", "one bit"),
    ("data/lexicon_sharealike.bin", "one bit"),
    ("data/lexicon_sharealike.bin", "empty"),
    ("data/tagger_fast/network.onnx", "one bit"),
    ("data/tagger_fast/embedding.npz", "cut"),
    ("data/tagger_fast/card.json", "cut"),
    ("data/fact_scores.json", "cut"),
    ("rules/cues.jsonl", "cut"),
]


@pytest.fixture
def package(tmp_path):
    """The package as links, one of which gives way to a damaged file: damage(name, how)."""
    copy = tmp_path / "site" / PACKAGE
    shutil.copytree(
        ROOT / "src" / PACKAGE,
        copy,
        copy_function=os.symlink,
        ignore=shutil.ignore_patterns("__pycache__", "schemas"),
    )
    (copy / "schemas").symlink_to(ROOT / "schemas")

    def damage(name, how):
        data = (copy / name).read_bytes()
        (copy / name).unlink()
        if how != "missing":
            (copy / name).write_bytes(DAMAGES[how](data))

    return damage


def call(folder, *arguments):
    environment = os.environ | {"PYTHONPATH": str(folder / "site")}
    return subprocess.run(
        [sys.executable, "-m", PACKAGE, *map(str, arguments)],
        capture_output=True, text=True, check=False, cwd=folder, env=environment,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "how"), FILES)
def test_a_damaged_file_of_the_package_is_named(package, tmp_path, name, how):
    package(name, how)
    done = call(
        tmp_path,
        "extract",
        ROOT / "corpus/sertraline.txt",
        "-o",
        "a.jsonl",
        "--profile",
        "fast",
        "--quiet",
    )
    assert done.returncode in (1, 2)
    assert done.stderr.startswith("monograph-nlp: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert Path(name).name in done.stderr
    assert "expected" in done.stderr
    assert not (tmp_path / "a.jsonl").exists()


@pytest.mark.parametrize(
    "name", ["data/lexicon.bin", "data/tagger_fast/network.onnx", "data/fact_scores.json"]
)
def test_a_batch_of_a_damaged_package_does_not_begin(package, tmp_path, name):
    package(name, "cut")
    done = call(
        tmp_path, "batch", ROOT / "corpus/sertraline.txt", "--out", "out", "--profile", "fast"
    )
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert Path(name).name in done.stderr
    assert not (tmp_path / "out/records.jsonl").exists()


def test_what_was_kept_for_the_next_run_may_be_damaged(tmp_path):
    """A batch does again what it cannot trust, and its files are the same."""
    inputs = [ROOT / "corpus/sertraline.txt", ROOT / "corpus/apixaban.html"]
    arguments = ["batch", *inputs, "--out", "out", "--profile", "fast", "--workers", "1", "--quiet"]
    (tmp_path / "site").symlink_to(ROOT / "src")
    files = ("records.jsonl", "failures.jsonl", "manifest.json")

    def run():
        done = call(tmp_path, *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        return [(tmp_path / "out" / name).read_bytes() for name in files]

    first = run()
    done = tmp_path / "out/.work/done"
    done.write_bytes(DAMAGES["one bit"](done.read_bytes()))
    (tmp_path / "out/.work/part-000001").write_bytes(b"\xff" * 500)
    assert run() == first
    assert len(json.loads(first[2])["inputs"]) == 2
