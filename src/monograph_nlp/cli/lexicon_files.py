"""The lexicon files that the commands read: those of the package, then the added ones."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

LEXICON = "lexicon.bin"
SHARE_ALIKE = "lexicon_sharealike.bin"
SOURCES = "SOURCES.tsv"


def data_folder() -> Path:
    """Return the folder of the package that the built files lie in."""
    return Path(str(files("monograph_nlp") / "data"))


def sources_folder() -> Path:
    """Return where packages are kept unless the user names a folder: beside the added vocabularies."""
    from monograph_nlp.lexicon.cache import folder

    return folder().parent / "sources"


def lexicon_files() -> tuple[Path, ...]:
    """Return the files that an extraction opens, the base first.

    Raises:
        LexiconError: the added vocabularies cannot be listed.
    """
    from monograph_nlp.lexicon.cache import added

    base, shared = (data_folder() / name for name in (LEXICON, SHARE_ALIKE))
    return (base, *((shared,) if shared.exists() else ()), *added())
