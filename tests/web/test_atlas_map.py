"""AtlasMap: a folium map that is saved as our page, with what an analyst may add to it."""

from __future__ import annotations

import base64
import errno
import io
import json
from pathlib import Path

import folium
import folium.plugins
import geopandas as gpd
import numpy as np
import pytest
from page_samples import HOSTILE
from PIL import Image
from shapely.geometry import Point

from atlas.core.figures.page_form import as_records
from atlas.core.schema.published import LAYERS
from atlas.core.words.errors import AtlasError
from atlas.web import AtlasMap
from atlas.web.map_layers import Boundaries, Choropleth
from atlas.web.page import BRT_GREY, render
from released_samples import leaving

BOUNDS = [[52.9, 6.4], [53.1, 6.7]]


def extras(page: str) -> dict:
    block = page.split('id="atlas-extras">')[1].split("</script>", maxsplit=1)[0]
    return json.loads(block)


def added(atlas_map: AtlasMap) -> list[dict]:
    return extras(atlas_map.render())["layers"]


@pytest.fixture
def atlas_map(payload) -> AtlasMap:
    return AtlasMap(leaving(payload))


@pytest.fixture
def frame() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"naam": ["Assen"], "code": ["GM0106"], "zeer_geheim_77": ["BOER JANSEN"]},
        geometry=[Point(6.56, 53.0)],
        crs=4326,
    )


# --- the map is a folium map and its page is ours -------------------------------------------------


def test_it_is_a_folium_map_of_boundaries_and_one_choropleth_for_each_view(atlas_map, payload):
    assert isinstance(atlas_map, folium.Map)
    children = list(atlas_map._children.values())
    levels = [child.level for child in children if isinstance(child, Boundaries)]
    assert levels == [level["id"] for level in payload["levels"]]
    views = {child.key for child in children if isinstance(child, Choropleth)}
    assert views == {(i["id"], v["level"], v["period"]) for i in payload["indicators"] for v in i["views"]}
    assert all(isinstance(child, folium.map.Layer) for child in children)


def test_the_map_of_a_payload_is_the_page_of_that_payload(atlas_map, payload):
    assert atlas_map.render() == render(leaving(payload))


def test_the_boundaries_carry_only_the_fields_that_may_leave(atlas_map, payload):
    payload["levels"][1]["areas"][0]["zeer_geheim_77"] = "BOER JANSEN"
    level = AtlasMap(leaving(payload))._children
    fields = {
        key
        for child in level.values()
        if isinstance(child, Boundaries)
        for feature in child.data["features"]
        for key in feature["properties"]
    }
    assert {"code", "naam", "lidmaatschap"} <= fields
    assert "zeer_geheim_77" not in fields


@pytest.mark.parametrize("way", ["render", "root", "figure", "notebook", "save", "stream"])
def test_every_way_out_gives_our_page_and_never_foliums(atlas_map, tmp_path, way):
    stream = io.BytesIO()
    if way == "save":
        atlas_map.save(tmp_path / "atlas.html")
    elif way == "stream":
        atlas_map.save(stream, close_file=False)
    page = {
        "render": atlas_map.render,
        "root": lambda: atlas_map.get_root().render(),
        "figure": atlas_map._parent.render,
        "notebook": atlas_map._repr_html_,
        "save": lambda: (tmp_path / "atlas.html").read_text(encoding="utf-8"),
        "stream": lambda: stream.getvalue().decode(),
    }[way]()
    assert "Content-Security-Policy" in page
    for foreign in ("cdn.", "jquery", "bootstrap", "folium", "leaflet.awesome"):
        assert foreign not in page.lower()


def test_saving_twice_gives_the_same_bytes(payload, tmp_path):
    for name in ("one.html", "two.html"):
        AtlasMap(leaving(payload)).save(str(tmp_path / name))
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_a_figure_that_is_taken_off_the_map_is_not_in_the_page(atlas_map, payload):
    first = next(name for name, child in atlas_map._children.items() if isinstance(child, Choropleth))
    del atlas_map._children[first]
    page = atlas_map.render()
    written = as_records(json.loads(page.split('id="atlas-payload">')[1].split("</script>")[0]))
    assert [view["level"] for view in written["indicators"][0]["views"]] == ["provincie"]
    assert written["opening"]["level"] == "provincie"
    assert payload["opening"]["level"] == "surveyregio"


