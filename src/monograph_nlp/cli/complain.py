"""Errors for people: one line on standard error, and the exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from monograph_nlp.errors import ConfigError, MonographError


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
        complain(error)
        raise typer.Exit(1) from error
