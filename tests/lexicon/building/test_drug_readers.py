"""The readers of drug sources, each over a made-up package of the real layout."""

from __future__ import annotations

import pytest

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building import (
    chebi,
    drug_names,
    guide_to_pharmacology,
    oncology,
    unii,
)
from monograph_nlp.lexicon.building.entries import Tally

from .conftest import pickled, tsv

HEADINGS = tsv(
    "D000001 | Examplinib | Exampline | D03.383 |",
    "D000002 | Otherol | Otherine | D02.033 |",
)
SUPPLEMENT = tsv("C000001 | thirdamab | third antibody | D000001")
LINKS = tsv("DRUGBANK_ID | NAMESPACE | ID | SOURCE") + tsv(
    "DB00001 | NAME | Examplinib | drugbank",
    "DB00001 | CHEBI | 7 | chebi",
    "DB00001 | CHEBI | 8 | drugbank",
    "DB00009 | NAME | Laterib | drugbank",
)


def _read(module, shelf):
    tally = Tally(module.SOURCE)
    return list(module.read(shelf, tally)), tally


UNII = tsv(
    "Name | TYPE | UNII | Display Name",
    "EXAMPLINIB | of | AAAAAAAAA1 | EXAMPLINIB",
    "EXAMPLINIB [INN] | cn | AAAAAAAAA1 | EXAMPLINIB",
    "ZYNOVIA | bn | AAAAAAAAA1 | EXAMPLINIB",
    "ABC-1234 | cd | AAAAAAAAA1 | EXAMPLINIB",
    "EXB | cn | AAAAAAAAA1 | EXAMPLINIB",
    "2-(3-(4-X)PHENYL)ACETAMIDE | sys | AAAAAAAAA1 | EXAMPLINIB",
    "DUOZYN COMPONENT EXAMPLINIB | bn | AAAAAAAAA1 | EXAMPLINIB",
    "EXAMPLINIB MESYLATE [USAN] | cn | AAAAAAAAA2 | EXAMPLINIB MESYLATE",
    "EXAMPLINIB (AS MESYLATE) | cn | AAAAAAAAA2 | EXAMPLINIB MESYLATE",
    "SOLVENT 7 | of | AAAAAAAAA3 | SOLVENT 7",
    "PRETTY FLOWER [WHO-DD] | cn | AAAAAAAAA4 | PRETTY FLOWER",
    "THIRDAMAB [INN] | cn | AAAAAAAAA5 | THIRDAMAB",
    "IMMUNOGLOBULIN G1, ANTI-(HUMAN CD38 ANTIGEN) | sys | AAAAAAAAA5 | THIRDAMAB",
)


def test_unii_gives_drugs_with_brands_codes_salts_and_antigens(shelf_of):
    found, tally = _read(unii, shelf_of({"data/UNII_Names.txt": UNII}))
    base, salt, antibody = found
    assert (base.id, base.name, base.labels) == ("unii:AAAAAAAAA1", "examplinib", ("DRUG",))
    assert base.names == (("Zynovia", "brand"), ("ABC-1234", "code"), ("EXB", "abbreviation"))
    assert base.facts == (("brand", "Zynovia", ""), ("brand", "Duozyn", "component"))
    assert base.tags == ("INN",)
    assert (salt.names, salt.broader) == ((), ("unii:AAAAAAAAA1",))
    assert antibody.facts == (("target", "CD38", "binder"),)
    assert (tally.read, tally.kept) == (5, 3)
    assert tally.dropped == {
        "no list of medicines names it": 1,
        "a part of a plant or animal": 1,
    }


def test_a_short_unii_row_names_its_line(shelf_of):
    shelf = shelf_of({"data/UNII_Names.txt": "Name\tTYPE\tUNII\tDisplay\nA\tof\tU\n"})
    with pytest.raises(LexiconError, match=r"tiny-1\.0/data/UNII_Names\.txt:2: 3 cells"):
        _read(unii, shelf)


