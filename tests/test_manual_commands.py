"""Every command that the manual prints: all are typed right, and those that need no register run on the demo.

The files that the manual names are those of the demo under the names of a user: one demo for all of them.
"""

from __future__ import annotations

import csv
import os
import pty
import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import geopandas
import openpyxl
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
    "wegvakken.gpkg": "oefenen/bestanden/FICTIEF_wegen.gpkg",
    "regels.toml": "docs/voorbeeld/erfbezoeken-regels.toml",
}
#: in the manual these are of the user's own municipality: a dossier of its own takes nothing that is FICTIEF
OWN = ("objecten.csv", "woz.csv", "bedrijven.csv")
_FIGURE = (
    "",
    "cijfers",
    *[""] * 5,
    "Meldpunt",
    "Alle meldingen",
    "Een melding is geen misdrijf",
    "meldingen",
    "ja",
)
#: begin of a command -> what is typed at its questions
ANSWERS = {
    "intake FICTIEF_meldingen.xlsx": _FIGURE,
    "intake FICTIEF_schuren.xlsx --dossier dossier --addresses bag.csv": (
        "", "", "", "inventarisatie", f"{date.today().year + 3}-01-01", "2026-01-05", "ja",  # noqa: DTZ011
    ),
    "objects expire dossier --erase": ("wis",),
    "objects erase": ("wis",),
}  # fmt: skip
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
    "join misdrijven.csv": "a table of the police with more than one kind of crime",
    "panel questions": "a panel's own answers",
    "panel figures": "a panel's own answers",
    "objects settle dossier --record UUID": "UUID stands for a record of one's own",
    "visits import": "needs what came back from the field",
    "visits decide dossier 3f2a91c0": "needs the uuid of a conflict",
    "--account verslag.toml": "needs the protected table that others get",
    "build --dossier dossier --audience partners": "minutes: tests/protection does",
    "audit": "needs what was made for partners",
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
    (folder / "wijken.csv").write_text("gwb_code;a_inw\nWK010600;100\nWK010601;200\n", encoding="utf-8")
    write_book(
        folder / "FICTIEF_meldingen.xlsx",
        [("Gemeente", "Meldingen 2023", "Meldingen 2024"), ("Assen", 3, 4), ("Emmen", 5, 6)],
    )
    own = folder / "docs" / "voorbeeld" / "atlas.voorbeeld.toml"
    text = own.read_text(encoding="utf-8")
    assert "\n# survey = false" in text  # tests/sheet draws the sheets of the survey
    own.write_text(text.replace("\n# survey = false", "\nsurvey = false"), encoding="utf-8")
    return folder


def write_book(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def take_from_the_demo(room):
    """The files that the manual names, from those of the demo."""
    for name, source in FILES.items():
        shutil.copyfile(room / source, room / name)
    for name in OWN:
        text = (room / name).read_text(encoding="utf-8")
        (room / name).write_text(text.replace("FICTIEF", "Verzonnen"), encoding="utf-8")
    files = room / "oefenen" / "bestanden"
    # one file holds addresses and buildings, as the monthly delivery does
    geopandas.read_file(files / "FICTIEF_panden_erven.gpkg").to_file(room / "bag-light.gpkg", layer="pand")
    shutil.copyfile(room / "bag-light.gpkg", room / "bag.gpkg")
    bag = geopandas.read_file(room / "bag-light.gpkg", layer="verblijfsobject")
    bag.assign(x=bag.geometry.x, y=bag.geometry.y).drop(columns="geometry").to_csv(
        room / "bag.csv", sep=";", index=False
    )
    objects = csv.DictReader(
        (files / "FICTIEF_leegstand_objecten.csv").read_text(encoding="utf-8").splitlines()
    )
    barns = [(one["adres"], one["soort"]) for one in objects if one["adres"] and one["bag_vbo_id"]][:12]
    write_book(room / "FICTIEF_schuren.xlsx", [("Adres", "Soort"), *barns])


def typed(command):
    """What is typed at the questions of a command; none for one that asks nothing."""
    text = " ".join(command)
    begin = next((begin for begin in ANSWERS if text.startswith(begin) and "--mapping" not in text), "")
    return "".join(f"{answer}\n" for answer in ANSWERS.get(begin, ()))


def run_at_a_terminal(atlas, room, words):
    """Run a command as somebody at a terminal does, who answers what it asks."""
    answers = typed(words)
    ours, theirs = pty.openpty() if answers else (None, None)
    try:
        if answers:
            os.write(ours, answers.encode())
        return atlas(*words, cwd=room, stdin=theirs)
    finally:
        if answers:
            os.close(ours)
            os.close(theirs)


def test_the_commands_run_one_after_another_as_they_are_printed(room, atlas, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    failed = []
    for parameter in printed():
        (words,) = parameter.values
        if not is_run(words):
            continue
        if words[:2] == ["objects", "init"]:  # every chapter begins anew
            shutil.rmtree(room / "dossier", ignore_errors=True)
        if words[0] == "intake":
            (room / "atlas.toml").unlink(missing_ok=True)
        own_list = (room / "FICTIEF_schuren.indeling.toml").exists()
        if (words[:2] == ["objects", "conclude"] and not own_list) or words[:2] == ["visits", "select"]:
            # from here on the dossier is the filled one of the demo
            shutil.rmtree(room / "dossier", ignore_errors=True)
            shutil.copytree(room / "oefenen" / "dossier-FICTIEF", room / "dossier")
        if words[:2] == ["objects", "return"]:  # what went out comes back
            shutil.copyfile(room / "veld.zip", room / "veld-terug.zip")
        if words[:2] == ["register", "verify"] and words[-1].endswith(".html"):
            # one that is sealed has a name of its own, and what is made up is not sealed
            shutil.copyfile(room / "out" / "atlas-team-FICTIEF.html", room / words[-1])
        done = run_at_a_terminal(atlas, room, words)
        if done.returncode:
            failed.append((" ".join(words), done.returncode, done.stderr[-600:]))
        if words[0] == "demo":
            take_from_the_demo(room)
    assert not failed, "\n".join(map(str, failed))


def test_every_reason_not_to_run_a_command_is_about_one():
    commands = [" ".join(parameter.values[0]) for parameter in printed()]
    assert not [begin for begin in NOT_RUN if not any(begin in text for text in commands)]
