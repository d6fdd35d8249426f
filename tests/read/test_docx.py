from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document

from monograph_nlp.errors import ReadError
from monograph_nlp.read import Limits, read
from monograph_nlp.types import Monograph

from .conftest import Save


def _read(document: Document, folder: Path) -> Monograph:
    path = folder / "label.docx"
    document.save(str(path))
    (monograph,) = read(path)
    return monograph


def test_headings_open_sections(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "Drug  X"
    document.add_heading("1 Uses", 1)
    document.add_heading("1.1 Flu", 2)
    document.add_paragraph("It treats flu.")
    document.add_heading("2 Doses", 1)
    monograph = _read(document, tmp_path)
    assert monograph.text == "1 Uses\n\n1.1 Flu\n\nIt treats flu.\n\n2 Doses"
    assert [(s.title, s.parent) for s in monograph.sections] == [
        ("1 Uses", None),
        ("1.1 Flu", 0),
        ("2 Doses", None),
    ]
    assert (monograph.id, monograph.title, monograph.format) == ("label", "Drug X", "docx")


def test_lists_keep_bullets_numbers_and_depth(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("It treats:")
    for text, style in [
        ("flu", "List Bullet"),
        ("of birds", "List Bullet 2"),
        ("cold", "List Bullet"),
        ("first", "List Number"),
        ("second", "List Number"),
    ]:
        document.add_paragraph(text, style=style)
    document.add_paragraph("End")
    assert _read(document, tmp_path).text == (
        "It treats:\n• flu\n  • of birds\n• cold\n\n1. first\n2. second\n\nEnd"
    )


def test_runs_breaks_and_raised_digits(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Count 10")
    paragraph.add_run("9").font.superscript = True
    paragraph.add_run("/L\nC")
    paragraph.add_run("max").font.subscript = True
    assert _read(document, tmp_path).text == "Count 10⁹/L\nCmax"


def test_tables_with_merged_cells(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, column, text in [(0, 0, "Event"), (0, 2, "Rate"), (1, 0, "Skin"), (1, 1, "rash"),
                              (1, 2, "5 %"), (2, 1, "itch"), (2, 2, "3 %")]:  # fmt: skip
        table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).merge(table.cell(2, 0))
    expected = "Event |  | Rate\nSkin | rash | 5 %\nSkin | itch | 3 %"
    assert _read(document, tmp_path).text == expected


def test_a_table_in_a_table_is_a_frame(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 0)
    cell.text = "before"
    inner = cell.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "a", "b"
    assert _read(document, tmp_path).text == "before\n\na | b"


def test_bad_documents_are_refused(save: Save, tmp_path: Path) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "x" * 1000)
    empty = io.BytesIO()
    docx.Document().save(empty)
    for data, message, limits in [
        (b"text", "no ZIP archive", Limits()),
        (b"PK\x03\x04 damaged", "no Word document", Limits()),
        (archive.getvalue(), "no Word document", Limits()),
        (archive.getvalue(), "unpacks to 1,000 bytes", Limits(max_unpacked_bytes=999)),
        (empty.getvalue(), "no text", Limits()),
    ]:
        with pytest.raises(ReadError, match=message):
            list(read(save("a.docx", data), limits=limits))


def test_the_missing_extra_is_named(
    save: Save, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(ReadError, match=r"pip install 'monograph-nlp\[documents\]'"):
        list(read(save("a.docx", b"PK\x03\x04")))
