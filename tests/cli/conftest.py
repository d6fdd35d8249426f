import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from monograph_nlp.cli import app
from monograph_nlp.errors import ConfigError, ReadError, StageError
from monograph_nlp.types import Monograph


@pytest.fixture
def house(monkeypatch, sample):
    """Stand-ins for reader and pipeline: a text file is a document, and its words say how it goes.

    ``bad`` cannot be read, ``fails`` fails in a component, ``broken`` gives an invalid record.
    """

    def read(path, *, text_column="text", id_column="id", on_error=None):
        text = Path(path).read_text(encoding="utf-8")
        if text == "bad":
            on_error(ReadError(str(path), "no document", "one", "Look at it."))
            return
        yield Monograph(Path(path).stem, text, text_column, id_column, "0" * 64)

    def run(nlp, monographs, *, on_error=None, with_text=False):
        for monograph in monographs:
            if monograph.text == "fails":
                on_error(StageError("linker", monograph.id, ValueError("boom")))
                continue
            record = replace(
                sample,
                id=monograph.id,
                document=replace(sample.document, source=monograph.source, title=monograph.title),
                text=sample.text if with_text else None,
            )
            if monograph.text == "broken":
                record = replace(record, coverage=replace(sample.coverage, junk=0))
            yield record

    def load(config=None, *, profile=None):
        if profile == "lexicon":
            raise ConfigError("profile 'lexicon' has come")
        if config is not None and Path(config).read_text() == "wrong":
            raise ConfigError("wrong.cfg: no component 'x'; expected one of y. Name one.")
        return object()

    reader = SimpleNamespace(read=read, SUFFIXES=(".txt", ".jsonl"))
    pipeline = SimpleNamespace(load=load, run=run)
    monkeypatch.setitem(sys.modules, "monograph_nlp.read", reader)
    monkeypatch.setitem(sys.modules, "monograph_nlp.pipeline", pipeline)
    return pipeline


@pytest.fixture
def call(house):
    """Run the program in this process: call("extract", ...) → exit_code, stdout, stderr."""

    def invoke(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return invoke
