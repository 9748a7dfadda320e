import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.words.errors import AtlasError
from atlas.geo.measuring.area_codes import neighbourhood_codes, square_codes, square_shapes


@pytest.mark.parametrize(
    ("x", "y", "code"),
    [
        (222_000, 565_000, "E2220N5650"),  # the lower left corner itself
        (222_499.999, 565_499.999, "E2220N5650"),
        (222_500, 565_000, "E2225N5650"),
        (222_000, 565_500, "E2220N5655"),
        (99_700, 400_100, "E0995N4000"),
    ],
)
def test_a_square_is_named_after_its_lower_left_corner_in_hectometres(x, y, code):
    assert square_codes([x], [y]).tolist() == [code]


@given(st.lists(st.tuples(st.floats(0, 280_000), st.floats(300_000, 630_000)), min_size=1, max_size=20))
def test_every_point_lies_in_the_square_of_its_code(points):
    x, y = np.array(points).T
    for (east, north), shape in zip(points, square_shapes(square_codes(x, y)), strict=True):
        west, south, right, top = shape.bounds
        assert west <= east < right
        assert south <= north < top
        assert shape.area == 250_000


def test_a_record_without_coordinates_has_no_square():
    assert square_codes([np.nan, 222_000], [565_000, 565_000]).tolist() == ["", "E2220N5650"]
    assert square_codes([], []).tolist() == []


@pytest.mark.parametrize("code", ["", "E2220", "E2221N5650", "N5650E2220", "E2220N565X", "E2220N56500"])
def test_a_text_that_is_no_code_of_a_square_is_refused(code):
    with pytest.raises(AtlasError, match="geen code van een vierkant"):
        square_shapes([code])


def test_points_outside_the_squares_of_cbs_are_refused():
    with pytest.raises(AtlasError, match="buiten de vierkanten"):
        square_codes([-10.0], [580_000.0])
    with pytest.raises(AtlasError, match="geen RD"):
        square_codes([6.5], [53.2])
    with pytest.raises(AtlasError, match="niet evenveel"):
        square_codes([230_000.0, 230_000.0], [580_000.0])


def test_a_point_has_the_code_of_its_neighbourhood_or_district():
    frame = gpd.GeoDataFrame(
        {"code": ["BU00140000", "BU00140001"], "wijk_code": ["WK001400", "WK001400"]},
        geometry=[
            shapely.box(230_000, 580_000, 231_000, 581_000),
            shapely.box(231_000, 580_000, 232_000, 581_000),
        ],
        crs="EPSG:28992",
    )
    x, y = [230_500, 231_500, 231_000, 240_000, np.nan], [580_500] * 5
    assert neighbourhood_codes(x, y, frame).tolist() == ["BU00140000", "BU00140001", "BU00140000", "", ""]
    assert neighbourhood_codes(x, y, frame, level="wijk").tolist() == ["WK001400"] * 3 + ["", ""]
