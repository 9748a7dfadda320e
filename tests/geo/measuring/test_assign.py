"""Which area holds a point: the same answer as exact geometry, on every point, the nastiest included."""

from __future__ import annotations

import itertools
import json

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from exact_areas import (
    assert_exact,
    exact,
    index_with,
    nudged,
    series,
)
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box

from atlas.core.areas.crs import RD
from atlas.core.files.embedded import embedded_path
from atlas.geo.measuring import assign
from atlas.geo.measuring.assign import AreaIndex, assign_areas, edges_of
from atlas.geo.reading.crs import to_rd
from atlas.planar import area_grid_reading
from atlas.planar.area_grid import HARD
from atlas.planar.area_grid_building import SLACK, frame_for


@pytest.fixture(scope="module")
def municipalities():
    with embedded_path("data", "boundaries", "gemeenten.geojson").open(encoding="utf-8") as file:
        features = json.load(file)["features"]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    return geopandas.GeoSeries(shapely.transform(shapes, to_rd), crs=RD)


@pytest.fixture(scope="module")
def neighbourhoods():
    """FICTIEF: some 40 areas that fit together, with winding borders and holes without area."""
    random = np.random.default_rng(3)
    area = box(0, 0, 1000, 1000)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(random.uniform(0, 1000, (60, 2))), extend_to=area)
    lines = [area.exterior, *shapely.get_parts(shapely.boundary(shapely.get_parts(cells)))]
    whole = shapely.node(
        shapely.segmentize(shapely.clip_by_rect(shapely.union_all(lines), 0, 0, 1000, 1000), 12)
    )

    def wind(points):
        inner = np.all((points > 0) & (points < 1000), axis=1)
        wave = np.sin(points[:, ::-1] / 7.3) * 2.5
        return points + np.where(inner[:, None], wave, 0.0)

    cells = shapely.get_parts(shapely.polygonize([shapely.node(shapely.transform(whole, wind))]))
    return geopandas.GeoSeries(cells[shapely.area(cells) > 100])


