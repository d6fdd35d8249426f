"""How well the pipeline reads the sample corpus: facts, sections and subjects against the gold.

    python tests/gold_scores.py                      the table
    python tests/gold_scores.py --errors imatinib    and what is wrong in one document
    python tests/gold_scores.py --profile fast       as another profile reads them

What agrees is decided in ``gold_match``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language

from gold_match import ALL, Gold, Score, Scores, score
from monograph_nlp.pipeline import load, run
from monograph_nlp.read import read
from monograph_nlp.types import Record

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


def golds(names: Sequence[str] = ()) -> list[Gold]:
    """Return the gold of the named documents, or of all, by name."""
    paths = sorted((CORPUS / "gold").glob("*.json"))
    return [
        json.loads(path.read_text("utf-8")) for path in paths if not names or path.stem in names
    ]


def records(gold: Iterable[Gold], nlp: Language | None = None) -> dict[str, Record]:
    """Extract the documents that ``gold`` annotates; return document id → record."""
    wanted = {each["id"]: each["source"] for each in gold}
    documents = (
        monograph
        for source in sorted(set(wanted.values()))
        for monograph in read(CORPUS / source)
        if monograph.id in wanted
    )
    return {record.document.id: record for record in run(nlp or load(), documents)}


def table(scores: Scores) -> Iterator[str]:
    """Yield the lines of the table: counts, precision, recall and F1."""
    yield f"{'':34}{'gold':>6}{'pred':>6}{'tp':>6}{'fp':>6}{'fn':>6}{'P':>7}{'R':>7}{'F1':>7}"
    yield from (_line(name, count) for name, count in sorted(scores.facts.items()) if name != ALL)
    yield _line("facts, all", scores.facts[ALL])
    yield _line("sections", scores.sections)
    yield _line("subjects", scores.subjects)
    for name, count in sorted(scores.qualifiers.items()):
        yield _line(f"qualifier {name}", count)


def _line(name: str, count: Score) -> str:
    false, missed = count.predicted - count.right, count.gold - count.right
    counts = f"{count.gold:6}{count.predicted:6}{count.right:6}{false:6}{missed:6}"
    return f"{name:34}{counts}{count.precision:7.3f}{count.recall:7.3f}{count.f1:7.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and, where asked for, the errors; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", nargs="*", help="ids of documents; all where none is named")
    parser.add_argument("--errors", action="store_true", help="list what is false and missed")
    parser.add_argument("--profile", help="accurate, fast or lexicon; the default otherwise")
    given = parser.parse_args(arguments)
    wanted = golds(given.documents)
    if unknown := set(given.documents) - {each["id"] for each in wanted}:
        known = ", ".join(each["id"] for each in golds())
        parser.error(f"no gold for {', '.join(sorted(unknown))}; expected one of {known}")
    scores = score(wanted, records(wanted, load(profile=given.profile)))
    if given.errors:
        sys.stdout.writelines(f"{line}\n" for line in scores.errors)
    sys.stdout.writelines(f"{line}\n" for line in table(scores))
    return 0


if __name__ == "__main__":
    sys.exit(main())
