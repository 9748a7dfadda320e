"""The fictitious countryside: as much as was asked for, in the right place, and nothing in it exists."""

from __future__ import annotations

import hashlib
import re
from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core.records.incoming import read_rows
from atlas.core.schema.rural import is_fictitious, working_layer
from atlas.core.tables.bag_codes import BUILDING_STATUSES, GONE_OBJECTS, OBJECT_STATUSES, PURPOSES
from atlas.core.tables.persons import names_a_person
from atlas.core.tables.registers import BAG_KINDS
from atlas.core.vacancy.evidence import (
    BAG_STATUSES,
    REGISTERS,
    SOURCES,
    add_months,
    bag_status,
    evidence_from_record,
)
from atlas.core.vacancy.rule import conclude
from atlas.core.words.errors import AtlasError
from atlas.core.words.spelling import normalise
from atlas.fiction.countryside import make_fiction
from atlas.fiction.land import PROFILES, TOWN, VILLAGE, apportion, survey_land
from atlas.fiction.names import invented, place_names, real_names, road_names, scattered, street_names
from atlas.fiction.scenarios import SCENARIOS, evidence_of
from atlas.geo.boundaries.levels import deciding_boundaries, load_boundaries
from atlas.geo.measuring.assign import assign_areas
from atlas.geo.measuring.circle_counts import count_within
from atlas.planar.certain_places import certain_places

DAY = date(2026, 2, 1)
SCALE = 0.02
UUIDS = "fb98b6c038475ec3c6ceac0771691669"


@pytest.fixture(scope="module")
def fiction():
    return make_fiction(11, DAY, scale=SCALE)


@pytest.fixture(scope="module")
def land():
    return load_boundaries("gemeente")


def column(fiction, name):
    return fiction.addresses[name].to_numpy()


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


# --- nothing of it exists -------------------------------------------------------------------------------


def test_no_name_of_a_place_or_street_is_real(fiction):
    names = set(column(fiction, "openbare_ruimte_naam")) | set(fiction.residences["woonplaats"])
    plain = {normalise(name.removesuffix(" FICTIEF")) for name in names}
    assert plain.isdisjoint(real_names())
    text = "\n".join(plain)
    assert not [real for real in real_names() if len(real) >= 5 and real in text]


def test_the_list_of_real_names_knows_the_region():
    assert {"assen", "winschoten", "een", "de wolden", "almere", "winsum", "het hogeland"} <= real_names()


def test_a_name_that_is_or_holds_a_real_one_is_left_out():
    names = ["Assen", "Brelterveen", "Een", "Nieuw-Winsumpad", "Emmerhoutstraat"]
    assert invented(names) == ("Brelterveen", "Emmerhoutstraat")


def test_there_are_more_names_than_streets_in_the_largest_town():
    assert min(len(place_names()), len(street_names()), len(road_names())) > 2_400
    assert set(street_names()).isdisjoint(road_names())


@given(size=st.integers(10, 3_000), groups=st.integers(1, 5), part=st.floats(0.1, 1), seed=st.integers(0, 99))
def test_members_of_a_group_never_get_the_same_number(size, groups, part, seed):
    count = int(size * part)
    rank = np.tile(np.arange(count), groups)
    group = np.repeat(np.arange(groups), count)
    number = scattered(rank, group, size, np.random.default_rng(seed))
    assert ((number >= 0) & (number < size)).all()
    assert len(set(zip(group.tolist(), number.tolist(), strict=True))) == count * groups


def test_no_street_name_occurs_twice_in_a_woonplaats_and_no_address_twice(fiction):
    frame = fiction.addresses.to_pandas()
    address = frame[["postcode", "huisnummer", "huisletter", "toevoeging"]]
    assert not address.duplicated().any()
    street = frame[["woonplaats_naam", "openbare_ruimte_naam", "huisnummer", "huisletter", "toevoeging"]]
    assert not street.duplicated().any()
    assert (frame["huisnummer"] > 0).all()


def test_every_woonplaats_carries_the_mark_and_lies_in_one_municipality(fiction):
    assert all(name.endswith(" FICTIEF") for name in fiction.residences["woonplaats"])
    assert set(column(fiction, "woonplaats_naam")) <= set(fiction.residences["woonplaats"])
    assert fiction.residences["woonplaats"].is_unique
    assert fiction.residences["woonplaatscode"].is_unique
    frame = fiction.addresses.to_pandas()
    pairs = frame[["woonplaats_naam", "bronhouder_identificatie"]].drop_duplicates()
    assert pairs["woonplaats_naam"].is_unique


def test_postcodes_are_never_issued(fiction):
    assert all(
        re.fullmatch("[1-9][0-9]{3}(SA|SD|SS)", postcode) for postcode in set(column(fiction, "postcode"))
    )


def test_ids_are_of_the_right_kind_and_of_no_municipality_that_exists(fiction):
    kinds = {
        "identificatie": "verblijfsobject",
        "nummeraanduiding_hoofdadres_identificatie": "nummeraanduiding",
        "pand_identificatie": "pand",
    }
    for name, kind in kinds.items():
        ids = column(fiction, name)
        assert all(re.fullmatch("90[0-2][0-9]{13}", text) for text in ids)
        assert {BAG_KINDS[text[4:6]] for text in ids} == {kind}
    assert len(set(column(fiction, "identificatie"))) == fiction.addresses.num_rows
    assert (
        len(set(column(fiction, "nummeraanduiding_hoofdadres_identificatie"))) == fiction.addresses.num_rows
    )
    assert len(set(column(fiction, "pand_identificatie"))) < fiction.addresses.num_rows, "flats share one"


