"""From the page to a gold and back: what a reviewer saves is met by the records that it is put into."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from monograph_nlp.evaluate.applying import apply
from monograph_nlp.evaluate.evaluating import evaluate
from monograph_nlp.evaluate.reading import read_gold
from monograph_nlp.pipeline import extract, load
from monograph_nlp.record.codec import to_dict
from monograph_nlp.record.validate import problems
from monograph_nlp.types import Record
from monograph_nlp.write.corrections import read_corrections

from ..made import named
from .driving import Page

CORPUS = Path(__file__).parents[3] / "corpus"


@pytest.fixture(scope="module")
def extracted() -> Record:
    """A record as a user has it: of a file, with its text."""
    (record,) = extract(CORPUS / "digoxin.txt", nlp=load(profile="lexicon"), with_text=True)
    return record


def _figures(path: Path, records: Iterable[Record]) -> dict[str, tuple[float, float]]:
    """Precision and recall of every measure, by the saved file as a gold."""
    result = evaluate(read_gold(path), records, rounds=100)
    scores = [one for one in result.scores if one.counts]
    names = [" ".join(one.measure) for one in scores]
    return {
        name: (one.precision.value, one.recall.value)
        for name, one in zip(names, scores, strict=True)
    }


def _judge_facts(page: Page) -> None:
    """In the extracted record: accept, reject, correct twice, add."""
    page.keys("j", "a", "r")  # the class stands, the target does not
    page.walk_to("heart failure")
    page.keys("e", Keys.TAB, "chronic heart failure")
    page.fill("form.edit [placeholder^=mesh]", "mondo:0005252")
    page.fill("form.edit [aria-label='Value of population']", "adults and children")
    page.submit()
    page.status("corrected")
    page.walk_to("sinus bradycardia")
    page.keys("e")
    page.one("form.edit .qualifier-row [aria-label^=Remove]").click()
    page.one("form.edit .qualifiers .link").click()
    Select(page.one("form.edit [aria-label=Qualifier]")).select_by_value("frequency")
    Select(page.one("form.edit [aria-label='Value of frequency']")).select_by_value("rare")
    page.fill("form.edit textarea", "it can cause severe sinus bradycardia")
    page.submit()
    page.status("corrected")
    page.select_words("woolly foxglove")
    page.keys("i")
    page.submit()
    page.status("added")


def _judge_mentions(page: Page) -> None:
    """In the sample: accept, reject, correct to one with a gap, add; a fact is accepted, too."""
    page.keys("1", "j", "a", "2", "j", "a", "r")
    page.select_words("refractory")
    page.keys("i")
    page.submit()
    page.status("added")
    page.walk_to("renal failure")
    page.keys("e")
    for number, part in enumerate(("hepatic", "failure")):
        page.select_words(part)
        page.js(
            "document.querySelectorAll('form.edit .quotation button')[arguments[0]].click()",
            number,
        )
    page.submit()
    page.status("corrected")


def test_what_the_page_saves_is_met_by_the_corrected_records(page, build, sample, extracted):
    records = [extracted, named(sample, "d1")]
    page.open(build(*records))
    _judge_facts(page)
    page.go("n")
    _judge_mentions(page)
    lines = page.save()
    done = [(line["document"], line["kind"], line["verdict"]) for line in lines]
    verdicts = {"accept", "reject", "correct", "add"}
    assert {one[2] for one in done if one[:2] == ("digoxin", "fact")} == verdicts
    assert {one[2] for one in done if one[:2] == ("d1", "mention")} == verdicts

    path = page.downloads / "corrections.jsonl"
    corrected = list(apply(records, read_corrections(path)))
    assert [problems(to_dict(one), one.text) for one in corrected] == [[], []]
    figures = _figures(path, corrected)
    asked = {
        "facts all ",
        "facts with qualifier all ",
        "mentions, strict all ",
        "mentions, overlapping all ",
        "assertions all ",
        "linking all ",
    }
    assert asked <= figures.keys()
    assert {name: one for name, one in figures.items() if one != (1.0, 1.0)} == {}

    before = _figures(path, records)  # what was wrong is wrong, and what was missed is missed
    assert all(part < 1 for part in before["facts all "] + before["mentions, strict all "])
