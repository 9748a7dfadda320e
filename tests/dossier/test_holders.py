"""Which program holds a file, and putting a file back from how QGIS writes it while it is edited."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest

from atlas.dossier.holders import held_by, holders
from atlas.dossier.write_ahead import is_write_ahead, put_back

_HOLDING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(sys.argv[2])
connection.execute("SELECT * FROM t").fetchall()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "laag.gpkg"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.execute("PRAGMA journal_mode = WAL")
    return path


@contextmanager
def held(path, statement):
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDING, path, statement],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "held\n"
        yield process
        process.stdin.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a list of locks")
def test_who_holds_a_file_is_named_with_process_and_user(file):
    assert holders(file) == ()
    with held(file, "BEGIN IMMEDIATE") as process:
        (named,) = holders(file)
        assert f"(proces {process.pid}, gebruiker " in named
        assert named in held_by(file)
    assert holders(file) == ()


def test_the_own_process_is_not_another_program(file):
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert not any(f"proces {os.getpid()}," in named for named in holders(file))


def test_what_is_not_known_is_said_as_far_as_the_file_tells(file):
    assert held_by(file) == "deze laag wordt in QGIS bewerkt, in een ander venster of op een andere computer"
    assert put_back(file, 1)
    assert held_by(file) == "een ander programma leest of schrijft dit bestand op dit moment"


def test_a_file_is_put_back_only_when_nobody_has_it_open(file):
    with held(file, "PRAGMA journal_mode = WAL"):
        assert not put_back(file, 0.05)
        assert is_write_ahead(file)
    assert put_back(file, 0.05)
    assert not is_write_ahead(file)


def test_a_file_that_is_away_is_not_being_edited(tmp_path):
    assert not is_write_ahead(tmp_path / "weg.gpkg")
    assert put_back(tmp_path / "weg.gpkg", 1)
    assert not (tmp_path / "weg.gpkg").exists()
