"""Every row of a source is in exactly one place: the frame, or the report with one reason."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError
from atlas.geo.reading.frames import REASONS, Sieve
from atlas.geo.reading.positions import points_in_rd, shapes_in_rd, user_system
from atlas.geo.reading.table_places import coordinates

RD, DEGREES = user_system("EPSG:28992"), user_system("EPSG:4326")
GOOD_X, GOOD_Y = 235_000.0, 556_000.0
GOOD_LON, GOOD_LAT = 6.56, 52.99


def sieve(count: int) -> Sieve:
    return Sieve("bestand.csv", np.arange(2, count + 2))


def reasons(one: Sieve) -> dict[int, str]:
    return {unused.row: unused.reason_code for unused in one.report().unused}


@given(
    st.integers(1, 40).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.lists(
                st.tuples(
                    st.lists(st.booleans(), min_size=count, max_size=count), st.sampled_from(sorted(REASONS))
                ),
                max_size=6,
            ),
        )
    )
)
def test_every_row_is_used_or_has_one_reason(drawn):
    count, rejections = drawn
    one = sieve(count)
    for mask, code in rejections:
        one.reject(mask, code, "Een zin.")
    if not one.kept.any():
        with pytest.raises(AtlasError, match="Geen enkele rij"):
            one.report()
        return
    report = one.report()
    assert report.read == count == report.used + len(report.unused)
    assert sum(report.dropped.values()) == len(report.unused)
    assert len({unused.row for unused in report.unused}) == len(report.unused)


def test_the_first_reason_is_the_one_that_counts():
    one = sieve(2)
    one.reject([True, False], "water", "Eerst.")
    one.reject([True, False], "dubbel", "Daarna.")
    assert [(row.row, row.reason_code, row.explanation) for row in one.report().unused] == [
        (2, "water", "Eerst.")
    ]


def test_a_reason_nobody_knows_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        sieve(1).reject([True], "zomaar", "x")


def test_the_report_runs_no_formula_in_a_spreadsheet():
    one = sieve(2)
    one.reject([True, False], "dubbel", '=HYPERLINK("http://x")\n  tweede regel')
    file = io.StringIO()
    one.report().write_csv(file)
    header, row = list(csv.reader(io.StringIO(file.getvalue())))
    assert header == ["rij", "waar", "reden", "toelichting"]
    assert row == ["2", "", "dubbel", '\'=HYPERLINK("http://x") tweede regel']


def test_the_summary_is_one_dutch_sentence():
    one = sieve(3)
    one.reject([True, False, False], "water", "x")
    assert one.report().summary() == "2 van 3 rijen gebruikt; niet gebruikt: 1 water."


# --- places -------------------------------------------------------------------------------------------------


def test_degrees_and_metres_give_the_same_place():
    x, y = points_in_rd(np.array([6.5604]), np.array([52.9927]), DEGREES, sieve(1))
    assert np.hypot(x[0] - 233_770, y[0] - 556_600) < 2_000
    same_x, same_y = points_in_rd(x, y, RD, sieve(1))
    assert (same_x[0], same_y[0]) == (x[0], y[0])


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        (np.nan, np.nan, "geen_plaats"),
        (0.0, 0.0, "nul_nul"),
        (GOOD_Y, GOOD_X, "verwisseld"),
        (GOOD_LON, GOOD_LAT, "graden"),
        (GOOD_LAT, GOOD_LON, "graden"),
        (121_000.0, 487_000.0, "buiten_gebied"),
        (198_900.0, 556_000.0, "buiten_gebied"),
        (1e12, 5.0, "buiten_gebied"),
        (np.inf, 5.0, "geen_plaats"),
    ],
)
def test_a_stray_row_in_metres_is_reported(x, y, reason):
    one = sieve(4)
    points_in_rd(np.array([GOOD_X, GOOD_X, x, GOOD_X]), np.array([GOOD_Y, GOOD_Y, y, GOOD_Y]), RD, one)
    assert reasons(one) == {4: reason}


def test_the_margin_of_five_kilometres_is_inside():
    one = sieve(2)
    points_in_rd(np.array([199_000.0, 284_000.0]), np.array([509_000.0, 626_000.0]), RD, one)
    assert one.kept.all()


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        (GOOD_LAT, GOOD_LON, "verwisseld"),
        (GOOD_X, GOOD_Y, "meters"),
        (4.9, 52.37, "buiten_gebied"),
        (400.0, 52.0, "buiten_gebied"),
    ],
)
def test_a_stray_row_in_degrees_is_reported(x, y, reason):
    one = sieve(3)
    points_in_rd(np.array([GOOD_LON, x, GOOD_LON]), np.array([GOOD_LAT, y, GOOD_LAT]), DEGREES, one)
    assert reasons(one) == {3: reason}


@pytest.mark.parametrize(
    ("x", "y", "crs", "words"),
    [
        (GOOD_X, GOOD_Y, DEGREES, "klopt niet met de coördinaten"),
        (GOOD_LON, GOOD_LAT, RD, "klopt niet met de coördinaten"),
        (GOOD_Y, GOOD_X, RD, "verkeerde volgorde"),
        (GOOD_LAT, GOOD_LON, DEGREES, "verkeerde volgorde"),
        (GOOD_LAT, GOOD_LON, None, "niet in welk coördinatenstelsel"),
        (5e6, 5e6, None, "niet in welk coördinatenstelsel"),
        (121_000.0, 487_000.0, RD, "meer dan 5 km buiten"),
    ],
)
def test_a_whole_file_in_the_wrong_system_is_refused(x, y, crs, words):
    with pytest.raises(AtlasError, match=words):
        points_in_rd(np.array([x, x]), np.array([y, y]), crs, sieve(2))


@pytest.mark.parametrize(("x", "y", "name"), [(GOOD_X, GOOD_Y, "RD New"), (GOOD_LON, GOOD_LAT, "WGS84")])
def test_what_is_not_declared_is_recognised_and_said(x, y, name):
    one = sieve(1)
    points_in_rd(np.array([x]), np.array([y]), None, one)
    assert name in one.report().notes[0]


def test_another_projection_is_transformed():
    mercator = user_system("EPSG:3857")
    x, y = points_in_rd(np.array([730_000.0]), np.array([6_970_000.0]), mercator, sieve(1))
    assert 204_000 < x[0] < 279_000
    assert 514_000 < y[0] < 621_000


def test_a_system_that_does_not_exist_is_refused():
    with pytest.raises(AtlasError, match="bestaat niet"):
        user_system("EPSG:999999")


@given(
    st.lists(
        st.tuples(
            st.sampled_from([GOOD_X, GOOD_Y, 0.0, 6.5, 53.0, np.nan, np.inf, -1.0, 1e300]),
            st.sampled_from([GOOD_X, GOOD_Y, 0.0, 6.5, 53.0, np.nan, np.inf, -1.0, 1e300]),
        ),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([RD, DEGREES, None]),
)
def test_a_place_that_is_used_lies_in_or_near_the_provinces(places, crs):
    one = sieve(len(places))
    x, y = (np.array(axis) for axis in zip(*places, strict=True))
    try:
        x, y = points_in_rd(x, y, crs, one)
        one.report()
    except AtlasError:
        return
    kept = one.kept
    assert ((x[kept] >= 199_000) & (x[kept] <= 284_000)).all()
    assert ((y[kept] >= 509_000) & (y[kept] <= 626_000)).all()


def test_shapes_lose_z_and_those_elsewhere_are_reported():
    near = shapely.Polygon([(GOOD_X, GOOD_Y, 5), (GOOD_X + 9, GOOD_Y, 5), (GOOD_X, GOOD_Y + 9, 5)])
    one = sieve(4)
    shapes = shapes_in_rd(
        np.array([near, None, shapely.Polygon(), shapely.box(121_000, 487_000, 122_000, 488_000)]), RD, one
    )
    assert not shapely.has_z(shapes[0])
    assert reasons(one) == {3: "geen_plaats", 4: "geen_plaats", 5: "buiten_gebied"}


# --- places in a table --------------------------------------------------------------------------------------


def table(**columns) -> Table:
    return Table.from_columns("lijst.csv", columns)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (["235000", "235100.5"], ["556000", "556000.25"]),
        (["235.000", "235.100,5"], ["556.000", "556.000,25"]),
        (["235000,0", "235100,5"], ["556000,0", "556000,25"]),
        ([235_000, 235_100.5], [556_000, 556_000.25]),
    ],
)
def test_dutch_and_english_coordinates_are_read(x, y):
    one = sieve(2)
    read_x, read_y, declared = coordinates(table(x=x, y=y), one)
    assert (read_x.tolist(), read_y.tolist()) == ([235_000.0, 235_100.5], [556_000.0, 556_000.25])
    assert declared is None


def test_columns_called_lon_and_lat_declare_degrees():
    x, y, declared = coordinates(table(Latitude=["52.99123"], Longitude=["6.56123"]), sieve(1))
    assert (x[0], y[0]) == (6.56123, 52.99123)
    assert declared is not None
    assert declared.is_geographic


def test_a_point_as_text_is_read_and_anything_else_reported():
    one = sieve(4)
    x, y, _ = coordinates(
        table(centroide_rd=["POINT(235000.5 556000)", "POINT Z (235000 556000 3)", "", "hier"]), one
    )
    assert x[:2].tolist() == [235_000.5, 235_000.0]
    assert y[:2].tolist() == [556_000.0, 556_000.0]
    assert np.isnan(x[2])
    assert reasons(one) == {5: "plaats_onleesbaar"}


def test_a_coordinate_that_is_no_number_is_reported():
    one = sieve(2)
    coordinates(table(x=["235000", "onbekend"], y=["556000", "556000"]), one)
    assert reasons(one) == {3: "plaats_onleesbaar"}


def test_frames_of_readings_have_no_geometry_objects():
    x, _ = points_in_rd(np.array([GOOD_X]), np.array([GOOD_Y]), RD, sieve(1))
    assert pd.Series(x).dtype == np.float64
