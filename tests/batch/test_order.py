from __future__ import annotations

import pytest

from monograph_nlp.batch.order import InputRow, Order


def test_rows_come_back_in_order_and_the_file_goes(tmp_path):
    rows = [InputRow("a.txt", 3, "0" * 64), "11", "22", InputRow("b\n.txt", 0, ""), "33"]
    with Order(tmp_path / "order") as order:
        for row in rows:
            order.add(row)
        assert list(order.read()) == rows
        with pytest.raises(ValueError, match="read already"):
            order.add("44")
    assert not list(tmp_path.iterdir())


def test_an_error_inside_takes_the_file_away_too(tmp_path):
    def broken():
        with Order(tmp_path / "order") as order:
            order.add("11")
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    assert not list(tmp_path.iterdir())
