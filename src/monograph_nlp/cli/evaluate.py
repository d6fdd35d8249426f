"""``monograph-nlp evaluate``: records against a gold, or two results against each other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from monograph_nlp.cli.complain import complaining
from monograph_nlp.cli.files import write_json, write_text

if TYPE_CHECKING:
    from monograph_nlp.evaluate.result import Result

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="GOLD RECORDS [OTHER_RECORDS]",
        help="The gold, and records by the same documents (JSONL, .gz, a folder with records.jsonl, or "
        "- for standard input); with other records the two are compared. With --compare, two results.",
    ),
]
Compare = Annotated[
    bool, typer.Option("--compare", help="Compare two results that --json wrote: A.json B.json.")
]
GoldFormat = Annotated[
    str | None,
    typer.Option(
        help="brat, pubtator, bioc, tac, facts, standoff or corrections (otherwise told by the content)."
    ),
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="TYPE=LABEL[,LABEL]",
        help="Labels of a record that a type of the gold stands for; none leaves it out. Repeatable.",
    ),
]
Markdown = Annotated[Path | None, typer.Option(dir_okay=False, help="Write the tables here, too.")]
Html = Annotated[Path | None, typer.Option(dir_okay=False, help="Write a page that stands alone.")]
Json = Annotated[
    Path | None,
    typer.Option("--json", dir_okay=False, help="Write the result, with the counts by document."),
]
Errors = Annotated[
    int, typer.Option(min=0, help="Errors of each stage to show, the worst first, with their text.")
]
SkipMissing = Annotated[
    bool, typer.Option("--skip-missing", help="Leave out documents of the gold without a record.")
]
Rounds = Annotated[int, typer.Option(min=100, help="Samples of documents for the intervals.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the samples.")]


@dataclass(frozen=True, slots=True)
class _Job:
    """How to evaluate, and where to write."""

    gold_format: str | None
    types: dict[str, list[str]]
    errors: int
    skip_missing: bool
    rounds: int
    seed: int
    markdown: Path | None
    html: Path | None
    json: Path | None


def evaluate(
    inputs: Inputs,
    compare: Compare = False,
    gold_format: GoldFormat = None,
    map_types: Map = None,
    errors: Errors = 0,
    markdown: Markdown = None,
    html: Html = None,
    json: Json = None,
    skip_missing: SkipMissing = False,
    rounds: Rounds = 2000,
    seed: Seed = 0,
) -> None:
    """Score records against what people annotated or corrected, with intervals and the worst errors.

    Two runs are compared by a paired test over documents: significant or not.
    """
    types = _types(map_types or [])
    if len(inputs) not in ((2,) if compare else (2, 3)):
        _refuse(
            "give two results" if compare else "give a gold, its records and, if need be, others"
        )
    settings = (errors, skip_missing, rounds, seed)
    job = _Job(gold_format, types, *settings, markdown, html, json)
    with complaining():
        _run(inputs, job, compare=compare)


def _run(inputs: list[str], job: _Job, *, compare: bool) -> None:
    if compare:
        _compare_results(inputs, job)
        return
    first, *others = _results(inputs[0], inputs[1:], job)
    if others:
        _compared(first, others[0], job)
    else:
        _show_result(first, job)


def _refuse(message: str) -> NoReturn:
    raise typer.BadParameter(message)


def _types(given: list[str]) -> dict[str, list[str]]:
    types = {}
    for pair in given:
        kind, is_pair, labels = pair.partition("=")
        if not is_pair or not kind:
            raise typer.BadParameter(f"{pair!r}; expected TYPE=LABEL", param_hint="--map")
        types[kind] = [label.strip() for label in labels.split(",") if label.strip()]
    return types


def _results(gold: str, records: list[str], job: _Job) -> list[Result]:
    """Return the result of each file of records by the gold, which is read once."""
    from monograph_nlp.evaluate.evaluating import evaluate
    from monograph_nlp.evaluate.reading import read_gold
    from monograph_nlp.write.stored import read_records

    wanted = read_gold(gold, job.gold_format, job.types)
    return [
        evaluate(
            wanted,
            read_records([path]),
            gold_name=Path(gold).name,
            records_name=Path(path).name,
            errors=job.errors,
            skip_missing=job.skip_missing,
            rounds=job.rounds,
            seed=job.seed,
        )
        for path in records
    ]


def _compare_results(paths: list[str], job: _Job) -> None:
    from monograph_nlp.evaluate.result import read_result

    one, other = map(read_result, paths)
    _compared(one, other, job)


def _compared(one: Result, other: Result, job: _Job) -> None:
    from monograph_nlp.cli.evaluate_print import print_comparison
    from monograph_nlp.evaluate.comparing import compare
    from monograph_nlp.evaluate.html import comparison_html
    from monograph_nlp.evaluate.markdown import comparison_markdown

    comparison = compare(one, other, rounds=job.rounds, seed=job.seed)
    print_comparison(comparison)
    write_text(job.markdown, comparison_markdown, comparison)
    write_text(job.html, comparison_html, comparison)
    write_json(job.json, comparison)


def _show_result(result: Result, job: _Job) -> None:
    from monograph_nlp.cli.evaluate_print import print_result
    from monograph_nlp.evaluate.html import result_html
    from monograph_nlp.evaluate.markdown import result_markdown

    print_result(result)
    write_text(job.markdown, result_markdown, result)
    write_text(job.html, result_html, result)
    write_json(job.json, result)
