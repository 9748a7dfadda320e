"""A colour, a circle and an axis mean the same in every period of a figure."""

import itertools
import random

import pytest

from atlas.core.areas.divisions import areas
from atlas.core.figures.edition import Edition
from atlas.core.figures.indicators import Value
from atlas.core.figures.payload import build_payload
from atlas.core.tables.periods import period_order
from atlas.geo.boundaries.levels import boundary_payload
from period_samples import JUDGED, catalogue_of, indicator, recorded, surveyed, through_time

COUNT = len(areas("gemeente"))


@pytest.fixture(scope="module")
def _boundaries():
    return boundary_payload()[:2]


@pytest.fixture
def views_of(_boundaries):
    """The views of the first figure of a catalogue, newest first."""

    def views(catalogue):
        content = build_payload(catalogue, *_boundaries, Edition(audience="team", fictitious=True)).content
        return content["indicators"][0]["views"]

    return views


def colour(view, code):
    value = view["values"][code]
    return value["value"], value["class"], view["legend"]["classes"][value["class"]]["colour"]


def test_no_colour_moves_against_its_value_between_two_periods(views_of):
    chance = random.Random(3)
    values = [
        value
        for period in range(2014, 2026)
        for value in surveyed(JUDGED, str(period), [round(chance.uniform(5, 60), 1) for _ in range(COUNT)])
    ]
    views = views_of(catalogue_of((indicator(JUDGED), values)))
    assert len(views) == 12
    moved = 0
    for area in areas("gemeente"):
        seen = sorted(colour(view, area.code)[:2] for view in views)
        moved += any(first[1] > second[1] for first, second in itertools.pairwise(seen))
    assert moved == 0
    assert len({str([entry["colour"] for entry in view["legend"]["classes"]]) for view in views}) == 1


def test_all_periods_of_a_figure_have_one_legend_and_one_axis(views_of):
    views = views_of(through_time())
    first = views[0]
    assert [view["period"] for view in views] == ["2025", "2023", "2021", "2019", "2017"]
    for view in views:
        assert view["legend"]["breaks"] == first["legend"]["breaks"]
        assert view["axis"] == first["axis"]
    assert sum(entry["count"] for entry in views[2]["legend"]["classes"]) == COUNT - 1


def test_the_number_of_classes_follows_the_areas_and_not_the_periods(views_of):
    level = "surveyregio"
    values = [
        value
        for nth, period in enumerate(("2021", "2023", "2025"))
        for value in surveyed(JUDGED, period, [20.0 + 3 * at + nth for at in range(8)], level=level)
    ]
    views = views_of(catalogue_of((indicator(JUDGED), values)))
    assert {len(view["legend"]["classes"]) for view in views} == {3}


def test_a_period_of_four_areas_has_no_classes_beside_one_that_has(views_of):
    full = surveyed(JUDGED, "2025", [20.0 + at for at in range(COUNT)])
    few = surveyed(JUDGED, "2023", [20.0 + at if at < 4 else None for at in range(COUNT)])
    newest, oldest = views_of(catalogue_of((indicator(JUDGED), [*full, *few])))
    assert (newest["legend"]["kind"], oldest["legend"]["kind"]) == ("classes", "single")
    assert oldest["legend"]["note"].startswith("Minder dan vijf gebieden")


def test_what_was_counted_in_a_month_is_not_held_against_a_year(views_of):
    figure = indicator(JUDGED, unit="per_1000", measure="telling", per="inwoners")
    months = [recorded(JUDGED, f"2025-{month:02}", range(1, COUNT + 1)) for month in (1, 2)]
    year = recorded(JUDGED, "2025", range(100, 100 + COUNT))
    views = views_of(catalogue_of((figure, [*year, *months[0], *months[1]])))
    breaks = {view["period"]: view["legend"]["breaks"] for view in views}
    assert breaks["2025-01"] == breaks["2025-02"] != breaks["2025"]
    assert breaks["2025-01"][-1] < breaks["2025"][0]


def test_colours_diverge_from_the_newest_national_figure_and_say_of_when_it_is(views_of):
    national = [
        Value(JUDGED, "land", "NL00", period, figure, None, None, None, "ok", "")
        for period, figure in (("2023", 25.0), ("2025", 31.0))
    ]
    values = [
        value
        for period in ("2023", "2025")
        for value in surveyed(JUDGED, period, [20.0 + at for at in range(COUNT)])
    ]
    for view in views_of(catalogue_of((indicator(JUDGED), [*values, *national]))):
        assert 31.0 in view["legend"]["breaks"]
        assert "vanaf 31,0%, het landelijke cijfer van 2025" in view["legend"]["note"]


def test_periods_are_sorted_by_when_they_are_and_not_by_how_they_are_written():
    periods = ["2024 maart", "2024 april", "2024", "2023 4e kwartaal", "2025-11", "2025-02", "2023-2025H1"]
    assert sorted(periods, key=period_order) == [
        "2023-2025H1", "2023 4e kwartaal", "2024", "2024 maart", "2024 april", "2025-02", "2025-11",
    ]  # fmt: skip
