from __future__ import annotations

import os
import signal

import pytest
from tests.batch.conftest import children

from monograph_nlp.batch import pool as pool_module
from monograph_nlp.batch.messages import Request, Settings
from monograph_nlp.batch.pool import Pool
from monograph_nlp.errors import WorkerError

pytestmark = pytest.mark.usefixtures("stub", "none_left")


def _request(number: int, text: str = "Fever.") -> Request:
    return Request(f"{number}.txt", str(number), content=text.encode())


@pytest.mark.parametrize("workers", [1, 3])
def test_answers_come_in_order_whoever_is_first(workers):
    texts = {0: "slow", 3: "fail", 7: "slow", 12: "die"}
    with Pool(Settings(), 20, workers) as pool:
        asked = range(40)
        found = list(pool.answers(asked, lambda n: _request(n, texts.get(n, "Fever."))))
        assert len(children()) <= workers
    assert [item for item, _ in found] == list(asked)
    assert [len(answer.records) for _, answer in found] == [int(n not in (3, 12)) for n in asked]


def test_an_item_without_a_request_has_no_answer():
    with Pool(Settings(), 20, 1) as pool:
        found = list(pool.answers(range(6), lambda n: _request(n) if n % 2 else None))
    assert [answer is None for _, answer in found] == [True, False] * 3


def test_few_questions_wait_and_they_hold_little(monkeypatch):
    monkeypatch.setattr(pool_module, "_AHEAD_BYTES", 1000)
    asked: list[int] = []

    def request_of(number: int) -> Request:
        asked.append(number)
        return _request(number, "slow " + "x" * 300)

    with Pool(Settings(), 20, 1) as pool:
        for number, _ in pool.answers(range(30), request_of):
            assert len(asked) - number <= 5
    assert len(asked) == 30


def test_all_workers_killed_at_once_change_nothing():
    with Pool(Settings(), 20, 3) as pool:
        found = []
        for number, answer in pool.answers(range(60), lambda n: _request(n, "slow")):
            if number == 10:
                for pid in children():
                    os.kill(pid, signal.SIGKILL)
            found.append(len(answer.records))
    assert found == [1] * 60


def test_leaving_early_leaves_no_process():
    def interrupted():
        with Pool(Settings(), 20, 2) as pool:
            for number, _ in pool.answers(range(50), lambda n: _request(n, "slow")):
                if number == 3:
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()


def test_no_worker_no_pool():
    with pytest.raises(WorkerError):
        Pool(Settings(config="dies"), 20, 2)
