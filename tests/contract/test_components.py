"""Each component is found by spaCy, useful alone, and fit for other processes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from spacy.tokens import Doc

ROOT = Path(__file__).parents[2]
ENTRY_POINTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]
FACTORIES: dict[str, str] = ENTRY_POINTS["spacy_factories"]
_FACTORY = re.compile(r"@Language\.factory\(\s*\"(\w+)\"")
TEXT = (
    "Velumatinib (Zynovia) is indicated for rheumatoid arthritis. Progression-free survival (PFS) "
    "was longer.\n\nAdverse reactions\nVery common: nausea. No cases of rash were seen. PFS rose. "
    "Take 10 mg once daily."
)
WRITES = {  # what is there after a component has run alone over TEXT: names, span groups
    "monograph_set_aside": {"set_aside", "spans:set_aside"},
    "monograph_sections": {"sections", "blocks", "spans:sections"},
    "monograph_sentences": {"units", "sentences"},
    "monograph_abbreviations": {"abbreviated"},
    "monograph_subject": {"subject", "spans:subject"},
    "monograph_lexical": {"spans:lexical", "spans:coordinated", "spans:inside"},
    "monograph_tagger": {"spans:tagged", "spans:turning"},
    "monograph_patterns": {"spans:patterns"},
    "monograph_clauses": {"spans:clauses"},
    "monograph_mentions": {"spans:mentions"},
    "monograph_linker": set(),  # marks the mentions that are there, and there are none
    "monograph_context": set(),
    "monograph_relations": {"relations"},
}
CONFIG = {"monograph_tagger": {"model": str(ROOT / "tests" / "fixtures" / "tagger_hashed")}}
ALONE = """
import json, sys
import spacy
assert "monograph_nlp" not in sys.modules
found = {}
for name in json.loads(sys.argv[1]):
    nlp = spacy.blank("en")
    nlp.add_pipe(name, config=json.loads(sys.argv[3]).get(name, {}))
    doc = nlp(sys.argv[2])
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert doc.user_data == again.user_data
    written = [key[1] for key in doc.user_data if isinstance(key, tuple) and key[0] == "._."]
    written += ["spans:" + group for group in doc.spans]
    written += ["sentences"] * doc.has_annotation("SENT_START")
    nlp("")
    nlp(" \\n")
    found[name] = written
print(json.dumps(found))
"""
SPAWN = """
import multiprocessing, sys
from monograph_nlp.pipeline import load
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    nlp = load()
    texts = [sys.argv[1], "", sys.argv[1].upper(), "Nothing."]
    def said(doc):
        spans = [(s.start_char, s.end_char, s.label_, s.id_, s.kb_id_, s._.assertion,
                  s._.candidates, s._.origin) for s in doc.spans["mentions"]]
        return doc.text, spans, doc._.relations, doc._.sections, doc._.subject
    here = [said(doc) for doc in nlp.pipe(texts)]
    there = [said(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=1)]
    assert here == there
    assert here[0][2], "the sample states nothing"
    print("same")
"""


def test_the_entry_points_are_the_factories_of_the_code():
    in_code = {}
    for path in sorted((ROOT / "src" / "monograph_nlp" / "components").glob("*.py")):
        for name in _FACTORY.findall(path.read_text()):
            in_code[name] = f"monograph_nlp.components.{path.stem}:create"
    assert in_code == FACTORIES


def test_what_is_installed_is_what_pyproject_says():
    for group in ("spacy_factories", "spacy_tokenizers"):
        installed = {
            entry.name: entry.value
            for entry in entry_points(group=group)
            if entry.name.startswith("monograph")
        }
        assert installed == ENTRY_POINTS[group]


@pytest.fixture(scope="module")
def written_alone() -> dict[str, set[str]]:
    names, config = json.dumps(sorted(FACTORIES)), json.dumps(CONFIG)
    command = [sys.executable, "-c", ALONE, names, TEXT, config]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name: set(written) for name, written in json.loads(done.stdout).items()}


@pytest.mark.parametrize("factory", sorted(FACTORIES))
def test_a_component_is_useful_alone_and_writes_what_it_says(written_alone, factory):
    assert WRITES[factory] <= written_alone[factory]


def test_the_default_pipeline_has_no_problem(nlp):
    problems = nlp.analyze_pipes()["problems"]
    assert set(problems) == set(nlp.pipe_names)
    assert not any(problems.values())


def test_a_document_survives_the_way_to_bytes_and_back(nlp):
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again.user_data == doc.user_data
    assert again._.relations == doc._.relations != []
    assert {name: list(map(_plain, group)) for name, group in again.spans.items()} == {
        name: list(map(_plain, group)) for name, group in doc.spans.items()
    }


def _plain(span) -> tuple:
    return (span.start, span.end, span.label_, span.id_, span.kb_id_, span._.assertion)


def test_processes_that_are_spawned_give_the_same(tmp_path):
    script = tmp_path / "spawn.py"
    script.write_text(SPAWN)
    command = [sys.executable, script, TEXT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "same\n", done.stderr


def test_a_component_imports_nothing_heavy_beyond_spacy():
    """Any ``spacy.blank`` of anybody's imports every installed factory's module."""
    code = (
        "import sys, spacy; spacy.blank('en').add_pipe('monograph_set_aside'); "
        "heavy = {'lxml', 'pandas', 'pyarrow', 'jsonschema', 'scispacy', 'sklearn', 'onnxruntime'}; "
        "sys.exit(' '.join(sorted(heavy & set(sys.modules))) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
