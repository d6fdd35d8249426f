"""PDF with a text layer: the text of its pages, in the order of the file.

Lines stay as the page has them, and repeated headers and footers stay too; pages stand apart by a
blank line. Words that were hyphenated at a line's end are not joined.
"""

from __future__ import annotations

from collections.abc import Iterator

from monograph_nlp.errors import ReadError
from monograph_nlp.read.extra import missing_extra
from monograph_nlp.read.repair import mend, whole_characters
from monograph_nlp.read.source import Source, check_kind, sha256
from monograph_nlp.types import Monograph

_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024  # bytes: the standard allows what stands before it
# PDFium gives U+FFFE, or U+0002, for the hyphen at the end of a line.
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})


def read(source: Source) -> Iterator[Monograph]:
    """Yield the file as one document, its title from the metadata; needs ``[documents]``."""
    data = source.read_bytes()
    begins = max(data[:_MAGIC_WITHIN].find(_MAGIC), 0)
    check_kind(data[begins:], source.name, source.suffix, _MAGIC)
    title, pages = _pages(data, source.name)
    mended = mend("\n\n".join(page for page in pages if page))
    if not mended.text:
        raise ReadError(
            source.name,
            f"none of its {len(pages)} pages has a text layer (they are images)",
            "a PDF with text",
            "Recognize the text first (OCR), and read the result.",
        )
    yield Monograph(
        id=source.stem,
        text=mended.text,
        format="pdf",
        source=source.name,
        sha256=sha256(data),
        title=title,
        damage=mended.damage,
    )


def _pages(data: bytes, where: str) -> tuple[str, list[str]]:
    try:
        import pypdfium2
    except ImportError as cause:
        raise missing_extra(where, "pypdfium2") from cause
    try:
        with pypdfium2.PdfDocument(data) as document:
            title = whole_characters(str(document.get_metadata_dict().get("Title", ""))).text
            pages = [document[index].get_textpage() for index in range(len(document))]
            texts = [page.get_text_bounded() for page in pages]
    except pypdfium2.PdfiumError as cause:
        raise ReadError(
            where,
            f"damaged or locked PDF ({cause})",
            "a PDF that opens without a password",
            "Save it again without protection.",
        ) from cause
    lines = ([line.rstrip() for line in text.splitlines()] for text in texts)
    return " ".join(title.split()), ["\n".join(page).translate(_HYPHENS).strip() for page in lines]
