"""Read a vocabulary, compile it, and keep it in the user's cache; an old one stays if that fails."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from monograph_nlp.errors import ConfigError
from monograph_nlp.lexicon import cache
from monograph_nlp.lexicon.artifact import open_artifact
from monograph_nlp.lexicon.compiling import write_lexicon
from monograph_nlp.lexicon.licensed import meddra, rrf, rxnorm, tsv, umls
from monograph_nlp.lexicon.licensed.files import problem
from monograph_nlp.lexicon.licensed.vocabulary import Vocabulary
from monograph_nlp.lexicon.reference import Reference

LICENCE = "licensed to you; do not share"


@dataclass(frozen=True, slots=True)
class Added:
    """A vocabulary that has been added, and what came of its rows."""

    name: str
    path: Path
    replaced: bool  # an earlier one of that name
    concepts: int
    names: int  # after folding: spellings of one name count once
    left_out: Mapping[str, int]  # reason → rows or concepts


def add(
    kind: str,
    path: Path,
    *,
    name: str | None = None,
    language: str | None = None,
    vocabularies: Collection[str] = (),
) -> Added:
    """Compile a vocabulary into the user's cache; the next process that opens the index has it.

    Args:
        kind: ``meddra``, ``rxnorm``, ``umls`` or ``tsv``.
        path: the folder of the release, or the table.
        name: what to call it; otherwise as its kind. An earlier one of that name is replaced.
        language: of the names to take (RxNorm, UMLS), as their column LAT has it; otherwise ENG.
        vocabularies: the sources (SAB) to take names from (UMLS); empty for all.

    Raises:
        ConfigError: the kind or name is not one, or an option is not for that kind.
        LexiconError: the vocabulary cannot be read, or the cache not written.
    """
    name = name or kind
    vocabulary = _reader(kind, language, vocabularies)(path, name)
    target = cache.path_of(name)
    replaced = target.exists()
    references = {curie: Reference(classes=named) for curie, named in vocabulary.classes.items()}
    write_lexicon(
        target, vocabulary.surfaces, references, version=name, notes=_notes(kind, vocabulary)
    )
    counts = open_artifact(target).header.counts
    return Added(name, target, replaced, counts["terms"], counts["names"], vocabulary.left_out)


def _reader(
    kind: str, language: str | None, vocabularies: Collection[str]
) -> Callable[[Path, str], Vocabulary]:
    spoken = language or rrf.LANGUAGE
    readers: dict[str, Callable[[Path, str], Vocabulary]] = {
        "meddra": lambda path, name: meddra.read(path, source=name),
        "rxnorm": lambda path, name: rxnorm.read(path, source=name, language=spoken),
        "tsv": lambda path, name: tsv.read(path, source=name),
        "umls": lambda path, name: umls.read(
            path, source=name, language=spoken, vocabularies=vocabularies
        ),
    }
    if kind not in readers:
        raise ConfigError(
            f"{kind!r} is no kind of vocabulary; expected one of {', '.join(readers)}. Give it with --kind."
        )
    for option, given, kinds in (
        ("--language", language, ("rxnorm", "umls")),
        ("--source", vocabularies, ("umls",)),
    ):
        if given and kind not in kinds:
            raise ConfigError(
                f"{option} does nothing for {kind}; expected it with {' or '.join(kinds)} alone. "
                "Leave it out."
            )
    return readers[kind]


def _notes(kind: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return what the compiled file says of itself; hashes of what was read, never where it lay."""
    left_out = (f"{count} {reason}" for reason, count in sorted(vocabulary.left_out.items()))
    files = {f"sha256 of {path.name}": _sha256(path) for path in vocabulary.files}
    return {
        "kind": kind,
        "licence": LICENCE,
        "release": vocabulary.release,
        "left out": "; ".join(left_out),
        **files,
    }


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as cause:
        raise problem(
            path,
            f"cannot be read ({cause.strerror or cause})",
            "the file that was read a moment ago",
            "Add it again.",
        ) from cause