SHAPES = {
    "square": ["POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"],
    "squares side by side": [box(i % 4, i // 4, i % 4 + 1, i // 4 + 1) for i in range(16)],
    "triangle with steep and flat sides": [
        "POLYGON ((0 0, 1e6 1e-6, 1e6 3, 0 0))",
        "POLYGON ((0 0, 1 1e6, 2 0, 0 0))",
    ],
    "spike of no width": ["POLYGON ((0 0, 10 0, 10 5, 30 5, 10 5, 10 10, 0 10, 0 0))"],
    "needles": [
        "POLYGON ((0 0, 10 0, 5.0000001 0, 5 9, 4.9999999 0, 0 0))",
        "POLYGON ((0 0, 9 3, 3 1, 0 0))",
    ],
    "hole with an island, and an island in that": [
        "POLYGON ((0 0, 90 0, 90 90, 0 90, 0 0), (10 10, 80 10, 80 80, 10 80, 10 10))",
        "POLYGON ((20 20, 70 20, 70 70, 20 70, 20 20), (30 30, 60 30, 60 60, 30 60, 30 30))",
        "POLYGON ((30 30, 60 30, 60 60, 30 60, 30 30))",
    ],
    "hole that touches the outer ring": [
        "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (0 0, 4 2, 2 4, 0 0))",
        "POLYGON ((0 0, 4 2, 2 4, 0 0))",
    ],
    "ring that touches itself": ["POLYGON ((0 0, 4 4, 8 0, 8 8, 4 4, 0 8, 0 0))"],
    "islands": [
        "MULTIPOLYGON (((0 0, 3 0, 3 3, 0 3, 0 0)), ((7 7, 9 7, 9 9, 7 9, 7 7), (8 7, 8.5 8, 8 8.5, 8 7)))",
        "MULTIPOLYGON (((3 0, 6 0, 6 3, 3 3, 3 0)), ((0 3, 3 3, 3 6, 0 6, 0 3)))",
    ],
    "parts that touch in a vertex": [
        "MULTIPOLYGON (((0 0, 5 0, 5 5, 0 5, 0 0)), ((5 5, 9 5, 9 9, 5 9, 5 5)))"
    ],
    "overlap": [box(4, 4, 6, 6), box(0, 0, 7, 7), box(3, 3, 9, 9), box(1, 1, 2, 2), box(-5, -5, 20, 20)],
    "the same area twice": [box(0, 0, 5, 5), Point(2, 2).buffer(3), box(0, 0, 5, 5)],
    "parts that overlap": [MultiPolygon([box(0, 0, 4, 4), box(2, 2, 6, 6)]), box(1, 1, 5, 5)],
    "border that crosses itself": ["POLYGON ((0 0, 4 4, 4 0, 0 4, 0 0))", box(1, -1, 3, 3)],
    "border gone around twice": ["POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0, 4 0, 4 4, 0 4, 0 0))", box(3, 3, 5, 5)],
    "flat": [
        "POLYGON ((0 0, 5 0, 9 0, 0 0))",
        "POLYGON ((2 1, 2 1, 2 1, 2 1))",
        "POLYGON ((0 0, 3 3, 1 1, 0 0))",
    ],
    "tiny ones in a large one": [
        *(Point(x, y).buffer(1e-3) for x, y in itertools.product((1, 500, 999), repeat=2)),
        box(0, 0, 1000, 1000),
    ],
    "vertices that are repeated": ["POLYGON ((0 0, 5 0, 5 0, 5 5, 5 5, 5 5, 0 5, 0 0, 0 0))"],
    "many edges in one place": [Point(0, 0).buffer(1e-2, quad_segs=500), box(-50, -50, 50, 50)],
    "coordinates of 1e15": [box(1e15, 1e15, 1e15 + 8, 1e15 + 8), box(1e15 + 8, 1e15, 1e15 + 9, 1e15 + 9)],
    "triangles of a few units of the last place": [
        Polygon([(1e15, 1e15), (1e15 + 7.125, 1e15 + 1.25), (1e15 + 2.5, 1e15 + 6)]),
        Polygon([(1e15 + 2.5, 1e15 + 6), (1e15 + 7.125, 1e15 + 1.25), (1e15 + 9.375, 1e15 + 9.125)]),
        Polygon([(1e15, 1e15), (1e15 + 2.5, 1e15 + 6), (1e15 - 3.375, 1e15 + 4.625)]),
    ],
    "far from the origin": ["POLYGON ((1e9 1e9, 1000000001 1e9, 1000000000.3 1000000001.7, 1e9 1e9))"],
    "huge": [Polygon([(-1e140, -1e140), (1e140, -1e140), (3e139, 1e140)]), box(0, 0, 1, 1)],
    "larger than products can be": [Polygon([(-1e200, -1e200), (1e200, -1e200), (3e199, 1e200)])],
    "smaller than products can be": [Polygon([(0, 0), (1e-170, 0), (3e-171, 1e-170)])],
    "smaller than numbers can be": [Polygon([(0, 0), (5e-320, 0), (0, 5e-320)])],
    "wide and low": [box(0, 0, 1e6, 1e-3), box(2e5, 1e-3, 3e5, 2e-3)],
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_nasty_point_of_a_shape_gets_the_exact_answer(name):
    assert_exact(series(*SHAPES[name]))


def test_every_nasty_point_of_the_municipalities_gets_the_exact_answer(municipalities):
    assert_exact(municipalities, grids=(500, 131_072))


def test_every_nasty_point_of_winding_neighbourhoods_gets_the_exact_answer(neighbourhoods):
    assert len(neighbourhoods) > 30
    assert neighbourhoods.is_valid.all()
    assert_exact(neighbourhoods, grids=(100, 5_000, 131_072))


def test_the_answer_is_that_of_covers_without_preparation(municipalities):
    random = np.random.default_rng(11)
    west, south, east, north = municipalities.total_bounds
    x, y = random.uniform(west, east, 4000), random.uniform(south, north, 4000)
    vertices = shapely.get_coordinates(municipalities)[::7]
    x, y = np.append(x, vertices[:, 0]), np.append(y, vertices[:, 1])
    covers = np.array([shapely.covers(area, shapely.points(x, y)) for area in municipalities])
    wanted = np.where(covers.any(axis=0), covers.argmax(axis=0), -1)
    np.testing.assert_array_equal(assign_areas(x, y, municipalities), wanted)


lattice = st.integers(0, 6)
corner = st.tuples(lattice, lattice)


@st.composite
def ragged_polygons(draw):
    """Polygons on a lattice that share vertices and edges, most of them invalid."""
    polygons = []
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(["ring", "hole", "parts", "empty", "none"]))
        if kind == "none":
            polygons.append(None)
        elif kind == "empty":
            polygons.append(Polygon())
        elif kind == "parts":
            rings = draw(st.lists(st.lists(corner, min_size=3, max_size=6), min_size=1, max_size=3))
            polygons.append(MultiPolygon([Polygon(ring) for ring in rings]))
        elif kind == "hole":
            hole = draw(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=3, max_size=5))
            polygons.append(Polygon(box(0, 0, 6, 6).exterior, [hole]))
        else:
            polygons.append(Polygon(draw(st.lists(corner, min_size=3, max_size=9))))
    turn = draw(st.sampled_from([0.0, 1.0, 0.3]))
    move = draw(st.sampled_from([0.0, 0.1, 233_000.7]))
    size = draw(st.sampled_from([1.0, 1 / 3, 1e-5, 1e7]))
    return polygons, turn, move, size


@given(ragged_polygons(), st.sampled_from([1, 20, 400, 20_000]))
def test_any_set_of_polygons_gets_the_exact_answer(ragged, cells):
    polygons, turn, move, size = ragged
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])

    def placed(points):
        return points @ turned.T * size + move

    areas = geopandas.GeoSeries(shapely.transform(np.array(polygons, dtype=object), placed))
    steps = np.arange(-1, 14) / 2
    points = placed(np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2))
    x = np.concatenate([nudged(points[:, 0]), np.tile(points[:, 0], 5)])
    y = np.concatenate([np.tile(points[:, 1], 5), nudged(points[:, 1])])
    np.testing.assert_array_equal(index_with(areas, cells).assign(x, y), exact(areas, x, y))


