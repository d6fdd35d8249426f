"""``monograph-nlp rules``: which row said it, whether the rows are sound, and a row of one's own."""

from __future__ import annotations

import typer

from monograph_nlp.cli.rules_add import add
from monograph_nlp.cli.rules_check import check
from monograph_nlp.cli.rules_explain import explain
from monograph_nlp.cli.rules_list import list_rules

rules = typer.Typer(no_args_is_help=True)
rules.command("list", epilog="Example: monograph-nlp rules list relations.jsonl")(list_rules)
rules.command(epilog="Example: monograph-nlp rules explain records.jsonl f12")(explain)
rules.command(epilog="Example: monograph-nlp rules check my_rules.jsonl")(check)
rules.command(epilog="Example: monograph-nlp rules add --to my_rules.jsonl --from rows.csv")(add)


@rules.callback()
def _rules() -> None:
    """See the rules, ask which one stated a fact, check them, and add your own."""
