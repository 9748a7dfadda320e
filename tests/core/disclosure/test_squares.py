"""Squares for others than a team: merged until there is enough in each area, and never taken apart again."""

import random

from atlas.core.disclosure.squares import area_code, corner_of, merged, square_at


def squares(columns, rows):
    return [square_at(200_000 + 5_000 * x, 520_000 + 5_000 * y) for x in range(columns) for y in range(rows)]


def test_a_square_is_named_after_its_corner_and_holds_its_lower_left_edge():
    assert square_at(220_000, 560_000) == square_at(224_999.9, 564_999.9) == "E2200N5600"
    assert square_at(219_999.9, 560_000) == "E2150N5600"
    assert corner_of("E2200N5600") == (220_000, 560_000)


def test_an_area_is_known_by_its_first_square_and_how_many_more():
    assert area_code(["E2250N5600", "E2200N5600"]) == "E2200N5600+1"
    assert area_code(["E2200N5600"]) == "E2200N5600"


def test_what_has_enough_stays_and_the_rest_goes_together_within_10_and_20_km():
    every = squares(4, 4)
    number = dict.fromkeys(every, 5) | {every[0]: 2, every[1]: 3, every[10]: 1, every[15]: 4}
    areas = merged(
        [frozenset([one]) for one in every], lambda area: sum(number[square] for square in area) >= 5
    )
    assert frozenset([every[0], every[1]]) in areas, "the two of one square of 10 km"
    assert frozenset([every[10], every[15]]) in areas
    assert sum(len(area) == 1 for area in areas) == 12


def test_a_merged_area_that_is_still_too_small_goes_to_the_nearest():
    every = [square_at(200_000, 520_000), square_at(245_000, 520_000), square_at(280_000, 520_000)]
    number = dict(zip(every, (2, 9, 9), strict=True))
    areas = merged(
        [frozenset([one]) for one in every], lambda area: sum(number[square] for square in area) >= 5
    )
    assert areas == [frozenset(every[:2]), frozenset(every[2:])]


def test_when_all_together_is_too_little_there_is_no_area():
    assert merged([frozenset([one]) for one in squares(2, 2)], lambda _: False) == []


def test_any_numbers_give_areas_that_hold_every_square_once_and_have_enough():
    for seed in range(60):
        chance = random.Random(seed)
        every = chance.sample(squares(9, 9), chance.randint(2, 60))
        number = {one: chance.choice([0, 0, 1, 2, 5, 9]) for one in every}

        def is_enough(area, number=number):
            return sum(number[square] for square in area) >= 5

        areas = merged([frozenset([one]) for one in every], is_enough)
        assert bool(areas) == (sum(number.values()) >= 5)
        assert all(map(is_enough, areas))
        if areas:
            assert sorted(square for area in areas for square in area) == sorted(every)
            assert merged(areas, is_enough) == areas
