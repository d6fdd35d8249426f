"""What the labels of the corpora mean among ours: ``labels.tsv``.

A corpus may not tell apart what we do: a disease of BC5CDR is a condition or an adverse event. Such
a label has several of ours, one of which is meant. And a corpus may mark a kind of name only
where it takes part in something; the kinds that it marks wherever they occur are complete.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from monograph_nlp.rules import read_table
from training.corpora.document import CorpusError, Document

_TABLE = Path(__file__).parents[1] / "labels.tsv"
_COLUMNS = ("corpus", "label", "ours", "complete", "example", "note")


@dataclass(frozen=True, slots=True)
class LabelMap:
    """Our labels for each label of one corpus."""

    corpus: str
    choices: dict[str, tuple[str, ...]]  # the corpus's label → ours, one of which is meant
    known: frozenset[str]  # our labels that the corpus marks wherever they occur

    @classmethod
    def of(cls, corpus: str, table: Path = _TABLE) -> LabelMap:
        """Read the rows of a corpus.

        Raises:
            RuleError: a row is not well formed.
            CorpusError: the corpus has no row, or a label is complete that is none of the row's.
        """
        rows = read_table(str(table), _COLUMNS, required=("corpus", "label", "example"))
        own = [row for row in rows if row.text("corpus") == corpus]
        if not own:
            raise CorpusError(f"{table.name}: no labels of {corpus!r}; add a row for each of them.")
        known: set[str] = set()
        for row in own:
            if stray := set(row.texts("complete")) - set(row.texts("ours")):
                raise CorpusError(f"{row.where}: complete {sorted(stray)} is not among ours.")
            known.update(row.texts("complete"))
        return cls(corpus, {row.text("label"): row.texts("ours") for row in own}, frozenset(known))

    def apply(self, document: Document) -> Document:
        """Return the document with our labels; spans that mean nothing to us are left out.

        Raises:
            CorpusError: a span's label has no row.
        """
        spans = []
        for span in document.spans:
            if span.label not in self.choices:
                raise CorpusError(
                    f"labels.tsv: no row for {span.label!r} of {self.corpus} (document "
                    f"{document.id}); known are {', '.join(sorted(self.choices))}."
                )
            if self.choices[span.label]:
                spans.append(replace(span, choices=self.choices[span.label]))
        return replace(document, spans=tuple(spans), known=self.known)
