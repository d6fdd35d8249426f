import numpy as np
import pytest

from monograph_nlp.evaluate.bootstrap import chance, difference_interval, interval
from monograph_nlp.evaluate.figures import mean, precision_recall_f1

PERFECT = np.array([[1, 1, 1, 1], [2, 2, 2, 2], [5, 5, 5, 5]], dtype=float)
HALF = np.array([[1, 2, 1, 2]] * 8, dtype=float)
NONE = HALF * [0, 1, 0, 1]


def test_figures_by_hand() -> None:
    assert precision_recall_f1(np.array([3.0, 4, 2, 8])).tolist() == pytest.approx(
        [0.75, 0.25, 0.375]
    )
    assert precision_recall_f1(np.array([0.0, 0, 0, 3])).tolist() == [0, 0, 0]
    assert np.isnan(precision_recall_f1(np.zeros(4))).all()


def test_a_mean_is_over_what_is_a_number() -> None:
    values = np.array([[1.0, np.nan], [0.5, np.nan]])
    assert mean(values, axis=0).tolist() == [0.75, 0.0]


def test_what_does_not_vary_has_no_width() -> None:
    for counts, value in ((PERFECT, 1.0), (HALF, 0.5)):
        low, high = interval(counts, precision_recall_f1, rounds=200, seed=1)
        assert low.tolist() == high.tolist() == [value] * 3


def test_the_width_is_that_of_the_documents() -> None:
    """With n documents that are all right or all wrong, precision is a binomial share."""
    right = np.array([[1, 1, 1, 1]] * 50 + [[0, 1, 0, 1]] * 50, dtype=float)
    low, high = interval(right, precision_recall_f1, rounds=4000, seed=3)
    assert low[0] == pytest.approx(0.402, abs=0.015)
    assert high[0] == pytest.approx(0.598, abs=0.015)


def test_samples_without_any_item_say_nothing() -> None:
    rare = np.vstack([np.zeros((30, 4)), PERFECT[:1]])
    low, high = interval(rare, precision_recall_f1, rounds=200, seed=0)
    assert low.tolist() == high.tolist() == [1, 1, 1]


def test_the_seed_decides() -> None:
    mixed = np.vstack([HALF, PERFECT])
    one, same, other = (
        interval(mixed, precision_recall_f1, rounds=300, seed=seed) for seed in (7, 7, 8)
    )
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_equal_results_do_not_differ() -> None:
    p_value = chance(HALF, HALF, precision_recall_f1, rounds=500, seed=0)
    assert p_value.tolist() == [1, 1, 1]
    low, high = difference_interval(HALF, HALF, precision_recall_f1, rounds=500, seed=0)
    assert low.tolist() == high.tolist() == [0, 0, 0]


def test_chance_is_that_of_all_exchanges() -> None:
    """Of 2**8 exchanges only the two that leave all sides apart differ as much: p = 2/256."""
    p_value = chance(NONE, HALF, precision_recall_f1, rounds=20_000, seed=0)
    assert p_value[0] == pytest.approx(2 / 256, abs=0.003)
    one = chance(NONE[:1], HALF[:1], precision_recall_f1, rounds=500, seed=0)
    assert one.tolist() == [1, 1, 1]  # one document can show nothing
