"""Differences as one HTML file that stands alone."""

from __future__ import annotations

from monograph_nlp.diff.changes import Difference
from monograph_nlp.diff.lines import detail_words, statement_words
from monograph_nlp.write.page import page


def difference_html(difference: Difference) -> str:
    """Return the differences as a page: a row a change, the words of both sides beside one another."""
    return page(
        "differences.html",
        difference=difference,
        detail_words=detail_words,
        statement_words=statement_words,
    )
