"""What rows of relations.jsonl take for objects in whole sentences, beside the one example that each row has.

``{Examplinib}`` marks the subject; ``<o>…</o>`` a name that a row finds, ``<x>…</x>`` one that it must leave.
"""

from __future__ import annotations

import re

import pytest

from monograph_nlp.text.blocks import split_blocks
from monograph_nlp.text.relating import relate
from monograph_nlp.text.relation_rules import read_rules
from monograph_nlp.text.sentences import split_units
from monograph_nlp.text.units import UnitMention, build_units

_RULES = {rule.id: rule for rule in read_rules()}
_MARK = re.compile(
    r"\{(?P<subject>[^}]+)\}|<(?P<kind>[ox])>(?P<name>.+?)</[ox]>|<(?P<label>[A-Z_]+)>(.+?)</>"
)

_SENTENCES = (
    ("indicated-for", "It is used to treat <o>asthma</o>, a serious <x>disease of the lungs</x>."),
    ("indicated-for", "It is used to treat <o>gout</o> (a form of <x>arthritis</x>)."),
    ("indicated-for", "It is used to treat <o>gout</o>, a type of arthritis, and <o>asthma</o>."),
    ("indicated-for", "It is used to treat a form of skin cancer called <o>melanoma</o>."),
    ("indicated-for", "It is used to treat <o>anaemia</o> in adults who have <x>cancer</x>."),
    ("indicated-for", "It is indicated as an adjunct in adults with <o>asthma</o>."),
    ("indicated-for", "It is used to treat <o>asthma</o> by killing <x>cancer</x> cells."),
    ("indicated-for", "It is used in women who have an increased risk of <x>fracture</x>."),
    ("indicated-for", "It is a vaccine used to protect against <x>measles</x>."),
    ("prevention-of", "{It} is a vaccine used to protect against <o>measles</o>."),
    ("treatment-of", "{It} is for the treatment of <o>pain</o> in people who have <x>cancer</x>."),
    ("treatment-of", "{It} is for the treatment of <o>cough</o>, and in those who have <o>asthma</o>."),
    ("indications-item", "• <o>Gout</o> is a painful disease of the <x>joints</x>."),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "marked"), _SENTENCES)
def test_a_row_finds_these_objects_and_no_others(rule: str, marked: str) -> None:
    text, mentions, wanted, done = "", [], [], 0
    row = _RULES[rule]
    for index, mark in enumerate(_MARK.finditer(marked)):
        text += marked[done : mark.start()]
        words = mark["subject"] or mark["name"] or mark[5]
        label = mark["label"] or ("DRUG" if mark["subject"] else min(row.labels))
        place = (len(text), len(text) + len(words))
        own = bool(mark["subject"])
        mentions.append(UnitMention(index, label, *place, "present", own, *sorted(row.ids)[:1]))
        wanted += [words] if mark["kind"] == "o" else []
        text += words
        done = mark.end()
    text += marked[done:]
    named = row.sections or {""}
    section = "INDICATIONS" if "INDICATIONS" in named else min(named)
    blocks = split_blocks(text)
    units = list(split_units(text, blocks))
    units = build_units(text, blocks, units, [(0, len(text), section)], mentions)
    found = [r for unit in units for r in relate(unit, (row,))]
    assert [r.unit.text[r.mention.start : r.mention.end] for r in found] == wanted
