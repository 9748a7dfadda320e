"""What periods say of each other: gaps where an area changed, verdicts only where the design allows them."""

from itertools import combinations

import pytest

from atlas.core.areas.divisions import areas, boundary_changes
from atlas.core.figures.differences import difference, holm
from atlas.core.figures.edition import Edition
from atlas.core.figures.payload import build_payload
from atlas.core.figures.statements import SHOWN_BELOW, judged_estimate
from atlas.core.tables.periods import period_start
from atlas.geo.boundaries.levels import boundary_payload
from period_samples import ASKED, JUDGED, RECORDED, catalogue_of, indicator, surveyed, through_time

CODES = [area.code for area in areas("gemeente")]


@pytest.fixture(scope="module")
def timelines():
    boundaries, source, _ = boundary_payload()
    content = build_payload(
        through_time(), boundaries, source, Edition(audience="team", fictitious=True)
    ).content
    return {entry["id"]: entry["timelines"][0] for entry in content["indicators"]}


def test_lines_break_where_a_municipality_was_merged_and_nowhere_else(timelines):
    gaps = timelines[JUDGED]["gaps"]
    assert timelines[JUDGED]["periods"] == ["2017", "2019", "2021", "2023", "2025"]
    assert {code: list(broken) for code, broken in gaps.items()} == {
        "GM0014": ["2019"], "GM1950": ["2019"], "GM1952": ["2019"], "GM1966": ["2019"], "GM1969": ["2019"],
        "GM1979": ["2021"],
    }  # fmt: skip
    assert gaps["GM1979"]["2021"] == "Op 1 januari 2021 samengevoegd uit Appingedam, Delfzijl en Loppersum."


def test_a_region_of_several_municipalities_stays_when_they_merge_within_it():
    changes = boundary_changes()
    assert "SR04" not in changes
    assert [date for date, _ in changes["SR05"]] == ["2017-01-01", "2019-01-01"]
    assert [date for date, _ in changes["SR08"]] == ["2017-01-01"]


@pytest.mark.parametrize(
    ("period", "start"),
    [
        ("2018", "2018-01-01"), ("2018-11", "2018-11-01"), ("2018-11-05", "2018-11-05"),
        ("2018 3e kwartaal", "2018-07-01"), ("2018 maart", "2018-03-01"), ("2018-najaar", "2018-01-01"),
        ("onbekend", ""),
    ],
)  # fmt: skip
def test_a_period_begins_on_its_first_day(period, start):
    assert period_start(period) == start


def test_verdicts_are_those_of_two_figures_with_holm_over_the_areas(timelines):
    catalogue, told = through_time(), timelines[JUDGED]
    periods = told["periods"]
    by_period = {
        period: {value.area: value for value in catalogue.values_of(JUDGED, "gemeente", period)}
        for period in periods
    }
    seen = set()
    for one, other in combinations(range(len(periods)), 2):
        changed = {
            code for code, broken in told["gaps"].items() if set(periods[one + 1 : other + 1]) & broken.keys()
        }
        found = {}
        for code in CODES:
            pair = [by_period[periods[at]].get(code) for at in (other, one)]
            if code not in changed and all(pair):
                later, earlier = (judged_estimate(value, "percent") for value in pair)
                found[code] = difference(later, earlier, ground="microdata").p_value
        shown = dict(zip(found, (p < SHOWN_BELOW for p in holm(list(found.values()))), strict=True))
        wanted = "".join("-" if code not in shown else str(int(shown[code])) for code in CODES)
        assert told["change"]["verdicts"][f"{one} {other}"] == wanted
        seen |= set(wanted)
    assert seen == {"0", "1", "-"}
    assert told["change"]["verdicts"]["0 4"][0] == "1"
    assert told["change"]["verdicts"]["0 4"][1] == "0"


def test_without_a_ground_nothing_is_judged_and_no_colour_says_so(timelines):
    change = timelines[ASKED]["change"]
    assert (change["kind"], change["verdicts"], change["classes"]) == ("zonder_oordeel", {}, [])


def test_what_was_recorded_has_differences_and_no_verdicts(timelines):
    change = timelines[RECORDED]["change"]
    assert (change["kind"], change["verdicts"]) == ("geteld", {})
    assert [entry["label"] for entry in change["classes"]][3] == "geen verschil"


def test_the_classes_of_a_difference_join_without_overlap_and_hold_every_one(timelines):
    change = timelines[JUDGED]["change"]
    labels = [entry["label"] for entry in change["classes"]]
    assert labels[3].startswith("0,1 – ")
    assert labels[2].replace("lager", "hoger") == labels[3]
    assert change["breaks"] == [-edge for edge in reversed(change["breaks"])]


def test_more_is_worse_or_better_or_neither_in_the_colours_of_a_difference():
    boundaries, source, _ = boundary_payload()
    upper = {}
    for direction in ("hoger_is_ongunstiger", "hoger_is_gunstiger", "geen"):
        values = [
            value
            for period, by in (("2024", 0), ("2025", 9))
            for value in surveyed(JUDGED, period, [20.0 + at + by for at in range(len(CODES))])
        ]
        catalogue = catalogue_of((indicator(JUDGED, direction=direction), values))
        (entry,) = build_payload(catalogue, boundaries, source, Edition(fictitious=True)).content[
            "indicators"
        ]
        change = entry["timelines"][0]["change"]
        upper[direction] = (change["classes"][-1]["colour"], change["note"])
    assert upper["hoger_is_ongunstiger"][0] == upper["geen"][0] != upper["hoger_is_gunstiger"][0]
    assert "niet wat gunstiger is" in upper["geen"][1]
