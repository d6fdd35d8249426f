"""What rows of relations.jsonl take for objects in whole sentences, beside the one example that each row has.

The marks are those of ``rulebook.trying``.
"""

from __future__ import annotations

import pytest

from monograph_nlp.rulebook.trying import objects_of, stated
from monograph_nlp.text.relation_rules import read_rules

_RULES = {rule.id: rule for rule in read_rules()}
_SECTIONS = (
    "INDICATIONS",
    "PREGNANCY_LACTATION",
    "ADVERSE_REACTIONS",
)  # where a row may be used in several
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
    ("population-guidance", "<o>Pregnancy</o> and <x>breast-feeding</x> You should not use {it} if you are pregnant."),
    ("population-guidance", "Pregnancy, <x>breast-feeding</x> and <x>fertility</x> The use of {it} during <o>pregnancy</o> is not recommended."),
    ("population-guidance", "<o>Pregnancy</o> and <o>breast-feeding</o> {It} is not recommended."),
    ("population-guidance", "<x>Children and adolescents</x> In <o>children under 4 years</o> {it} is not recommended."),
    ("population-guidance", "<o>Children and adolescents</o> {It} is not recommended."),
    ("population-guidance", "If you may become <x>pregnant</x> you must use contraception."),
    ("population-guidance", "In those at risk for <x>liver disease</x> {it} should be stopped."),
    ("population-guidance-not", "Do not <o>breast-feed</o> an <x>infant</x>."),
    ("population-guidance", "Because of the risk of bleeding in <o>elderly patients</o> a lower dose is recommended."),
    ("population-guidance", "If you are <o>breast-feeding</o> while your <x>infant</x> is treated, you should not drink coffee."),
    ("monitor-before", "In patients with diabetes mellitus <o>blood glucose</o> should be monitored."),
    ("monitor-before", "Patients with raised <x>liver enzymes</x> should be monitored."),
    ("contraindication-section", "• if you are <o>pregnant</o>, as {it} causes <x>birth defects</x>."),
    ("contraindication-section", "• <o>diabetes</o> that is not controlled, with, for example, <x>nausea</x>"),
    ("contraindication-section", "• if you are getting a <x>yellow fever</x> vaccination"),
    ("contraindication-section", "• if you or the <x>child</x> is allergic to {it}"),
    ("contraindication-section", "• if the patient is a <o>child</o> under 3 years"),
    ("contraindicated-medicine", "• if you take <o>tinmycin</o> (an <x>antibiotic</x>)"),
    ("contraindicated-medicine", "• in <x>insulin</x> infusion pumps"),
    ("contraindication-section", "• medicines to relieve <x>pain</x>"),
    ("interaction-section", "<o>Tinmycin</o> - an <x>antibiotic</x>"),
    ("contraindicated-medicine", "• the <DRUG_CLASS>antibiotic</> <o>tinmycin</o>"),
    ("contraindication-section", "• <o>liver disease</o> which could possibly cause <x>death</x>"),
    ("contraindication-section", "• if you are a <o>woman</o> who could be <o>pregnant</o>"),
    ("contraindication-section", "• <o>hypotension</o> (below 90 mmHg in <x>children</x>)"),
    ("indicated-for", "It is used to treat <o>gout</o>, leading to <x>pain</x> in the joints."),
    ("indicated-for", "It is used to treat <o>macroglobulinaemia</o> (also a lymphoma), a <x>cancer</x> affecting a type of blood cells called B cells."),
    ("prevention-of", "{It} is used to prevent <o>gout</o> after removal of the <x>tumour</x> by surgery."),
    ("interaction-section", "medicine to prevent vomiting with <x>chemotherapy</x> - <o>aprepitant</o>"),
    ("interaction-section", "<o>brivudine</o> (an <x>anti-viral medicine</x> for the treatment of shingles or chickenpox)"),
    ("dose-section", "Take <x>150 mg</x>, <x>300 mg</x> and <x>500 mg</x> tablets once daily."),
    ("event-sentence", "<o>Guillain-Barre syndrome</o>, an <x>autoimmune disease</x> caused by your body."),
    ("mechanism-effect", "Too little dopamine (a substance that <x>relaxes the muscles</x>) is made."),
    ("dose-recommended", "The recommended dose is <o>220 mg</o> (taken as <x>2 capsules</x> of <x>110 mg</x>)."),
    ("dose-recommended", "The recommended dose is <o>1 tablet</o> of <o>20 mg</o>."),
    ("dose-section", "<o>Two tablets</o> of <x>20 mg</x> once daily."),
    ("dose-section", "If you are taking {Examplinib} <x>50 mg</x> or <x>75 mg</x> tablets, take no more than <o>10 tablets</o> per day."),
    ("event-caused", "{Examplinib} may cause <o>clots</o>, including <x>fatal</x> outcomes."),
    ("event-item", "• <o>Pneumonia</o> in <x>COPD</x> patients, <o>rash</o>"),
    ("event-item", "• eating more than needed to satisfy your <x>hunger</x>"),
    ("event-sentence", "3 Defined as a <x>fall in haemoglobin</x> of 3 g/dL."),
    ("event-sentence", "Reactions which have not been reported for it include <x>rash</x>."),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "marked"), _SENTENCES)
def test_a_row_finds_these_objects_and_no_others(rule: str, marked: str) -> None:
    row = _RULES[rule]
    named = row.sections or {""}
    section = next((name for name in _SECTIONS if name in named), min(named))
    found = stated(marked, (row,), min(row.labels), section)
    assert [r.unit.text[r.mention.start : r.mention.end] for r in found] == objects_of(marked)