def test_a_map_without_its_boundaries_or_figures_is_refused(payload):
    for kind in (Boundaries, Choropleth):
        atlas_map = AtlasMap(leaving(payload))
        for name in [name for name, child in atlas_map._children.items() if isinstance(child, kind)]:
            del atlas_map._children[name]
        with pytest.raises(AtlasError, match="mist een laag"):
            atlas_map.render()


def test_a_figure_needs_the_boundaries_of_its_own_map(payload):
    other = next(
        child for child in AtlasMap(leaving(payload))._children.values() if isinstance(child, Choropleth)
    )
    with pytest.raises(AtlasError, match="grenzen bij deze kaartlaag"):
        AtlasMap(leaving(payload)).add_child(other)


# --- saving ---------------------------------------------------------------------------------------


def test_a_full_disk_leaves_the_old_page_and_no_rest(atlas_map, tmp_path, monkeypatch):
    place = tmp_path / "atlas.html"
    old_page = "<!doctype html><title>oud</title>"
    place.write_text(old_page, encoding="utf-8")

    def full(path, data):
        with path.open("wb") as file:
            file.write(data[:100])
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(AtlasError, match="kan niet worden geschreven"):
        atlas_map.save(place)
    assert place.read_text(encoding="utf-8") == old_page
    assert [path.name for path in tmp_path.iterdir()] == ["atlas.html"]


def test_a_place_that_is_no_folder_is_refused(atlas_map, tmp_path):
    (tmp_path / "bestand").write_text("", encoding="utf-8")
    with pytest.raises(AtlasError, match="kan niet worden geschreven"):
        atlas_map.save(tmp_path / "bestand" / "atlas.html")


# --- what may be added ----------------------------------------------------------------------------


def test_only_whitelisted_columns_of_a_geodataframe_reach_the_page(atlas_map, frame):
    folium.GeoJson(frame, name="gemeente").add_to(atlas_map)
    page = atlas_map.render()
    assert "BOER JANSEN" not in page
    assert "zeer_geheim_77" not in page
    (feature,) = added(atlas_map)[0]["parts"][0]["features"]
    assert feature["texts"] == [["Naam", "Assen"], ["Code", "GM0106"]]
    assert feature["geometry"] == {"type": "Point", "coordinates": [6.56, 53.0]}


def test_of_a_layer_the_table_does_not_know_no_column_leaves(atlas_map, frame):
    atlas_map.add_child(folium.GeoJson(frame, name="Mijn laag"))
    (layer,) = added(atlas_map)
    assert layer["name"] == "Mijn laag"
    assert [feature["texts"] for feature in layer["parts"][0]["features"]] == [[]]
    assert "Assen" not in json.dumps(layer)


def test_a_known_layer_whose_shapes_may_not_leave_is_refused(payload, frame):
    assert "koppelrapport" in LAYERS
    with pytest.raises(AtlasError, match="doelgroep"):
        AtlasMap(leaving(payload)).add_child(folium.GeoJson(frame, name="koppelrapport"))


def test_everything_else_in_a_geojson_is_left_out(atlas_map):
    data = {
        "type": "FeatureCollection", "crs": {"zeer_geheim_77": 1}, "name": "zeer_geheim_77",
        "features": [{
            "type": "Feature", "id": "zeer_geheim_77", "bbox": [0, 0, 1, 1], "zeer_geheim_77": 1,
            "properties": {"zeer_geheim_77": 1},
            "geometry": {"type": "Point", "coordinates": [6.5, 53.0, 3.0], "zeer_geheim_77": 1},
        }, {"type": "Feature", "properties": None, "geometry": None}],
    }  # fmt: skip
    atlas_map.add_child(folium.GeoJson(data, name="x"))
    assert "zeer_geheim_77" not in atlas_map.render()


def test_a_style_function_gives_looks_and_nothing_else(atlas_map, frame):
    def style(feature):
        assert feature["properties"]["zeer_geheim_77"]
        return {
            "color": "#ff0000",
            "weight": 3,
            "fillColor": "url(https://x.nl)",
            "className": "x",
            "opacity": "0",
        }

    atlas_map.add_child(folium.GeoJson(frame, name="x", style_function=style))
    assert added(atlas_map)[0]["parts"][0]["features"][0]["style"] == {"color": "#ff0000", "weight": 3}


