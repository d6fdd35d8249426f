"""How often a gold mention gets its MeSH concept: files in PubTator format, BC5CDR's for example.

    python bench/linking.py CDR_DevelopmentSet.PubTator.txt --misses misses.tsv

Abstaining is right where the gold has no concept (-1), and a composite mention is right where all
its concepts are found and no other. A concept without a MeSH identifier is no answer here. Gold
made with an older MeSH is counted twice: strictly, and by today's MeSH, where an answer also
counts if the gold's concept is retired or the mention is the very name of a concept younger than
the gold; both are told by the identifiers alone (young descriptors have nine digits).
The second figure is an estimate: nobody has checked that these answers are right.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language

from monograph_nlp.components.tokenizer import create as create_tokenizer
from monograph_nlp.lexicon.asking import LEAST_SCORE
from monograph_nlp.lexicon.index import Index, open_index
from monograph_nlp.lexicon.linking import Named, link_all
from monograph_nlp.lexicon.match import Match
from monograph_nlp.lexicon.ways import Link

LABELS = {"Chemical": "DRUG", "Disease": "ADVERSE_EVENT"}
_HEAD = re.compile(r"(\d+)\|([ta])\|(.*)")
_YOUNG = re.compile(r"D\d{9}$")
_VERY_NAME = ("name", "synonym", "long_form")


class Gold(NamedTuple):
    """A gold mention; ``ids`` is empty where the corpus knows no concept."""

    named: Named
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the linker made of a gold mention."""

    gold: Gold
    link: Link
    ids: frozenset[str]
    is_strict: bool
    is_current: bool

    @property
    def is_given(self) -> bool:
        """Say whether there is an answer to judge: one that has a MeSH identifier."""
        return bool(self.ids)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", type=Path, help="a table for the mentions that are not right")
    options = parser.parse_args()
    verdicts = list(judge(options.files, open_index()))
    for label in LABELS.values():
        _print_label(label, [v for v in verdicts if v.gold.named.label == label])
    _print_reliability(verdicts)
    if options.misses:
        _write_misses(options.misses, verdicts)


def judge(
    files: Iterable[Path], index: Index, least_score: float = LEAST_SCORE
) -> Iterator[Verdict]:
    """Link every gold mention of the files, document by document, and judge the answers."""
    for text, rows in (document for file in files for document in _documents(file)):
        long_forms = _long_forms(text)
        golds = [_gold(row, long_forms) for row in rows]
        links = link_all([g.named for g in golds], index=index, least_score=least_score)
        for gold, link in zip(golds, links, strict=True):
            yield _verdict(gold, link, index)


def _documents(file: Path) -> Iterator[tuple[str, list[list[str]]]]:
    texts: dict[str, list[str]] = defaultdict(list)
    rows: dict[str, list[list[str]]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        if match := _HEAD.match(line):
            texts[match[1]].append(match[3])
        elif len(cells := line.split("\t")) >= 6 and cells[4] in LABELS:
            rows[cells[0]].append(cells)
    for number, parts in texts.items():
        yield "\n".join(parts), rows[number]


def _gold(row: list[str], long_forms: dict[str, str]) -> Gold:
    name, kind, ids = row[3], row[4], row[5]
    long_form = long_forms.get(name) or long_forms.get(name.removesuffix("s"))
    named = Named(name, LABELS[kind], long_form)
    return Gold(named, frozenset(f"mesh:{one}" for one in ids.split("|") if one != "-1"))


def _long_forms(text: str) -> dict[str, str]:
    """Return the short forms that a text defines, found as the pipeline finds them."""
    doc = _pipeline()(text)
    found: dict[str, str] = {}
    for row in doc._.abbreviated:
        found.setdefault(row["short"], row["long"])
    return found


@cache
def _pipeline() -> Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = create_tokenizer()(nlp)
    nlp.add_pipe("monograph_abbreviations")
    return nlp


def _verdict(gold: Gold, link: Link, index: Index) -> Verdict:
    found = [_mesh(match, gold.ids) for match in link.matches]
    ids = frozenset(found) if all(found) else frozenset()
    is_strict = ids == gold.ids
    is_current = is_strict or (
        len(ids) == len(gold.ids) == 1
        and bool(_YOUNG.search(next(iter(ids))))
        and (index.by_id(next(iter(gold.ids))) is None or link.how in _VERY_NAME)
    )
    return Verdict(gold, link, ids, is_strict, is_current)


def _mesh(match: Match, gold: frozenset[str]) -> str:
    """Return the MeSH identifier of a concept: the gold's, where it has several; or nothing."""
    ids = [c for c in (match.term.id, *match.term.xrefs) if c and c.startswith("mesh:")]
    return next((one for one in ids if one in gold), ids[0] if ids else "")


def _print_label(label: str, verdicts: list[Verdict]) -> None:
    given = [v for v in verdicts if v.is_given]
    others = sum(bool(v.link.matches) for v in verdicts) - len(given)
    print(f"{label}: {len(verdicts)} mentions, {len(given)} answers, {others} without a MeSH id")
    for way, right in (("strict", "is_strict"), ("current MeSH", "is_current")):
        accuracy = sum(getattr(v, right) for v in verdicts) / max(len(verdicts), 1)
        precision = sum(getattr(v, right) for v in given) / max(len(given), 1)
        print(f"  {way:13} right {accuracy:.4f}  precision of answers {precision:.4f}")


def _print_reliability(verdicts: list[Verdict]) -> None:
    print("score of the answer, answers, observed precision (strict, current MeSH)")
    bands: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.is_given:
            bands[int(verdict.link.score * 20)].append(verdict)
    for _, rows in sorted(bands.items()):
        mean = sum(v.link.score for v in rows) / len(rows)
        strict = sum(v.is_strict for v in rows) / len(rows)
        current = sum(v.is_current for v in rows) / len(rows)
        print(f"  {mean:.3f}  {len(rows):5}  {strict:.3f}  {current:.3f}")


def _write_misses(path: Path, verdicts: list[Verdict]) -> None:
    counts = Counter(
        (
            v.gold.named.label,
            v.gold.named.name.lower(),
            v.gold.named.long_form or "",
            "|".join(sorted(v.gold.ids)),
            "|".join(sorted(v.ids)),
            v.link.how,
        )
        for v in verdicts
        if not v.is_current
    )
    lines = ["n\tlabel\tname\tlong_form\tgold\tanswer\thow"]
    lines += ["\t".join((str(n), *cells)) for cells, n in counts.most_common()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
