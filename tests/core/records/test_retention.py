"""What must go when its term has passed, and that nothing else goes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.records.retention import Detachment, plan_expiry
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError

TODAY = date(2025, 7, 1)
PAST, LAST_DAY, FUTURE = "2025-06-30", "2025-07-01", "2027-01-01"


def record(uuid, until=FUTURE, **fields):
    return {"uuid": uuid, "bewaren_tot": until, **fields}


def test_an_object_takes_its_evidence_visits_findings_and_photos_with_it():
    decided = plan_expiry(
        {
            "leegstand_object": [record("o1", PAST, foto="fotos/o1.jpg"), record("o2", foto="fotos/o2.jpg")],
            "leegstand_bewijs": [record("b1", object_uuid="o1"), record("b2", object_uuid="o2")],
            "erfbezoek": [record("v1", object_uuid="o1"), record("v2", object_uuid="o2")],
            "bevinding": [
                record("f1", bezoek_uuid="v1", foto="fotos/f1.jpg"),
                record("f2", bezoek_uuid="v2"),
            ],
        },
        TODAY,
    )
    assert decided.erase == {
        "bevinding": ("f1",),
        "erfbezoek": ("v1",),
        "leegstand_bewijs": ("b1",),
        "leegstand_object": ("o1",),
    }
    assert decided.photos == ("fotos/f1.jpg", "fotos/o1.jpg")
    assert decided.counts == {"bevinding": 1, "erfbezoek": 1, "leegstand_bewijs": 1, "leegstand_object": 1}


def test_children_are_erased_before_their_parents():
    decided = plan_expiry(
        {"leegstand_object": [record("o1", PAST)], "leegstand_bewijs": [record("b1", object_uuid="o1")]},
        TODAY,
    )
    assert list(decided.erase) == ["leegstand_bewijs", "leegstand_object"]


@pytest.mark.parametrize(
    ("until", "goes"), [(PAST, True), (LAST_DAY, False), (FUTURE, False), (date(2025, 6, 30), True)]
)
def test_the_term_is_the_last_day_on_which_a_record_is_kept(until, goes):
    assert bool(plan_expiry({"signaal": [record("s1", until)]}, TODAY).erase) == goes


def test_evidence_past_its_own_term_goes_alone():
    decided = plan_expiry(
        {"leegstand_object": [record("o1")], "leegstand_bewijs": [record("b1", PAST, object_uuid="o1")]},
        TODAY,
    )
    assert decided.erase == {"leegstand_bewijs": ("b1",)}


def test_a_signal_stays_and_loses_the_link_to_what_is_erased():
    decided = plan_expiry(
        {
            "leegstand_object": [record("o1", PAST)],
            "agrarisch_bedrijf": [record("y1")],
            "signaal": [record("s1", object_uuid="o1", bedrijf_uuid="y1")],
        },
        TODAY,
    )
    assert decided.erase == {"leegstand_object": ("o1",)}
    assert decided.detach == (Detachment("signaal", "s1", "object_uuid"),)


def test_a_photo_that_another_record_shows_stays():
    decided = plan_expiry({"signaal": [record("s1", PAST, foto="a.jpg"), record("s2", foto="a.jpg")]}, TODAY)
    assert decided.photos == ()


def test_rejected_signals_go_first():
    decided = plan_expiry(
        {"signaal": [record("s1", PAST, weging="intern"), record("s2", PAST, weging="geen")]}, TODAY
    )
    assert decided.erase["signaal"] == ("s2", "s1")


@pytest.mark.parametrize("until", [None, "", "31-02-2025", "ooit"])
def test_a_record_without_a_readable_term_is_shown_and_not_erased(until):
    decided = plan_expiry({"signaal": [record("s1", until)]}, TODAY)
    assert decided.undated == (("signaal", "s1"),)
    assert decided.erase == {}


def test_the_register_of_hand_overs_stays():
    assert plan_expiry({"uitgifte": [{"uuid": "u1"}]}, TODAY).undated == ()


def test_a_layer_that_does_not_exist_is_refused():
    with pytest.raises(AtlasError, match="bestaat niet"):
        plan_expiry({"objecten": []}, TODAY)


@st.composite
def dossiers(draw):
    layers = {}
    for name, layer in RURAL_LAYERS.items():
        if layer.append_only:
            continue
        layers[name] = [
            {
                "uuid": f"{name}-{number}",
                "bewaren_tot": draw(st.sampled_from([PAST, LAST_DAY, FUTURE, FUTURE, None])),
                "foto": draw(st.sampled_from([None, "a.jpg", "b.jpg"])),
                **{
                    relation.field: draw(
                        st.sampled_from([None, *(parent["uuid"] for parent in layers[relation.layer])])
                    )
                    for relation in layer.relations
                },
            }
            for number in range(draw(st.integers(0, 3)))
        ]
    return layers


@given(dossiers(), st.randoms())
def test_nothing_ever_hangs_in_the_air_and_nothing_else_goes(layers, random):
    decided = plan_expiry(layers, TODAY)
    gone = {uuid for uuids in decided.erase.values() for uuid in uuids}
    detached = {(item.uuid, item.field) for item in decided.detach}
    for name, records in layers.items():
        for item in records:
            past = item["bewaren_tot"] == PAST
            parents = {item[relation.field]: relation.on_erase for relation in RURAL_LAYERS[name].relations}
            belongs = any(how == "erase" and parent in gone for parent, how in parents.items())
            assert (item["uuid"] in gone) == (past or belongs)
            for relation in RURAL_LAYERS[name].relations:
                dangles = item["uuid"] not in gone and item[relation.field] in gone
                assert dangles == ((item["uuid"], relation.field) in detached)
            assert not (item["uuid"] not in gone and item["foto"] in decided.photos)
    shuffled = {name: random.sample(records, len(records)) for name, records in layers.items()}
    again = plan_expiry(shuffled, TODAY)
    assert again.erase == decided.erase
    assert again.photos == decided.photos


@given(dossiers())
def test_after_erasing_there_is_nothing_left_to_erase(layers):
    gone = {uuid for uuids in plan_expiry(layers, TODAY).erase.values() for uuid in uuids}
    left = {name: [item for item in items if item["uuid"] not in gone] for name, items in layers.items()}
    assert plan_expiry(left, TODAY).erase == {}


def test_a_campaign_takes_its_rounds_and_yards_with_it_and_a_yard_its_place_in_one():
    layers = {
        "agrarisch_bedrijf": [record("y1"), record("y2", PAST), record("y3")],
        "campagne": [record("c1"), record("c2", PAST)],
        "ronde": [record("r1", campagne_uuid="c1"), record("r2", campagne_uuid="c2")],
        "ronde_stop": [
            record("s1", campagne_uuid="c1", bedrijf_uuid="y1", ronde_uuid="r1"),
            record("s2", campagne_uuid="c1", bedrijf_uuid="y2", ronde_uuid="r1"),
            record("s3", campagne_uuid="c2", bedrijf_uuid="y3", ronde_uuid="r2"),
        ],
    }
    decided = plan_expiry(layers, TODAY)
    assert decided.erase == {
        "ronde_stop": ("s2", "s3"), "ronde": ("r2",), "campagne": ("c2",), "agrarisch_bedrijf": ("y2",),
    }  # fmt: skip
    layers["ronde"][0]["bewaren_tot"] = PAST
    assert Detachment("ronde_stop", "s1", "ronde_uuid") in plan_expiry(layers, TODAY).detach
