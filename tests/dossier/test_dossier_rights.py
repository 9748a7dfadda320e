"""Whose a dossier is: the user's folder stays, only its owner and its group read, and rights are tried."""

import os
import sqlite3
import tempfile
from contextlib import closing
from functools import partial
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from atlas.core.files.dossier_folder import BASE_FILE, JOURNAL_FILE
from atlas.core.words.errors import AtlasError
from atlas.dossier import opening
from atlas.dossier.changes import apply_import
from atlas.dossier.checking import check_dossier
from atlas.dossier.files import PROTECTED, SEAL_FILE
from atlas.dossier.journal import Journal, write_journal
from atlas.dossier.locks import database_uri
from atlas.dossier.opening import init_dossier, open_dossier
from dossier_samples import as_nobody, contents, filled, plan, vacant

OTHER_GROUP = 65534


def rights(path):
    found = path.stat()
    return oct(found.st_mode & 0o7777), found.st_gid


def test_no_other_run_of_the_tests_changes_the_rights_above(tmp_path_factory):
    parts = tmp_path_factory.getbasetemp().relative_to(tempfile.gettempdir()).parts
    assert not any(part.startswith("pytest-of-") for part in parts)


def test_an_empty_folder_keeps_its_rights_and_its_group(tmp_path):
    folder = tmp_path / "team"
    folder.mkdir()
    os.chown(folder, -1, OTHER_GROUP if os.geteuid() == 0 else -1)
    folder.chmod(0o2770)
    before = rights(folder)
    dossier = init_dossier(folder)
    assert rights(folder) == before
    assert {rights(path) for path in folder.iterdir() if path.name != BASE_FILE} == {("0o660", before[1])}
    assert rights(folder / BASE_FILE) == ("0o440", before[1])
    apply_import(dossier, plan(dossier, "leegstand_object", [vacant(101)]))
    assert {path.stat().st_mode & 0o007 for path in folder.iterdir()} == {0}


def test_a_new_folder_and_all_in_it_are_the_owners(tmp_path):
    folder = filled(tmp_path / "nieuw").folder
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}


def test_a_folder_of_ones_own_below_one_that_may_not_be_written_is_enough(tmp_path):
    room = tmp_path / "gedeeld"
    folder = room / "team"
    folder.mkdir(parents=True)
    with as_nobody(folder):
        dossier = init_dossier(folder)
        apply_import(dossier, plan(dossier, "leegstand_object", [vacant(101)]))
    assert [path.name for path in room.iterdir()] == ["team"]


def test_a_folder_that_may_not_be_written_gets_a_sentence_and_stays_empty(tmp_path):
    folder = tmp_path / "team"
    folder.mkdir()
    with as_nobody(folder):
        folder.chmod(0o500)
        with pytest.raises(AtlasError, match="kan niet worden geschreven"):
            init_dossier(folder)
    assert list(folder.iterdir()) == []


def test_a_dossier_that_may_only_be_read_is_checked_and_nothing_else(tmp_path):
    dossier = filled(tmp_path / "team")
    (dossier.folder / ".inlezen.0a1b2c3d.journaal").write_text("half")
    with as_nobody(dossier.folder):
        for path in (*dossier.folder.iterdir(), dossier.folder):
            path.chmod(0o500 if path.is_dir() else 0o400)
        opened = open_dossier(dossier.folder)
        found = check_dossier(opened)
        assert (opened.notes, found.wrong, found.cleared) == ((), (), ())
        assert "niets opgeruimd" in found.notes[0]
        for change in (
            partial(check_dossier, opened, accept=True),
            partial(apply_import, opened, plan(opened, "leegstand_object", [vacant(301)])),
        ):
            with pytest.raises(AtlasError, match="alleen te lezen") as caught:
                change()
            assert not caught.value.got  # what SQLite says is English


def test_making_that_was_broken_off_is_finished_by_doing_it_again(tmp_path, monkeypatch):
    put = opening._put

    def dies(path, content):
        if path.name == "signaal.gpkg":
            raise KeyboardInterrupt
        put(path, content)

    monkeypatch.setattr(opening, "_put", dies)
    with pytest.raises(KeyboardInterrupt):
        init_dossier(tmp_path / "team")
    monkeypatch.undo()
    (tmp_path / "team" / ".signaal.0a1b2c3d").mkdir()
    with pytest.raises(AtlasError, match="niet compleet"):
        open_dossier(tmp_path / "team")
    init_dossier(tmp_path / "team")
    assert contents(open_dossier(tmp_path / "team"))
    with pytest.raises(AtlasError, match="al een dossier"):
        init_dossier(tmp_path / "team")


