"""``monograph.scispacy_tokenizer.v1``: scispaCy's tokenizer rules, which keep "PD-1" whole."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable

from spacy.language import Language
from spacy.tokenizer import Tokenizer

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
        infixes = f"{tokenizer.infix_finditer.__self__.pattern}|{_SLASH}"
        tokenizer.infix_finditer = re.compile(infixes).finditer
    return tokenizer
