"""The taggers that come with the package, by the name of their profile."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from monograph_nlp.errors import ConfigError

PROFILES = ("accurate", "fast")
"""What ``model`` of the tagger may name beside a folder; ADR 0017 says what each is."""

_PREFIX = "tagger_"


def folder_of(model: str) -> Path:
    """Return the folder of a profile's tagger, or the folder that is named.

    Raises:
        ConfigError: there is neither such a profile nor such a folder.
    """
    folder = Path(str(files("monograph_nlp") / "data" / f"{_PREFIX}{model}"))
    if model in PROFILES and folder.is_dir():
        return folder
    if (given := Path(model)).is_dir():
        return given
    raise ConfigError(
        f"tagger {model!r}: no such profile or folder; expected one of {', '.join(shipped())}, or the folder "
        "of a tagger, as `training` exports it."
    )


def shipped() -> tuple[str, ...]:
    """Return the profiles whose taggers are installed."""
    return tuple(
        name
        for name in PROFILES
        if Path(str(files("monograph_nlp") / "data" / f"{_PREFIX}{name}")).is_dir()
    )
