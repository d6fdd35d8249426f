"""No bytes make a reader, or the whole worker, do anything but give documents or say why not."""

from __future__ import annotations

import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.fuzz.mutating import mutated
from tests.fuzz.run import inputs, is_offence, outcome

from monograph_nlp.batch.messages import Answer, Request, Settings
from monograph_nlp.batch.work import Worker
from monograph_nlp.errors import ReadError
from monograph_nlp.read import SUFFIXES, read
from monograph_nlp.record.validate import problems
from monograph_nlp.types import Monograph

CORPUS = Path(__file__).parents[2] / "corpus"
SAMPLES = sorted(
    path
    for path in CORPUS.iterdir()
    if path.name.endswith(SUFFIXES) and path.name != "results.json"
)
_few = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])

_keys = st.sampled_from(
    [
        "id",
        "text",
        "title",
        "sections",
        "label",
        "results",
        "openfda",
        "brand_name",
        "warnings",
        "\ud800",
    ]
)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=12,
)
_cells = st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=5)
_tags = st.sampled_from(
    [
        "document",
        "component",
        "structuredBody",
        "section",
        "title",
        "text",
        "table",
        "tr",
        "td",
        "list",
    ]
)
_elements = st.recursive(
    st.text(alphabet="a1%<&\u00e9 ", max_size=8).map(
        lambda text: text.replace("<", "&lt;").replace("&", "&amp;")
    ),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format, _tags, st.lists(inner, max_size=3).map("".join)
    ),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    return Worker(Settings(profile="lexicon", scratch=str(tmp_path_factory.mktemp("scratch"))))


def _answers(name: str, data: bytes) -> int:
    """Read an input; return how many documents and errors it gives, and hold that the documents are sound."""
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        errors: list[ReadError] = []
        count = 0
        for monograph in read(path, on_error=errors.append):
            assert isinstance(monograph, Monograph)
            assert monograph.text.strip()
            assert all(0 <= s.start <= s.end <= len(monograph.text) for s in monograph.sections)
            f"{monograph.text}{monograph.title}{monograph.id}{monograph.sections}".encode()
            count += 1
        return count + len(errors)


@pytest.mark.parametrize("suffix", SUFFIXES)
@_few
@given(data=st.binary(max_size=300))
@example(data=b"")
@example(data=b"\xef\xbb\xbf")
@example(data=b"\xff\xfe<\x00")
def test_any_bytes(suffix, data):
    assert _answers(f"a{suffix}", data)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@_few
@given(seed=st.integers(0, 1 << 30))
def test_damaged_samples(path, seed):
    chance = random.Random(seed)
    other = chance.choice(SAMPLES).read_bytes()
    assert _answers(path.name, mutated(path.read_bytes(), other, chance))


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
@settings(deadline=None, max_examples=150)
@given(values=st.lists(st.dictionaries(_keys, _json, max_size=5) | _json, min_size=1, max_size=3))
def test_any_json(suffix, values):
    assert _answers(f"a{suffix}", "\n".join(map(json.dumps, values)).encode())


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
@settings(deadline=None, max_examples=150)
@given(rows=_cells)
def test_any_table(suffix, rows):
    text = "\n".join(",".join(row) for row in [["id", "text"], *rows])
    assert _answers(f"a{suffix}", text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("suffix", [".xml", ".html"])
@settings(deadline=None, max_examples=150)
@given(body=_elements)
def test_any_markup(suffix, body):
    root = f'<document xmlns="urn:hl7-org:v3"><component><structuredBody>{body}</structuredBody></component></document>'
    assert _answers(f"a{suffix}", root.encode())


def test_a_worker_gives_valid_records_or_says_why(worker):
    """The whole way through, as ``run.py`` does it, on the samples: the same 150 inputs each time."""
    for request in inputs([CORPUS], seed=11, count=150):
        answer = worker.answer(request)
        assert isinstance(answer, Answer)
        assert outcome(answer) in ("records", "read failure"), (request, answer.failures)
        for line in answer.records:
            assert not problems(json.loads(line))


@_few
@given(text=st.text(min_size=1, max_size=400))
def test_a_worker_takes_any_text(worker, text):
    monograph = Monograph("a", text.encode("utf-8", "replace").decode(), "text", "a", "0" * 64)
    answer = worker.answer(Request("a", "a", monograph=monograph))
    assert not [failure for failure in answer.failures if is_offence(failure)]
