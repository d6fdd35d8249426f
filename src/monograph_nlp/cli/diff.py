"""``monograph-nlp diff``: what two versions or sources of a monograph state, fact by fact."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monograph_nlp.cli import options
from monograph_nlp.cli.complain import complaining
from monograph_nlp.cli.files import write_json, write_text

if TYPE_CHECKING:
    from spacy.language import Language

    from monograph_nlp.types import Record

Old = Annotated[
    Path,
    typer.Argument(help="Records (JSONL, .gz, a folder with records.jsonl), or documents to read."),
]
New = Annotated[Path, typer.Argument(help="The same of the newer version, or of another source.")]
Html = Annotated[Path | None, typer.Option(dir_okay=False, help="Write a page that stands alone.")]
Json = Annotated[
    Path | None, typer.Option("--json", dir_okay=False, help="Write the differences as JSON.")
]
Brief = Annotated[bool, typer.Option("--brief", help="Leave out the words of the documents.")]

_SAME, _DIFFERENT, _TROUBLE = 0, 1, 2


def diff(
    old: Old,
    new: New,
    brief: Brief = False,
    html: Html = None,
    json: Json = None,
    config: options.Config = None,
    profile: options.Profile = None,
    text_column: options.TextColumn = "text",
    id_column: options.IdColumn = "id",
) -> None:
    """Show which facts are new, gone or changed, with the words of both sides.

    The exit code is that of diff: 0 where nothing differs, 1 where something does, 2 in case of trouble.
    """
    from monograph_nlp.diff.html import difference_html

    try:
        with complaining():
            from monograph_nlp.cli.diff_print import print_difference
            from monograph_nlp.diff.differing import difference

            reader = _Reader(config, profile, text_column, id_column)
            sides = [list(reader.records(path)) for path in (old, new)]
            found = difference(*sides, old_name=str(old), new_name=str(new))
            print_difference(found, brief=brief)
            write_text(html, difference_html, found)
            write_json(json, found)
    except typer.Exit as trouble:
        raise typer.Exit(_TROUBLE) from trouble
    raise typer.Exit(_SAME if found.is_none else _DIFFERENT)


class _Reader:
    """Reads records, or documents with one pipeline that is loaded when the first needs it."""

    def __init__(
        self, config: Path | None, profile: str | None, text_column: str, id_column: str
    ) -> None:
        self._config = config
        self._profile = profile
        self._text_column = text_column
        self._id_column = id_column

    @cached_property
    def _nlp(self) -> Language:
        from monograph_nlp.pipeline import load

        return load(self._config, profile=self._profile)

    def records(self, path: Path) -> Iterator[Record]:
        """Yield the records of a side; raises ``ReadError`` where it has none."""
        from monograph_nlp.write.stored import holds_records, read_records

        if holds_records(path):
            yield from read_records([path])
        else:
            yield from self._extracted(path)

    def _extracted(self, path: Path) -> Iterator[Record]:
        from monograph_nlp.pipeline import run
        from monograph_nlp.read import SUFFIXES, read
        from monograph_nlp.read.inputs import expand

        files, errors = expand([path], SUFFIXES, None)
        for error in errors:
            raise error
        for file in files:
            documents = read(file, text_column=self._text_column, id_column=self._id_column)
            yield from run(self._nlp, documents)
