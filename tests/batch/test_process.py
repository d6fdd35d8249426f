from __future__ import annotations

import os
import signal
import sys
import time

import pytest
from tests.batch.conftest import alive, children, eventually

from monograph_nlp.batch import process
from monograph_nlp.batch.messages import Request, Settings
from monograph_nlp.batch.process import WorkerProcess
from monograph_nlp.errors import ConfigError, WorkerError

pytestmark = pytest.mark.usefixtures("stub", "none_left")


def _ask(worker: WorkerProcess, text: str):
    return worker.ask(Request("a.txt", "a", content=text.encode()))


@pytest.fixture
def worker():
    with WorkerProcess(Settings(), 20) as process:
        yield process


def test_it_answers_and_says_what_it_is(worker):
    assert worker.provenance.package == "stub 1"
    assert len(_ask(worker, "Fever.").records) == 1
    assert _ask(worker, "fail").failures[0].message == "it fails"


def test_one_that_dies_is_replaced_and_asked_again(worker, tmp_path):
    answer = _ask(worker, f"die-once {tmp_path / 'seen'}")
    assert (len(answer.records), answer.is_final) == (1, True)


def test_what_kills_two_is_a_failure_that_is_not_final(worker):
    answer = _ask(worker, "die")
    assert [(one.document, one.stage) for one in answer.failures] == [("a.txt", "worker")]
    assert not answer.is_final
    assert _ask(worker, "Fever.").records


def test_one_that_is_late_is_killed_and_not_asked_again():
    with WorkerProcess(Settings(), 0.5) as worker:
        begun = time.monotonic()
        answer = _ask(worker, "hang")
        assert time.monotonic() - begun < 5
        assert [(one.stage, one.error) for one in answer.failures] == [("limit", "TimeoutError")]
        assert not answer.is_final


def test_one_that_is_killed_from_outside_is_replaced(worker):
    _ask(worker, "Fever.")
    for pid in children():
        os.kill(pid, signal.SIGKILL)
    assert _ask(worker, "Fever.").records


def test_one_that_holds_much_memory_is_replaced(worker):
    before = children()
    assert _ask(worker, "fat").records
    assert eventually(lambda: not alive(before))
    assert _ask(worker, "Fever.").records


def test_closed_it_answers_with_a_failure_and_starts_no_process(worker):
    worker.close()
    with pytest.raises(WorkerError, match="over"):
        _ask(worker, "Fever.")


def test_one_that_cannot_start_says_why():
    with pytest.raises(WorkerError, match=r"no such thing as a config.*doctor"):
        WorkerProcess(Settings(config="dies"), 5)


def test_wrong_settings_are_wrong_usage(monkeypatch):
    monkeypatch.setattr(
        process, "_PROGRAM", (sys.executable, "-P", "-m", "monograph_nlp.batch.work")
    )
    with pytest.raises(ConfigError, match=r"nowhere\.cfg"):
        WorkerProcess(Settings(config="nowhere.cfg"), 5)


def test_nothing_that_lies_beside_the_documents_is_run(tmp_path, monkeypatch):
    (tmp_path / "msgspec.py").write_text("import os; os._exit(99)")
    (tmp_path / "spacy.py").write_text("import os; os._exit(99)")
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    with WorkerProcess(Settings(profile="lexicon"), 30) as worker:
        assert _ask(worker, "Fever may occur.").records


def test_a_worker_ends_with_its_batch_even_deep_in_a_pattern(tmp_path, monkeypatch):
    """A pattern that never ends lets no thread run: the worker's own watch has to end it."""
    program = tmp_path / "endless.py"
    program.write_text(
        "import re\n"
        "from monograph_nlp.batch import work\n"
        "work._GRACE = 0.5\n"
        "class Endless:\n"
        "    provenance = work.Worker.provenance = __import__('monograph_nlp.types').types.Provenance('e', '', '', '', None)\n"
        "    def __init__(self, settings): pass\n"
        "    def answer(self, request): re.match('(a+)+b', 'a' * 60)\n"
        "work.Worker = Endless\n"
        "work.main()\n"
    )
    monkeypatch.setattr(process, "_PROGRAM", (sys.executable, str(program)))
    worker = WorkerProcess(Settings(), 1)
    before = children()
    started = worker._process
    assert started is not None
    assert started.stdin is not None
    process.send(started.stdin, Request("a.txt", "a", content=b"x"))
    started.stdin.close()  # as the system does where the batch is killed
    assert alive(before)
    assert eventually(lambda: not alive(before))
    worker.close()


def test_one_that_is_killed_while_it_starts_is_started_anew(tmp_path, monkeypatch):
    program = tmp_path / "late.py"
    program.write_text(
        "import os, runpy, sys\n"
        f"seen = {str(tmp_path / 'seen')!r}\n"
        "if not os.path.exists(seen):\n"
        "    open(seen, 'w').close()\n"
        "    os._exit(9)\n"
        "runpy.run_path(sys.argv[1], run_name='__main__')\n"
    )
    monkeypatch.setattr(process, "_PROGRAM", (sys.executable, str(program), process._PROGRAM[1]))
    with WorkerProcess(Settings(), 20) as worker:
        assert _ask(worker, "Fever.").records
