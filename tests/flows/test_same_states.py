"""Page, GeoPackage and legend say of every published figure how sure it is in the same words."""

from __future__ import annotations

import re

import pyogrio
import pytest

from atlas.core.figures.map_layers import caution_of, map_name
from atlas.store.geopackage import write_atlas_geopackage
from atlas.web.page import render
from atlas_samples import atlas
from released_samples import leaving

VIEWS = [(indicator, view) for indicator in atlas()["indicators"] for view in indicator["views"]]
_ROW = re.compile(r'data-code="(\w+)".*?class="column-status">([^<]*)', re.DOTALL)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    path = tmp_path_factory.mktemp("gpkg") / "atlas.gpkg"
    write_atlas_geopackage(path, leaving(atlas()))
    return path


@pytest.mark.parametrize(("indicator", "view"), VIEWS, ids=[map_name(*pair) for pair in VIEWS])
def test_page_geopackage_and_legend_show_the_same_states(published, indicator, view):
    states = {code: value["status"] for code, value in view["values"].items()}
    labels = {state["status"]: state["label"] for state in atlas()["states"]}
    opening = {"indicator": indicator["id"], "level": view["level"], "period": view["period"]}
    table = render(leaving({**atlas(), "opening": opening})).split('id="table-rows"')[1].split("</tbody>")[0]
    assert dict(_ROW.findall(table)) == {code: labels[status] for code, status in states.items()}
    stored = pyogrio.read_dataframe(published, layer=map_name(indicator, view), read_geometry=False)
    assert dict(zip(stored["code"], stored["status"], strict=True)) == states
    for entry in view["legend"]["states"]:
        assert entry["count"] == sum(status == entry["status"] for status in states.values())


@pytest.mark.parametrize(("indicator", "view"), VIEWS, ids=[map_name(*pair) for pair in VIEWS])
def test_what_intervals_say_of_the_order_stands_with_the_caution(indicator, view):
    shown = [value for value in view["values"].values() if value["low"] is not None]
    assert ("intervallen" in caution_of(indicator, view)) == (len(shown) > 1)
