from __future__ import annotations

import hashlib

import pytest

from monograph_nlp.batch import done as done_module
from monograph_nlp.batch.done import Done, Head
from monograph_nlp.batch.messages import Failure

KEYS = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(200)]
FAILURE = Failure("a", "read", "ReadError", "no")


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / ".work"
    folder.mkdir()
    return folder


@pytest.fixture
def opened(work, tmp_path):
    return lambda: Done(work, tmp_path / "records.jsonl")


def _line(number: int) -> bytes:
    return b'{"n": %d}' % number


def _fill(done: Done, numbers: range) -> None:
    for number in numbers:
        done.add(Head(KEYS[number], (f"r{number}",)), (_line(number),))


def _held(done: Done) -> dict[int, bytes]:
    return {n: b"".join(done.read(key)[1]) for n, key in enumerate(KEYS) if key in done}


def test_an_answer_can_be_read_before_its_part_is_full(opened):
    done = opened()
    done.add(Head(KEYS[0], ("a", "b"), (FAILURE,)), (b"1", b"2"))
    head, parts = done.read(KEYS[0])
    assert (head.ids, head.failures, b"".join(parts)) == (("a", "b"), (FAILURE,), b"1\n2\n")


def test_what_was_flushed_outlives_the_process_and_the_rest_does_not(opened, work):
    done = opened()
    _fill(done, range(70))
    assert _held(opened()) == {n: _line(n) + b"\n" for n in range(64)}
    done = opened()
    _fill(done, range(64, 70))
    done.flush()
    assert len(_held(opened())) == 70
    assert not list(work.glob("*.open"))


def test_time_fills_a_part_too_and_a_clock_that_jumps_does_not(opened, monkeypatch):
    done = opened()
    now = [100.0]
    monkeypatch.setattr(done_module.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(done_module.time, "time", lambda: -1e9)
    _fill(done, range(2))
    now[0] += 60
    _fill(done, range(2, 3))
    assert set(_held(opened())) == {0, 1, 2}


def test_an_answer_that_is_not_final_is_asked_for_again(opened):
    done = opened()
    done.add(Head(KEYS[0], failures=(FAILURE,), is_final=False), ())
    assert KEYS[0] in done
    done.flush()
    assert KEYS[0] not in opened()


def test_records_of_a_merge_are_found_in_the_merged_file(opened, work, tmp_path):
    done = opened()
    _fill(done, range(3))
    done.flush()
    _take_over(done, work, range(3))
    assert sorted(path.name for path in work.iterdir()) == ["done"]
    assert _held(opened()) == {n: _line(n) + b"\n" for n in range(3)}
    (tmp_path / "records.jsonl").unlink()
    assert _held(opened()) == {}


def _take_over(done: Done, work, numbers: range) -> None:
    import msgspec

    heads, records, data = b"", work / "merge-records", b""
    for number in numbers:
        body = _line(number) + b"\n"
        head = Head(KEYS[number], (f"r{number}",), length=len(body), begins=len(data))
        heads, data = heads + msgspec.json.encode(head) + b"\n", data + body
    records.write_bytes(data)
    (work / "merge-heads").write_bytes(heads)
    done.take_over(work / "merge-heads", hashlib.sha256(data).hexdigest(), len(data), records)


@pytest.mark.parametrize("name", ["done", "part-000001"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"garbage\n" * 40,
        lambda data: data.replace(b'"r1"', b'"r9"'),
        lambda data: data.replace(b'{"n": 1}', b'{"n": 9}').replace(KEYS[1].encode(), KEYS[9].encode()),
        lambda data: data + b"more\n",
    ],
    ids=["cut", "empty", "garbage", "another id", "another key", "longer"],
)  # fmt: skip
def test_what_is_damaged_counts_for_nothing(opened, work, name, damage):
    done = opened()
    if name == "done":
        _fill(done, range(3))
        _take_over(done, work, range(3))
    else:
        _fill(done, range(3))
        done.flush()
    path = work / name
    assert len(_held(opened())) == 3
    path.write_bytes(damage(path.read_bytes()))
    assert _held(opened()) == {}


def test_files_of_others_are_left_alone(opened, work):
    (work / "part-of-me").write_text("mine")
    (work / "part-000007").mkdir()
    done = opened()
    _fill(done, range(1))
    done.flush()
    assert set(_held(opened())) == {0}
    assert (work / "part-of-me").read_text() == "mine"


def test_another_version_s_answers_count_for_nothing(opened, work):
    sealing = done_module.Sealing(work / "part-000001")
    sealing.write(b'{"type":"Later","key":"00"}\n')
    sealing.seal()
    assert _held(opened()) == {}
