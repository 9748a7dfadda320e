import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.counts.rural_methods import RemotenessMethod
from atlas.core.words.errors import AtlasError
from atlas.geo.measuring.remoteness import percentile_within, remoteness

METHOD = RemotenessMethod("2025-01-01")
X, Y = 230_000.0, 560_000.0


def points(*rows, columns=("x", "y", "adres_id")):
    frame = pd.DataFrame(list(rows), columns=list(columns)).astype({"x": float, "y": float})
    frame["x"] += X
    frame["y"] += Y
    return frame


def one(yard, dwellings, **given_too):
    return remoteness(points(yard), points(*dwellings), METHOD, **given_too).iloc[0]


def test_dwellings_at_the_distance_itself_are_within():
    found = one((0, 0, "A"), [(250, 0, "B"), (0, 250.001, "C"), (300, 400, "D"), (300.001, 400, "E")])
    assert (found["woningen_250m"], found["woningen_500m"]) == (1, 3)
    assert found["afstand_woning_m"] == 250


def test_the_dwelling_at_the_address_of_the_yard_is_its_own_however_far():
    found = one((0, 0, "A"), [(60, 0, "A"), (61, 0, "B"), (10, 0, "C")])
    assert (found["woningen_250m"], found["afstand_woning_m"]) == (2, 10)


@pytest.mark.parametrize("address", ["", "barn"])
def test_a_yard_without_a_dwelling_at_its_address_owns_those_within_25_m(address):
    found = one((0, 0, address), [(25, 0, "B"), (0, 7, "C"), (25.001, 0, "D"), (0, 400, "E")])
    assert (found["woningen_250m"], found["woningen_500m"]) == (1, 2)
    assert found["afstand_woning_m"] == pytest.approx(25.001)


def test_a_dwelling_without_an_address_is_nobodys_own_by_address():
    found = one((0, 0, ""), [(30, 0, "")])
    assert (found["woningen_250m"], found["afstand_woning_m"]) == (1, 30)


def test_many_dwellings_on_the_yard_itself_do_not_hide_the_neighbour():
    found = one(
        (0, 0, ""), [(1, position / 100, f"eigen{position}") for position in range(200)] + [(90, 0, "B")]
    )
    assert (found["woningen_250m"], found["afstand_woning_m"]) == (1, 90)


def test_a_yard_with_no_other_dwelling_has_no_distance():
    found = one((0, 0, "A"), [(0, 0, "A")])
    assert (found["woningen_250m"], found["woningen_500m"]) == (0, 0)
    assert math.isnan(found["afstand_woning_m"])
    assert math.isnan(remoteness(points((0, 0, "A")), points(), METHOD)["afstand_woning_m"].iloc[0])


def test_the_distance_to_a_kern_is_that_to_its_edge_and_nought_inside():
    kernen = gpd.GeoSeries(
        [None, shapely.box(X + 100, Y, X + 200, Y + 100), shapely.box(X - 900, Y, X - 800, Y + 100)],
        crs="EPSG:28992",
    )
    yards = points((0, 50, "A"), (150, 50, "B"), (200, 100, "C"), (230, 140, "D"))
    found = remoteness(yards, points(), METHOD, kernen=kernen)["afstand_kern_m"]
    assert found.tolist() == [100, 0, 0, 50]


def test_only_through_roads_count_and_the_line_itself_is_measured_to():
    roads = gpd.GeoDataFrame(
        {"doorgaand": [False, True]},
        geometry=[
            shapely.LineString([(X - 10, Y + 5), (X + 10, Y + 5)]),
            shapely.LineString([(X - 1000, Y + 80), (X + 1000, Y + 80)]),
        ],
        crs="EPSG:28992",
    )
    assert one((0, 0, "A"), [], roads=roads)["afstand_weg_m"] == 80
    with pytest.raises(AtlasError, match="Geen van de wegen"):
        one((0, 0, "A"), [], roads=roads[:1])


def test_without_kernen_and_roads_their_distances_stay_empty():
    found = one((0, 0, "A"), [(5, 0, "B")])
    assert math.isnan(found["afstand_kern_m"])
    assert math.isnan(found["afstand_weg_m"])


def test_the_percentile_is_the_share_of_the_other_yards_that_lie_less_remote():
    distance = np.array([10.0, 20.0, 20.0, 40.0, 7.0, math.nan, 5.0, 5.0])
    groups = pd.Series(["GM0014"] * 4 + ["GM0106", "GM0014", "", None])
    found = percentile_within(distance, groups)
    # the two at 20 m do not count for each other; alone, without a distance or without a group: none
    assert found[:4].tolist() == pytest.approx([0, 100 / 3, 100 / 3, 100])
    assert np.isnan(found[4:]).all()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), min_size=1, max_size=30))
