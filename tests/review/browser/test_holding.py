"""What the page must bear: hostile words, a thousand documents, a small screen, a screen reader."""

from dataclasses import replace

import pytest
from selenium.common.exceptions import NoAlertPresentException

from monograph_nlp.types import Concept

from ..made import long, moved, named

_SECONDS = 6.0  # the page opens in about one; a machine that tests is busy with other things
HOSTILE = (
    "<script>alert(1)</script></script><!-- --><img src=x onerror=alert(2)><svg onload=alert(3)>"
    "{{documents}} &lt;b&gt; ]]> \u2028\u2029\u202e\u0000\ufffd\u0301 💊 \\u003cscript> ${alert(4)} "
)


@pytest.fixture
def hostile(sample):
    """A record that holds such words wherever a record can hold words."""
    record = moved(sample, HOSTILE + sample.text, len(HOSTILE))
    concept = Concept("mesh:D1", HOSTILE, 1.0)
    thing = replace(record.facts[0].object, text=HOSTILE, name=HOSTILE, concept=concept)
    drug = replace(record.facts[0].subject, name=HOSTILE)
    facts = [
        replace(
            record.facts[0], object=thing, subject=drug, rule=HOSTILE, qualifiers={"line": HOSTILE}
        )
    ]
    mention = replace(
        record.mentions[0], text=HOSTILE, concept=concept, long_form=HOSTILE, cues=(HOSTILE,)
    )
    return replace(
        record,
        id=HOSTILE,
        document=replace(record.document, id=HOSTILE, title=HOSTILE, source=HOSTILE),
        subject=replace(record.subject, name=HOSTILE, brand_names=(HOSTILE,)),
        facts=(*facts, *record.facts[1:]),
        mentions=(mention, *record.mentions[1:]),
        issues=(replace(record.issues[0], message=HOSTILE),),
        sections=(replace(record.sections[0], start=0, title=HOSTILE[:25]), *record.sections[1:]),
    )


def test_hostile_words_stay_words(page, build, hostile):
    line = {
        "version": 1, "record": HOSTILE, "document": HOSTILE, "kind": "fact", "id": None, "verdict": "add",
        "value": {"predicate": HOSTILE, "object": HOSTILE, "concept": HOSTILE, "assertion": HOSTILE,
                  "qualifiers": {HOSTILE: HOSTILE, "constructor": "x"}, "evidence": [0, 20]},
        "original": None, "reviewer": HOSTILE, "note": HOSTILE,
    }  # fmt: skip
    page.open(build(hostile, title=HOSTILE, corrections=[line]))
    before = page.js("return document.querySelectorAll('script').length")
    for tab in ("1", "2", "3"):
        page.keys(tab, "j", "k", "e")
    page.search("script alert")
    assert page.listed() == [HOSTILE]
    assert page.js("return document.getElementById('text').textContent") == hostile.text
    assert page.title() == HOSTILE
    assert page.all("body img, body svg, main script, #text b") == []
    assert page.js("return document.querySelectorAll('script').length") == before
    with pytest.raises(NoAlertPresentException):
        _ = page.driver.switch_to.alert.text


def test_html_cannot_be_made_from_words_even_by_a_mistake(page, build, sample):
    page.open(build(sample))
    script = "try { document.body.innerHTML = '<b>x</b>' } catch (e) { return e.name }"
    assert page.js(script) == "TypeError"
    page.complaints()  # the browser tells of it, as it should


def test_the_page_asks_the_network_for_nothing(page, build, sample):
    page.open(build(sample))
    page.keys("j", "a", "n", "2", "3")
    assert page.js("return performance.getEntriesByType('resource').map((e) => e.name)") == []


def test_a_thousand_documents_open_at_once(page, build, sample):
    templates = [long(sample, f"t{n}", 12) for n in range(25)]
    path = build(*(named(templates[n % 25], f"d{n}") for n in range(1000)))
    page.open(path, fresh=False)
    milliseconds = "return performance.getEntriesByName('ready')[0].startTime"
    taken = [page.js(milliseconds)]
    for _ in range(2):
        page.reload()
        taken.append(page.js(milliseconds))
    assert min(taken) < 1000 * _SECONDS, taken
    assert page.one("#found").text == "1,000 documents"
    assert len(page.listed()) < 40  # elements for those in view alone
    page.keys("j", "a")
    assert page.one("#progress").text == "1 of 96,000 facts decided"
    page.search("d777")
    assert page.listed() == ["Title of d777"]
    page.keys("\ue007")
    page.until(lambda: page.title() == "Title of d777" and page.chosen())


def test_a_phone_shows_text_and_facts_one_above_the_other(page, build, sample, tmp_path):
    screen = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    try:
        page.open(build(*(named(sample, f"d{n}") for n in range(3))))
        page.keys("j")
        assert page.js("return document.documentElement.scrollWidth") <= 390
        text, panel = (page.one(css).rect for css in ("#text", "#panel"))
        assert text["height"] > 120
        assert text["y"] + text["height"] <= panel["y"] + 1
        accept = page.one("#items .chosen button").rect
        assert accept["height"] >= 24
        assert accept["y"] + accept["height"] <= 844
        evidence = page.one("#text .ev").rect
        assert text["y"] <= evidence["y"] < text["y"] + text["height"]
        assert not page.one("#documents").is_displayed()
        page.click("#show-documents")
        assert page.listed() == [f"Title of d{n}" for n in range(3)]
        page.click("#document-2")
        page.until(lambda: page.title() == "Title of d2" and page.chosen())
        assert not page.one("#documents").is_displayed()
        assert page.driver.save_screenshot(str(tmp_path / "phone.png"))
    finally:
        page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_takes_the_colours_that_are_preferred(page, build, sample, scheme):
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    page.open(build(sample))
    ground = page.js("return getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(244, 246, 248)", "dark": "rgb(17, 22, 29)"}[scheme]


def test_what_can_be_used_has_a_name_and_the_page_has_landmarks(page, build, sample):
    page.open(build(sample))
    page.keys("j", "e")
    nodes = page.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    seen = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]
    usable = {
        "button",
        "textbox",
        "searchbox",
        "combobox",
        "checkbox",
        "tab",
        "listbox",
        "option",
        "spinbutton",
    }
    assert [one for one in seen if one[0] in usable and not one[1].strip()] == []
    assert {"banner", "main", "navigation", "search", "status", "tablist"} <= {
        role for role, _ in seen
    }
    assert {("region", "Review"), ("navigation", "Documents")} <= set(seen)


def test_what_happens_is_told_and_the_focus_follows(page, build, sample):
    page.open(build(named(sample, "d0"), named(sample, "d1")))
    page.keys("j", "a")
    page.status("accepted: testoma")
    assert page.one("#status").get_attribute("aria-live") == "polite"
    assert page.js("return document.activeElement.getAttribute('aria-current')") == "true"
    page.go("n")
    page.status("Title of d1: 8 facts, document 2 of 2")
    assert page.js("return document.activeElement.className").startswith("item")
