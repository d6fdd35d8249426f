"""The readers of the corpora: what each yields, and what each says of a damaged file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_up import ABSTRACT, MENTIONS, REACTIONS, RELATIONS, label, phee_sentence, write
from training.corpora import (
    fda_ars,
    iob,
    leaflet_gold,
    leaflets,
    phee,
    pubtator,
    roam,
    standoff,
    tac,
)
from training.corpora.document import CorpusError, Document, Relation, quote

Reader = Callable[[Path], Iterator[Document]]


def quotes(document: Document) -> list[tuple[str, str]]:
    return [(span.label, quote(document.text, span.fragments)) for span in document.spans]


def test_tac_counts_inside_a_section(corpora: Path) -> None:
    first, second = list(tac.read(corpora / "tac2017_adr/train_xml"))[:2]
    assert (first.id, first.group, first.section) == ("A/S1", "A", "adverse reactions")
    assert quotes(first) == [
        ("AdverseReaction", "renal failure"),
        ("AdverseReaction", "hepatic failure"),
        ("Severity", "severe"),
        ("AdverseReaction", "itching"),
    ]
    assert first.relations == (Relation("Effect", "M4", "M3"),)
    assert (second.text, second.spans, second.relations) == ("", (), ())


def test_tac_folds_go_by_file_name(corpora: Path) -> None:
    folds = tac.fold_of(corpora / "tac2017_adr/train_xml")
    assert folds == {"A": 0, "B": 1, "C": 2, "D": 3, "E": 4, "F": 0}


def test_pubtator_joins_title_and_abstract(corpora: Path) -> None:
    (document,) = pubtator.read(corpora / "bc5cdr/CDR_DevelopmentSet.PubTator.txt")
    assert document.group == "100"
    assert document.text.startswith("Bradypnoea after zalux. Two of nine")
    assert quotes(document) == [("Disease", "Bradypnoea"), ("Chemical", "zalux")]


@pytest.mark.parametrize(
    "texts",
    [
        "chemprot/chemprot_training/chemprot_training_abstracts.tsv",
        "drugprot/texts.tsv",
    ],
)
def test_standoff_joins_three_tables(corpora: Path, texts: str) -> None:
    document = next(standoff.read(corpora / texts))
    assert document.group == "400"
    assert quotes(document) == [("CHEMICAL", "Zalux"), ("GENE-Y", "kinase alpha")]
    assert document.relations == (Relation("INHIBITOR", "T1", "T2"),)


def test_phee_gives_nested_arguments_a_span_of_their_own(corpora: Path) -> None:
    (document,) = phee.read(corpora / "phee/train.json")
    assert document.group == "95"
    assert quotes(document) == [
        ("Adverse_event.Trigger", "followed"),
        ("Adverse_event.Treatment", "2 mg of zalux"),
        ("Adverse_event.Treatment.Drug", "zalux"),
        ("Adverse_event.Effect", "Itching"),
        ("Adverse_event.Effect", "redness hands"),
    ]


def test_iob_parts_two_names_that_touch(corpora: Path) -> None:
    (document,) = iob.read(corpora / "iob/BC2GM-IOB/train.tsv")
    assert document.id == "BC2GM-IOB/train:1"
    assert document.text == "No red skin train 2"
    assert quotes(document) == [("GENE", "red skin"), ("GENE", "train")]


def test_roam_keeps_the_use_as_the_label(corpora: Path) -> None:
    (document,) = roam.read(corpora / "roam_drug_disease/training.json")
    assert quotes(document) == [("TREATS", "cough")]


def test_fda_ars_gives_a_place_once_and_keeps_line_ends(corpora: Path) -> None:
    (document,) = fda_ars.read(corpora / "fda_ars")
    assert (document.group, document.section) == ("ZALUXINE", "boxed warnings")
    assert quotes(document) == [("AdverseReaction", "red eyes"), ("AdverseReaction", "dry eyes")]


def test_leaflets_are_read_by_the_package(corpora: Path) -> None:
    documents = list(leaflets.read(corpora / "ema_leaflets_html"))
    assert [document.group for document in documents] == ["morvan", "zalux"]
    assert "green tea" in documents[0].text


def test_leaflet_gold_is_found_in_the_lines_of_its_quote(corpora: Path) -> None:
    facts = [
        {"predicate": "interacts_with", "text": "Green Tea", "quote": "with  green tea"},
        {"predicate": "interacts_with", "text": "milk", "quote": "Do not take zalux\nmilk"},
    ]
    gold = write(corpora / "gold/zalux.json", json.dumps({"doc": "zalux", "facts": facts}))
    (document,) = leaflet_gold.read(gold.parent, corpora / "ema_leaflets_html")
    assert quotes(document) == [("interacts_with", "green tea"), ("interacts_with", "milk")]


def _phee_line(**changes: object) -> str:
    return json.dumps({**phee_sentence("zalux"), **changes})


@pytest.mark.parametrize(
    ("read", "content", "message"),
    [
        pytest.param(
            tac.read,
            label(REACTIONS, "", MENTIONS.replace('start="28"', 'start="29"'), RELATIONS),
            r"broken.xml: document S1: offsets \[\(29, 44\)\]: expected 'hepatic failure'",
            id="tac-offset",
        ),
        pytest.param(
            tac.read,
            label(REACTIONS, "", MENTIONS.replace('"5,7"', '"5"')),
            "not the same number",
            id="tac-lengths",
        ),
        pytest.param(
            tac.read,
            label(REACTIONS, "", MENTIONS.replace('"S1"', '"S9"')),
            "mention M1 is in no section",
            id="tac-section",
        ),
        pytest.param(tac.read, "<Label>", "broken.xml: not XML", id="tac-xml"),
        pytest.param(
            pubtator.read,
            ABSTRACT.replace("\t17\t22", "\t18\t23"),
            r"document 100: offsets \[\(18, 23\)\]: expected 'zalux', found 'alux.'",
            id="pubtator-offset",
        ),
        pytest.param(pubtator.read, "100|t|Title", r"expected PMID\|a\|text", id="pubtator-line"),
        pytest.param(standoff.read, "1\tTitle\n", "1: 2 cells, expected 3", id="standoff-cells"),
        pytest.param(phee.read, "{}", "1: not a sentence of PHEE", id="phee-keys"),
        pytest.param(
            phee.read, _phee_line(context="Nothing of it."), "expected 'followed'", id="phee-offset"
        ),
        pytest.param(iob.read, "skin\tX\n", "tag 'X'; expected O, B-", id="iob-tag"),
        pytest.param(iob.read, "red\tO\nskin\tI-Disease\n", "I-Disease follows O", id="iob-begin"),
        pytest.param(roam.read, "[{}]", "not a list of sentences", id="roam-keys"),
    ],
)
def test_damage_is_named(tmp_path: Path, read: Reader, content: str, message: str) -> None:
    path = write(tmp_path / "broken.xml", content)
    for table in ("entities", "relations"):
        write(tmp_path / f"broken{table}.tsv", "")
    with pytest.raises(CorpusError, match=message):
        list(read(tmp_path if read is tac.read else path))


@pytest.mark.parametrize("read", [tac.read, leaflets.read, fda_ars.read])
def test_an_empty_folder_is_no_corpus(tmp_path: Path, read: Reader) -> None:
    with pytest.raises(CorpusError, match="expected"):
        list(read(tmp_path))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("8,16|C1|red eyes\n", "1: 3 cells, expected 4"),
        ("8-16|C1|red eyes|1\n", "'8-16' is no list"),
        ("8,15|C1|red eyes|1\n", "expected 'red eyes', found 'red eye'"),
    ],
)
def test_fda_ars_names_the_row(corpora: Path, row: str, message: str) -> None:
    write(corpora / "fda_ars/Gold/ZALUXINE_boxed_warnings.offsets", row)
    with pytest.raises(CorpusError, match=message):
        list(fda_ars.read(corpora / "fda_ars"))


def test_leaflet_gold_that_is_not_in_the_leaflet_is_named(corpora: Path) -> None:
    fact = {"predicate": "has_dosage", "text": "2 mg", "quote": "Take 2 mg"}
    gold = write(corpora / "gold/zalux.json", json.dumps({"facts": [fact]}))
    with pytest.raises(CorpusError, match="fact 0: '2 mg' is not in 'Take 2 mg'"):
        list(leaflet_gold.read(gold.parent, corpora / "ema_leaflets_html"))