def test_percentiles_always_agree_with_counting(rows):
    groups = pd.Series([group for group, _ in rows])
    distance = np.array([float(away) for _, away in rows])
    for position, percentile in enumerate(percentile_within(distance, groups)):
        others = [
            away
            for other, (group, away) in enumerate(rows)
            if group == rows[position][0] and other != position
        ]
        if not others:
            assert math.isnan(percentile)
        else:
            nearer = sum(away < distance[position] for away in others)
            assert percentile == pytest.approx(100 * nearer / len(others))


def test_the_region_is_that_of_the_municipality():
    yards = points((0, 0, "A"), (500, 0, "B"), (900, 0, "C"), columns=("x", "y", "adres_id"))
    yards["gemeente_code"] = ["GM0114", "GM1681", "GM0106"]  # Emmen and Borger-Odoorn share one, Assen not
    found = remoteness(yards, points((40, 0, "D"), (600, 0, "E")), METHOD)
    assert found["percentiel_gemeente"].isna().all()
    assert found["percentiel_regio"].tolist()[:2] == [0, 100]
    assert math.isnan(found["percentiel_regio"].iloc[2])


def test_the_method_with_its_parameters_stands_with_every_yard():
    yards = points((0, 0, "A"), (1, 0, "B"))
    yards.index = [7, 3]
    found = remoteness(yards, points((9, 0, "C")), RemotenessMethod("2025-01-01", own_yard_m=40))
    assert found.index.tolist() == [7, 3]
    assert set(found["methode"]) == {RemotenessMethod("2025-01-01", 40).text}
    assert "binnen 40 m" in found["methode"].iloc[0]
    assert "1 januari 2025" in found["methode"].iloc[0]


spots = st.tuples(st.integers(0, 700_000), st.integers(0, 700_000)).map(
    lambda spot: (spot[0] / 1000, spot[1] / 1000)
)
near_spots = st.one_of(spots, st.tuples(st.integers(0, 60), st.integers(0, 60)))


@given(
    st.lists(st.tuples(near_spots, st.sampled_from(["", "a", "b", "c"])), min_size=1, max_size=8),
    st.lists(st.tuples(near_spots, st.sampled_from(["", "a", "b", "d", "e"])), max_size=25),
    st.sampled_from([0.0, 25.0, 60.0]),
)
def test_every_measure_is_that_of_looking_at_each_dwelling(yards, dwellings, own_m):
    found = remoteness(
        points(*[(*spot, name) for spot, name in yards]),
        points(*[(*spot, name) for spot, name in dwellings]),
        RemotenessMethod("2025-01-01", own_m),
    )
    addresses = {name for _, name in dwellings if name}
    for (spot, name), (_, row) in zip(yards, found.iterrows(), strict=True):
        others = []
        for place, address in dwellings:
            dx, dy = (place[0] + X) - (spot[0] + X), (place[1] + Y) - (spot[1] + Y)
            squared = dx * dx + dy * dy
            own = address == name if name in addresses else squared <= own_m * own_m
            if not own:
                others.append(squared)
        assert row["woningen_250m"] == sum(squared <= 250**2 for squared in others)
        assert row["woningen_500m"] == sum(squared <= 500**2 for squared in others)
        if others:
            assert row["afstand_woning_m"] == pytest.approx(math.sqrt(min(others)), abs=1e-9)
        else:
            assert math.isnan(row["afstand_woning_m"])


def test_no_yards_give_no_rows():
    assert len(remoteness(points(), points((0, 0, "A")), METHOD)) == 0


def test_coordinates_in_another_system_and_shapes_elsewhere_are_refused():
    degrees = pd.DataFrame({"x": [6.5], "y": [53.1], "adres_id": [""]})
    with pytest.raises(AtlasError, match="geen RD"):
        remoteness(degrees, points((0, 0, "A")), METHOD)
    with pytest.raises(AtlasError, match="geen RD"):
        remoteness(points((0, 0, "A")), degrees, METHOD)
    with pytest.raises(AtlasError, match="niet in RD New"):
        one((0, 0, "A"), [], kernen=gpd.GeoSeries([shapely.box(6, 53, 7, 54)], crs="EPSG:4326"))


@pytest.mark.parametrize(
    ("away", "counts", "nearest"),
    [(100, (None, None), None), (300, (1, None), 200), (150, (None, None), None), (900, (1, 1), 200)],
)
def test_what_an_address_of_unknown_purpose_could_change_stays_empty(away, counts, nearest):
    unclear = points((away, 0, "X"))
    found = remoteness(points((0, 0, "A")), points((200, 0, "B")), METHOD, unclear=unclear).iloc[0]
    got = tuple(None if pd.isna(found[name]) else found[name] for name in ("woningen_250m", "woningen_500m"))
    assert got == counts
    assert math.isnan(found["afstand_woning_m"]) if nearest is None else found["afstand_woning_m"] == nearest


def test_the_own_address_of_a_yard_is_no_doubt_about_neighbours():
    found = remoteness(points((0, 0, "A")), points((200, 0, "B")), METHOD, unclear=points((40, 0, "A"))).iloc[
        0
    ]
    assert (found["woningen_250m"], found["afstand_woning_m"]) == (1, 200)
