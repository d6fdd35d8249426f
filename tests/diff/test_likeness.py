import pytest

from monograph_nlp.diff.likeness import are_near


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("haemorrhage", "hemorrhages"),
        ("infusion related reaction", "infusion reaction"),
        ("upper respiratory tract infection", "respiratory tract infection"),
        ("peripheral neuropathy", "peripheral neuropathies"),
        ("dyspnoea", "dyspnea"),
        ("oestrogen deficiency", "estrogen deficiencies"),
        ("throbocytopenia", "thrombocytopenia"),
        ("Steven-Johnson syndrome", "Stevens Johnson syndrome"),
    ],
)
def test_one_name_written_otherwise(one: str, other: str) -> None:
    assert are_near(one, other)
    assert are_near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hypertension", "hypotension"),
        ("hyperkalaemia", "hypokalaemia"),
        ("increased appetite", "decreased appetite"),
        ("alanine aminotransferase increased", "alanine aminotransferase decreased"),
        ("type 1 diabetes", "type 2 diabetes"),
        ("stage 3 disease", "stage disease"),
        ("nephritis", "nephrosis"),
        ("failure", "liver failure"),
        ("pain", "back pain"),
        ("", "pain"),
        ("the", "a"),
    ],
)
def test_two_things(one: str, other: str) -> None:
    assert not are_near(one, other)
    assert not are_near(other, one)
