from __future__ import annotations

import gzip

import pytest

from monograph_nlp.batch.failing import failure_of, may_pass
from monograph_nlp.batch.messages import Failure
from monograph_nlp.errors import ReadError, RecordError, StageError


def test_the_stage_is_that_of_the_error():
    stage = StageError("linker", "a", KeyError("x"))
    stage.__cause__ = KeyError("x")
    assert failure_of(stage, "a", "read").stage == "linker"
    assert failure_of(stage, "a", "read").error == "KeyError"
    assert failure_of(RecordError("a", "$", "bad"), "a", "read").stage == "validate"
    error = ReadError("a.txt", "no text", "text", "Look.")
    assert failure_of(error, "a.txt", "read") == Failure("a.txt", "read", "ReadError", str(error))


def test_a_message_is_short_and_can_be_written():
    row = failure_of(ValueError("\ud800" + "x" * 100_000 + "end"), "a\udcff", "read")
    assert len(row.message) < 1100
    assert row.message.endswith("end")
    (row.message + row.document).encode()


def _caused(cause: BaseException) -> ReadError:
    error = ReadError("a.txt", "bad", "good", "Look.")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (MemoryError(), True),
        (OSError(28, "No space left on device"), True),
        (_caused(OSError(5, "Input/output error")), True),
        (_caused(gzip.BadGzipFile("not gzip")), False),
        (ReadError("a.txt", "no text", "text", "Look."), False),
        (ValueError("x"), False),
    ],
)
def test_what_may_pass_is_no_final_answer(error, passes):
    assert may_pass(error) is passes
