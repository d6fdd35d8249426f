"""``monograph.scispacy_tokenizer.v1``: scispaCy's tokenizer rules, which keep "PD-1" whole.

Two things are parted that these rules keep together: words around a slash, and what a name is joined
to by a hyphen ("cocaine-induced"; the words are the rows of ``rules/hyphenated.tsv``).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable

from spacy.language import Language
from spacy.tokenizer import Tokenizer

from monograph_nlp.rules import read_table

_SLASH = r"(?<=[A-Za-z]{4})/(?=[A-Za-z]{4})"  # nausea/vomiting are two; mg/kg and HIV/AIDS one


def create() -> Callable[[Language], Tokenizer]:
    """Return the function by which spaCy makes a pipeline's tokenizer."""
    return _tokenizer


def _tokenizer(nlp: Language) -> Tokenizer:
    from scispacy.custom_tokenizer import combined_rule_tokenizer
    from spacy.language import create_tokenizer

    nlp.tokenizer = create_tokenizer()(nlp)  # scispaCy takes URL and token rules over from it
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # a set in one of scispaCy's expressions
        tokenizer: Tokenizer = combined_rule_tokenizer(nlp)
        infixes = f"{tokenizer.infix_finditer.__self__.pattern}|{_SLASH}|{_hyphen()}"
        tokenizer.infix_finditer = re.compile(infixes).finditer
    return tokenizer


def _hyphen() -> str:
    rows = read_table("hyphenated.tsv", ("word", "example"), required=("word", "example"))
    words = "|".join(re.escape(row.text("word")) for row in rows)
    return rf"(?<=\w)[-‐‑](?=(?i:{words})(?!\w))"
