"""Real documents → small ones in every format that can be read, by a seeded chance."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

_LONGEST = 3_000  # code points of a slice
_USUAL = 500  # the same, on average
_KEPT = 400  # documents of a folder that slices are taken from
_SPL = (
    '<?xml version="1.0" encoding="UTF-8"?><document xmlns="urn:hl7-org:v3"><title>{title}</title>'
    "<component><structuredBody><component><section>"
    '<code code="{loinc}" codeSystem="2.16.840.1.113883.6.1"/><title>{title}</title>'
    "<text>{body}</text></section></component></structuredBody></component></document>"
)
_LOINC = ("34067-9", "34084-4", "34070-3", "34073-7", "34068-7", "43685-7", "34066-1")
_FIELDS = ("adverse_reactions", "indications_and_usage", "dosage_and_administration", "warnings")
_TAG = re.compile(r"<[^>]{0,500}>")
_NARRATIVE = re.compile(r"<(?:paragraph|list|table)\b")


class Slices:
    """Slices of the documents of some folders; the same seed gives the same ones."""

    def __init__(self, folders: list[Path], chance: random.Random) -> None:
        self._chance = chance
        self._small: list[tuple[str, bytes]] = []  # whole documents: name's suffixes, content
        self._markup: list[str] = []
        for folder in folders:
            paths = sorted(path for path in folder.iterdir() if path.is_file())
            for path in chance.sample(paths, min(_KEPT, len(paths))):
                self._take(path)

    def _take(self, path: Path) -> None:
        suffix = "".join(path.suffixes[-2:]) if path.suffix == ".gz" else path.suffix
        if path.suffix in (".html", ".xml", ".htm"):
            self._markup.append(path.read_text("utf-8", "replace"))
        elif suffix in _WHOLE and path.stat().st_size < 50_000:
            self._small.append((suffix, path.read_bytes()))

    def next(self) -> tuple[str, bytes]:
        """Return a suffix, and a small document of that format."""
        if self._small and self._chance.random() < 0.03:
            return self._chance.choice(self._small)
        suffix, make = self._chance.choice(_MADE)
        return suffix, make(self).encode("utf-8", "replace")

    def _window(self) -> str:
        source = self._chance.choice(self._markup)
        length = min(_LONGEST, 100 + int(self._chance.expovariate(1 / _USUAL)))
        start = self._chance.randrange(max(1, len(source) - length))
        return source[start : start + length]

    def _prose(self) -> str:
        return _TAG.sub("\n", self._window())

    def html(self) -> str:
        return self._window()

    def spl(self) -> str:
        """A label of one section; its body has the markup of a label where one was met."""
        window = self._window()
        found = _NARRATIVE.search(window)
        body = _well_formed(window[found.start() :]) if found else _escaped(_TAG.sub(" ", window))
        return _SPL.format(title="Adverse x", loinc=self._chance.choice(_LOINC), body=body)

    def text(self) -> str:
        return self._prose()

    def lines(self) -> str:
        rows = [
            {"id": "a", "text": self._prose()},
            {"id": 7, "sections": [{"text": self._prose()}]},
        ]
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)

    def label(self) -> str:
        fields = self._chance.sample(_FIELDS, 2)
        return json.dumps({"id": "a", **{field: [self._prose()] for field in fields}})

    def table(self, delimiter: str = ",") -> str:
        stream = io.StringIO()
        rows = [["id", "text"], ["a", self._prose()], ["b", self._prose()]]
        csv.writer(stream, delimiter=delimiter).writerows(rows)
        return stream.getvalue()

    def tabbed(self) -> str:
        return self.table("\t")


_MADE: list[tuple[str, Callable[[Slices], str]]] = [
    (".html", Slices.html), (".html", Slices.html), (".html", Slices.html), (".xml", Slices.spl),
    (".xml", Slices.spl), (".xml", Slices.spl), (".txt", Slices.text), (".txt", Slices.text),
    (".md", Slices.text), (".jsonl", Slices.lines), (".json", Slices.label), (".csv", Slices.table),
    (".tsv", Slices.tabbed),
]  # fmt: skip
_WHOLE = (".docx", ".pdf", ".parquet", ".txt.gz", ".txt", ".md", ".json", ".jsonl", ".csv", ".tsv")


def packed(suffix: str, data: bytes, chance: random.Random) -> tuple[str, bytes]:
    """Return the document as it is, or now and then in gzip."""
    if chance.random() < 0.02 and not suffix.endswith(".gz"):
        return suffix + ".gz", gzip.compress(data, mtime=0)
    return suffix, data


def _well_formed(markup: str) -> str:
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(f"<text>{markup}</text>".encode(), parser)
    if root is None:
        return ""
    text = str(etree.tostring(root, encoding="unicode"))
    return text.removeprefix("<text>").removesuffix("</text>")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
