"""Pairs of names in one sentence, with the relation that a corpus marks between them.

A pair has a second name, of which something is said (a disease, a protein, another drug), and mostly a
first one, the drug that says it; sentences of drug labels leave the drug out. ``NONE`` is a pair of
whose relation the corpus says nothing. All of it is for measuring: see ``training.relation_figures``.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from monograph_nlp.text.blocks import split_blocks
from monograph_nlp.text.sentences import split_sentences
from training.corpora import phee, pubtator, roam, standoff
from training.corpora.document import Document, Span

NONE = "NONE"
Range: TypeAlias = tuple[int, int]

_ROAM = {
    "TREATS": "INDICATION",
    "PREVENTS": "INDICATION",
    "CONTRAINDICATED_FOR": "CONTRAINDICATION",
}
# What the drug does to the protein itself. Amounts of a protein, substrates and products are no targets.
_ACTIONS = {
    "INHIBITOR": "inhibitor",
    "ANTAGONIST": "antagonist",
    "AGONIST": "agonist",
    "AGONIST-ACTIVATOR": "agonist",
    "AGONIST-INHIBITOR": "agonist",
    "ACTIVATOR": "activator",
    "DIRECT-REGULATOR": "binder",
}
_CORRELATIONS = {"Positive_Correlation": "ADVERSE_EVENT", "Negative_Correlation": "INDICATION"}
_RELATION_LINE = re.compile(r"^(\d+)\t([A-Z]\w+)\t([^\t]+)\t([^\t]+)\t\w+$")
_CONCEPT_LINE = re.compile(r"^(\d+)\t(\d+)\t(\d+)\t[^\t]*\t\w+\t(\S+)$")
_PARTS = 5  # of the combinations, which have no development part: one in so many is tested on


@dataclass(frozen=True, slots=True)
class Pair:
    """A second name in a sentence, the first if there is one, and what else is named there."""

    group: str  # what stays together in a split: sentence or abstract
    text: str
    first: Range | None
    second: Range
    others: tuple[tuple[int, int, str], ...]  # start, end, "first" or "second": the kind
    label: str


def roam_pairs(corpora: Path) -> tuple[list[Pair], list[Pair]]:
    """Return the spans of label sentences: those of nine tenths, and of the tenth number 7."""
    learned: list[Pair] = []
    tested: list[Pair] = []
    for document in roam.read(corpora / "roam_drug_disease/training.json"):
        tenth = int(re.sub(r"\D", "", document.id)) % 10
        (tested if tenth == 7 else learned).extend(_alone(document))
    return learned, tested


def _alone(document: Document) -> Iterator[Pair]:
    places = [(span.fragments[0], _ROAM.get(span.label, NONE)) for span in document.spans]
    for place, label in places:
        others = tuple((*other, "second") for other, _ in places if other != place)
        yield Pair(document.group, document.text, None, place, others, label)


def target_pairs(corpora: Path) -> tuple[list[Pair], list[Pair]]:
    """Return DrugProt and ChemProt's training part without, and ChemProt's development part."""
    folder = corpora / "chemprot"
    part = "{0}/{0}_abstracts.tsv"
    tested = list(standoff.read(folder / part.format("chemprot_development")))
    known = {document.id for document in tested}
    learned: dict[str, Document] = {}
    for path in (corpora / "drugprot/texts.tsv", folder / part.format("chemprot_training")):
        for document in standoff.read(path):
            if document.id not in known:
                learned.setdefault(document.id, document)
    return list(_targets(learned.values())), list(_targets(tested))


def _targets(documents: Iterable[Document]) -> Iterator[Pair]:
    for document in documents:
        stated = {(r.first, r.second): _ACTIONS.get(r.label, NONE) for r in document.relations}

        def label(one: Span, other: Span, stated: Mapping[tuple[str, str], str] = stated) -> str:
            return stated.get((one.id, other.id), NONE)

        yield from _of_document(document, "CHEMICAL", "GENE", label)


def _of_document(
    document: Document, first: str, second: str, label: Callable[[Span, Span], str]
) -> Iterator[Pair]:
    """Yield the pairs of two kinds in each sentence; kinds are beginnings of labels."""
    for start, end in _sentences(document.text):
        inside = [
            s for s in document.spans if start <= s.fragments[0][0] < s.fragments[0][1] <= end
        ]
        ones = [span for span in inside if span.label.startswith(first)]
        others = [span for span in inside if span.label.startswith(second)]
        named = [(*_shifted(s, start), "first") for s in ones]
        named += [(*_shifted(s, start), "second") for s in others]
        for one in ones:
            for other in others:
                a, b = _shifted(one, start), _shifted(other, start)
                if a[0] < b[1] and b[0] < a[1]:
                    continue
                rest = tuple(n for n in named if n[:2] not in (a, b))
                text = document.text[start:end]
                yield Pair(document.group, text, a, b, rest, label(one, other))


def _sentences(text: str) -> Iterator[Range]:
    for block in split_blocks(text):
        yield from split_sentences(text, block.start, block.end)


def _shifted(span: Span, start: int) -> Range:
    low, high = span.fragments[0]
    return low - start, high - start


def case_pairs(corpora: Path) -> tuple[list[Pair], list[Pair]]:
    """Return PHEE's drugs with effects and disorders of one sentence: training, development part."""
    learned, tested = (phee.read(corpora / f"phee/{part}.json") for part in ("train", "dev"))
    return list(_cases(learned)), list(_cases(tested))


