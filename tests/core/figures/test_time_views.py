"""All periods of a figure as one view: one legend, days for a clock, and what broke."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from atlas.core.figures.edition import Edition
from atlas.core.figures.map_layers import map_name, map_rows
from atlas.core.figures.payload import build_payload
from atlas.core.figures.qml import map_style
from atlas.core.figures.time_views import THROUGH_TIME, views_through_time
from atlas.core.schema.published import layer
from atlas.core.tables.periods import period_end
from atlas.geo.boundaries.levels import boundary_payload
from atlas_samples import atlas
from period_samples import ASKED, RECORDED, catalogue_of, indicator, surveyed, through_time

FIELDS = layer("kaart").fields


def payload_of(catalogue):
    boundaries, source, _warnings = boundary_payload()
    return build_payload(catalogue, boundaries, source, Edition(fictitious=True)).content


@pytest.fixture(scope="module")
def payload():
    return payload_of(through_time())


def found(payload, identifier):
    one = next(entry for entry in payload["indicators"] if entry["id"] == identifier)
    (together,) = views_through_time(payload, one)
    return one, together


def test_a_figure_of_one_period_has_no_view_through_time():
    assert [views_through_time(atlas(), one) for one in atlas()["indicators"]] == [[]] * len(
        atlas()["indicators"]
    )


def test_the_classes_are_those_of_every_period(payload):
    one, together = found(payload, ASKED)
    told = [(entry["label"], entry["colour"]) for entry in together["legend"]["classes"]]
    for view in one["views"]:
        assert [(entry["label"], entry["colour"]) for entry in view["legend"]["classes"]] == told
    assert together["period_label"] == "2017 – 2025"


def test_a_row_for_each_area_and_period_oldest_first(payload):
    one, together = found(payload, ASKED)
    level = next(entry for entry in payload["levels"] if entry["id"] == "gemeente")
    rows = map_rows(level["areas"], one, together)
    assert [row["periode"] for row in rows[:: len(level["areas"])]] == [
        "2017",
        "2019",
        "2021",
        "2023",
        "2025",
    ]
    assert len({(row["code"], row["periode"]) for row in rows}) == len(rows) == 5 * len(level["areas"])
    newest = {row["code"]: row["waarde"] for row in rows if row["periode"] == "2025"}
    view = next(view for view in one["views"] if view["period"] == "2025")
    assert newest == {code: value["value"] for code, value in view["values"].items()}
    assert map_name(one, together) == f"kaart_{ASKED}_gemeente_verloop"


def test_what_changed_is_told_with_the_layer_and_in_its_map_tip(payload):
    one, together = found(payload, ASKED)
    assert "Eemsdelta: " in together["overlap_note"]
    tip = ET.fromstring(map_style(payload, one, together, FIELDS)).find("mapTip").text
    assert "\"code\" = 'GM1979' AND \"periode\" = '2021'" in tip
    assert "Gebroken" in tip


def test_every_rule_and_label_asks_the_clock_and_without_one_shows_the_newest(payload):
    for identifier in (ASKED, RECORDED):
        one, together = found(payload, identifier)
        style = ET.fromstring(map_style(payload, one, together, FIELDS))
        drawn = [rule.get("filter") for rule in style.iter("rule") if rule.get("filter") != "FALSE"]
        label = style.find("labeling/settings/text-style").get("fieldName")
        for text in (*drawn, label):
            assert "WHEN @map_start_time IS NULL THEN \"periode\" = '2025'" in text
        clock = style.find("temporal")
        assert (clock.get("enabled"), clock.get("mode")) == ("1", "4")
        assert "Temporal" in style.get("styleCategories")


def test_a_period_with_too_few_areas_has_its_own_fill_in_its_own_rule():
    few = [30.0] * 3 + [None] * 19
    catalogue = catalogue_of(
        (
            indicator("fictief_weinig"),
            [
                *surveyed("fictief_weinig", "2023", [10.0 + 2 * nth for nth in range(22)]),
                *surveyed("fictief_weinig", "2025", few),
            ],
        )
    )
    payload = payload_of(catalogue)
    one, together = found(payload, "fictief_weinig")
    style = ET.fromstring(map_style(payload, one, together, FIELDS))
    filters = [rule.get("filter") for rule in style.iter("rule")]
    assert any('"klasse" = 0 AND "periode" IN (\'2025\')' in text for text in filters)
    assert any('"klasse" = 0 AND "periode" IN (\'2023\')' in text for text in filters)


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("2024", "2025-01-01"),
        ("2024-12", "2025-01-01"),
        ("2024-02-28", "2024-02-29"),
        ("2024 4e kwartaal", "2025-01-01"),
        ("2024 1e kwartaal", "2024-04-01"),
        ("voorjaar", ""),
    ],
)
def test_the_day_after_a_period(period, end):
    assert period_end(period) == end


def test_a_period_without_a_date_has_no_clock():
    catalogue = catalogue_of(
        (
            indicator("fictief_golf"),
            [
                *surveyed("fictief_golf", "golf a", [10.0 + nth for nth in range(22)]),
                *surveyed("fictief_golf", "golf b", [12.0 + nth for nth in range(22)]),
            ],
        )
    )
    payload = payload_of(catalogue)
    assert payload["indicators"][0]["timelines"]
    assert views_through_time(payload, payload["indicators"][0]) == []
    assert THROUGH_TIME == "verloop"
