"""A folder is added, a text is extracted by another process, and the record has the identifiers."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

TEXT = """Nilotinib capsules

Adverse reactions

Common: quorbled elbow, zimber ache, stomach ache.
Uncommon: quorb, QZA.
"""


def _run(*arguments, folder):
    command = [sys.executable, "-c", "from monograph_nlp.cli import main; main()", *arguments]
    settings = {**os.environ, "MONOGRAPH_NLP_CACHE": str(folder)}
    subprocess.run(command, env=settings, check=True, capture_output=True)


def _extract(tmp_path, folder):
    (tmp_path / "nilotinib.txt").write_text(TEXT, "utf-8")
    out = tmp_path / "records.jsonl"
    file = str(tmp_path / "nilotinib.txt")  # without the tagger, which finds made-up names, too
    _run("extract", file, "-o", str(out), "--quiet", "--profile", "lexicon", folder=folder)
    return json.loads(out.read_bytes())


@pytest.fixture
def added(meddra, tmp_path, monkeypatch):
    from monograph_nlp.lexicon.licensed.adding import add

    folder = tmp_path / "cache"
    monkeypatch.setenv("MONOGRAPH_NLP_CACHE", str(folder))
    add("meddra", meddra, name="events")
    return folder


def _concepts(record):
    return {
        fact["object"]["text"]: fact["object"]["concept"]
        for fact in record["facts"]
        if fact["predicate"] == "has_adverse_event" and fact["assertion"] == "present"
    }


def test_adverse_events_carry_the_ids_of_the_terms(added, tmp_path):
    record = _extract(tmp_path, added)
    concepts = _concepts(record)
    elbow = concepts["quorbled elbow"]  # found by the added vocabulary alone
    assert (elbow["id"], elbow["name"]) == ("meddra:90000001", "Quorbling of the elbow")
    assert elbow["xrefs"] == ["meddra:90000011"]
    assert concepts["zimber ache"]["id"] == "meddra:90000002"
    assert concepts["QZA"]["id"] == "meddra:90000002"
    assert concepts["QZA"]["xrefs"] == ["meddra:90000021"]
    belly = concepts["stomach ache"]  # the embedded lexicon's concept, with the added ids
    assert belly["id"].startswith("mesh:")
    assert {"meddra:90000006", "meddra:90000061"} <= set(belly["xrefs"])
    assert "quorb" not in concepts  # one short word links, and finds nothing
    assert "events+" in record["provenance"]["lexicon"]


def test_without_it_only_the_embedded_lexicon_is_used(tmp_path):
    record = _extract(tmp_path, tmp_path / "empty")
    concepts = _concepts(record)
    assert "stomach ache" in concepts
    assert not concepts.keys() & {"quorbled elbow", "zimber ache", "QZA"}
    assert not any("meddra" in xref for xref in concepts["stomach ache"]["xrefs"])
    assert "events" not in record["provenance"]["lexicon"]
