"""The file that a review saves, read back to go on, as the page's script takes it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from monograph_nlp.write.corrections import read_corrections


def saved(path: Path) -> list[dict[str, object]]:
    """Return the decisions of a saved file as JSON objects; raises what ``read_corrections`` does."""
    return [msgspec.to_builtins(correction) for correction in read_corrections(path)]
