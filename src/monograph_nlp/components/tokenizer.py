"""``monograph.scispacy_tokenizer.v1``: scispaCy's tokenizer rules, which keep "PD-1" whole."""

from __future__ import annotations

import warnings
from collections.abc import Callable

from spacy.language import Language
from spacy.tokenizer import Tokenizer


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
    return tokenizer
