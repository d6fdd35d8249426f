"""IOB tables: one token and its tag a line, an empty line after each sentence.

The tables do not say where spaces stood, so a sentence's text is its tokens joined by one space,
and offsets count in that text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.corpora.document import CorpusError, Document, Place, Span, check


def read(path: Path) -> Iterator[Document]:
    """Yield the sentences of a file; their ids are folder, file and the sentence's number.

    Raises:
        CorpusError: a line is no token and tag, or a tag continues a name that never began.
    """
    for number, sentence in enumerate(_sentences(path), 1):
        identifier = f"{path.parent.name}/{path.stem}:{number}"
        place = Place(path.name, identifier)
        text = " ".join(token for token, _ in sentence)
        yield Document(identifier, identifier, text, tuple(_spans(sentence, text, place)))


def _sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    sentence: list[tuple[str, str]] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                sentence.append(_token(line, f"{path.parent.name}/{path.name}:{number}"))
            elif sentence:
                yield sentence
                sentence = []
    if sentence:
        yield sentence


def _token(line: str, where: str) -> tuple[str, str]:
    token, _, tag = line.rstrip("\n").partition("\t")
    if tag != "O" and tag[:2] not in ("B-", "I-"):
        raise CorpusError(f"{where}: tag {tag!r}; expected O, B-… or I-….")
    return token, tag


def _spans(sentence: list[tuple[str, str]], text: str, place: Place) -> Iterator[Span]:
    """Close a name where the next token does not continue it."""
    names: list[tuple[str, int, list[str]]] = []  # label, start, tokens
    previous, start = "O", 0
    for token, tag in sentence:
        if tag.startswith("B-"):
            names.append((tag[2:], start, [token]))
        elif tag != "O":
            if previous[2:] != tag[2:]:
                raise CorpusError(f"{place.file}: {place.document}: {tag} follows {previous}.")
            names[-1][2].append(token)
        previous = tag
        start += len(token) + 1
    for number, (label, first, tokens) in enumerate(names):
        quoted = " ".join(tokens)
        fragments = ((first, first + len(quoted)),)
        check(place, text, fragments, quoted)
        yield Span(f"M{number}", label, fragments)
