"""``monograph.scispacy_tokenizer.v1``: scispaCy's tokenizer rules, which keep "PD-1" whole.

Two things are parted that these rules keep together: words around a slash, and what a name is joined
to by a hyphen ("cocaine-induced"; the words are the rows of ``rules/hyphenated.tsv``).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from functools import cached_property

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from monograph_nlp.rules import read_table

_SLASH = r"(?<=[A-Za-z]{4})/(?=[A-Za-z]{4})"  # nausea/vomiting are two; mg/kg and HIV/AIDS one
_KEPT = 1 << 13  # words whose tokens are kept
_LONGEST = 40  # code points of such a word
# Code points without a space: spaCy searches such a stretch anew for each sign at its ends, and a
# row of brackets would take the square of its length. No word, and hardly an address, is as long.
_ENDLESS = 256
_STRETCH = re.compile(rf"\S{{{_ENDLESS}}}(?=\S)")


class WordTokenizer(Tokenizer):  # type: ignore[misc]  # spaCy's is compiled, and has no types
    """Takes each word that it has not seen apart on its own, before the text that holds it.

    spaCy keeps the tokens of a word only where no special case, such as a line break, stands before it
    in the text, so that in a document nearly every word is taken apart each time that it occurs.
    """

    def __call__(self, string: str) -> Doc:
        """Return the tokens of a text; a stretch of more than 256 code points without a space is cut."""
        words = set(string.split())
        if len(self._seen) < self.max_cache_size:
            for word in sorted(words - self._seen):
                if len(word) <= _LONGEST:
                    self._seen.add(word)
                    super().__call__(word)
        if max(map(len, words), default=0) <= _ENDLESS:
            doc: Doc = super().__call__(string)
            return doc
        parts = [super(WordTokenizer, self).__call__(part) for part in _parts(string)]
        return Doc.from_docs(parts, ensure_whitespace=False) or parts[0]

    @cached_property
    def _seen(self) -> set[str]:
        return set()


def _parts(string: str) -> Iterator[str]:
    """Yield a text in parts, cut where 256 code points stand without a space."""
    begin = 0
    for stretch in _STRETCH.finditer(string):
        yield string[begin : stretch.end()]
        begin = stretch.end()
    if begin < len(string):
        yield string[begin:]


def create() -> Callable[[Language], Tokenizer]:
    """Return the function by which spaCy makes a pipeline's tokenizer."""
    return _tokenizer


def _tokenizer(nlp: Language) -> Tokenizer:
    from scispacy.custom_tokenizer import combined_rule_tokenizer
    from spacy.language import create_tokenizer

    nlp.tokenizer = create_tokenizer()(nlp)  # scispaCy takes URL and token rules over from it
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # a set in one of scispaCy's expressions
        theirs: Tokenizer = combined_rule_tokenizer(nlp)
    infixes = f"{theirs.infix_finditer.__self__.pattern}|{_SLASH}|{_hyphen()}"
    return WordTokenizer(
        nlp.vocab,
        theirs.rules,
        theirs.prefix_search,
        theirs.suffix_search,
        re.compile(infixes).finditer,
        theirs.token_match,
        theirs.url_match,
        theirs.faster_heuristics,
        _KEPT,
    )


def _hyphen() -> str:
    rows = read_table("hyphenated.tsv", ("word", "example"), required=("word", "example"))
    words = "|".join(re.escape(row.text("word")) for row in rows)
    return rf"(?<=\w)[-‐‑](?=(?i:{words})(?!\w))"
