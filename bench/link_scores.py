"""Measure how often each way to link is right, and write ``rules/link_scores.tsv``.

    python bench/link_scores.py CDR_TrainingSet.PubTator.txt

Every way is tried, however unsure; its score is the share of right answers by today's MeSH, smoothed
towards what is usual. Never run it on the files that the figures are reported on.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from linking import Verdict, judge

from monograph_nlp.lexicon import ways
from monograph_nlp.lexicon.index import open_index

_USUAL = 0.7  # what is expected of a way that was never seen
_WEIGHT = 3  # how firmly: as if so many answers had been seen before
_SEEN_OFTEN = 5  # answers, from which on a detail has a score of its own
_LABELS = {"DRUG": "DRUG|CHEMICAL|DRUG_CLASS", "ADVERSE_EVENT": "CONDITION|ADVERSE_EVENT"}
_OUT = Path(ways.__file__).parents[1] / "rules" / ways.TABLE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    groups: dict[tuple[str, str, str], list[Verdict]] = defaultdict(list)
    for verdict in judge(options.files, open_index(), least_score=0.0):
        if verdict.is_given:
            link, label = verdict.link, _LABELS[verdict.gold.named.label]
            for detail, where in {("", ""), ("", label), (link.detail, label)}:
                groups[link.how, detail, where].append(verdict)
    rows = ["\t".join(ways.COLUMNS), *_rows(groups)]
    _OUT.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _rows(groups: dict[tuple[str, str, str], list[Verdict]]) -> Iterator[str]:
    for (how, detail, label), verdicts in sorted(groups.items()):
        if detail and len(verdicts) < _SEEN_OFTEN:
            continue
        usual = _share(groups[how, "", label], _USUAL) if detail else _USUAL
        right = [v for v in verdicts if v.is_current] or verdicts
        example = min((v.gold.named.name for v in right), key=lambda name: (len(name), name))
        score = f"{_share(verdicts, usual):.3f}"
        yield "\t".join((how, detail, label, score, str(len(verdicts)), example))


def _share(verdicts: list[Verdict], usual: float) -> float:
    """Return the share of right answers, smoothed towards what is usual."""
    right = sum(verdict.is_current for verdict in verdicts)
    return (right + usual * _WEIGHT) / (len(verdicts) + _WEIGHT)


if __name__ == "__main__":
    main()
