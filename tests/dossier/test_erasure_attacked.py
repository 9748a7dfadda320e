"""What was erased is gone from every file, whatever stood in the way, and the order is kept until it is."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import shutil
import sqlite3
import zipfile
from contextlib import closing

import pytest

from atlas.core.files.dossier_folder import JOURNAL_FILE
from atlas.core.records.import_plan import ImportPlan, Insert
from atlas.core.words.errors import AtlasError
from atlas.dossier import expiry
from atlas.dossier.changes import apply_import
from atlas.dossier.files import ORDER_FILE
from atlas.dossier.issue_register import read_lines, record_issue
from atlas.dossier.journal import Journal, LayerChanges, write_journal
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_layers
from atlas.dossier.register_chain import look_through
from dossier_samples import ISSUE, other_program, uuid
from expired_samples import AFTER, GONE, erase

OBJECTS = "leegstand_object"
STAMPED = {
    "bron": "team", "peildatum": "2026-02-01", "bewaren_tot": "2030-01-01", "regime": "avg",
    **dict.fromkeys(("aangemaakt_op", "gewijzigd_op", "ingelezen_op"), "2026-02-01T12:00:00Z"),
    **dict.fromkeys(("aangemaakt_door", "gewijzigd_door"), "beheer"),
}  # fmt: skip
SECRETS = [uuid(801), uuid(811), uuid(841), "Verzonnen Lijst 801", "0106010000000801", "melding-832"]


OUTLINE = "POLYGON ((233010.5 557020.5, 233030.5 557020.5, 233030.5 557040.5, 233010.5 557020.5))"
FROM_THE_FIELD = "Hier woonde de vorige eigenaar tot het najaar"


def purpose_that_names_a_place(dossier):
    place = dossier.folder.parent / "uit.csv"
    said = {**ISSUE, "purpose": "Bezoek aan Verzonnen Lijst 801, Nergenshuizen"}
    with record_issue(dossier, place, layers={OBJECTS: 1}, **said) as beside:
        beside.write_text("FICTIEF")


def half_made_output_elsewhere(dossier):
    place = dossier.folder.parent / "elders" / "uit.csv"
    place.parent.mkdir()
    with (
        pytest.raises(ZeroDivisionError),
        record_issue(dossier, place, layers={OBJECTS: 1}, **ISSUE),
    ):
        raise ZeroDivisionError
    half = place.with_name(".uit.0a1b2c3d.csv") / "uit.csv"  # as when it was killed there
    half.parent.mkdir()
    half.write_text(f"uuid\n{uuid(801)}\n")


def half_copy_of_a_migration(dossier):
    beside = dossier.folder.with_name(".team.0a1b2c3d")
    beside.mkdir()
    shutil.copy(dossier.path(OBJECTS), beside)


def half_unpacked_package(dossier):
    place = dossier.folder.with_name(".x7k2p_9q") / "pakket"
    place.mkdir(parents=True)
    shutil.copy(dossier.path(OBJECTS), place)


def log_of_another_database(dossier):
    path = dossier.folder / "kladblok.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE lijst (tekst TEXT)")
        other.execute("INSERT INTO lijst VALUES (?)", [uuid(801)])
        for end in ("", "-wal", "-shm"):  # as when that program was killed
            shutil.copy(f"{path}{end}", dossier.folder / f"kopie.db{end}")


def outline_in_a_foreign_table(dossier):
    with other_program(dossier.path(OBJECTS), wal=False) as editing:
        editing.execute(f"UPDATE {OBJECTS} SET omtrek = ? WHERE uuid = ?", [OUTLINE, uuid(801)])
    _noted(dossier, OUTLINE)


def what_the_field_said_in_a_foreign_table(dossier):
    about = {"uuid": uuid(871), "object_uuid": uuid(801), "besluit": "open", **STAMPED}
    values = (
        {"veld": "toelichting", "waarde_veld": FROM_THE_FIELD},
        {"veld": "geometrie", "waarde_veld": "1.5 2.5"},
    )
    given = [Insert(1, {**about, **said, "uuid": uuid(871 + nth)}) for nth, said in enumerate(values)]
    apply_import(dossier, [ImportPlan("conflict", tuple(given), *((),) * 4, by_uuid=True)])
    _noted(dossier, f"{FROM_THE_FIELD} 1.5 2.5")


def _noted(dossier, text):
    with closing(sqlite3.connect(dossier.path("signaal"))) as other, other:
        other.execute("CREATE TABLE kladblok (tekst TEXT)")
        other.execute("INSERT INTO kladblok VALUES (?)", [text])


def foreign_table(dossier):
    with closing(sqlite3.connect(dossier.path("signaal"))) as other, other:
        other.execute("CREATE TABLE kladblok (nummer INTEGER, tekst TEXT NOT NULL)")
        other.execute("INSERT INTO kladblok VALUES (1, ?), (2, 'blijft staan')", [f"let op {uuid(801)}"])


def foreign_layer(dossier):
    with closing(sqlite3.connect(dossier.path("signaal"))) as other, other:
        other.execute("ATTACH ? AS objecten", [str(dossier.path(OBJECTS))])
        other.execute("CREATE TABLE kopie_van_objecten AS SELECT * FROM objecten.leegstand_object")


def copy_of_a_migration(dossier):
    shutil.copytree(dossier.folder, dossier.folder.with_name("team (versie 1)"))


def hidden_package(dossier):
    shutil.copytree(dossier.folder, dossier.folder.with_name(".x7k2p_9q") / "pakket")


def hidden_package_inside(dossier):
    shutil.copytree(dossier.folder, dossier.folder.parent / "tussen")
    shutil.move(dossier.folder.parent / "tussen", dossier.folder / ".pakket.0a1b2c3d")


def half_written_journal(dossier):
    record = next(r for r in read_layers(dossier)[OBJECTS] if r["uuid"] == uuid(801))
    journal = Journal("2026-02-01T12:00:00Z", "beheer", (LayerChanges(OBJECTS, (record,), ()),))
    write_journal(dossier.folder / JOURNAL_FILE, journal)
    (dossier.folder / JOURNAL_FILE).rename(dossier.folder / ".inlezen.0a1b2c3d.journaal")


def replaced_photo(dossier):
    with other_program(dossier.path(OBJECTS), wal=False) as editing:
        editing.execute(f"UPDATE {OBJECTS} SET foto = 'fotos/nieuw.jpg' WHERE uuid = ?", [uuid(801)])
    (dossier.folder / "fotos" / "nieuw.jpg").write_bytes(b"foto nieuw")


def earlier_place(dossier):
    with other_program(dossier.path(OBJECTS), wal=True) as editing:
        editing.execute(f"UPDATE {OBJECTS} SET adres = 'Oude Verzonnen Weg 9' WHERE uuid = ?", [uuid(801)])
        editing.execute(f"UPDATE {OBJECTS} SET adres = 'Verzonnen Lijst 801' WHERE uuid = ?", [uuid(801)])


def half_made_output(dossier):
    (dossier.folder / ".uitvoer.0a1b2c3d.csv").write_text(f"uuid\n{uuid(801)}\n")


def photo_with_the_uuid_in_its_name(dossier):
    (dossier.folder / "fotos" / f"{uuid(801)}.jpg").write_bytes(b"foto")


def older_history_of_others(dossier):
    with other_program(dossier.path("signaal"), wal=False) as editing:
        editing.execute("UPDATE signaal SET object_uuid = NULL WHERE uuid = ?", [uuid(831)])


def other_program_of_windows(dossier):
    with closing(sqlite3.connect(dossier.folder / "kopie.db")) as other, other:
        other.execute("PRAGMA encoding = 'UTF-16le'")
        other.execute("CREATE TABLE lijst (tekst TEXT)")
        other.execute("INSERT INTO lijst VALUES (?)", [f"{uuid(801).upper()} Verzonnen Lijst 801"])


def copied_photo(dossier):
    shutil.copy(dossier.folder / "fotos" / "erf801.jpg", dossier.folder / "fotos" / "kopie (1).jpg")


def folder_with_the_uuid_as_its_name(dossier):
    (dossier.folder / "fotos" / uuid(801)).mkdir()


def column_that_is_made_of_another(dossier):
    with closing(sqlite3.connect(dossier.path("signaal"))) as other, other:
        other.execute("CREATE TABLE k (a TEXT, b TEXT GENERATED ALWAYS AS (a || 'x') STORED)")
        other.execute("INSERT INTO k (a) VALUES (?)", [uuid(801)])


ATTACKS = [
    other_program_of_windows, copied_photo, folder_with_the_uuid_as_its_name, column_that_is_made_of_another,
    foreign_table, foreign_layer, copy_of_a_migration, hidden_package, hidden_package_inside,
    half_written_journal, replaced_photo, earlier_place, half_made_output, photo_with_the_uuid_in_its_name,
    older_history_of_others, purpose_that_names_a_place, half_made_output_elsewhere, half_copy_of_a_migration,
    half_unpacked_package, log_of_another_database, outline_in_a_foreign_table,
    what_the_field_said_in_a_foreign_table,
]  # fmt: skip


def found(room, texts=(*SECRETS, "Oude Verzonnen Weg", "erf801", OUTLINE, FROM_THE_FIELD, "1.5 2.5")):
    """Every file, and what stands in it or in its name."""
    return [
        (path, text)
        for path in room.rglob("*")
        if path.is_file()
        for text in texts
        if text.encode() in path.read_bytes() or text in path.name
    ]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_erased_is_gone_from_every_file(dossier, tmp_path, attack):
    attack(dossier)
    erase(open_dossier(dossier.folder))
    assert found(tmp_path) == []
    assert not (dossier.folder / ORDER_FILE).exists()
    after = open_dossier(dossier.folder)
    assert after.notes == ()
    stays = read_layers(after)
    assert {uuid(101), uuid(102)} <= {record["uuid"] for record in stays[OBJECTS]}
    assert (dossier.folder / "fotos" / "gedeeld.jpg").exists()
    assert not (dossier.folder / "fotos" / "nieuw.jpg").exists()
    assert not (dossier.folder / "fotos" / "kopie (1).jpg").exists()


def test_a_line_that_named_a_place_is_emptied_and_the_register_goes_on(dossier):
    purpose_that_names_a_place(dossier)
    done = erase(dossier)
    assert any("2 regels leeggemaakt: 1-2" in note for note in done.notes)
    assert look_through(read_lines(dossier)).broken == ()
    with record_issue(dossier, dossier.folder.parent / "na.csv", layers={OBJECTS: 1}, **ISSUE) as beside:
        beside.write_text("FICTIEF")


def test_a_copy_beside_the_folder_is_found_through_a_link_too(dossier, tmp_path):
    copy_of_a_migration(dossier)
    link = tmp_path / "koppelingen" / "mijn"
    link.parent.mkdir()
    link.symlink_to(dossier.folder)
    erase(open_dossier(link))
    assert found(tmp_path) == []


def test_a_reference_that_a_checksum_has_by_chance_is_not_taken_out_of_it(dossier):
    with other_program(dossier.path("signaal"), wal=False) as editing:
        (known,) = editing.execute("SELECT som FROM controle WHERE record_uuid = ?", [uuid(131)]).fetchone()
        editing.execute("UPDATE signaal SET bronkenmerk = ? WHERE uuid = ?", [known[4:10], uuid(832)])
    erase(open_dossier(dossier.folder))
    assert open_dossier(dossier.folder).notes == ()
    assert not (dossier.folder / ORDER_FILE).exists()


def test_the_copy_of_a_migration_keeps_the_rest(dossier):
    copy_of_a_migration(dossier)
    before = read_layers(dossier)
    erase(dossier)
    copy = open_dossier(dossier.folder.with_name("team (versie 1)"))
    wanted = {name: {r["uuid"] for r in items} - set(GONE.get(name, ())) for name, items in before.items()}
    assert {name: {r["uuid"] for r in items} for name, items in read_layers(copy).items()} == wanted
    with closing(sqlite3.connect(copy.path(OBJECTS))) as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM rtree_{OBJECTS}_geometrie").fetchone()
        assert count == len(wanted[OBJECTS])


@pytest.mark.parametrize(
    "step", ["_note_in_register", "_erase_photos", "erase_rows", "rebuild", "_check_gone"]
)
def test_after_an_error_the_second_run_still_knows_what_to_look_for(dossier, tmp_path, monkeypatch, step):
    hidden_package_inside(dossier)
    copy_of_a_migration(dossier)

    def fails(*_):
        raise AtlasError("De schijf is vol.")

    monkeypatch.setattr(expiry, step, fails)
    with pytest.raises(AtlasError, match="vol"):
        erase(dossier)
    monkeypatch.undo()
    order = (dossier.folder / ORDER_FILE).read_text()
    assert not [text for text in SECRETS if text in order]
    assert expiry.expire(dossier, AFTER).unfinished
    erase(dossier)
    assert found(tmp_path) == []
    assert not (dossier.folder / ORDER_FILE).exists()


def test_what_the_atlas_cannot_clean_keeps_the_order_until_somebody_did(dossier, tmp_path):
    note = dossier.folder / "aantekening.txt"
    note.write_text(f"bel over {uuid(801)}")
    with zipfile.ZipFile(dossier.folder / "kopie.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(dossier.folder / "fotos" / "gedeeld.jpg", "fotos/gedeeld.jpg")
        archive.writestr("lijst.csv", "adres\nVerzonnen Lijst 801, Nergenshuizen\n" * 9)
    for _ in range(2):
        with pytest.raises(AtlasError, match="staat nog iets") as caught:
            erase(dossier)
        assert "aantekening.txt" in str(caught.value)
        assert "kopie.zip" in str(caught.value)
        assert not [text for text in SECRETS if text in str(caught.value)]
    note.unlink()
    (dossier.folder / "kopie.zip").unlink()
    erase(dossier)
    assert found(tmp_path) == []


def packed_in_a_package():
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lijst.csv", f"uuid\n{uuid(801)}\n" * 9)
    return inside.getvalue()


def package_in_a_package():
    outside = io.BytesIO()
    with zipfile.ZipFile(outside, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pakket.zip", packed_in_a_package())
    return outside.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        f"uuid\n{uuid(801)}\n".encode("utf-16"),
        f"uuid\n{uuid(801)}\n".encode("utf-16-be"),
        uuid(801).upper().encode(),
        uuid(801).replace("-", "").encode(),
        bytes.fromhex(uuid(801).replace("-", "")),
        gzip.compress(uuid(801).encode()),
        lzma.compress(uuid(801).encode()),
        package_in_a_package(),
        b"MZ a program that unpacks itself" + packed_in_a_package(),
        b"7z\xbc\xaf\x27\x1c nobody can look in here",
    ],
    ids=[
        "utf16", "utf16-be", "capitals", "bare", "bytes", "gzip", "xz", "zip in zip", "program", "7z",
    ],
)  # fmt: skip
def test_a_copy_is_found_in_every_form_that_programs_give_it(dossier, content):
    copy = dossier.folder / "kopie.bin"
    copy.write_bytes(content)
    with pytest.raises(AtlasError, match="staat nog iets") as caught:
        erase(dossier)
    assert "kopie.bin" in str(caught.value)
    copy.unlink()
    erase(dossier)


def test_a_link_out_of_the_folder_is_named(dossier, tmp_path):
    (tmp_path / "elders").mkdir()
    (dossier.folder / "koppeling").symlink_to(tmp_path / "elders")
    assert any(note.startswith("koppeling verwijst") for note in erase(dossier).left)


def test_what_came_back_lawfully_is_not_taken_away_by_an_older_order(dossier, monkeypatch):
    monkeypatch.setattr(expiry, "_check_gone", lambda *_: (_ for _ in ()).throw(AtlasError("Stroom weg.")))
    with pytest.raises(AtlasError):
        erase(dossier)
    monkeypatch.undo()
    with other_program(dossier.path("agrarisch_bedrijf"), wal=False) as editing:
        editing.execute("UPDATE agrarisch_bedrijf SET adres = 'Verzonnen Lijst 801, Nergenshuizen'")
    erase(dossier)
    yards = read_layers(dossier)["agrarisch_bedrijf"]
    assert {yard["adres"] for yard in yards} == {"Verzonnen Lijst 801, Nergenshuizen"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"zout": "zz", "zoeken": []}',
        b'{"zout": "00", "door": "a", "zoeken": [["uuid", 36, 99999999999, "x"]]}',
        b'{"zout": "00", "door": "a", "zoeken": [["uuid", -5, 1, "x"]]}',
    ],
)
def test_a_damaged_order_gets_a_sentence(dossier, content):
    (dossier.folder / ORDER_FILE).write_bytes(content)
    with pytest.raises(AtlasError, match="opdracht ervan is beschadigd"):
        erase(dossier)


def test_history_that_is_no_json_gets_a_sentence(dossier):
    with closing(sqlite3.connect(dossier.path(OBJECTS))) as other, other:
        other.execute("UPDATE wijziging SET velden = ? WHERE record_uuid = ?", [json.dumps(["x"]), uuid(801)])
    with pytest.raises(AtlasError, match="niet te lezen"):
        erase(dossier)
