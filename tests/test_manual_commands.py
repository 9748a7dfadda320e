"""Every command that the manual prints: all are typed right, and all that need no service run on the demo.

The files that the manual names are those of the demo under the names of a user: one demo for all of them.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
from datetime import date

import pytest
import typer

from atlas.cli.app import app
from manual_files import BEFORE, ROOT, as_typed_here, fresh_dossier, furnish, take_from_the_demo

MANUAL = ROOT / "docs" / "handleiding"
_COMMAND = re.compile(r"^    (?:\.venv/bin/)?atlas ")

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
#: part of a command -> why it is typed only
NOT_RUN = {
    "build --basemap": "asks a service for its map: tests/sheet does, of a service on this machine",
    "boundaries update": "asks a service: tests/flows/test_updating does, of a service on this machine",
    "figures fetch": "asks a service: tests/flows/test_fetching does, of a service on this machine",
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
    furnish(folder)
    return folder


def begun(table, words):
    """What a table has for a command: that of the first begin of it; None for nothing."""
    text = " ".join(words)
    return next((table[begin] for begin in table if text.startswith(begin)), None)


def run_at_a_terminal(atlas, room, words, answers):
    """Run a command as somebody at a terminal does, who answers what it asks; a passphrase comes from a file:
    a terminal throws away what was typed before it stops showing it.
    """
    if words[0] == "audit":
        (room / "wachtzin.txt").write_text("\n".join(answers) + "\n", encoding="utf-8")
        with (room / "wachtzin.txt").open(encoding="utf-8") as typed:
            return atlas(*words, cwd=room, stdin=typed.fileno())
    ours, theirs = pty.openpty() if answers else (None, None)
    try:
        if answers:
            os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
        return atlas(*words, cwd=room, stdin=theirs)
    finally:
        if answers:
            os.close(ours)
            os.close(theirs)


def test_the_commands_run_one_after_another_as_they_are_printed(room, atlas, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    failed, answers = [], dict(ANSWERS)
    for parameter in printed():
        (words,) = parameter.values
        if not is_run(words):
            continue
        if prepare := begun(BEFORE, words):
            prepare(room, atlas)
        if words[0] == "intake":
            (room / "atlas.toml").unlink(missing_ok=True)
        if words[:2] == ["objects", "conclude"] and not (room / "FICTIEF_schuren.indeling.toml").exists():
            fresh_dossier(room)  # from here on the dossier is the filled one of the demo
        asked = begun(answers, words) if "--mapping" not in words else None
        done = run_at_a_terminal(atlas, room, [*as_typed_here(room, words)], asked)
        if done.returncode:
            failed.append((" ".join(words), done.returncode, done.stderr[-600:]))
        if words[0] == "demo":
            take_from_the_demo(room)
        if shown := re.search(r"de ontvanger: ([a-z ]+)$", done.stdout, re.MULTILINE):
            answers["audit"] = (shown[1],)
    assert not failed, "\n".join(map(str, failed))


def test_every_reason_not_to_run_a_command_is_about_one():
    commands = [" ".join(parameter.values[0]) for parameter in printed()]
    assert not [begin for begin in (*NOT_RUN, *BEFORE) if not any(begin in text for text in commands)]
