"""What QGIS edits stays locked against others, also when the atlas looks at it in the same process."""

import subprocess
import sys
from pathlib import Path

import pytest

from atlas.dossier.file_bytes import _KEPT, read_start, read_whole
from atlas.dossier.locks import check_file, slot
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_records
from dossier_samples import filled, other_program, uuid

NEW = "Verzonnen Lijst 7, Nergenshuizen"
OPEN_FILES = Path("/proc/self/fd")
#: what an atlas of a colleague does before it writes
TAKES_THE_FILE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0.2, isolation_level=None)
try:
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("BEGIN EXCLUSIVE")
    print("genomen")
except sqlite3.OperationalError:
    print("bezet")
"""


@pytest.fixture
def dossier(tmp_path):
    return filled(tmp_path / "team")


def colleague(path):
    done = subprocess.run(
        [sys.executable, "-c", TAKES_THE_FILE, path], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_looking_at_a_dossier_leaves_the_lock_of_the_editor_in_the_same_process(dossier):
    path = dossier.path("leegstand_object")
    with other_program(path, wal=True) as editing:
        editing.execute("UPDATE leegstand_object SET adres = ? WHERE uuid = ?", [NEW, uuid(101)])
        assert colleague(path) == "bezet"
        check_file(path)
        open_dossier(dossier.folder)
        assert read_records(dossier, "leegstand_object")[0]["adres"] == NEW
        assert read_whole(path.with_name(path.name + "-shm"))
        assert colleague(path) == "bezet"
    assert colleague(path) == "genomen"


def test_the_slot_is_kept_while_its_bytes_are_read(dossier):
    path = dossier.folder / "dossier.slot"
    with slot(dossier.folder):
        read_whole(path)
        assert colleague(path) == "bezet"


def test_bytes_are_those_of_the_file_that_stands_there_now(tmp_path):
    path = tmp_path / "bestand"
    path.write_bytes(b"oud " * 10)
    assert (read_start(path, 3), read_whole(path)) == (b"oud", b"oud " * 10)
    path.write_bytes(b"op dezelfde plaats")
    assert read_whole(path) == b"op dezelfde plaats"
    (tmp_path / "nieuw").write_bytes(b"een ander bestand")
    (tmp_path / "nieuw").replace(path)
    assert (read_start(path, 100), read_whole(path)) == (b"een ander bestand", b"een ander bestand")
    path.unlink()
    with pytest.raises(FileNotFoundError):
        read_start(path, 3)


@pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="the number of open files is not told")
def test_no_more_files_stay_open_than_a_program_may_have(tmp_path):
    before = len(list(OPEN_FILES.iterdir()))
    for number in range(3 * _KEPT):
        path = tmp_path / str(number)
        path.write_bytes(b"x")
        read_start(path, 1)
    assert len(list(OPEN_FILES.iterdir())) <= before + _KEPT
