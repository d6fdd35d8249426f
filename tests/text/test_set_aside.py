from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import RuleError
from monograph_nlp.text.set_aside import KINDS, find_set_aside

_PARTS = st.sampled_from(
    ["All rights reserved.", "Fever occurred.", "\n", "&nbsp;", "<br/>", "{{ad}}", "*****", " ",
     "Skip to main content", "box.png", "Die Behandlung ist nicht für Kinder und wird begonnen.",
     "日本語のテキスト", "Home > Drugs", "\n\n"]
)  # fmt: skip
_TEXTS = st.one_of(st.lists(_PARTS, max_size=10).map("".join), st.text(max_size=80))


@given(_TEXTS)
def test_zones_are_apart_in_order_and_inside_one_line(text: str) -> None:
    done = 0
    for zone in find_set_aside(text):
        assert done <= zone.start < zone.end <= len(text)
        assert "\n" not in text[zone.start : zone.end]
        assert text[zone.start : zone.end] == text[zone.start : zone.end].strip()
        assert zone.kind in KINDS
        done = zone.end


def _found(text: str) -> list[tuple[str, str]]:
    return [(zone.kind, text[zone.start : zone.end]) for zone in find_set_aside(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Fever occurred in 5 patients.", []),
        ("  All rights reserved.  \nFever.", [("boilerplate", "All rights reserved.")]),
        ("fever&nbsp;and <br/> rash", [("junk", "&nbsp;"), ("junk", "<br/>")]),
        ("日本語のテキストです", [("other_language", "日本語のテキストです")]),
        ("β-blockers and α-blockers", []),
    ],
)
def test_find_set_aside(text: str, expected: list[tuple[str, str]]) -> None:
    assert _found(text) == expected


def test_the_language_that_is_read_is_not_set_aside() -> None:
    german = "Die Behandlung ist nicht für Kinder und wird von der Ärztin begonnen."
    assert [zone.kind for zone in find_set_aside(german)] == ["other_language"]
    assert find_set_aside(german, language="de") == ()


def test_a_very_long_line_is_prose_whatever_it_ends_with() -> None:
    line = "Fever occurred in the patients. " * 300 + "All rights reserved."
    assert find_set_aside(line) == ()


def test_own_patterns_are_read_from_a_table(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    header = "kind\tscope\tpattern\texample\tcounterexample\n"
    path.write_text(header + "junk\tspan\tx+\txx\t\n", encoding="utf-8")
    assert [(z.start, z.end) for z in find_set_aside("a xx b x", str(path))] == [(2, 4), (7, 8)]
    path = tmp_path / "bad.tsv"
    path.write_text(header + "junk\tword\tx+\txx\t\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"bad\.tsv:2: scope 'word' is not one of line, span"):
        find_set_aside("a", str(path))


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        (
            "It can cause nausea in adults. 本页面仅供参考，不构成任何治疗建议。",
            ["本页面仅供参考，不构成任何治疗建议。"],
        ),
        (
            "本页面仅供参考，不构成建议。It is taken daily with food by adults.",
            ["本页面仅供参考，不构成建议。"],
        ),
        (
            "[ 免责声明 ] 本页面内容来自公开渠道(FDA),仅供参考。",
            ["[ 免责声明 ] 本页面内容来自公开渠道(FDA),仅供参考。"],
        ),
    ],
)
def test_of_two_languages_on_a_line_only_the_other_is_set_aside(
    text: str, foreign: list[str]
) -> None:
    assert [text[z.start : z.end] for z in find_set_aside(text)] == foreign
