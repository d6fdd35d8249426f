"""Errors for people: one line on standard error, and the exit code."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from monograph_nlp.errors import ConfigError, MonographError

_FULL = "expected room for it. Make room, and run the same again"
_REFUSED = "expected a place that you may use. Check its permissions, or name another"
_DO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _REFUSED),
    errno.EIO: "expected a disk that works. Check the disk and its connection",
    errno.EMFILE: "expected to open one more. Raise the limit of open files: ulimit -n",
}
"""What was expected and what to do, by the number of the system's error."""


def complain(error: object) -> None:
    """Print an error on standard error, without the control characters of a document."""
    from monograph_nlp.write.summary import printable

    typer.echo(f"monograph-nlp: {printable(str(error))}", err=True)


@contextmanager
def complaining() -> Iterator[None]:
    """Turn the errors that are raised on purpose into a line and an exit code, with no trace.

    A configuration that names what does not exist is wrong usage (2); the rest are failures (1).
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except ConfigError as error:
        complain(error)
        raise typer.Exit(2) from error
    except (MonographError, OSError) as error:
        complain(told(error) if isinstance(error, OSError) else error)
        raise typer.Exit(1) from error


def told(error: OSError) -> str:
    """Return an error of the system as a sentence: where, what, and, if known, what to do."""
    where = f"{error.filename}: " if error.filename is not None else ""
    what = f"{where}{error.strerror or error}"
    return f"{what}; {_DO[error.errno]}." if error.errno in _DO else what
