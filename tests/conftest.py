"""What several folders of tests share: one record, one pipeline, the records of the samples."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import spacy
from hypothesis import settings
from spacy.language import Language
from spacy.tokens import Doc

import postgres as postgresql
from engines import LOCAL
from monograph_nlp.lexicon.cache import VARIABLE
from monograph_nlp.pipeline import load, run
from monograph_nlp.read import read
from monograph_nlp.record.codec import decode
from monograph_nlp.types import Monograph, Record

CORPUS = Path(__file__).parents[1] / "corpus"
NO_SAMPLES = {"README.md", "anchor.py", "bars.toml", "results.json"}


def pytest_configure(config: pytest.Config) -> None:
    """Let no vocabulary that a developer has added, and no other load, change an answer."""
    empty = TemporaryDirectory()
    config.add_cleanup(empty.cleanup)
    os.environ[VARIABLE] = empty.name
    os.environ.update(LOCAL)
    settings.register_profile("steady", deadline=None)  # the first example opens the lexicon
    settings.load_profile("steady")


@pytest.fixture(scope="session")
def sample() -> Record:
    """One record that has something of everything; its text comes with it."""
    return decode((Path(__file__).parent / "record" / "sample.jsonl").read_bytes())


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default pipeline; loaded once."""
    return load()


@pytest.fixture(scope="session")
def sample_files() -> list[Path]:
    """The sample monographs, one or more in each format."""
    return sorted(
        path for path in CORPUS.iterdir() if path.is_file() and path.name not in NO_SAMPLES
    )


@pytest.fixture(scope="session")
def monographs(sample_files: list[Path]) -> dict[str, Monograph]:
    """Document id → sample monograph."""
    return {monograph.id: monograph for path in sample_files for monograph in read(path)}


@pytest.fixture(scope="session")
def records(nlp: Language, monographs: dict[str, Monograph]) -> dict[str, Record]:
    """Document id → record, of all samples."""
    return {record.document.id: record for record in run(nlp, monographs.values())}


@pytest.fixture(scope="session")
def alone() -> Callable[..., Doc]:
    """Run named components, and no others, over a text: a stranger's pipeline."""
    made: dict[tuple[str, ...], Language] = {}

    def process(text: str, *names: str) -> Doc:
        if names not in made:
            made[names] = spacy.blank("en")
            for name in names:
                made[names].add_pipe(f"monograph_{name}")
        return made[names](text)

    return process


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgresql.Server]:
    """A PostgreSQL server of this test process; without one on the machine, a test is skipped."""
    programs = postgresql.programs()
    if programs is None:
        message = "PostgreSQL is not installed: apt-get install postgresql"
        pytest.fail(message) if os.environ.get(postgresql.NEEDED) else pytest.skip(message)
    server = postgresql.start(programs)
    yield server
    server.remove()


@pytest.fixture
def fresh(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Return the URL of an empty database of a kind: sqlite, duckdb or postgresql."""
    numbers = count()

    def make(kind: str) -> str:
        if kind == "postgresql":
            server: postgresql.Server = request.getfixturevalue("postgres")
            return server.database()
        return f"{kind}:///{tmp_path}/{next(numbers)}.{kind}"

    return make


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name bytes by their number: gzip writes the time, so two processes would name them apart."""
    return f"{argname}-of-{len(val)}-bytes" if isinstance(val, bytes) else None
