import json

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.evaluate.reading import FORMATS, read_gold

TEXT = "Lithium causes nausea and renal or hepatic failure.\nNo rash was seen."
PUBTATOR = (
    "7|t|Lithium toxicity.\n7|a|It caused nausea.\n"
    "7\t0\t7\tLithium\tChemical\tD008094\n7\t28\t34\tnausea\tDisease\tD009325|D014839\n"
    "7\tCID\tD008094\tD009325\n\n8|t|Nothing.\n8|a|\n"
)
ANN = (
    "T1\tDRUG 0 7\tLithium\nT2\tADVERSE_EVENT 15 21\tnausea\n"
    "T3\tADVERSE_EVENT 26 31;43 50\trenal failure\nT4\tADVERSE_EVENT 55 59\trash\n"
    "R1\thas_adverse_event Arg1:T1 Arg2:T2\nA1\tfrequency R1 very_common\nA2\tNegation T4\n"
    "N1\tReference T2 mesh:D009325\tNausea\nR2\tcauses Arg1:T1 Arg2:T3\nE1\tSeen:T4 Theme:T3\n#1\tAnnotatorNotes T1\tsure\n"
)


@pytest.fixture
def brat(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.ann").write_text(ANN, "utf-8")
    (tmp_path / "b.txt").write_text("x", "utf-8")
    (tmp_path / "b.ann").write_text("", "utf-8")
    return tmp_path


def test_brat(brat):
    gold = read_gold(brat)
    first, second = gold.documents
    assert (gold.format, first.id, second.id, first.text) == ("brat", "a", "b", TEXT)
    assert [one.spans for one in first.mentions] == [
        ((0, 7),),
        ((15, 21),),
        ((26, 31), (43, 50)),
        ((55, 59),),
    ]
    assert [one.assertion for one in first.mentions] == ["present", "present", "present", "absent"]
    assert first.mentions[1].concepts == {"mesh:D009325"}
    (fact,) = first.facts
    assert (fact.predicate, fact.names, dict(fact.qualifiers)) == (
        "has_adverse_event",
        ("nausea",),
        {"frequency": "very common"},
    )
    assert (fact.spans, fact.concept) == (((15, 21),), "mesh:D009325")
    assert any("causes" in note for note in gold.notes)
    assert any("Seen" in note for note in gold.notes)


def test_brat_without_assertions_says_nothing_of_them(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.ann").write_text("T1\tDRUG 0 7\tLithium\n", "utf-8")
    gold = read_gold(tmp_path)
    assert gold.documents[0].mentions[0].assertion is None
    assert gold.assertions == {"present"}


@pytest.mark.parametrize("gap", ["\u2028", "\x85", "\f"])
def test_a_line_of_brat_ends_at_a_line_feed_alone(tmp_path, gap):
    (tmp_path / "a.txt").write_text(f"kidney{gap}failure", "utf-8", newline="")
    (tmp_path / "a.ann").write_bytes(
        f"T1\tADVERSE_EVENT 0 14\tkidney{gap}failure\r\nT2\tCONDITION 0 6\tkidney\r\n".encode()
    )
    gold = read_gold(tmp_path)
    assert [one.text for one in gold.documents[0].mentions] == [f"kidney{gap}failure", "kidney"]


@pytest.mark.parametrize(
    "line",
    ["T1\tDRUG 0 6\tLithium", "T1 DRUG 0 7", "T1\tDRUG 0 x\tLithium", "\tDRUG 0 7\tLithium"],
)
def test_brat_names_the_line_that_is_wrong(tmp_path, line):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.ann").write_text(f"\n{line}\n", "utf-8")
    with pytest.raises(ReadError, match=r"a\.ann:2"):
        read_gold(tmp_path)


def test_brat_needs_its_text(tmp_path):
    (tmp_path / "a.ann").write_text("T1\tDRUG 0 6\tLithium", "utf-8")
    with pytest.raises(ReadError, match=r"a\.txt"):
        read_gold(tmp_path)


def test_pubtator(tmp_path):
    path = tmp_path / "dev.PubTator"
    path.write_text(PUBTATOR, "utf-8")
    gold = read_gold(path)
    assert [document.id for document in gold.documents] == ["7", "8"]
    assert gold.documents[0].text == "Lithium toxicity. It caused nausea."
    assert gold.documents[0].mentions[1].concepts == {"mesh:D009325", "mesh:D014839"}
    assert gold.labels["Chemical"] == {"DRUG", "CHEMICAL"}
    assert gold.has_gaps is False
    assert gold.notes == ("1 CID relations are not counted",)


def test_pubtator_names_the_line_whose_words_are_elsewhere(tmp_path):
    path = tmp_path / "dev.txt"
    path.write_text(PUBTATOR.replace("28\t34", "27\t33"), "utf-8")
    with pytest.raises(ReadError, match=r"dev\.txt:4: 'nausea'"):
        read_gold(path)


BIOC = {
    "documents": [
        {
            "id": "d",
            "passages": [
                {"offset": 0, "text": "Lithium.", "annotations": []},
                {
                    "offset": 9,
                    "text": "No nausea.",
                    "annotations": [
                        {
                            "id": "1",
                            "text": "nausea",
                            "infons": {
                                "type": "Disease",
                                "identifier": "MESH:D009325",
                                "assertion": "absent",
                            },
                            "locations": [{"offset": 12, "length": 6}],
                        }
                    ],
                    "relations": [
                        {
                            "infons": {"type": "has_adverse_event", "frequency": "rare"},
                            "nodes": [{"refid": "1", "role": "object"}],
                        },
                        {"infons": {"type": "other"}, "nodes": []},
                    ],
                },
            ],
        }
    ]
}
BIOC_XML = (
    "<!DOCTYPE collection SYSTEM 'BioC.dtd'><collection><source/><document><id>d</id>"
    "<passage><offset>0</offset><text>Lithium.</text></passage>"
    "<passage><offset>9</offset><text>No nausea.</text><annotation id='1'>"
    "<infon key='type'>Disease</infon><infon key='identifier'>MESH:D009325</infon>"
    "<infon key='assertion'>absent</infon>"
    "<location offset='12' length='6'/><text>nausea</text></annotation>"
    "<relation id='r'><infon key='type'>has_adverse_event</infon><infon key='frequency'>rare</infon>"
    "<node refid='1' role='object'/></relation><relation id='s'><infon key='type'>other</infon></relation>"
    "</passage></document></collection>"
)


@pytest.mark.parametrize(("name", "content"), [("a.json", json.dumps(BIOC)), ("a.xml", BIOC_XML)])
def test_bioc_as_json_and_as_xml(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, "utf-8")
    gold = read_gold(path)
    (document,) = gold.documents
    assert (gold.format, document.id, document.text) == ("bioc", "d", "Lithium. No nausea.")
    (mention,) = document.mentions
    assert (mention.spans, mention.assertion) == (((12, 18),), "absent")
    assert mention.concepts == {"mesh:D009325"}
    (fact,) = document.facts
    assert (fact.predicate, fact.names, fact.qualifiers) == (
        "has_adverse_event",
        ("nausea",),
        {"frequency": "rare"},
    )
    assert gold.notes == ("1 other relations are not counted",)


@pytest.mark.parametrize(("suffix", "content"), [("json", json.dumps(BIOC)), ("xml", BIOC_XML)])
def test_a_folder_of_bioc_is_read_whole(tmp_path, suffix, content):
    for name in "ba":
        named = content.replace('"id": "d"', f'"id": "{name}"').replace("<id>d<", f"<id>{name}<")
        (tmp_path / f"{name}.{suffix}").write_text(named, "utf-8")
    gold = read_gold(tmp_path)
    assert (gold.format, [document.id for document in gold.documents]) == ("bioc", ["a", "b"])
    assert gold.notes == ("2 other relations are not counted",)
    (tmp_path / f"b.{suffix}").write_text(content.replace("12", "13"), "utf-8")
    with pytest.raises(ReadError, match=rf"b\.{suffix}: document d, annotation 1"):
        read_gold(tmp_path)


def test_bioc_with_offsets_in_bytes_is_refused(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(BIOC).replace('"offset": 12', '"offset": 13'), "utf-8")
    with pytest.raises(ReadError, match="document d, annotation 1"):
        read_gold(path)


def bioc_of(tmp_path, *ids, relation=None):
    """A file of one passage a word, whose annotation has the id, or none."""
    passages = []
    for number, (word, name) in enumerate(zip(("nausea", "rash", "gout"), ids, strict=False)):
        place = {"offset": 10 * number, "length": len(word)}
        marked = {"text": word, "infons": {"type": "Disease"}, "locations": [place]}
        marked |= {} if name is None else {"id": name}
        passages.append({"offset": 10 * number, "text": word, "annotations": [marked]})
    node = {"refid": relation, "role": "object"}
    relations = [{"infons": {"type": "has_indication"}, "nodes": [node]}] if relation else []
    path = tmp_path / "a.json"
    document = {"id": "d", "passages": passages, "relations": relations}
    path.write_text(json.dumps({"documents": [document]}), "utf-8")
    return path


@pytest.mark.parametrize("ids", [("1", "1", "2"), (None, None, None)])
def test_annotations_of_bioc_need_no_ids_of_their_own(tmp_path, ids):
    (document,) = read_gold(bioc_of(tmp_path, *ids)).documents
    assert [one.text for one in document.mentions] == ["nausea", "rash", "gout"]


def test_a_relation_of_bioc_names_one_annotation(tmp_path):
    gold = read_gold(bioc_of(tmp_path, "1", "1", "2", relation="2"))
    assert [fact.names for fact in gold.documents[0].facts] == [("gout",)]
    with pytest.raises(ReadError, match="document d, annotation 1: 2 annotations have this id"):
        read_gold(bioc_of(tmp_path, "1", "1", "2", relation="1"))


LABEL = (
    "<Label drug='x'><Text><Section name='adverse reactions' id='S1'>Nausea, renal and hepatic failure.</Section>"
    "<Section name='boxed warnings' id='S2'>Rash.</Section></Text><Mentions>"
    "<Mention id='M1' section='S1' type='AdverseReaction' start='8,26' len='5,7' str='renal failure'/>"
    "<Mention id='M2' section='S2' type='AdverseReaction' start='0' len='4' str='Rash'/>"
    "<Mention id='M3' section='S2' type='Severity' start='0' len='4' str='Rash'/></Mentions>"
    "<Reactions><Reaction id='AR1' str='Renal  failure'/></Reactions></Label>"
)


def test_tac(tmp_path):
    (tmp_path / "DRUG.xml").write_text(LABEL, "utf-8")
    gold = read_gold(tmp_path)
    (label,) = gold.documents
    assert (gold.format, label.id) == ("tac", "DRUG")
    assert label.parts == ("Nausea, renal and hepatic failure.", "Rash.")
    assert [(one.spans, one.part) for one in label.mentions] == [
        (((8, 13), (26, 33)), 0),
        (((0, 4),), 1),
    ]
    assert label.strings == {"AdverseReaction": {"renal failure"}}


def test_tac_whose_words_are_elsewhere_is_refused(tmp_path):
    (tmp_path / "DRUG.xml").write_text(LABEL.replace("start='8,26'", "start='9,26'"), "utf-8")
    with pytest.raises(ReadError, match=r"DRUG\.xml: M1"):
        read_gold(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("start='8,26'", "", "start ''"),
        ("start='8,26'", "start='8'", "start '8' and len '5,7'"),
        ("section='S1'", "section='S9'", "no section 'S9'"),
        ("section='S1'", "", "no section None"),
    ],
)
def test_tac_whose_mention_is_nowhere_is_refused(tmp_path, old, new, what):
    (tmp_path / "DRUG.xml").write_text(LABEL.replace(old, new), "utf-8")
    with pytest.raises(ReadError, match=rf"DRUG\.xml: M1: {what}"):
        read_gold(tmp_path)


def test_facts_by_their_names(tmp_path):
    value = {
        "doc": "d",
        "subject": {"name": "testamab"},
        "facts": [
            {
                "predicate": "has_dosage",
                "text": "5 mg",
                "aliases": ["5 milligrams"],
                "qualifiers": {"frequency": "daily", "route": None},
                "quote": "5 mg daily",
            }
        ],
    }
    (tmp_path / "d.json").write_text(json.dumps(value), "utf-8")
    gold = read_gold(tmp_path)
    (fact,) = gold.documents[0].facts
    assert (fact.names, fact.qualifiers) == (("5 mg", "5 milligrams"), {"schedule": "daily"})
    assert (gold.format, gold.assertions, gold.leaves_out) == ("facts", {"present"}, True)
    assert gold.documents[0].subject == "testamab"


def test_the_gold_of_the_samples(sample_files):
    gold = read_gold(sample_files[0].parent / "gold")
    assert (gold.format, len(gold.documents), gold.assertions) == ("standoff", 18, None)
    digoxin = next(document for document in gold.documents if document.id == "digoxin")
    assert digoxin.facts[0].names == ("cardiac glycoside",)
    assert digoxin.facts[0].evidence == (86, 173)
    assert digoxin.sha256_text is not None


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", "prose", "cannot be told"),
        ("a.json", '{"x": 1}', r"keys: x"),
        ("a.json", "{", "not JSON"),
        ("a.xml", "<a", "not XML"),
        ("a.xml", "<a/>", "no document"),
        ("a.txt", b"\xff\xfe\xff", "not UTF-8"),
    ],
)
def test_what_is_no_gold_is_told(tmp_path, name, content, what):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ReadError, match=what):
        read_gold(path)