@st.composite
def polygons_on_the_lines(draw):
    """Polygons in cells of a frame: on its lines, or a hair beside them; and that frame."""
    origin, size = draw(st.sampled_from([(0.0, 1.0), (233_000.0, 100.0), (-1e15, 1e8), (1e-3, 1e-4)]))
    around = box(origin, origin, origin + size, origin + size)
    frame = frame_for(edges_of(np.array([around]), np.array([0])), 400)
    hair = st.sampled_from([0.0, 0.0, 0.0, 1e-17, -1e-17, SLACK * 0.9, -SLACK * 0.9, SLACK * 1.1, 0.5])
    place = st.tuples(st.integers(2, 9), hair)

    def position(line, column, beside):
        """1e-17 cells stand for one unit of the last place."""
        at = float(line(column))
        return (
            np.nextafter(at, np.copysign(np.inf, beside))
            if abs(beside) == 1e-17
            else at + beside * frame.size
        )

    rings = draw(st.lists(st.lists(st.tuples(place, place), min_size=3, max_size=6), min_size=1, max_size=4))
    polygons = [
        Polygon([(position(frame.line_x, *x), position(frame.line_y, *y)) for x, y in ring]) for ring in rings
    ]
    return [*polygons, around], frame


@given(polygons_on_the_lines())
def test_borders_along_the_lines_of_the_grid_get_the_exact_answer(polygons_and_frame):
    polygons, frame = polygons_and_frame
    areas = geopandas.GeoSeries(polygons)
    index = index_with(areas, 400)
    assert index._grid.frame == frame
    lines = np.arange(1, 12)
    beside = np.concatenate([lines, lines + 0.37, lines + SLACK / 2, lines - SLACK / 2])
    x, y = nudged(frame.line_x(beside))[:, None], nudged(frame.line_y(beside))[None, :]
    x, y = (values.ravel() for values in np.broadcast_arrays(x, y))
    vertices = shapely.get_coordinates(areas)
    middles = (vertices[1:] + vertices[:-1]) / 2
    x, y = (
        np.concatenate([x, vertices[:, 0], middles[:, 0]]),
        np.concatenate([y, vertices[:, 1], middles[:, 1]]),
    )
    np.testing.assert_array_equal(index.assign(x, y), exact(areas, x, y))


