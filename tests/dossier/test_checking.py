"""A record that nobody changed is what was written, or there is a sentence about it."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime

import pytest

from atlas.core.files.dossier_folder import BASE_FILE
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError
from atlas.dossier import checking, seal
from atlas.dossier.base_file import CHECKSUM_ITEM
from atlas.dossier.changes import apply_import
from atlas.dossier.checking import check_dossier
from atlas.dossier.expiry import expire
from atlas.dossier.files import SEAL_FILE
from atlas.dossier.issue_register import record_issue
from atlas.dossier.opening import open_dossier
from atlas.dossier.seal import Seal
from atlas.gpkg.geopackage import read_items, write_items
from atlas.gpkg.spatial_index import register_spatial_functions
from dossier_samples import (
    EDITABLE,
    ISSUE,
    LATER,
    contents,
    filled,
    finding,
    other_program,
    plan,
    rows,
    uuid,
    vacant,
)

OBJECTS = "leegstand_object"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    dossier = filled(tmp_path_factory.mktemp("dossier") / "team", rows())
    with record_issue(dossier, dossier.folder.parent / "uit.csv", layers={OBJECTS: 2}, **ISSUE) as beside:
        beside.write_text("adres")
    edited(dossier)
    return dossier


@pytest.fixture
def dossier(made, tmp_path):
    shutil.copytree(made.folder, tmp_path / "team")
    (tmp_path / "team" / SEAL_FILE).unlink(missing_ok=True)
    return open_dossier(tmp_path / "team")


def edited(dossier):
    """What people do: change numbers, places and texts, twice, make and delete a record."""
    with other_program(dossier.path("agrarisch_bedrijf"), wal=True) as editing:
        editing.execute("UPDATE agrarisch_bedrijf SET afstand_kern_m = 1.0 / 3 WHERE uuid = ?", [uuid(121)])
        editing.execute("UPDATE agrarisch_bedrijf SET afstand_kern_m = 2.0 / 3, toelichting = 'é' ")
    with other_program(dossier.path(OBJECTS), wal=False) as editing:
        editing.execute(
            "UPDATE leegstand_object SET geometrie = (SELECT geometrie FROM leegstand_object "
            "WHERE uuid = ?1) WHERE uuid = ?2",
            [uuid(102), uuid(101)],
        )
        editing.execute("DELETE FROM leegstand_object WHERE uuid = ?", [uuid(202)])
    with other_program(dossier.path("signaal"), wal=True) as editing:
        editing.execute(
            "UPDATE signaal SET gewijzigd_op = '2026-05-05T10:00:00.000Z' WHERE uuid = ?", [uuid(131)]
        )
        editing.execute("UPDATE signaal SET toelichting = toelichting WHERE uuid = ?", [uuid(231)])


def around_the_rules(path, statement, *values):
    """A change as a disk or a careless program makes it: no trigger, no stamp, no line in the history."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        register_spatial_functions(other)
        triggers = other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            other.execute(f'DROP TRIGGER "{name}"')
        other.execute(statement, values)
        for _, text in triggers:
            other.execute(text)


def test_what_people_edited_is_no_damage(dossier):
    assert dossier.notes == ()
    assert check_dossier(dossier).wrong == ()
    apply_import(dossier, plan(dossier, OBJECTS, [vacant(101, prioriteit="hoog"), vacant(301)], now=LATER))
    assert open_dossier(dossier.folder).notes == ()


@pytest.mark.parametrize(
    ("layer", "change", "who"),
    [
        (OBJECTS, "adres = 'Verzonnen Lijst 999'", 102), (OBJECTS, "geometrie = NULL", 102),
        (OBJECTS, "gewijzigd_op = '2026-02-01T12:00:00.001Z'", 201),
        (OBJECTS, "ingelezen_op = '2026-02-01T12:00:01.000Z'", 102), (OBJECTS, "gewijzigd_door = 'x'", 102),
        ("bevinding", "waarneming = 'waargenomen'", 151),
        ("agrarisch_bedrijf", "afstand_kern_m = 0.5", 121), ("agrarisch_bedrijf", "adres = 'x'", 121),
        ("agrarisch_bedrijf", "gewijzigd_op = '2020-01-01T00:00:00.000Z'", 221),
        ("signaal", f"uuid = '{uuid(999)}'", 232),
    ],
)  # fmt: skip
def test_a_value_that_nobody_changed_gets_a_sentence_until_it_is_accepted(dossier, layer, change, who):
    around_the_rules(dossier.path(layer), f"UPDATE {layer} SET {change} WHERE uuid = ?", uuid(who))
    for _ in range(2):
        (sentence,) = open_dossier(dossier.folder).notes
        assert f"{layer}.gpkg" in sentence
        assert uuid(who) in sentence
    (sentence,) = check_dossier(dossier).wrong
    assert check_dossier(dossier, accept=True).wrong == ()
    assert open_dossier(dossier.folder).notes == ()


