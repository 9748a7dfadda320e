"""Fifty packages of 200 visits each back into a dossier, with 5% conflicts: seconds of the processor.

Each package holds the yards of one team-day; the visits and changes are written by a program that knows
nothing of the atlas, as QField does. A conflict is a yard that two devices changed. What is measured is the
job behind `atlas visits import`: opening, comparing and writing.
"""

import resource
import sqlite3
import tempfile
import time
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from measuring import figure, sized

from atlas.core.records.changes import plan_import
from atlas.core.words.errors import AtlasError
from atlas.dossier.changes import apply_import
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.records import read_layers
from atlas.gpkg.spatial_index import register_spatial_functions
from atlas.jobs.field_return import return_packages

PACKAGES, VISITS, CONFLICTS = sized(50, 4), sized(200, 20), 0.05
OWN, NOW = "GM0106", datetime(2027, 4, 1, 12, tzinfo=UTC)
STAMPS = {
    "bron": "FICTIEF", "peildatum": "2027-03-29", "bewaren_tot": "2030-01-01", "regime": "avg",
    "aangemaakt_op": "2027-03-29T10:00:00.000Z", "aangemaakt_door": "veld",
    "gewijzigd_op": "2027-03-29T10:00:00.000Z", "gewijzigd_door": "veld",
}  # fmt: skip
VISIT = {
    "datum": "2027-03-29", "team": "Team Verzonnen", "soort": "preventief", "grondslag": "instemming",
    "doel": "kennismaken", "uitkomst": "toegang_verleend",
}  # fmt: skip


def uuid(kind, number):
    return str(UUID(int=kind << 96 | 4 << 76 | 8 << 60 | number))


def yards(package):
    return [
        {
            "uuid": uuid(1, number), "adres": f"Verzonnenweg {number + 1}, Nergenshuizen", "bron": "FICTIEF",
            "gemeente_code": OWN, "gemeente_zeker": "ja", "peildatum": "2027-01-01", "buitengebied": "ja",
            "bewaren_tot": "2030-01-01", "geometrie": (225_000.0 + number % 100 * 90, 550_000.0 + number),
        }
        for number in range(package * VISITS, (package + 1) * VISITS)
    ]  # fmt: skip


def filled(dossier, rows):
    apply_import(dossier, plan_import([], rows, now=NOW, user="bench", layer="agrarisch_bedrijf"))
    return dossier.folder


def insert(connection, layer, records):
    names = list(records[0])
    marks = ", ".join("?" * len(names))
    connection.executemany(
        f"INSERT INTO {layer} ({', '.join(names)}) VALUES ({marks})", [list(one.values()) for one in records]
    )


def work(folder, package):
    """A day in the field: a visit at each of its yards, and a note at some that another device noted too."""
    first = package * VISITS
    visits = [
        {"uuid": uuid(2, number), "bedrijf_uuid": uuid(1, number), **VISIT, **STAMPS}
        for number in range(first, first + VISITS)
    ]
    with closing(sqlite3.connect(folder / "erfbezoek.gpkg")) as connection, connection:
        insert(connection, "erfbezoek", visits)
    shared = range(int(VISITS * CONFLICTS))
    with closing(sqlite3.connect(folder / "agrarisch_bedrijf.gpkg")) as connection, connection:
        register_spatial_functions(connection)
        connection.executemany(
            "UPDATE agrarisch_bedrijf SET toelichting = ?, gewijzigd_op = ? WHERE uuid = ?",
            [
                (f"hek {package}", f"2027-03-29T{8 + package % 9:02d}:00:00.000Z", uuid(1, number))
                for number in (package // 2 * 2 * VISITS + each for each in shared)
            ],
        )


def packed(room):
    """The packages as they come back: the two devices of each pair changed the same yards of the first."""
    made = []
    for number in range(PACKAGES):
        own = yards(number) + (yards(number - 1) if number % 2 else [])
        folder = filled(init_dossier(room / f"apparaat {number}" / "dossier", fictitious=True), own)
        work(folder, number)
        path = room / f"terug-{number:02d}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.iterdir()):
                archive.write(file, f"{folder.name}/{file.name}")
        made.append(path)
    return made


def seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main():
    with tempfile.TemporaryDirectory() as given:
        room = Path(given)
        rows = [row for number in range(PACKAGES) for row in yards(number)]
        dossier = filled(init_dossier(room / "dossier FICTIEF", fictitious=True), rows)
        packages = packed(room)
        begin, wall = seconds(), time.perf_counter()
        done = return_packages(dossier, packages, now=NOW, user="bench")
        took = seconds() - begin
        print(f"  {time.perf_counter() - wall:.1f} s by the clock")
        for one in done:
            if isinstance(one, AtlasError):
                raise one
        layers = read_layers(open_dossier(dossier))
        assert len(layers["erfbezoek"]) == PACKAGES * VISITS
        conflicts = [one for one in layers["conflict"] if one["besluit"] == "open"]
        assert len(conflicts) == PACKAGES // 2 * int(VISITS * CONFLICTS)
        figure(f"import of {PACKAGES} packages of {VISITS} visits", took, 10.0, unit="s")


if __name__ == "__main__":
    main()
