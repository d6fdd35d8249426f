from __future__ import annotations

import os
import shutil
import signal
import time

import pytest
from tests.batch.conftest import children

from monograph_nlp.batch import Settings, running
from monograph_nlp.batch.sealed import Sealing
from monograph_nlp.errors import BatchError, WorkerError

pytestmark = pytest.mark.usefixtures("stub", "none_left")
TEXTS = {"a.txt": "Fever.", "b.txt": "Rash twice", "c.txt": "fail", "x/a.txt": "Itch."}


def test_the_same_bytes_for_any_number_of_workers(write, tmp_path, batch):
    paths = write(TEXTS | {f"n{n}.txt": "slow" if n % 5 == 0 else f"text {n}" for n in range(40)})
    found = []
    for workers in (1, 2, 3):
        batch.out = tmp_path / f"out{workers}"
        batch(paths, workers=workers)
        found.append(batch.files())
    assert found[0] == found[1] == found[2]


def test_a_second_run_does_nothing_and_changes_nothing(write, batch):
    paths = write(TEXTS)
    batch(paths)
    assert batch.new == 4
    first = batch.files()
    batch(paths)
    assert (batch.new, batch.files()) == (0, first)


def test_only_what_is_new_or_changed_is_done(write, batch, tmp_path):
    batch(write(TEXTS))
    paths = write(TEXTS | {"b.txt": "Rash again.", "d.txt": "Gout."})
    batch(paths)
    assert batch.new == 2
    again, batch.out = batch.files(), tmp_path / "clean"
    batch(paths)
    assert batch.files() == again


def test_an_input_that_is_removed_disappears(write, batch, tmp_path):
    paths = write(TEXTS)
    batch(paths)
    batch(paths[1:3])
    assert batch.new == 0
    found, batch.out = batch.files(), tmp_path / "clean"
    batch(paths[1:3])
    assert batch.files() == found


@pytest.mark.parametrize(
    "change",
    [{"with_text": True}, {"profile": "fast"}, {"config": "other"}, {"max_characters": 9}],
    ids=str,
)
def test_other_settings_do_all_of_it_again(write, batch, change):
    paths = write(TEXTS)
    batch(paths)
    batch(paths, settings=Settings(**change))
    assert batch.new == 4


def test_a_limit_of_memory_or_time_does_nothing_again(write, batch):
    paths = write(TEXTS)
    batch(paths)
    first = batch.files()
    batch(paths, settings=Settings(max_memory=1 << 33), seconds=9)
    assert (batch.new, batch.files()) == (0, first)


def test_what_took_too_long_is_a_row_and_is_asked_again(write, batch):
    paths = write(a="Fever.", b="hang", c="Rash.")
    counts = batch(paths, seconds=1.0)
    assert (counts.records, counts.failures) == (2, 1)
    assert b'"TimeoutError"' in batch.files()["failures.jsonl"]
    write(b="Gout.")
    assert batch(paths).failures == 0
    assert batch.new == 1


def test_what_killed_its_worker_is_asked_again(write, batch):
    paths = write(a="Fever.", b="die", c="Rash.")
    assert batch(paths).failures == 1
    assert b'"worker"' in batch.files()["failures.jsonl"]
    assert batch(paths).failures == 1
    assert batch.new == 1


def test_strict_stops_at_the_first_failure_and_keeps_what_was_done(write, batch):
    paths = write(a="Fever.", b="fail", c="Rash.")
    for run in (1, 2):
        with pytest.raises(BatchError, match=r"it fails .*--strict"):
            batch(paths, strict=True)
        assert not (batch.out / "records.jsonl").exists()
        assert batch.new == (2 if run == 1 else 0)
    batch(paths)
    assert batch.new <= 1


def test_the_folder_for_work_is_left_small(write, batch):
    batch(write(TEXTS))
    batch(write(TEXTS))
    found = sorted(path.name for path in (batch.out / ".work").iterdir())
    assert found == ["done", "lock"]
    records = (batch.out / "records.jsonl").stat().st_size
    assert (batch.out / ".work" / "done").stat().st_size < 2000 + records


def test_two_at_once_in_one_folder_are_refused(write, batch):
    from monograph_nlp.batch.lock import locked

    (batch.out / ".work").mkdir(parents=True)
    with locked(batch.out / ".work" / "lock"), pytest.raises(BatchError, match="at work"):
        batch(write(TEXTS))


