"""What the reader of a record should know: each check yields issues, none corrects anything."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc

from monograph_nlp.record.brand_check import unknown_brands
from monograph_nlp.record.fact_checks import (
    Disagreement,
    contraindicated_and_dosed,
    impossible_rates,
    suspect_doses,
    treated_and_caused,
    unknown_targets,
)
from monograph_nlp.record.frequency_bands import bands
from monograph_nlp.record.stem_check import source_conflicts
from monograph_nlp.rules import read_table
from monograph_nlp.types import Evidence, Fact, Issue, Monograph, Section, Severity, Subject


def audit(
    doc: Doc,
    monograph: Monograph,
    subject: Subject | None,
    sections: Sequence[Section],
    styles: Sequence[str],
    facts: Sequence[Fact],
) -> Iterator[Issue]:
    """Yield the issues of a document, numbered in order.

    Args:
        doc: the processed document.
        monograph: the document as its reader saw it.
        subject: the drug that it is about.
        sections: its sections.
        styles: for each section, whose words its heading uses.
        facts: what it states.
    """
    found = [
        *_damage(monograph),
        *_uncertain_subject(doc, subject),
        *_unknown_brands(doc, monograph, subject, sections),
        *_source_conflicts(doc, monograph, subject, sections),
        *_rate_conflicts(facts),
        *_disagreements(subject, facts),
        *_empty(sections),
        *_absent(sections, styles),
        *_two_long_forms(doc),
    ]
    for number, (code, severity, message, *evidence) in enumerate(found, 1):
        yield Issue(f"i{number}", code, severity, message, tuple(evidence))


def _damage(monograph: Monograph) -> Iterator[tuple[str, Severity, str]]:
    for note in monograph.damage:
        yield "input_damaged", "warning", note


def _uncertain_subject(doc: Doc, subject: Subject | None) -> Iterator[tuple[str, Severity, str]]:
    if subject is None:
        yield (
            "subject_uncertain",
            "error",
            "No sentence, title or metadata says which drug this is about.",
        )
    elif doc._.subject["how"] == "brand":
        yield (
            "subject_uncertain",
            "warning",
            f"Only the product name {subject.brand_names[0]!r} is stated, no active substance.",
        )
    elif doc._.subject["score"] < 0.6:
        yield "subject_uncertain", "warning", f"That the subject is {subject.name!r} is inferred."


def _unknown_brands(
    doc: Doc, monograph: Monograph, subject: Subject | None, sections: Sequence[Section]
) -> Iterator[tuple[str, Severity, str, *tuple[Evidence, ...]]]:
    """Name the brands that the document gives its subject and the lexicon does not."""
    if subject is None or not doc._.subject["parts"]:
        return
    for brand in unknown_brands(subject, doc._.subject["parts"]):
        if brand.known_of:
            others = " or ".join(repr(name) for name in brand.known_of)
            message = f"{brand.name!r} is known as {others}; the text gives it to {subject.name!r}."
        else:
            message = f"{brand.name!r} is not known as a brand name of {subject.name!r}."
        severity: Severity = "warning" if brand.known_of else "info"
        quoted = _quoted(brand.name, monograph.text, sections)
        yield "brand_not_known_for_subject", severity, message, *quoted


def _source_conflicts(
    doc: Doc, monograph: Monograph, subject: Subject | None, sections: Sequence[Section]
) -> Iterator[tuple[str, Severity, str, *tuple[Evidence, ...]]]:
    """Name what the text says of an antibody's source where its name says another."""
    for part in doc._.subject["parts"] if subject else ():
        names = (*subject.brand_names, *subject.synonyms) if subject else ()
        for found in source_conflicts(monograph.text, part, names):
            message = (
                f"The text calls {part!r} {found.said}; the stem of the name says {found.named}."
            )
            place = _evidence(monograph.text, found.start, found.end, sections)
            yield "class_conflicts_with_name_stem", "warning", message, place


