"""``monograph-nlp lexicon search``: what a name means, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from monograph_nlp.cli.complain import complaining
from monograph_nlp.cli.lexicon_files import lexicon_files

if TYPE_CHECKING:
    from monograph_nlp.cli.lexicon_found import Bearer, Found, Linked
    from monograph_nlp.lexicon.reference import Reference, TargetFact
    from monograph_nlp.lexicon.terms import Term

_MOST = 12  # names of a line; the rest is counted
_LETTERS = {"any": "any letters", "capital": "with a capital", "exact": "these very letters"}


def search(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as a text writes it.")],
    label: Annotated[
        str | None, typer.Option(metavar="LABEL", help="Of concepts with this label alone.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show every concept that a name may mean, best first, and what a mention of it links to.

    The exit code is 1 where the name resolves to nothing and links to nothing.
    """
    from monograph_nlp.cli.lexicon_found import find

    with complaining():
        found = find(name, label, lexicon_files())
        if json:
            _print_json(found)
        else:
            _print_lines(found)
    is_known = any(bearer.resolves for bearer in found.bearers)
    raise typer.Exit(0 if is_known or any(each.concepts for each in found.links) else 1)


def _print_json(found: Found) -> None:
    import msgspec

    typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())


def _print_lines(found: Found) -> None:
    from monograph_nlp.write.summary import printable

    for line in _lines(found):
        indent = len(line) - len(line.lstrip())
        typer.echo(" " * indent + printable(line))


def _lines(found: Found) -> Iterator[str]:
    resolved = [bearer for bearer in found.bearers if bearer.resolves]
    refused = [bearer for bearer in found.bearers if not bearer.resolves]
    yield f"{found.name}: {'' if resolved else 'no concept; '}looked up as {found.key!r}"
    for place, bearer in enumerate(resolved, 1):
        yield from _of_bearer(f"{place}. ", bearer)
    if refused:
        yield "Borne with other letters:"
        for bearer in refused:
            yield from _of_bearer("- ", bearer)
    if found.nearest:
        yield f"Nearest names: {', '.join(found.nearest)}"
    elif not found.bearers:
        yield "No name is near it."
    if found.links:
        yield "A mention of it links to:"
        yield from map(_of_link, found.links)


def _of_bearer(mark: str, bearer: Bearer) -> Iterator[str]:
    use = "finds and links" if bearer.finds else "only links"
    yield f"{mark}{_concept(bearer.term)} {'|'.join(bearer.term.labels)}"
    how = f"{bearer.how} {bearer.matched!r} ({bearer.source}), score {bearer.score:.2f}"
    yield f"   {how}; {use}, {_LETTERS[bearer.case]}"
    known = {
        "also": bearer.term.xrefs,
        "moiety": (bearer.term.moiety,) if bearer.term.moiety else (),
        **_reference(bearer.reference, bearer.term.brands),
    }
    yield from (f"   {key}: {_cut(values)}" for key, values in known.items() if values)


def _concept(term: Term) -> str:
    return f"{term.name} [{term.id or 'no id'}]"


def _reference(reference: Reference, brands: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {
        "targets": tuple(map(_target, reference.targets)),
        "classes": reference.classes,
        "brands": tuple({brand.lower(): brand for brand in (*reference.brands, *brands)}.values()),
    }


def _target(fact: TargetFact) -> str:
    told = ", ".join(part for part in (fact.action, fact.source) if part)
    return f"{fact.name} [{fact.id or 'no id'}] ({told})"


def _cut(values: tuple[str, ...]) -> str:
    more = f" and {len(values) - _MOST:,} more" if len(values) > _MOST else ""
    return ", ".join(values[:_MOST]) + more


def _of_link(linked: Linked) -> str:
    if not linked.concepts:
        return f"   {linked.label}: nothing; {linked.reason}"
    concepts = " + ".join(map(_concept, linked.concepts))
    return f"   {linked.label}: {concepts}, score {linked.score:.2f}; {linked.reason}"
