"""No line in the register, no file; and the register only grows."""

from __future__ import annotations

import hashlib
import sqlite3

import pytest

from atlas.core.areas.divisions import areas
from atlas.core.files.login import login_name
from atlas.core.words.errors import AtlasError
from atlas.dossier import locks
from atlas.dossier.issue_register import read_lines, read_register, record_issue
from atlas.dossier.opening import open_dossier
from atlas.dossier.register_chain import NOTHING
from dossier_samples import ASSEN, ISSUE, filled, other_program

#: what a line has of its place in the chain
CHAIN = ("uuid", "nummer", "zout", "inhoud", "vorige", "keten")
ALL = [area.code for area in areas("gemeente")]


@pytest.fixture
def dossier(tmp_path):
    return filled(tmp_path / "team")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(locks, "BUSY_TIMEOUT_S", 0.2)


def issue(dossier, path, **change):
    return record_issue(dossier, path, layers={"leegstand_object": 2}, **{**ISSUE, **change})


def test_the_line_stands_there_before_the_file_and_is_completed_with_its_checksum(dossier, tmp_path):
    path = tmp_path / "uit.bin"
    with issue(dossier, path, rule="geen", recipient="RIEC Noord") as beside:
        (line,) = read_register(dossier)
        assert (line["controlegetal"], line["bestand"]) == (None, str(path))
        assert not path.exists()
        beside.write_bytes(b"inhoud")
        assert not path.exists()
    (line,) = read_register(dossier)
    assert path.read_bytes() == b"inhoud"
    assert {name: cell for name, cell in line.items() if cell is not None and name not in CHAIN} == {
        "tijdstip": "2026-02-01T12:00:00Z", "door": "beheer", "handeling": "uitgifte", "doel": "rondje maart",
        "aanmelding": login_name(), "ontvanger": "RIEC Noord",
        "publiek": "team", "gemeenten": ASSEN, "lagen": "leegstand_object",
        "aantal": 2, "onderdrukking": "geen", "bestand": "uit.bin",
        "controlegetal": hashlib.sha256(b"inhoud").hexdigest(),
    }  # fmt: skip
    begun, completed = read_lines(dossier)
    assert (begun["nummer"], begun["vorige"], begun["controlegetal"]) == (1, NOTHING, None)
    assert (completed["nummer"], completed["vorige"], completed["hoort_bij"]) == (
        2, begun["keten"], begun["uuid"],
    )  # fmt: skip
    own = {*CHAIN, "handeling", "hoort_bij", "bestand", "controlegetal"}
    assert {name: begun[name] for name in begun if name not in own} == {
        name: completed[name] for name in completed if name not in own
    }


def test_an_output_that_fails_leaves_a_line_without_checksum_and_no_file(dossier, tmp_path):
    with pytest.raises(RuntimeError), issue(dossier, tmp_path / "uit.bin") as beside:
        beside.write_bytes(b"half")
        raise RuntimeError
    assert [line["controlegetal"] for line in read_register(dossier)] == [None]
    assert [path.name for path in tmp_path.iterdir()] == ["team"]


def test_a_register_that_is_taken_while_the_file_is_made_means_no_file(dossier, tmp_path):
    path = tmp_path / "uit.bin"
    with other_program(dossier.path("uitgifte"), wal=False) as editing:
        with pytest.raises(AtlasError, match="in gebruik"), issue(dossier, path) as beside:
            beside.write_bytes(b"inhoud")
            editing.execute("BEGIN IMMEDIATE")
        editing.execute("ROLLBACK")
    assert not path.exists()
    assert [line["controlegetal"] for line in read_register(dossier)] == [None]


def test_the_register_only_grows(dossier, tmp_path):
    with issue(dossier, tmp_path / "een.bin") as beside:
        beside.write_bytes(b"x")
    with pytest.raises(RuntimeError), issue(dossier, tmp_path / "twee.bin"):
        raise RuntimeError
    before, lines = read_register(dossier), read_lines(dossier)
    with other_program(dossier.path("uitgifte"), wal=False) as editing:
        for statement in (
            "DELETE FROM uitgifte",
            "UPDATE uitgifte SET aantal = 0",
            "UPDATE uitgifte SET controlegetal = NULL",
            "UPDATE uitgifte SET doel = 'iets anders', controlegetal = 'x' WHERE controlegetal IS NULL",
            "UPDATE uitgifte SET controlegetal = 'x' WHERE controlegetal IS NOT NULL",
            "UPDATE uitgifte SET handeling = 'vervallen', doel = NULL",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="alleen bijgeschreven"):
                editing.execute(statement)
    assert (read_register(dossier), read_lines(dossier)) == (before, lines)
    assert [line["bestand"] for line in before] == ["een.bin", str(tmp_path / "twee.bin")]  # in order


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"purpose": " "}, "waarvoor"),
        ({"user": ""}, "wie"),
        ({"municipalities": []}, "Noem de gemeente"),
        ({"municipalities": ["GM9999"]}, "bestaat niet"),
        ({"municipalities": ALL}, "alle gemeenten"),
        ({"audience": "iedereen"}, "doelgroep bestaat niet"),
    ],
)
def test_an_issue_that_does_not_say_what_it_is_gets_a_sentence_and_no_line(dossier, tmp_path, change, words):
    with pytest.raises(AtlasError, match=words), issue(dossier, tmp_path / "uit.bin", **change):
        pass
    assert read_register(dossier) == []


def test_an_issue_never_lands_in_the_dossier(dossier):
    for name in ("leegstand_object.gpkg", "fotos/uit.gpkg"):
        with pytest.raises(AtlasError, match="map van een dossier"), issue(dossier, dossier.folder / name):
            pass
    assert open_dossier(dossier.folder)
