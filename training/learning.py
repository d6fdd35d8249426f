"""The annotated documents that a model may learn from, with our labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training import held_out
from training.corpora import catalog
from training.corpora.document import Document
from training.corpora.labels import LabelMap


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that is not learned from, and why."""

    part: str
    document: str
    reason: str


def documents(
    corpora: Path, kept_out: held_out.HeldOut, removed: list[Removed] | None = None
) -> Iterator[tuple[catalog.Part, Document]]:
    """Yield the documents of all parts that may train, each with its part.

    A document that an earlier part has, with the same labels known, is not given again. Of a part
    that is split into folds all are given: the caller leaves out the fold that it measures on.

    Args:
        corpora: the folder of the corpora.
        kept_out: what is held out elsewhere, as ``held_out.read`` gives it.
        removed: takes what is left out.

    Raises:
        CorpusError: a part is not as its reader expects, or has a label without a row.
    """
    seen: set[tuple[str, frozenset[str]]] = set()
    for part in catalog.parts("train", "folds"):
        labels = LabelMap.of(part.corpus)
        for document in catalog.read(part, corpora):
            reason = kept_out.why_not(document.group, held_out.sentences_of(document))
            if reason is None and (document.id, labels.known) in seen:
                reason = "repeated"
            if reason is None:
                seen.add((document.id, labels.known))
                yield part, labels.apply(document)
            elif removed is not None:
                removed.append(Removed(part.name, document.id, reason))