def test_a_part_of_a_dossier_with_records_is_never_taken_for_a_new_one(tmp_path):
    dossier = filled(tmp_path / "team")
    (dossier.folder / BASE_FILE).unlink()
    with pytest.raises(AtlasError, match="een deel ervan"):
        init_dossier(dossier.folder)


def test_the_journal_is_hidden_from_others_while_it_is_written(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.extend(tmp_path.glob(".*")))
    write_journal(tmp_path / JOURNAL_FILE, Journal("2026-02-01T12:00:00Z", "beheer", ()))
    assert seen
    assert (tmp_path / JOURNAL_FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [JOURNAL_FILE]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"\\fs01\team\dossier 1\x.gpkg"), "file:////fs01/team/dossier%201/x.gpkg?mode=rw"),
        (PureWindowsPath(r"Z:\team#2\x.gpkg"), "file:///Z%3A/team%232/x.gpkg?mode=rw"),
        (PurePosixPath("/mnt/100%/wat?/x.gpkg"), "file:///mnt/100%25/wat%3F/x.gpkg?mode=rw"),
    ],
)
def test_a_path_on_a_share_is_no_host_for_sqlite(path, uri):
    assert database_uri(path, "rw") == uri
    with pytest.raises(sqlite3.OperationalError, match="unable to open database file"):
        sqlite3.connect(uri, uri=True)


@pytest.mark.parametrize("name", ["100% wat? #1 é", "x" * 250])
def test_any_name_of_a_folder_opens(tmp_path, name):
    assert len(contents(filled(tmp_path / name))[0]["leegstand_object"]) == 4


def test_a_path_of_250_characters_opens(tmp_path):
    folder = tmp_path
    while len(str(folder)) < 250:
        folder = folder / "lang"[: max(1, 249 - len(str(folder)))]
    assert len(contents(filled(folder))[0]["leegstand_object"]) == 4


@pytest.mark.parametrize(
    "name",
    ["signaal.gpkg-wal", "signaal.gpkg-journal", "dossier.slot", "dossier.slot-journal", "beschermd/sleutel"],
)
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["fifo", "map"])
def test_what_is_no_file_gets_a_sentence_and_is_not_waited_for(tmp_path, name, make):
    dossier = filled(tmp_path / "team")
    path = dossier.folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if path.parent.name == PROTECTED:
        (path.parent / "2026-01-01.json").write_text("{}")
    make(path)
    with pytest.raises(AtlasError):
        found = check_dossier(open_dossier(dossier.folder))
        raise AtlasError(*found.wrong)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["fifo", "map"])
def test_a_seal_that_is_no_file_costs_time_and_no_more(tmp_path, make):
    dossier = filled(tmp_path / "team")
    (dossier.folder / SEAL_FILE).unlink(missing_ok=True)
    make(dossier.folder / SEAL_FILE)
    assert open_dossier(dossier.folder).notes == ()


@pytest.mark.parametrize("kind", ["koppeling", "fifo", "map"])
def test_a_layer_that_is_no_file_of_its_own_gets_a_sentence(tmp_path, kind):
    dossier = filled(tmp_path / "team")
    path = dossier.path("signaal")
    path.rename(tmp_path / "elders.gpkg")
    if kind == "koppeling":
        path.symlink_to(tmp_path / "elders.gpkg")
    elif kind == "fifo":
        os.mkfifo(path)
    else:
        path.mkdir()
    with pytest.raises(AtlasError, match="geen gewoon bestand"):
        open_dossier(dossier.folder)


def test_two_layers_with_one_name_in_other_case_are_told_apart(tmp_path):
    dossier = filled(tmp_path / "team")
    with closing(sqlite3.connect(dossier.folder / "SIGNAAL.gpkg")) as other:
        other.execute("CREATE TABLE x (y)")
    assert len(contents(open_dossier(dossier.folder))[0]["signaal"]) == 3
