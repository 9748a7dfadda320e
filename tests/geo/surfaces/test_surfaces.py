import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.words.errors import AtlasError
from atlas.geo.surfaces.grids import Grid, area_of_cells, density_surface, grid_around, remoteness_surface

GRID = Grid(230_000.0, 582_000.0, 100.0, 30, 20)
DATE = "2025-01-01"


def density(x, y, grid=GRID, **given_too):
    return density_surface(x, y, grid, subject="signalen", peildatum=DATE, **given_too)


def centres(grid):
    x, y = grid.centres
    return np.meshgrid(x, y)


spots = st.lists(
    st.tuples(st.floats(228_000, 235_000), st.floats(578_000, 584_000)), min_size=1, max_size=12
).map(lambda points: np.array(points).T)


@given(spots, st.sampled_from([200.0, 777.0, 1500.0]))
def test_the_quartic_density_is_always_the_sum_of_the_formula_at_the_centres(points, bandwidth):
    across, down = centres(GRID)
    expected = np.zeros(across.shape)
    for x, y in points.T:
        share = ((across - x) ** 2 + (down - y) ** 2) / bandwidth**2
        expected += np.where(share <= 1, 3 / (math.pi * bandwidth**2) * (1 - share) ** 2, 0) * 1e6
    found = density(*points, bandwidth_m=bandwidth).cells
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6 * expected.max())


@given(spots)
def test_the_gaussian_density_is_always_the_cut_off_normal_density(points):
    across, down = centres(GRID)
    expected = np.zeros(across.shape)
    for x, y in points.T:
        squared = (across - x) ** 2 + (down - y) ** 2
        height = np.exp(-squared / (2 * 300**2)) / (2 * math.pi * 300**2) / (1 - math.exp(-8))
        expected += np.where(squared <= 1200**2, height, 0) * 1e6
    found = density(*points, bandwidth_m=300.0, kernel="gaussian").cells
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6 * expected.max())


@pytest.mark.parametrize(("kernel", "bandwidth"), [("quartic", 1000.0), ("gaussian", 300.0)])
def test_the_density_over_all_cells_adds_up_to_the_number_of_points(kernel, bandwidth):
    grid = grid_around((225_000, 575_000, 237_000, 587_000), 50)
    x, y = [230_010.0, 230_700.0, 232_345.6], [580_033.0, 581_000.0, 580_500.5]
    found = density(x, y, grid, bandwidth_m=bandwidth, kernel=kernel).cells
    assert found.sum(dtype=float) * 0.05**2 == pytest.approx(3, rel=1e-3)


def test_the_order_of_the_points_never_changes_a_bit():
    chance = np.random.default_rng(3)
    x, y = chance.uniform(230_000, 233_000, 500), chance.uniform(580_000, 582_000, 500)
    shuffled = chance.permutation(500)
    assert density(x, y).cells.tobytes() == density(x[shuffled], y[shuffled]).cells.tobytes()


def test_no_records_is_a_density_of_nought_and_drawn_see_through():
    found = density([], [])
    assert not found.cells.any()
    assert [(one.upper, one.colour) for one in found.classes] == [(0.0, "")]


def test_the_first_row_is_the_northern_one():
    found = density([230_050.0], [581_950.0], bandwidth_m=200.0).cells
    assert np.unravel_index(found.argmax(), found.shape) == (0, 0)


def test_remoteness_is_the_distance_from_the_centre_to_the_nearest_dwelling():
    chance = np.random.default_rng(5)
    x, y = chance.uniform(229_000, 234_000, 40), chance.uniform(579_000, 583_000, 40)
    across, down = centres(GRID)
    expected = np.hypot(across[..., np.newaxis] - x, down[..., np.newaxis] - y).min(axis=-1)
    assert np.array_equal(remoteness_surface(x, y, GRID, peildatum=DATE).cells, np.rint(expected))


def test_without_dwellings_there_is_no_remoteness():
    with pytest.raises(AtlasError, match="Zonder woningen"):
        remoteness_surface([], [], GRID, peildatum=DATE)


