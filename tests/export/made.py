"""Records made by hypothesis: any text, any mentions and facts on it, and valid all the same."""

from __future__ import annotations

from hypothesis import strategies as st

from monograph_nlp.record.vocabulary import assertions, labels, predicates, target_actions
from monograph_nlp.types import (
    Argument,
    Concept,
    Coverage,
    Document,
    Evidence,
    Fact,
    Mention,
    Provenance,
    Record,
    Subject,
)

LABELS = labels()
PREDICATES = predicates()
ASSERTIONS = assertions()
ACTIONS = target_actions()

# Letters beside all that ends a line somewhere, what parts cells, and what is long in UTF-8
TEXT = st.text(
    st.sampled_from("ab é𝛼 |;\t\n\r\x0b\x1c\x85\u2028<&\"'=") | st.characters(codec="utf-8"),
    min_size=1,
    max_size=80,
)
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
CURIES = st.sampled_from(
    ["mesh:D000001", "mesh:D000002", "hgnc:5", "unii:0000000000", "ours:a|b", "mondo:0000001"]
)


@st.composite
def concepts(draw: st.DrawFn) -> Concept:
    return Concept(draw(CURIES), draw(NAMES), 0.9, tuple(draw(st.lists(CURIES, max_size=2))))


@st.composite
def mentions(draw: st.DrawFn, text: str, number: int) -> Mention:
    wish = st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True)
    ends = sorted(draw(wish)) if len(text) > 1 else [0, 1]
    spans = tuple(zip(ends[::2], ends[1::2], strict=False))
    return Mention(
        f"m{number}",
        draw(st.sampled_from(LABELS)),
        " ".join(text[start:end] for start, end in spans),
        spans,
        None,
        draw(st.sampled_from(ASSERTIONS)),
        draw(st.none() | concepts()),
        None,
        "lexicon",
        0.5,
    )


def _argument(mention: Mention, *, is_document: bool = False) -> Argument:
    concept = mention.concept
    name = concept.name if concept else mention.text
    return Argument(None if is_document else mention.id, mention.text, name, concept)


@st.composite
def facts(draw: st.DrawFn, text: str, held: list[Mention], number: int) -> Fact:
    predicate = draw(st.sampled_from(PREDICATES))
    qualifiers = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "population": NAMES,
                "rate": st.floats(0, 100),
                "serious": st.booleans(),
                "frequency": st.sampled_from(["common", "rare"]),
                "use": st.sampled_from(["treatment", "prevention", "diagnosis"]),
                "action": st.sampled_from(ACTIONS),
            },
        )
    )
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    about = draw(st.none() | st.sampled_from(held))
    return Fact(
        f"f{number}",
        predicate,
        _argument(about, is_document=draw(st.booleans())) if about else None,
        _argument(draw(st.sampled_from(held))),
        qualifiers,
        draw(st.sampled_from(ASSERTIONS)),
        (Evidence(start, end, text[start:end], None),),
        "rule",
        0.5,
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Draw a valid record that holds its text."""
    text = draw(TEXT)
    held = [draw(mentions(text, n)) for n in range(1, draw(st.integers(1, 4)) + 1)]
    said = tuple(draw(facts(text, held, n)) for n in range(1, draw(st.integers(0, 4)) + 1))
    name = draw(NAMES)
    concept = draw(st.none() | concepts())
    subject = draw(st.none() | st.just(Subject(draw(NAMES), concept, (draw(NAMES),))))
    return Record(
        "1.0",
        f"{name}@{draw(st.integers(0, 9))}",
        Document(name, "made.txt", "text", "", None, "0" * 64, len(text)),
        subject,
        (),
        tuple(held),
        said,
        (),
        Coverage(0, len(text), 0, 0, 0),
        Provenance("made", "0", "0", "0", None),
        text,
    )
