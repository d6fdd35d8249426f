from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monograph_nlp.errors import LexiconError
from monograph_nlp.lexicon.licensed.files import Layout, find_tables, read_columns, read_lines

PAIR = Layout("pair.asc", "$", ("code", "name", "more"), least=2)
LATIN = Layout("pair.asc", "$", ("code", "name", "more"), least=2, latin=True)
CELLS = st.text(st.characters(exclude_characters="$\0\r\n", codec="utf-8"), max_size=9).map(
    str.strip
)


def _read(path, data, layout=PAIR):
    path.write_bytes(data)
    return list(read_columns(path, layout, "name", "code"))


@pytest.mark.parametrize(
    "data",
    [b"1$a$$\r\n2$b$$\r\n", b"1$a\n2$b", b"\xef\xbb\xbf1$a$x$\n2$ b $y$\n", b"1$a$\n2$b$\n\n"],
)
def test_columns_are_read_whatever_ends_a_line(tmp_path, data):
    rows = _read(tmp_path / "pair.asc", data)
    assert [cells for _, cells in rows] == [["a", "1"], ["b", "2"]]
    assert [number for number, _ in rows] == [1, 2]


@given(rows=st.lists(st.tuples(st.integers(0), CELLS, CELLS), min_size=1, max_size=5))
def test_what_was_written_is_read(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("pair") / "pair.asc"
    data = "".join(f"{code}${name}${more}$\n" for code, name, more in rows).encode()
    assert [cells for _, cells in _read(path, data)] == [
        [name, str(code)] for code, name, _ in rows
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"1$a$\n2\n", r"pair\.asc:2: 1 columns; expected 2 to 3, parted by '\$' \(code, name"),
        (b"1$a$b$c$\n", r"pair\.asc:1: 4 columns"),
        (b"1|a|b|\n", r"pair\.asc:1: 1 columns"),
        (b"", r"pair\.asc: the table is empty; expected at least one line\. Unpack"),
        (b"\n \n", r"pair\.asc: the table is empty"),
        (b"1$\xe9t\xe9$\n", r"pair\.asc:1: not UTF-8; expected text in that encoding\."),
        ("1$a$\n".encode("utf-16"), r"pair\.asc:1: not UTF-8"),
        (b"x" * 1_000_001, r"pair\.asc:1: not UTF-8"),
    ],
)
def test_a_damaged_table_is_an_error_that_says_where(tmp_path, data, message):
    with pytest.raises(LexiconError, match=message):
        _read(tmp_path / "pair.asc", data)


def test_an_old_release_may_be_in_latin_1(tmp_path):
    assert _read(tmp_path / "pair.asc", b"1$\xe9t\xe9$\n", LATIN)[0][1] == ["été", "1"]
    assert _read(tmp_path / "pair.asc", "1$été$\n".encode(), LATIN)[0][1] == ["été", "1"]


@pytest.mark.parametrize("encoding", ["cp1252", "shift_jis", "utf-16"])
def test_other_encodings_are_not_taken_for_latin_1(tmp_path, encoding):
    text = "1$痛み$\n" if encoding == "shift_jis" else "1$“a”$\n"
    with pytest.raises(LexiconError, match=r":1: not UTF-8 or ISO-8859-1"):
        _read(tmp_path / "pair.asc", text.encode(encoding), LATIN)


def test_what_cannot_be_opened_is_an_error(tmp_path):
    with pytest.raises(LexiconError, match=r"none\.asc: cannot be read \(No such file"):
        list(read_lines(tmp_path / "none.asc"))


def _make(folder, *names):
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"1")
    return folder


@pytest.mark.parametrize("below", ["", "rrf"])
def test_tables_are_found_in_the_folder_or_in_one_below_it(tmp_path, below):
    _make(tmp_path / below, "ONE.RRF", "two.rrf", "three.rrf")
    found = find_tables(tmp_path, "Example", ("one.rrf", "two.rrf"), ("four.rrf",))
    assert found == {
        "one.rrf": tmp_path / below / "ONE.RRF",
        "two.rrf": tmp_path / below / "two.rrf",
    }


def test_one_of_the_tables_stands_for_its_folder(tmp_path):
    _make(tmp_path, "one.rrf")
    assert find_tables(tmp_path / "one.rrf", "Example", ("one.rrf",)) == {
        "one.rrf": tmp_path / "one.rrf"
    }


def test_two_releases_are_one_too_many(tmp_path):
    _make(tmp_path / "a", "one.rrf")
    _make(tmp_path / "b", "one.rrf")
    with pytest.raises(LexiconError, match=r"several releases below it: .*a, .*b; expected one"):
        find_tables(tmp_path, "Example", ("one.rrf",))


@pytest.mark.parametrize(
    ("made", "given", "message"),
    [
        (["one.rrf"], ".", r"two\.rrf missing; expected one\.rrf, two\.rrf of a Example release"),
        (["below/one.rrf"], ".", r"below: two\.rrf missing"),
        (["x"], ".", r"one\.rrf, two\.rrf missing"),
        (["x"], "none", r"none: no such folder; .* Check the path"),
        (["x.zip"], "x.zip", r"x\.zip: a file, not a folder; .* Unpack the release"),
    ],
)
def test_a_missing_table_is_named(tmp_path, made, given, message):
    for name in made:
        _make((tmp_path / name).parent, (tmp_path / name).name)
    with pytest.raises(LexiconError, match=message):
        find_tables(tmp_path / given, "Example", ("one.rrf", "two.rrf"))
