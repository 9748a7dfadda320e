"""The place of a value among the others of its group."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.planar.ranking import percentile_within

NAN = float("nan")


def percentiles(*rows):
    values, groups = zip(*rows, strict=True)
    return percentile_within(np.array(values, dtype=np.float64), np.array(groups, dtype=np.int64))


def test_the_lowest_has_0_the_highest_100_and_equal_values_do_not_count_for_each_other():
    found = percentiles((10, 0), (40, 0), (20, 0), (20, 0))
    assert found.tolist() == pytest.approx([0, 100, 100 / 3, 100 / 3])


def test_groups_do_not_count_for_each_other():
    assert percentiles((1, 0), (5, 1), (2, 0), (3, 1)).tolist() == [0, 100, 100, 0]


@pytest.mark.parametrize("row", [(NAN, 0), (5, -1), (5, 1)])
def test_without_a_value_a_group_or_another_in_the_group_there_is_no_place(row):
    found = percentiles((10, 0), row, (20, 0))
    assert found[[0, 2]].tolist() == [0, 100]
    assert np.isnan(found[1])


def test_nothing_to_rank_is_no_error():
    assert percentile_within(np.empty(0), np.empty(0, dtype=np.int64)).tolist() == []
    assert np.isnan(percentiles((NAN, 0), (1, -1))).all()


@given(st.lists(st.tuples(st.one_of(st.just(NAN), st.integers(0, 5)), st.integers(-1, 3)), min_size=1))
def test_the_percentile_is_always_that_of_counting_the_others(rows):
    found = percentiles(*rows)
    for number, (value, group) in enumerate(rows):
        others = [
            other
            for place, (other, its_group) in enumerate(rows)
            if its_group == group and place != number and other == other  # noqa: PLR0124 - not NaN
        ]
        if group < 0 or value != value or not others:  # noqa: PLR0124 - NaN
            assert np.isnan(found[number])
        else:
            assert found[number] == pytest.approx(100 * sum(other < value for other in others) / len(others))
