"""Controlled rounding: sums hold, figures are near the truth, the same numbers give the same figures."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linked_samples import linked_table

from atlas.protection.audit import Edition, narrowed
from atlas.protection.rounding import rounded, threshold

KEY, OTHER = b"k" * 32, b"o" * 32


@given(seed=st.integers(0, 10**6), base=st.sampled_from([3, 5, 10]))
def test_every_rounded_table_adds_up_is_near_and_gives_no_number_away(seed, base):
    counts, sums = linked_table(random.Random(seed))
    figures = rounded(counts, sums, base=base, key=KEY)
    assert figures.keys() == counts.keys()
    assert all(figure % base == 0 and abs(figure - counts[cell]) < base for cell, figure in figures.items())
    assert all(figures[one.total] == sum(figures[part] for part in one.parts) for one in sums)
    assert narrowed([Edition("1", figures, base)], sums) == []


@given(seed=st.integers(0, 10**6))
def test_rows_in_another_order_give_the_same_figures(seed):
    counts, sums = linked_table(random.Random(seed))
    turned = dict(reversed(counts.items()))
    assert rounded(counts, sums, base=5, key=KEY) == rounded(turned, sums, base=5, key=KEY)


@given(seed=st.integers(0, 10**6))
def test_a_figure_stays_while_it_is_near_the_truth(seed):
    chance = random.Random(seed)
    counts, sums = linked_table(chance)
    before = rounded(counts, sums, base=5, key=KEY)
    assert rounded(counts, sums, base=5, key=OTHER, before=before) == before


def test_another_key_leans_another_way():
    counts, sums = linked_table(random.Random(3), areas=12)
    assert rounded(counts, sums, base=5, key=KEY) != rounded(counts, sums, base=5, key=OTHER)
    cells = [f"GM{number}|x" for number in range(400)]
    up = [threshold(KEY, cell) < 0.5 for cell in cells]
    assert 120 < sum(up) < 280
    assert up == [threshold(KEY, cell) < 0.5 for cell in cells]


def test_a_cell_that_must_stay_stays_and_a_cut_does_not_come_again():
    counts, sums = linked_table(random.Random(5))
    first = rounded(counts, sums, base=5, key=KEY)
    again = rounded(counts, sums, base=5, key=KEY, cuts=[first])
    assert again != first
    kept = {cell for cell in first if again[cell] != first[cell]}
    third = rounded(counts, sums, base=5, key=KEY, before=again, kept=kept)
    assert all(third[cell] == again[cell] for cell in kept)


def test_when_nothing_adds_up_there_is_no_table():
    from atlas.protection.linked import Sum

    counts = {"a": 1, "b": 1, "t": 2}
    cuts = [{"a": a, "b": b, "t": t} for a in (0, 5) for b in (0, 5) for t in (0, 5)]
    assert rounded(counts, [Sum("t", ("a", "b"))], base=5, key=KEY, cuts=cuts) is None


@pytest.mark.parametrize("base", [5, 10])
def test_a_multiple_stays_what_it_is(base):
    assert rounded({"a": 2 * base, "b": 0}, [], base=base, key=KEY) == {"a": 2 * base, "b": 0}
