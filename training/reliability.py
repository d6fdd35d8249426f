"""The reliability plot of the docs: what scores say, and how often they are right, before and after the curves.

    python -m training.reliability .training/final.json -o docs/reliability.svg

The file is the one that ``calibrate`` wrote. A perfect score lies on the diagonal; the size of a mark is the number of
mentions. Curves that were counted on all folds are drawn on the same folds, so the second panel is close to
the diagonal by construction; the figures of each fold with the curves of the others are in ``corpus/results.json``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.calibrate import ALL

_HEADS = ("ADVERSE_EVENT", "FINDING", "DRUG", "TARGET")
_PANELS = (("raw", "as the network says it"), ("calibrated", "as the tagger gives it"))
_LARGEST = 120  # points squared of a mark


def main() -> None:
    """Parse the arguments and draw."""
    parser = argparse.ArgumentParser(description="draw the reliability plot")
    parser.add_argument("curves", type=Path, help="file that calibrate wrote")
    parser.add_argument("-o", "--output", type=Path, required=True, help="SVG file")
    options = parser.parse_args()
    draw(json.loads(options.curves.read_text())[ALL], options.output)


def draw(told: Mapping[str, Mapping[str, Any]], output: Path) -> None:
    """Draw the bins of each head; the same figures give the same bytes."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "reliability", "svg.fonttype": "none"})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(_PANELS), figsize=(9, 4.4), sharey=True)
    for axis, (kind, title) in zip(axes, _PANELS, strict=True):
        axis.plot((0, 1), (0, 1), color="0.7", linewidth=1)
        for head in _HEADS:
            means, rights, sizes = zip(*told[head]["bins"][kind], strict=True)
            marks = [_LARGEST * size / max(sizes) + 4 for size in sizes]
            axis.plot(means, rights, linewidth=1, label=head)
            axis.scatter(means, rights, s=marks)
        axis.set(title=f"Score {title}", xlabel="mean score of the mentions", xlim=(0, 1.02))
    axes[0].set(ylabel="share that is right", ylim=(0, 1.02))
    axes[0].legend(loc="upper left")
    figure.tight_layout()
    figure.savefig(output, metadata={"Date": None})


if __name__ == "__main__":
    main()
