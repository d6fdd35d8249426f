"""Re-anchor the gold annotation after a reader's text changed.

    python corpus/anchor.py            move every quote to where it stands now, rewrite the gold
    python corpus/anchor.py --check    change nothing; exit 1 if a quote moved or is not quoted

A quote is found again by its own words: evidence nearest to its old relative place in the
document, a mention nearest to its old place within the evidence that held it. White space may
differ (a reader may join or break lines), words may not. A quote that is gone is an error: the
sample and its gold were then changed apart, and a person must look.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NotRequired, TypedDict

from monograph_nlp.read import read

CORPUS = Path(__file__).resolve().parent


class GoldSection(TypedDict):
    """A typed stretch of the document, with its heading line where it has one."""

    label: str
    start: int
    end: int
    title: NotRequired[str]


class GoldMention(TypedDict):
    """A named thing; ``text`` is its spans, joined by one space."""

    id: str
    label: str
    text: str
    spans: list[list[int]]
    assertion: str


class GoldQuote(TypedDict):
    """Evidence of a fact."""

    start: int
    end: int
    text: str


class GoldObject(TypedDict):
    """The object of a fact: a mention's id and its words."""

    mention: str
    text: str


class GoldFact(TypedDict):
    """A relation that the document states of its subject."""

    id: str
    predicate: str
    object: GoldObject
    qualifiers: dict[str, str | float | bool]
    assertion: str
    evidence: list[GoldQuote]


class GoldSubject(TypedDict):
    """The drug of the document."""

    name: str
    brand_names: list[str]


class Gold(TypedDict):
    """One file of ``corpus/gold``; offsets half-open, in code points of ``Monograph.text``."""

    id: str
    source: str
    sha256_text: str
    subject: GoldSubject
    sections: list[GoldSection]
    mentions: list[GoldMention]
    facts: list[GoldFact]


class LostQuoteError(LookupError):
    """A quote of the gold does not stand in the text any more."""


def load() -> dict[Path, Gold]:
    """Return every gold file, in the order of names."""
    paths = sorted((CORPUS / "gold").glob("*.json"))
    return {path: json.loads(path.read_text(encoding="utf-8")) for path in paths}


def texts(sources: Sequence[str]) -> dict[str, str]:
    """Read the named samples; return document id → ``Monograph.text``."""
    files = [CORPUS / source for source in sorted(set(sources))]
    return {monograph.id: monograph.text for file in files for monograph in read(file)}


def find_near(text: str, quote: str, expected: int, within: tuple[int, int]) -> tuple[int, int]:
    """Return where ``quote`` stands in ``within`` nearest to ``expected``, white space aside.

    Raises:
        LostQuoteError: it does not stand there.
    """
    pattern = re.compile(r"\s+".join(re.escape(word) for word in quote.split()))
    hits = [match.span() for match in pattern.finditer(text, *within)]
    if not hits:
        raise LostQuoteError(f"{quote!r} is not in the text between {within[0]} and {within[1]}")
    return min(hits, key=lambda hit: abs(hit[0] - expected))


def anchor(gold: Gold, text: str) -> Gold:
    """Return ``gold`` with every offset counted in ``text``; ``gold`` itself is not changed."""
    moved = copy.deepcopy(gold)
    scale = len(text) / max(section["end"] for section in gold["sections"])
    homes = sorted(_move_evidence(moved, text, scale))
    for mention in moved["mentions"]:
        _move_mention(mention, homes, text, scale)
    words = {mention["id"]: mention["text"] for mention in moved["mentions"]}
    for fact in moved["facts"]:
        fact["object"]["text"] = words[fact["object"]["mention"]]
    for section in moved["sections"]:
        _move_section(section, homes, text)
    moved["sha256_text"] = hashlib.sha256(text.encode()).hexdigest()
    return moved


