"""What commands write beside what they print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_Made = TypeVar("_Made")


def write_text(path: Path | None, text: Callable[[_Made], str], of: _Made) -> None:
    """Write a text in UTF-8 where a path is given; the file appears whole or not at all."""
    from monograph_nlp.write.replace import replacing

    if path is not None:
        with replacing(path) as part:
            part.write_text(text(of), encoding="utf-8", newline="\n")


def write_json(path: Path | None, value: object) -> None:
    """Write a value as indented JSON where a path is given; equal values give equal bytes."""
    import msgspec

    from monograph_nlp.write.replace import replacing

    if path is not None:
        with replacing(path) as part:
            part.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")
