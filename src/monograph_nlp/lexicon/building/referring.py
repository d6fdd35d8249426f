"""What the sources state of a drug: its targets with the action, its classes and its brands.

The facts serve disambiguation and the audit of a record. None of them is ever put into a record that the
text does not state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from monograph_nlp.lexicon.building.clustering import key_of
from monograph_nlp.lexicon.building.entries import Entry
from monograph_nlp.lexicon.reference import Reference, TargetFact
from monograph_nlp.lexicon.terms import Term


def references(entries: Sequence[Entry], concepts: Mapping[Entry, Term]) -> dict[str, Reference]:
    """Collect the facts of each drug by the id of its concept."""
    known = _Known(entries, concepts)
    gathered = _Gathered()
    for entry in entries:
        drug = concepts.get(entry)
        if drug is not None and drug.id is not None and "DRUG" in drug.labels:
            gathered.add(drug.id, entry, known)
    return gathered.references()


def shared_references(
    shared: Sequence[Entry], own: Sequence[Entry], concepts: Mapping[Entry, Term]
) -> dict[str, Reference]:
    """Collect the targets of share-alike entries, for the drugs that others know by the same name.

    Their names and classes stay out: these would carry the licence into the lexicon.
    """
    known = _Known(own, concepts)
    symbols = {
        entry.id: next((x for x in entry.xrefs if x.startswith("hgnc:")), "") for entry in shared
    }
    gathered = _Gathered()
    for entry in shared:
        drug = known.by_name.get(key_of(entry.name))
        if drug is None or drug.id is None or not entry.facts:
            continue
        for what, value, action in entry.facts:
            target = known.by_id.get(symbols.get(value, value))
            if what == "target" and target is not None:
                gathered.targets[drug.id][
                    TargetFact(target.name, target.id, action, entry.source)
                ] = None
    return gathered.references()


class _Known:
    """The concepts by what sources call them: a CURIE, a drug's name, a target's name or symbol."""

    def __init__(self, entries: Sequence[Entry], concepts: Mapping[Entry, Term]) -> None:
        placed = [(entry, concepts[entry]) for entry in entries if entry in concepts]
        self.by_id = {entry.id: term for entry, term in placed if entry.id}
        self._named: dict[str, dict[Term, None]] = defaultdict(dict)
        self.by_name: dict[str, Term] = {}
        for entry, term in placed:
            if "DRUG" in term.labels:
                for name in (term.name, entry.name):
                    self.by_name.setdefault(key_of(name), term)
            elif "TARGET" in term.labels:
                for name in (term.name, entry.name, *(text for text, _ in entry.names)):
                    self._named[key_of(name)][term] = None

    def target(self, value: str) -> Term | None:
        """Return the target of a CURIE, a symbol or a name that no other target bears."""
        named = tuple(self._named.get(key_of(value), ()))
        first = [term for term in named if key_of(term.name) == key_of(value)]
        return self.by_id.get(value) or next(iter(first or named[: len(named) == 1]), None)


class _Gathered:
    """Facts by drug, each once, in the order of the sources."""

    def __init__(self) -> None:
        self.targets: dict[str, dict[TargetFact, None]] = defaultdict(dict)
        self._classes: dict[str, dict[str, None]] = defaultdict(dict)
        self._brands: dict[str, dict[str, None]] = defaultdict(dict)

    def add(self, drug: str, entry: Entry, known: _Known) -> None:
        for what, value, detail in entry.facts:
            if what == "target":
                target = known.target(value)
                name, curie = (target.name, target.id) if target else (value, None)
                self.targets[drug][TargetFact(name, curie, detail, entry.source)] = None
            elif what == "class" and value in known.by_id:
                self._classes[drug][known.by_id[value].name] = None
            elif what == "brand":
                self._brands[drug][value] = None
        for text, kind in entry.names:
            if kind == "brand":
                self._brands[drug][text] = None

    def references(self) -> dict[str, Reference]:
        drugs = sorted({*self.targets, *self._classes, *self._brands})
        return {
            drug: Reference(
                tuple(self.targets.get(drug, ())),
                tuple(self._classes.get(drug, ())),
                tuple(self._brands.get(drug, ())),
            )
            for drug in drugs
        }
