"""Nothing of the fictitious countryside exists: no name, postcode or id, and no person."""

from __future__ import annotations

import re

import numpy as np
from countryside_samples import column
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.tables.persons import names_a_person
from atlas.core.tables.registers import BAG_KINDS
from atlas.core.words.spelling import normalise
from atlas.fiction.names import invented, place_names, real_names, road_names, scattered, street_names


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
