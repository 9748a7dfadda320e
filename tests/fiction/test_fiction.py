"""The fictitious countryside: as much as was asked for, in the right place, as the registers have it."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pytest
import shapely
from countryside_samples import DAY, SCALE, column
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core.tables.bag_codes import BUILDING_STATUSES, GONE_OBJECTS, OBJECT_STATUSES, PURPOSES
from atlas.core.vacancy.evidence import (
    SOURCES,
)
from atlas.core.words.errors import AtlasError
from atlas.fiction.countryside import make_fiction
from atlas.fiction.land import PROFILES, TOWN, VILLAGE, apportion, survey_land
from atlas.geo.boundaries.levels import deciding_boundaries
from atlas.geo.measuring.assign import assign_areas
from atlas.geo.measuring.circle_counts import count_within
from atlas.planar.certain_places import certain_places

UUIDS = "fb98b6c038475ec3c6ceac0771691669"


# --- how much -------------------------------------------------------------------------------------------


def test_there_is_as_much_as_the_scale_says(fiction):
    assert fiction.addresses.num_rows == fiction.x.size == fiction.y.size
    assert 520_000 * SCALE < fiction.addresses.num_rows < 520_000 * SCALE * 1.01
    assert len(fiction.records.objects) == 1_200 * SCALE
    assert len(fiction.records.signals) == 400 * SCALE + 2
    farms = fiction.records.farms
    assert (farms["huisnummer"] < 5_000).sum() == 5_000 * SCALE
    assert (farms["huisnummer"] >= 5_000).sum() > 0, "some businesses are in no register"


@pytest.mark.parametrize("scale", [0, 0.004, 1.01, float("nan")])
def test_an_impossible_scale_is_refused(scale):
    with pytest.raises(AtlasError, match="schaal") as refused:
        make_fiction(1, DAY, scale=scale)
    assert "0.005" in refused.value.expected


@pytest.mark.slow
@settings(max_examples=4)
@given(seed=st.integers(0, 2**32), scale=st.sampled_from([0.005, 0.008, 0.013]))
def test_every_seed_gives_all_addresses_in_every_municipality(seed, scale):
    made = make_fiction(seed, DAY, scale=scale)
    assert 0 < made.addresses.num_rows - round(520_000 * scale) <= 14
    prefixes = set(np.char.ljust(made.addresses["identificatie"].to_numpy().astype(str), 4).astype("U4"))
    assert prefixes == {str(9001 + number) for number in range(22)}
    assert set(made.records.evidence["bewijsbron"]) == set(SOURCES)


def test_addresses_follow_the_inhabitants(land):
    counts = survey_land(1.0).counts
    inhabitants = np.array([next(p.inhabitants for p in PROFILES if p.code == code) for code in land["code"]])
    shares = counts.sum(axis=1) / counts.sum()
    assert np.allclose(shares, inhabitants / inhabitants.sum(), atol=1e-4)
    assert counts.sum() == 520_000


@pytest.mark.parametrize("scale", [0.005, 0.05, 0.4, 1.0])
def test_the_mix_of_kinds_is_the_same_at_every_scale(scale):
    part = survey_land(scale).counts.sum(axis=0) / (520_000 * scale)
    whole = survey_land(1.0).counts.sum(axis=0) / 520_000
    assert np.allclose(part, whole, atol=0.015)


@given(total=st.integers(0, 10_000), weights=st.lists(st.floats(0.01, 100), min_size=1, max_size=30))
def test_parts_always_add_up_and_are_never_off_by_one_or_more(total, weights):
    parts = apportion(total, tuple(weights))
    assert parts.sum() == total
    assert (np.abs(parts - total * np.array(weights) / sum(weights)) < 1 + 1e-6).all()


# --- where ----------------------------------------------------------------------------------------------


def test_every_address_lies_in_its_municipality(fiction, land):
    prefix = column(fiction, "bronhouder_identificatie").astype(int) - 9001
    assert (assign_areas(fiction.x, fiction.y, land.geometry) == prefix).all()


def test_coordinates_are_in_centimetres(fiction):
    for axis in (fiction.x, fiction.y):
        assert (np.round(axis, 2) == axis).all()


def test_objects_and_signals_lie_in_the_municipality_they_name(fiction, land):
    deciding = deciding_boundaries()
    for frame in (fiction.records.objects, fiction.records.signals):
        x, y = frame["x"].to_numpy(), frame["y"].to_numpy()
        place, drawn = assign_areas(x, y, deciding.geometry), assign_areas(x, y, land.geometry)
        assert (drawn >= 0).all()
        codes = land["code"].to_numpy()[np.where(place >= 0, place, drawn)]
        assert (codes == frame["gemeente_code"]).all()
        certain = np.where(certain_places(x, y) & (place >= 0), "ja", "nee")
        assert (certain == frame["gemeente_zeker"]).all()


def test_of_hardly_any_yard_the_municipality_is_not_certain(fiction):
    assert 0 < 1 - certain_places(fiction.x, fiction.y).mean() < 0.01


def test_towns_are_dense_and_yards_are_remote(fiction):
    made = make_fiction(5, DAY, scale=0.1)
    density = count_within(made.x, made.y, made.x, made.y, 1000.0) / np.pi
    city = made.addresses["bronhouder_naam"].to_numpy() == "FICTIEF Groningen"
    assert np.median(density[city]) > 1_500
    objects = made.records.objects
    around = count_within(objects["x"], objects["y"], made.x, made.y, 500.0)
    assert np.median(around) < 15


def test_barns_stand_behind_the_house_and_have_no_address(fiction):
    barns = fiction.buildings[fiction.buildings["aantal_verblijfsobjecten"] == 0]
    houses = fiction.buildings[fiction.buildings["aantal_verblijfsobjecten"] == 1]
    assert barns["gebruiksdoel"].isna().all()
    assert len(barns) > len(houses)
    assert set(houses["identificatie"]) <= set(column(fiction, "pand_identificatie"))
    assert set(barns["identificatie"]).isdisjoint(column(fiction, "pand_identificatie"))
    assert barns.distance(shapely.union_all(houses.geometry.to_numpy())).max() < 130


def test_what_was_there_before_the_exceptions_stays_as_it_was(fiction):
    """Addresses, ids, places and records of this seed, to the letter, as they were without any exception."""
    count = round(520_000 * SCALE)
    seen = hashlib.sha256()
    for name in fiction.addresses.column_names:
        cells = fiction.addresses[name].slice(0, count).to_pylist()
        seen.update(name.encode() + "\n".join(map(str, cells)).encode())
    seen.update(fiction.x[:count].tobytes() + fiction.y[:count].tobytes())
    assert seen.hexdigest().startswith("8049d86750cbb80709e7eb8b1428b9b0")
    uuids = [*fiction.records.objects["uuid"], *fiction.records.signals["uuid"][: round(400 * SCALE)]]
    assert hashlib.sha256("\n".join(uuids).encode()).hexdigest().startswith(UUIDS)


def test_addresses_have_additions_and_some_are_not_there_yet_or_any_more(fiction):
    count = round(520_000 * SCALE)
    added = fiction.addresses.slice(count).to_pandas()
    assert {"A", "B", "C"} <= set(added["huisletter"])
    assert {"1", "2"} <= set(added["toevoeging"])
    assert added["gebruiksdoel"].str.count(",").max() == 2
    assert {"Verblijfsobject gevormd", "Verblijfsobject ingetrokken"} <= set(added["status"])
    beside = fiction.addresses.slice(0, count).to_pandas()
    number = ["postcode", "huisnummer"]
    assert len(added.merge(beside[beside["huisletter"] == ""], on=number)) >= len(added)


def test_buildings_are_under_construction_and_demolished(fiction):
    assert {"Bouw gestart", "Bouwvergunning verleend", "Pand gesloopt"} <= set(fiction.buildings["status"])
    assert fiction.buildings["identificatie"].is_unique


def test_roads_are_one_way_dead_ends_islands_and_paths(fiction):
    roads = fiction.roads
    assert {"B", "H", "T", "O"} == set(roads["rijrichtng"])
    assert {"RB", "FP", "VP", "RP", "VD", "VZ", "BU", "PP"} == set(roads["bst_code"])
    assert roads["wvk_id"].is_unique
    cars = roads[roads["bst_code"] == "RB"]
    ends = pd.concat([cars["jte_id_beg"], cars["jte_id_end"]]).value_counts()
    assert (ends == 1).sum() >= 3, "dead ends"
    island = cars[cars["jte_id_end"] > cars["jte_id_end"].max() - 2]
    assert len(island) == 2
    rest = cars.drop(island.index)
    assert not set(island[["jte_id_beg", "jte_id_end"]].to_numpy().ravel()) & set(
        rest[["jte_id_beg", "jte_id_end"]].to_numpy().ravel()
    )


def test_some_signals_lie_on_a_yard(fiction):
    places = set(zip(fiction.x.tolist(), fiction.y.tolist(), strict=True))
    added = fiction.records.signals.iloc[round(400 * SCALE) :]
    assert set(zip(added["x"], added["y"], strict=True)) <= places
    assert fiction.records.signals["uuid"].is_unique
    assert fiction.records.signals["bronkenmerk"].is_unique


def test_some_villages_lie_in_parts(fiction):
    parts = fiction.built_up.geometry.count_geometries()
    assert 2 <= (parts > 1).sum() < len(parts) / 3
    assert fiction.built_up.geometry.is_valid.all()


def test_buurten_cover_every_municipality_once(fiction, land):
    area = fiction.neighbourhoods.dissolve("gemeentecode").geometry.area
    whole = land.set_index("code").geometry.area
    assert np.allclose(area.loc[whole.index], whole, rtol=1e-6)
    assert fiction.neighbourhoods.geometry.area.sum() == pytest.approx(whole.sum(), rel=1e-6)
    assert (assign_areas(fiction.x, fiction.y, fiction.neighbourhoods.geometry) >= 0).mean() > 0.9999


def test_the_density_of_a_buurt_is_that_of_its_addresses(fiction):
    there = ~np.isin(column(fiction, "status"), list(GONE_OBJECTS))
    x, y = fiction.x[there], fiction.y[there]
    place = assign_areas(x, y, fiction.neighbourhoods.geometry)
    fullest = np.bincount(place[place >= 0]).argmax()
    own = place == fullest
    away = np.hypot(x[own, None] - x, y[own, None] - y)
    mean = ((away <= 1000).sum(axis=1) / np.pi).mean()
    assert fiction.neighbourhoods["omgevingsadressendichtheid"][fullest] == round(mean)


def test_kernen_hold_what_stands_in_settlements_and_no_ribbons(fiction):
    place = assign_areas(fiction.x, fiction.y, fiction.kernen.geometry)
    counts = survey_land(SCALE).counts.sum(axis=0)
    settled = counts[TOWN] + counts[VILLAGE]
    assert abs((place >= 0).sum() - settled) < 0.06 * fiction.x.size
    assert (fiction.kernen["adressen"] >= 25).all()
    assert fiction.kernen.geometry.is_valid.all()
    assert {"ja", "nee"} == set(fiction.built_up["bebouwdekom"])


def test_all_roads_but_a_few_hang_together(fiction):
    roads = fiction.roads[fiction.roads["bst_code"] == "RB"]
    nodes, ends = np.unique(roads[["jte_id_beg", "jte_id_end"]].to_numpy(), return_inverse=True)
    ends = ends.reshape(-1, 2)
    label = np.arange(nodes.size)
    for _ in range(nodes.size):
        lowest = label[ends].min(axis=1)
        before = label.copy()
        np.minimum.at(label, ends[:, 0], lowest)
        np.minimum.at(label, ends[:, 1], lowest)
        if (label == before).all():
            break
    assert np.bincount(label).max() > 0.97 * nodes.size


def test_sections_that_share_a_junction_meet_there(fiction):
    roads = fiction.roads[fiction.roads["bst_code"] == "RB"]
    first, last = shapely.get_point(roads.geometry, 0), shapely.get_point(roads.geometry, -1)
    places = pd.DataFrame(
        {
            "node": np.concatenate([roads["jte_id_beg"], roads["jte_id_end"]]),
            "x": np.concatenate([shapely.get_x(first), shapely.get_x(last)]),
            "y": np.concatenate([shapely.get_y(first), shapely.get_y(last)]),
        }
    )
    apart = places.groupby("node")[["x", "y"]].agg(np.ptp).to_numpy()
    assert apart.max() < 0.011
    assert set(fiction.roads["wegbehsrt"]) == {"P", "G"}


# --- as the registers have it ---------------------------------------------------------------------------


def test_statuses_and_purposes_are_those_of_the_bag(fiction):
    assert set(column(fiction, "status")) <= set(OBJECT_STATUSES)
    assert set(column(fiction, "pandstatus")) <= set(BUILDING_STATUSES)
    assert {part for text in set(column(fiction, "gebruiksdoel")) for part in text.split(",")} <= set(
        PURPOSES
    )
    gone = np.isin(column(fiction, "status"), list(GONE_OBJECTS)).mean()
    assert 0.005 < gone < 0.03


def test_a_ruin_is_out_of_use_in_the_bag_and_in_the_evidence(fiction):
    objects, evidence = fiction.records.objects, fiction.records.evidence
    ruins = set(evidence.loc[evidence["bewijsbron"] == "bag_status", "object_uuid"])
    addressed = objects[objects["uuid"].isin(ruins) & (objects["bag_vbo_id"] != "")]
    status = dict(zip(column(fiction, "identificatie"), column(fiction, "status"), strict=True))
    assert len(addressed)
    for vbo_id in addressed["bag_vbo_id"]:
        assert status[vbo_id].endswith("buiten gebruik")


def test_farms_are_found_by_their_address_and_mostly_have_a_barn_function(fiction):
    frame = fiction.addresses.to_pandas()
    farms = fiction.records.farms
    tidy = farms.assign(postcode=farms["postcode"].str.replace(" ", "").str.upper())
    key = ["postcode", "huisnummer", "huisletter", "toevoeging"]
    found = tidy.merge(frame, on=key, how="inner")
    assert len(found) == 5_000 * SCALE
    assert (found["status"] == "Verblijfsobject in gebruik").all()
    assert (found["gebruiksdoel"] == "industriefunctie,woonfunctie").mean() > 0.6
    assert (farms["postcode"] != tidy["postcode"]).any(), "some are written sloppily"


def test_other_seeds_give_other_countrysides(fiction):
    other = make_fiction(12, DAY, scale=SCALE)
    assert not np.array_equal(other.x, fiction.x)
    assert set(other.records.objects["uuid"]).isdisjoint(fiction.records.objects["uuid"])