def _dictionary(**about):
    return pickled(
        {
            "drug_variant_to_canonical": {
                "examplinib": ["examplinib"],
                "zynovia": ["examplinib"],
                "examplinib sulfate": ["examplinib"],
                "otherine": ["examplinib"],
                "both": ["examplinib", "otherol"],
                "numberless": ["numberless"],
            },
            "drug_canonical_to_data": about,
            "drug_variant_to_variant_data": {"zynovia": {"is_brand": True}},
        }
    )


def test_drugbank_names_leave_out_what_belongs_to_another_mesh_concept(shelf_of):
    data = _dictionary(
        examplinib={"drugbank_id": "DB00001", "name": "Examplinib", "mesh_id": "D000002"},
        numberless={"name": "Numberless", "mesh_id": "D000002"},
    )
    members = {
        "x/drug_ner_dictionary.pkl.bz2": data,
        "x/drugbank_mappings.tsv": LINKS,
        "x/mesh_id_label_mappings.tsv": HEADINGS,
        "x/mesh_supp_id_label_mappings.tsv": SUPPLEMENT,
    }
    (first, second), tally = _read(drug_names, shelf_of(members))
    assert (first.id, first.name) == ("drugbank:DB00001", "Examplinib")
    assert first.names == (("zynovia", "brand"), ("examplinib sulfate", "salt"))
    assert first.xrefs == ("chebi:7", "mesh:D000001")
    assert first.facts == (("brand", "zynovia", ""),)
    assert (second.id, second.name) == ("drugbank:DB00009", "Laterib")
    assert tally.dropped == {"no DrugBank number": 1}


@pytest.mark.parametrize("value", [[], {}, {"drug_canonical_to_data": []}])
def test_a_dictionary_of_another_layout_is_an_error(shelf_of, value):
    members = {
        "x/drug_ner_dictionary.pkl.bz2": pickled(value),
        "x/drugbank_mappings.tsv": LINKS,
        "x/mesh_id_label_mappings.tsv": HEADINGS,
        "x/mesh_supp_id_label_mappings.tsv": SUPPLEMENT,
    }
    with pytest.raises(LexiconError, match="holds no table 'drug_variant_to_canonical'"):
        _read(drug_names, shelf_of(members))


CHEBI = """[
  {"id": "CHEBI:23888", "name": "drug", "namespace": "chebi", "relations": {}},
  {"id": "CHEBI:52726", "name": "proteasome inhibitor", "relations": {"is_a": ["CHEBI:23888"]}},
  {"id": "CHEBI:71031", "name": "orphan drug", "relations": {"is_a": ["CHEBI:23888"]}},
  {"id": "CHEBI:7", "name": "examplinib", "alt_ids": ["CHEBI:17"],
   "relations": {"has_role": ["CHEBI:52726", "CHEBI:71031", "CHEBI:1"]}},
  {"id": "CHEBI:9", "name": "unlinked"}
]"""


def test_chebi_gives_linked_drugs_with_their_roles(shelf_of):
    members = {
        "x/chebi.json": CHEBI,
        "x/drugbank_mappings.tsv": LINKS,
        "x/mesh_mappings.tsv": "",
        "x/mesh_cas_mappings.tsv": "",
        "x/cas_to_chebi.tsv": "",
        "x/pubchem_mesh_map.tsv": "",
        "x/chebi_to_pubchem.tsv": "",
    }
    found, tally = _read(chebi, shelf_of(members))
    assert [(entry.name, entry.labels) for entry in found] == [
        ("drug", ("DRUG_CLASS",)),
        ("proteasome inhibitor", ("DRUG_CLASS",)),
        ("examplinib", ("DRUG",)),
    ]
    assert found[1].broader == ("chebi:23888",)
    assert found[2].facts == (("class", "chebi:52726", ""),)
    assert found[2].xrefs == ("chebi:17",)
    assert tally.dropped == {"no drug source links to it": 2}


