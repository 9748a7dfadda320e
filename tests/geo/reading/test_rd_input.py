import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from atlas.core.words.errors import AtlasError
from atlas.geo.reading.rd_input import check_shapes, rd_points


def test_points_in_rd_come_back_as_they_are():
    x, y = rd_points(pd.Series([230_000, 231_000]), [580_000.5, 581_000.0], "de adressen")
    assert x.tolist() == [230_000.0, 231_000.0]
    assert y.tolist() == [580_000.5, 581_000.0]


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([6.57], [53.22], "WGS84 naar RD"),
        ([53.22], [6.57], "lengtegraad voorop"),
        ([580_000.0], [230_000.0], "Wissel x en y"),
        ([0.0], [0.0], "geen RD-coördinaten"),
        ([900_000.0], [580_000.0], "geen RD-coördinaten"),
        ([np.nan, 230_000.0], [580_000.0, 580_000.0], "1 van de 2 punten"),
        ([np.inf], [580_000.0], "zonder x of y"),
        ([None], [580_000.0], "zonder x of y"),
        (["een"], [580_000.0], "geen getallen"),
        ([230_000.0, 231_000.0], [580_000.0], "2 keer x en 1 keer y"),
        ([[230_000.0]], [[580_000.0]], "niet evenveel"),
    ],
)
def test_other_coordinates_are_refused_with_a_sentence(x, y, words):
    with pytest.raises(AtlasError) as refusal:
        rd_points(x, y, "de adressen")
    assert words in str(refusal.value)
    assert "de adressen" in str(refusal.value)


SQUARE = shapely.box(230_000, 580_000, 231_000, 581_000)


def test_shapes_in_rd_are_accepted_with_empty_ones_among_them():
    check_shapes(gpd.GeoSeries([SQUARE, None, shapely.Polygon()], crs="EPSG:28992"), "de kernen")


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        (gpd.GeoSeries([], crs="EPSG:28992"), "een lege laag"),
        (gpd.GeoSeries([None, shapely.Polygon()], crs="EPSG:28992"), "2 rijen zonder geometrie"),
        (gpd.GeoSeries([SQUARE]), "geen coördinatenstelsel"),
        (gpd.GeoSeries([shapely.box(6, 53, 6.1, 53.1)], crs="EPSG:4326"), "WGS 84"),
        (gpd.GeoSeries([shapely.box(6, 53, 6.1, 53.1)], crs="EPSG:28992"), "niet in RD New"),
    ],
)
def test_shapes_that_distances_cannot_be_measured_to_are_refused(shapes, words):
    with pytest.raises(AtlasError) as refusal:
        check_shapes(shapes, "de kernen")
    assert words in str(refusal.value)
