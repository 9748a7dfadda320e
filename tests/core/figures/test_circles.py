"""How large a count is drawn, and which circles explain it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.figures.circles import circle_scale, may_be_circles


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=40), st.integers(1, 3000))
def test_the_area_of_a_circle_is_always_proportional_to_its_count(counts, areas):
    scale = circle_scale(counts, areas)
    for count in counts:
        assert scale.radius(count) == pytest.approx(scale.radius_of_one * count**0.5, abs=0.006)
        assert scale.radius(count) <= 40.01


@given(st.integers(1, 1_000_000))
def test_the_examples_are_at_most_three_falling_numbers_that_occur_on_the_scale(most):
    examples = circle_scale([most], 22).examples
    assert 1 <= len(examples) <= 3
    assert list(examples) == sorted(set(examples), reverse=True)
    assert 0.75 * most <= examples[0] <= most
    if most >= 5:
        assert len(examples) == 3
        assert f"{examples[0]:.0f}".rstrip("0") in {"1", "12", "15", "2", "25", "3", "4", "5", "6", "8"}
        assert all(f"{example:.0f}".strip("0") in ("1", "2", "5") for example in examples[1:])


@pytest.mark.parametrize(
    ("most", "examples"),
    [
        (1, (1,)),
        (2, (2, 1)),
        (4, (4, 2, 1)),
        (44, (40, 10, 2)),
        (87, (80, 20, 5)),
        (0, ()),
        (2149, (2000, 500, 100)),
    ],
)
def test_examples_in_round_numbers(most, examples):
    assert circle_scale([0, most], 22).examples == examples


def test_many_areas_get_small_circles():
    sizes = [circle_scale([9], areas).radius(9) for areas in (2, 22, 2500)]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(("unit", "figures", "answer"), [
    ("count", [0, 3], True), ("percent", [0, 3], False), ("count", [-1, 3], False), ("per_km2", [3], False),
])  # fmt: skip
def test_only_numbers_of_things_are_circles(unit, figures, answer):
    assert may_be_circles(unit, figures) is answer
