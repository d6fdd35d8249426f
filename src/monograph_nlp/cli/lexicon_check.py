"""``monograph-nlp lexicon check``: names to look at by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from monograph_nlp.cli.complain import complaining
from monograph_nlp.cli.lexicon_files import LEXICON, data_folder

if TYPE_CHECKING:
    from monograph_nlp.cli.lexicon_checks import Collision, Ordinary
    from monograph_nlp.lexicon.layer import Layer
    from monograph_nlp.lexicon.terms import Term

_Found = TypeVar("_Found")


def check(
    limit: Annotated[int, typer.Option(min=0, help="Lines to show of each kind.")] = 20,
    sources: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of the packages, for the ordinary English words."),
    ] = None,
) -> None:
    """List names of several concepts, ordinary words among the names, and rows to complete.

    A list is no failure: some names do mean two things. The exit code is 0 where all was checked.
    """
    from monograph_nlp.lexicon.layer import Layer

    with complaining():
        layer = Layer.open(data_folder() / LEXICON)
        _print_collisions(layer, limit)
        _print_words(layer, sources, limit)
        _print_rows(layer, limit)


def _print_collisions(layer: Layer, limit: int) -> None:
    from monograph_nlp.cli.lexicon_checks import collisions

    found = collisions(layer)
    counts = Counter(label for each in found for label in each.labels)
    by_label = ", ".join(f"{label} {number:,}" for label, number in counts.most_common())
    _print("Names that find several concepts of one label", found, limit, _of_collision, by_label)


def _of_collision(found: Collision) -> str:
    pairs = zip(found.terms, found.sources, strict=True)
    bearers = "; ".join(f"{_concept(term)} {source}" for term, source in pairs)
    return f"{found.key} ({'|'.join(found.labels)}): {bearers}"


def _print_words(layer: Layer, sources: Path | None, limit: int) -> None:
    from monograph_nlp.cli.lexicon_checks import ordinary, words_in

    title = "English words that find mentions in small letters"
    if sources is None:
        typer.echo(f"{title}: not checked; name the folder of the packages with --sources\n")
        return
    found = ordinary(layer, words_in(sources))
    chosen = [word for word in found if word.source == "curated"]
    others = [word for word in found if word.source != "curated"]
    by_source = f"and {len(chosen):,} of curated rows, chosen by hand"
    _print(title, others, limit, _of_word, by_source)


def _of_word(found: Ordinary) -> str:
    labels = "|".join(found.term.labels)
    return f"{found.word} (rank {found.rank:,}): {_concept(found.term)} {labels} {found.source}"


def _print_rows(layer: Layer, limit: int) -> None:
    from monograph_nlp.cli.lexicon_checks import shared_rows, unidentified_rows

    _print(
        "Names that several curated rows bear",
        shared_rows(),
        limit,
        lambda found: f"{found.key}: {', '.join(found.rows)}",
    )
    _print(
        "Curated rows without an id, where a source has their name with one",
        unidentified_rows(layer),
        limit,
        lambda found: (
            f"{found.row}: {found.name} {'|'.join(found.labels)}: {_concept(found.known)}"
        ),
    )


def _concept(term: Term) -> str:
    return f"{term.name} [{term.id or 'no id'}]"


def _print(
    title: str, found: Sequence[_Found], limit: int, line: Callable[[_Found], str], more: str = ""
) -> None:
    """Print a heading with the count, the first lines, how many are left, and an empty line."""
    typer.echo(f"{title}: {len(found):,}" + (f" ({more})" if more else ""))
    for each in found[:limit]:
        typer.echo(f"  {line(each)}")
    if len(found) > limit:
        typer.echo(f"  … {len(found) - limit:,} more; --limit shows them")
    typer.echo()
