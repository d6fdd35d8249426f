"""Going through facts by keyboard: evidence, verdicts, undo, the file."""

from dataclasses import replace

import pytest
from selenium.webdriver.common.keys import Keys

from ..made import named


@pytest.fixture
def test_j_and_k_go_through_the_facts_and_mark_their_evidence(three, sample):
    three.keys("j")
    assert three.chosen() == "testoma"
    assert three.marked("ev") == sample.facts[0].evidence[0].text
    assert three.marked("it") == "testoma"
    three.keys("j", "j")
    assert three.chosen() == "ABC1"
    assert three.marked("ev") == sample.facts[2].evidence[0].text
    three.keys("k")
    assert three.chosen() == "otherdrug"


def test_all_evidence_of_a_fact_is_marked_and_a_gap_in_a_mention_is_none_of_it(three, sample):
    three.walk_to("renal failure")
    assert three.marked("ev") == "".join(part.text for part in sample.facts[5].evidence)
    assert three.marked("it") == "renalfailure"


def test_accept_reject_undo_and_the_file(three, sample):
    three.fill("#reviewer", "Ann O’Nymous" + Keys.TAB)
    three.keys("j", "a", "r", "a")
    assert three.all(".verdict") == ["✓accepted", "✗rejected", "✓accepted", *["undecided"] * 5]
    three.keys("u")
    three.status("Undone")
    assert three.chosen() == "ABC1"
    first, second = three.save()
    fact = sample.facts[0]
    value = {
        "predicate": "has_indication",
        "object": "testoma",
        "concept": "mesh:D000001",
        "assertion": "present",
        "qualifiers": dict(fact.qualifiers),
        "evidence": [35, 103],
    }
    assert first == {
        "version": 1,
        "record": "r-d0",
        "document": "d0",
        "kind": "fact",
        "id": "f1",
        "verdict": "accept",
        "value": value,
        "original": value,
        "reviewer": "Ann O’Nymous",
        "note": None,
    }
    assert (second["id"], second["verdict"], second["value"]) == ("f2", "reject", None)
    assert second["original"]["object"] == "otherdrug"


def test_undo_goes_back_to_the_document_of_the_decision(three):
    three.keys("j", "a")
    three.go("n")
    assert three.title() == "Title of d1"
    three.go("u")
    assert three.title() == "Title of d0"
    assert three.chosen() == "testoma"
    three.keys("u")
    three.status("nothing to undo")
    assert "✓accepted" not in three.all(".verdict")


def test_decisions_outlive_a_reload_and_a_loaded_file_brings_them_back(page, build, sample):
    path = build(named(sample, "d0"), named(sample, "d1"))
    page.open(path)
    page.keys("j", "a", "k", "c")
    page.fill("form.edit [name=note]", "sure")
    page.keys(Keys.ENTER)
    page.status("Noted")
    page.keys("j", "r")
    lines = page.save()
    kept = page.downloads.parent / "kept.jsonl"
    (page.downloads / "corrections.jsonl").rename(kept)
    page.reload()
    page.keys("j")
    assert page.all(".verdict")[:3] == ["✓accepted", "✗rejected", "undecided"]
    assert page.save() == lines
    page.open(path)  # forgets
    assert set(page.all(".verdict")) == {"undecided"}
    page.one("#file").send_keys(str(kept))
    page.status("2 decisions loaded")
    page.keys("j")
    assert page.save() == lines


def test_decisions_that_the_page_was_built_with_are_there_and_can_be_taken_back(
    page, build, sample
):
    page.open(build(sample))
    page.keys("j", "a", "r")
    lines = page.save()
    strange = [{**lines[0], "record": "other"}, {**lines[0], "id": "f99"}]
    built = build(sample, name="again.html", corrections=[*lines, *strange])
    page.open(built)
    assert page.all(".verdict")[:3] == ["✓accepted", "✗rejected", "undecided"]
    assert "2 decisions" in page.one("#trouble").text
    page.keys("j", "k", "x")
    page.status("Taken back")
    page.reload()
    assert page.all(".verdict")[:3] == ["undecided", "✗rejected", "undecided"]


def test_a_file_that_holds_something_else_is_refused(page, build, sample, tmp_path):
    page.open(build(sample))
    for text, told in (("{", "was not loaded"), ('{"version": 1}\n7\n', "0 decisions loaded")):
        (tmp_path / "other.jsonl").write_text(text, "utf-8")
        page.one("#file").send_keys(str(tmp_path / "other.jsonl"))
        page.status(told)
        assert set(page.all(".verdict")) == {"undecided"}


def test_another_windows_decisions_appear(page, build, sample):
    path = build(sample)
    page.open(path)
    window = page.driver.current_window_handle
    page.driver.switch_to.new_window("tab")
    page.open(path, fresh=False)
    page.keys("j", "a")
    page.driver.close()
    page.driver.switch_to.window(window)
    page.until(lambda: page.all(".verdict")[0] == "✓accepted")
    assert set(page.all(".verdict")[1:]) == {"undecided"}


def test_keys_are_text_in_a_field_and_nothing_when_switched_off(three):
    three.keys("j", "/", "ara")
    assert three.one("#query").get_property("value") == "ara"
    assert set(three.all(".verdict")) == {"undecided"}
    three.keys(Keys.ESCAPE, "?")
    assert three.one("#help").is_displayed()
    assert {"j", "k", "a", "r", "e", "n", "/", "u"} <= set(three.all("#keys kbd"))
    three.one("#single-keys").click()
    three.keys(Keys.ESCAPE, "a", "n")
    assert three.title() == "Title of d0"
    assert set(three.all(".verdict")) == {"undecided"}


def test_unusual_ids_are_decided_on_by_their_ids(page, build, sample):
    facts = tuple(replace(fact, id=f"x-{fact.id}") for fact in sample.facts)
    page.open(build(replace(sample, facts=facts)))
    page.keys("j", "j", "a")
    (line,) = page.save()
    assert line["id"] == "x-f2"
