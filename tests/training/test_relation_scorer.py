"""Pairs of names in a sentence: read, given to the rows, and weighed by a linear scorer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from made_up import write

pytest.importorskip("scipy")

from training.relation_corpora import NONE, TASKS, Pair
from training.relation_figures import figures, recall_at, unseen
from training.relation_leaflets import Counts, is_same, pairs
from training.relation_rows import say, say_in_labels
from training.relation_scorer import Settings, features, fit

from training import relation_corpora

_DRUGS = ("examplinib", "zynovia", "morvan", "zalux")
_WORDING = {
    "inhibitor": "{0} strongly inhibits {1} in cells.",
    "agonist": "{0} is an agonist of {1} in cells.",
    NONE: "{0} was given with {1} to mice.",
}


def _pair(text: str, first: str | None, second: str, label: str = NONE, *others: str) -> Pair:
    def place(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    rest = tuple((*place(other), "second") for other in others)
    return Pair("d", text, place(first) if first else None, place(second), rest, label)


def _made_up() -> list[Pair]:
    return [
        _pair(wording.format(drug, f"kinase {letter}"), drug, f"kinase {letter}", label)
        for label, wording in _WORDING.items()
        for drug in _DRUGS
        for letter in "abc"
    ]


def test_a_scorer_learns_the_wording_and_not_the_drug():
    scorer = fit(_made_up(), Settings())
    text = "Novodrug inhibits kinase z in cells."
    (chances,) = scorer.probabilities([_pair(text, "Novodrug", "kinase z")])
    assert scorer.labels[chances.argmax()] == "inhibitor"
    assert chances.sum() == pytest.approx(1)
    names = [name for name, _ in scorer.strongest("agonist", 30)]
    assert "between:agonist" in names
    assert not any(drug in name for name in scorer.columns for drug in _DRUGS)


def test_two_fits_agree():
    one, other = (fit(_made_up(), Settings()) for _ in range(2))
    assert (one.weights == other.weights).all()


def test_names_are_masked_and_places_kept():
    pair = _pair("Zynovia treats 12 coughs and rashes.", "Zynovia", "coughs", NONE, "rashes")
    seen = set(features(pair, Settings(with_names=False)))
    assert {"between:treats 0", "behind:and §s", "second-1:0", "order:first"} <= seen
    assert not any("cough" in name or "rash" in name for name in seen)
    assert "name:coughs" in set(features(pair, Settings()))


def test_without_a_first_name_all_words_are_before_or_behind():
    seen = set(features(_pair("For coughs at night.", None, "coughs"), Settings()))
    assert {"before:for", "behind:at night"} <= seen
    assert not any(name.startswith(("between", "order", "distance")) for name in seen)


@pytest.mark.parametrize(
    ("task", "text", "first", "second", "label"),
    [
        ("targets", "Zynovia inhibits kinase a.", "Zynovia", "kinase a", "inhibitor"),
        ("targets", "Zynovia was given with kinase a.", "Zynovia", "kinase a", NONE),
        ("phee", "Zynovia can cause seizures.", "Zynovia", "seizures", "ADVERSE_EVENT"),
        ("combinations", "Zynovia was given with morvan.", "Zynovia", "morvan", "COMBINED"),
    ],
)
def test_rows_state_what_a_sentence_says(task, text, first, second, label):
    assert say(task, _pair(text, first, second)) == label


def test_in_labels_a_given_name_is_a_condition_whatever_the_lexicon_knows():
    text = "Zynovia is indicated for the treatment of blue toes."
    treated = _pair(text, None, "blue toes")
    assert say_in_labels([treated]) == ["INDICATION"]
    barred = _pair("Zynovia is contraindicated in patients with blue toes.", None, "blue toes")
    assert say_in_labels([barred], "CONTRAINDICATIONS") == ["CONTRAINDICATION"]


def test_every_corpus_gives_pairs(corpora: Path):
    label = "Zynovia inhibits coughs."
    sentences = [
        {
            "doc_id": str(number),
            "sentence": label,
            "spans": [{"span_id": 0, "start": 0, "end": 7}, {"span_id": 1, "start": 17, "end": 23}],
            "rels": [{"class": "POS", "spans": [0, 1]}],
        }
        for number in range(20)
    ]
    lines = "".join(json.dumps(sentence) + "\n" for sentence in sentences)
    write(corpora / "drug_combo/final_train_set.jsonl", lines)
    found = {task: read(corpora) for task, read in TASKS.items() if task != "roam"}
    learned, tested = found["combinations"]
    assert len(learned) + len(tested) == len(sentences)
    assert {pair.label for pair in learned} == {"COMBINED"}
    assert set(found) == set(TASKS) - {"roam"}


def test_a_concept_relation_is_said_of_the_names_of_a_sentence(tmp_path: Path):
    text = "100|t|Zalux and cough.\n100|a|Nothing else.\n"
    rows = (
        "100\t0\t5\tZalux\tChemicalEntity\tC1\n"
        "100\t10\t15\tcough\tDiseaseOrPhenotypicFeature\tD1\n"
        "100\tNegative_Correlation\tD1\tC1\tNovel\n"
    )
    for part in ("Train", "Dev"):
        write(tmp_path / f"biored/{part}.PubTator", text + rows)
    learned, _ = relation_corpora.abstract_pairs(tmp_path)
    assert [pair.label for pair in learned] == ["INDICATION"]


def test_abstracts_that_are_measured_on_teach_nothing(corpora: Path):
    learned, tested = relation_corpora.target_pairs(corpora)
    assert not {pair.group for pair in learned} & {pair.group for pair in tested}


def test_figures_count_each_label_and_their_mean():
    one, other, mean = figures("w", ["a", "a", "b"], ["a", "b", "b"])
    assert (one.precision, one.recall, other.precision, other.recall) == (0.5, 1, 1, 0.5)
    assert mean.label == "macro"
    assert mean.f1 == pytest.approx(2 / 3)


def test_recall_at_a_precision_takes_the_best_threshold():
    assert recall_at(0.5, [0.9, 0.8, 0.7, 0.1], [True, False, True, False]) == 1
    assert recall_at(1.0, [0.9], [False]) == 0


def test_a_sentence_that_repeats_a_learned_one_is_not_unseen():
    learned = [_pair("Zynovia 5 mg is indicated for the relief of coughs.", None, "coughs")]
    copy = _pair("Morvan 10 mg is indicated for the relief of rashes.", None, "rashes")
    other = _pair("It stops coughs within a day or two of use.", None, "coughs")
    assert unseen(learned, [copy, other]) == [other]


def test_findings_of_a_leaflet_are_judged_where_their_section_is_asked_for():
    text = "It treats coughs.\n\nIt can cause rashes."
    record = {
        "document": {"id": "zynovia"},
        "mentions": [
            {"label": "CONDITION", "spans": [[10, 16]]},
            {"label": "ADVERSE_EVENT", "spans": [[32, 38]]},
        ],
        "sections": [{"label": "INDICATIONS", "start": 0, "end": 18}],
    }
    assert [p.text[slice(*p.second)] for p in pairs(record, text, None)] == ["coughs", "rashes"]
    (only,) = pairs(record, text, frozenset({"INDICATIONS"}))
    assert only.text == "It treats coughs."


def test_a_name_of_a_leaflet_is_right_if_its_words_are_those_of_the_gold_or_more():
    assert not is_same("asthma", "cough")
    counts = Counts()
    counts.add("rows", ["Severe asthma", "severe ASTHMA", "cough"], ["asthma", "rash"])
    assert list(counts.lines()) == ["rows: P 0.500 of 2, R 0.500 of 2"]
