"""Writing an import: what was decided and nothing else, all or nothing, and never over somebody's edits."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing
from datetime import timedelta

import pytest

from atlas.core.files.dossier_folder import JOURNAL_FILE
from atlas.core.records.concluding import plan_conclusions
from atlas.core.words.errors import AtlasError
from atlas.dossier import locks
from atlas.dossier.changes import Applied, apply_conclusions, apply_import
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.records import read_history, read_layers, read_records
from dossier_samples import (
    EDITABLE,
    EMMEN,
    LATER,
    NOW,
    contents,
    evidence,
    filled,
    other_program,
    plan,
    plans,
    rows,
    uuid,
    vacant,
)

OBJECTS = "leegstand_object"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("dossier") / "team")


@pytest.fixture
def dossier(made, tmp_path):
    shutil.copytree(made.folder, tmp_path / "team")
    return open_dossier(tmp_path / "team")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nobody in these tests lets go within two seconds."""
    monkeypatch.setattr(locks, "BUSY_TIMEOUT_S", 0.2)


def one(dossier, layer, number):
    return next(record for record in read_records(dossier, layer) if record["uuid"] == uuid(number))


def by_hand(dossier, layer, number, assignment):
    with other_program(dossier.path(layer), wal=False) as editing:
        editing.execute(f"UPDATE {layer} SET {assignment} WHERE uuid = ?", [uuid(number)])


def refused(dossier, made):
    """An import that is refused, and changes nothing."""
    before = contents(dossier)
    with pytest.raises(AtlasError) as caught:
        apply_import(dossier, made)
    assert contents(dossier) == before
    assert not (dossier.folder / JOURNAL_FILE).exists()
    return str(caught.value)


def test_an_import_twice_changes_nothing_the_second_time(dossier):
    before = contents(dossier)
    again = plans(dossier, rows(), now=LATER)
    assert not any(made.inserts or made.updates or made.conflicts for made in again)
    files = {path: path.read_bytes() for path in dossier.folder.glob("*.gpkg")}
    assert apply_import(dossier, again) == Applied({}, {})
    assert contents(dossier) == before
    assert {path: path.read_bytes() for path in dossier.folder.glob("*.gpkg")} == files


def test_a_change_touches_its_own_fields_and_stands_in_the_history(dossier):
    made = plan(
        dossier, OBJECTS, [vacant(101, prioriteit="hoog"), vacant(301)], now=LATER, user="inlezer"
    )  # fmt: skip
    before = {record["uuid"]: record for record in read_records(dossier, OBJECTS)}
    assert apply_import(dossier, made) == Applied({OBJECTS: 1}, {OBJECTS: 1})
    after = {record["uuid"]: record for record in read_records(dossier, OBJECTS)}
    assert set(after) - set(before) == {uuid(301)}
    changed = {name: value for name, value in after[uuid(101)].items() if value != before[uuid(101)][name]}
    assert changed == {
        "prioriteit": "hoog", "gewijzigd_op": "2026-03-01T12:00:00Z", "gewijzigd_door": "inlezer",
        "ingelezen_op": "2026-03-01T12:00:00Z",
    }  # fmt: skip
    assert all(after[name] == before[name] for name in before if name != uuid(101))
    last = read_history(dossier, OBJECTS, uuid(101))[-1]
    assert (last["door"], last["velden"]) == ("inlezer", '{"prioriteit":["normaal","hoog"]}')
    assert last["invoer"] == read_history(dossier, OBJECTS, uuid(301))[-1]["invoer"] is not None


def test_why_a_record_was_corrected_stands_in_its_history_and_nowhere_else(dossier):
    made = plan(dossier, OBJECTS, [vacant(101, prioriteit="hoog")], now=LATER)
    apply_import(dossier, made, reason="verkeerd overgenomen")
    assert [line["reden"] for line in read_history(dossier, OBJECTS, uuid(101))] == [
        None, "verkeerd overgenomen",
    ]  # fmt: skip
    apply_import(dossier, plan(dossier, OBJECTS, [vacant(301)], now=LATER))
    assert read_history(dossier, OBJECTS, uuid(301))[-1]["reden"] is None


