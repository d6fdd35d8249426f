"""Weights are counted from facts that are right or wrong, and measured on leaflets they did not see."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from training.fit_fact_scores import Judged, fit, judged, measured

from monograph_nlp.pipeline import load, run
from monograph_nlp.read import read
from monograph_nlp.text.fact_scores import Traits, probability
from training import fit_fact_scores


def _facts(document: str, right: int, wrong: int, *, named: bool) -> list[Judged]:
    traits = Traits("has_adverse_event", "event-item", "lexicon", 0.0, named, False, False)
    return [Judged(document, traits, number < right, 1.0) for number in range(right + wrong)]


def test_a_trait_of_right_facts_gets_a_positive_weight() -> None:
    facts = [*_facts("a", 90, 10, named=True), *_facts("b", 50, 50, named=False)]
    weights = fit(facts)
    assert weights["concept"] > 0
    assert probability(facts[0].traits, weights) == pytest.approx(0.9, abs=0.03)


def test_figures_are_of_documents_that_were_not_learned_from() -> None:
    facts = [fact for name in "abcdef" for fact in _facts(name, 9, 1, named=True)]
    told = measured(facts, [])
    assert told["right"] == 0.9
    assert told["bins"][0][1:] == [0.9, 60]


def test_a_fact_is_right_if_the_gold_names_its_object(tmp_path: Path) -> None:
    source = tmp_path / "zalux.txt"
    source.write_text("Side effects\n\nCommon side effects are headache and nausea.\n")
    record = next(run(load(profile="lexicon"), read(source)))
    found = list(judged(record, {"has_adverse_event": [["bad headaches", "headache"]]}, 0.5))
    assert sorted((one.is_right, one.weight) for one in found) == [(False, 0.5), (True, 0.5)]


def test_it_reads_leaflets_and_labels_and_writes_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpora, gold = tmp_path / "corpora", tmp_path / "gold"
    for folder in (corpora / "tac2017_adr/train_xml", corpora / "ema_leaflets_html", gold):
        folder.mkdir(parents=True)
    for number in range(6):
        name = f"L{number}"
        text = "Adverse reactions\nRash and nausea were seen."
        start = text.index("Rash")
        mention = f'<Mention id="M1" section="S1" type="AdverseReaction" start="{start}" len="4" str="Rash" />'
        (corpora / f"tac2017_adr/train_xml/{name}.xml").write_text(
            f'<Label drug="{name}"><Text><Section name="adverse reactions" id="S1">{text}</Section></Text>'
            f"<Mentions>{mention}</Mentions><Relations /></Label>"
        )
        html = "<html><body><h1>4. Possible side effects</h1><p>Common: headache, nausea</p></body></html>"
        (corpora / f"ema_leaflets_html/{name}.html").write_text(html)
        fact = {"predicate": "has_adverse_event", "text": "headache"}
        (gold / f"{name}.json").write_text(json.dumps({"facts": [fact]}))
    labels = tmp_path / "labels.jsonl"
    rows = [
        {"id": f"L{n}", "text": "Adverse reactions\nRash and nausea were seen."} for n in range(6)
    ]
    labels.write_text("".join(json.dumps(row) + "\n" for row in rows))
    monkeypatch.setattr(fit_fact_scores, "pipeline", lambda _: load(profile="lexicon"))
    out = tmp_path / "scores.json"
    arguments = [str(corpora), str(gold), str(labels), str(tmp_path), "-o", str(out)]
    monkeypatch.setattr(sys, "argv", ["fit_fact_scores", *arguments])
    fit_fact_scores.main()
    told = json.loads(out.read_text())
    assert told["facts"] == {"labels": 12, "leaflets": 12}
    assert told["measured"]["right"] == 0.5
    assert "predicate has_adverse_event" in told["weights"]
