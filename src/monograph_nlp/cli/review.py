"""``monograph-nlp review``: records → one page to read, judge and correct them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monograph_nlp.cli import options
from monograph_nlp.cli.complain import complaining
from monograph_nlp.cli.tally import Tally, count
from monograph_nlp.read.inputs import is_output

if TYPE_CHECKING:
    from monograph_nlp.types import Record

Output = Annotated[
    Path,
    typer.Option("-o", "--output", metavar="OUT", dir_okay=False, help="Page to write."),
]
TextDir = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        file_okay=False,
        help="Folder with the text of each document as the reader saw it, in UTF-8, named after "
        "the document's id and .txt; for records that were extracted without --with-text.",
    ),
]
Corrections = Annotated[
    list[Path] | None,
    typer.Option(
        exists=True, dir_okay=False, help="Saved file of decisions to go on from; may come again."
    ),
]
Title = Annotated[str, typer.Option(help="Title of the page.")]


def review(
    files: options.Records,
    output: Output = Path("review.html"),
    text_dir: TextDir = None,
    corrections: Corrections = None,
    title: Title = "Review of drug monographs",
    quiet: options.Quiet = False,
) -> None:
    """Write one page to read records in, and to accept, reject, correct and add to what they say.

    The page needs no network and sends nothing. A record that is not valid is left out, and the exit code is 1.
    """
    from monograph_nlp.review.reading import read_records

    _check_output(output, [*files, *(corrections or ())])
    tally, textless = Tally(), Tally()
    records = _counted(read_records(files, text_dir, tally.fail), tally, textless)
    with complaining():
        _write(records, output, title, corrections or [])
    if not quiet:
        _tell(tally, textless, output)
    raise typer.Exit(1 if tally.failures else 0)


def _check_output(output: Path, inputs: list[Path]) -> None:
    if any(is_output(path, output) for path in inputs):
        message = f"{output} is also an input; name another"
        raise typer.BadParameter(message, param_hint="--output")


def _write(records: Iterable[Record], output: Path, title: str, corrections: list[Path]) -> None:
    from monograph_nlp.review import write_page
    from monograph_nlp.review.saved import saved
    from monograph_nlp.write.replace import replacing

    earlier = [decision for path in corrections for decision in saved(path)]
    with (
        replacing(output) as part,
        part.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        write_page(records, stream, title=title, corrections=earlier)


def _counted(records: Iterable[Record], tally: Tally, textless: Tally) -> Iterator[Record]:
    for record in records:
        tally.add(record)
        if record.text is None:
            textless.add(record)
        yield record


def _tell(tally: Tally, textless: Tally, output: Path) -> None:
    typer.echo(f"{count(tally.documents, 'document')}, {count(tally.facts, 'fact')} → {output}")
    if textless.documents:
        typer.echo(
            f"{count(textless.documents, 'document')} came without text and show their evidence alone: "
            "extract with --with-text, or name the folder of the texts with --text-dir.",
            err=True,
        )
