"""Bytes to characters, before any offset exists.

Decoding goes by evidence: a byte order mark, then valid UTF-8, then the charset that the
document declares, then Chinese (GB18030) or Western (Windows-1252) text by what the bytes would
spell. ftfy mends text that was decoded wrongly before it came here. Nothing is normalized:
quotes, ligatures, widths and raised digits stay, and a line end of any kind becomes ``\\n``,
which counts as form, not as damage.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from monograph_nlp.errors import ReadError

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A page that says ASCII or Latin-1 is read as Windows-1252, as browsers do.
_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_MAX_CONTROL_SHARE = 0.01  # of the characters; text has next to none
_MAX_WESTERN_SHARE = 0.3  # of the characters; more is another script
_MIN_COMMON_SHARE = 0.8  # of the ideographs, among the 3,755 most common


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text, and one sentence for each repair that it took."""

    text: str
    damage: tuple[str, ...] = ()


def repair(data: bytes, where: str, declared: str | None = None) -> Repaired:
    """Decode and mend a document; ``ReadError`` if it is empty, binary or not decodable."""
    decoded = decode(data, where, declared)
    mended = mend(decoded.text)
    if not mended.text.strip():
        raise empty(where)
    return Repaired(mended.text, decoded.damage + mended.damage)


def empty(where: str) -> ReadError:
    """Return the error for a document without text."""
    return ReadError(where, "there is no text in it", "a drug monograph", "Check the file.")


def decode(data: bytes, where: str, declared: str | None = None) -> Repaired:
    """Decode by evidence; ``declared`` is the charset that the document itself names."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Repaired(_checked(_strict(data, encoding), data, where))
    named = _codec(declared)
    if named is not None and named not in _WESTERN | {"utf-8"}:
        text = _strict(data, named)
        if text is not None:
            return Repaired(_checked(text, data, where))
    text = _strict(data, "utf-8")
    if text is not None:
        return Repaired(_checked(text, data, where))
    encoding = "gb18030" if _is_chinese(data) else "cp1252"
    text = _checked(_strict(data, encoding), data, where)
    if len(_BEYOND_ASCII.findall(text)) > _MAX_WESTERN_SHARE * len(text) and encoding == "cp1252":
        raise _undecodable(data, where)
    if named in _WESTERN and encoding == "cp1252":
        return Repaired(text)
    label = "GB18030 (Chinese)" if encoding == "gb18030" else "Windows-1252 (Western)"
    return Repaired(text, (f"The bytes are not valid UTF-8 and were decoded as {label}.",))


def mend(text: str) -> Repaired:
    """Undo wrong decoding (mojibake), and drop control characters; change nothing else."""
    from ftfy import fixes  # 50 ms that only readers of files should pay

    lines, mended = _without_mojibake(text)
    damage = []
    if mended:
        plural = "s" if mended > 1 else ""
        damage.append(f"Wrongly decoded characters were mended in {mended} line{plural}.")
    unified = fixes.fix_line_breaks("\n".join(lines))
    cleared = fixes.remove_control_chars(fixes.remove_terminal_escapes(unified))
    if cleared != unified:
        dropped = len(unified) - len(cleared)
        damage.append(f"{dropped} control character{'s were' if dropped > 1 else ' was'} removed.")
    return Repaired(cleared, tuple(damage))


def whole_characters(text: str) -> Repaired:
    """Put U+FFFD for each lone half of a surrogate pair, one to one, so that offsets hold."""
    mended = re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    if mended == text:
        return Repaired(text)
    return Repaired(mended, ("Lone surrogates were replaced by U+FFFD.",))


def _without_mojibake(text: str) -> tuple[list[str], int]:
    """Return the lines, each decoded anew if it shows that it should be, and how many were."""
    import ftfy

    lines, mended = text.split("\n"), 0
    # Only ftfy's step for encodings, and of that nothing that guesses at ASCII text.
    config = ftfy.TextFixerConfig(normalization=None, unescape_html=False, explain=False)
    for index, line in enumerate(lines):
        if not line.isascii():
            better = ftfy.fix_encoding(line, config)
            mended += better != line
            lines[index] = better
    return lines, mended


def _codec(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared).name if declared else None
    except LookupError:
        return None
    # A declaration that could be read as ASCII does not stand in UTF-16.
    return None if name is not None and name.startswith(("utf-16", "utf-32")) else name


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):  # LookupError: a codec that gives no text, such as hex
        return None


def _is_chinese(data: bytes) -> bool:
    """Whether GB18030 reads mostly common ideographs; Western text gives rare ones, or none."""
    text = _strict(data, "gb18030")
    ideographs = _IDEOGRAPH.findall(text or "")
    if text is None or len(ideographs) < len(_BEYOND_ASCII.findall(text)) / 2:
        return False
    # GB 2312 level 1: the lead bytes B0 to D7 hold the common ideographs.
    common: int = sum(
        0xB0 <= character.encode("gb18030")[0] <= 0xD7 and _is_gb2312(character)
        for character in ideographs
    )
    return common >= _MIN_COMMON_SHARE * len(ideographs)


def _is_gb2312(character: str) -> bool:
    code = character.encode("gb18030")
    return len(code) == 2 and code[1] >= 0xA1


def _checked(text: str | None, data: bytes, where: str) -> str:
    if text is None:
        raise _binary(where) if b"\0" in data else _undecodable(data, where)
    if "\0" in text or len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        raise _binary(where)
    return text


def _binary(where: str) -> ReadError:
    return ReadError(
        where,
        "the content is binary",
        "text",
        "Convert it to one of the formats that can be read.",
    )


def _undecodable(data: bytes, where: str) -> ReadError:
    try:
        data.decode("utf-8")
        position = 0
    except UnicodeDecodeError as cause:
        position = cause.start
    return ReadError(
        where,
        f"the bytes cannot be decoded (byte {position} is the first that is not UTF-8)",
        "UTF-8, or Western or Chinese text in its usual encoding",
        "Save the file as UTF-8.",
    )
