"""Settling in a real dossier: written with who did it, and what the borders contradict is left."""

from __future__ import annotations

from datetime import UTC, datetime

from atlas.dossier.records import read_history, read_records
from atlas.flows.settling import settle, settle_one
from dossier_samples import filled, uuid, vacant

OBJECTS = "leegstand_object"
NOW = datetime(2026, 2, 1, tzinfo=UTC)


def test_the_borders_settle_what_they_can_and_a_person_the_rest(tmp_path):
    doubtful = {"gemeente_zeker": "nee"}
    dossier = filled(
        tmp_path / "team",
        {OBJECTS: [{**vacant(101), **doubtful}, {**vacant(102), **doubtful, "gemeente_code": "GM0014"}]},
    )

    def now_stands():
        records = {record["uuid"]: record for record in read_records(dossier, OBJECTS)}
        return [
            (records[uuid(one)]["gemeente_code"], records[uuid(one)]["gemeente_zeker"]) for one in (101, 102)
        ]

    done = settle(dossier.folder, now=NOW, user="Jo")
    assert done[OBJECTS].contradicted == (uuid(102),)
    assert now_stands() == [("GM0106", "ja"), ("GM0014", "nee")]
    assert settle_one(dossier.folder, uuid(102), "Assen", now=NOW, user="Kim")
    assert now_stands() == [("GM0106", "ja"), ("GM0106", "ja")]
    assert not settle_one(dossier.folder, uuid(102), "Assen", now=NOW, user="Kim")
    assert {"Jo", "Kim"} <= {str(value) for row in read_history(dossier, OBJECTS) for value in row.values()}
