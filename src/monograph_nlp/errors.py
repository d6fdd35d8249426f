"""Everything that can go wrong, as one tree.

    MonographError
    ├── ReadError            a document cannot be read
    ├── RuleError            a row of a rules file is not well formed
    ├── ConfigError          a configuration names what does not exist
    ├── LexiconError         a lexicon cannot be opened
    ├── RecordError          a record breaks the schema or contradicts its text
    ├── DatabaseError        a database cannot be reached, or holds other tables
    ├── StageError           a component failed on a document
    ├── WorkerError          a process of a batch cannot be started
    ├── BatchError           a batch cannot go on in its folder
    └── CorrectionError      a correction does not fit the record that it names

Every message has four parts: what failed, where, what was expected, and what to do.
"""

from __future__ import annotations


class MonographError(Exception):
    """The base of every error that this package raises on purpose."""


class ReadError(MonographError):
    """A document cannot be read; ``where`` names the file and, if known, the line or row."""

    def __init__(self, where: str, what: str, expected: str, do: str) -> None:
        self.where = where
        self.what = what
        super().__init__(f"{where}: {what}; expected {expected}. {do}")


class RuleError(MonographError):
    """A row of a rules file is not well formed; the message begins with ``file:line``."""


class ConfigError(MonographError):
    """A configuration names a component, table, model or value that does not exist."""


class LexiconError(MonographError):
    """A lexicon cannot be opened, or is damaged."""


class RecordError(MonographError):
    """A record breaks the schema or contradicts its own text; ``path`` is the JSON path."""

    def __init__(self, record_id: str, path: str, message: str) -> None:
        self.record_id = record_id
        self.path = path
        self.problem = message
        super().__init__(
            f"record {record_id}: {path}: {message}. The record was not written; "
            "this is a defect of the package or of the record's author: please report it."
        )


class DatabaseError(MonographError):
    """A database cannot be reached or written, or is not ours; ``where`` is its URL, no password."""

    def __init__(self, where: str, what: str, expected: str, do: str) -> None:
        self.where = where
        super().__init__(f"{where}: {what}; expected {expected}. {do}")


class StageError(MonographError):
    """A component failed on one document; the cause is chained."""

    def __init__(self, stage: str, monograph_id: str, cause: BaseException) -> None:
        self.stage = stage
        self.monograph_id = monograph_id
        super().__init__(
            f"stage {stage} failed on document {monograph_id!r}: "
            f"{type(cause).__name__}: {cause}; expected it to pass the document on. "
            "Run `monograph-nlp doctor`, and report the document if the self-test passes."
        )


class WorkerError(MonographError):
    """A process of a batch cannot be started, or is gone."""


class BatchError(MonographError):
    """A batch cannot go on in its folder, or was told to stop at the first failure."""


class CorrectionError(MonographError):
    """A correction does not fit the record that it names."""
