"""Rows and records for the tests of what an import changes, all of them FICTIEF."""

from __future__ import annotations

from datetime import UTC, datetime

from atlas.core.records.changes import plan_import

NOW = datetime(2025, 7, 1, 9, 30, tzinfo=UTC)
LATER = datetime(2025, 7, 8, 9, 30, tzinfo=UTC)
UUIDS = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(4)]
ROW = {
    "bron": "FICTIEF inventarisatie",
    "peildatum": "2025-06-01",
    "bewaren_tot": "2027-06-01",
    "gemeente_code": "GM1699",
    "bag_pand_id": "1699100000000011",
    "soort": "schuur",
    "geometrie": (224_000.0, 570_000.0),
}
EVIDENCE = {
    "object_uuid": UUIDS[0],
    "bewijsbron": "brp_persoon",
    "waarde": "geen_treffer",
    "bron": "FICTIEF register",
    "peildatum": "2025-01-01",
    "bewaren_tot": "2027-06-01",
}


def plan(existing, incoming, *, now=NOW, layer="leegstand_object", **options):
    return plan_import(existing, incoming, now=now, user="team", layer=layer, **options)


def after(existing, decided):
    """The layer as it is once a plan was written."""
    records = {record["uuid"]: record for record in existing}
    records |= {item.record["uuid"]: item.record for item in decided.inserts}
    records |= {item.uuid: item.record for item in decided.updates}
    return list(records.values())


def imported(*rows, **options):
    decided = plan([], [{**ROW, **row} for row in rows], **options)
    assert not decided.refusals
    return after([], decided)


def edited(record, moment, **changes):
    """A record that a colleague changed by hand, as the form does it."""
    return {**record, **changes, "gewijzigd_op": moment, "gewijzigd_door": "collega"}


def the_refusal(decided):
    (refusal,) = decided.refusals
    assert refusal.reason
    assert refusal.expected
    assert refusal.remedy
    return refusal