@pytest.mark.parametrize("coordinates", [[233_000, 557_000], [float("nan"), 53.0], [6.5, 91.0]])
def test_coordinates_that_are_no_degrees_are_refused(atlas_map, coordinates):
    data = {"type": "Point", "coordinates": coordinates}
    with pytest.raises(AtlasError, match="geen graden"):
        atlas_map.add_child(folium.GeoJson(data, name="x"))


def test_points_are_one_layer_together(atlas_map):
    for latitude in (52.9, 53.0):
        folium.CircleMarker([latitude, 6.5], radius=4, color="red").add_to(atlas_map)
    (layer,) = added(atlas_map)
    assert layer["name"] == "Punten"
    assert [part["latitude"] for part in layer["parts"]] == [52.9, 53.0]
    assert layer["parts"][0]["style"]["color"] == "red"


def test_a_feature_group_of_known_kinds_is_one_layer(atlas_map, frame):
    group = folium.FeatureGroup(name="Samen", show=False).add_to(atlas_map)
    folium.CircleMarker([53.0, 6.5]).add_to(group)
    folium.GeoJson(frame).add_to(group)
    (layer,) = added(atlas_map)
    assert (layer["name"], layer["shown"]) == ("Samen", False)
    assert [part["kind"] for part in layer["parts"]] == ["circle", "geojson"]


def test_what_slips_into_a_group_later_is_refused_when_saving(atlas_map):
    group = folium.FeatureGroup(name="Samen").add_to(atlas_map)
    folium.Marker([53.0, 6.5]).add_to(group)
    with pytest.raises(AtlasError, match="kan niet mee"):
        atlas_map.render()


def test_a_raster_and_a_picture_file_are_embedded(atlas_map, tmp_path):
    Image.new("RGB", (2, 2), "red").save(tmp_path / "foto.png")
    for image in (np.zeros((2, 2, 4)), str(tmp_path / "foto.png")):
        atlas_map.add_child(folium.raster_layers.ImageOverlay(image, BOUNDS, name="beeld", opacity=0.5))
    for layer in added(atlas_map):
        (part,) = layer["parts"]
        assert base64.b64decode(part["url"].partition("base64,")[2]).startswith(b"\x89PNG")
        assert (part["bounds"], part["opacity"]) == (BOUNDS, 0.5)


@pytest.mark.parametrize(
    "image",
    [
        "https://example.nl/a.png",
        "http://example.nl/a.png",
        "data:image/svg+xml;base64,AAAA",
        "data:text/html,<b>",
    ],
)
def test_a_picture_from_elsewhere_is_refused(atlas_map, image):
    with pytest.raises(AtlasError, match="afbeelding"):
        atlas_map.add_child(folium.raster_layers.ImageOverlay(image, BOUNDS))


def test_tiles_are_refused_without_a_basemap_and_from_another_provider(payload):
    tiles = folium.TileLayer("https://tiles.example.nl/{z}/{x}/{y}.png", attr="bron", name="luchtfoto")
    with pytest.raises(AtlasError, match="achtergrondkaart"):
        AtlasMap(leaving(payload)).add_child(tiles)
    with pytest.raises(AtlasError, match="andere computer"):
        AtlasMap(leaving(payload), basemap=BRT_GREY).add_child(tiles)


def test_tiles_of_the_same_provider_are_offered_and_off(payload):
    address = "https://service.pdok.nl/hwh/luchtfotorgb/wmts/v1_0/Actueel_orthoHR/EPSG:3857/{z}/{x}/{y}.jpeg"
    atlas_map = AtlasMap(leaving(payload), basemap=BRT_GREY)
    atlas_map.add_child(
        folium.TileLayer(address, attr="<a href='https://x.nl'>PDOK &amp; co</a>", name="luchtfoto")
    )
    (layer,) = added(atlas_map)
    assert layer["shown"] is False
    assert layer["tiles"]["attribution"] == "PDOK & co"
    assert layer["tiles"]["host"] == "service.pdok.nl"


# --- what is refused ------------------------------------------------------------------------------


