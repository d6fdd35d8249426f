"""Documents → damaged documents: what copying, converting and malice do to them, by a seeded chance."""

from __future__ import annotations

import random
from collections.abc import Callable

LONGEST = 8_000  # bytes that a mutation may leave

_CONFUSABLE = str.maketrans("aceopxyijsABEHKMOPTX0159-", "асеорхуіјѕАВЕНКМОРТΧ०１５９‑")
_STRANGE = [
    *"\x00\x01\x08\x0b\x0c\x1b\x1f\x7f\x85\xa0\xad",
    *"\u061c\u200b\u200d\u200f\u2028\u2029\u202e\u2066\ufeff\ufffd\ufffe\U000e0041\U0001f9ec",
    *"\u0301\u0338\u20dd\u1100\u3000µΜÅﬁ½²≥",
    "a" + "\u0301" * 60,
]
_BROKEN = [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80", b"\xe2\x82"]
_NUMBERS = [
    "9" * 400,
    "-1",
    "1e309",
    "0." + "0" * 99 + "1",
    "1,000,000,000,000 mg",
    "NaN",
    "⅒",
    "٣",
]
_PIECES = [
    "(", "[", "{", "<", ")", "]", "</p>", "<td colspan=99999>", "<table>", "<ul><li>", "<!--", "]]>",
    "&#x0;", "&#xD800;", "&lt;", "&x;", '"', "\\", "\\ud800", "\\u0000", ",", "\t", "|", " | ", "•",
    "%", "/", "±", " to ", " - ", "1 in ", "≥ 1/10", "not ", "(n=", "vs. ", ". ", "\n\n", "\r", ":\n",
    "4.8 ", "WARNING", "see section ", "e.g. ", "mg/kg ",
]  # fmt: skip

Mutation = Callable[[bytes, bytes, random.Random], bytes]


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return the document after one to five mutations; ``other`` is another document to take from."""
    for _ in range(chance.choice((1, 1, 2, 3, 5))):
        data = chance.choice(MUTATIONS)(data, other, chance)[:LONGEST]
    return data


def flipped(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Change single bits."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40)) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Lose the end, the begin, or a part in between."""
    start, end = _range(data, chance)
    return chance.choice((data[:start], data[end:], data[:start] + data[end:]))


def spliced(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Put a part of another document into this one."""
    (start, end), (first, last) = _range(data, chance), _range(other, chance)
    return data[:start] + other[first:last] + data[end:]


def repeated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Say a part of the document many times."""
    start, _ = _range(data, chance)
    end = start + chance.choice((1, 2, 5, 20, 100))
    times = chance.choice((3, 30, 1000))
    return data[:start] + (data[start:end] * times)[: LONGEST // 2] + data[end:]


def confused(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Write a part in letters that look the same."""
    start, end = _range(data, chance)
    letters = data[start:end].decode("utf-8", "replace").translate(_CONFUSABLE)
    return data[:start] + letters.encode() + data[end:]


def strange(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Put in control characters, marks and bytes that are no UTF-8."""
    for _ in range(chance.choice((1, 3, 20))):
        drop = chance.choice(_STRANGE).encode() if chance.random() < 0.7 else chance.choice(_BROKEN)
        data = _put(data, drop, chance)
    return data


def numbered(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Put in numbers that are no numbers of medicine."""
    return _put(data, chance.choice(_NUMBERS).encode(), chance)


def nested(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Put in brackets, tags or quotation marks inside each other."""
    opening, closing = chance.choice(
        (
            ("(", ")"),
            ("[", "]"),
            ("{", "}"),
            ("<div>", "</div>"),
            ('"', '"'),
            ("<b>", ""),
            ("[[", ""),
        )
    )
    depth = chance.choice((2, 30, 600))
    return _put(data, (opening * depth + "x" + closing * depth).encode(), chance)


def piecemeal(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Put in pieces that mean something to a reader or a rule, one or a whole row of them."""
    for _ in range(chance.choice((1, 4, 15))):
        times = chance.choice((1, 1, 1, 2, 200))
        data = _put(data, chance.choice(_PIECES).encode() * times, chance)
    return data


def on_one_line(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Lose all line ends, or have one behind each word."""
    if chance.random() < 0.5:
        return data.replace(b"\n", chance.choice((b" ", b"")))
    return data.replace(b" ", chance.choice((b"\n", b"\r\n", b"\n\n", b"\t")))


def cased(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Write a part in capitals, in small letters, or the other way round."""
    start, end = _range(data, chance)
    part = data[start:end]
    return data[:start] + chance.choice((part.upper(), part.lower(), part.swapcase())) + data[end:]


def shuffled(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Put the words of a part in another order."""
    start, end = _range(data, chance)
    words = data[start:end].split(b" ")
    chance.shuffle(words)
    return data[:start] + b" ".join(words) + data[end:]


MUTATIONS: tuple[Mutation, ...] = (
    flipped, cut, spliced, repeated, confused, strange, numbered, nested, piecemeal, on_one_line,
    cased, shuffled,
)  # fmt: skip


def _range(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 10, 100, 1000)))


def _put(data: bytes, drop: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + drop + data[place:]