STANDOFF = {"id": "d", "mentions": [{"id": "m1", "label": "DRUG", "text": "Li", "spans": [[0, 2]]}]}


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (STANDOFF | {"facts": ["x"]}, "no standoff annotation"),
        (
            STANDOFF | {"mentions": [STANDOFF["mentions"][0] | {"spans": [[0, 2, 3]]}]},
            "no standoff",
        ),
        (STANDOFF | {"mentions": [STANDOFF["mentions"][0] | {"spans": []}]}, "no standoff"),
        ({"doc": "d", "facts": ["x"]}, "no facts of a document"),
        ({"documents": ["x"]}, "no BioC"),
        ({"documents": [{"id": "d", "passages": ["x"]}]}, "no BioC"),
    ],
)
def test_a_part_of_another_form_is_told(tmp_path, value, what):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"facts": []} | value), "utf-8")
    with pytest.raises(ReadError, match=rf"a\.json: {what}"):
        read_gold(path)


def test_a_missing_or_empty_place_and_an_unknown_format_are_told(tmp_path):
    with pytest.raises(ReadError, match=r"holds no \.ann"):
        read_gold(tmp_path)
    with pytest.raises(ReadError, match="No such file"):
        read_gold(tmp_path / "none.txt")
    with pytest.raises(ReadError, match=r"no format 'x'.*brat"):
        read_gold(tmp_path, "x")
    assert "corrections" in FORMATS


def test_xml_reads_no_file_of_the_machine(tmp_path):
    (tmp_path / "secret").write_text("hidden", "utf-8")
    entity = f"<!DOCTYPE Label [<!ENTITY e SYSTEM '{tmp_path / 'secret'}'>]>"
    (tmp_path / "A.xml").write_text(entity + LABEL.replace("Rash.", "Rash.&e;"), "utf-8")
    assert "hidden" not in "".join(read_gold(tmp_path).documents[0].parts)
