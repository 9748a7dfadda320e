import geopandas as gpd
import numpy as np
import pytest
import shapely

from atlas.core.areas.divisions import areas
from atlas.core.counts.tallies import combined_totals, count_records
from atlas.core.words.errors import AtlasError
from atlas.geo.boundaries.levels import load_boundaries
from atlas.geo.measuring.aggregates import municipal_totals, neighbourhood_totals, square_totals
from atlas.geo.measuring.area_codes import square_codes

NEIGHBOURHOODS = gpd.GeoDataFrame(
    {
        "code": ["BU1", "BU2", "BU3"],
        "wijk_code": ["WK1", "WK2", "WK1"],
        "land_km2": [0.9, 1.8, 1.0],
    },
    geometry=[
        shapely.box(230_000, 580_000, 231_000, 581_000),
        shapely.box(231_000, 580_000, 233_000, 581_000),
        shapely.box(230_000, 581_000, 231_000, 582_000),
    ],
    crs="EPSG:28992",
)
ADDRESSES = [230_100, 230_200, 231_500, 250_000], [580_100, 580_200, 580_500, 580_500]


@pytest.fixture(scope="module")
def municipalities():
    return load_boundaries("gemeente")


def test_addresses_are_counted_in_the_municipality_they_lie_in(municipalities):
    middle = municipalities.geometry.representative_point()
    x, y = [*middle.x, *middle.x[:2], 190_000.0], [*middle.y, *middle.y[:2], 560_000.0]
    totals = municipal_totals(municipalities, x, y)
    assert totals.addresses == (2, 2, *(1,) * 20)
    assert totals.addresses_outside == 1
    assert list(totals.area_km2) == municipalities["oppervlakte_km2"].tolist()


def test_a_region_has_the_addresses_and_the_area_of_its_municipalities(municipalities):
    municipal = municipal_totals(municipalities, [], [])
    provinces = combined_totals(municipal, "provincie")
    assert provinces.codes == tuple(one.code for one in areas("provincie"))
    assert sum(provinces.area_km2) == pytest.approx(sum(municipal.area_km2))
    with pytest.raises(AtlasError, match="Niet alle gemeenten"):
        combined_totals(municipal_totals(municipalities[1:], [], []), "surveyregio")


def test_per_km2_of_land_is_refused_without_the_land_area(municipalities):
    with pytest.raises(AtlasError, match="oppervlakte zonder water") as refusal:
        municipal_totals(municipalities, [], [], basis="land")
    assert "22 van de 22" in str(refusal.value)
    with_land = municipalities.assign(oppervlakte_land_km2=10.0)
    assert municipal_totals(with_land, [], [], basis="land").area_km2 == (10.0,) * 22


def test_neighbourhoods_and_the_districts_they_make_up_are_counted():
    buurten = neighbourhood_totals(NEIGHBOURHOODS, *ADDRESSES)
    assert buurten.codes == ("BU1", "BU2", "BU3")
    assert (buurten.addresses, buurten.addresses_outside) == ((2, 1, 0), 1)
    assert buurten.area_km2 == (1, 2, 1)
    wijken = neighbourhood_totals(NEIGHBOURHOODS, *ADDRESSES, level="wijk", basis="land")
    assert (wijken.codes, wijken.addresses) == (("WK1", "WK2"), (2, 1))
    assert wijken.area_km2 == pytest.approx((1.9, 1.8))


def test_an_unknown_land_area_of_one_neighbourhood_refuses_all():
    frame = NEIGHBOURHOODS.assign(land_km2=[0.9, None, 1.0])
    with pytest.raises(AtlasError, match="BU2"):
        neighbourhood_totals(frame, *ADDRESSES, level="wijk", basis="land")


@pytest.mark.parametrize(
    ("given_too", "words"), [({"level": "straat"}, "niveau"), ({"basis": "zee"}, "oppervlakte")]
)
def test_an_unknown_level_or_area_is_refused(given_too, words):
    with pytest.raises(AtlasError, match=words):
        neighbourhood_totals(NEIGHBOURHOODS, *ADDRESSES, **given_too)


def test_squares_are_those_with_an_address_or_a_record():
    records = square_codes([230_100, 240_000, np.nan], [580_400, 580_000, 580_000])
    totals = square_totals(*ADDRESSES, record_codes=records)
    assert totals.codes == ("E2300N5800", "E2315N5805", "E2400N5800", "E2500N5805")
    assert totals.addresses == (2, 1, 0, 1)
    tally = count_records(records, totals)
    assert [one.count for one in tally.counts] == [1, 0, 1, 0]
    assert [one.per_km2 for one in tally.counts] == [4, 0, 4, 0]
    assert tally.unplaced == 1


def test_addresses_in_another_system_are_refused(municipalities):
    with pytest.raises(AtlasError, match="geen RD"):
        municipal_totals(municipalities, [6.5], [53.2])
    with pytest.raises(AtlasError, match="geen RD"):
        square_totals([6.5], [53.2])
