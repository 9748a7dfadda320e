"""The sheet of a team is about its own municipalities, its foot says all, and circles fit the map."""

from __future__ import annotations

import pytest

from atlas.sheet.ground import ground_of
from atlas.sheet.layout import LARGEST_MAP, _made
from atlas.sheet.map_panel import frame_of
from atlas.sheet.picture import _with_circles_for
from atlas.sheet.structure import Box
from atlas.sheet.typesetting import is_shortened
from atlas.sheet.view import views_of

ASSEN = "GM0106"


@pytest.fixture
def of_assen(every_state):
    """A view by municipality in which only Assen has a figure."""
    values = every_state["indicators"][0]["views"][0]["values"]
    for code, value in values.items():
        if code != ASSEN:
            value.update(value=None, status="geen_gegevens", **{"class": None})
    return {**every_state, "competence": {"municipalities": [ASSEN], "labels": ["Assen"]}}


def test_a_sheet_of_a_team_shows_its_municipalities_among_their_neighbours(of_assen):
    (view,) = views_of(of_assen)
    assert [area["name"] for area in view.areas] == ["Assen"]
    assert len(view.neighbours) == 21
    assert view.legend["states"] == [] or view.legend["states"][0]["count"] == 1
    assert sum(entry["count"] for entry in view.legend["classes"]) == 1
    ground = ground_of(of_assen)
    west, south, east, north = frame_of(LARGEST_MAP, view, ground).extent
    assert east - west < 40_000
    shape = ground.shapes["gemeente"][ASSEN]
    assert (west, south) < shape.bounds[:2]
    assert (east, north) > shape.bounds[2:]


def test_a_figure_that_others_have_too_is_drawn_for_all(of_assen):
    of_assen["indicators"][0]["views"][0]["values"]["GM0114"].update(value=3.0, status="ok")
    (view,) = views_of(of_assen)
    assert (len(view.areas), len(view.neighbours)) == (22, 0)
    ground = ground_of(of_assen)
    assert frame_of(LARGEST_MAP, view, ground).extent[0] < ground.bounds[0]


def test_circles_are_smaller_on_a_smaller_map_and_never_larger(one_view):
    (view,) = views_of(one_view)
    ground = ground_of(one_view)
    landscape = Box(8, 20, 140, 100)
    assert _with_circles_for(view, landscape, ground).circle_size == pytest.approx(0.6, abs=0.08)
    assert _with_circles_for(view, Box(0, 0, 400, 600), ground).circle_size == 1


def test_who_made_it_and_of_when_the_data_are_stand_whole_in_the_foot(one_view):
    one_view["maker"] = {
        "name": "Gemeente Voorbeeld, team data en onderzoek van de afdeling bedrijfsvoering",
        "contact": "gis-en-onderzoek@gemeente-voorbeeld.example",
        "error_report": "",
    }
    (view,) = views_of({**one_view, "made_on": "2026-12-01", "made_on_label": "1 december 2026"})
    _style, lines = _made(view)
    assert len(lines) == 2
    assert not is_shortened(lines)
    assert " ".join(lines).endswith("Nieuwste gegevens: februari 2026")
