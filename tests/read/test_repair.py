from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import ReadError
from monograph_nlp.read.repair import mend, repair, whole_characters

_CHINESE = "伊沙妥昔单抗是一种靶向抗体药物，用于治疗多发性骨髓瘤。本网站的内容仅供参考。"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_character(mark: bytes, encoding: str) -> None:
    repaired = repair(mark + "Dosis für Säuglinge: 10⁹/L".encode(encoding), "a.txt")
    assert repaired.text == "Dosis für Säuglinge: 10⁹/L"
    assert repaired.damage == ()


@pytest.mark.parametrize(
    "text",
    [
        "Efficacité démontrée: « réduction » de 20 % à 25 °C – voir la notice…",
        "Temperature 25°C ±2, 5 µg/m² daily®",
        "naïve patients",
    ],
)
def test_western_bytes_are_read_as_windows_1252(text: str) -> None:
    repaired = repair(text.encode("cp1252"), "a.txt")
    assert repaired.text == text
    assert "Windows-1252" in repaired.damage[0]


@pytest.mark.parametrize("text", [_CHINESE, "Isatuximab treats multiple myeloma. " * 9 + _CHINESE])
def test_chinese_bytes_are_read_as_gb18030(text: str) -> None:
    repaired = repair(text.encode("gb18030"), "a.txt")
    assert repaired.text == text
    assert "GB18030" in repaired.damage[0]


def test_a_declared_charset_is_followed_unless_the_bytes_are_utf8() -> None:
    assert repair("の効能".encode("shift_jis"), "a", "shift_jis").text == "の効能"
    assert repair("café à la".encode("latin-1"), "a", "iso-8859-1").damage == ()
    assert repair("café".encode(), "a", "iso-8859-1").text == "café"
    for useless in ("no-such-charset", "hex", "utf-16"):
        assert repair("plainé".encode(), "a", useless).text == "plainé"


@pytest.mark.parametrize("data", [b"ab\x81\x8d", bytes(range(0xC0, 0x100)) * 3])
def test_bytes_that_nothing_explains_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="cannot be decoded"):
        repair(data, "a.txt")


def test_mojibake_is_mended_and_named() -> None:
    mended = mend("first line\nNaÃ¯ve patients donâ€™t need 5 Âµg\nlast")
    assert mended.text == "first line\nNaïve patients don’t need 5 µg\nlast"
    assert mended.damage == ("Wrongly decoded characters were mended in 1 line.",)


def test_control_characters_go_and_line_ends_become_one_kind() -> None:
    assert mend("a\x07b\r\nc\rd\te").text == "ab\nc\nd\te"
    assert mend("a\x07b").damage == ("1 control character was removed.",)
    assert mend("a\r\nb").damage == ()


@pytest.mark.parametrize(
    "text",
    [
        "“curly” ‘quotes’",
        "ﬁrst ﬂow",
        "１０ｍｇ",
        "10⁹/L m² ½",
        "e\u0301",
        "&amp; &lt;",
        "µg μg",
        _CHINESE,
    ],
)
def test_sound_text_stays_as_it_is(text: str) -> None:
    assert mend(text) == whole_characters(text)


@given(st.text())
def test_lone_surrogates_are_replaced_one_to_one(text: str) -> None:
    broken = "\ud83d" + text + "\udc9a"
    whole = whole_characters(broken)
    assert len(whole.text) == len(broken)
    assert whole.text[1:-1] == text
    assert whole.text.encode()
    assert whole.damage