def test_a_line_of_the_register_that_was_changed_or_taken_out_gets_a_sentence(dossier):
    around_the_rules(dossier.path("uitgifte"), "UPDATE uitgifte SET doel = 'iets anders'")
    assert "uitgifte.gpkg" in open_dossier(dossier.folder).notes[0]
    around_the_rules(dossier.path("uitgifte"), "DELETE FROM uitgifte")
    assert "uitgifte.gpkg" in open_dossier(dossier.folder).notes[0]


def test_a_record_that_was_taken_out_gets_a_sentence(dossier):
    around_the_rules(dossier.path("bevinding"), "DELETE FROM bevinding WHERE uuid = ?", uuid(251))
    assert uuid(251) in open_dossier(dossier.folder).notes[0]


def flips(dossier, count, seed):
    """How often one flipped bit was refused, told, or changed nothing that people see; what went unsaid."""
    chance, before = random.Random(seed), contents(dossier)
    found = {"geweigerd": 0, "gezegd": 0, "gelijk": 0}
    unsaid = []
    for _ in range(count):
        path = dossier.path(chance.choice(EDITABLE))
        content = path.read_bytes()
        place = chance.randrange(len(content))
        path.write_bytes(
            content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]
        )
        try:
            opened = open_dossier(dossier.folder)
            same = contents(opened)[0] == before[0]
            found["gezegd" if opened.notes else "gelijk"] += 1
            if not opened.notes and not same:
                unsaid.append((path.name, place))
        except AtlasError:
            found["geweigerd"] += 1
        path.write_bytes(content)
    return found, unsaid


def test_no_flipped_bit_changes_a_record_without_a_word(dossier):
    found, unsaid = flips(dossier, 60, 3)
    assert unsaid == []
    assert sum(found.values()) == 60


def test_bytes_that_were_looked_through_are_not_looked_through_again(dossier, monkeypatch):
    asked = []
    monkeypatch.setattr(
        checking, "damaged_records", lambda _, layer, rows: asked.append((layer.name, rows)) or ()
    )
    open_dossier(dossier.folder)
    assert asked == []
    apply_import(
        dossier, plan(dossier, "bevinding", [finding(301, 141, categorie="kapotte_straatverlichting")])
    )
    open_dossier(dossier.folder)
    assert asked == []
    (dossier.folder / SEAL_FILE).unlink()
    open_dossier(dossier.folder)
    assert dict(asked) == dict.fromkeys(RURAL_LAYERS)


def test_after_an_edit_by_hand_only_the_records_on_its_pages_are_looked_through(tmp_path, monkeypatch):
    dossier = filled(tmp_path / "team", {OBJECTS: [vacant(1000 + number) for number in range(400)]})
    asked, looks = [], checking.damaged_records

    def watched(connection, layer, rows):
        asked.append((layer.name, rows))
        return looks(connection, layer, rows)

    monkeypatch.setattr(checking, "damaged_records", watched)
    open_dossier(dossier.folder)
    asked.clear()
    with other_program(dossier.path(OBJECTS), wal=True) as editing:
        editing.execute(f"UPDATE {OBJECTS} SET adres = 'Verzonnen Lijst 2' WHERE uuid = ?", [uuid(1200)])
        assert open_dossier(dossier.folder).notes == ()
    assert open_dossier(dossier.folder).notes == ()
    for name, places in asked:
        assert name == OBJECTS
        assert {201, 401} <= places  # the record, and the line of the history about it
        assert len(places) < 60
    assert len(asked) == 2
    asked.clear()
    around_the_rules(dossier.path(OBJECTS), f"DELETE FROM {OBJECTS} WHERE uuid = ?", uuid(1300))
    assert uuid(1300) in open_dossier(dossier.folder).notes[0]


