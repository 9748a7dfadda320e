"""Every command that the manual prints: all are typed right, and those that need no register run on the demo.

The files that the manual names are those of the demo under the names of a user: one demo for all of them.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from atlas.cli.app import app

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs" / "handleiding"
_COMMAND = re.compile(r"^    (?:\.venv/bin/)?atlas ")

#: name in the manual -> file of the demo
FILES = {
    "objecten.csv": "oefenen/bestanden/FICTIEF_leegstand_objecten.csv",
    "woz.csv": "oefenen/bestanden/FICTIEF_bewijs_woz_gebruiker.csv",
    "bedrijven.csv": "oefenen/bestanden/FICTIEF_agrarische_bedrijven.csv",
    "bag-light.gpkg": "oefenen/bestanden/FICTIEF_adressen.gpkg",
    "kernen.gpkg": "oefenen/bestanden/FICTIEF_kernen.gpkg",
    "woonplaatsen.csv": "oefenen/bestanden/FICTIEF_woonplaatsen.csv",
    "wijkenenbuurten_2025.gpkg": "oefenen/bestanden/FICTIEF_buurten.gpkg",
}
POLICE = """"Geregistreerde misdrijven en aangiften; soort misdrijf, gemeente 2026 (FICTIEF)"
"Soort misdrijf: Totaal misdrijven"
""
"Onderwerp";"Geregistreerde misdrijven"
"Perioden";"2024"
"Regio's";"aantal"
"Assen";"3300"
"Bron: Politie"
"""
#: part of a command -> why it is typed only
NOT_RUN = {
    "build --basemap": "asks a service",
    "boundaries update": "asks a service",
    "figures fetch": "asks a service: tests/flows/test_fetching.py does",
    "figures add 47013NED/": "needs what the service answered",
    "build --boundaries grenzen": "needs what the service answered",
    "build --audience openbaar": "draws every sheet: tests/sheet does",
    "join misdrijven.csv": "a table of the police",
    "join wijken.csv": "a table of CBS",
    "panel": "a panel's own answers",
    "buildings read": "panden of the BAG",
    "objects settle dossier --": "needs a record or registers of one's own",
    "objects erase": "asks once more: tests/test_cli_rights.py answers",
    "objects return": "needs what came back from the field",
    "visits import": "needs what came back from the field",
    "visits decide": "needs the uuid of a conflict",
    "visits indicators": "needs a campaign that nobody was visited in yet",
    "register verify dossier beveiligd-bestand": "needs a sealed page, which has a name of its own",
    "visits feedback": "needs the protected table that others get",
    "visits review dossier -o toetsingsblad.pdf": "as the one before",
    "visits evaluate": "needs the indicators of the command before",
    "objects expire dossier --erase": "takes away what the next command needs",
    "objects import dossier objecten.csv": "made-up records do not go into a real dossier",
    "objects import dossier woz.csv": "as the one before",
    "farms match": "the demo's addresses are of a tenth of the size",
    "objects import dossier erven.csv": "needs what farms match made",
    "build --dossier dossier --audience partners": "minutes: tests/protection does",
    "--neighbourhoods wijkenenbuurten_2025.gpkg --squares": "as the one before: tests/flows does",
    "audit": "needs what was made for partners",
    "intake": "asks questions: tests of intake do",
    "build atlas.toml": "needs what intake wrote",
    "visits select dossier regels.toml": "needs a file with the rules above",
    "visits hand-out": "needs the rounds of the command before",
    "visits back": "needs what was handed out",
    "visits rounds": "needs a file with the teams above, and roads",
    "visits select dossier --kind toezicht": "needs a signal that was weighed",
}


def printed():
    for page in sorted(MANUAL.glob("[0-9]*.md"), key=lambda page: int(page.name.split("-")[0])):
        lines = iter(page.read_text(encoding="utf-8").splitlines())
        for line in lines:
            if _COMMAND.match(line):
                command = line.strip()
                while command.endswith("\\"):
                    command = command[:-1] + next(lines).strip()
                yield pytest.param(words_of(command), id=f"{page.name.split('-')[0]}: {command}"[:100])


def words_of(command):
    return shlex.split(command, comments=True)[1:]


def is_run(words):
    return not any(part in " ".join(words) for part in NOT_RUN)


@pytest.mark.parametrize("words", list(printed()))
def test_a_command_is_typed_right(words):
    group = typer.main.get_command(app)
    while hasattr(group, "commands"):
        name, *words = words
        group = group.commands[name]
    group.make_context("atlas", [*words])


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    folder = tmp_path_factory.mktemp("handleiding")
    (folder / "docs").mkdir()
    shutil.copytree(ROOT / "docs" / "voorbeeld", folder / "docs" / "voorbeeld")
    shutil.copyfile(folder / "docs" / "voorbeeld" / "FICTIEF_meldpunt.csv", folder / "tabel.csv")
    (folder / "misdrijven.csv").write_text(POLICE, encoding="utf-8")
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "atlas").symlink_to(Path(sys.executable).with_name("atlas"))
    return folder


def test_the_commands_run_one_after_another_as_they_are_printed(room):
    failed = []
    for parameter in printed():
        (words,) = parameter.values
        if not is_run(words):
            continue
        if words[:2] == ["objects", "init"]:  # every chapter begins anew
            shutil.rmtree(room / "dossier", ignore_errors=True)
        if words[:2] == ["objects", "conclude"]:  # from here on the dossier is the filled one of the demo
            shutil.rmtree(room / "dossier", ignore_errors=True)
            shutil.copytree(room / "oefenen" / "dossier-FICTIEF", room / "dossier")
        done = subprocess.run(
            [room / ".venv" / "bin" / "atlas", *words], cwd=room, capture_output=True, text=True, check=False,
            env={**os.environ, "COLUMNS": "200"}, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if done.returncode:
            failed.append((" ".join(words), done.returncode, done.stderr[-600:]))
        if words[0] == "demo":
            for name, source in FILES.items():
                shutil.copyfile(room / source, room / name)
    assert not failed, "\n".join(map(str, failed))


def test_every_reason_not_to_run_a_command_is_about_one():
    commands = [" ".join(parameter.values[0]) for parameter in printed()]
    assert not [begin for begin in NOT_RUN if not any(begin in text for text in commands)]
