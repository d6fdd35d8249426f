from __future__ import annotations

from itertools import pairwise

import pytest


def hits(doc) -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span.id_) for span in doc.spans["lexical"]]


@pytest.mark.parametrize("name", ["ibuprofen", "Ibuprofen", "IBUPROFEN"])
def test_a_name_is_found_in_any_case(alone, name):
    assert hits(alone(f"They took {name} daily.", "lexical")) == [(name, "DRUG", "lexicon")]


def test_the_longest_name_wins(alone):
    found = hits(alone("It treats multiple myeloma.", "lexical"))
    assert [text for text, _, _ in found] == ["multiple myeloma"]


def test_a_word_with_an_inn_stem_is_a_drug_and_says_so(alone):
    assert hits(alone("They took zzyrotinib daily.", "lexical")) == [("zzyrotinib", "DRUG", "stem")]


def test_a_name_inside_a_word_is_none(alone):
    assert hits(alone("The unibuprofened were ibuprofenish.", "lexical")) == []


def test_a_role_that_depends_on_the_context_keeps_both_labels(alone):
    (hit,) = hits(alone("They had abdominal pain.", "lexical"))
    assert hit == ("abdominal pain", "CONDITION|ADVERSE_EVENT", "lexicon")


def test_a_shared_head_gives_the_other_name_in_two_fragments(alone):
    text = "Severe hepatic or renal impairment was seen."
    doc = alone(text, "lexical")
    (span,) = doc.spans["coordinated"]
    assert [text[start:end] for start, end in span._.fragments] == ["hepatic", "impairment"]


def test_spans_do_not_overlap_and_are_in_order(alone):
    doc = alone("Ibuprofen, naproxen and abdominal pain with nausea and vomiting.", "lexical")
    ends = [(span.start, span.end) for span in doc.spans["lexical"]]
    assert ends == sorted(ends)
    assert all(a[1] <= b[0] for a, b in pairwise(ends))