def test_a_point_on_a_shared_border_goes_to_the_first_area_and_on_the_outer_border_to_its_own():
    left, right = box(0, 0, 1, 1), box(1, 0, 2, 1)
    x, y = [1.0, 1.0, 1.0, 0.0, 2.0, 2.0], [0.5, 0.0, 1.0, 0.5, 0.5, 1.0]
    assert assign_areas(x, y, series(left, right)).tolist() == [0, 0, 0, 0, 1, 1]
    assert assign_areas(x, y, series(right, left)).tolist() == [0, 0, 0, 1, 0, 0]


def test_four_areas_that_meet_in_a_vertex_give_it_to_the_first():
    squares = [box(1, 1, 2, 2), box(0, 0, 1, 1), box(1, 0, 2, 1), box(0, 1, 1, 2)]
    for order in itertools.permutations(squares):
        assert assign_areas([1.0], [1.0], series(*order)).tolist() == [0]


def test_where_areas_overlap_the_first_gets_the_point():
    assert assign_areas(
        [5.0, 1.0, 9.0], [5.0, 1.0, 9.0], series(box(4, 4, 10, 10), box(0, 0, 6, 6))
    ).tolist() == [0, 1, 0]


def test_none_and_empty_areas_keep_their_position_and_hold_no_point():
    areas = series(None, "POLYGON EMPTY", box(0, 0, 1, 1), "MULTIPOLYGON EMPTY", None, box(5, 5, 6, 6))
    assert assign_areas([0.5, 5.5, 3.0], [0.5, 5.5, 3.0], areas).tolist() == [2, 5, -1]
    assert assign_areas([0.5], [0.5], series(None, "POLYGON EMPTY")).tolist() == [-1]
    assert assign_areas([0.5], [0.5], geopandas.GeoSeries([])).tolist() == [-1]


def test_points_without_a_place_are_in_no_area():
    nan, inf, far = np.nan, np.inf, 1.7e308
    x = np.array([nan, 0.5, nan, inf, -inf, 0.5, 0.5, inf, far, -far, 0.5, 0.5])
    y = np.array([0.5, nan, nan, 0.5, 0.5, inf, -inf, -inf, 0.5, far, -far, 0.5])
    wanted = [-1] * 11 + [0]
    assert assign_areas(x, y, series(box(0, 0, 1, 1))).tolist() == wanted
    assert assign_areas(x, y, series(box(0, 0, 1, 1), box(-1e300, 2, 1e300, 1e300))).tolist() == wanted


def test_no_points_give_no_answers():
    found = assign_areas([], [], series(box(0, 0, 1, 1)))
    assert found.shape == (0,)
    assert found.dtype == np.intp