def test_more_than_a_moment_allows_is_left_to_a_check_with_a_word(tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "MANY", 50)
    monkeypatch.setattr(seal, "MANY", 50)
    dossier = filled(tmp_path / "team", {OBJECTS: [vacant(1000 + number) for number in range(400)]})
    assert check_dossier(dossier).wrong == ()
    path = dossier.path(OBJECTS)
    path.write_bytes(path.read_bytes().replace(b"Lijst 1300", b"Lijst 1301"))
    for _ in range(2):  # the seal stays, so that the second time it need not be left to a check either
        assert uuid(1300) in open_dossier(dossier.folder).notes[0]
    check_dossier(dossier, accept=True)
    with other_program(dossier.path(OBJECTS), wal=True) as editing:
        editing.execute(f"UPDATE {OBJECTS} SET toelichting = 'FICTIEF'")
        (many,) = open_dossier(dossier.folder).notes
        assert "400 records" in many
        assert "Controleer het dossier" in many
    around_the_rules(dossier.path(OBJECTS), f"UPDATE {OBJECTS} SET adres = 'y' WHERE uuid = ?", uuid(1301))
    assert "400 records" in open_dossier(dossier.folder).notes[0]
    assert uuid(1301) in check_dossier(dossier).wrong[0]
    check_dossier(dossier, accept=True)
    assert open_dossier(dossier.folder).notes == ()


def test_a_few_rows_that_were_edited_often_are_left_to_a_check_too(tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "MANY", 50)
    dossier = filled(tmp_path / "team", {OBJECTS: [vacant(1000 + number) for number in range(40)]})
    assert open_dossier(dossier.folder).notes == ()
    with other_program(dossier.path(OBJECTS), wal=True) as editing:
        editing.execute(f"UPDATE {OBJECTS} SET toelichting = 'FICTIEF'")
    assert "Controleer het dossier" in open_dossier(dossier.folder).notes[0]


@pytest.mark.parametrize("held", [True, False])
def test_the_bytes_of_what_is_left_to_a_check_are_not_read(tmp_path, monkeypatch, held):
    monkeypatch.setattr(checking, "MANY", 50)
    dossier = filled(tmp_path / "team", {OBJECTS: [vacant(1000 + number) for number in range(40)]})
    assert open_dossier(dossier.folder).notes == ()
    pages = Seal.pages

    def read(seal, name):
        assert name != OBJECTS
        return pages(seal, name)

    with ExitStack() as program:
        editing = program.enter_context(other_program(dossier.path(OBJECTS), wal=True))
        editing.execute(f"UPDATE {OBJECTS} SET toelichting = 'FICTIEF'")
        if not held:
            program.close()
        with monkeypatch.context() as within:
            within.setattr(Seal, "pages", read)
            (note,) = open_dossier(dossier.folder).notes
    assert "40 records" in note
    assert "Controleer het dossier" in note


def test_after_an_erasure_the_next_opening_need_not_look_through_all(dossier, monkeypatch):
    with other_program(dossier.path(OBJECTS), wal=False) as editing:
        editing.execute(f"UPDATE {OBJECTS} SET bewaren_tot = '2026-02-02' WHERE uuid = ?", [uuid(201)])
    expire(dossier, date(2026, 5, 5), erase=True, user="a", now=datetime(2026, 12, 1, 12, tzinfo=UTC))
    monkeypatch.setattr(checking, "damaged_records", lambda *_: pytest.fail("looked through again"))
    assert open_dossier(dossier.folder).notes == ()


@pytest.mark.parametrize("kept", [b"", b"[]", b"\xff", json.dumps({OBJECTS: 1}).encode()])
def test_a_damaged_seal_costs_time_and_no_more(dossier, kept):
    around_the_rules(dossier.path(OBJECTS), f"UPDATE {OBJECTS} SET adres = 'x' WHERE uuid = ?", uuid(102))
    (dossier.folder / SEAL_FILE).write_bytes(kept)
    assert uuid(102) in open_dossier(dossier.folder).notes[0]


def test_what_the_atlas_left_behind_is_cleared_up_with_a_word(dossier):
    (dossier.folder / "fotos").mkdir()
    (dossier.folder / ".inlezen.0a1b2c3d.journaal").write_text("half")
    (dossier.folder / ".uitvoer.0a1b2c3d.csv").mkdir()
    (dossier.folder / "fotos" / ".erf.0a1b2c3d.jpg").write_bytes(b"half")
    (dossier.folder / "fotos" / "los.jpg").write_bytes(b"foto")
    (dossier.folder / ".van-een-ander").write_text("blijft")
    with other_program(dossier.path(OBJECTS), wal=False) as editing:
        editing.execute(f"UPDATE {OBJECTS} SET foto = 'fotos/weg.jpg' WHERE uuid = ?", [uuid(101)])
    found = check_dossier(dossier)
    assert len(found.cleared) == 3
    assert found.notes == (
        "1 foto zonder record: fotos/los.jpg", "1 foto die er niet is: fotos/weg.jpg",
    )  # fmt: skip
    assert check_dossier(dossier).cleared == ()
    hidden = {path.name for path in dossier.folder.rglob(".*")}
    assert hidden == {".van-een-ander"}