def _rate_conflicts(
    facts: Sequence[Fact],
) -> Iterator[tuple[str, Severity, str, *tuple[Evidence, ...]]]:
    """Name adverse events whose rate lies outside the band of their frequency."""
    for fact in facts:
        frequency, rate = (fact.qualifiers.get(key) for key in ("frequency", "rate"))
        band = bands().get(frequency)
        if band and isinstance(rate, float) and not band.least <= rate < band.below:
            message = f"{fact.object.text!r} is called {frequency}, and its rate is {rate:g} %."
            yield "frequency_conflicts_with_rate", "warning", message, *fact.evidence[:1]


def _disagreements(
    subject: Subject | None, facts: Sequence[Fact]
) -> Iterator[tuple[str, Severity, str, *tuple[Evidence, ...]]]:
    """Name where facts disagree with each other, with arithmetic, or with what the lexicon knows."""
    checks: tuple[tuple[str, Severity, Iterator[Disagreement]], ...] = (
        ("target_not_known_for_subject", "info", unknown_targets(subject, facts)),
        ("indication_also_adverse_event", "info", treated_and_caused(facts)),
        ("contraindicated_yet_dosed", "warning", contraindicated_and_dosed(facts)),
        ("rate_out_of_range", "warning", impossible_rates(facts)),
        ("dose_unit_suspect", "warning", suspect_doses(facts)),
    )
    for code, severity, found in checks:
        for one in found:
            yield code, severity, one.message, *one.evidence


def _evidence(text: str, start: int, end: int, sections: Sequence[Section]) -> Evidence:
    around = (s for s in reversed(sections) if s.start <= start < s.end)
    section = next(around, None)
    return Evidence(start, end, text[start:end], section.id if section else None)


def _quoted(name: str, text: str, sections: Sequence[Section]) -> Iterator[Evidence]:
    """Yield the first place of a name in the text, if it stands there letter by letter."""
    match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    if match:
        yield _evidence(text, *match.span(), sections)


def _empty(sections: Sequence[Section]) -> Iterator[tuple[str, Severity, str]]:
    parents = {section.parent for section in sections}
    expected = {label for labels in _expected_sections().values() for label, _ in labels}
    for section, following in zip(sections, [*sections[1:], None], strict=False):
        goes_on = following is not None and following.label == section.label
        if section.state != "empty" or section.id in parents or goes_on:
            continue
        if section.label in expected:
            name = section.title or section.label
            yield "section_empty", "info", f"Section {name!r} has a heading and no text."


def _absent(
    sections: Sequence[Section], styles: Sequence[str]
) -> Iterator[tuple[str, Severity, str]]:
    """Name the sections that a document of its kind has, where it has at least half of them."""
    expected = _expected_sections()
    counted = Counter(
        "us" if style == "loinc" else style
        for section, style in zip(sections, styles, strict=True)
        if section.origin != "inferred"
    )
    style = max(expected, key=lambda name: counted[name])
    there = {section.label for section in sections}
    missing = [(label, example) for label, example in expected[style] if label not in there]
    if len(missing) * 2 > len(expected[style]) or not counted[style]:
        return
    for label, example in missing:
        message = f"There is no section {label} ({example!r} in a document of its kind)."
        yield "section_absent", "info", message


def _two_long_forms(doc: Doc) -> Iterator[tuple[str, Severity, str]]:
    forms: dict[str, dict[str, None]] = defaultdict(dict)
    for row in doc._.abbreviated:
        forms[row["short"]][row["long"].lower()] = None
    for short, longs in forms.items():
        if len(longs) > 1:
            both = " and ".join(repr(long) for long in longs)
            yield "abbreviation_conflict", "warning", f"{short!r} stands for {both}."


@cache
def _expected_sections() -> dict[str, tuple[tuple[str, str], ...]]:
    columns = ("style", "label", "example")
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in read_table("expected_sections.tsv", columns, required=columns):
        found[row.text("style")].append((row.text("label"), row.text("example")))
    return {style: tuple(labels) for style, labels in found.items()}
