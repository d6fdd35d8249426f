"""What brat reads is what the record says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from tests.export.made import records as made_records
from tests.export.standoff import Standoff, read_brat

from monograph_nlp.export import export
from monograph_nlp.export.outcome import NO_OBJECT_MENTION
from monograph_nlp.types import Mention, Record
from monograph_nlp.write.names import file_stem


def written(record: Record, folder: Path) -> tuple[str, Standoff]:
    export([record], folder, "brat")
    return read_brat(folder / f"{file_stem(record.document.id)}.ann")


def _seen(mention: Mention, text: str) -> set[int]:
    """The places of a mention that a reader sees: white space at line breaks is none."""
    return {
        place
        for start, end in mention.spans
        for place in range(start, end)
        if not text[place].isspace() and text[place] not in "\x1c\x1d\x1e\x85"
    }


def agree(record: Record, text: str, found: Standoff) -> None:
    """Compare a record with the files that were written of it."""
    assert text == record.text
    visible = {f"T{n}": m for n, m in enumerate(record.mentions, 1) if _seen(m, text)}
    assert found.bound.keys() >= visible.keys()
    for name, (label, spans, words) in found.bound.items():
        mention = record.mentions[int(name[1:]) - 1]
        assert label == mention.label
        places = {place for start, end in spans for place in range(start, end)}
        assert places >= _seen(mention, text)
        assert places <= {place for start, end in mention.spans for place in range(start, end)}
        if not set(mention.text) & set("\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"):
            assert tuple(spans) == mention.spans
            assert words == mention.text
        assert found.concepts.get(name) == (mention.concept.id if mention.concept else None)
        assert found.assertions.get(name, "present") == mention.assertion


def stated(record: Record, found: Standoff) -> int:
    """Count the facts that the relations and notes tell, and check where the relations end."""
    names = {mention.id: f"T{place}" for place, mention in enumerate(record.mentions, 1)}
    said = {(fact.predicate, names.get(fact.object.mention or "")) for fact in record.facts}
    for kind, subject, object in found.relations.values():
        assert (kind, object) in said
        assert subject in found.bound
        assert subject != object
    return len(found.relations) + sum(
        1 + note.count("; ") for target, note in found.notes.items() if target[0] == "T"
    )


@given(made_records())
def test_a_made_record_comes_back(record: Record) -> None:
    with TemporaryDirectory() as folder:
        text, found = written(record, Path(folder))
    agree(record, text, found)
    names = {f"m{name[1:]}" for name in found.bound}
    shown = [fact for fact in record.facts if fact.object.mention in names]
    assert stated(record, found) >= len(shown)  # more where a name holds what parts the notes


def test_the_samples_come_back(records: dict[str, Record], monographs, tmp_path: Path) -> None:
    whole = [replace(r, text=monographs[r.document.id].text) for r in records.values()]
    outcome = export(whole, tmp_path, "brat")
    assert outcome.made["mention"] == sum(len(record.mentions) for record in whole)
    relations = 0
    for record in whole:
        text, found = read_brat(tmp_path / f"{file_stem(record.document.id)}.ann")
        agree(record, text, found)
        relations += len(found.relations)
    assert relations == outcome.made["relation"] > 50


def test_a_range_is_cut_at_line_breaks_as_brat_does(sample: Record, tmp_path: Path) -> None:
    text = "renal \n\tand hepatic failure"
    mention = replace(
        sample.mentions[0], text=text[:12] + " " + text[20:], spans=((0, 12), (20, 27))
    )
    record = _only(sample, mention, text)
    _, found = written(record, tmp_path)
    assert found.bound["T1"][1:] == ([(0, 5), (8, 12), (20, 27)], "renal and  failure")


def _only(sample: Record, mention: Mention, text: str) -> Record:
    return replace(sample, mentions=(mention,), facts=(), text=text)


def _about_the_document(record: Record) -> Record:
    """The same facts, whose subject is the drug of the document and no mention."""
    whole = tuple(
        replace(fact, subject=fact.subject and replace(fact.subject, mention=None))
        for fact in record.facts
    )
    return replace(record, facts=whole)


def test_the_subject_is_the_mention_of_the_drug_in_the_evidence(
    sample: Record, tmp_path: Path
) -> None:
    _, found = written(_about_the_document(sample), tmp_path)
    names = {name: words for name, (_, _, words) in found.bound.items()}
    said = [(kind, names[a], names[b]) for kind, a, b in found.relations.values()]
    assert said == [
        ("has_indication", "Testamab", "testoma"),
        ("combined_with", "Testamab", "otherdrug"),
    ]


def test_of_several_mentions_of_the_drug_the_nearest_is_the_subject(
    sample: Record, tmp_path: Path
) -> None:
    near = replace(sample.mentions[2], concept=sample.mentions[0].concept)  # "otherdrug"
    record = replace(sample, mentions=(*sample.mentions[:2], near, *sample.mentions[3:]))
    _, found = written(_about_the_document(record), tmp_path)
    assert found.relations["R1"] == ("has_indication", "T3", "T2")


def test_a_drug_in_other_words_of_evidence_is_not_the_subject(
    sample: Record, tmp_path: Path
) -> None:
    record = _about_the_document(sample)
    fact = next(fact for fact in record.facts if fact.predicate == "has_indication")
    far = replace(fact.evidence[0], start=70, text=fact.evidence[0].text[35:])
    drug = replace(fact.evidence[0], end=50, text=fact.evidence[0].text[:15])
    _, found = written(replace(record, facts=(replace(fact, evidence=(far, drug)),)), tmp_path)
    assert found.relations == {}
    assert found.notes["T2"].startswith("testamab has_indication (")


def test_a_fact_without_the_drug_nearby_is_a_note(sample: Record, tmp_path: Path) -> None:
    _, found = written(_about_the_document(sample), tmp_path)
    assert found.notes["T8"] == "testamab has_adverse_event (frequency=rare)"
    assert found.notes["T6"] == (
        "testamab has_adverse_event (frequency=very common, rate=25.0); "
        "? has_adverse_event (frequency=very common, rate=25.0)"
    )


def test_a_mention_of_blanks_is_left_out_with_its_facts(sample: Record, tmp_path: Path) -> None:
    blank = replace(sample.mentions[7], text="\n", spans=((251, 252),))
    record = replace(sample, mentions=(*sample.mentions[:7], blank))
    outcome = export([record], tmp_path, "brat")
    _, found = read_brat(tmp_path / "testamab.ann")
    assert list(found.bound) == [f"T{number}" for number in range(1, 8)]
    assert outcome.left_out == {NO_OBJECT_MENTION: 1}


def test_qualifiers_and_denials_are_notes_on_the_relation(sample: Record, tmp_path: Path) -> None:
    fact = next(fact for fact in sample.facts if fact.predicate == "has_indication")
    denied = replace(
        fact, assertion="absent", qualifiers={"line": "second\tline", "use": "treatment"}
    )
    _, found = written(replace(sample, facts=(denied,)), tmp_path)
    assert found.notes == {"R1": "absent, line=second line, use=treatment"}


def test_the_configuration_names_what_the_files_hold(sample: Record, tmp_path: Path) -> None:
    _, found = written(sample, tmp_path)
    page = (tmp_path / "annotation.conf").read_text("utf-8").splitlines()
    heads = [line for line in page if line[0] == "["]
    assert heads == ["[entities]", "[relations]", "[events]", "[attributes]"]
    entities = page[1 : page.index("[relations]")]
    assert {kind for kind, _, _ in found.bound.values()} <= set(entities)
    relations = {line.split(" ")[0] for line in page[page.index("[relations]") :]}
    assert {fact.predicate for fact in sample.facts} <= relations
    visual = (tmp_path / "visual.conf").read_text("utf-8").splitlines()
    assert [line.split(" ")[0] for line in visual[1 : 1 + len(entities)]] == entities


@pytest.mark.parametrize("id", ["../../up", "a/b", "CON", "x" * 400])
def test_no_file_leaves_the_folder(sample: Record, tmp_path: Path, id: str) -> None:
    folder = tmp_path / "deep" / "down"
    record = replace(sample, document=replace(sample.document, id=id))
    export([record], folder, "brat")
    assert len(list(folder.iterdir())) == 4
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [
        path.name for path in folder.iterdir()
    ]
