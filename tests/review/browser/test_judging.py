"""Going through facts and mentions by keyboard: evidence, verdicts, corrections, additions, the file."""

from dataclasses import replace

import pytest
from selenium.webdriver.common.keys import Keys

from ..made import moved, named


@pytest.fixture
def three(page, build, sample):
    return page.open(build(*(named(sample, f"d{n}") for n in range(3))))


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


def test_a_correction_by_keyboard(three):
    three.keys("j", "e")
    three.keys(Keys.TAB)
    three.keys("testoma, relapsed")
    three.fill("form.edit [placeholder^=mesh]", "mondo:0000001")
    three.one("form.edit .qualifier-row [aria-label^=Remove]").click()
    three.fill("form.edit textarea", "relapsed or  refractory testoma")
    three.fill("form.edit [name=note]", "more exact")
    three.submit()
    three.status("corrected")
    assert three.chosen() == "testoma, relapsed"
    assert three.marked("ev") == "relapsed or refractory testoma"
    (line,) = three.save()
    assert line["verdict"] == "correct"
    assert line["note"] == "more exact"
    assert line["value"] == {
        "predicate": "has_indication",
        "object": "testoma, relapsed",
        "concept": "mondo:0000001",
        "assertion": "present",
        "qualifiers": {"line": "relapsed or refractory", "use": "treatment"},
        "evidence": [57, 87],
    }
    assert line["original"]["object"] == "testoma"


def test_a_correction_that_cannot_be_is_refused_and_escape_leaves_it(three):
    three.keys("j", "e")
    three.fill("form.edit textarea", "words that stand nowhere")
    three.submit()
    three.status("do not stand in the text")
    three.keys(Keys.ESCAPE)
    assert three.all("form.edit") == []
    assert three.chosen() == "testoma"
    three.keys("s")
    three.status("Nothing is decided")


def test_a_fact_is_added_for_the_words_that_are_selected(three):
    three.select_words("hepatic")
    three.keys("i")
    assert three.one("form.edit textarea").get_property("value").startswith("Very common (25%): renal and")
    three.submit()
    three.status("added")
    assert three.chosen() == "hepatic"
    (line,) = three.save()
    assert (line["id"], line["verdict"], line["original"]) == (None, "add", None)
    assert (line["value"]["object"], line["value"]["evidence"]) == ("hepatic", [164, 227])
    three.keys("x")
    three.status("Removed")
    assert "+added" not in three.all(".verdict")


def test_mentions_are_judged_corrected_and_added(three):
    three.keys("2")
    assert three.chosen() == "Testamab"
    three.keys("r")
    three.select_words("refractory")
    three.keys("i")
    three.submit()
    three.status("added")
    assert three.chosen() == "refractory"
    assert "refractory" in three.all("#text .m")
    three.walk_to("renal failure")
    three.keys("e")
    for part in ("hepatic", "failure"):
        three.select_words(part)
        three.js("document.querySelectorAll('form.edit .quotation button')[arguments[0]].click()", int(part == "failure"))
    three.submit()
    three.status("corrected")
    rejected, corrected, added = three.save()
    assert (rejected["id"], rejected["verdict"]) == ("m1", "reject")
    assert rejected["original"] == {
        "label": "DRUG",
        "spans": [[35, 43]],
        "text": "Testamab",
        "assertion": "present",
        "concept": "mesh:C000001",
    }
    assert (corrected["value"]["text"], corrected["value"]["spans"]) == ("hepatic failure", [[193, 200], [201, 208]])
    assert (added["value"]["text"], added["value"]["spans"]) == ("refractory", [[69, 79]])


def test_offsets_count_code_points_however_the_browser_counts(page, build, sample):
    before = "𝔗𝔢𝔰𝔱 💊👩‍⚕️ é\n"
    record = moved(sample, before + sample.text, len(before))
    page.open(build(record))
    page.keys("j")
    assert page.marked("ev") == record.facts[0].evidence[0].text
    assert page.marked("it") == "testoma"
    page.select_words("💊")
    page.keys("2", "i")
    page.submit()
    page.status("added")
    page.select_words("hepatic")
    page.keys("i")
    page.submit()
    page.until(lambda: page.chosen() == "hepatic")
    values = {line["value"]["text"]: line["value"]["spans"] for line in page.save()}
    at = record.text.index("hepatic")
    assert values == {"💊": [[5, 6]], "hepatic": [[at, at + 7]]}


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


def test_decisions_that_the_page_was_built_with_are_there_and_can_be_taken_back(page, build, sample):
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
