"""``monograph-nlp lexicon``: build the names, look them up, check them, add some of your own."""

from __future__ import annotations

import typer

from monograph_nlp.cli.lexicon_add import add, remove
from monograph_nlp.cli.lexicon_build import build
from monograph_nlp.cli.lexicon_check import check
from monograph_nlp.cli.lexicon_info import info
from monograph_nlp.cli.lexicon_search import search

lexicon = typer.Typer(no_args_is_help=True)
lexicon.command(epilog="Example: monograph-nlp lexicon search Xarelto")(search)
lexicon.command(epilog="Example: monograph-nlp lexicon info")(info)
lexicon.command(epilog="Example: monograph-nlp lexicon add --kind tsv --name ours names.tsv")(add)
lexicon.command(epilog="Example: monograph-nlp lexicon remove ours")(remove)
lexicon.command(epilog="Example: monograph-nlp lexicon build --sources packages/")(build)
lexicon.command(epilog="Example: monograph-nlp lexicon check --sources packages/")(check)


@lexicon.callback()
def _lexicon() -> None:
    """Look up what names mean, add names of your own, and build or check the lexicon."""