def test_any_kind_of_number_will_do():
    areas = series(box(0, 0, 4, 4), box(4, 0, 8, 4))
    values = [1, 4, 5, 9]
    forms = [
        values,
        tuple(values),
        np.array(values, dtype=np.int8),
        np.array(values, dtype=np.uint64),
        np.array(values, dtype=np.float32),
        np.array(values, dtype=">f8"),
        np.array(values, dtype=object),
        np.array([1, 0, 4, 0, 5, 0, 9, 0], dtype=np.float64)[::2],
        pd.Series(values, index=[7, 7, 3, 1]),
        pd.Series(values, dtype="Int64"),
    ]
    for x, y in itertools.product(forms, ([2, 2, 2, 2], np.full(4, 2.0))):
        assert assign_areas(x, y, areas).tolist() == [0, 0, 1, -1]


def test_missing_coordinates_are_in_no_area():
    areas = series(box(0, 0, 4, 4))
    for x in (
        [1.0, None],
        pd.Series([1, None], dtype="Int64"),
        np.ma.masked_array([1, 1], mask=[False, True]),
        pd.Series([1, pd.NA], dtype=object),
    ):
        assert assign_areas(x, [1.0, 1.0], areas).tolist() == [0, -1]


def test_a_float32_coordinate_is_taken_for_exactly_the_number_it_is():
    border = float(np.float32(0.1))
    areas = series(box(0, 0, border, 1), box(border, 0, 1, 1))
    x = np.array([0.1], dtype=np.float32)
    assert assign_areas(x, [0.5], areas).tolist() == [0]
    assert assign_areas(np.nextafter(x, np.float32(1)), [0.5], areas).tolist() == [1]


def test_the_answers_do_not_depend_on_how_the_points_are_cut_up(municipalities, monkeypatch):
    random = np.random.default_rng(2)
    west, south, east, north = municipalities.total_bounds
    x, y = random.uniform(west, east, 30_000), random.uniform(south, north, 30_000)
    whole = assign_areas(x, y, municipalities)
    one_by_one = AreaIndex(municipalities)
    np.testing.assert_array_equal(
        whole[:50], [one_by_one.assign(x[i : i + 1], y[i : i + 1])[0] for i in range(50)]
    )
    for chunk, batch, geos_chunk in ((1_000, 7, 3), (29_999, 64, 1), (7, 1, 1)):
        monkeypatch.setattr(area_grid_reading, "CHUNK", chunk)
        monkeypatch.setattr(area_grid_reading, "BATCH", batch)
        monkeypatch.setattr(assign, "GEOS_CHUNK", geos_chunk)
        np.testing.assert_array_equal(AreaIndex(municipalities, points=1).assign(x, y), whole)


def test_the_input_is_not_changed(municipalities):
    x, y = np.array([233_000.0, np.nan, 1e300]), np.array([581_000.0, 5e5, np.inf])
    x.flags.writeable = y.flags.writeable = False
    before = municipalities.to_wkb().tolist()
    assign_areas(x, y, municipalities)
    assert municipalities.to_wkb().tolist() == before


def test_areas_with_heights_are_seen_from_above():
    areas = series("POLYGON Z ((0 0 5, 4 0 NaN, 4 4 7, 0 4 5, 0 0 5))")
    assert assign_areas([1.0, 5.0], [1.0, 1.0], areas).tolist() == [0, -1]


def test_nearly_all_points_are_read_off_the_grid(neighbourhoods, monkeypatch):
    asked = []
    ask = AreaIndex._ask
    monkeypatch.setattr(AreaIndex, "_ask", lambda self, x, y: asked.append(x.size) or ask(self, x, y))
    random = np.random.default_rng(4)
    x, y = random.uniform(0, 1000, (2, 100_000))
    index = AreaIndex(neighbourhoods)
    index.assign(x, y)
    assert sum(asked) < 50
    assert (index._grid.table == HARD).sum() < 50


def test_cells_with_a_crowd_of_edges_are_left_to_geos():
    index = index_with(series(*SHAPES["many edges in one place"]), 30)
    assert (index._grid.table == HARD).sum() in range(1, 5)
