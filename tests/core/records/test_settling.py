"""The municipality of a record near a border is settled by the borders or by a person, never against it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from atlas.core.records.settling import settle_by_borders, settle_by_person
from atlas.core.words.errors import AtlasError

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
#: place -> what the borders say
BORDERS = {(1.0, 1.0): ("GM0106", True), (2.0, 2.0): ("GM1699", True), (3.0, 3.0): ("GM0106", False)}


def record(uuid, place, code="GM0106", certain="nee"):
    return {"uuid": uuid, "geometrie": place, "gemeente_code": code, "gemeente_zeker": certain}


def borders(places):
    """A border from north to south: Noordenveld at the left of it, Assen at the right; both from 3 m."""
    return [
        BORDERS.get((x, y), ("GM1699" if x < 236_987 else "GM0106", abs(x - 236_987) > 3)) for x, y in places
    ]


def by_borders(*records):
    return settle_by_borders(
        "leegstand_object", records, lambda places: [BORDERS[place] for place in places], now=NOW, user="Jo"
    )


def test_what_the_borders_make_certain_is_settled_with_who_and_when():
    done = by_borders(record("a", (1.0, 1.0)))
    (update,) = done.plan.updates
    assert [(one.field, one.in_dossier, one.in_file) for one in update.changes] == [
        ("gemeente_zeker", "nee", "ja")
    ]
    assert (update.record["gewijzigd_door"], update.record["gewijzigd_op"]) == ("Jo", "2026-02-01T12:00:00Z")
    assert (done.contradicted, done.open) == ((), 0)


def test_another_municipality_than_the_record_names_is_told_and_left():
    done = by_borders(record("a", (2.0, 2.0)))
    assert done.plan.updates == ()
    assert done.contradicted == ("a",)


def test_the_woonplaats_of_its_address_goes_before_the_borders():
    done = settle_by_borders(
        "leegstand_object",
        [record("a", (3.0, 3.0)), record("b", None), record("c", (1.0, 1.0)), record("d", (1.0, 1.0))],
        lambda places: [BORDERS[place] for place in places],
        now=NOW,
        user="Jo",
        by_residence={"a": "GM0106", "b": "GM0106", "c": "GM1699", "d": "", "z": "GM0106"},
    )
    assert sorted(update.uuid for update in done.plan.updates) == ["a", "b", "d"]
    assert (done.contradicted, done.open) == (("c",), 0)


def test_near_a_border_without_a_place_and_already_certain_nothing_changes():
    done = by_borders(record("a", (3.0, 3.0)), record("b", None), record("c", (2.0, 2.0), certain="ja"))
    assert (done.plan.updates, done.contradicted, done.open) == ((), (), 2)


def test_a_person_settles_one_record():
    here = (236_988.0, 560_000.0)
    layers = {"signaal": [], "leegstand_object": [record("a", here), record("b", here)]}
    plan = settle_by_person(layers, "b", "Noordenveld", borders, now=NOW, user="Jo")
    (update,) = plan.updates
    assert plan.layer == "leegstand_object"
    assert {one.field: one.in_file for one in update.changes} == {
        "gemeente_code": "GM1699", "gemeente_zeker": "ja",
    }  # fmt: skip


def test_what_is_settled_already_is_not_written_again():
    layers = {"signaal": [record("a", (1.0, 1.0), certain="ja")]}
    assert settle_by_person(layers, "a", "Assen", borders, now=NOW, user="Jo").updates == ()


@pytest.mark.parametrize("certain", ["ja", "nee"])
def test_a_slip_of_the_pen_does_not_put_a_record_far_away(certain):
    layers = {"signaal": [record("a", (236_990.0, 560_000.0), certain=certain)]}
    with pytest.raises(AtlasError, match="niet bij de grens") as caught:
        settle_by_person(layers, "a", "Emmen", borders, now=NOW, user="Jo")
    assert caught.value.expected == "Assen of Noordenveld"
    (update,) = settle_by_person(layers, "a", "Noordenveld", borders, now=NOW, user="Jo").updates
    assert update.record["gemeente_code"] == "GM1699"


def test_what_lies_outside_both_provinces_is_in_none_of_their_municipalities():
    layers = {"signaal": [record("a", (121_000.0, 487_000.0))]}
    with pytest.raises(AtlasError, match="niet bij de grens") as caught:
        settle_by_person(
            layers, "a", "Assen", lambda places: [("", True) for _ in places], now=NOW, user="Jo"
        )
    assert caught.value.expected == "een plaats in Drenthe of Groningen"


@pytest.mark.parametrize(
    ("uuid", "name", "words"),
    [("a", "Nergenshuizen", "niet te herkennen"), ("z", "Assen", "niet in het dossier")],
)
def test_an_unknown_record_or_municipality_gets_a_sentence(uuid, name, words):
    with pytest.raises(AtlasError, match=words):
        settle_by_person({"signaal": [record("a", None)]}, uuid, name, borders, now=NOW, user="Jo")
