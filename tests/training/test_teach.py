"""What a teacher gives to each tag is taught, and nothing that is held out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from made_up import label, write
from training.corpora.document import Document
from training.examples import UNKNOWN
from training.heads import fast_heads, read_heads

from training import teach

_HEADS = read_heads()


class _Teacher:
    """Gives 0.75 to the second tag of "rash" with every head, and all to the first of any other word."""

    def shares(self, text: str, words: list[tuple[int, int]], hits: Any) -> dict[str, np.ndarray]:
        found = {}
        for head in _HEADS:
            rows = np.zeros((len(words), len(head.tags)), dtype=np.float32)
            for row, (start, end) in zip(rows, words, strict=True):
                row[:2] = (0.25, 0.75) if text[start:end] == "rash" else (1, 0)
            found[head.name] = rows
        return found


def _document(text: str) -> Document:
    return Document("d", "g", text, (), frozenset(), ())


def test_the_shares_of_the_fast_heads_are_taught_and_no_tag_is_known() -> None:
    example = teach.taught(_document("a rash too"), _Teacher(), _HEADS)  # type: ignore[arg-type]
    assert (example.tags == UNKNOWN).all()
    assert example.tags.shape == (3, len(_HEADS))
    assert example.shares is not None
    first = 0
    for head in fast_heads():
        own = example.shares[:, first : first + len(head.tags)]
        assert own[:, :2].tolist() == [[1, 0], [0.25, 0.75], [1, 0]]
        first += len(head.tags)
    assert first == example.shares.shape[1]


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
