"""What a reader of a licensed vocabulary hands over to be compiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from monograph_nlp.lexicon.terms import Surface


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of a vocabulary, best first, and what the reader has to tell of them."""

    surfaces: tuple[Surface, ...]
    files: tuple[Path, ...]  # what was read
    release: str = ""  # version and language, where the release states them
    left_out: Mapping[str, int] = field(default_factory=dict)  # reason → rows or concepts
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # CURIE → names of classes
