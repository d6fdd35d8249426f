"""Where the vocabularies that a user has added lie: one compiled file for each.

The folder is ``lexicons`` in the user's cache folder, or in the folder that the environment
variable ``MONOGRAPH_NLP_CACHE`` names.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import platformdirs

from monograph_nlp.errors import ConfigError, LexiconError
from monograph_nlp.lexicon.artifact import open_artifact

VARIABLE = "MONOGRAPH_NLP_CACHE"
_SUFFIX = ".bin"
# lower case, so that two names never fall together on a file system that ignores case
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?")


class AddedVocabularyWarning(UserWarning):
    """An added vocabulary cannot be used; extraction goes on without it."""


def folder() -> Path:
    """Return the folder of the added vocabularies; it need not exist."""
    given = os.environ.get(VARIABLE, "").strip()
    root = Path(given) if given else platformdirs.user_cache_path("monograph-nlp")
    return root / "lexicons"


def added() -> tuple[Path, ...]:
    """Return the compiled files of the added vocabularies, in the order of their names.

    Raises:
        LexiconError: the folder is there and cannot be listed.
    """
    try:
        found = [path for path in folder().iterdir() if path.suffix == _SUFFIX]
    except FileNotFoundError:
        return ()
    except OSError as cause:
        raise LexiconError(
            f"{folder()}: the added vocabularies cannot be listed ({cause.strerror or cause}); expected "
            f"a folder that you may read. Check its permissions, or set {VARIABLE} to another folder."
        ) from cause
    names = [path for path in found if _NAME.fullmatch(path.stem) and path.is_file()]
    return tuple(sorted(names, key=lambda path: path.stem))


def path_of(name: str) -> Path:
    """Return where the compiled vocabulary of a name lies, or would lie.

    Raises:
        ConfigError: the name cannot be that of a vocabulary.
    """
    if not _NAME.fullmatch(name):
        raise ConfigError(
            f"{name!r} cannot name a vocabulary; expected at most 40 small letters, digits, hyphens and "
            "underscores, with a letter or digit at both ends. Give another name with --name."
        )
    return folder() / f"{name}{_SUFFIX}"


def anew(path: Path) -> str:
    """Return what to do about a compiled vocabulary that cannot be used: the commands, ready to type.

    The kind is asked of the file's header, which a file of older rules still has.
    """
    try:
        kind = open_artifact(path).header.notes.get("kind") or "KIND"
    except LexiconError:
        kind = "KIND"
    return (
        f"For this one: `monograph-nlp lexicon add --kind {kind} --name {path.stem} DIR_OR_FILE`; or do "
        f"without it: `monograph-nlp lexicon remove {path.stem}`."
    )


def remove(name: str) -> Path:
    """Delete the compiled vocabulary of a name, and return where it lay.

    Raises:
        ConfigError: no vocabulary of that name has been added.
        LexiconError: it cannot be deleted.
    """
    path = path_of(name)
    try:
        path.unlink()
    except FileNotFoundError as cause:
        known = ", ".join(path.stem for path in added()) or "none"
        raise ConfigError(
            f"no vocabulary {name!r} in {folder()}; expected one of those that were added: {known}. "
            "Check the name, and the folder if you keep vocabularies in several."
        ) from cause
    except OSError as cause:
        raise LexiconError(
            f"{path}: the vocabulary cannot be deleted ({cause.strerror or cause}); expected a file in a "
            "folder that you may write to. Check its permissions, and that no other program uses it."
        ) from cause
    return path
