"""What is wrong with a dossier is said by every command that opens it, once."""

from __future__ import annotations

import pytest
from test_checking import around_the_rules
from typer.testing import CliRunner

from atlas.cli.app import app
from dossier_samples import filled, rows, uuid

OBJECTS = "leegstand_object"


@pytest.mark.parametrize(
    "command",
    [
        ["check", "DIR"],
        ["conclude", "DIR", "--user", "a", "--reference-date", "2026-02-02"],
        ["expire", "DIR", "--reference-date", "2026-02-02"],
        ["export", "DIR", "-o", "OUT", "--municipality", "GM0106", "--purpose", "proef", "--user", "a"],
    ],
    ids=lambda command: command[0],
)
def test_a_damaged_record_is_said_once_by_every_command(tmp_path, command):
    dossier = filled(tmp_path / "team", rows())
    around_the_rules(dossier.path(OBJECTS), f"UPDATE {OBJECTS} SET adres = 'x' WHERE uuid = ?", uuid(102))
    places = {"DIR": str(dossier.folder), "OUT": str(tmp_path / "uit.csv")}
    for _ in range(2):
        done = CliRunner().invoke(app, ["objects", *(places.get(one, one) for one in command)])
        assert done.exit_code in {0, 3}, done.output
        assert done.output.count("leegstand_object.gpkg: ") == 1
        assert uuid(102) in done.output
