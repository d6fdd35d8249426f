"""The way through the house: a configuration → a spaCy pipeline; a monograph → a record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_model_from_config
from thinc.api import Config

from monograph_nlp.collecting import collecting_later
from monograph_nlp.components._extensions import declare
from monograph_nlp.components._text import keep_text
from monograph_nlp.components.tagger import Tag
from monograph_nlp.errors import ConfigError, MonographError, ReadError, StageError
from monograph_nlp.lexicon.index import lexicon_version
from monograph_nlp.read import SUFFIXES, read, read_text
from monograph_nlp.record.assemble import assemble
from monograph_nlp.rules import rules_hash
from monograph_nlp.tagging.profiles import PROFILES
from monograph_nlp.text.normalize import Normalized, normalize
from monograph_nlp.types import Monograph, Provenance, Record

WITHOUT_TAGGER = "lexicon"
"""The profile that has no learned tagger: rules and the lexicon alone."""

_OWN = "monograph_"  # begins the names of the package's factories
_TAGGER = "tagger"  # the component's name in default.cfg
_NO_LIMIT = 10**9  # code points; spaCy's own limit guards a parser that this pipeline has not


def load(config: str | Path | None = None, *, profile: str | None = None) -> Language:
    """Build the pipeline: a spaCy ``Language`` that also knows how to make records.

    Args:
        config: a spaCy configuration file that is merged over the default one.
        profile: "accurate" or "fast", the learned tagger to use, or "lexicon" for none; otherwise what
            the configuration says.

    Raises:
        ConfigError: the file is missing or names what does not exist, or there is no such profile.
        RuleError: a rules table is not well formed.
    """
    declare()
    merged = Config().from_str((files("monograph_nlp") / "default.cfg").read_text(encoding="utf-8"))
    if config is not None:
        merged = merged.merge(_own(Path(config)))
    if profile is not None:
        _choose(merged, profile)
    try:
        nlp = load_model_from_config(merged, auto_fill=True, validate=True)
    except MonographError:
        raise
    except Exception as cause:  # spaCy, confection and registries raise many kinds
        where = str(config) if config is not None else "default.cfg"
        raise ConfigError(
            f"{where}: the pipeline cannot be built: {cause}. Expected a spaCy configuration whose "
            "components and tables are installed; see `monograph-nlp doctor`."
        ) from cause
    nlp.max_length = _NO_LIMIT
    nlp.meta["monograph_nlp"] = {"config_hash": _hash(merged)}
    return nlp


def _choose(config: Config, profile: str) -> None:
    """Set the tagger of a configuration, or take it out of the pipeline."""
    names = config["nlp"]["pipeline"]
    if profile not in (*PROFILES, WITHOUT_TAGGER):
        raise ConfigError(
            f"profile {profile!r}: expected one of {', '.join((*PROFILES, WITHOUT_TAGGER))}"
        )
    if profile == WITHOUT_TAGGER:
        config["nlp"]["pipeline"] = [name for name in names if name != _TAGGER]
    elif _TAGGER not in names:
        raise ConfigError(
            f"profile {profile!r}: the pipeline of the configuration has no {_TAGGER!r}; add it behind "
            "'lexical', or leave the profile out."
        )
    else:
        config["components"][_TAGGER]["model"] = profile


def _own(path: Path) -> Config:
    try:
        text = path.read_text(encoding="utf-8")
        # The parser rejects `[components.x]` where no `[components]` stands.
        block = "" if "[components]" in text else "[components]\n"
        return Config().from_str(block + text, interpolate=False)
    except FileNotFoundError as cause:
        raise ConfigError(
            f"{path}: no such configuration file; expected a spaCy .cfg file"
        ) from cause
    except Exception as cause:
        raise ConfigError(f"{path}: not a spaCy configuration: {cause}") from cause


def _hash(config: Config) -> str:
    """Hash a configuration and the content of the tables of the user's own that it names."""
    digest = hashlib.sha256(config.to_str(interpolate=False).encode())
    for component in config.get("components", {}).values():
        for value in component.values():
            if isinstance(value, str) and "/" in value and Path(value).is_file():
                digest.update(Path(value).read_bytes())
    return digest.hexdigest()[:16]


def to_doc(nlp: Language, monograph: Monograph) -> tuple[Doc, Normalized]:
    """Make the document that the components read: normalized text, and what the source says.

    The offsets of the monograph's sections are mapped to the normalized text.
    """
    normalized = normalize(monograph.text)
    doc = nlp.make_doc(normalized.text)
    keep_text(doc, normalized.text)
    doc._.given_names = {
        "title": monograph.title,
        "drug_names": list(monograph.drug_names),
        "brand_names": list(monograph.brand_names),
    }
    doc._.given_sections = [
        {
            "title": section.title,
            "start": (place := normalized.to_normalized(section.start, section.end))[0],
            "end": place[1],
            "body_start": normalized.to_normalized(section.body_start, section.body_start)[0],
            "id": section.id,
            "label": section.label,
            "loinc": section.loinc,
            "parent": section.parent,
        }
        for section in monograph.sections
    ]
    return doc, normalized


