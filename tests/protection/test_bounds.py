"""What an outsider works out: attacks seen in this field, with the answer known."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linked_samples import linked_table

from atlas.protection.bounds import Enough, Row, derivable, sum_row
from atlas.protection.linked import Sum

#: published, hidden, sums, what the outsider finds
ATTACKS = {
    "one hidden in a region": (
        {"regio": 21, "a": 18}, ["b"], [("regio", "a b")], {"b": (3, 3)},
    ),
    "0 = x + x": (
        {"t": 0, "c": 0}, ["a", "b"], [("t", "a b c")], {"a": (0, 0), "b": (0, 0)},
    ),
    "two hierarchies, protected in turn": (
        {"t": 42, "s1": 20, "s2": 22, "k": 24, "l": 18, "b1": 9, "c1": 6}, ["a1", "a2", "d1", "e1", "f1"],
        [("t", "s1 s2"), ("s1", "a1 a2 b1"), ("s2", "c1 d1 e1 f1"), ("k", "a1 a2 b1 d1"), ("l", "c1 e1 f1")],
        {"a1": (0, 11), "a2": (0, 11), "d1": (4, 4), "e1": (0, 12), "f1": (0, 12)},
    ),
    "a region of one municipality": ({"regio": 4}, ["a"], [("regio", "a")], {"a": (4, 4)}),
    "a municipality less its squares": (
        {"gemeente": 23, "q1": 9, "q2": 6, "q3": 5}, ["rest"], [("gemeente", "q1 q2 q3 rest")],
        {"rest": (3, 3)},
    ),
    "three hidden": (
        {"t": 20, "d": 14}, ["a", "b", "c"], [("t", "a b c d")], {"a": (0, 6), "b": (0, 6), "c": (0, 6)},
    ),
    "nothing that ends it": ({"a": 3}, ["b", "t"], [("t", "a b")], {"b": (0, math.inf), "t": (3, math.inf)}),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_finds_exactly_what_follows(attack):
    published, hidden, sums, found = ATTACKS[attack]
    known = {cell: (figure, figure) for cell, figure in published.items()}
    known |= dict.fromkeys(hidden, (0, math.inf))
    rows = [sum_row(Sum(total, tuple(parts.split()))) for total, parts in sums]
    assert derivable(known, rows, hidden) == found


@given(seed=st.integers(0, 10**6))
def test_the_truth_always_lies_within(seed):
    chance = random.Random(seed)
    counts, sums = linked_table(chance, areas=4, fields=2)
    known = {
        cell: (number, number) if chance.random() < 0.4 else (0, math.inf) for cell, number in counts.items()
    }
    found = derivable(known, [sum_row(one) for one in sums])
    assert all(ends[0] <= counts[cell] <= ends[1] for cell, ends in found.items())


def test_whole_numbers_where_the_linear_answer_is_no_whole_number():
    # 2a = 2b + 1 has a linear answer and no whole one; 2a + 2b = 2c with a box leaves whole ends
    assert derivable({"a": (0, 9), "b": (0, 9)}, [Row({"a": 2.0, "b": -2.0}, 1, 1)])["a"] is None
    odd = derivable({"a": (0, 9), "b": (0, 9), "c": (0, 9)}, [Row({"a": 2.0, "b": 3.0, "c": 4.0}, 7, 7)])
    assert odd == {"a": (0, 2), "b": (1, 1), "c": (0, 1)}


def test_what_contradicts_itself_is_told():
    known = {"t": (3, 3), "a": (2, 2), "b": (2, 2)}
    assert set(derivable(known, [sum_row(Sum("t", ("a", "b")))]).values()) == {None}


def test_once_enough_is_seen_it_stops_and_never_says_more_than_follows():
    counts, sums = linked_table(random.Random(8), areas=6)
    known = {cell: (max(0, number - 4), number + 4) for cell, number in counts.items()}
    rows = [sum_row(one) for one in sums]
    every = derivable(known, rows)
    enough = derivable(known, rows, None, dict.fromkeys(counts, Enough(4)))
    for cell, (low, high) in enough.items():
        assert every[cell][0] <= low
        assert high <= every[cell][1]
        assert high - low >= min(4, every[cell][1] - every[cell][0])


@given(seed=st.integers(0, 10**6))
def test_of_tables_that_are_tied_enough_is_seen_where_it_is_true_and_nowhere_else(seed):
    chance = random.Random(seed)
    counts, sums = linked_table(chance, areas=4, fields=1)
    known, rows = {}, []
    for edition in "123":
        for cell, number in counts.items():
            moved = 5 * ((number + chance.choice([0, 0, 0, 1])) // 5)
            known[edition + cell] = (max(0, moved - 4), moved + 4)
        rows += [
            sum_row(Sum(edition + one.total, tuple(edition + part for part in one.parts))) for one in sums
        ]
    rows += [Row({f"1{cell}": 1.0, f"2{cell}": -1.0}, -1, 2) for cell in counts]
    rows += [Row({f"2{cell}": 1.0, f"3{cell}": -1.0}, -1, 1) for cell in counts]
    every = derivable(known, rows)
    for cell, ends in derivable(known, rows, None, dict.fromkeys(known, Enough(4, 0))).items():
        if ends is None or every[cell] is None:
            assert ends == every[cell]
            continue
        assert every[cell][0] <= ends[0]
        assert ends[1] <= every[cell][1]
        assert (ends[1] - ends[0] < 4) == (every[cell][1] - every[cell][0] < 4)
        assert (ends[0] > 0) == (every[cell][0] > 0)


def test_a_tie_within_one_table_is_kept_to_as_well():
    known = dict.fromkeys(("1t", "1a", "1b", "2t", "2a", "2b"), (0, 20))
    rows = [sum_row(Sum(f"{edition}t", (f"{edition}a", f"{edition}b"))) for edition in "12"]
    rows += [Row({"1a": 1.0, "1b": -1.0}, 0, 1), Row({"1t": 1.0, "2t": -1.0}, -2, 2)]
    rows += [Row({"1t": 1.0, "1b": -1.0}, 0, 3)]
    every = derivable(known, rows)
    found = derivable(known, rows, None, dict.fromkeys(known, Enough(4, 0)))
    assert every["1b"] == (0, 3)
    assert all(every[cell][0] <= ends[0] and ends[1] <= every[cell][1] for cell, ends in found.items())