def refused():
    point = [53.0, 6.5]
    geojson = {"type": "Point", "coordinates": [6.5, 53.0]}
    features = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"naam": 1}, "geometry": geojson}],
    }
    group = folium.FeatureGroup(name="groep")
    folium.Marker(point, popup="<script>").add_to(group)
    yield from (
        folium.Marker(point),
        folium.Marker(point, popup="<b>x</b>"),
        folium.Popup("x"),
        folium.Tooltip("x"),
        folium.Circle(point),
        folium.PolyLine([point, [53.1, 6.6]]),
        folium.LayerControl(),
        folium.LatLngPopup(),
        folium.WmsTileLayer("https://x.nl", layers="x"),
        folium.CircleMarker(point, popup="x"),
        folium.CircleMarker(point, tooltip="x"),
        folium.CircleMarker(),
        folium.GeoJson(features, tooltip=folium.GeoJsonTooltip(["naam"])),
        folium.GeoJson(features, popup=folium.GeoJsonPopup(["naam"])),
        folium.GeoJson(geojson, on_each_feature=folium.JsCode("function(){}")),
        folium.GeoJson({"type": "Raar", "coordinates": []}),
        folium.Choropleth(features, columns=None),
        folium.plugins.MarkerCluster(),
        folium.plugins.HeatMap([point]),
        folium.plugins.Fullscreen(),
        folium.plugins.MousePosition(),
        folium.Element("<script>window.hacked=1</script>"),
        folium.MacroElement(),
        group,
    )


@pytest.mark.parametrize("child", [*refused()], ids=lambda child: child._name)
def test_everything_else_is_refused_with_a_sentence_and_nothing_is_added(atlas_map, child):
    before = list(atlas_map._children)
    with pytest.raises(AtlasError) as caught:
        atlas_map.add_child(child)
    assert caught.value.title.endswith(".")
    assert list(atlas_map._children) == before
    with pytest.raises(AtlasError):
        child.add_to(atlas_map)


@pytest.mark.parametrize("part", ["header", "html", "script"])
def test_own_html_and_script_are_refused(atlas_map, part):
    with pytest.raises(AtlasError, match="Eigen HTML"):
        getattr(atlas_map.get_root(), part).add_child(folium.Element("<script>window.hacked=1</script>"))


def test_a_zoom_to_own_bounds_is_refused(atlas_map):
    with pytest.raises(AtlasError):
        atlas_map.fit_bounds(BOUNDS)


# --- in the browser -------------------------------------------------------------------------------


def test_added_layers_can_be_switched_and_their_hostile_names_stay_text(visit, payload, frame):
    atlas_map = AtlasMap(leaving(payload))
    frame["naam"] = HOSTILE
    atlas_map.add_child(folium.GeoJson(frame, name="gemeente"))
    group = folium.FeatureGroup(name=HOSTILE).add_to(atlas_map)
    folium.CircleMarker([53.0, 6.4], fill=True).add_to(group)
    atlas_map.add_child(folium.raster_layers.ImageOverlay(np.zeros((2, 2, 4)), BOUNDS, name="beeld"))
    opened = visit(atlas_map.render())
    page = opened.page
    assert page.locator(".switch").all_text_contents() == ["gemeente", HOSTILE, "beeld"]
    drawn = page.locator(".leaflet-extra-pane path")
    assert drawn.count() == 2
    drawn.first.dispatch_event("mouseover")
    assert HOSTILE in page.locator("#layer-feature").text_content()
    page.locator(".switch").nth(1).click()
    assert drawn.count() == 1
    assert page.locator(".leaflet-extra-pane img").count() == 1
    assert page.evaluate("window.hacked") is None
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("data:")] == opened.requests[:1]


def test_in_a_notebook_frame_the_page_works(visit, payload):
    shown = AtlasMap(leaving(payload))._repr_html_()
    notebook = f"<!DOCTYPE html><title>notitieboek</title><html class=ready>{shown}"
    opened = visit(notebook)
    inside = opened.page.frames[1]
    inside.wait_for_selector("html.ready", state="attached")
    inside.locator("#choice-level").select_option("provincie")
    assert inside.locator("#table-rows tr").count() == 2
    assert not [text for text in opened.complaints if "Content Security" in text]
