"""Legends to be looked at, with the figures of the opening map."""

from __future__ import annotations

from hypothesis import strategies as st

from atlas.core.figures.classes import (
    FEWEST_AREAS_FOR_CLASSES,
    legend_for,
)

REGIONS = [21, 23, 26, 20, 24, 25, 28, 30]  # the opening map
percent_tables = st.lists(st.integers(0, 100), min_size=FEWEST_AREAS_FOR_CLASSES, max_size=40)


def make(values, **options):
    return legend_for(
        values, **{"unit": "percent", "decimals": 0, "direction": "hoger_is_ongunstiger"} | options
    )
