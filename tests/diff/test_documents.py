from made_records import record
from monograph_nlp.diff.documents import pair_documents


def ids(paired):
    pairs = [(one.document.id, other.document.id) for one, other in paired.pairs]
    return pairs, [r.document.id for r in paired.only_old], [r.document.id for r in paired.only_new]


def test_one_on_each_side_is_a_pair_whatever_it_is_about():
    assert ids(pair_documents([record(id="a", drug="x")], [record(id="b", drug=None)])) == (
        [("a", "b")],
        [],
        [],
    )


def test_documents_are_paired_by_their_drug():
    old = [
        record(id="a", drug="sertraline"),
        record(id="b", drug="digoxin"),
        record(id="c", drug="x"),
    ]
    new = [
        record(id="d", drug="digoxin"),
        record(id="e", drug="Sertraline"),
        record(id="f", drug="y"),
    ]
    assert ids(pair_documents(old, new)) == ([("a", "e"), ("b", "d")], ["c"], ["f"])


def test_a_concept_goes_before_the_name():
    old = [record(id="a", drug="aspirin", curie="mesh:1"), record(id="b", drug="z")]
    new = [record(id="c", drug="acetylsalicylic acid", curie="mesh:1"), record(id="d", drug="z")]
    assert ids(pair_documents(old, new)) == ([("a", "c"), ("b", "d")], [], [])


def test_of_several_about_one_drug_the_same_id_goes_first():
    old = [record(id=name, drug="x") for name in ("a", "b", "c")]
    new = [record(id=name, drug="x") for name in ("c", "d", "a")]
    assert ids(pair_documents(old, new)) == ([("a", "a"), ("b", "d"), ("c", "c")], [], [])


def test_documents_without_a_drug_are_paired_by_id():
    old = [record(id=name, drug=None) for name in ("a", "b")]
    new = [record(id=name, drug=None) for name in ("b", "c")]
    assert ids(pair_documents(old, new)) == ([("b", "b")], ["a"], ["c"])


def test_a_document_that_stands_there_twice_is_left_once():
    a, b = record(id="a", drug="x"), record(id="b", drug="y")
    again = record(id="a", drug="x")
    assert ids(pair_documents([a, b], [a, again])) == ([("a", "a")], ["b"], ["a"])
    assert ids(pair_documents([a, b], [a, a])) == ([("a", "a")], ["b"], ["a"])
    assert ids(pair_documents([a, again], [b, a])) == ([("a", "a")], ["a"], ["b"])