def test_the_half_made_copy_of_a_migration_is_cleared_up_once_it_is_at_rest(dossier):
    beside = dossier.folder.with_name(f".{dossier.folder.name}.0a1b2c3d")
    beside.mkdir()
    (beside / "signaal.gpkg").write_bytes(b"half")
    assert check_dossier(dossier).cleared == ()
    os.utime(beside, (0, 0))
    assert check_dossier(dossier).cleared == (f"{beside}: half gemaakt en opgeruimd.",)
    assert not beside.exists()


def test_an_issue_that_was_begun_and_not_completed_is_said(dossier):
    with (
        pytest.raises(ZeroDivisionError),
        record_issue(dossier, dossier.folder.parent / "half.csv", layers={OBJECTS: 2}, **ISSUE),
    ):
        raise ZeroDivisionError
    (note,) = check_dossier(dossier).notes
    assert "1 uitgifte is begonnen en niet voltooid" in note
    place = dossier.folder.parent / "half.csv"
    place.write_text("adres")  # as when it is killed after the file was moved into place
    assert str(place) in check_dossier(dossier).notes[1]


def test_what_sqlite_left_of_a_change_that_never_began_is_cleared_up(dossier):
    beside = dossier.folder / "signaal.gpkg-journal"
    beside.write_bytes(bytes(512))
    assert beside.name in check_dossier(dossier).cleared[0]
    assert not beside.exists()


def test_damage_stays_known_when_the_atlas_writes_the_record_or_erases_another(dossier):
    around_the_rules(dossier.path(OBJECTS), f"UPDATE {OBJECTS} SET adres = 'x' WHERE uuid = ?", uuid(102))
    around_the_rules(dossier.path("bevinding"), "DELETE FROM bevinding WHERE uuid = ?", uuid(251))
    apply_import(dossier, plan(dossier, OBJECTS, [vacant(102, adres="x", prioriteit="hoog")], now=LATER))
    assert uuid(102) in open_dossier(dossier.folder).notes[0]
    with other_program(dossier.path(OBJECTS), wal=False) as editing:
        editing.execute(f"UPDATE {OBJECTS} SET bewaren_tot = '2026-02-02' WHERE uuid = ?", [uuid(201)])
    expire(dossier, date(2026, 5, 5), erase=True, user="a", now=datetime(2026, 12, 1, 12, tzinfo=UTC))
    (objects, findings) = open_dossier(dossier.folder).notes
    assert uuid(102) in objects
    assert uuid(251) in findings


def test_a_layer_under_its_name_in_capitals_is_named(dossier):
    (dossier.folder / "SIGNAAL.gpkg").write_bytes(b"")
    notes = check_dossier(dossier).notes
    assert [note for note in notes if note.startswith("SIGNAAL.gpkg") and "signaal.gpkg" in note]


def border_moved(dossier):
    """A letter of a border is another one, as a flipped bit leaves it."""
    path = dossier.folder / BASE_FILE
    path.chmod(0o600)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE gemeente SET naam = 'Assem' WHERE naam = 'Assen'")


def without_checksum(dossier):
    """The borders as they were made before they had a checksum."""
    path = dossier.folder / BASE_FILE
    path.chmod(0o600)
    with closing(sqlite3.connect(path)) as other, other:
        write_items(other, {name: one for name, one in read_items(other).items() if name != CHECKSUM_ITEM})


def test_borders_that_are_others_than_were_made_get_a_sentence(dossier):
    assert check_dossier(dossier).wrong == ()
    border_moved(dossier)
    (note,) = open_dossier(dossier.folder).notes
    assert "grenzen zijn anders" in note
    assert check_dossier(dossier).wrong == (note,)


def test_borders_from_before_they_had_a_checksum_are_compared_with_those_of_the_atlas(dossier):
    without_checksum(dossier)
    before = check_dossier(dossier).notes
    border_moved(dossier)
    assert open_dossier(dossier.folder).notes == ()
    (more,) = set(check_dossier(dossier).notes) - set(before)
    assert "is niet te zien" in more
