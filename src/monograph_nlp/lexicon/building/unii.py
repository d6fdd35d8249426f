"""FDA's UNII names: substances, brands, codes, salts, and the targets that antibody names state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from monograph_nlp.lexicon.building.antigens import ANTI, antigens
from monograph_nlp.lexicon.building.choices import drop_reason, gives, values
from monograph_nlp.lexicon.building.entries import Entry, Tally
from monograph_nlp.lexicon.building.materials import Shelf
from monograph_nlp.lexicon.building.names import LONGEST, capitalized, kind_of, lower_case
from monograph_nlp.lexicon.building.salts import base_names
from monograph_nlp.lexicon.building.tabular import tsv_rows

SOURCE = "unii"
_TAG = re.compile(r" \[([^\[\]]+)\]$")
_COMPONENT = re.compile(r"(.+) COMPONENT (?:OF )?.")  # "DUOPLAVIN COMPONENT ASPIRIN"
_SHORT = 4  # letters; a common name so short ("ASA") is an abbreviation and stays as it is written


@dataclass(slots=True)
class _Substance:
    display: str
    names: dict[tuple[str, str], None] = field(default_factory=dict)  # (name, UNII's type)
    tags: dict[str, None] = field(default_factory=dict)
    targets: dict[str, None] = field(default_factory=dict)
    products: dict[str, None] = field(default_factory=dict)  # brands that hold it among others


def read(shelf: Shelf, tally: Tally) -> Iterator[Entry]:
    """Yield the substances that a pharmacopoeia, a register or a naming council lists."""
    data, where = shelf.open("UNII_Names.txt")
    substances = _group(tsv_rows(data, where, 4))
    wanted = values(SOURCE, "tag")
    kept = {}
    for unii, substance in substances.items():
        reason = "" if wanted & substance.tags.keys() else "no list of medicines names it"
        reason = reason or drop_reason(SOURCE, substance.display)
        if reason:
            tally.drop(reason)
        else:
            kept[unii] = substance
    bases = {substance.display: unii for unii, substance in kept.items()}
    for unii, substance in kept.items():
        tally.keep()
        yield _entry(unii, substance, bases)


def _group(rows: Iterator[tuple[int, list[str]]]) -> dict[str, _Substance]:
    substances: dict[str, _Substance] = {}
    next(rows, None)  # the header
    for _, (name, kind, unii, display, *_) in rows:
        substance = substances.get(unii) or substances.setdefault(unii, _Substance(display))
        if name.endswith("]") and (tag := _TAG.search(name)):
            substance.tags[tag[1]] = None
            name = name[: tag.start()]
        if ANTI in name:
            substance.targets.update(dict.fromkeys(antigens(name)))
        if " COMPONENT " in name and (product := _COMPONENT.match(name)):
            substance.products[capitalized(product[1])] = None
        elif kind != "sys":
            substance.names[name, kind] = None
    return substances


def _entry(unii: str, substance: _Substance, bases: Mapping[str, str]) -> Entry:
    moieties = [bases[base] for base in base_names(substance.display) if base in bases]
    name = lower_case(substance.display)
    names = [_named(text, kind) for text, kind in substance.names if text != substance.display]
    names = list({text.casefold(): (text, kind) for text, kind in reversed(names)}.values())[::-1]
    facts = [("target", target, "binder") for target in substance.targets]
    facts += [("brand", text, "") for text, kind in names if kind == "brand"]
    facts += [("brand", text, "component") for text in substance.products]
    return Entry(
        SOURCE,
        f"unii:{unii}",
        ("DRUG",),
        name,
        tuple((text, kind) for text, kind in names if text and text.casefold() != name.casefold()),
        broader=tuple(f"unii:{moiety}" for moiety in moieties[:1] if moiety != unii),
        facts=tuple(facts),
        tags=tuple(substance.tags),
    )


def _named(text: str, kind: str) -> tuple[str, str]:
    if len(text) > LONGEST or drop_reason(SOURCE, text) or drop_reason("unii names", text):
        return "", ""
    usual = gives(SOURCE, "name")[kind][0]
    if usual == "brand":
        return capitalized(text), usual
    if usual == "code":
        return text, usual
    if (shape := kind_of(text)) == "code":
        return text, shape
    if kind == "cn" and len(text) <= _SHORT and shape == "abbreviation":
        return text, shape
    return lower_case(text), usual