LIGANDS = (
    "Ligand id,Name,Type,Approved,INN,Synonyms,UniProt id\n"
    "1,examplinib,Synthetic organic,yes,examplinib,Zynovia&reg;|EXB&alpha;|L01XX01,\n"
    "2,screened,Synthetic organic,yes,,,\n"
    "3,probe,Synthetic organic,,,,\n"
    "4,thirdamab,Antibody,,thirdamab,,\n"
)
TARGETS = (
    "Type,Target id,Target name,synonyms,HGNC id,Human SwissProt\n"
    "gpcr,10,EX<sub>1A</sub> receptor,EX1A|example receptor,5286,P08908\n"
    "lgic,11,EX<sub>3</sub>AB,,5297|5298,\n"
)


def _fact(target, ligand, kind, action, primary="t", species="Human", other="", gene=""):
    return f"{target},{other},{gene},{species},{ligand},{kind},{action},{primary}\n"


FACTS = (
    "target_id,target_ligand,target_ligand_gene_symbol,target_species,ligand_id,type,action,primary_target\n"
    + _fact("10", "1", "Agonist", "Inverse agonist")
    + _fact("11", "1", "Inhibitor", "Inhibition", primary="f")
    + _fact("10", "1", "Agonist", "Full agonist", species="Rat")
    + "".join(_fact("", "2", "Inhibitor", "x", primary="f", gene=f"G{n}") for n in range(6))
    + _fact("", "4", "Antibody", "Binding", primary="", other="tumour necrosis factor")
)


def test_the_guide_gives_primary_targets_with_actions(shelf_of):
    members = {
        "x/ligands.csv": LIGANDS,
        "x/targets_and_families.csv": TARGETS,
        "x/interactions.csv": FACTS,
    }
    found, tally = _read(guide_to_pharmacology, shelf_of(members))
    receptor, channel, drug, screened, antibody = found
    assert (receptor.name, receptor.xrefs) == ("EX1A receptor", ("hgnc:5286", "uniprot:P08908"))
    assert channel.xrefs == ("hgnc:5297", "hgnc:5298")
    assert drug.facts == (("target", "hgnc:5286", "antagonist"), ("brand", "Zynovia", ""))
    assert drug.names == (("Zynovia", "brand"), ("EXBα", "synonym"))
    assert drug.tags == ("Synthetic organic", "approved", "INN")
    assert screened.facts == ()  # six targets, none of them primary
    assert antibody.facts == (("target", "tumour necrosis factor", "binder"),)
    assert tally.dropped == {"neither approved nor with an INN": 1}


def test_oncology_tells_one_gene_per_agent_or_nothing(shelf_of):
    head = "Drug_Name,Commercial_name,Tumor_Target_Symbol\n"
    upper = head.replace("name,T", "Name,T")
    pairs = "Drug_Name,Tumor_Target_Symbols,Tcell_Target_Symols,Other_Symbols\n"
    genes = "symbol,role,agent,phase\n"
    members = {
        "x/ADC-approved.csv": head + "Onetuzumab vedotin,Zynocris,CD30\n",
        "x/CAR-T-approved.csv": "\ufeff" + upper,
        "x/TCR-T-approved.csv": upper,
        "x/bispecific-antibodies-approved.csv": pairs + "Twotamab,EGFR;MET,CD3E,\n",
        "x/cancer-key-genes.csv": genes
        + "PDCD1,target,pembro,approved\nCD274,target,pembro,approved\nAR,biomarker,,\n"
        + "CDK4,target,laterib (later),approved\nCDK4,target,probe,phase_1\n"
        + "TYMS,target,chemo + radiation,approved\n",
    }
    found, tally = _read(oncology, shelf_of(members))
    assert [(entry.id, entry.name, entry.facts) for entry in found] == [
        ("", "Onetuzumab vedotin", (("target", "CD30", ""), ("brand", "Zynocris", ""))),
        ("", "Twotamab", (("target", "EGFR", ""), ("target", "MET", ""), ("target", "CD3E", ""))),
        ("", "laterib", (("target", "CDK4", ""),)),
    ]
    assert found[0].names == (("Zynocris", "brand"),)
    assert sum(tally.dropped.values()) == 4
