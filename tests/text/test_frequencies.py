"""Each row of frequencies.tsv and frequency_places.tsv on its own example."""

from __future__ import annotations

import re

import pytest

from monograph_nlp.rules import Row, read_table
from monograph_nlp.text import frequencies as module
from monograph_nlp.text.frequencies import (
    PLACE_COLUMNS,
    PLACES,
    announces,
    frequency_behind,
    frequency_in,
    is_statement,
)

_FREQUENCIES = read_table("frequencies.tsv", ("frequency", "pattern", "example"))


def _rows(*kinds: str) -> list[Row]:
    return [row for row in read_table(PLACES, PLACE_COLUMNS) if row.text("kind") in kinds]


@pytest.mark.parametrize("row", _rows("all", "said", "last"), ids=lambda row: row.text("example"))
def test_a_frequency_behind_an_event_is_its_own(row: Row) -> None:
    before, stated, after = row.text("example").split("|")
    sentence = before + stated + after
    assert frequency_behind(sentence, len(before.rstrip())) == frequency_in(stated)
    first = len(before.split()[0].rstrip(","))
    assert (frequency_behind(sentence, first) is not None) == (row.text("kind") != "last")
    assert frequency_behind(sentence, len(sentence)) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Pain. Itching (frequency is common)",
        "Pain Uncommon (may affect up to 1 in 100 people)",
        "Pain (may affect up to 1 in 100 people): itching",
        "Pain may occur, and death is uncommon",
    ],
)
def test_what_is_parted_from_an_event_is_not_its_frequency(sentence: str) -> None:
    assert frequency_behind(sentence, 4) is None


@pytest.mark.parametrize("row", _rows("heading"), ids=lambda row: row.text("example"))
def test_the_end_of_a_line_governs_the_next_ones(row: Row) -> None:
    _, heading, _ = row.text("example").split("|")
    assert announces(row.text("example").replace("|", "")) == frequency_in(heading)


@pytest.mark.parametrize("row", _rows("statement"), ids=lambda row: row.text("example"))
def test_a_sentence_of_its_own_is_no_item(row: Row) -> None:
    assert is_statement(row.text("example").replace("|", ""))
    assert not is_statement("feeling sick (nausea)")


def test_lines_that_name_a_frequency_may_matter() -> None:
    assert module.may_announce("Very common")
    assert not module.may_announce("Headache")
    assert not module.may_announce("common " * 60)


@pytest.mark.parametrize("row", _FREQUENCIES, ids=lambda row: row.text("frequency"))
def test_a_frequency_is_read_from_its_example(row: Row) -> None:
    assert re.search(row.regex("pattern"), row.text("example"), re.IGNORECASE)
    assert frequency_in(row.text("example")) == row.text("frequency")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("≥1/10", "very common"),
        ("≥ 1/100 to < 1/10", "common"),
        ("(≥1/1,000 to <1/100)", "uncommon"),
        (">= 1/10,000 to < 1/1,000", "rare"),
        ("<1/10 000", "very rare"),
        ("may affect more than 1 in 10 people", "very common"),
        ("up to 1 in 10 people", "common"),
        ("up to 1 in every 100 people", "uncommon"),
        ("fewer than one in 1,000", "rare"),
        ("frequency unknown", "not known"),
        ("Very common: fever. Uncommon: rash", "uncommon"),
        ("the most common drug for a common cold", None),
        ("uncommonly", None),
        ("", None),
    ],
)
def test_frequency_in(text: str, expected: str | None) -> None:
    assert frequency_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Common side effects", "common"),
        ("**Rare (may affect up to 1 in 1,000 people):**", "rare"),
        ("It is not common.", None),
        ("Fever:", None),
        ("Common " + "and so on " * 30 + ":", None),
    ],
)
def test_announces(text: str, expected: str | None) -> None:
    assert announces(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Common: may affect up to 1 in 10 people: infection, fever", "common"),
        ("• Very rare side effects (up to 1 in 10,000 people): rash", "very rare"),
        ("Common: headache.", None),
        ("Headache is common: take care", None),
    ],
)
def test_a_line_may_open_with_the_band_of_those_after_it(line: str, expected: str | None) -> None:
    assert module.opens(line) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Infrequent: rash", "uncommon"),
        ("Frequent: rash", "common"),
        ("More common than with placebo", None),
        ("Common (>=10%)", "very common"),
        ("Not known: frequency cannot be estimated from the available data", "not known"),
    ],
)
def test_bands_by_other_words(text: str, expected: str | None) -> None:
    assert frequency_in(text) == expected


@pytest.mark.parametrize("row", _rows("anew"), ids=lambda row: row.text("example"))
def test_no_frequency_holds_behind_it(row: Row) -> None:
    line = row.text("example").replace("|", "")
    assert module.begins_anew(line)
    assert module.may_announce(line)


def test_a_threshold_in_per_cent_is_said_of_one_list() -> None:
    assert announces("The most common reactions (>=10%) were:") is None


@pytest.mark.parametrize(
    "row",
    [*_FREQUENCIES, *_rows("all", "said", "last", "heading", "anew")],
    ids=lambda row: row.text("example"),
)
def test_no_text_that_says_how_often_is_passed_over(row: Row) -> None:
    text = f"Rash: {row.text('example').replace('|', '')} in children"
    assert not module.is_silent(text)
    if row.values.get("kind") != "anew":
        assert module.may_name_one(text)


def test_a_text_that_says_nothing_of_it_is_passed_over() -> None:
    assert module.is_silent("Nausea and vomiting were seen.")
    assert not module.may_name_one("Nausea and vomiting were seen.")
