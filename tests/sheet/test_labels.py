"""Labels on the map stand in their area where they fit and never on each other."""

from __future__ import annotations

from itertools import combinations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from atlas.sheet.labels import Wording, place_labels
from atlas.sheet.typesetting import Style

STYLES = [(Style(7.0), Style(9.0, bold=True)), (Style(5.5), Style(7.0, bold=True))]
FRAME = shapely.box(0, 0, 110, 150)


def anchors(areas):
    return {
        code: tuple(shapely.get_coordinates(area.representative_point())[0]) for code, area in areas.items()
    }


def disjoint(labels):
    boxes = [label.box for label in labels]
    return not any(
        shapely.area(shapely.intersection(one, other)) > 1e-6 for one, other in combinations(boxes, 2)
    )


@given(
    st.lists(
        st.tuples(
            st.floats(5, 95),
            st.floats(5, 130),
            st.floats(1, 25),
            st.floats(1, 25),
            st.text("abc /-", max_size=30),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_labels_never_overlap_and_never_leave_the_frame(places):
    areas = {
        str(number): shapely.box(x, y, x + w, y + h) for number, (x, y, w, h, _name) in enumerate(places)
    }
    wordings = [Wording(str(number), place[4], "20%") for number, place in enumerate(places)]
    labels = place_labels(areas, anchors(areas), wordings, STYLES, FRAME)
    assert {label.code for label in labels} == set(areas)
    assert disjoint(labels)
    assert all(shapely.contains(FRAME, label.box) for label in labels)


def test_a_label_that_fits_stands_inside_its_area():
    areas = {"a": shapely.box(10, 10, 50, 40)}
    (label,) = place_labels(areas, {"a": (30, 25)}, [Wording("a", "Assen", "21%")], STYLES, FRAME)
    assert shapely.contains(areas["a"], label.box)
    assert label.pointer is None
    assert [text for text, _style in label.lines] == ["Assen", "21%"]


def test_a_long_name_is_broken_before_the_type_gets_smaller():
    areas = {"a": shapely.box(10, 10, 32, 40)}
    wording = Wording("a", "Pekela/Stadskanaal/Veendam", "25%")
    (label,) = place_labels(areas, {"a": (21, 25)}, [wording], STYLES, FRAME)
    assert [text for text, _style in label.lines] == ["Pekela/", "Stadskanaal/", "Veendam", "25%"]
    assert label.lines[0][1].size == 7.0


def test_a_label_without_room_stands_beside_its_area_and_points_at_it():
    middle = shapely.box(50, 50, 52, 52)
    areas = {"klein": middle, "groot": shapely.box(20, 20, 90, 100).difference(middle)}
    wordings = [Wording("klein", "Een naam", "25%"), Wording("groot", "Groot gebied", "20%")]
    labels = {label.code: label for label in place_labels(areas, anchors(areas), wordings, STYLES, FRAME)}
    assert disjoint(labels.values())
    small = labels["klein"]
    assert small.pointer is None or shapely.contains_xy(areas["klein"], *small.pointer)


@pytest.mark.parametrize("figure", ["", "27%"])
def test_an_area_without_a_figure_gets_only_its_name(figure):
    areas = {"a": shapely.box(10, 10, 50, 40)}
    (label,) = place_labels(areas, {"a": (30, 25)}, [Wording("a", "Assen", figure)], STYLES, FRAME)
    assert [text for text, _style in label.lines] == (["Assen", figure] if figure else ["Assen"])
