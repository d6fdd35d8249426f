"""Rates in prose and in tables; each row of rate_context.tsv on its example. ``§`` masks the subject."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.rules import Row, read_table
from monograph_nlp.text.prose_rates import rates_in_prose
from monograph_nlp.text.rate_words import COLUMNS, TABLE
from monograph_nlp.text.row_rates import rates_in_row

_ROWS = read_table(TABLE, COLUMNS)


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row.text("example"))
def test_a_row_fits_its_example(row: Row) -> None:
    before, meant, after = row.text("example").split("|")
    if row.text("kind") in ("behind", "ahead"):  # all that stands between an event and its rate
        assert re.fullmatch(row.regex("pattern"), meant, re.IGNORECASE)
        return
    match = re.search(row.regex("pattern"), before + meant + after, re.IGNORECASE)
    assert match is not None
    assert meant in match.group() or match.group() in meant


@pytest.mark.parametrize(
    "row", [row for row in _ROWS if row.text("kind") == "bar"], ids=lambda row: row.text("example")
)
def test_a_rate_of_something_else_is_left_out(row: Row) -> None:
    sentence = row.text("example").replace("|", "")
    end = re.search(r" \(\d", sentence)
    assert end is not None
    assert rates_in_prose(sentence, end.start()) == {}
    assert rates_in_prose(f"Seen: rash{sentence[end.start() :]}", len("Seen: rash")) != {}


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (" (12.5%) was seen", {"rate": 12.5}),
        (" in up to 7 % of them", {"rate": 7.0}),
        (" (250%) was seen", {}),
        (" (5.8% placebo vs. 6.7% §§§)", {"rate": 6.7, "comparator_rate": 5.8}),
        (" (§§§ 0.5%, placebo 0%)", {"rate": 0.5, "comparator_rate": 0.0}),
        (" (2.8% versus 3.4% for placebo versus §§§)", {"rate": 3.4, "comparator_rate": 2.8}),
        (" (4.7% compared to 1% on placebo)", {"rate": 4.7, "comparator_rate": 1.0}),
        (" (35% vs. 24%) with §§§ and placebo", {"rate": 35.0, "comparator_rate": 24.0}),
        (" (35% vs. 24% on warfarin)", {}),
        (" (1%, 2% and 3%)", {}),
        (" (placebo, 1%; §§§ 4 mg, 2%; §§§ 8 mg, 3%)", {"rate": 2.0, "comparator_rate": 1.0}),
        (", a common event", {}),
    ],
)
def test_rates_behind_an_event(behind: str, expected: dict[str, float]) -> None:
    assert rates_in_prose(f"Rash{behind}", 4) == expected


_PLACEBO_FIRST = ["Event    Placebo (N=9)  %     §§§ 10 mg     §§§ 20 mg"]


@pytest.mark.parametrize(
    ("row", "headers", "expected"),
    [
        ("Rash   5%   2%", ["Event   §§§   Placebo"], {"rate": 5.0, "comparator_rate": 2.0}),
        ("Rash  2  8  9", _PLACEBO_FIRST, {"rate": 8.0, "comparator_rate": 2.0, "regimen": "10 mg"}),
        ("Rash  a  2  8  9", _PLACEBO_FIRST, {"rate": 8.0, "comparator_rate": 2.0, "regimen": "10 mg"}),
        ("Rash  2  8", _PLACEBO_FIRST, {}),
        ("Rash 2   8   9", _PLACEBO_FIRST, {"rate": 8.0, "comparator_rate": 2.0, "regimen": "10 mg"}),
        ("Rash 3   2   8   9", _PLACEBO_FIRST, {"rate": 8.0, "comparator_rate": 2.0, "regimen": "10 mg"}),
        ("Rash   0   1   3", ["Event   Placebo (%)   §§§ 600 mg §§§ 1200 mg"], {}),
        ("Rash  ?   6   24", ["Event   Placebo   N=9   %   §§§   5 mg   N=9   %"], {"rate": 24.0, "comparator_rate": 6.0}),
        ("Rash   6   0   9   0", ["§§§   + other (%)   Placebo   + other", "All grades   Grade 3   All grades   Grade 3"], {"rate": 6.0, "comparator_rate": 9.0}),
        ("Rash   6   0   9   0   1", ["Laboratory value   §§§   + other   Placebo   n"], {}),
        ("Rash   2   8", ["Placebo (%)   §§§ (%)"], {"rate": 8.0, "comparator_rate": 2.0}),
        ("Rash   9 (3.9)   0", ["Event   §§§ n (%)   Placebo n (%)"], {"rate": 3.9, "comparator_rate": 0.0}),
        ("Rash   9   1", ["Event   §§§ n (%)   Placebo n (%)"], {}),
        ("Rash   9%   1%", ["Event   Arm A   Arm B"], {}),
        ("Rash   9%   1%", ["Event   §§§ Arm   Arm B"], {"rate": 9.0, "comparator_rate": 1.0}),
        ("Rash   9%   1%", ["Event   All grades   Grade 3-4"], {"rate": 9.0}),
        (
            "Rash   31   4   2   0",
            ["§§§ n=229   Other n=111", "Event   All Grades (%)   Grade 3 (%)   All Grades (%)   Grade 3 (%)"],
            {"rate": 31.0, "comparator_rate": 2.0},
        ),
        ("Rash   5%   7%   6%", ["Event   Placebo   §§§ 10 mg   All §§§"], {"rate": 6.0, "comparator_rate": 5.0}),
        ("Rash   <1%   2%", ["Event   §§§   Placebo"], {}),
        ("Rash   6% (26/428)   1% (3/313)", ["Sign   §§§   Vehicle"], {"rate": 6.0, "comparator_rate": 1.0}),
        ("| Rash | 1% |", ["| Event | §§§ |"], {"rate": 1.0}),
        ("Rash | 2% | 5%", [" | Placebo | §§§"], {"rate": 5.0, "comparator_rate": 2.0}),
        ("Rash   5%", ["Event   §§§   Placebo"], {}),
        ("Rash   5%   2%", [""], {}),
        ("Rash   12   8", ["Organ class   Preferred term   §§§ N=9   %   Placebo   N=9   %"], {"rate": 12.0, "comparator_rate": 8.0}),
        ("Rash   12 (6)   8 (4)", ["Preferred term   §§§ 5 mg BID (N=20)n (%) Placebo (N=20)n (%)"], {"rate": 6.0, "comparator_rate": 4.0}),
        ("Rash   12%   8%", ["Term   §§§ + Standard of care   Placebo + Standard of care"], {"rate": 12.0, "comparator_rate": 8.0}),
        ("Rash   12   8   7", ["Event   §§§   Placebo", "5 mg (N=9)%   10 mg (N=9)%   (N=9)%"], {"rate": 12.0, "comparator_rate": 7.0, "regimen": "5 mg"}),
        ("Rash   12   8   7", ["Event   §§§   Placebo", "(N=9)%   (N=9)%   (N=9)%"], {}),
        ("Rash   6   8", ["Event   PlaceboN=9 (%)   §§§N=9 (%)"], {"rate": 8.0, "comparator_rate": 6.0}),
        ("Rash   6   8", ["Event   Placebo   once   N=9   %   §§§   or more   N=9   %"], {"rate": 8.0, "comparator_rate": 6.0}),
    ],
)  # fmt: skip
def test_a_row_is_read_by_its_header(
    row: str, headers: list[str], expected: dict[str, float]
) -> None:
    found = rates_in_row(row, row.index("Rash") + 4, headers)
    assert (found[0] if found else {}) == expected


@pytest.mark.parametrize(
    ("row", "headers", "expected"),
    [
        (
            "Rash  2  8  9",
            _PLACEBO_FIRST,
            [
                {"comparator_rate": 2.0, "rate": 8.0, "regimen": "10 mg"},
                {"comparator_rate": 2.0, "rate": 9.0, "regimen": "20 mg"},
            ],
        ),
        (
            "Rash   31%   4%   2%   0",
            ["§§§ n=229   Other n=111", "Event   AnyGrade   Grades 3-4   AnyGrade   Grades 3-4"],
            [
                {"comparator_rate": 2.0, "rate": 31.0},
                {"comparator_rate": 0.0, "rate": 4.0, "grade": "3-4"},
            ],
        ),
        (
            "Rash   31%   4%",
            ["Event   All grades   >= Grade 3"],
            [{"rate": 31.0}, {"rate": 4.0, "grade": "≥3"}],
        ),
        (
            "Rash   5%   2%   6%   3%",
            ["Week 52   Week 100", "§§§   Control   §§§   Control"],
            [{"comparator_rate": 2.0, "rate": 5.0}, {"comparator_rate": 3.0, "rate": 6.0}],
        ),
        ("Rash   31%   4%", ["Event   §§§   Severe"], [{"rate": 31.0}]),
        (
            "Rash   0   9%   0",
            ["Event   Placebo   §§§ 1 mg   §§§ 2 mg"],
            [{"comparator_rate": 0.0, "rate": 9.0, "regimen": "1 mg"}],
        ),
        ("Rash   9%   0", ["Event   All grades   Grade 3-4"], [{"rate": 9.0}]),
        ("Skin reactions include rash   9%", ["Event   §§§"], []),
    ],
)
def test_a_row_has_the_rates_of_every_dose_grade_and_study(
    row: str, headers: list[str], expected: list[dict[str, float | str]]
) -> None:
    assert rates_in_row(row, row.lower().index("rash") + 4, headers) == expected


@pytest.mark.parametrize(
    ("title", "headers", "expected"),
    [
        ("Table 1. Reactions (>5%)", ["Event   §§§   Placebo"], [{"comparator_rate": 2.0, "rate": 5.0}]),
        ("Table 1. Reactions", ["Event   §§§   Placebo"], []),
        ("Table 1. Reactions (>5%)", ["Event   §§§ (n)   Placebo (n)"], []),
    ],
)  # fmt: skip
def test_a_title_says_that_a_table_is_of_shares(
    title: str, headers: list[str], expected: list[dict[str, float]]
) -> None:
    assert rates_in_row("Rash   5   2", 4, headers, title) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rash occurred in 5% of patients.", {"rate": 5.0}),
        ("Rash was reported in 12 (5%) of 240 patients treated with §§§.", {"rate": 5.0}),
        ("In Study 1, rash was seen in 5% of patients on §§§ and 2% on placebo.", {"rate": 5.0, "comparator_rate": 2.0}),
        ("Rash was reported in 2%, 5% and 9% of patients on placebo, §§§ 1 mg and §§§ 2 mg.", {"rate": 5.0, "comparator_rate": 2.0}),
        ("The incidence of rash was 2% with placebo and 5% with §§§.", {"rate": 5.0, "comparator_rate": 2.0}),
        ("More rash was seen with §§§ (5%) than with placebo (2%).", {"rate": 5.0, "comparator_rate": 2.0}),
        ("In trials, 40% of §§§ treated patients experienced rash compared with 6% on placebo.", {"rate": 40.0, "comparator_rate": 6.0}),
        ("In trials, 10 patients (4%) had a rash.", {"rate": 4.0}),
        ("Rash occurred in 5% of patients on placebo.", {}),
        ("Rash occurred in less than 5% of patients.", {}),
        ("Rash occurred in 5 to 9% of patients.", {}),
        ("Fever, rash or itching occurred in 5% of patients.", {}),
        ("Rash and itching occurred in 5% of patients.", {}),
        ("Of the patients who had fever, 51% had a rash.", {}),
        ("Rash resolved in 80% of patients.", {}),
        ("Rash was reported in 5% and 2% of patients on two drugs.", {}),
        ("Dose reductions for nausea or rash occurred in 5% of patients.", {}),
        ("Rash was seen in 80% of infusions.", {}),
        ("There were deaths due to rash (5%).", {}),
        ("Rash: Reported in 5% of patients.", {"rate": 5.0}),
        ("Rash: Fatal swelling was reported in 5% of patients.", {}),
        ("The incidence of rash was 5% per patient-year.", {}),
        ("Rash (5%) was seen, and patients died from it.", {"rate": 5.0}),
        ("Nine of 440 (2%) in the §§§ group and 6 of 222 patients (3%) in the gelatin sponge alone group developed rash.", {"rate": 2.0, "comparator_rate": 3.0}),
        ("In 2% of patients the dose of §§§ was reduced. 3% of patients developed rash.", {"rate": 3.0}),
    ],
)  # fmt: skip
def test_a_sentence_states_a_rate(sentence: str, expected: dict[str, float]) -> None:
    start = sentence.lower().index("rash")
    assert rates_in_prose(sentence, start + 4, start) == expected


_CELLS = st.sampled_from(["5%", "9 (3.9)", "0", "<1%", "a", "-", "Placebo", "§§§", "N=9", "%", ""])


@given(st.lists(_CELLS, max_size=5), st.lists(_CELLS, max_size=5), st.sampled_from(["   ", " | "]))
def test_whatever_a_table_holds_rates_are_shares(
    row: list[str], header: list[str], border: str
) -> None:
    found = rates_in_row(border.join(["Rash", *row]), 4, [border.join(["Event", *header])])
    for rates in found:
        assert rates.keys() <= {"rate", "comparator_rate"}
        assert all(0 <= rates[key] <= 100 for key in rates)


def test_events_for_each_year_are_no_share() -> None:
    headers = ["Event   Zynovia rate per subject-year (%)   Placebo"]
    assert rates_in_row("Cough      0.2      0.3", 5, headers) == []
