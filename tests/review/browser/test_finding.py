"""Search, filters, the list of documents, issues, and going from the text to what it states."""

from dataclasses import replace

import pytest
from selenium.webdriver.common.keys import Keys

from ..made import named


@pytest.fixture
def shelf(page, build, sample):
    """Three documents that differ in their words, facts and issues."""
    plain = named(sample, "plain", issues=(), text=sample.text.replace("injection", "Ménière’s"))
    bare = named(sample, "bare", facts=(), mentions=())
    few = named(sample, "few", facts=(replace(sample.facts[4], score=0.31),), issues=())
    return page.open(build(plain, bare, few))


def test_search_finds_words_by_their_beginning_without_accents(shelf):
    for words, found in (("meniere", 1), ("MÉNI", 1), ("refrac testo", 3), ("xyzzy", 0), ("", 3)):
        shelf.search(words)
        assert len(shelf.listed()) == found, words


def test_enter_in_the_search_opens_the_first_document_and_g_goes_to_the_words(shelf):
    shelf.keys("/")
    shelf.keys("few nausea", Keys.ENTER)
    shelf.until(lambda: shelf.title() == "Title of few" and shelf.chosen())
    assert shelf.js("return [...CSS.highlights.get('hit')].map(String)") == ["nausea"]
    shelf.keys("g")
    shelf.status("Place 1 of 1")


def _choose(page, name, value):
    page.js(
        "const field = document.querySelector(`#filter-form [name=${arguments[0]}]`);"
        "field.value = arguments[1]; field.dispatchEvent(new Event('input', {bubbles: true}))",
        name,
        value,
    )


@pytest.mark.parametrize(
    ("chosen", "documents", "facts"),
    [
        ({"predicate": "has_target"}, ["plain"], ["ABC1"]),
        ({"assertion": "absent"}, ["plain"], ["gout"]),
        ({"least": "0.3", "most": "0.5"}, ["few"], None),
        ({"predicate": "has_adverse_event", "most": "0.5"}, ["few"], None),
        ({"predicate": "has_target", "assertion": "absent"}, [], None),
        ({"label": "TARGET"}, ["plain", "few"], None),
        ({"label": "CONDITION", "assertion": "absent"}, ["plain", "few"], None),
        ({"issue": "section_absent"}, ["bare"], None),
        ({"issue": "alarm"}, ["bare"], None),
        ({"verdict": "none"}, ["plain", "few"], None),
        ({"verdict": "accept"}, [], None),
    ],
    ids=str,
)
def test_filters_leave_documents_with_such_a_fact(shelf, chosen, documents, facts):
    shelf.keys("f")
    for name, value in chosen.items():
        _choose(shelf, name, value)
    assert shelf.listed() == [f"Title of {name}" for name in documents]
    if facts:
        assert shelf.all("#items .object") == facts
        assert "7 left out" in shelf.one("#shown").text
        shelf.one("#shown button").click()
        assert len(shelf.all("#items .item")) == 8


def test_a_decision_leaves_the_filter_of_what_is_undecided(shelf):
    _choose(shelf, "verdict", "none")
    shelf.keys("j", "a")
    assert len(shelf.all("#items .item")) == 7
    assert shelf.chosen() == "otherdrug"
    _choose(shelf, "verdict", "accept")
    assert shelf.listed() == ["Title of plain"]
    assert shelf.all("#items .object") == ["testoma"]


def test_the_list_is_moved_in_by_arrows_and_opened_by_enter(shelf):
    shelf.keys("l", Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)
    shelf.until(lambda: shelf.title() == "Title of few")
    assert shelf.one("#list").get_attribute("aria-activedescendant") == "document-2"
    assert shelf.one("#document-2").get_attribute("aria-selected") == "true"
    shelf.keys("p")
    shelf.until(lambda: shelf.title() == "Title of bare")
    assert "No facts." in shelf.one("#items").text


def test_a_click_on_words_leads_to_the_fact_or_mention_about_them(shelf):
    next(
        m for m in shelf.driver.find_elements("css selector", "#text .m") if m.text == "ABC1"
    ).click()
    assert shelf.chosen() == "ABC1"
    assert shelf.one("#tab-fact").get_attribute("aria-selected") == "true"
    shelf.one("#text .m").click()  # the drug itself is the object of no fact
    assert shelf.chosen() == "Testamab"
    assert shelf.one("#tab-mention").get_attribute("aria-selected") == "true"


def test_issues_show_their_evidence(page, build, sample):
    page.open(build(sample))
    page.keys("3")
    assert "gout is both" in page.one("#items .chosen").text
    assert page.marked("ev") == sample.issues[0].evidence[0].text
    page.keys("j")
    assert "no section on dosage" in page.one("#items .chosen").text
    assert page.marked("ev") == ""


def test_the_coverage_ledger_says_what_each_character_was(page, build, sample):
    page.open(build(sample))
    words = page.one(".ledger").get_attribute("aria-label")
    assert "evidence of facts 79 %" in words
    assert "junk <1 %" in words
    widths = page.js(
        "return [...document.querySelectorAll('.ledger span')].map((e) => e.getBoundingClientRect().width)"
    )
    assert len(widths) == 5
    assert widths[0] == max(widths)


def test_without_its_text_a_record_is_shown_by_its_evidence(page, build, sample):
    page.open(build(replace(sample, text=None)))
    assert "without its text" in page.one("#text .notice").text
    page.keys("j", "j", "j")
    assert page.marked("ev") == sample.facts[2].evidence[0].text
    assert page.marked("it") == "ABC1"


def test_an_address_names_its_document(page, build, sample):
    path = build(*(named(sample, f"d{n}") for n in range(3)))
    page.driver.get(path.as_uri() + "#d2")
    page.until(page.is_ready)
    assert page.title() == "Title of d2"
