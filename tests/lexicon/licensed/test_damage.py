"""Whatever happens to the files of a release: names come out of them, or one kind of error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.licensed import meddra as meddra_reader
from monograph_nlp.lexicon.licensed import rxnorm as rxnorm_reader
from monograph_nlp.lexicon.licensed import tsv as tsv_reader
from monograph_nlp.lexicon.licensed import umls as umls_reader

TABLE = "label\tname\tid\tsynonyms\nDRUG\tvelquarinib\thouse:1\tVQ-17|=VQB\nCONDITION\tquorb\t\t\n"
READERS = {
    "meddra": meddra_reader.read,
    "rxnorm": rxnorm_reader.read,
    "umls": umls_reader.read,
    "tsv": tsv_reader.read,
}


@pytest.fixture
def releases(meddra, rxnorm, umls, tmp_path):
    table = tmp_path / "own.tsv"
    table.write_text(TABLE, "utf-8")
    paths = {"meddra": meddra, "rxnorm": rxnorm / "rrf", "umls": umls, "tsv": table}
    files = {kind: sorted(path.iterdir()) for kind, path in paths.items() if path.is_dir()}
    return paths, {**files, "tsv": [table]}


def _outcome(read, path):
    try:
        return read(path, source="x").surfaces, ""
    except LexiconError as error:
        return (), str(error)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None
)
@given(data=st.data())
def test_a_damaged_release_is_read_or_refused(releases, data):
    paths, files = releases
    kind = data.draw(st.sampled_from(sorted(READERS)))
    path = data.draw(st.sampled_from(files[kind]))
    whole = path.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    path.write_bytes(whole[:start] + data.draw(st.binary(max_size=4)) + whole[end:])
    surfaces, message = _outcome(READERS[kind], paths[kind])
    path.write_bytes(whole)
    assert bool(surfaces) != bool(message)
    assert all(surface.text and surface.term.labels for surface in surfaces)
    assert not message or "; expected " in message
