"""Legends: breaks against mapclassify and brute force, labels that place every value, colours to tell."""

from __future__ import annotations

import math
import random
import re
import warnings
from itertools import combinations, pairwise

import mapclassify
import numpy as np
import pytest
from class_samples import REGIONS, make, percent_tables
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.figures.classes import (
    DIRECTIONS,
    FEWEST_AREAS_FOR_CLASSES,
    METHODS,
    fisher_jenks,
    pretty,
    quantiles,
)
from atlas.core.words.errors import AtlasError
from atlas.core.words.notation import format_value

tables = st.lists(st.floats(-1e6, 1e6), min_size=FEWEST_AREAS_FOR_CLASSES, max_size=40)
free_methods = st.sampled_from([method for method in METHODS if method != "fixed"])


def within(values, uppers):
    """The sum of squared deviations from the class means, classes closed above."""
    positions = np.searchsorted(np.array(uppers), np.array(values, dtype=float), side="left")
    groups = [np.array(values, dtype=float)[positions == position] for position in set(positions)]
    return sum(float(((group - group.mean()) ** 2).sum()) for group in groups)


# --- breaks -----------------------------------------------------------------------------------------------


def test_natural_classes_and_quantiles_agree_with_mapclassify_on_1000_random_tables():
    chance = random.Random(20251106)
    for _ in range(1000):
        size, k = chance.randint(6, 22), chance.randint(2, 5)
        draw = chance.choice(
            [lambda: chance.uniform(0, 100), lambda: chance.randint(0, 30), lambda: chance.gauss(0, 5)]
        )
        values = [draw() for _ in range(size)]
        ours = fisher_jenks(values, k)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numba absent, fewer values than classes: not what is tested
            theirs = mapclassify.FisherJenks(np.array(values, dtype=float), k=min(k, len(set(values)))).bins
            quantile_bins = mapclassify.Quantiles(np.array(values, dtype=float), k=k).bins
        assert within(values, ours) == pytest.approx(within(values, theirs), rel=1e-9, abs=1e-9)
        assert quantiles(values, k) == pytest.approx(sorted(set(quantile_bins)), abs=1e-9)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=9), st.integers(1, 5))
def test_no_other_division_fits_better_than_natural_classes(values, k):
    distinct = sorted(set(values))
    uppers = fisher_jenks(values, k)
    best = min(
        within(values, [*chosen, distinct[-1]])
        for chosen in combinations(distinct[:-1], min(k, len(distinct)) - 1)
    )
    assert within(values, uppers) == pytest.approx(best, abs=1e-9)


@given(tables, st.integers(1, 7))
def test_natural_classes_are_rising_values_of_the_table_and_as_many_as_possible(values, k):
    uppers = fisher_jenks(values, k)
    assert set(uppers) <= set(values)
    assert list(uppers) == sorted(set(uppers))
    assert uppers[-1] == max(values)
    assert len(uppers) == min(k, len(set(values)))


@given(tables, st.integers(2, 7), st.randoms())
def test_the_order_of_the_rows_never_changes_the_classes(values, k, chance):
    shuffled = chance.sample(values, len(values))
    assert fisher_jenks(shuffled, k) == fisher_jenks(values, k)
    assert quantiles(shuffled, k) == quantiles(values, k)


@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e6), st.integers(2, 7))
def test_round_edges_are_round_and_hold_all_in_at_most_k_classes(low, width, k):
    edges = pretty(low, low + width, k)
    assert edges[0] <= low + 1e-9 * width
    assert edges[-1] >= low + width - 1e-9 * width
    assert 1 <= len(edges) - 1 <= k
    steps = {float(f"{high - lower:.6g}") for lower, high in pairwise(edges)}
    assert len(steps) == 1
    assert f"{steps.pop():e}"[0] in "125"


# --- the legend -------------------------------------------------------------------------------------------


