"""Packages that were worked on come back into real files, whichever comes first."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from atlas.core.records.becoming import Becoming
from atlas.core.records.changes import plan_import
from atlas.core.records.field_return import plan_return
from atlas.core.words.errors import AtlasError
from atlas.dossier import locks
from atlas.dossier.changes import apply_import
from atlas.dossier.field_work import read_field_work
from atlas.dossier.opening import check_tables_only, init_dossier, open_dossier
from atlas.dossier.records import read_layers
from atlas.gpkg.spatial_index import register_spatial_functions

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
OBJECT = "00000000-0000-4000-8000-000000000001"
STAMPS = {
    "bron": "FICTIEF", "peildatum": "2026-03-05", "bewaren_tot": "2030-01-01", "regime": "avg",
    "aangemaakt_op": "2026-03-05T10:00:00.000Z", "aangemaakt_door": "onbekend",
    "gewijzigd_op": "2026-03-05T10:00:00.000Z", "gewijzigd_door": "onbekend",
}  # fmt: skip


def own(letter, number):
    return f"{letter * 8}-0000-4000-8000-{number:012d}"


def put(folder, layer, record):
    """A record as QField writes it: by a program that knows nothing of the atlas."""
    filled = {**record, **STAMPS}
    with closing(sqlite3.connect(folder / f"{layer}.gpkg")) as connection, connection:
        names = ", ".join(filled)
        marks = ", ".join("?" * len(filled))
        connection.execute(f"INSERT INTO {layer} ({names}) VALUES ({marks})", list(filled.values()))


@pytest.fixture
def room(tmp_path):
    """The dossier, and two copies of it in which a team each made a visit and a finding."""
    dossier = init_dossier(tmp_path / "dossier", fictitious=True)
    row = {
        "uuid": OBJECT, "soort": "schuur", "gemeente_code": "GM0106", "gemeente_zeker": "ja",
        "bron": "FICTIEF", "peildatum": "2026-02-01", "bewaren_tot": "2030-01-01",
        "adres": "Verzonnenweg 1", "geometrie": (231_000.0, 561_000.0),
    }  # fmt: skip
    plan = plan_import([], [row], now=NOW, user="beheer", layer="leegstand_object")
    apply_import(dossier, plan)
    for letter, outcome in (("a", "niemand_aanwezig"), ("b", "toegang_verleend")):
        folder = tmp_path / letter
        shutil.copytree(dossier.folder, folder)
        put(
            folder, "erfbezoek",
            {
                "uuid": own(letter, 1), "object_uuid": OBJECT, "datum": "2026-03-05", "team": "Team",
                "soort": "preventief", "grondslag": "instemming", "doel": "kennismaken", "uitkomst": outcome,
            },
        )  # fmt: skip
        put(
            folder, "bevinding",
            {
                "uuid": own(letter, 2), "bezoek_uuid": own(letter, 1), "triage": "nog_te_doen",
                "categorie": "kapotte_straatverlichting", "waarneming": "waargenomen", "getoetst": "nee",
            },
        )  # fmt: skip
    return tmp_path


def back(room, letter, name="dossier"):
    dossier = open_dossier(room / name)
    plan = plan_return(
        Becoming(read_layers(dossier)).layers,
        read_field_work(open_dossier(room / letter)),
        now=NOW,
        user="terug",
    )
    apply_import(dossier, plan.plans)
    return plan


@pytest.mark.parametrize("order", ["ab", "ba", "abba"])
def test_both_packages_are_kept_in_either_order(room, order):
    said = [line for letter in order for line in back(room, letter).lines()]
    records = read_layers(open_dossier(room / "dossier"))
    assert {record["uuid"] for record in records["erfbezoek"]} == {own("a", 1), own("b", 1)}
    assert {record["bezoek_uuid"] for record in records["bevinding"]} == {own("a", 1), own("b", 1)}
    assert not [line for line in said if line[1] in ("conflict", "geweigerd")]
    alike = [line for line in said if line[1] == "opmerking"]
    assert [line[5].split(" als ")[0] for line in alike] == ["Mogelijk hetzelfde bezoek"]
    assert {line[6:8] for line in alike} == {("Verzonnenweg 1", "1")}


def test_what_was_changed_in_the_field_last_stays_in_the_files_too(room):
    """The same visit, changed on one of two devices after it was copied."""
    shutil.rmtree(room / "b")
    shutil.copytree(room / "a", room / "b")
    with closing(sqlite3.connect(room / "b" / "erfbezoek.gpkg")) as connection, connection:
        connection.execute(
            "UPDATE erfbezoek SET uitkomst = 'geen_medewerking', gewijzigd_op = '2026-03-05T18:00:00.000Z'"
        )
    ends = []
    for order in ("ab", "ba", "aba"):
        shutil.copytree(room / "dossier", room / f"dossier {order}")
        conflicts = [back(room, letter, f"dossier {order}").counts()["conflict"] for letter in order]
        assert conflicts == [0, *[1] * (len(order) - 1)]
        (visit,) = read_layers(open_dossier(room / f"dossier {order}"))["erfbezoek"]
        ends.append(visit["uitkomst"])
    assert ends == ["geen_medewerking"] * 3


def test_every_step_of_a_status_is_read_from_the_history(room):
    with closing(sqlite3.connect(room / "a" / "leegstand_object.gpkg")) as connection, connection:
        register_spatial_functions(connection)
        for status in ("bezocht", "afgehandeld"):
            connection.execute("UPDATE leegstand_object SET status = ?", [status])
    work = read_field_work(open_dossier(room / "a"))["leegstand_object"]
    assert work.steps == {OBJECT: [("te_inventariseren", "bezocht"), ("bezocht", "afgehandeld")]}
    (line,) = [line for line in back(room, "a").lines() if line[1] == "opmerking"]
    assert line[2:4] == (OBJECT, "status")
    assert "Bezocht, daarna Afgehandeld" in line[5]


def test_a_view_that_never_ends_is_refused_before_anything_is_asked_of_it(room):
    check_tables_only(room / "a")
    path = room / "a" / "erfbezoek.gpkg"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE erfbezoek RENAME TO echt")
        connection.execute(
            "CREATE VIEW erfbezoek AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT i AS fid FROM n"
        )
    with pytest.raises(AtlasError, match="view"):
        check_tables_only(room / "a")


@pytest.mark.parametrize(
    ("said", "seconds"), [("randomblob(4000)", 0.0), ("randomblob(400000000)", 300.0)], ids=["long", "large"]
)
def test_a_rule_or_a_column_that_never_stops_computing_gets_a_sentence(room, monkeypatch, said, seconds):
    path = room / "a" / "leegstand_object.gpkg"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'AUTOINCREMENT', ?) WHERE name = 'leegstand_object'",
            [f"AUTOINCREMENT CHECK (length(hex({said})) > 0)"],
        )
    monkeypatch.setattr(locks, "MOST_COMPUTING_S", seconds)
    with pytest.raises(AtlasError, match="niet ophoudt met rekenen"):
        open_dossier(room / "a")
