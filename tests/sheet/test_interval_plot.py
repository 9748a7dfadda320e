"""The dots of a sheet are measured from zero, as those of the page are."""

from __future__ import annotations

import pytest

from atlas.sheet.interval_plot import IntervalPlot
from atlas.sheet.view import views_of

LEFT, RIGHT = 20.0, 120.0


def test_every_plot_begins_at_zero_and_is_even(one_view):
    for view in views_of(one_view):
        axis = view.view["axis"]
        plot = IntervalPlot(None, LEFT, RIGHT, axis, 5.0)
        first, last, half = (plot.at(value) for value in (0.0, axis["max"], axis["max"] / 2))
        assert axis["min"] == 0
        assert LEFT < first < LEFT + 5
        assert first - LEFT == pytest.approx(RIGHT - last)
        assert half == pytest.approx((first + last) / 2)


def test_what_lies_off_the_axis_stands_at_its_end(one_view):
    axis = {"min": 0, "max": 10, "ticks": []}
    plot = IntervalPlot(None, LEFT, RIGHT, axis, 5.0)
    assert plot.at(-3) == plot.at(0) < plot.at(10) == plot.at(25)