def test_an_edit_of_another_field_since_the_plan_was_made_is_kept(dossier):
    made = plan(dossier, OBJECTS, [vacant(101, prioriteit="hoog")], now=LATER)
    by_hand(dossier, OBJECTS, 101, "toelichting = 'van een collega'")
    apply_import(dossier, made)
    record = one(dossier, OBJECTS, 101)
    assert (record["prioriteit"], record["toelichting"]) == ("hoog", "van een collega")


def test_an_edit_of_the_same_field_since_the_plan_was_made_refuses_the_import(dossier):
    made = plan(dossier, OBJECTS, [vacant(101, prioriteit="hoog"), vacant(301)], now=LATER)
    by_hand(dossier, OBJECTS, 101, "prioriteit = 'laag'")
    assert "gewijzigd sinds" in refused(dossier, made)
    assert one(dossier, OBJECTS, 101)["prioriteit"] == "laag"


def test_a_record_that_was_added_or_deleted_since_the_plan_was_made_refuses_the_import(dossier):
    made = plan(dossier, OBJECTS, [vacant(301)])
    apply_import(dossier, made)
    assert "gewijzigd sinds" in refused(dossier, made)
    same_place = {**vacant(302), "uuid": uuid(999)}
    other = plan(dossier, OBJECTS, [same_place])
    apply_import(dossier, plan(dossier, OBJECTS, [vacant(302)]))
    assert "gewijzigd sinds" in refused(dossier, other)
    changing = plan(dossier, OBJECTS, [vacant(102, prioriteit="hoog")], now=LATER)
    with other_program(dossier.path(OBJECTS), wal=False) as editing:
        editing.execute("DELETE FROM leegstand_object WHERE uuid = ?", [uuid(102)])
    assert "gewijzigd sinds" in refused(dossier, changing)


def test_a_record_whose_parent_is_gone_is_refused(dossier):
    made = plan(dossier, "leegstand_bewijs", [evidence(311, 102)])
    with other_program(dossier.path(OBJECTS), wal=False) as editing:
        editing.execute("DELETE FROM leegstand_object WHERE uuid = ?", [uuid(102)])
    assert "hoort bij een ander record" in refused(dossier, made)


def test_a_record_and_its_parent_may_come_together(dossier):
    incoming = {OBJECTS: [vacant(301)], "leegstand_bewijs": [evidence(311, 301)]}
    apply_import(dossier, reversed(plans(dossier, incoming)))
    assert one(dossier, "leegstand_bewijs", 311)["object_uuid"] == uuid(301)
    assert not (dossier.folder / JOURNAL_FILE).exists()


def test_a_fault_in_the_last_file_leaves_all_files_as_they_were(dossier):
    made = plans(dossier, {OBJECTS: [vacant(301)], "leegstand_bewijs": [evidence(311, 301)]})
    made[1].inserts[0].record["regime"] = "wpg"  # the core would never; the file does not trust it
    assert "past niet" in refused(dossier, made)


@pytest.mark.parametrize("fictitious", [True, False])
def test_made_up_and_real_records_never_meet(tmp_path, fictitious):
    dossier = init_dossier(tmp_path / "d", fictitious=fictitious)
    made_up, real = vacant(101, bron="FICTIEF: demo"), vacant(102)
    assert "Verzonnen en echte" in refused(dossier, plan(dossier, OBJECTS, [made_up, real]))
    apply_import(dossier, plan(dossier, OBJECTS, [made_up if fictitious else real]))