def test_a_cell_whose_centre_lies_in_no_area_has_no_value():
    area = gpd.GeoSeries([shapely.box(230_050, 581_000, 230_250, 582_000)], crs="EPSG:28992")
    found = density([230_500.0], [581_500.0], within=area).cells
    known = ~np.isnan(found)
    assert known.sum() == 30  # on the left edge, inside, and on the right edge
    assert known[:10, :3].all()
    assert (area_of_cells(GRID, area) == 0).sum() == 30


def test_the_classes_hold_every_value_and_have_no_gaps():
    chance = np.random.default_rng(8)
    for points in (1, 7, 400):
        x, y = chance.uniform(230_000, 233_000, points), chance.uniform(580_000, 582_000, points)
        for surface in (density(x, y), remoteness_surface(x, y, GRID, peildatum=DATE)):
            uppers = [one.upper for one in surface.classes]
            assert uppers == sorted(set(uppers))
            assert uppers[-1] >= surface.cells.max()
            assert len({one.colour for one in surface.classes}) == len(uppers)


def test_the_classes_of_a_distance_are_the_same_on_every_map():
    found = remoteness_surface([230_000.0], [580_000.0], GRID, peildatum=DATE)
    assert [one.label for one in found.classes] == [
        "0 – 100 m", "101 – 250 m", "251 – 500 m", "501 – 1.000 m", "1.001 – 3.536 m",
    ]  # fmt: skip


def test_method_and_parameters_travel_with_the_surface():
    found = density([230_500.0], [581_500.0], bandwidth_m=750.0, fictitious=True)
    assert found.method == (
        "Dichtheid van signalen per km²: kwartische kern, bandbreedte 750 m, cellen van 100 m, geen correctie"
        " aan de rand (peildatum 1 januari 2025)."
    )
    assert found.parameters == {"kern": "quartic", "bandbreedte_m": 750.0, "cel_m": 100.0, "punten": 1}
    assert (found.peildatum, found.fictitious) == (DATE, True)


def test_a_grid_lies_on_whole_multiples_of_its_cells():
    grid = grid_around((230_010, 580_020, 230_990, 580_400), 250)
    assert grid.bounds == (230_000, 580_000, 231_000, 580_500)
    assert (grid.columns, grid.rows) == (4, 2)
    assert grid_around().bounds == (204_000, 514_000, 279_000, 621_000)


@pytest.mark.parametrize(
    ("bounds", "cell", "words"),
    [
        ((230_000, 580_000, 231_000, 581_000), 0, "groter zijn dan nul"),
        ((230_000, 580_000, 231_000, 581_000), math.nan, "groter zijn dan nul"),
        ((231_000, 580_000, 230_000, 581_000), 100, "verkeerde volgorde"),
        ((230_000, 580_000, 230_000, 581_000), 100, "verkeerde volgorde"),
        ((6, 53, 7, 54), 100, "geen RD"),
        ((204_000, 514_000, 279_000, 621_000), 1, "te groot"),
    ],
)
def test_a_grid_that_cannot_be_is_refused(bounds, cell, words):
    with pytest.raises(AtlasError, match=words):
        grid_around(bounds, cell)


@pytest.mark.parametrize(
    ("given_too", "words"),
    [
        ({"kernel": "uniform"}, "kern bestaat niet"),
        ({"bandwidth_m": 199.0}, "bandbreedte is te klein"),
        ({"bandwidth_m": math.inf}, "bandbreedte is te groot"),
        ({"bandwidth_m": 1e9}, "bandbreedte is te groot"),
        ({"bandwidth_m": math.nan}, "bandbreedte is te klein"),
        ({"within": gpd.GeoSeries([], crs="EPSG:28992")}, "een lege laag"),
    ],
)
def test_a_density_that_cannot_be_is_refused(given_too, words):
    with pytest.raises(AtlasError) as refusal:
        density([230_500.0], [581_500.0], **given_too)
    assert words in str(refusal.value)


def test_points_in_another_system_and_a_missing_date_are_refused():
    with pytest.raises(AtlasError, match="geen RD"):
        density([6.5], [53.2])
    with pytest.raises(AtlasError, match="peildatum"):
        density_surface([230_500.0], [581_500.0], GRID, subject="signalen", peildatum="gisteren")
