"""A result or a comparison as one HTML file that stands alone."""

from __future__ import annotations

from monograph_nlp.evaluate.comparing import Comparison
from monograph_nlp.evaluate.result import Result
from monograph_nlp.evaluate.tables import difference_tables, mistake_lists, score_tables, verdict
from monograph_nlp.write.page import page

_TEMPLATE = "evaluation.html"


def result_html(result: Result) -> str:
    """Return a result as a page."""
    return page(
        _TEMPLATE,
        heading=f"{result.records} by {result.gold}",
        summary=f"{len(result.documents)} documents; intervals over {result.rounds:,} samples of them.",
        notes=result.notes,
        tables=score_tables(result),
        errors=mistake_lists(result.mistakes),
    )


def comparison_html(comparison: Comparison) -> str:
    """Return a comparison as a page."""
    return page(
        _TEMPLATE,
        heading=f"{comparison.other} beside {comparison.one}",
        summary=f"{comparison.documents} documents. {verdict(comparison)}",
        notes=comparison.notes,
        tables=difference_tables(comparison),
        errors=[],
    )
