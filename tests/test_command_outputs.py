"""No command writes on what it reads, or in a dossier: every one that takes a path is tried."""

import inspect
import typing
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.dossier.opening import init_dossier, open_dossier

#: parameters of the command that are written, and the dossier, which has words of its own
OUTPUTS = {"output", "report", "out", "solution"}
#: commands that write in the dossier they are given, and nowhere else
IN_DOSSIER = {
    f"objects {one}"
    for one in (
        "init",
        "migrate",
        "check",
        "conclude",
        "settle",
        "expire",
        "return",
        "correct",
        "erase",
    )
} | {"visits select", "visits rounds", "visits back", "visits import", "visits decide", "visits indicators"}
#: commands that add to a configuration, which `add_to_configuration` writes behind the gate
INTO_CONFIGURATION = {"figures add"}
#: commands that only read
READING = {
    "audit",
    "register list",
    "register show",
    "register verify",
    "register head",
    "visits out",
    "visits check",
    "sentence",
    "compare",
}
FILLED = {
    "level": "gemeente", "key": "gemeente", "value": "aantal", "purpose": "proef", "gemeente": "Assen",
    "user": "proef", "weight": "w", "region_from": "postcode", "region_column": "g",
    "figure": "zorgen", "area": "Noord-Drenthe", "maker": "proef", "contact": "proef",
    "municipality": "Assen", "layer": "leegstand_object", "campaign": "Voorjaar",
    "round_name": "A", "back_by": "2099-01-01", "recipe": "47013NED",
}  # fmt: skip


#: what a command writes, when it is no table
SUFFIXES = {
    "raster density": ".tif", "raster remoteness": ".tif", "objects package": ".zip", "visits plan": ".json",
    "objects access": ".docx", "panel figures": ".toml", "panel questions": ".toml",
    "visits feedback": ".pdf", "visits review": ".pdf", "visits borders": ".pdf",
    "visits evaluate": ".pdf",
    "visits hand-out": ".gpx", "picture": ".png", "slide": ".pptx", "objects template": ".xlsx",
}  # fmt: skip


def commands(group, before=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*before, name))
        else:
            yield " ".join((*before, name)), command


COMMANDS = dict(commands(typer.main.get_command(app)))


def paths(command):
    """The parameters that are a path, by their annotation: the commands of typer no longer say so."""
    hints = typing.get_type_hints(inspect.unwrap(command.callback))
    return [one for one in command.params if Path in {hints[one.name], *_inside(hints[one.name])}]


def _inside(hint):
    return {part for one in typing.get_args(hint) for part in (one, *typing.get_args(one))}


def outputs():
    for name, command in COMMANDS.items():
        for parameter in paths(command):
            if parameter.name in OUTPUTS:
                yield name, parameter.name


def test_every_command_that_takes_a_path_is_tried_below():
    tried = {name for name, _parameter in outputs()}
    assert {name for name, command in COMMANDS.items() if paths(command)} - tried == (
        IN_DOSSIER | INTO_CONFIGURATION | READING
    )


def arguments(command, given):
    for parameter in command.params:
        value = given.get(parameter.name, FILLED.get(parameter.name))
        if value is None:
            continue
        if not parameter.opts[0].startswith("-"):
            yield str(value)
        else:
            yield from (parameter.opts[0], str(value))


@pytest.mark.parametrize(("name", "output"), list(outputs()))
def test_no_command_writes_on_its_input_or_in_a_dossier(tmp_path, name, output):
    command = COMMANDS[name]
    dossier = tmp_path / "dossier"
    init_dossier(dossier, fictitious=True)
    open_dossier(dossier)  # looked through once: opening it again changes nothing
    suffix = SUFFIXES.get(name, ".csv") if output in {"output", "solution"} else ".csv"
    given = {}
    for parameter in paths(command):
        if parameter.name in {"folder", "dossier"}:
            given[parameter.name] = dossier
        elif parameter.name not in OUTPUTS:
            given[parameter.name] = tmp_path / f"{parameter.name}{suffix}"
            given[parameter.name].write_text("gemeente;aantal\nAssen;1\n", encoding="utf-8")
        elif parameter.name != "out":
            given[parameter.name] = tmp_path / f"uit_{parameter.name}{suffix}"
    if "config" in given:
        given["config"].write_text("", encoding="utf-8")
    wrong = [dossier, dossier / "nieuw"] if output == "out" else [
        dossier / "leegstand_object.gpkg", dossier / f"nieuw{suffix}",
        *(path for key, path in given.items() if key not in OUTPUTS and path.is_file()),
    ]  # fmt: skip
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for place in wrong:
        done = CliRunner().invoke(app, [*name.split(), *arguments(command, {**given, output: place})])
        assert done.exit_code == 1, (place, done.output)
        assert "dossier" in done.output or "de invoer vervangen" in done.output, (place, done.output)
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
