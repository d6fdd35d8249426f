"""Tiny readers of brat and PubTator files, as a stranger would write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Standoff:
    """What a brat annotation file says."""

    bound: dict[str, tuple[str, list[tuple[int, int]], str]] = field(default_factory=dict)
    concepts: dict[str, str] = field(default_factory=dict)
    assertions: dict[str, str] = field(default_factory=dict)
    relations: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def read_brat(path: Path) -> tuple[str, Standoff]:
    """Read ``ID.ann`` with the text beside it; every range has to hold the words of its line."""
    text = path.with_suffix(".txt").read_bytes().decode()
    found = Standoff()
    for line in path.read_bytes().decode().splitlines():
        name, body, *rest = line.split("\t")
        assert len(rest) <= 1, line
        kind, *parts = body.split(" ")
        if name[0] == "T":
            offsets = body.removeprefix(kind + " ")
            spans = [tuple(map(int, part.split(" "))) for part in offsets.split(";")]
            assert " ".join(text[start:end] for start, end in spans) == rest[0], line
            found.bound[name] = (kind, spans, rest[0])
        elif name[0] == "N":
            found.concepts[parts[0]] = parts[1]
        elif name[0] == "A":
            found.assertions[parts[0]] = parts[1]
        elif name[0] == "R":
            ends = [part.partition(":")[2] for part in parts]
            found.relations[name] = (kind, ends[0], ends[1])
        else:
            assert name[0] == "#", line
            found.notes[parts[0]] = rest[0]
    return text, found


@dataclass
class Page:
    """One document of a PubTator file."""

    id: str
    text: str = ""
    mentions: list[tuple[int, int, str, str, str]] = field(default_factory=list)
    relations: list[tuple[str, str, str]] = field(default_factory=list)


def read_pubtator(content: str) -> list[Page]:
    """Read the documents; every mention has to be the words at its place."""
    pages: list[Page] = []
    for block in content.split("\n\n")[:-1]:
        title, abstract, *lines = block.split("\n")
        id, mark, words = title.split("|", 2)
        assert mark == "t"
        assert abstract.startswith(f"{id}|a|")
        page = Page(id, f"{words} {abstract.split('|', 2)[2]}")
        for line in lines:
            name, *cells = line.split("\t")
            assert name == id
            if len(cells) == 3:
                page.relations.append((cells[0], cells[1], cells[2]))
                continue
            start, end = int(cells[0]), int(cells[1])
            assert page.text[start:end] == cells[2], line
            page.mentions.append((start, end, cells[2], cells[3], cells[4]))
        pages.append(page)
    return pages
