"""Words about published layers that every face repeats."""

from atlas.core.figures.map_layers import class_spread

PERCENT = {"unit": "percent", "decimals": 0, "denominator": ""}


def value(n, low=None, high=None):
    return {"n": n, "low": low, "high": high}


def test_a_class_tells_its_least_and_most_respondents_and_how_far_its_intervals_reach():
    members = [value(1037, 18.2, 24.6), value(539, 16.1, 24.9)]
    assert class_spread(PERCENT, members) == "n 539 – 1.037, intervallen 16–25%"


def test_one_number_is_told_once_and_what_is_not_known_not_at_all():
    assert class_spread(PERCENT, [value(335)]) == "n 335"
    assert class_spread(PERCENT, [value(None, 19.0, 32.0)]) == "intervallen 19–32%"
    assert class_spread(PERCENT, [value(None)]) == ""


def test_a_class_of_records_says_what_they_are_divided_by():
    visited = {**PERCENT, "denominator": "bezochte erven"}
    assert class_spread(visited, [value(3), value(12)]) == "van 3 – 12 bezochte erven"
