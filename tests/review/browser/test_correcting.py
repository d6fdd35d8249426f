"""Correcting and adding facts and mentions by keyboard, and what of it is saved."""

from selenium.webdriver.common.keys import Keys

from ..made import moved


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
    assert (
        three.one("form.edit textarea")
        .get_property("value")
        .startswith("Very common (25%): renal and")
    )
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
        three.js(
            "document.querySelectorAll('form.edit .quotation button')[arguments[0]].click()",
            int(part == "failure"),
        )
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
    assert (corrected["value"]["text"], corrected["value"]["spans"]) == (
        "hepatic failure",
        [[193, 200], [201, 208]],
    )
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
    page.keys("1", "e")
    page.fill("form.edit textarea", "refractory testoma")
    page.submit()
    page.status("corrected")
    corrected, *added = page.save()
    values = {line["value"]["text"]: line["value"]["spans"] for line in added}
    at = record.text.index("hepatic")
    assert values == {"💊": [[5, 6]], "hepatic": [[at, at + 7]]}
    at = record.text.index("refractory testoma")
    assert corrected["value"]["evidence"] == [at, at + 18]
