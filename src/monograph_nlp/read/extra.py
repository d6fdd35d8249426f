"""The libraries that only some formats need."""

from __future__ import annotations

from monograph_nlp.errors import ReadError


def missing_extra(where: str, library: str) -> ReadError:
    """Return the error for a format whose library is not installed."""
    return ReadError(
        where,
        f"{library} is not installed",
        "the extra for PDF and DOCX",
        "Install it: pip install 'monograph-nlp[documents]'",
    )
