import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core.areas import areas, members
from atlas.core.errors import AtlasError
from atlas.geo.aggregates import (
    AreaTotals,
    combined_totals,
    count_records,
    municipal_totals,
    neighbourhood_totals,
    square_totals,
)
from atlas.geo.area_codes import codes_at_level, square_codes
from atlas.geo.boundaries import load_boundaries

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


def row(tally, code):
    return tally.frame.set_index("code").loc[code]


def test_a_count_is_divided_by_addresses_and_by_area():
    totals = AreaTotals(
        "gemeente", ("GM0014", "GM0106"), np.array([4000, 500]), np.array([200.0, 80.0]), "totaal"
    )
    tally = count_records(["GM0014"] * 6 + ["GM0106"], totals)
    assert row(tally, "GM0014")[["aantal", "per_1000_adressen", "per_km2"]].tolist() == [6, 1.5, 0.03]
    assert row(tally, "GM0106")[["aantal", "per_1000_adressen", "per_km2"]].tolist() == [1, 2.0, 0.0125]


def test_an_area_without_records_counts_nought_and_one_without_addresses_has_no_rate():
    totals = AreaTotals("buurt", ("BU1", "BU2"), np.array([0, 10]), np.array([math.nan, 2.0]), "totaal")
    tally = count_records(["BU1"], totals)
    assert row(tally, "BU2")[["aantal", "per_1000_adressen", "per_km2"]].tolist() == [0, 0, 0]
    assert row(tally, "BU1")["aantal"] == 1
    assert row(tally, "BU1")[["per_1000_adressen", "per_km2"]].isna().all()


def test_records_in_no_area_and_of_an_uncertain_municipality_are_reported():
    totals = AreaTotals("gemeente", ("GM0014",), np.array([10]), np.array([1.0]), "totaal")
    tally = count_records(
        ["GM0014", "GM0014", "GM0014", "", "GM9999"],
        totals,
        municipality_certain=["ja", "nee", "", "nee", "ja"],
    )
    assert (tally.records, tally.placed, tally.unplaced, tally.uncertain) == (5, 3, 2, 2)
    assert row(tally, "GM0014")[["aantal", "onzeker"]].tolist() == [3, 2]
    assert tally.notes[0] == "2 van de 5 records liggen in geen van deze gebieden en tellen niet mee."
    assert tally.notes[1].startswith("Van 2 van de 5 records is de gemeente nog niet zeker")


def test_no_records_is_a_count_of_nought_everywhere():
    totals = AreaTotals("gemeente", ("GM0014",), np.array([10]), np.array([1.0]), "totaal")
    tally = count_records([], totals, municipality_certain=[])
    assert (tally.records, tally.notes, tally.frame["aantal"].tolist()) == (0, (), [0])


def test_one_certainty_for_each_record_is_needed():
    totals = AreaTotals("gemeente", ("GM0014",), np.array([10]), np.array([1.0]), "totaal")
    with pytest.raises(AtlasError, match="gemeente zeker"):
        count_records(["GM0014", "GM0014"], totals, municipality_certain=["ja"])


@given(st.lists(st.sampled_from([one.code for one in areas("gemeente")] + ["", "GM0000"])))
@settings(deadline=None)
def test_every_record_is_placed_or_reported_at_every_level(codes):
    municipal = AreaTotals(
        "gemeente",
        tuple(one.code for one in areas("gemeente")),
        np.ones(22, dtype=int),
        np.ones(22),
        "totaal",
    )
    for level in ("gemeente", "surveyregio", "provincie"):
        totals = municipal if level == "gemeente" else combined_totals(municipal, level)
        tally = count_records(codes_at_level(codes, level), totals)
        assert tally.frame["aantal"].sum() + tally.unplaced == tally.records == len(codes)
        assert tally.unplaced == sum(code in ("", "GM0000") for code in codes)
        for code, number in zip(tally.frame["code"], tally.frame["aantal"], strict=True):
            inside = {one.code for one in members(code)}
            assert number == sum(one in inside for one in codes)


def test_addresses_are_counted_in_the_municipality_they_lie_in(municipalities):
    middle = municipalities.geometry.representative_point()
    x, y = [*middle.x, *middle.x[:2], 190_000.0], [*middle.y, *middle.y[:2], 560_000.0]
    totals = municipal_totals(municipalities, x, y)
    assert totals.addresses.tolist() == [2, 2] + [1] * 20
    assert totals.addresses_outside == 1
    assert totals.area_km2.tolist() == municipalities["oppervlakte_km2"].tolist()


def test_a_region_has_the_addresses_and_the_area_of_its_municipalities(municipalities):
    municipal = municipal_totals(municipalities, [], [])
    provinces = combined_totals(municipal, "provincie")
    assert provinces.codes == tuple(one.code for one in areas("provincie"))
    assert provinces.area_km2.sum() == pytest.approx(municipal.area_km2.sum())
    with pytest.raises(AtlasError, match="Niet alle gemeenten"):
        combined_totals(municipal_totals(municipalities[1:], [], []), "surveyregio")


def test_per_km2_of_land_is_refused_without_the_land_area(municipalities):
    with pytest.raises(AtlasError, match="oppervlakte zonder water") as refusal:
        municipal_totals(municipalities, [], [], basis="land")
    assert "22 van de 22" in str(refusal.value)
    with_land = municipalities.assign(oppervlakte_land_km2=10.0)
    assert municipal_totals(with_land, [], [], basis="land").area_km2.tolist() == [10.0] * 22


def test_neighbourhoods_and_the_districts_they_make_up_are_counted():
    buurten = neighbourhood_totals(NEIGHBOURHOODS, *ADDRESSES)
    assert buurten.codes == ("BU1", "BU2", "BU3")
    assert (buurten.addresses.tolist(), buurten.addresses_outside) == ([2, 1, 0], 1)
    assert buurten.area_km2.tolist() == [1, 2, 1]
    wijken = neighbourhood_totals(NEIGHBOURHOODS, *ADDRESSES, level="wijk", basis="land")
    assert (wijken.codes, wijken.addresses.tolist()) == (("WK1", "WK2"), [2, 1])
    assert wijken.area_km2.tolist() == pytest.approx([1.9, 1.8])


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
    assert totals.addresses.tolist() == [2, 1, 0, 1]
    tally = count_records(records, totals)
    assert tally.frame["aantal"].tolist() == [1, 0, 1, 0]
    assert tally.frame["per_km2"].tolist() == [4, 0, 4, 0]
    assert tally.unplaced == 1


def test_addresses_in_another_system_are_refused(municipalities):
    with pytest.raises(AtlasError, match="geen RD"):
        municipal_totals(municipalities, [6.5], [53.2])
    with pytest.raises(AtlasError, match="geen RD"):
        square_totals([6.5], [53.2])