@pytest.mark.parametrize("name", ["done", "done.new", "order", "merge-records", "part-000001"])
@pytest.mark.parametrize("content", [b"", b"garbage\n" * 99, b'{"type":"Head","key":"zz"}\n'])
def test_whatever_lies_in_the_folder_for_work_changes_no_byte(write, batch, name, content):
    paths = write(TEXTS)
    batch(paths)
    clean = batch.files()
    (batch.out / ".work" / name).write_bytes(content)
    batch(paths)
    assert batch.files() == clean


@pytest.mark.parametrize("name", ["records.jsonl", "failures.jsonl", "manifest.json"])
def test_a_file_that_another_hand_has_changed_is_made_anew(write, batch, name):
    paths = write(TEXTS)
    batch(paths)
    clean = batch.files()
    edited = clean[name].replace(b"Fever", b"Never").replace(b"fails", b"works")
    for content in (edited, b"", clean[name][:-5]):
        (batch.out / name).write_bytes(content)
        batch(paths)
        assert batch.files() == clean
    (batch.out / name).unlink()
    batch(paths)
    assert batch.files() == clean


def test_the_wall_clock_plays_no_part(write, batch, monkeypatch):
    paths = write(TEXTS)
    batch(paths)
    clean = batch.files()
    monkeypatch.setattr(time, "time", lambda: 0.0)
    for path in paths:
        os.utime(path, (0, 0))
    batch(paths)
    assert (batch.new, batch.files()) == (0, clean)


def test_a_disk_that_is_full_stops_the_run_and_the_next_one_completes_it(
    write, batch, monkeypatch, tmp_path
):
    paths = write({f"n{n}.txt": f"text {n}" for n in range(100)})
    sealed, calls = Sealing.write, []

    def full(self: Sealing, data: bytes) -> None:
        calls.append(len(data))
        if len(calls) > 80:
            self._stream.write(data[: len(data) // 2])
            raise OSError(28, "No space left on device")
        sealed(self, data)

    monkeypatch.setattr(Sealing, "write", full)
    with pytest.raises(OSError, match="No space"):
        batch(paths)
    monkeypatch.undo()
    _stub_again(monkeypatch)
    batch(paths)
    assert batch.new == 36  # the part that was full before the disk was
    again, batch.out = batch.files(), tmp_path / "clean"
    batch(paths)
    assert batch.files() == again


def _stub_again(monkeypatch):
    import sys

    from tests.batch.conftest import HERE

    from monograph_nlp.batch import process

    program = (sys.executable, str(HERE / "stub_worker.py"))
    monkeypatch.setattr(process, "_PROGRAM", program)


def test_an_output_that_cannot_be_a_folder_is_an_error_of_the_system(write, batch):
    batch.out.write_text("a file")
    with pytest.raises(OSError, match="out"):
        batch(write(TEXTS))
    assert batch.out.read_text() == "a file"


def test_workers_that_cannot_start_are_told(write, batch):
    with pytest.raises(WorkerError, match="could not start"):
        batch(write(TEXTS), settings=Settings(config="dies"))


def test_progress_reaches_the_size_of_the_inputs(write, batch):
    batch(write(TEXTS))
    last = batch.steps[-1]
    assert last.done == last.total == sum(map(len, TEXTS.values()))
    assert sum(step.documents for step in batch.steps) == 4
    assert [len(step.failures) for step in batch.steps] == [0, 0, 1, 0]


def test_an_interrupt_keeps_what_was_done_and_leaves_nobody(write, batch, monkeypatch):
    paths = write({f"n{n}.txt": "slow" for n in range(30)})
    before = children()
    ours = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell's background job has none

    def interrupt(self, piece, answer):
        if piece.name == "n9.txt":
            signal.raise_signal(signal.SIGINT)
        return

    monkeypatch.setattr(running._Batch, "_step", interrupt)
    with pytest.raises(KeyboardInterrupt):
        batch(paths, workers=2)
    signal.signal(signal.SIGINT, ours)
    assert children() == before
    monkeypatch.undo()
    _stub_again(monkeypatch)
    batch(paths)
    assert batch.new == 20


def test_an_input_that_is_a_folder_or_gone_is_a_row(write, batch, tmp_path):
    paths = write(a="Fever.")
    counts = batch([*paths, tmp_path / "gone.zip", tmp_path / "in"])
    assert (counts.inputs, counts.records) == (3, 1)
    assert counts.failures >= 1
    shutil.rmtree(tmp_path / "out")
