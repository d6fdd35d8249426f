"""What a teacher is sure of is taught, and nothing that is held out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from made_up import label, write
from training.corpora.document import Document
from training.examples import UNKNOWN
from training.heads import read_heads

from training import teach

_HEADS = read_heads()
_EVENTS = next(n for n, head in enumerate(_HEADS) if head.name == "ADVERSE_EVENT")


class _Teacher:
    """Is sure that "rash" is an event, and half sure of all else."""

    def shares(self, text: str, words: list[tuple[int, int]], hits: Any) -> dict[str, np.ndarray]:
        head = _HEADS[_EVENTS]
        rows = np.full((len(words), len(head.tags)), 0.01, dtype=np.float32)
        for row, (start, end) in zip(rows, words, strict=True):
            row[:2] = (0.05, 0.9) if text[start:end] == "rash" else (0.5, 0.45)
        return {head.name: rows / rows.sum(axis=1, keepdims=True)}


def _document(text: str) -> Document:
    return Document("d", "g", text, (), frozenset(), ())


def test_a_word_is_taught_where_the_teacher_is_sure() -> None:
    example = teach.taught(_document("a rash too"), _Teacher(), _HEADS)  # type: ignore[arg-type]
    assert example.tags[:, _EVENTS].tolist() == [UNKNOWN, 1, UNKNOWN]
    others = np.delete(example.tags, _EVENTS, axis=1)
    assert (others == UNKNOWN).all()


def test_copies_of_what_is_held_out_are_no_texts(corpora: Path) -> None:
    for number in range(3):
        text = f"Nobody who took morvan for {number} years had a cough that lasted for weeks."
        write(corpora / f"fda_labels_unannotated/MORE{number}.xml", label(text))
    groups = [document.group for document in teach.texts(corpora, {"zalux"}, 1)]
    assert {"MORE0", "MORE1", "OTHER", "morvan"} <= set(groups)
    assert not {"COPY", "zalux"} & set(groups)


def test_one_document_in_so_many_is_read(corpora: Path) -> None:
    for number in range(6):
        text = f"Nobody who took morvan for {number} years had a cough that lasted for weeks."
        write(corpora / f"fda_labels_unannotated/MORE{number}.xml", label(text))
    whole = len({document.group for document in teach.texts(corpora, {"zalux"}, 1)})
    assert 0 < len({document.group for document in teach.texts(corpora, {"zalux"}, 3)}) < whole
