"""The door: no record passes that is not valid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from monograph_nlp.errors import RecordError
from monograph_nlp.record.codec import encode
from monograph_nlp.record.validate import validate
from monograph_nlp.types import Record


def checked(
    records: Iterable[Record],
    on_error: Callable[[RecordError], None] | None = None,
    on_record: Callable[[Record], None] | None = None,
) -> Iterator[tuple[Record, bytes]]:
    """Yield each valid record with its line of JSON (no newline); ``write`` tells the rest."""
    for record in records:
        try:
            line = encode(record)
            validate(line)
        except RecordError as error:
            if on_error is None:
                raise
            on_error(error)
            continue
        if on_record is not None:
            on_record(record)
        yield record, line
