"""The texts for continued pretraining: nothing held out, nothing more than twice."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from made_up import label, write
from training.corpora.document import CorpusError

from training import gather_texts


@pytest.fixture
def gathered(corpora: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, dict[str, object]]:
    for number in range(3):
        text = "Everything about morvan is repeated in each of these labels."
        write(corpora / f"fda_labels_unannotated/MORE{number}.xml", label(text))
    write(corpora / "gold/zalux.json", "{}")
    output = corpora / "out/texts.txt"
    arguments = [str(corpora), str(corpora / "gold"), "-o", str(output)]
    monkeypatch.setattr(sys, "argv", ["gather_texts", *arguments])
    gather_texts.main()
    report = json.loads(output.with_suffix(".json").read_text(encoding="utf-8"))
    return output.read_text(encoding="utf-8"), report


def test_documents_are_parted_by_blank_lines(gathered: tuple[str, dict[str, object]]) -> None:
    documents = gathered[0].strip().split("\n\n")
    assert "Nobody who took morvan for a year had a cough that lasted." in documents
    assert any("breathed slowly after the second capsule of morva." in text for text in documents)


@pytest.mark.parametrize("words", ["itching of both", "ITCHING OF BOTH", "capsule of zalux"])
def test_nothing_held_out_is_there(gathered: tuple[str, dict[str, object]], words: str) -> None:
    assert words not in gathered[0]


def test_the_gold_leaflets_are_left_out_by_name(gathered: tuple[str, dict[str, object]]) -> None:
    assert "take morvan with green tea" in gathered[0]
    assert "take zalux with green tea" not in gathered[0]


def test_a_sentence_stands_there_twice_at_most(gathered: tuple[str, dict[str, object]]) -> None:
    assert gathered[0].count("is repeated in each of these labels") == 2


def test_rows_of_figures_are_left_out(gathered: tuple[str, dict[str, object]]) -> None:
    assert "1 2 3" not in gathered[0]


def test_the_report_says_what_is_left_out(gathered: tuple[str, dict[str, object]]) -> None:
    left_out = gathered[1]["left_out"]
    assert isinstance(left_out, list)
    assert "fda_labels/labels COPY: copy of tac/labels F" in left_out
    assert "biored/train 100: held out" in left_out


def test_gold_without_leaflets_is_refused(corpora: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = [str(corpora), str(corpora / "none"), "-o", str(corpora / "texts.txt")]
    monkeypatch.setattr(sys, "argv", ["gather_texts", *arguments])
    with pytest.raises(CorpusError, match="no JSON files"):
        gather_texts.main()