def problems(gold: Gold, text: str) -> Iterator[str]:
    """Yield one sentence for each place where ``gold`` does not quote ``text``."""
    if gold["sha256_text"] != hashlib.sha256(text.encode()).hexdigest():
        yield "the text is not the one that was annotated"
    for mention in gold["mentions"]:
        if " ".join(text[start:end] for start, end in mention["spans"]) != mention["text"]:
            yield f"mention {mention['id']} does not quote {mention['text']!r}"
    for fact in gold["facts"]:
        for quote in fact["evidence"]:
            if text[quote["start"] : quote["end"]] != quote["text"]:
                yield f"fact {fact['id']} does not quote {quote['text']!r}"
    for section in gold["sections"]:
        if section.get("title", "") not in text[section["start"] : section["end"]]:
            yield f"section {section['label']} does not hold its title"


def main(arguments: Sequence[str] | None = None) -> int:
    """Check or rewrite every gold file; return the exit code."""
    parser = argparse.ArgumentParser(description="Re-anchor corpus/gold to what the readers give.")
    parser.add_argument("--check", action="store_true", help="change nothing; 1 on a difference")
    check: bool = parser.parse_args(arguments).check
    golds = load()
    text_of = texts([gold["source"] for gold in golds.values()])
    different = 0
    for path, gold in golds.items():
        found = list(problems(gold, text_of[gold["id"]]))
        different += bool(found)
        sys.stdout.writelines(f"{path.name}: {problem}\n" for problem in found)
        if found and not check:
            moved = json.dumps(anchor(gold, text_of[gold["id"]]), ensure_ascii=False, indent=1)
            path.write_text(moved + "\n", encoding="utf-8")
    sys.stdout.write(f"{different} gold files {'differ' if check else 'rewritten'}\n")
    return int(check and different > 0)


def _move_evidence(gold: Gold, text: str, scale: float) -> Iterator[tuple[int, int, int, int]]:
    """Move every evidence; yield its old start and end, then the new ones."""
    for fact in gold["facts"]:
        for quote in fact["evidence"]:
            old = (quote["start"], quote["end"])
            new = find_near(text, quote["text"], round(old[0] * scale), (0, len(text)))
            quote["start"], quote["end"] = new
            quote["text"] = text[new[0] : new[1]]
            yield (*old, *new)


def _move_mention(
    mention: GoldMention, homes: list[tuple[int, int, int, int]], text: str, scale: float
) -> None:
    spans, at = [], 0
    for start, end in mention["spans"]:
        words = mention["text"][at : at + end - start]
        at += end - start + 1
        home = next((home for home in homes if home[0] <= start and end <= home[1]), None)
        if home:
            hit = find_near(text, words, home[2] + start - home[0], home[2:])
        else:
            hit = find_near(text, words, _moved(start, homes, scale), (0, len(text)))
        spans.append(list(hit))
    mention["spans"] = spans
    mention["text"] = " ".join(text[start:end] for start, end in spans)


def _move_section(section: GoldSection, homes: list[tuple[int, int, int, int]], text: str) -> None:
    """Move both ends with the evidence nearest to them, and then to the words next to them."""
    start, end = _moved(section["start"], homes), _moved(section["end"], homes)
    if "title" in section:
        hit = find_near(text, section["title"], start, (0, len(text)))
        section["title"] = text[hit[0] : hit[1]]
        start = text.rfind("\n", 0, hit[0]) + 1
    section["start"] = start
    section["end"] = start + len(text[start:end].rstrip())


def _moved(place: int, homes: list[tuple[int, int, int, int]], scale: float = 1.0) -> int:
    """Return ``place`` shifted as the evidence nearest to it was; scaled, where there is none."""
    if not homes:
        return round(place * scale)
    old_start, old_end, new_start, new_end = min(
        homes, key=lambda home: min(abs(home[0] - place), abs(home[1] - place))
    )
    nearer_start = abs(old_start - place) <= abs(old_end - place)
    return place + (new_start - old_start if nearer_start else new_end - old_end)


if __name__ == "__main__":
    sys.exit(main())
