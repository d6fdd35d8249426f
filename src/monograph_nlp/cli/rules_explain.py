"""``monograph-nlp rules explain``: which row stated a fact, where, and why it is stated so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from monograph_nlp.cli.complain import complain, complaining

if TYPE_CHECKING:
    from monograph_nlp.rules import Row
    from monograph_nlp.types import Fact, Mention, Record

_Line: TypeAlias = tuple[str, str]  # what it is about, in columns of ours; and what is told
_KEYS = ("trigger", "direction", "sections", "example", "counterexample")


def explain(
    records: Annotated[
        Path, typer.Argument(metavar="RECORDS.jsonl", exists=True, dir_okay=False, help="Records.")
    ],
    fact: Annotated[str, typer.Argument(metavar="FACT", help="Id of the fact, such as f12.")],
    document: Annotated[
        str | None,
        typer.Option(help="Id of the document (otherwise the first that has such a fact)."),
    ] = None,
    more: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Rows of your own that were used."),
    ] = None,
) -> None:
    """Tell which row of the rules stated a fact, by which words, and which cue set its assertion."""
    from monograph_nlp.write.summary import printable

    with complaining():
        found = _find(records, fact, document)
        if found is None:
            complain(
                f"{records}: no fact {fact!r}{f' in document {document!r}' if document else ''}; "
                "expected an id of a fact such as f1. See `monograph-nlp extract --summary`."
            )
            raise typer.Exit(1)
        for name, told in _lines(*found, str(more.resolve()) if more else ""):
            typer.echo(name + printable(told))


def _find(records: Path, id: str, document: str | None) -> tuple[Record, Fact] | None:
    from monograph_nlp.write.stored import read_records

    for record in read_records([records]):
        if document in (None, record.document.id):
            for fact in record.facts:
                if fact.id == id:
                    return record, fact
    return None


def _lines(record: Record, fact: Fact, more: str) -> Iterator[_Line]:
    yield "", f"{fact.id} of {record.document.id}: {fact.predicate} → {fact.object.text}"
    yield "  stated as        ", f"{fact.assertion}, score {fact.score}"
    if fact.qualifiers:
        told = ", ".join(f"{key} {value}" for key, value in fact.qualifiers.items())
        yield "  qualifiers       ", told
    for evidence in fact.evidence:
        yield "  evidence         ", f"{evidence.text} ({evidence.start}–{evidence.end})"
    yield from _of_rule(fact, more)
    mention = next((one for one in record.mentions if one.id == fact.object.mention), None)
    if mention is not None:
        yield from _of_mention(mention)


def _of_rule(fact: Fact, more: str) -> Iterator[_Line]:
    from monograph_nlp.rulebook.explaining import row_of

    row = row_of(fact.rule, more)
    if row is None:
        yield "  rule             ", f"{fact.rule}, which no table holds any more"
        return
    yield "  rule             ", f"{fact.rule} ({row.where})"
    for key in _KEYS:
        value = row.values.get(key)
        if told := ", ".join(map(str, filter(None, value))) if isinstance(value, list) else value:
            yield f"    {key:15}", str(told)


def _of_mention(mention: Mention) -> Iterator[_Line]:
    from monograph_nlp.rulebook.explaining import cues_of

    yield "  object           ", f"{mention.label} {mention.text!r}, found by {mention.source}"
    if mention.concept is not None:
        yield "    concept        ", f"{mention.concept.id} {mention.concept.name}"
    if not mention.cues:
        yield "    assertion      ", f"{mention.assertion}: no cue reaches it"
    for cue in mention.cues:
        yield "    assertion      ", f"{mention.assertion}, set by the cue {cue!r}"
        yield from (("      ", _cue(row)) for row in cues_of(cue))


def _cue(row: Row) -> str:
    return f"{row.text('category')} {row.text('direction')} ({row.where}): {row.text('example')}"
