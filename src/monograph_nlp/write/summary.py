"""A record as a page of plain text that a pharmacist can read in a minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from textwrap import shorten, wrap

from monograph_nlp.record.vocabulary import properties
from monograph_nlp.types import Fact, Record, Subject

# Heading, predicate, and the qualifiers to show, in the order of a monograph.
_BLOCKS = (
    ("Targets", "has_target", ("action",)),
    ("Mechanisms", "has_mechanism_of_action", ()),
    ("Indications", "has_indication", ("use", "population", "line", "combination")),
    ("Combinations", "combined_with", ("indication",)),
    (
        "Adverse events",
        "has_adverse_event",
        ("frequency", "rate", "comparator_rate", "grade", "serious", "regimen", "management"),
    ),
    ("Contraindications", "has_contraindication", ("condition",)),
    ("Interactions", "interacts_with", ("effect", "action")),
    ("Dosage", "has_dosage", ("schedule", "route", "population", "indication", "condition")),
    ("Monitoring", "requires_monitoring", ("schedule",)),
    ("Populations", "has_population_guidance", ("guidance",)),
    ("Outcomes", "has_outcome", ("direction", "value", "indication", "regimen")),
)
_QUOTE = 90  # characters of evidence


def summary(record: Record, *, width: int = 100, most: int = 12) -> str:
    """Return what the record says, as lines of plain text.

    Facts that say the same thing are shown once, with the words of the first. Control characters
    of the document are left out, so the page is safe to print on a terminal.

    Args:
        record: the record.
        width: columns of a line.
        most: facts to show under each heading; the rest is counted.
    """
    lines = [*head(record)]
    for heading, predicate, qualifiers in _BLOCKS:
        facts = _distinct(record, predicate)
        lines += _block(heading, [_line(fact, qualifiers, record) for fact in facts], most)
    issues = [f"{issue.severity}: {issue.code}: {issue.message}" for issue in record.issues]
    lines += _block("Issues", issues, most)
    return "\n".join(part for line in lines for part in _wrapped(line, width))


def printable(text: str) -> str:
    """Return the text on one line, without control and formatting characters."""
    spaced = " ".join(text.split())
    return "".join(character for character in spaced if character.isprintable())


def head(record: Record) -> Iterator[str]:
    """Yield two lines: the document, and the drug that it is about."""
    document = record.document
    yield f"{document.id} ({document.title or 'no title'}; {document.characters:,} characters)"
    yield f"  Drug: {_subject(record.subject)}"


def _subject(subject: Subject | None) -> str:
    if subject is None:
        return "cannot be told"
    parts = [subject.name + (f" [{subject.concept.id}]" if subject.concept else "")]
    if subject.brand_names:
        parts.append(f"brands {', '.join(subject.brand_names)}")
    if subject.drug_classes:
        parts.append(f"classes {', '.join(subject.drug_classes)}")
    return "; ".join(parts)


def _about(fact: Fact, record: Record) -> str:
    """Name the subject of a fact; empty where it is the drug of the document."""
    drug = record.subject.name if record.subject else ""
    return fact.subject.name if fact.subject and fact.subject.name != drug else ""


def _distinct(record: Record, predicate: str) -> list[Fact]:
    """One fact for each thing that is said; what is so comes before what is not."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in record.facts:
        if fact.predicate != predicate:
            continue
        said = tuple(sorted(fact.qualifiers.items()))
        key = (_about(fact, record), fact.object.name.lower(), fact.assertion, said)
        kept.setdefault(key, fact)
    return sorted(kept.values(), key=_rank)


def _rank(fact: Fact) -> tuple[bool, int, float]:
    frequency, rate = fact.qualifiers.get("frequency"), fact.qualifiers.get("rate")
    band = _bands().get(frequency, len(_bands()))
    return (fact.assertion != "present", band, -rate if isinstance(rate, int | float) else 0.0)


@cache
def _bands() -> dict[object, int]:
    """Frequency band → its place, as the schema orders them: the commonest first."""
    return {band: place for place, band in enumerate(properties("qualifiers")["frequency"]["enum"])}


def _line(fact: Fact, qualifiers: Iterable[str], record: Record) -> str:
    about = f"{subject}: " if (subject := _about(fact, record)) else ""
    name = fact.object.name + (f" [{fact.object.concept.id}]" if fact.object.concept else "")
    denied = "" if fact.assertion == "present" else f"({fact.assertion}) "
    given = [text for key in qualifiers if (text := _qualifier(key, fact))]
    said = f": {', '.join(given)}" if given else ""
    return f"{denied}{about}{name}{said} “{_quote(fact)}”"


def _qualifier(key: str, fact: Fact) -> str:
    value = fact.qualifiers.get(key)
    if value is None or value is False:
        return ""
    if key == "rate":
        return f"{value:g}%"
    if key == "comparator_rate":
        return f"comparator {value:g}%"
    if key == "grade":
        return f"grade {value}"
    return key if value is True else str(value)


def _quote(fact: Fact) -> str:
    """The words of the evidence around the object, or its first words."""
    words, name = printable(fact.evidence[0].text), printable(fact.object.text)
    start = max(0, words.find(name) + len(name) // 2 - _QUOTE // 2)
    if start:
        words = "… " + words[start:].partition(" ")[2]
    return shorten(words, _QUOTE, placeholder=" …")


def _block(heading: str, lines: list[str], most: int) -> Iterator[str]:
    if lines:
        yield f"  {heading} ({len(lines)})"
        yield from (f"    {line}" for line in islice(lines, most))
    if len(lines) > most:
        yield f"    … and {len(lines) - most} more"


def _wrapped(line: str, width: int) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip(" ")))
    words = printable(line)
    return wrap(words, width, initial_indent=indent, subsequent_indent=indent + "  ") or [""]
