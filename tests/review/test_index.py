from base64 import b64decode
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.review.index import Index, folded_words, vocabulary

from .made import named


def _numbers(data):
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0


def _postings(data):
    """Word → documents, read as the page's script reads them."""
    numbers = _numbers(b64decode(data["postings"]))
    found = {}
    for word in data["words"].split("\n"):
        place, found[word] = 0, []
        for _ in range(next(numbers)):
            place += next(numbers)
            found[word].append(place)
    assert next(numbers, None) is None
    return found


def test_words_lead_to_the_documents_that_hold_them(sample):
    index = Index()
    for n in range(300):
        text = "Rénal wörd" if n % 150 == 3 else ""
        index.add(named(sample, f"d{n}", text=sample.text + text))
    found = _postings(index.data())
    assert found["word"] == [3, 153]
    assert found["testoma"] == list(range(300))
    assert found["d299"] == [299]
    assert found["c000001"] == list(range(300))  # the number of a concept
    assert len(index) == 300


def test_words_come_in_the_order_in_which_a_browser_compares_them(sample):
    index = Index()
    index.add(named(sample, "x", text=sample.text + " ﬁn ꭓa 𝔘b \U00010428b \uffdcz"))
    words = index.data()["words"].split("\n")
    assert words == sorted(words, key=lambda word: word.encode("utf-16-be"))
    assert {"fin", "ub", "\U00010428b"} <= set(words)


def test_a_record_without_text_is_found_by_its_evidence(sample):
    index = Index()
    index.add(replace(sample, text=None))
    found = _postings(index.data())
    assert {"relapsed", "nausea", "testavy"} <= set(found)
    assert "what" not in found  # stands in a heading alone


def test_facts_are_numbers_of_kind_assertion_and_score(sample):
    index = Index()
    index.add(sample)
    (known,) = index.data()["documents"]
    names = vocabulary()
    read = [
        (names["predicates"][n // 8008], names["assertions"][n // 1001 % 8], n % 1001 / 1000)
        for n in known["facts"]
    ]
    assert read == [(fact.predicate, fact.assertion, fact.score) for fact in sample.facts]
    labels = {names["labels"][n // 8008] for n in known["mentions"]}
    assert labels == {mention.label for mention in sample.mentions}
    assert [names["issues"][n] for n in known["issues"]] == [i.code for i in sample.issues]
    assert (known["mentioned"], known["alarms"]) == (8, 1)


def test_ids_that_do_not_count_from_one_are_kept(sample):
    index = Index()
    index.add(sample)
    index.add(named(sample, "odd", facts=(replace(sample.facts[0], id="x7"),)))
    usual, odd = index.data()["documents"]
    assert "fact_ids" not in usual
    assert odd["fact_ids"] == ["x7"]
    assert "mention_ids" not in odd


def test_the_hash_is_of_the_records_and_not_of_their_texts(sample):
    def hash_of(*records):
        index = Index()
        for record in records:
            index.add(record)
        return index.hash()

    assert hash_of(sample) == hash_of(replace(sample, text=None))
    assert hash_of(sample) != hash_of(named(sample, "other"))
    assert len({hash_of(), hash_of(sample), hash_of(sample, sample)}) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Crohn’s DISEASE", {"crohn", "s", "disease"}),
        ("naïve Ångström", {"naive", "angstrom"}),
        ("mesh:D009101", {"mesh", "d009101"}),
        ("x" * 41 + " ok", {"ok"}),
    ],
)
def test_words_are_folded(text, words):
    assert folded_words(text) == words


@given(st.text())
def test_folding_twice_changes_nothing(text):
    once = folded_words(text)
    assert {word for word in folded_words(" ".join(once)) if word in once} == once
