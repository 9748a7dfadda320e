"""What may leave is made in one place, holds no more than it may, and can't be made or changed elsewhere."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core.areas.divisions import areas
from atlas.core.disclosure.audiences import Audience
from atlas.core.disclosure.fields import density_square_m, may_leave
from atlas.core.disclosure.records import release
from atlas.core.disclosure.released import Released
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError

ASSEN, EMMEN = "GM0106", "GM0114"
LAYERS = tuple(RURAL_LAYERS.values())
OBJECTS, YARDS, VISITS, FINDINGS = "leegstand_object", "agrarisch_bedrijf", "erfbezoek", "bevinding"
ALL = tuple(area.code for area in areas("gemeente"))


def records(*, objects=(), yards=(), visits=(), findings=()):
    given_records = {OBJECTS: objects, YARDS: yards, VISITS: visits, FINDINGS: findings}
    return {name: list(given_records.get(name, ())) for name in RURAL_LAYERS if name != "uitgifte"}


def placed(uuid, code=ASSEN, certain="ja", **more):
    return {"uuid": uuid, "gemeente_code": code, "gemeente_zeker": certain, "foto": "fotos/a.jpg", **more}


def released(found, wanted=(OBJECTS,), **change):
    asked = {
        "audience": "team", "municipalities": [ASSEN], "purpose": "ronde", "fictitious": False, **change,
    }  # fmt: skip
    return release(LAYERS, found, wanted, **asked)


def test_one_in_assen_and_one_of_which_that_is_not_certain():
    done = released(records(objects=[placed("a"), placed("b", certain="nee"), placed("c", EMMEN)]))
    assert [record["uuid"] for record in done.content[OBJECTS]] == ["a"]
    assert (done.counts, done.withheld_of(OBJECTS), done.withheld_in(OBJECTS, ASSEN)) == ({OBJECTS: 1}, 1, 1)
    assert released(records(objects=[placed("a")])).notes == ()
    (note,) = done.notes
    assert note.startswith("1 record van deze gemeenten staat niet in deze uitgave")
    (sentence,) = done.sentences
    assert sentence == (
        "Leegstaande objecten: 1 record gaat niet mee: het is niet zeker in welke gemeente dat ligt."
    )


def test_a_visit_to_places_in_two_municipalities_needs_both():
    found = records(
        objects=[placed("o")],
        yards=[placed("y", EMMEN)],
        visits=[{"uuid": "v", "object_uuid": "o", "bedrijf_uuid": "y"}],
        findings=[{"uuid": "f", "bezoek_uuid": "v"}],
    )
    one = released(found, (VISITS, FINDINGS))
    assert one.counts == {VISITS: 0, FINDINGS: 0}
    assert one.withheld_of(VISITS) == one.withheld_of(FINDINGS) == 1
    both = released(found, (VISITS, FINDINGS), municipalities=[ASSEN, EMMEN])
    assert (both.counts, both.withheld) == ({VISITS: 1, FINDINGS: 1}, ())


def test_nobody_else_makes_or_changes_it():
    done = released(records(objects=[placed("a")]))
    with pytest.raises(TypeError, match="release"):
        Released({OBJECTS: ({"uuid": "x"},)}, audience="team", municipalities=(ASSEN,), purpose="ronde")
    with pytest.raises(TypeError, match="release"):
        replace(done, municipalities=ALL)
    with pytest.raises(FrozenInstanceError):
        done.content = {}
    with pytest.raises(TypeError):
        done.content[OBJECTS] = ()
    with pytest.raises(TypeError):
        done.content[OBJECTS][0]["uuid"] = "x"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"audience": "openbaar"}, "alleen naar het team"),
        ({"audience": "partners"}, "alleen naar het team"),
        ({"audience": "iedereen"}, "Deze doelgroep bestaat niet"),
        ({"municipalities": []}, "Noem de gemeente"),
        ({"municipalities": ["GM9999"]}, "Deze gemeente bestaat niet"),
        ({"municipalities": ALL}, "van alle gemeenten"),
        ({"purpose": "  "}, "waarvoor"),
    ],
)
def test_a_request_that_may_not_be_met_is_refused(change, words):
    with pytest.raises(AtlasError, match=words):
        released(records(objects=[placed("a")]), **change)


def test_only_made_up_records_of_all_municipalities_go_together():
    found = records(objects=[placed(code, code) for code in ALL])
    assert released(found, municipalities=ALL, fictitious=True).counts == {OBJECTS: len(ALL)}


PLACED = st.builds(
    placed,
    st.uuids().map(str),
    st.sampled_from([ASSEN, EMMEN, "GM0014"]),
    st.sampled_from(["ja", "nee", None, ""]),
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(PLACED, max_size=6, unique_by=lambda record: record["uuid"]),
    st.lists(PLACED, max_size=6, unique_by=lambda record: record["uuid"]),
    st.sets(st.sampled_from([ASSEN, EMMEN, "GM0014"]), min_size=1),
    st.data(),
)
def test_no_record_of_another_and_no_field_that_may_not_leave_ever_goes(objects, yards, codes, data):
    def some(of):
        return data.draw(st.sampled_from([None, *(record["uuid"] for record in of)]))

    visits = [
        {"uuid": f"v{number}", "object_uuid": some(objects), "bedrijf_uuid": some(yards), "foto": "fotos/a"}
        for number in range(3)
    ]
    findings = [{"uuid": f"f{number}", "bezoek_uuid": f"v{number}"} for number in range(3)]
    found = records(objects=objects, yards=yards, visits=visits, findings=findings)
    wanted = (OBJECTS, YARDS, VISITS, FINDINGS)
    done = released(found, wanted, municipalities=codes)
    sure = {
        r["uuid"] for r in (*objects, *yards) if r["gemeente_code"] in codes and r["gemeente_zeker"] == "ja"
    }
    for layer in (OBJECTS, YARDS):
        assert {record["uuid"] for record in done.content[layer]} <= sure
    for visit in done.content[VISITS]:
        assert {uuid for uuid in (visit["object_uuid"], visit["bedrijf_uuid"]) if uuid} <= sure
    assert {finding["bezoek_uuid"] for finding in done.content[FINDINGS]} <= {
        visit["uuid"] for visit in done.content[VISITS]
    }
    for layer, of_layer in done.content.items():
        assert all(may_leave(layer, name, "team") for record in of_layer for name in record)
    named = sum(record["gemeente_code"] in codes for record in objects)
    assert done.counts[OBJECTS] + done.withheld_of(OBJECTS) == named


@pytest.mark.parametrize("audience", [audience for audience in Audience if audience != "team"])
@pytest.mark.parametrize("layer", [layer for layer in RURAL_LAYERS if layer != "uitgifte"])
def test_records_reach_no_other_audience(layer, audience):
    with pytest.raises(AtlasError):
        released(records(), (layer,), audience=audience)


@pytest.mark.parametrize(
    ("bandwidth", "cell"), [(40.0, 250.0), (499.9, 250.0), (1000.0, 99.0), (float("nan"), 250.0)]
)
def test_a_density_that_points_at_places_is_refused(bandwidth, cell):
    with pytest.raises(AtlasError, match="wijst de dichtheid plekken aan"):
        density_square_m(bandwidth, cell)
    assert density_square_m(500.0, 100.0) == 250.0
