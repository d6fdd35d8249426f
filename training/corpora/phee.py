"""PHEE: one sentence a line as JSON, with events whose arguments nest.

An argument holds parallel lists ``text`` and ``start``: one entry for each place, and in it one
for each fragment. A drug stands inside its treatment and an age inside its subject; each is a
span of its own. A list of combinations repeats drugs of the treatment, and is passed over.
Layout: Sun et al. 2022, "PHEE: A Dataset for Pharmacovigilance Event Extraction".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from training.corpora.document import CorpusError, Document, Place, Span, check

Json: TypeAlias = str | int | bool | list["Json"] | dict[str, "Json"] | None


def read(path: Path) -> Iterator[Document]:
    """Yield the sentences of a file; a label is the path of roles, with the event's type first.

    ``Adverse_event.Treatment.Drug`` is the drug in the treatment of an adverse event. A span that
    two events share is given once. The group is the PMID.

    Raises:
        CorpusError: a line is not of this layout, or an argument does not quote the sentence.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                sentence = json.loads(line)
                identifier, text = sentence["id"], sentence["context"]
                events = [event for part in sentence["annotations"] for event in part["events"]]
            except (json.JSONDecodeError, KeyError, TypeError) as cause:
                raise CorpusError(f"{path.name}:{number}: not a sentence of PHEE") from cause
            place = Place(path.name, identifier)
            spans = dict.fromkeys(span for event in events for span in _event(event, text, place))
            yield Document(identifier, identifier.split("_")[0], text, tuple(spans))


def _event(event: Mapping[str, Json], text: str, place: Place) -> Iterator[Span]:
    for role, argument in event.items():
        if isinstance(argument, dict):
            yield from _argument(f"{event['event_type']}.{role}", argument, text, place)


def _argument(label: str, argument: Mapping[str, Json], text: str, place: Place) -> Iterator[Span]:
    for quotes, starts in zip(_lists(argument["text"]), _lists(argument["start"]), strict=True):
        pairs = list(zip(map(str, quotes), map(int, map(str, starts)), strict=True))
        fragments = tuple((start, start + len(quoted)) for quoted, start in pairs)
        check(place, text, fragments, " ".join(quoted for quoted, _ in pairs))
        yield Span("+".join(f"{start}:{end}" for start, end in fragments), label, fragments)
    for role, inner in argument.items():
        if isinstance(inner, dict):
            yield from _argument(f"{label}.{role}", inner, text, place)


def _lists(value: Json) -> list[list[Json]]:
    return [item for item in value if isinstance(item, list)] if isinstance(value, list) else []
