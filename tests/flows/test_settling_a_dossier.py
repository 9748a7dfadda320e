"""Settling in a real dossier: written with who did it, and what the borders contradict is left."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from atlas.core.words.errors import AtlasError
from atlas.dossier.records import read_history, read_records
from atlas.flows.settling import settle
from atlas.jobs.settling import Said
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
    assert done.layers[OBJECTS].contradicted == (uuid(102),)
    assert now_stands() == [("GM0106", "ja"), ("GM0014", "nee")]
    said = Said(uuid(102), "Assen", NOW.date())
    assert settle(dossier.folder, now=NOW, user="Kim", said=said).count == 1
    assert now_stands() == [("GM0106", "ja"), ("GM0106", "ja")]
    assert settle(dossier.folder, now=NOW, user="Kim", said=said).count == 0
    assert {"Jo", "Kim"} <= {str(value) for row in read_history(dossier, OBJECTS) for value in row.values()}


def test_the_woonplaats_settles_what_lies_on_a_border(tmp_path):
    """Two addresses of the BAG; of the second the name of the woonplaats occurs in two municipalities."""
    dossier = filled(
        tmp_path / "team",
        {OBJECTS: [{**vacant(one), "gemeente_zeker": "nee", "geometrie": None} for one in (101, 102)]},
    )
    numbers = {one: vacant(one)["bag_vbo_id"] for one in (101, 102)}
    addresses = tmp_path / "bag.csv"
    addresses.write_text(
        "identificatie;openbare_ruimte;huisnummer;postcode;woonplaats;x;y\n"
        f"{numbers[101]};Verzonnenweg;1;9999ZZ;Nergenshuizen;230101;560000\n"
        f"{numbers[102]};Verzonnenweg;2;9999ZZ;Tweemaal;230102;560000\n",
        encoding="utf-8",
    )
    residences = tmp_path / "woonplaatsen.csv"
    residences.write_text(
        "woonplaatscode;woonplaats;gemeentecode\n1;Nergenshuizen;0106\n2;Tweemaal;0106\n3;Tweemaal;0114\n",
        encoding="utf-8",
    )
    with pytest.raises(AtlasError, match="twee bestanden"):
        settle(dossier.folder, now=NOW, user="Jo", addresses=addresses)
    done = settle(dossier.folder, now=NOW, user="Jo", addresses=addresses, residences=residences)
    assert [update.uuid for update in done.layers[OBJECTS].plan.updates] == [uuid(101)]
    assert done.layers[OBJECTS].open == 1
