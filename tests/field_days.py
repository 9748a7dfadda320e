"""Days in the field, for both faces: what a team does to its package, and what comes back into the dossier.

Edits are made by a program that knows nothing of the atlas, as QField does.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

OWN, OTHER = "GM0106", "GM0114"
OBJECTS, VISITS = "leegstand_object", "erfbezoek"
ROWS = [
    "uuid;adres;soort;gemeente_code;gemeente_zeker;bron;peildatum;bewaren_tot;x;y",
    *(
        f"00000000-0000-4000-8000-{number:012d};Verzonnen Lijst {number}, Nergenshuizen;schuur;{code};ja;"
        f"FICTIEF: proef;2026-01-15;2040-01-01;{x};{y}"
        for number, code, x, y in ((1, OWN, 233_001, 556_000), (2, OWN, 233_002, 556_000),
                                   (3, OTHER, 257_000, 534_000))
    ),
]  # fmt: skip
STAMPS = {
    "bron": "FICTIEF: proef", "peildatum": "2026-03-05", "bewaren_tot": "2040-01-01", "regime": "avg",
    "aangemaakt_op": "2026-03-05T10:00:00.000Z", "aangemaakt_door": "onbekend",
    "gewijzigd_op": "2026-03-05T10:00:00.000Z", "gewijzigd_door": "onbekend",
}  # fmt: skip
VISIT = {
    "object_uuid": "00000000-0000-4000-8000-000000000001", "datum": "2026-03-05", "team": "Team Verzonnen",
    "soort": "preventief", "grondslag": "instemming", "doel": "kennismaken", "uitkomst": "toegang_verleend",
}  # fmt: skip


def uuid(number):
    return f"00000000-0000-4000-8000-{number:012d}"


#: name, edits in the field and in the office, counts, lines (layer, outcome, uuid, field), values after
DAYS = [
    (
        "a day on which nothing was done",
        [], [],
        {"nieuw": 0, "gewijzigd": 0, "conflict": 0, "geweigerd": 0}, [],
        {(OBJECTS, uuid(1), "toelichting"): None},
    ),
    (
        "a visit and a change come back",
        [(VISITS, uuid(51), VISIT), (OBJECTS, uuid(2), {"toelichting": "dak stuk"})], [],
        {"nieuw": 1, "gewijzigd": 1, "conflict": 0, "geweigerd": 0},
        [(VISITS, "nieuw", uuid(51), ""), (OBJECTS, "gewijzigd", uuid(2), "toelichting")],
        {(OBJECTS, uuid(2), "toelichting"): "dak stuk", (VISITS, uuid(51), "team"): "Team Verzonnen"},
    ),
    (
        "what both changed is a conflict and the dossier keeps its own",
        [(OBJECTS, uuid(1), {"toelichting": "uit het veld"})],
        [(OBJECTS, uuid(1), {"toelichting": "van kantoor"})],
        {"nieuw": 0, "gewijzigd": 0, "conflict": 1, "geweigerd": 0},
        [(OBJECTS, "conflict", uuid(1), "toelichting")],
        {(OBJECTS, uuid(1), "toelichting"): "van kantoor"},
    ),
    (
        "what the office changed meanwhile stays beside what the field changed",
        [(OBJECTS, uuid(1), {"toelichting": "uit het veld"})],
        [(OBJECTS, uuid(1), {"prioriteit": "hoog"})],
        {"nieuw": 0, "gewijzigd": 1, "conflict": 0, "geweigerd": 0},
        [(OBJECTS, "gewijzigd", uuid(1), "toelichting")],
        {(OBJECTS, uuid(1), "toelichting"): "uit het veld", (OBJECTS, uuid(1), "prioriteit"): "hoog"},
    ),
]  # fmt: skip


def work(folder, edits, spatial_functions):
    """Make edits in the files of a folder: a change of the record with that uuid, or else a new record."""
    for layer, key, fields in edits:
        with closing(sqlite3.connect(folder / f"{layer}.gpkg")) as connection, connection:
            spatial_functions(connection)
            marks = ", ".join(f"{name} = ?" for name in fields)
            changed = connection.execute(
                f"UPDATE {layer} SET {marks} WHERE uuid = ?", [*fields.values(), key]
            )
            if not changed.rowcount:
                new = {"uuid": key, **fields, **STAMPS}
                connection.execute(
                    f"INSERT INTO {layer} ({', '.join(new)}) VALUES ({', '.join('?' * len(new))})",
                    list(new.values()),
                )


def compare(day, counts, lines, records):
    """Hold what came back against a day: the report, and the records of the dossier by layer."""
    _name, _field, _office, expected, told, values = day
    assert {name: counts[name] for name in expected} == expected
    assert sorted(tuple(line[:4]) for line in lines) == sorted(told)
    for (layer, key, name), value in values.items():
        (record,) = [record for record in records[layer] if record["uuid"] == key]
        assert record[name] == value
