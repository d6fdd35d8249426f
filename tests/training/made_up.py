"""A small made-up tree of corpora, in the layouts and places of the real ones."""

from __future__ import annotations

import json
from pathlib import Path

LABEL = """<?xml version="1.0" encoding="UTF-8"?>
<Label drug="{drug}" track="TAC2017_ADR">
  <Text>
    <Section name="adverse reactions" id="S1">{text}</Section>
    <Section name="boxed warnings" id="S2">{box}</Section>
  </Text>
  <Mentions>{mentions}</Mentions>
  <Relations>{relations}</Relations>
</Label>
"""
REACTIONS = "Zalux may cause renal and\n  hepatic failure, and severe itching of both hands."
MENTIONS = """
    <Mention id="M1" section="S1" type="AdverseReaction" start="16,36" len="5,7" str="renal failure" />
    <Mention id="M2" section="S1" type="AdverseReaction" start="28" len="15" str="hepatic failure" />
    <Mention id="M3" section="S1" type="Severity" start="49" len="6" str="severe" />
    <Mention id="M4" section="S1" type="AdverseReaction" start="56" len="7" str="itching" />
"""
RELATIONS = '<Relation id="R1" type="Effect" arg1="M4" arg2="M3" />'
_KINASES = {"400": "kinase alpha", "500": "kinase beta", "600": "kinase gamma"}
ABSTRACT = (
    "100|t|Bradypnoea after zalux.\n"
    "100|a|Two of nine volunteers breathed slowly after the second capsule of zalux.\n"
    "100\t0\t10\tBradypnoea\tDisease\tD1\n"
    "100\t17\t22\tzalux\tChemical\tC1\n"
    "100\tCID\tC1\tD1\n"
)


def make(folder: Path) -> None:
    """Write every part of the catalogue below a folder, each with one or a few documents."""
    _labels(folder)
    _abstracts(folder)
    _sentences(folder)
    for name in ("zalux", "morvan"):
        page = (
            f"<html><body><h1>{name}</h1><p>Do not take {name} with green tea or milk.</p></body>"
        )
        write(folder / f"ema_leaflets_html/{name}.html", page)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def label(text: str, box: str = "", mentions: str = "", relations: str = "") -> str:
    return LABEL.format(drug="zalux", text=text, box=box, mentions=mentions, relations=relations)


def _labels(folder: Path) -> None:
    for name in "FACEBD":  # not in order: folds go by name
        write(
            folder / f"tac2017_adr/train_xml/{name}.xml", label(REACTIONS, "", MENTIONS, RELATIONS)
        )
    copy = label(REACTIONS.upper())
    write(folder / "fda_labels_unannotated/COPY.xml", copy)
    other = label("Nobody who took morvan for a year had a cough that lasted.\n\n1  2  3  4  5  6")
    write(folder / "fda_labels_unannotated/OTHER.xml", other)
    write(folder / "fda_ars/Txt/ZALUXINE_boxed_warnings.txt", "Zalux:\r\nred eyes, dry eyes")
    offsets = "8,16|C1|red eyes|1\n18,21;12,16|C2|dry eyes|2\n18,21;12,16|C3|dry eyes|3\n"
    write(folder / "fda_ars/Gold/ZALUXINE_boxed_warnings.offsets", offsets)


def _abstracts(folder: Path) -> None:
    other = ABSTRACT.replace("100", "200").replace("zalux", "morva").replace("nine", "eight")
    write(folder / "bc5cdr/CDR_TrainingSet.PubTator.txt", other)
    write(folder / "bc5cdr/CDR_DevelopmentSet.PubTator.txt", ABSTRACT)
    kinds = (("Disease", "DiseaseOrPhenotypicFeature"), ("Chemical", "ChemicalEntity"))
    for old, new in kinds:
        other = other.replace(f"\t{old}\t", f"\t{new}\t")
    both = other + "\n" + other.replace("200", "100")
    write(folder / "biored/Train.PubTator", both)
    write(folder / "biored/Dev.PubTator", other.replace("200", "300").replace("eight", "four"))
    for part, pmid in (("training", "400"), ("development", "500")):
        stem = f"chemprot/chemprot_{part}/chemprot_{part}_"
        _standoff(
            folder / f"{stem}abstracts.tsv", f"{stem}", folder, (pmid,), "CPR:4\tY \tINHIBITOR"
        )
    _standoff(folder / "drugprot/texts.tsv", "drugprot/", folder, ("400", "600"), "INHIBITOR")


def _standoff(texts: Path, stem: str, folder: Path, pmids: tuple[str, ...], relation: str) -> None:
    rows, entities, related = [], [], []
    for pmid in pmids:
        kinase = _KINASES[pmid]
        rows.append(f"{pmid}\tZalux in mice\tIt stops {kinase} where nothing else can.\n")
        entities.append(f"{pmid}\tT1\tCHEMICAL\t0\t5\tZalux\n")
        entities.append(f"{pmid}\tT2\tGENE-Y\t23\t{23 + len(kinase)}\t{kinase}\n")
        related.append(f"{pmid}\t{relation}\tArg1:T1\tArg2:T2\n")
    write(texts, "".join(rows))
    write(folder / f"{stem}entities.tsv", "".join(entities))
    write(folder / f"{stem}relations.tsv", "".join(related))


def _sentences(folder: Path) -> None:
    for part, drug in (("train", "zalux"), ("dev", "morvan")):
        write(folder / f"phee/{part}.json", json.dumps(phee_sentence(drug)) + "\n")
    tables = {"NCBI-disease-IOB": "Disease", "BioNLP13CG-IOB": "Cancer", "BC2GM-IOB": "GENE"}
    for number, (table, kind) in enumerate(tables.items()):
        for part in ("train", "devel"):
            rows = f"No\tO\nred\tB-{kind}\nskin\tI-{kind}\n{part}\tB-{kind}\n{number}\tO\n\n"
            write(folder / f"iob/{table}/{part}.tsv", rows)
    span = {"ann_id": "A1", "start": 9, "end": 14, "label": "TREATS", "text": "cough"}
    roam = [{"sentence_id": "S1", "sentence": "It stops cough.", "annotations": [span]}]
    write(folder / "roam_drug_disease/training.json", json.dumps(roam))


def phee_sentence(drug: str) -> dict[str, object]:
    """One event: itching and redness of hands after 2 mg of a drug."""
    text = f"Itching and redness of hands followed 2 mg of {drug} in a woman."
    start = text.index(drug)
    treatment = {
        "text": [[f"2 mg of {drug}"]],
        "start": [[38]],
        "Drug": {"text": [[drug]], "start": [[start]]},
        "Combination": [{"event_type": "Combination"}],
    }
    event = {
        "event_id": "E1",
        "event_type": "Adverse_event",
        "Trigger": {"text": [["followed"]], "start": [[29]]},
        "Treatment": treatment,
        "Effect": {"text": [["Itching"], ["redness", "hands"]], "start": [[0], [12, 23]]},
    }
    return {"id": f"9{len(drug)}_1", "context": text, "annotations": [{"events": [event]}]}