def _cases(documents: Iterable[Document]) -> Iterator[Pair]:
    """A disorder is what a treatment is for; an effect of it is adverse where its event is."""
    for document in documents:
        drugs = sorted({s.fragments[0] for s in document.spans if s.label.endswith(".Drug")})
        found: dict[Range, str] = {}
        for span in document.spans:
            if span.label == "Adverse_event.Effect":
                found[span.fragments[0]] = "ADVERSE_EVENT"
            elif span.label.endswith("Treatment.Disorder"):
                found.setdefault(span.fragments[0], "INDICATION")
        named = [(*d, "first") for d in drugs] + [(*f, "second") for f in sorted(found)]
        for drug in drugs:
            for finding, label in found.items():
                if drug[1] <= finding[0] or finding[1] <= drug[0]:
                    rest = tuple(n for n in named if n[:2] not in (drug, finding))
                    yield Pair(document.group, document.text, drug, finding, rest, label)


def abstract_pairs(corpora: Path) -> tuple[list[Pair], list[Pair]]:
    """Return BioRED's chemicals and diseases of one sentence: training, development part.

    The corpus relates concepts of an abstract, not names of a sentence: a sentence with two names need
    not say what relates them.
    """
    folder = corpora / "biored"
    return list(_abstracts(folder / "Train.PubTator")), list(_abstracts(folder / "Dev.PubTator"))


def _abstracts(path: Path) -> Iterator[Pair]:
    concepts: dict[tuple[str, Range], list[str]] = {}
    stated: dict[tuple[str, str, str], str] = defaultdict(lambda: NONE)
    for line in path.read_text(encoding="utf-8").splitlines():
        if row := _CONCEPT_LINE.match(line):
            concepts[row[1], (int(row[2]), int(row[3]))] = row[4].split(",")
        elif row := _RELATION_LINE.match(line):
            said = _CORRELATIONS.get(row[2], NONE)
            stated[row[1], row[3], row[4]] = stated[row[1], row[4], row[3]] = said
    for document in pubtator.read(path):

        def label(one: Span, other: Span, pmid: str = document.id) -> str:
            ids = [concepts.get((pmid, span.fragments[0]), []) for span in (one, other)]
            found = {stated[pmid, a, b] for a in ids[0] for b in ids[1]} - {NONE}
            return min(found, default=NONE)

        yield from _of_document(document, "Chemical", "Disease", label)


def combination_pairs(corpora: Path) -> tuple[list[Pair], list[Pair]]:
    """Return pairs of drugs in one sentence: given together or not; one document in five is tested on."""
    learned: list[Pair] = []
    tested: list[Pair] = []
    with (corpora / "drug_combo/final_train_set.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            sentence = json.loads(line)
            is_tested = zlib.crc32(sentence["doc_id"].encode()) % _PARTS == 0
            (tested if is_tested else learned).extend(_combinations(sentence))
    return learned, tested


def _combinations(sentence: Mapping[str, Any]) -> Iterator[Pair]:
    drugs = {s["span_id"]: (int(s["start"]), int(s["end"])) for s in sentence["spans"]}
    together = [set(relation["spans"]) for relation in sentence["rels"]]
    for one in drugs:
        for other in drugs:
            if one < other:
                label = "COMBINED" if any({one, other} <= held for held in together) else NONE
                rest = [(*drugs[n], "second") for n in drugs if n not in (one, other)]
                text, group = sentence["sentence"], sentence["doc_id"]
                yield Pair(group, text, drugs[one], drugs[other], tuple(rest), label)


TASKS: dict[str, Callable[[Path], tuple[list[Pair], list[Pair]]]] = {
    "roam": roam_pairs,
    "targets": target_pairs,
    "phee": case_pairs,
    "biored": abstract_pairs,
    "combinations": combination_pairs,
}
"""Of each corpus: what is learned from, and what is measured on."""
