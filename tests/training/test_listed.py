"""Weak examples from package leaflets: items of lists under a frequency."""

from __future__ import annotations

import pytest
from made_up import write
from training.corpora.document import Document
from training.examples import UNKNOWN, examples
from training.heads import read_heads
from training.listed import listed

from training import prepare

HEAD = """Package leaflet: Information for the user

1. What zalux is and what it is used for
Zalux is used to treat asthma.

2. What you need to know before you take zalux
Warnings and precautions
Talk to your doctor if you have asthma. Zalux can cause seizures.

4. Possible side effects
Like all medicines, this medicine can cause side effects, although not everybody gets them.
Tell your doctor at once if you get a rash.

Common (may affect up to 1 in 10 people)
"""


def _read(items: str) -> tuple[list[str], list[str]]:
    (section,) = [
        one
        for one in listed(Document("zalux", "zalux", HEAD + items))
        if one.section == "ADVERSE_REACTIONS"
    ]
    events = [section.text[slice(*place)] for span in section.spans for place in span.fragments]
    return events, [section.text[slice(*place)] for place in section.unknown]


@pytest.mark.parametrize(
    ("item", "events"),
    [
        ("dreaming excessive", ["dreaming excessive"]),
        ("headache, feeling dizzy", ["headache", "feeling dizzy"]),
        ("severe skin rash", ["skin rash"]),
        ("feeling sick (nausea)", ["feeling sick", "nausea"]),
        (
            "inflammation of the pancreas with symptoms such as fever",
            ["inflammation of the pancreas"],
        ),
        ("itching (see section 2)", ["itching"]),
        ("abdominal (belly) pain", ["abdominal (belly) pain"]),
        ("rash Uncommon: (may affect up to 1 in 100 people)", ["rash"]),
    ],
)
def test_a_bare_phrase_is_an_event(item, events):
    assert _read(f"• {item}\n")[0] == events


@pytest.mark.parametrize(
    "item",
    [
        "pain and swelling where it was injected",
        "swelling of the face, lips, tongue",
        "abnormal result with a test called DAGT",
    ],
)
def test_what_is_not_sure_is_unknown(item):
    events, unknown = _read(f"• {item}\n")
    assert events == []
    assert any(item in one for one in unknown)


def test_outside_the_lists_a_name_is_unknown_and_other_words_are_none():
    events, unknown = _read("• itching\n")
    assert events == ["itching"]
    assert unknown == ["Tell your doctor at once if you get a rash."]


def test_unknown_words_have_unknown_tags():
    text = "rash or fever"
    document = Document("d", "d", text, known=frozenset({"ADVERSE_EVENT"}), unknown=((5, 13),))
    (example,) = examples([document], read_heads())
    assert example.tags[:, 0].tolist() == [0, UNKNOWN, UNKNOWN]
    assert (example.tags[:, 1:] == UNKNOWN).all()


def test_gold_leaflets_and_their_copies_teach_nothing(corpora):
    for name in ("zalux", "morvan", "kopia"):
        write(
            corpora / f"ema_leaflets_html/{name}.html",
            f"<body><p>{HEAD}<ul><li>itching</ul></body>",
        )
    write(
        corpora / "ema_leaflets_html/morvan.html",
        "<body><h1>4. Possible side effects</h1><p>Common:</p><ul><li>cough</ul></body>",
    )
    found = list(prepare.leaflets(corpora, {"zalux"}, read_heads()))
    assert {one.id.split("/")[0] for one in found} == {"morvan"}
    assert {one.part for one in found} == {prepare.LISTED}
