from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from monograph_nlp.collecting import collecting_later


@pytest.fixture(params=[True, False], ids=["enabled", "disabled"])
def before(request: pytest.FixtureRequest) -> Iterator[bool]:
    """The collector as a caller may have left it."""
    was_enabled = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if was_enabled else gc.disable)()


def test_nothing_is_collected_inside_and_the_collector_is_left_as_it_was(before: bool) -> None:
    with collecting_later():
        assert not gc.isenabled()
    assert gc.isenabled() is before


def test_a_failure_leaves_the_collector_as_it_was(before: bool) -> None:
    with pytest.raises(KeyError), collecting_later():
        raise KeyError
    assert gc.isenabled() is before


def test_only_the_outermost_block_lets_the_collector_in(before: bool) -> None:
    with collecting_later():
        with collecting_later():
            pass
        assert not gc.isenabled()
    assert gc.isenabled() is before
