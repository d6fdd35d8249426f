"""The page as a file: what is in it, what may run, what can be read on it."""

import base64
import colorsys
import gzip
import hashlib
import io
import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from monograph_nlp.review import page as module
from monograph_nlp.review import write_page

from .made import named

FILES = Path(module.__file__).parent / "page"
HOSTILE = (
    "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> \u2028 {{script}} &amp;"
)


def _page(*records, **options):
    stream = io.StringIO()
    count = write_page(records, stream, **options)
    assert count == len(records)
    return stream.getvalue()


def _held(page, kind):
    blocks = re.findall(
        rf'<script type="application/json" data-holds="{kind}">(.*?)</script>', page
    )
    return [json.loads(block) for block in blocks]


def _unpacked(packed):
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_documents_are_packed_in_the_order_of_the_records(sample):
    page = _page(*(named(sample, f"d{n}") for n in range(45)))
    batches = _held(page, "documents")
    assert [len(batch) for batch in batches] == [20, 20, 5]
    documents = [_unpacked(one) for batch in batches for one in batch]
    assert [one["document"]["id"] for one in documents] == [f"d{n}" for n in range(45)]
    assert documents[7]["pieces"] == [[0, sample.text]]
    (index,) = _held(page, "index")
    assert len(_unpacked(index)["documents"]) == 45


def test_equal_records_give_equal_pages(sample):
    assert _page(sample) == _page(sample)


def test_nothing_is_fetched_and_only_the_pages_own_script_and_style_run(sample):
    page = _page(sample)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["require-trusted-types-for"] == "'script'"
    for kind, pattern in (
        ("script", r'<script type="module">(.*?)</script>'),
        ("style", "<style>(.*?)</style>"),
    ):
        (content,) = re.findall(pattern, page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert not re.search(r"\b(src|href)=|https?:|@import|url\(", page.replace('href="#panel"', ""))
    assert not re.search(r"style=|\son\w+=", page)


def test_no_word_of_a_document_can_leave_its_place(sample):
    document = replace(sample.document, id=HOSTILE, title=HOSTILE)
    hostile = replace(sample, id=HOSTILE, document=document)
    line = {"version": 1, "record": HOSTILE, "note": HOSTILE}
    page = _page(hostile, title=HOSTILE, corrections=[line])
    assert page.count("<script") == _page(sample).count("<script")
    assert "<!--" not in page
    assert "onerror" not in page.replace("&lt;img src=x onerror", "").replace(
        "\\u003cimg src=x onerror", ""
    )
    assert _held(page, "corrections") == [[line]]
    assert "<title>&lt;/script&gt;" in page


def test_the_code_puts_in_text_as_text_and_evaluates_nothing():
    for path in FILES.glob("*.js"):
        code = path.read_text("utf-8")
        bad = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|srcdoc|fetch\(|XMLHttp|WebSocket|import\("
        assert not re.search(
            bad,
            code.replace("decisions.fetch(", "")
            .replace("this.fetch(", "")
            .replace("  fetch(name)", ""),
        ), path.name


def test_every_file_is_in_the_page_and_short():
    names = {path.name for path in FILES.iterdir()}
    assert names == {"page.html", *module._STYLES, *module._SCRIPTS}
    assert all(len(path.read_text("utf-8").splitlines()) <= 250 for path in FILES.iterdir())


# contrast -------------------------------------------------------------------------------------

CSS = (FILES / "page.css").read_text("utf-8")


def _colours(css):
    return {name: _rgb(value) for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]+);", css)}


def _rgb(value):
    digits = value[1:] if len(value) == 7 else "".join(2 * digit for digit in value[1:])
    return tuple(int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4))


def _light(colour):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one, other):
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


THEMES = {"light": CSS.split("@media")[0], "dark": CSS.split("@media")[1].split("* {")[0]}


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_from_their_ground(theme):
    colour = _colours(THEMES[theme])
    inks = ["ink", "soft", "accent", "good", "bad", "edited", "added", "warning", "error"]
    for ground in ["surface", "ground", "chosen", "hover", "raised"]:
        for ink in inks:
            assert _contrast(colour[ink], colour[ground]) >= 4.5, (theme, ink, ground)
    assert _contrast(colour["on-accent"], colour["accent"]) >= 4.5
    assert _contrast(colour["ink"], colour["evidence"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_from_the_colour_of_their_label(theme):
    colour = _colours(THEMES[theme])
    saturation, lightness = map(int, re.search(r"--tint: (\d+)% (\d+)%", THEMES[theme]).groups())
    hues = dict(re.findall(r"\.l(\d+) \{ --h: (\d+); \}", (FILES / "parts.css").read_text("utf-8")))
    assert len(hues) == 16
    for hue in hues.values():
        ground = colorsys.hls_to_rgb(int(hue) / 360, lightness / 100, saturation / 100)
        assert _contrast(colour["ink"], ground) >= 4.5, (theme, hue)
        assert _contrast(colour["soft"], ground) >= 3.0, (theme, hue)
    assert min(b - a for a, b in pairwise(sorted(map(int, hues.values())))) >= 8
