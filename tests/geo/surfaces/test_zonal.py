import geopandas as gpd
import numpy as np
import pytest
import register_samples as samples
import shapely

from atlas.core.words.errors import AtlasError
from atlas.geo.boundaries.levels import load_boundaries
from atlas.geo.surfaces.grids import grid_around, remoteness_surface
from atlas.geo.surfaces.surface_files import read_surface, write_cog
from atlas.geo.surfaces.zonal import read_zones, zonal_statistics
from released_samples import leaving

GRID = grid_around((230_000, 580_000, 234_000, 583_000), 100)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    chance = np.random.default_rng(2)
    x, y = chance.uniform(230_000, 234_000, 30), chance.uniform(580_000, 583_000, 30)
    within = gpd.GeoSeries([shapely.box(230_000, 580_000, 233_000, 583_000)], crs="EPSG:28992")
    path = tmp_path_factory.mktemp("raster") / "afstand.tif"
    write_cog(path, leaving(remoteness_surface(x, y, GRID, peildatum="2025-01-01", within=within)))
    return path


AREAS = gpd.GeoSeries(
    {
        "schuin": shapely.Polygon([(230_110, 580_130), (232_700, 580_420), (231_900, 582_800)]),
        "gat": shapely.box(232_800, 580_000, 233_400, 583_000).difference(
            shapely.box(232_900, 580_500, 233_100, 581_000)
        ),
        "klein": shapely.box(230_010, 582_910, 230_020, 582_920),
        "weg": shapely.box(240_000, 580_000, 241_000, 581_000),
        "rand": shapely.box(229_000, 582_000, 230_500, 584_000),
    },
    crs="EPSG:28992",
)


def test_each_figure_is_that_of_the_cells_whose_centre_lies_in_the_area(written):
    cells = read_surface(written).cells
    found = zonal_statistics(written, AREAS)
    # cells go on beyond the surface, without a value
    x, y = np.meshgrid(np.arange(228_050, 242_000, 100.0), np.arange(585_950, 578_000, -100.0))
    values = np.full(x.shape, np.nan)
    values[30:60, 20:60] = cells
    for name, area in AREAS.items():
        here = values[shapely.intersects_xy(area, x, y)]
        row = found.loc[name]
        assert row["cellen"] == here.size
        if here.size == 0:
            assert row[["gemiddelde", "maximum", "dekking"]].isna().all()
            continue
        known = here[~np.isnan(here)]
        assert row["dekking"] == known.size / here.size
        if known.size:
            assert row["gemiddelde"] == pytest.approx(known.mean(dtype=float))
            assert row["maximum"] == known.max()
        else:
            assert row[["gemiddelde", "maximum"]].isna().all()


def test_the_cases_are_those_meant(written):
    found = zonal_statistics(written, AREAS)
    assert found["dekking"]["schuin"] == 1
    assert 0 < found["dekking"]["gat"] < 1
    assert found["cellen"]["klein"] == 0
    assert found["dekking"]["weg"] == 0
    assert 0 < found["dekking"]["rand"] < 0.5


def test_a_centre_on_a_shared_border_counts_once(written):
    halves = gpd.GeoSeries(
        [shapely.box(230_000, 580_000, 231_050, 583_000), shapely.box(231_050, 580_000, 233_000, 583_000)],
        crs="EPSG:28992",
    )
    assert zonal_statistics(written, halves)["cellen"].tolist() == [11 * 30, 19 * 30]


def test_municipalities_far_larger_than_the_surface_are_mostly_not_covered(written):
    municipalities = load_boundaries("gemeente").set_index("code").geometry
    found = zonal_statistics(written, municipalities)
    assert len(found) == 22
    assert 0 < found["dekking"]["GM0014"] < 0.1
    assert found["dekking"]["GM0114"] == 0


def test_areas_in_another_system_are_refused(written):
    with pytest.raises(AtlasError, match="niet in RD New"):
        zonal_statistics(written, gpd.GeoSeries([shapely.box(6, 53, 7, 54)], crs="EPSG:4326"))


def test_areas_of_any_kind_are_read_by_their_code(tmp_path):
    path = tmp_path / "gebieden.gpkg"
    shapes = [samples.square(230_000 + 1000 * nth, 580_000) for nth in range(4)]
    rows = [{"code": code, "naam": "FICTIEF"} for code in ("A", "B", "A", None)]
    reading = read_zones(samples.write_layer(path, "gebieden", rows, shapes))
    assert reading.frame["code"].tolist() == ["A", "B"]
    assert dict(reading.report.dropped) == {"dubbel": 1, "code_onleesbaar": 1}
    assert reading.frame.crs.to_epsg() == 28992