def test_the_opening_map_has_three_classes_that_read_as_dutch():
    legend = make(REGIONS)
    assert legend.kind == "classes"
    assert legend.method_label == "natuurlijke klassen (Fisher-Jenks)"
    assert legend.breaks == (20, 21, 26, 30)
    assert legend.labels == ("20 – 21%", "22 – 26%", "27 – 30%")
    assert [legend.class_of(value) for value in REGIONS] == [0, 1, 1, 0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("areas", "classes"), [(5, 3), (8, 3), (11, 3), (12, 4), (19, 4), (20, 5), (22, 5), (60, 5)]
)
def test_the_number_of_classes_follows_the_number_of_areas(areas, classes):
    assert len(make(range(areas)).labels) == classes


def test_there_are_never_more_classes_than_different_values():
    assert make([10, 10, 10, 20, 20]).labels == ("10%", "11 – 20%")
    assert make([10, 10, 10, 20, 20], k=5).labels == ("10%", "11 – 20%")


@given(st.lists(st.floats(0, 100), max_size=FEWEST_AREAS_FOR_CLASSES - 1), st.sampled_from(DIRECTIONS))
def test_under_five_areas_there_are_no_classes(values, direction):
    legend = make(values, direction=direction)
    assert (legend.kind, legend.breaks) == ("single", ())
    assert len(legend.colours) == len(legend.labels) == 1
    assert [legend.class_of(value) for value in values] == [0] * len(values)
    assert legend.class_of(None) is None
    assert legend.note


def test_five_areas_get_classes_and_four_are_told_why_not():
    five, four = make([10, 15, 20, 25, 30]), make([10, 15, 20, 25])
    assert (five.kind, len(five.labels), len(five.colours)) == ("classes", 3, 3)
    assert four.kind == "single"
    assert "Minder dan vijf gebieden" in four.note


def test_exactly_five_equal_areas_are_not_called_fewer_than_five():
    legend = make([20] * FEWEST_AREAS_FOR_CLASSES)
    assert legend.kind == "single"
    assert "hetzelfde cijfer" in legend.note


def test_areas_that_all_show_the_same_figure_get_no_classes():
    legend = make([23.1, 23.2, 22.9, 23, 23.4, 23])
    assert legend.kind == "single"
    assert "hetzelfde cijfer" in legend.note


def test_a_single_fill_is_the_same_whatever_the_direction():
    assert {make([1, 2], direction=direction).colours for direction in DIRECTIONS} == {make([1, 2]).colours}


@given(
    tables,
    st.sampled_from([0, 1, 2]),
    st.sampled_from(DIRECTIONS),
    free_methods,
    st.none() | st.integers(2, 7),
)
def test_every_value_has_a_class_and_a_value_shown_alike_has_the_same(values, decimals, direction, method, k):
    legend = make(values, unit="number", decimals=decimals, direction=direction, method=method, k=k)
    classes = [legend.class_of(value) for value in values]
    assert None not in classes
    shown = {}
    for value, position in zip(values, classes, strict=True):
        assert shown.setdefault(format_value(value, "number", decimals), position) == position
        assert 0 <= position < len(legend.labels) == len(legend.colours)


@given(percent_tables, free_methods, st.none() | st.integers(2, 7), st.none() | st.integers(0, 100))
def test_labels_hold_every_shown_value_exactly_once_and_in_its_own_class(values, method, k, reference):
    legend = make(values, method=method, k=k, reference=reference)
    if legend.kind == "single":
        return
    ranges = [[int(part) for part in re.findall(r"\d+", label)] for label in legend.labels]
    for value in range(min(values), max(values) + 1):
        holding = [at for at, ends in enumerate(ranges) if ends[0] <= value <= ends[-1]]
        assert len(holding) == 1
        assert value not in values or legend.class_of(value) == holding[0]


@given(st.lists(st.floats(0, 100), min_size=5, max_size=30), free_methods)
def test_labels_hold_unrounded_values_as_they_are_shown(values, method):
    legend = make(values, method=method)
    if legend.kind == "single":
        return
    for value in values:
        ends = [int(part) for part in re.findall(r"\d+", legend.labels[legend.class_of(value)])]
        assert ends[0] <= int(format_value(value, "percent", 0).rstrip("%")) <= ends[-1]