def test_codes_of_buurten_are_well_formed_and_named_fictitious(fiction):
    frame = fiction.neighbourhoods
    assert frame["buurtcode"].is_unique
    assert frame["buurtcode"].str.fullmatch("BU[0-9]{4}[7-9][0-9]{3}").all()
    assert (frame["buurtcode"].str[2:6] == frame["gemeentecode"].str[2:]).all()
    assert (frame["wijkcode"].str[2:] == frame["buurtcode"].str[2:8]).all()
    assert frame["buurtnaam"].str.contains("FICTIEF").all()


def test_no_column_names_a_person(fiction):
    records = fiction.records
    for frame in (records.farms, records.objects, records.evidence, records.signals):
        assert not [name for name in frame.columns if names_a_person(name)]


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
        assert BAG_STATUSES[bag_status(status[vbo_id])] == "Buiten gebruik"


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


# --- the records ----------------------------------------------------------------------------------------


def rows_for(frame, layer):
    """Rows as the dossier is given them, with x and y as one place."""
    rows = frame.astype(object).to_dict("records")
    if working_layer(layer).geometry:
        rows = [
            {
                **{name: cell for name, cell in row.items() if name not in "xy"},
                "geometrie": (row["x"], row["y"]),
            }
            for row in rows
        ]
    return rows


@pytest.mark.parametrize(
    ("name", "layer"),
    [("objects", "leegstand_object"), ("evidence", "leegstand_bewijs"), ("signals", "signaal")],
)
def test_the_dossier_takes_every_record(fiction, name, layer):
    frame = getattr(fiction.records, name)
    read = read_rows(working_layer(layer), rows_for(frame, layer), today=DAY)
    assert [row.refusals for row in read if row.refusals] == []
    required = [known.name for known in working_layer(layer).fields if known.required and not known.own]
    for row in read:
        assert [field for field in required if field != "uuid" and field not in row.values] == []  # noqa: PD011
        assert all(rule.holds(row.values) for rule in working_layer(layer).requirements)


def test_every_record_says_it_is_fictitious_and_until_when_it_is_kept(fiction):
    records = fiction.records
    for frame in (records.farms, records.objects, records.evidence, records.signals):
        assert all(map(is_fictitious, frame["bron"]))
        assert (frame["bewaren_tot"] > add_months(DAY, 48).isoformat()).all()
        assert (frame["peildatum"] <= DAY.isoformat()).all()
        assert frame["bronkenmerk"].is_unique
    for frame in (records.objects, records.evidence, records.signals):
        assert set(frame["regime"]) == {"avg"}


def test_barns_have_no_address_and_registers_say_nothing_about_them(fiction):
    objects, evidence = fiction.records.objects, fiction.records.evidence
    barns = objects[objects["bag_vbo_id"] == ""]
    assert len(barns)
    assert (barns["adres"] == "").all()
    about = evidence[evidence["object_uuid"].isin(barns["uuid"])]
    assert set(about["bewijsbron"]).isdisjoint(REGISTERS)
    outlined = objects[objects["omtrek"] != ""]
    assert (shapely.from_wkt(outlined["omtrek"].to_numpy()) != None).all()  # noqa: E711 - an array
    assert set(outlined["bag_pand_id"]) <= set(fiction.buildings["identificatie"])


def test_signals_point_at_objects_that_are_there(fiction):
    named = set(fiction.records.signals["object_uuid"]) - {""}
    assert named
    assert named <= set(fiction.records.objects["uuid"])


EXPECTED = {
    "niets bekend": "onbekend",
    "administratief leeg": "leeg",
    "administratief leeg en leeg gezien": "leeg",
    "leeg gezien": "leeg",
    "gedeeltelijk leeg": "gedeeltelijk_leeg",
    "schuren leeg, woning volgens register in gebruik": "gedeeltelijk_leeg",
    "in gebruik volgens registers": "in_gebruik",
    "in gebruik gezien": "in_gebruik",
    "schuur leeg gezien": "leeg",
    "tegenspraak: leeg gezien, daarna treffer": "onbekend",
    "tegenspraak: twee waarnemingen": "onbekend",
    "tegenspraak: opgave en registers": "onbekend",
    "opgave leeg": "leeg",
    "niet te beoordelen": "onbekend",
    "bouwval": "onbekend",
    "bouwval die leeg is gezien": "leeg",
    "bewijs verlopen": "onbekend",
    "waarneming verlopen": "onbekend",
    "twee van de drie registers": "onbekend",
    "vroeger leeg, nu in gebruik": "in_gebruik",
}


@pytest.mark.parametrize("name", list(EXPECTED))
@settings(max_examples=20)
@given(seed=st.integers(0, 2**16), day=st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_scenario_leads_to_the_conclusion_it_is_named_after(name, seed, day):
    scenario = next(scenario for scenario in SCENARIOS if scenario.name == name)
    evidence = evidence_of(scenario, day, np.random.default_rng(seed))
    assert all(item.peildatum <= day for item in evidence)
    concluded = conclude(evidence, today=day, has_address=scenario.with_address > 0)
    assert concluded.conclusie == EXPECTED[name]


def test_every_scenario_has_an_expected_conclusion():
    assert set(EXPECTED) == {scenario.name for scenario in SCENARIOS}


def test_evidence_is_never_later_than_the_day_of_the_demo(fiction):
    for record in fiction.records.evidence.to_dict("records"):
        assert evidence_from_record(record).peildatum <= DAY


def test_other_seeds_give_other_countrysides(fiction):
    other = make_fiction(12, DAY, scale=SCALE)
    assert not np.array_equal(other.x, fiction.x)
    assert set(other.records.objects["uuid"]).isdisjoint(fiction.records.objects["uuid"])
