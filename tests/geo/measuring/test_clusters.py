"""Clusters are those of the definition, whatever the order of the places."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.geo.measuring.clusters import ALONE, clusters


def by_the_definition(places, within_m, least):
    """Cores that reach each other, found one by one: a set of sets of numbers of cores."""
    away = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    near = away <= within_m
    cores = [one for one in range(len(places)) if near[one].sum() >= least]
    left, found = set(cores), set()
    while left:
        reached, queue = set(), [left.pop()]
        while queue:
            one = queue.pop()
            reached.add(one)
            more = {other for other in left if near[one, other]}
            left -= more
            queue += more
        found.add(frozenset(reached))
    return found, cores, near


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=25),
    st.integers(1, 8), st.integers(2, 5), st.randoms(use_true_random=False),
)  # fmt: skip
def test_clusters_are_those_of_the_definition_in_any_order(points, within_m, least, chance):
    places = np.array(points, dtype=float).reshape(-1, 2)
    found = clusters(places, within_m=within_m, least=least)
    expected, cores, near = by_the_definition(places, within_m, least)
    assert {
        frozenset(one for one in cores if found[one] == number) for number in set(found[cores])
    } == expected
    for one in range(len(places)):
        assert (found[one] == ALONE) == (not near[one, cores].any())
        if found[one] != ALONE:
            assert near[one, [core for core in cores if found[core] == found[one]]].any()
    order = list(range(len(places)))
    chance.shuffle(order)
    again = clusters(places[order], within_m=within_m, least=least)
    pairs = [
        (found[order[one]] == found[order[other]], again[one] == again[other])
        for one in range(len(order))
        for other in range(one)
        if {order[one], order[other]} <= set(cores)
    ]
    assert all(before == after for before, after in pairs)


def test_numbers_follow_the_first_place_and_a_pair_is_no_cluster_of_three():
    places = np.array(
        [(0, 0), (5000, 0), (10, 0), (5010, 0), (5020, 0), (20, 0), (9000, 0), (9001, 0)], float
    )
    assert clusters(places, within_m=15, least=3).tolist() == [0, 1, 0, 1, 1, 0, ALONE, ALONE]
