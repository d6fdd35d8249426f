"""``monograph-nlp doctor``: what is installed, and does it work?"""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from monograph_nlp.cli import options
from monograph_nlp.cli.complain import complaining
from monograph_nlp.errors import MonographError
from monograph_nlp.types import Monograph, Record

_PACKAGE = "monograph-nlp"
_SAMPLE = """Ibuprofen tablets

Indications
Ibuprofen is indicated for the treatment of rheumatoid arthritis in adults.

Adverse reactions
Very common: nausea. Rare: anaphylactic reaction.
"""


def doctor(config: options.Config = None, profile: options.Profile = None) -> None:
    """Show what is installed, and extract a short text to see that it works; no network."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("what", "found", box=None)
    for name, found in (*_installed(), *_models(), *_data()):
        table.add_row(Text(name), Text(found))
    table.add_row("configuration", Text(str(config or "default")))
    Console().print(table)
    with complaining():
        record = _self_test(config, profile)
        typer.echo(f"Configuration {record.provenance.config_hash}, ", nl=False)
        typer.echo(f"lexicon {record.provenance.lexicon}, model {record.provenance.model}")
        typer.echo(f"Self-test passed: {len(record.mentions)} mentions, {len(record.facts)} facts.")


def _installed() -> Iterator[tuple[str, str]]:
    yield "python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    yield _PACKAGE, version(_PACKAGE)
    for requirement in requires(_PACKAGE) or []:
        name, _, marker = requirement.partition(";")
        name = re.split(r"[^\w.-]", name.strip(), maxsplit=1)[0]
        extra = re.search(r"extra == ['\"](.+?)['\"]", marker)
        yield name, _version(name) + (f" (extra {extra[1]})" if extra else "")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _models() -> Iterator[tuple[str, str]]:
    """Every installed spaCy model, scispaCy's among them, registers itself as an entry point."""
    found = sorted(entry.name for entry in entry_points(group="spacy_models"))
    yield "spaCy models", ", ".join(f"{name} {_version(name)}" for name in found) or "none"


def _data() -> Iterator[tuple[str, str]]:
    from monograph_nlp.lexicon.index import lexicon_version
    from monograph_nlp.lexicon.terms import read_terms
    from monograph_nlp.rules import rules_hash
    from monograph_nlp.tagging.card import read_card
    from monograph_nlp.tagging.profiles import folder_of, shipped

    names = len({surface.text.lower() for surface in read_terms()})
    yield "embedded lexicon", f"{lexicon_version()}, {names:,} names"
    yield "rules", rules_hash()
    for name in shipped():
        card = read_card(folder_of(name))
        figures = ", ".join(f"{key} {value}" for key, value in sorted(card.figures.items()))
        yield (
            f"tagger {name}",
            f"{card.version}+{card.digest[:12]}" + (f": {figures}" if figures else ""),
        )


def _self_test(config: Path | None, profile: str | None) -> Record:
    """Extract the sample, check the record against it, and write it; raises if anything fails."""
    from monograph_nlp.pipeline import load, run
    from monograph_nlp.record.codec import encode
    from monograph_nlp.record.validate import validate

    digest = hashlib.sha256(_SAMPLE.encode()).hexdigest()
    sample = Monograph("self-test", _SAMPLE, "text", "self-test", digest)
    (record,) = run(load(config, profile=profile), [sample])
    validate(encode(record), _SAMPLE)
    _write_all(record)
    if not record.facts:
        raise MonographError(
            "self-test: the sample gave no fact; expected an indication and adverse events. "
            "Try without --config; if that fails too, reinstall the package."
        )
    return record


def _write_all(record: Record) -> None:
    from monograph_nlp.write import WRITERS

    with TemporaryDirectory() as folder:
        for format, write in WRITERS.items():
            try:
                write([record], Path(folder, format))
            except ImportError as error:
                raise MonographError(
                    f"self-test: {format} cannot be written: {error}; expected every dependency "
                    "in a version that fits. Install the package into a fresh environment."
                ) from error
