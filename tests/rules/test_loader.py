from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp import rules
from monograph_nlp.errors import RuleError
from monograph_nlp.rules import Row, read_patterns, read_table, rules_hash

COLUMNS = ("kind", "words", "example")


def _table(tmp_path: Path, text: str) -> str:
    path = tmp_path / "own.tsv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def _read(tmp_path: Path, text: str) -> tuple[Row, ...]:
    return read_table(
        _table(tmp_path, text), COLUMNS, required=("kind",), choices={"kind": ("one", "two")}
    )


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    text = "# a comment\r\nkind\twords\texample\r\n\none\ta | b|\tc\r\n# no row\ntwo\t\t\n"
    first, second = _read(tmp_path, text)
    assert first.where.endswith("own.tsv:4")
    assert (first.text("kind"), first.texts("words"), first.text("example")) == (
        "one",
        ("a", "b"),
        "c",
    )
    assert second.where.endswith("own.tsv:6")
    assert (second.text("words"), second.texts("words"), second.text("nothing")) == ("", (), "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"own\.tsv:1: header is \[''\], expected \['kind', 'words', 'example'\]"),
        ("kind\twords\nx\ty", r"own\.tsv:1: header is \['kind', 'words'\]"),
        ("{h}\none\ta", r"own\.tsv:2: 2 cells, expected 3 \(kind, words, example\)"),
        ("{h}\n\tb\tc", r"own\.tsv:2: kind is empty; every row needs one"),
        ("{h}\n\nthree\tb\tc", r"own\.tsv:3: kind 'three' is not one of one, two"),
        ("{h}\ntwoo\tb\tc", r"'twoo' is not one of one, two; did you mean 'two'\?"),
        ("{h}\none|too\tb\tc", r"'too' is not one of one, two; did you mean 'two'\?"),
    ],
)
def test_a_bad_table_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        _read(tmp_path, text.replace("{h}", "kind\twords\texample"))


def test_a_missing_file_is_named_with_the_nearest_one() -> None:
    with pytest.raises(RuleError, match=r"section\.tsv: no such .*did you mean 'sections\.tsv'"):
        read_table("section.tsv", COLUMNS)
    with pytest.raises(RuleError, match="no such rules file"):
        read_table("/nowhere/at/all.tsv", COLUMNS)


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such rules file"):
        read_table(f"{tmp_path}/", COLUMNS)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes("kind\twords\texample\none\tfièvre\tx".encode("latin-1"))
    with pytest.raises(RuleError, match=r"own\.tsv: not UTF-8; save the file as UTF-8"):
        read_table(str(path), COLUMNS)


def test_patterns_are_read_object_by_object(tmp_path: Path) -> None:
    path = _table(tmp_path, '# one\n{"id": "a", "list": ["x", 2], "flag": true}\n')
    (row,) = read_patterns(path, ("id", "list", "flag"), required=("id",))
    assert (row.text("id"), row.texts("list"), row.values["flag"]) == ("a", ("x", "2"), True)
    assert row.where.endswith(":2")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"id": }', r"own\.tsv:1: not JSON: "),
        ("[1]", r"own\.tsv:1: a list, expected an object"),
        ('{"id": "a"}\n{"idd": "a"}', r":2: key 'idd' is not one of id, kind; did you mean 'id'"),
        ('{"kind": "one"}', ":1: id is empty; every row needs one"),
        ('{"id": "a", "kind": "on"}', r":1: kind 'on' is not one of one; did you mean 'one'"),
        ('{"id": "a", "kind": ["one", "x"]}', ":1: kind 'x' is not one of one"),
    ],
)
def test_a_bad_pattern_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        read_patterns(
            _table(tmp_path, text), ("id", "kind"), required=("id",), choices={"kind": ("one",)}
        )


def test_a_cell_that_is_no_regular_expression_is_refused() -> None:
    row = Row("own.tsv:7", {"good": "a+", "bad": "a("})
    assert row.regex("good") == "a+"
    with pytest.raises(RuleError, match=r"own\.tsv:7: bad is no regular expression: .*position 1"):
        row.regex("bad")


def test_a_cell_that_is_no_number_is_refused() -> None:
    row = Row("own.tsv:7", {"good": "0.5", "bad": "half", "zero": 0})
    assert (row.number("good", 1.0), row.number("none", 1.0), row.number("zero", 1.0)) == (
        0.5,
        1,
        0,
    )
    with pytest.raises(RuleError, match=r"own\.tsv:7: bad 'half' is not a number"):
        row.number("bad", 1.0)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r\u0085"), min_size=1).filter(
    lambda cell: cell == cell.strip() and not cell.startswith("#")
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    text = "\n".join(["a\tb", *("\t".join(cells) for cells in rows)])
    found = read_table(_table(tmp_path_factory.mktemp("rules"), text), ("a", "b"))
    assert [(row.text("a"), row.text("b")) for row in found] == rows


def test_the_hash_covers_each_rules_file_and_does_not_depend_on_line_ends(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def hash_of(**held: bytes) -> str:
        for name, data in held.items():
            (tmp_path / f"{name}.tsv").write_bytes(data)
        rules_hash.cache_clear()
        return rules_hash()

    monkeypatch.setattr(rules, "files", lambda package: tmp_path)
    (tmp_path / "code.py").write_text("x = 1", encoding="utf-8")
    assert hash_of() == hashlib.sha256().hexdigest()[:16]
    unix = hash_of(a=b"x\ny\n")
    assert hash_of(a=b"x\r\ny\r\n") == unix
    assert len({unix, hash_of(a=b"x\nz\n"), hash_of(b=b"")}) == 3
    rules_hash.cache_clear()


def test_every_rules_file_is_utf8_with_one_line_end() -> None:
    for entry in files("monograph_nlp.rules").iterdir():
        if entry.name.endswith((".tsv", ".jsonl")):
            data = entry.read_bytes()
            assert data.decode("utf-8").endswith("\n"), entry.name
            assert b"\r" not in data, entry.name
