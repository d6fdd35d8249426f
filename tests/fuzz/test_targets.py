"""The targets of the guided fuzzer, without the fuzzer: on the samples, damaged samples, and what once broke one."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fuzz import targets
from tests.fuzz.mutating import mutated
from tests.fuzz.targets import LONGEST, TARGETS, seeds

from monograph_nlp.text.normalize import Edit, Normalized

HERE = Path(__file__).parent


def test_each_target_has_a_size():
    assert TARGETS.keys() == LONGEST.keys()


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_the_seeds_and_what_becomes_of_them(name):
    chance, found = random.Random(4), list(seeds(name))
    assert len(found) > 10
    assert max(map(len, found)) <= LONGEST[name]
    for data in [b"", b"\0", b"\xff" * 40, *found[::5]]:
        TARGETS[name](data)
        TARGETS[name](mutated(data, chance.choice(found), chance)[: LONGEST[name]])


def test_the_seeds_of_the_readers_are_of_every_format_and_can_be_read(monkeypatch):
    read, given = targets.read, []

    def counted(path, on_error):
        errors = []
        given.append((path.suffix, [*read(path, on_error=errors.append)], errors))
        return given[-1][1]

    monkeypatch.setattr(targets, "read", counted)
    for data in seeds("readers"):
        TARGETS["readers"](data)
    assert {suffix for suffix, documents, _ in given if documents} >= {
        ".txt",
        ".html",
        ".csv",
        ".md",
    }


@pytest.mark.parametrize(
    ("name", "function", "wrong"),
    [
        ("quantities", "rates_in_prose", lambda *_: {"rate": 101.0}),
        ("quantities", "rates_in_row", lambda *_: [{"rate": float("nan")}]),
        ("structure", "split_units", lambda *_: [(0, 10**6, 0)]),
        ("normalizer", "normalize", lambda text: Normalized(text * 2, (Edit(1, 2, 9**9, 9**9 + 1),), (1,), (9**9,))),
    ],
)  # fmt: skip
def test_a_target_fails_where_a_promise_is_broken(monkeypatch, name, function, wrong):
    monkeypatch.setattr(targets, function, wrong)
    with pytest.raises(AssertionError):
        TARGETS[name](b"\x04Rash 5% of them")


def test_one_input_can_be_given_again_without_the_fuzzer(tmp_path):
    (tmp_path / "crash-1").write_bytes(b"\x04Rash (5%)")
    command = [sys.executable, HERE / "guided.py", "quantities", "--again", tmp_path / "crash-1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