@given(tables, free_methods)
def test_edges_rise_and_the_upper_edge_belongs_to_the_class(values, method):
    legend = make(values, unit="number", decimals=1, method=method)
    if legend.kind == "single":
        return
    assert all(low < high for low, high in pairwise(legend.breaks))
    assert [legend.class_of(edge) for edge in legend.breaks[1:]] == list(range(len(legend.labels)))
    assert legend.class_of(legend.breaks[0]) == 0


def test_what_lies_outside_the_edges_or_is_no_number_has_no_class():
    legend = make(REGIONS)
    assert [legend.class_of(value) for value in (19.9, 30.1, None, math.nan)] == [None] * 4


def test_an_edge_moves_off_the_shown_figure_only_when_unrounded_values_need_it():
    legend = make([20, 21.4, 21.45, 25, 26, 30], k=3)
    assert legend.labels[0] == "20 – 21%"
    assert legend.breaks[1] == 21.5
    assert legend.class_of(21.45) == legend.class_of(20) == 0


def test_money_and_negative_numbers_are_written_as_the_dutch_do():
    values = [1000, 1500, 20000, 21000, 90000]
    assert make(values, unit="eur").labels[0] == "€ 1.000 – € 1.500"
    assert make([-5, -4, 0, 3, 9], unit="number").labels[0] == "−5 tot en met −4"


def test_grades_keep_their_decimal():
    assert make([7.1, 7.2, 7.6, 7.7, 8.0], unit="grade_0_10", decimals=1).labels == (
        "7,1 – 7,2",
        "7,3 – 7,7",
        "7,8 – 8,0",
    )


def test_fixed_edges_are_kept_also_around_a_class_without_areas():
    legend = make([3, 8, 12, 13, 24], method="fixed", breaks=[0, 12, 15, 20, 25])
    assert legend.breaks == (0, 12, 15, 20, 25)
    assert legend.labels == ("0 – 12%", "13 – 15%", "16 – 20%", "21 – 25%")
    assert [legend.class_of(value) for value in (3, 12, 13, 24)] == [0, 0, 1, 3]


# --- refusals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_value_that_is_no_number_is_refused(value):
    with pytest.raises(AtlasError, match="Een waarde voor de kaart is geen getal"):
        make([*REGIONS, value])
    with pytest.raises(AtlasError, match="geen getal"):
        make([value])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"unit": "furlong"}, "Deze eenheid bestaat niet"),
        ({"direction": "omhoog"}, "Deze richting bestaat niet"),
        ({"method": "jenks"}, "Deze manier van klassen maken bestaat niet"),
        ({"k": 1}, "Dit aantal klassen kan niet"),
        ({"k": 8}, "Dit aantal klassen kan niet"),
        ({"k": 0}, "Dit aantal klassen kan niet"),
        ({"method": "fixed"}, "Vaste klassegrenzen horen bij de methode"),
        ({"breaks": [0, 50, 100]}, "Vaste klassegrenzen horen bij de methode"),
        ({"method": "fixed", "breaks": [0, 50, 50, 100]}, "De klassegrenzen lopen niet op"),
        ({"method": "fixed", "breaks": [100, 50, 0]}, "De klassegrenzen lopen niet op"),
        ({"method": "fixed", "breaks": [0, 100]}, "De klassegrenzen lopen niet op"),
        ({"method": "fixed", "breaks": [0, *range(20, 40, 2)]}, "De klassegrenzen lopen niet op"),
        ({"method": "fixed", "breaks": [0, math.nan, 100]}, "Een klassegrens is geen getal"),
        ({"method": "fixed", "breaks": [21, 25, 30]}, "Niet alle waarden vallen binnen"),
        ({"method": "fixed", "breaks": [20, 25, 29]}, "Niet alle waarden vallen binnen"),
        ({"method": "fixed", "breaks": [0, 12.5, 100]}, "Een klassegrens heeft meer decimalen"),
        ({"method": "fixed", "breaks": [0, 25, 50], "reference": 24}, "is geen klassegrens"),
    ],
)
def test_a_legend_that_cannot_be_made_is_refused_with_a_sentence(options, sentence):
    with pytest.raises(AtlasError, match=sentence):
        make(REGIONS, **options)
