"""Errors → rows of ``failures.jsonl``: short, in characters that can be written, by the stage that failed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from monograph_nlp.batch.messages import Failure
from monograph_nlp.errors import RecordError, StageError

_LONGEST = 1000  # code points of a message: it may quote a document


class Failed(NamedTuple):
    """What gave no record, and whether it never will."""

    failure: Failure
    is_final: bool = True


def failed(error: BaseException, document: str, stage: str) -> Failed:
    """Return the row for an error, and whether the input is at fault; ``stage`` as for ``failure_of``."""
    return Failed(failure_of(error, document, stage), not may_pass(error))


def failure_of(error: BaseException, document: str, stage: str) -> Failure:
    """Return the row for an error; ``stage`` is told where the error does not know its own."""
    kind = type(error).__name__
    if isinstance(error, StageError):
        stage, kind = error.stage, type(error.__cause__ or error).__name__
    elif isinstance(error, RecordError):
        stage = "validate"
    return Failure(_written(document), stage, kind, _shortened(_written(str(error))))


def may_pass(error: BaseException) -> bool:
    """Say whether the same input may fare better another time: memory or the system failed, not the document."""
    return any(
        isinstance(one, MemoryError) or (isinstance(one, OSError) and one.errno is not None)
        for one in _causes(error)
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = error
    while one is not None:
        yield one
        one = one.__cause__


def _written(text: str) -> str:
    """Return the text with lone surrogates escaped: no file can hold them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _shortened(text: str) -> str:
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} … {text[-half:]}"
