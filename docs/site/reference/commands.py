"""A page for each command of the command line, from what its ``--help`` is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import typer
from linking import title

from monograph_nlp.cli import app
from reference.cells import code, plain, table

_PROGRAM = "monograph-nlp"
_FOLDER = "reference/commands"


def pages(written: Mapping[str, str]) -> dict[str, str]:
    """Return path → text: a page for each command, and one that lists them.

    Args:
        written: file name → text of the pages that may show commands at work.
    """
    group: Any = typer.main.get_command(app)
    found = {
        f"{_FOLDER}/{name}.md": "\n".join(_page(command, name, written))
        for name, command in group.commands.items()
    }
    found[f"{_FOLDER}/index.md"] = "\n".join(_index(group))
    return found


def _index(group: Any) -> Iterator[str]:
    yield from ("# Commands", "", plain(group.help), "")
    rows = (
        (f"[`{name}`]({_place(name)})", plain(_first_sentence(command.help or "")))
        for name, command in _leaves(group.commands, "")
    )
    yield from table(("command", "what it does"), rows)
    yield from (
        "Exit codes: 0 all went well, 1 something failed (or, of `diff`, differs), 2 the command was not understood,",
        "130 it was interrupted. `--help` of each command prints what its page says.",
        "",
    )


def _place(name: str) -> str:
    top, _, rest = name.partition(" ")
    return f"{top}.md#{name.replace(' ', '-')}" if rest else f"{top}.md"


def _leaves(commands: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    for name, command in commands.items():
        inner = getattr(command, "commands", None)
        if inner:
            yield from _leaves(inner, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def _page(command: Any, name: str, written: Mapping[str, str]) -> Iterator[str]:
    yield from (f"# `{name}`", "")
    inner = getattr(command, "commands", None)
    if not inner:
        yield from _described(command, name, written)
        return
    yield from (plain(command.help or ""), "")
    for below, one in inner.items():
        full = f"{name} {below}"
        yield from (f"## `{full}` {{#{full.replace(' ', '-')}}}", "")
        yield from _described(one, full, written)


def _described(command: Any, name: str, written: Mapping[str, str]) -> Iterator[str]:
    context = command.make_context(f"{_PROGRAM} {name}", [], resilient_parsing=True)
    usage = re.sub(r"\{(.*?)\}", r"\1", command.get_usage(context).removeprefix("Usage: "))
    yield from ("```sh", " ".join(usage.split()), "```", "")
    for paragraph in re.split(r"\n\s*\n", command.help or ""):
        yield from (plain(paragraph), "")
    for kind, is_one in (("argument", True), ("option", False)):
        chosen = [one for one in command.params if (one.param_type_name == "argument") == is_one]
        if chosen:
            rows = [_row(one, context) for one in chosen]
            yield from _without_empty((kind, "default", "what it is"), rows)
    if command.epilog:
        yield from ("```sh", command.epilog.removeprefix("Example: "), "```", "")
    yield from _seen(name, written)


def _without_empty(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield a table without the columns that no row fills."""
    kept = [n for n, _ in enumerate(head) if any(row[n] for row in rows)]
    return table([head[n] for n in kept], ([row[n] for n in kept] for row in rows))


def _row(parameter: Any, context: Any) -> tuple[str, str, str]:
    """Return name, default and meaning, as ``--help`` prints them in one line."""
    names, said = parameter.get_help_record(context)
    said, _, notes = said.removesuffix("]").partition("  [")
    if parameter.param_type_name == "argument":
        names = names.partition(" <")[0]
    notes = notes.removeprefix("default: ")
    said += " May be given several times." * parameter.multiple
    return code(names), notes if notes in ("", "required") else code(notes), plain(said)


def _seen(name: str, written: Mapping[str, str]) -> Iterator[str]:
    """Yield a line that names the pages with an example of the command."""
    line = re.compile(rf"^{_PROGRAM} {name}\b", re.MULTILINE)
    found = [
        f"[{title(text)}](../../{path})" for path, text in written.items() if line.search(text)
    ]
    if found:
        yield from (f"At work: {'; '.join(found)}.", "")


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", " ".join(text.split()), maxsplit=1)[0]