@pytest.mark.parametrize("wal", [True, False], ids=["wal", "rollback"])
@pytest.mark.parametrize("layer", [OBJECTS, "leegstand_bewijs"])
def test_a_layer_that_is_being_edited_keeps_its_edits_and_nothing_is_imported(dossier, wal, layer):
    made = plans(dossier, {OBJECTS: [vacant(301)], "leegstand_bewijs": [evidence(311, 101)]})
    with other_program(dossier.path(layer), wal=wal) as editing:
        editing.execute("BEGIN IMMEDIATE")
        editing.execute(f"UPDATE {layer} SET toelichting = 'nog niet opgeslagen'")
        assert "in gebruik" in refused(dossier, made)
        editing.execute("COMMIT")
    assert {record["toelichting"] for record in read_records(dossier, layer)} == {"nog niet opgeslagen"}
    whole = read_layers(open_dossier(dossier.folder))
    assert uuid(301) not in {record["uuid"] for record in whole[OBJECTS]}
    assert uuid(311) not in {record["uuid"] for record in whole["leegstand_bewijs"]}


def test_a_layer_in_edit_mode_is_left_alone_also_before_the_first_edit(dossier):
    made = plan(dossier, OBJECTS, [vacant(301)])
    with other_program(dossier.path(OBJECTS), wal=True) as editing:
        editing.execute("SELECT count(*) FROM leegstand_object").fetchall()
        assert "in gebruik" in refused(dossier, made)
        editing.execute("UPDATE leegstand_object SET toelichting = 'opgeslagen'")
    apply_import(dossier, made)
    assert one(dossier, OBJECTS, 301)
    assert one(dossier, OBJECTS, 101)["toelichting"] == "opgeslagen"


#: what QGIS does when editing is switched on, changed and switched off, with the GDAL of the system
EDITOR = """
import sys
from osgeo import gdal, ogr
gdal.UseExceptions()
gdal.SetConfigOption("OGR_SQLITE_JOURNAL", "WAL")
opened = gdal.OpenEx(sys.argv[1], gdal.OF_VECTOR | gdal.OF_UPDATE)
layer = opened.GetLayerByName("leegstand_object")
feature = next(iter(layer))
print("bewerken", flush=True)
sys.stdin.readline()
feature["toelichting"] = "van de collega"
feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT (235000 565000)"))
layer.SetFeature(feature)
layer.ResetReading()
opened.FlushCache()
opened.ExecuteSQL("PRAGMA journal_mode = delete")
"""


