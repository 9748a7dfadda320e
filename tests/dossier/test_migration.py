"""A dossier of an older version: copied, brought up to date with all its records, and never half."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from atlas.core.files.dossier_folder import BASE_FILE, JOURNAL_FILE
from atlas.core.schema.fields import KEPT, ORIGIN, UUID, text
from atlas.core.schema.published import SCHEMA_VERSION
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.schema.working import WorkingLayer
from atlas.core.words.errors import AtlasError
from atlas.dossier import migration, opening
from atlas.dossier.migration import Migrated, migrate_dossier
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.records import read_history, read_layers
from dossier_samples import EDITABLE, evidence, filled, other_program, uuid, vacant

OBJECTS = "leegstand_object"
OLDER = SCHEMA_VERSION - 1


def older_layer():
    """Objects before: without a code list and a range, and with another name for a third field."""
    layer = RURAL_LAYERS[OBJECTS]
    fields = [
        replace(field, name="ligging") if field.name == "adres" else field
        for field in layer.fields
        if field.name not in ("prioriteit", "vab_stopjaar")
    ]
    return replace(layer, fields=tuple(fields))


def step(layer, row):
    if layer != OBJECTS:
        return row
    return {("adres" if name == "ligging" else name): cell for name, cell in row.items()}


STEPS = {OLDER: step}


def older_vacant(number):
    row = {**vacant(number), "ligging": vacant(number)["adres"]}
    del row["adres"]
    return row


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """A dossier as a version before this one made it, with the same code and its own schema."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(RURAL_LAYERS, OBJECTS, older_layer())
        patch.setattr(opening, "SCHEMA_VERSION", OLDER)
        made = filled(
            tmp_path_factory.mktemp("older") / "team ë",
            {OBJECTS: [older_vacant(101), older_vacant(102)], "leegstand_bewijs": [evidence(111, 101)]},
        )
        history = {name: read_history(made, name) for name in EDITABLE}
        return made.folder, read_layers(made), history


@pytest.fixture
def folder(older, tmp_path):
    shutil.copytree(older[0], tmp_path / "team ë")
    return tmp_path / "team ë"


def migrated_records(older):
    """What must stand there afterwards."""
    layers = older[1]
    objects = [
        {**step(OBJECTS, record), "prioriteit": "normaal", "vab_stopjaar": None} for record in layers[OBJECTS]
    ]
    return {**layers, OBJECTS: objects}


def by_uuid(records):
    return {name: sorted(of_layer, key=lambda record: record["uuid"]) for name, of_layer in records.items()}


def test_an_older_dossier_is_copied_migrated_and_opens(older, folder):
    before = {path.name: path.read_bytes() for path in folder.glob("*.gpkg")}
    with pytest.raises(AtlasError, match="oudere versie") as caught:
        open_dossier(folder)
    assert caught.value.choices == ("migrate_dossier",)
    done = migrate_dossier(folder, STEPS)
    assert done == Migrated(OLDER, folder.with_name(f"team ë (versie {OLDER})"))
    dossier = open_dossier(folder)
    assert by_uuid(read_layers(dossier)) == by_uuid(migrated_records(older))
    assert {name: read_history(dossier, name) for name in EDITABLE} == older[2]
    assert sorted(path.name for path in done.copy.iterdir()) == sorted(before)
    with closing(sqlite3.connect(done.copy / f"{OBJECTS}.gpkg")) as connection:
        assert connection.execute(f"SELECT count(ligging) FROM {OBJECTS}").fetchone() == (2,)
    assert not (folder / BASE_FILE).stat().st_mode & 0o222