def run(
    nlp: Language,
    monographs: Iterable[Monograph],
    *,
    on_error: Callable[[StageError], None] | None = None,
    with_text: bool = False,
) -> Iterator[Record]:
    """Yield the record of each monograph, in order.

    Args:
        nlp: what ``load`` returned.
        monographs: what a reader yields.
        on_error: takes the error of a document that a component failed on; the next one follows.
        with_text: whether the records carry their text.

    Raises:
        StageError: a component failed, and there is no ``on_error``.
    """
    made_by = provenance(nlp)
    for monograph in monographs:
        try:
            with collecting_later():
                record = _made(nlp, monograph, made_by, with_text)
        except StageError as error:
            if on_error is None:
                raise
            on_error(error)
        else:
            yield record


def _made(nlp: Language, monograph: Monograph, made_by: Provenance, with_text: bool) -> Record:
    """Return the record of a monograph; the document is gone before garbage is collected again."""
    doc, normalized = _processed(nlp, monograph)
    return _assembled(doc, monograph, normalized, made_by, with_text)


def _processed(nlp: Language, monograph: Monograph) -> tuple[Doc, Normalized]:
    stage = "normalize"
    try:
        doc, normalized = to_doc(nlp, monograph)
        for stage, component in nlp.pipeline:  # noqa: B007
            doc = component(doc)
    except Exception as cause:
        raise StageError(stage, monograph.id, cause) from cause
    return doc, normalized


def _assembled(
    doc: Doc, monograph: Monograph, normalized: Normalized, made_by: Provenance, with_text: bool
) -> Record:
    try:
        return assemble(doc, monograph, normalized, made_by, with_text=with_text)
    except Exception as cause:
        raise StageError("assemble", monograph.id, cause) from cause


def provenance(nlp: Language) -> Provenance:
    """Return what a record of this pipeline is made by."""
    return Provenance(
        package=_package(),
        config_hash=nlp.meta.get("monograph_nlp", {}).get("config_hash", ""),
        rules_hash=rules_hash(),
        lexicon=lexicon_version(),
        model=_model(nlp),
    )


@cache
def _package() -> str:
    return f"monograph_nlp {version('monograph-nlp')}"


def _model(nlp: Language) -> str | None:
    """Return what finds names beside the lexicon: the tagger by its card, others by name and factory."""
    found = []
    for name in nlp.pipe_names:
        factory = nlp.get_pipe_meta(name).factory
        if isinstance(component := nlp.get_pipe(name), Tag):
            found.append(component.tagger.version)
        elif not factory.startswith(_OWN):
            found.append(f"{name} ({factory})")
    return ", ".join(found) or None


def extract(
    source: str | Path | Monograph,
    *,
    nlp: Language | None = None,
    with_text: bool = False,
    text_column: str = "text",
    id_column: str = "id",
) -> list[Record]:
    """Extract the records of a file, of a text, or of a monograph that a reader yielded.

    Args:
        source: a ``Path``, a string that is the path of a file, a text, or a ``Monograph``.
        nlp: what ``load`` returned; the default pipeline is loaded (and kept) where none is given.
        with_text: whether the records carry their text, as ``show`` wants it.
        text_column: of a table, the column that holds the texts.
        id_column: of a table, the column of the ids.

    Returns:
        One record a document: a table or a JSONL file holds many.

    Raises:
        ReadError: the file cannot be read.
        StageError: a component failed.
    """
    documents = _documents(source, text_column, id_column)
    return list(run(nlp or _default(), documents, with_text=with_text))


def _documents(
    source: str | Path | Monograph, text_column: str, id_column: str
) -> Iterable[Monograph]:
    if isinstance(source, Monograph):
        return (source,)
    if isinstance(source, Path) or _is_path(source):
        return read(source, text_column=text_column, id_column=id_column)
    return (read_text(source, id="text"),)


def _is_path(source: str) -> bool:
    """Say whether a string means a file: one line that names an existing file, or ends like one."""
    if "\n" in source or len(source) > 4096:
        return False
    looks_like_one = " " not in source and source.lower().endswith(SUFFIXES)
    try:
        return looks_like_one or Path(source).is_file()
    except (OSError, ValueError):
        return False


_LOADED: dict[str, Language] = {}


def _default() -> Language:
    """Load the default pipeline once a process."""
    if "default" not in _LOADED:
        _LOADED["default"] = load()
    return _LOADED["default"]


__all__ = ["ReadError", "extract", "load", "provenance", "run", "to_doc"]
