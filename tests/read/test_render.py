from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.read.render import render
from monograph_nlp.read.structure import Node, Role, walk

_WORDS = st.sampled_from(["rash", " 5 mg ", "Uses:", "\n", "10", "疼痛", "😀", "\u00a0", ""])
_ROLES: list[Role] = [
    "block", "break", "caption", "cell", "footnote", "heading", "inline", "item", "list",
    "preformatted", "row", "section", "sub", "sup", "table", "title",
]  # fmt: skip


def _node(children: list[Node | str], role: Role, level: int, number: int | None) -> Node:
    return Node(role, children, level=level, number=number, row_span=level, column_span=level)


_TREES = st.recursive(
    _WORDS,
    lambda inner: st.builds(
        _node,
        st.lists(inner, max_size=4),
        st.sampled_from(_ROLES),
        st.integers(1, 6),
        st.none() | st.integers(1, 9),
    ),
    max_leaves=30,
)


@given(st.lists(_TREES, max_size=5))
def test_any_tree_gives_sections_that_nest_inside_the_text(children: list[Node | str]) -> None:
    rendering = render(Node("block", children))
    for index, section in enumerate(rendering.sections):
        assert 0 <= section.start <= section.body_start <= section.end <= len(rendering.text)
        heading = rendering.text[section.start : section.body_start]
        assert heading.startswith(section.title) or not section.title
        if section.parent is not None:
            around = rendering.sections[section.parent]
            assert section.parent < index
            assert around.start <= section.start
            assert section.end <= around.end


@given(st.lists(_TREES, max_size=5))
def test_no_word_of_a_tree_is_lost(children: list[Node | str]) -> None:
    root = Node("block", [node for node in children if _is_readable(node)])
    words = "".join(part for _, part in walk(root) if isinstance(part, str))
    text = render(root).text
    for word in ("rash", "Uses:", "疼痛", "😀"):
        assert text.count(word) >= words.count(word)


def _is_readable(node: Node | str) -> bool:
    """Text that stands in a table, yet in no cell, has no place; parsers do not make such."""
    roles = {"table", "row"}
    return isinstance(node, str) or not any(
        isinstance(below, Node) and below.role in roles
        for _, below in [("enter", node), *walk(node)]
    )


def test_a_footnote_follows_its_block_and_does_not_break_it() -> None:
    note = Node("footnote", ["In one study."])
    root = Node("block", [Node("block", ["Rash", note, " was rare."]), Node("block", ["Next."])])
    assert render(root).text == "Rash was rare.\n\nIn one study.\n\nNext."


def test_a_table_keeps_its_caption_footnotes_and_empty_cells() -> None:
    note = Node("footnote", ["N = 12"])
    row = Node("row", [Node("cell", ["a", note]), Node("cell"), Node("cell", ["c"])])
    table = Node("table", [Node("caption", ["Table 1"]), row])
    assert render(Node("block", [table])).text == "Table 1\na |  | c\nN = 12"


def test_the_label_of_an_item_is_its_marker_and_never_lost() -> None:
    inner = Node("list", [Node("item", ["x"])])
    items: list[Node | str] = [
        Node("item", [Node("caption", ["a)"]), Node("block", ["one"])]),
        Node("item", [Node("caption", ["b)"]), inner]),
        Node("item", [Node("caption", ["c)"])]),
        Node("item", [Node("caption", ["\u00a0"]), "four"]),
    ]
    assert render(Node("block", [Node("list", items)])).text == "a) one\nb)\n  • x\nc)\n• four"


def test_blocks_in_a_cell_stay_apart() -> None:
    cell = Node(
        "cell", [Node("block", ["Anaemia"]), Node("block", ["Rash"]), Node("block", ["(mild)"])]
    )
    table = Node("table", [Node("row", [Node("cell", ["Common"]), cell])])
    assert render(Node("block", [table])).text == "Common | Anaemia; Rash (mild)"


def test_an_empty_section_is_kept_inside_the_one_around_it() -> None:
    empty = Node("section", loinc="34066-1")
    full = Node("section", [Node("title", ["Uses"]), Node("block", ["Flu."])], loinc="34067-9")
    rendering = render(Node("block", [Node("section", [empty, full]), empty]))
    spans = [(section.start, section.end, section.parent) for section in rendering.sections]
    assert rendering.text == "Uses\n\nFlu."
    assert spans == [(0, 10, None), (0, 0, 0), (0, 10, 0), (10, 10, None)]