def test_a_migrated_file_is_as_a_new_one(folder, tmp_path):
    migrate_dossier(folder, STEPS)
    new = init_dossier(tmp_path / "new").folder
    for path in sorted(new.glob("*.gpkg")):
        assert schema(folder / path.name) == schema(path), path.name
    wrong = subprocess.run(
        ["/usr/bin/python3", "/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py", "--extra",
         "-q", str(folder / f"{OBJECTS}.gpkg")],
        capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert wrong.returncode == 0, wrong.stdout + wrong.stderr


def schema(path):
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT type, name, sql FROM sqlite_master"))


def test_the_rules_hold_after_it_and_the_history_goes_on(folder):
    migrate_dossier(folder, STEPS)
    dossier = open_dossier(folder)
    with other_program(dossier.path(OBJECTS), wal=False) as editing:
        with pytest.raises(sqlite3.IntegrityError):
            editing.execute(f"UPDATE {OBJECTS} SET prioriteit = 'onzin'")
        editing.execute(f"UPDATE {OBJECTS} SET prioriteit = 'hoog' WHERE uuid = ?", [uuid(101)])
    assert [line["soort"] for line in read_history(dossier, OBJECTS, uuid(101))] == ["nieuw", "gewijzigd"]


def test_a_place_is_found_through_the_spatial_index_afterwards(folder):
    migrate_dossier(folder, STEPS)
    with closing(sqlite3.connect(folder / f"{OBJECTS}.gpkg")) as connection:
        index = connection.execute(f"SELECT minx FROM rtree_{OBJECTS}_geometrie ORDER BY 1").fetchall()
    assert [round(row[0], 2) for row in index] == [230_101.25, 230_102.25]


def test_once_is_enough(folder):
    migrate_dossier(folder, STEPS)
    before = {path.name: path.read_bytes() for path in folder.glob("*.gpkg")}
    assert migrate_dossier(folder, STEPS) == Migrated(SCHEMA_VERSION, None)
    assert {path.name: path.read_bytes() for path in folder.glob("*.gpkg")} == before


def test_a_migration_that_was_broken_off_is_done_again_and_the_first_copy_stays(older, folder, monkeypatch):
    renew = migration._renew

    def dies_at_evidence(path, *arguments):
        if path.stem == "leegstand_bewijs":
            raise KeyboardInterrupt
        return renew(path, *arguments)

    monkeypatch.setattr(migration, "_renew", dies_at_evidence)
    with pytest.raises(KeyboardInterrupt):
        migrate_dossier(folder, STEPS)
    monkeypatch.undo()
    copy = folder.with_name(f"team ë (versie {OLDER})")
    kept = (copy / f"{OBJECTS}.gpkg").read_bytes()
    with pytest.raises(AtlasError, match="oudere versie"):
        open_dossier(folder)
    assert migrate_dossier(folder, STEPS).copy == copy
    assert (copy / f"{OBJECTS}.gpkg").read_bytes() == kept
    assert by_uuid(read_layers(open_dossier(folder))) == by_uuid(migrated_records(older))


def refused(folder, words, steps=STEPS):
    before = {path.name: path.read_bytes() for path in folder.glob("*.gpkg")}
    with pytest.raises(AtlasError, match=words):
        migrate_dossier(folder, steps)
    assert {path.name: path.read_bytes() for path in folder.glob("*.gpkg")} == before


def test_a_layer_that_is_being_edited_stops_it(folder):
    with other_program(folder / f"{OBJECTS}.gpkg", wal=True) as editing:
        editing.execute(f"UPDATE {OBJECTS} SET toelichting = 'van de collega'")
        with pytest.raises(AtlasError, match="in gebruik"):
            migrate_dossier(folder, STEPS)
    migrate_dossier(folder, STEPS)
    records = read_layers(open_dossier(folder))[OBJECTS]
    assert {record["toelichting"] for record in records} == {"van de collega"}


def test_what_the_bag_said_of_an_address_gets_its_own_source_in_version_2():
    def said(value, source="bag_status"):
        return {"uuid": uuid(1), "bewijsbron": source, "waarde": value}

    to_2 = migration.STEPS[1]
    for value in ("ingetrokken", "gevormd"):
        assert to_2("leegstand_bewijs", said(value)) == said(value, "bag_verblijfsobject")
    for value in ("gesloopt", "in_gebruik"):
        assert to_2("leegstand_bewijs", said(value)) == said(value)
    assert to_2("signaal", {"uuid": uuid(1)}) == {"uuid": uuid(1)}


def test_the_history_of_version_4_had_no_reasons(tmp_path):
    made = filled(tmp_path / "team")
    before = {name: read_history(made, name) for name in EDITABLE}
    for path in made.folder.glob("*.gpkg"):
        path.chmod(0o600)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in triggers:
                connection.execute(f'DROP TRIGGER "{name}"')
            if path.stem in EDITABLE:
                connection.execute("ALTER TABLE wijziging DROP COLUMN reden")
                connection.execute("ALTER TABLE atlas_schrijft DROP COLUMN reden")
            connection.execute(
                "UPDATE gpkg_metadata SET metadata = replace(metadata, ?, ?)",
                [f'schema_versie">{SCHEMA_VERSION}<', 'schema_versie">4<'],
            )
    assert migrate_dossier(made.folder).version == 4
    dossier = open_dossier(made.folder)
    assert {name: read_history(dossier, name) for name in EDITABLE} == before
    assert {line["reden"] for lines in before.values() for line in lines} == {None}


def test_a_record_that_does_not_fit_leaves_everything_as_it_was(folder):
    def spoils(layer, row):
        return {**step(layer, row), "prioriteit": "onzin"} if layer == OBJECTS else row

    refused(folder, "past niet", {OLDER: spoils})


def test_what_a_step_forgets_is_not_lost(folder):
    refused(folder, "verloren", {OLDER: lambda _layer, row: row})


def test_an_older_version_without_a_way_a_newer_one_and_an_import_broken_off_get_a_sentence(
    folder, monkeypatch
):
    refused(folder, "geen omzetting", {})
    (folder / JOURNAL_FILE).write_text("{}")
    refused(folder, "afgebroken")
    (folder / JOURNAL_FILE).unlink()
    monkeypatch.setattr(migration, "SCHEMA_VERSION", OLDER - 1)
    refused(folder, "nieuwere versie")


def test_no_dossier_gets_a_sentence(tmp_path):
    with pytest.raises(AtlasError, match="geen dossier"):
        migrate_dossier(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(AtlasError, match="bestaat niet"):
        migrate_dossier(Path(tmp_path / "nergens"))


def test_a_folder_that_is_no_copy_of_this_dossier_stops_it(folder):
    place = folder.with_name(f"team ë (versie {OLDER})")
    place.mkdir()
    refused(folder, "geen kopie van dit dossier")
    (place / f"{OBJECTS}.gpkg").write_bytes(b"van een ander")
    refused(folder, "geen kopie van dit dossier")
    assert (place / f"{OBJECTS}.gpkg").read_bytes() == b"van een ander"


def test_a_copy_that_reads_back_otherwise_stops_it(folder, monkeypatch):
    write = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda self, content: write(self, content[:-1] + b"!"))
    refused(folder, "geen kopie van dit dossier")
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


LATER_LAYER = WorkingLayer(
    "later", "Later", "Komt nog", (UUID, text("team", "Team", "", required=True), *ORIGIN, *KEPT),
    ("uuid",),
)  # fmt: skip


def test_a_migration_can_add_a_layer(older, folder, monkeypatch):
    monkeypatch.setitem(RURAL_LAYERS, "later", LATER_LAYER)
    with pytest.raises(AtlasError, match="oudere versie"):  # not "niet compleet": nothing was lost
        open_dossier(folder)
    migrate_dossier(folder, STEPS)
    dossier = open_dossier(folder)
    found = read_layers(dossier)
    assert found.pop("later") == []
    assert by_uuid(found) == by_uuid(migrated_records(older))
    (folder / "later.gpkg").unlink()
    for attempt in (open_dossier, migrate_dossier):
        with pytest.raises(AtlasError, match="niet compleet"):
            attempt(folder)


def test_a_layer_that_was_lost_is_not_taken_for_one_that_is_to_come(folder):
    (folder / "bevinding.gpkg").unlink()
    refused(folder, "niet compleet")
    assert not (folder / "bevinding.gpkg").exists()


def changed_silently(path, statement):
    """A value that is another one, without a line of the history: as a flipped bit leaves it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute(statement)


def test_damage_from_before_is_told_and_stays_known(folder):
    """A migration makes every checksum anew: what was wrong before would be right from then on."""
    changed_silently(
        folder / f"{OBJECTS}.gpkg", f"UPDATE {OBJECTS} SET ligging = 'Andersweg 1' WHERE fid = 1"
    )
    done = migrate_dossier(folder, STEPS)
    (told,) = done.notes
    assert "1 record was voor het omzetten al anders" in told
    assert uuid(101) in told
    assert any(uuid(101) in note for note in open_dossier(folder).notes)


def test_of_a_version_without_checksums_is_said_what_cannot_be_known(folder):
    path = folder / f"{OBJECTS}.gpkg"
    with other_program(path, wal=False) as editing:
        editing.execute(f"UPDATE {OBJECTS} SET toelichting = 'gezien' WHERE fid = 2")
    changed_silently(path, f"UPDATE {OBJECTS} SET toelichting = 'gezieN' WHERE fid = 2")
    changed_silently(path, "DROP TABLE controle")
    notes = migrate_dossier(folder, STEPS).notes
    assert [uuid(102) in note for note in notes] == [True, False]
    assert "geen controlegetallen" in notes[1]
    assert any(uuid(102) in note for note in open_dossier(folder).notes)


def test_sound_records_are_told_nothing_about(folder):
    assert migrate_dossier(folder, STEPS).notes == ()
