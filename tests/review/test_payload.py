from dataclasses import replace

from monograph_nlp.review.payload import kept_pieces, payload
from monograph_nlp.types import Evidence


def test_a_document_keeps_offsets_and_says_concepts_once(sample):
    packed = payload(sample)
    assert packed["whole"] is True
    assert packed["pieces"] == [[0, sample.text]]
    assert packed["concepts"] == [("mesh:C000001", "testamab"), ("mesh:D000001", "Testoma")]
    assert packed["mentions"][1] == {
        "id": "m2",
        "label": "CONDITION",
        "text": "testoma",
        "spans": ((80, 87),),
        "assertion": "present",
        "score": 0.9,
        "source": "lexicon",
        "concept": 1,
        "sure": 0.97,
    }
    assert packed["facts"][0]["evidence"] == [[35, 103]]
    assert packed["facts"][0]["concept"] == 1
    assert packed["facts"][0]["subject"] == "testamab"
    assert "subject" not in packed["facts"][7]
    assert packed["mentions"][3]["long"] == "antigen of B cells 1"
    assert packed["mentions"][4]["cues"] == ("does not treat",)


def test_without_its_text_a_record_gives_what_it_quotes_once_and_in_order(sample):
    bare = replace(sample, text=None)
    packed = payload(bare)
    assert packed["whole"] is False
    assert packed["pieces"] == kept_pieces(bare)
    starts = [start for start, _ in packed["pieces"]]
    assert starts == sorted(set(starts))
    for start, words in packed["pieces"]:
        assert sample.text[start : start + len(words)] == words
    quoted = [part for fact in sample.facts for part in fact.evidence]
    assert all(_stands(part, packed["pieces"]) for part in quoted)


def test_quotations_that_overlap_are_joined(sample):
    spans = [(0, 20), (5, 12), (18, 30), (30, 34), (50, 60)]
    evidence = tuple(Evidence(a, b, sample.text[a:b], None) for a, b in spans)
    bare = replace(
        sample, text=None, issues=(), facts=(replace(sample.facts[0], evidence=evidence),)
    )
    assert kept_pieces(bare) == [[0, sample.text[:34]], [50, sample.text[50:60]]]


def _stands(part, pieces):
    return any(start <= part.start and part.end <= start + len(words) for start, words in pieces)
