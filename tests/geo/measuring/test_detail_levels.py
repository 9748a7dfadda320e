"""Wijken, buurten and squares as levels of one edition: whole areas only, each told from the others."""

from __future__ import annotations

import pytest
import register_samples as samples
import shapely
from shapely.geometry import shape

from atlas.core.words.errors import AtlasError
from atlas.geo.boundaries.levels import load_boundaries
from atlas.geo.measuring.area_codes import square_codes
from atlas.geo.measuring.detail_levels import neighbourhood_levels, own_neighbourhoods, square_level
from atlas.geo.reading.crs import to_wgs84
from atlas.geo.registers.neighbourhoods import read_district_names, read_neighbourhoods

CODES = ("BU01060001", "BU01060002", "BU01060101", "BU16800101")
NAMES = ("Nergens", "Nergens", "Elders", "Elders")


@pytest.fixture
def path(tmp_path):
    rows = [samples.neighbourhood(code, buurtnaam=name) for code, name in zip(CODES, NAMES, strict=True)]
    shapes = [
        samples.square(samples.WEST + 1000 * position, samples.SOUTH, 1000.0) for position in range(len(rows))
    ]
    return samples.write_layer(tmp_path / "wijkenenbuurten.gpkg", "buurten", rows, shapes)


def levels(path, municipalities=("GM0106", "GM1680")):
    own = own_neighbourhoods(read_neighbourhoods(path).frame, municipalities)
    return neighbourhood_levels(own, read_district_names(path))


def test_buurten_of_other_municipalities_are_not_there(path):
    (wijken, wijk_shapes), (buurten, shapes) = levels(path, ("GM0106",))
    assert [area.code for area in buurten.areas] == list(CODES[:3])
    assert [area.code for area in wijken.areas] == ["WK010600", "WK010601"]
    assert list(shapes) == list(CODES[:3])
    assert list(wijk_shapes) == ["WK010600", "WK010601"]
    with pytest.raises(AtlasError, match="geen buurt van de gemeenten"):
        levels(path, ("GM0014",))


def test_a_buurt_lies_in_its_wijk_and_its_municipality(path):
    _, (buurten, _) = levels(path)
    assert {area.code: (area.municipalities, area.inside) for area in buurten.areas}["BU01060101"] == (
        ("GM0106",),
        ("WK010601",),
    )


def test_every_label_of_a_level_is_there_once(path):
    for level, _ in levels(path):
        labels = [area.label for area in level.areas]
        assert len(set(labels)) == len(labels)
    _, (buurten, _) = levels(path)
    assert [area.label for area in buurten.areas] == [
        "Nergens (Assen) BU01060001", "Nergens (Assen) BU01060002", "Elders (Assen)", "Elders (Aa en Hunze)",
    ]  # fmt: skip


def test_a_wijk_has_the_name_of_the_file_or_else_its_number(path):
    (wijken, _), _ = levels(path)
    assert [area.name for area in wijken.areas][:2] == ["Wijk 00 Assen", "Wijk 01 Assen"]
    rows = [{"wijkcode": "WK010601", "wijknaam": "Bedacht"}]
    samples.write_layer(path, "wijken", rows, [samples.square(samples.WEST, samples.SOUTH)])
    (wijken, _), _ = levels(path)
    assert [area.name for area in wijken.areas][:2] == ["Wijk 00 Assen", "Bedacht"]


def test_neighbours_keep_the_same_border_when_they_are_drawn_simply(path):
    (_, wijken), (_, buurten) = levels(path, ("GM0106",))
    assert shape(buurten["BU01060001"]["geometry"]).touches(shape(buurten["BU01060002"]["geometry"]))
    assert shape(wijken["WK010600"]["geometry"]).touches(shape(wijken["WK010601"]["geometry"]))


def squares_around_the_border():
    """Squares inside Assen, across its border, and far away."""
    assen = load_boundaries("gemeente").set_index("code").geometry["GM0106"]
    corner = shapely.get_coordinates(assen)[0]
    inside = assen.representative_point()
    return square_codes([inside.x, corner[0], 260_000.0], [inside.y, corner[1], 530_000.0]).tolist()


def test_only_squares_wholly_in_the_municipalities_are_there():
    inside, across, _ = squares_around_the_border()
    level, shapes = square_level([inside, across, "", "E2600N5300"], load_boundaries("gemeente"), ["GM0106"])
    assert [area.code for area in level.areas] == [inside] == list(shapes)
    assert level.areas[0].municipalities == ("GM0106",)
    assert level.areas[0].label == f"Assen {inside}"


def test_a_square_across_two_municipalities_of_one_team_is_there_and_names_both():
    _, across, _ = squares_around_the_border()
    every = load_boundaries("gemeente")
    level, _ = square_level([across], every, every["code"].tolist())
    assert len(level.areas[0].municipalities) > 1
    assert "GM0106" in level.areas[0].municipalities


def test_a_square_is_drawn_where_its_code_says():
    inside, _, _ = squares_around_the_border()
    _, shapes = square_level([inside], load_boundaries("gemeente"), ["GM0106"])
    corner = to_wgs84(shapely.get_coordinates(shapely.Point(int(inside[1:5]) * 100, int(inside[6:]) * 100)))
    drawn = shape(shapes[inside]["geometry"])
    assert drawn.distance(shapely.Point(corner[0])) < 1e-4


def test_no_square_at_all_is_an_empty_level():
    level, shapes = square_level([""], load_boundaries("gemeente"), ["GM0106"])
    assert (level.areas, shapes) == ((), {})