def test_a_layer_that_gdal_has_in_edit_mode_keeps_its_edits(dossier):
    made = plan(dossier, OBJECTS, [vacant(301)])
    with subprocess.Popen(
        ["/usr/bin/python3", "-c", EDITOR, dossier.path(OBJECTS)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    ) as editor:  # fmt: skip
        assert editor.stdout.readline() == "bewerken\n"
        assert "in gebruik" in refused(dossier, made)
        editor.communicate("klaar\n")
    assert editor.returncode == 0
    apply_import(open_dossier(dossier.folder), made)
    record = one(dossier, OBJECTS, 101)
    assert (record["toelichting"], record["geometrie"]) == ("van de collega", (235_000, 565_000))
    assert record["gewijzigd_op"] > record["ingelezen_op"]
    assert one(dossier, OBJECTS, 301)


def test_a_layer_that_is_being_read_is_left_alone(dossier):
    made = plan(dossier, OBJECTS, [vacant(301)])
    with other_program(dossier.path(OBJECTS), wal=False) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM leegstand_object").fetchall()
        assert "in gebruik" in refused(dossier, made)
        reader.execute("COMMIT")
        apply_import(dossier, made)  # looking at a layer is no obstacle, reading in it at that moment is


def test_what_a_killed_editor_had_saved_is_kept(dossier, tmp_path):
    path = dossier.path(OBJECTS)
    with other_program(path, wal=True) as editing:
        editing.execute("UPDATE leegstand_object SET toelichting = 'in de wal'")
        crashed = shutil.copytree(
            dossier.folder, tmp_path / "gekopieerd"
        )  # as it lies on disk at this moment
    left = open_dossier(crashed)
    assert (crashed / f"{path.name}-wal").exists()
    apply_import(left, plan(left, OBJECTS, [vacant(301)]))
    assert one(left, OBJECTS, 101)["toelichting"] == "in de wal"
    assert one(left, OBJECTS, 301)
    assert not (crashed / f"{path.name}-wal").exists()


def test_of_two_imports_at_the_same_time_one_wins_and_the_other_gets_a_sentence(dossier):
    offered = [
        plans(
            dossier,
            {OBJECTS: [vacant(101, prioriteit=choice)], "leegstand_bewijs": [evidence(number, 102)]},
            now=LATER,
            user=choice,
        )
        for choice, number in (("hoog", 311), ("laag", 312))
    ]
    barrier, outcomes = threading.Barrier(2), {}

    def run(number):
        barrier.wait()
        try:
            apply_import(dossier, offered[number])
            outcomes[number] = ""
        except AtlasError as error:
            outcomes[number] = str(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = (number for number, sentence in outcomes.items() if not sentence)
    assert "niets veranderd" in outcomes[1 - winner]
    record = one(dossier, OBJECTS, 101)
    assert record["prioriteit"] == record["gewijzigd_door"] == ("hoog", "laag")[winner]
    ids = {item["uuid"] for item in read_records(dossier, "leegstand_bewijs")}
    assert ids & {uuid(311), uuid(312)} == {uuid((311, 312)[winner])}


def test_while_one_atlas_changes_a_dossier_another_does_not(dossier):
    made = plan(dossier, OBJECTS, [vacant(301)])
    with locks.slot(dossier.folder):
        assert "door iemand anders gewijzigd" in refused(dossier, made)
    apply_import(dossier, made)


def test_a_conclusion_is_no_edit_by_hand(dossier):
    layers = read_layers(dossier)
    found = plan_conclusions(layers[OBJECTS], layers["leegstand_bewijs"], today=LATER.date())
    assert found.concluded
    apply_conclusions(dossier, found, now=LATER, user="atlas")
    record = one(dossier, OBJECTS, 101)
    assert record["conclusie"] == "leeg"
    assert record["gewijzigd_op"] == record["ingelezen_op"] == "2026-02-01T12:00:00Z"
    last = read_history(dossier, OBJECTS, uuid(101))[-1]
    assert (last["door"], last["tijdstip"]) == ("atlas", "2026-03-01T12:00:00.000Z")
    newer = vacant(101, prioriteit="hoog", peildatum="2026-03-02")
    made = plan(dossier, OBJECTS, [newer], now=LATER + timedelta(days=2))
    assert made.updates
    assert not made.conflicts


def test_an_edit_in_qgis_is_seen_by_the_next_import(dossier):
    by_hand(dossier, OBJECTS, 201, "prioriteit = 'laag'")  # a bare writer, without the defaults of the form
    made = plan(dossier, OBJECTS, [vacant(201, EMMEN, prioriteit="hoog")], now=LATER)
    assert [item.reason for item in made.conflicts] == ["later_gewijzigd"]


def test_half_of_a_journal_is_never_trusted(dossier):
    (dossier.folder / JOURNAL_FILE).write_text("0" * 64 + '\n{"lagen": [')
    with pytest.raises(AtlasError, match="journaal"):
        open_dossier(dossier.folder)


def test_records_are_not_read_while_an_import_is_half_done(dossier):
    (dossier.folder / JOURNAL_FILE).write_text("")
    with pytest.raises(AtlasError, match="afgebroken"):
        read_layers(dossier, EDITABLE)


def test_a_plan_for_one_layer_is_given_once(dossier):
    made = plan(dossier, OBJECTS, [vacant(301)])
    with pytest.raises(ValueError, match="one plan"):
        apply_import(dossier, [made, made])


def test_the_mark_of_the_writer_never_stays_behind(dossier):
    apply_import(dossier, plan(dossier, OBJECTS, [vacant(301)], now=NOW))
    for name in EDITABLE:
        with closing(sqlite3.connect(dossier.path(name))) as connection:
            assert connection.execute("SELECT count(*) FROM atlas_schrijft").fetchone() == (0,)
