from __future__ import annotations

import sys

import pytest

from monograph_nlp.errors import ReadError
from monograph_nlp.read import read

from .conftest import Save


def _pdf(*pages: tuple[str, ...]) -> bytes:
    """Return a PDF whose pages hold the given lines."""
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for index, lines in enumerate(pages):
        shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
        stream = f"BT /F1 12 Tf 50 700 Td {shown} ET"
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {5 + 2 * index} 0 R>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    ).encode("latin-1")


def test_lines_and_pages_are_kept(save: Save) -> None:
    (monograph,) = read(save("a.pdf", _pdf(("1 USES", "It treats flu."), (), ("2 DOSES",))))
    assert monograph.text == "1 USES\nIt treats flu.\n\n2 DOSES"
    assert (monograph.id, monograph.format, monograph.damage) == ("a", "pdf", ())


def test_a_hyphen_at_a_line_end_stays(save: Save) -> None:
    (monograph,) = read(save("a.pdf", _pdf(("non-", "small cells"))))
    assert monograph.text.replace("\n", "") == "non-small cells"
    assert monograph.damage == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (_pdf((), ()), "none of its 2 pages has a text layer.*OCR"),
        (_pdf(("x",))[:150], "damaged or locked PDF"),
        (b"some text", "the content is no PDF document"),
        (b"PK\x03\x04", "a ZIP archive"),
    ],
)
def test_a_pdf_without_text_is_refused(save: Save, data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        list(read(save("a.pdf", data)))


def test_the_missing_extra_is_named(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ReadError, match=r"pip install 'monograph-nlp\[documents\]'"):
        list(read(save("a.pdf", _pdf(("x",)))))
