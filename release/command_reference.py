"""The command reference `docs/opdrachten.md`, made from the command itself.

`python -m release.command_reference` writes it; with `--check` nothing changes, and it fails when the page is
not what the command says, or when a command, argument or option has no line of help.
"""

from __future__ import annotations

import argparse
import enum
import sys
import types
import typing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer.main

from atlas.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[1] / "docs" / "opdrachten.md"
_OPENING = """# Opdrachten

Alle opdrachten en opties van `atlas`, zoals `atlas OPDRACHT --help` ze ook zegt. Opties hebben Engelse namen.
Hoe een werk van begin tot eind gaat, staat in de [handleiding](handleiding/README.md).

Een opdracht eindigt met 0 als het is gelukt, met 1 als een bestand niet te gebruiken is, met 2 als de
opdracht zelf niet klopt, en met 3 als `--strict` is gevraagd en er regels zijn die aandacht vragen.

<!-- Deze bladzijde komt uit de opdracht zelf: python -m release.command_reference -->
"""
_VALUES = {Path: "PAD", int: "GETAL", float: "GETAL", str: "TEKST", datetime: "JJJJ-MM-DD"}


def commands(command: Any, path: str = "atlas") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - of the library
    """Every command with the words one types for it, groups before what they hold."""
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}")


def reference(command: Any) -> str:  # noqa: ANN401 - of the library
    """The page."""
    found = list(commands(command))
    listed = [
        f"- [`{path}`](#{path.replace(' ', '-')}): {_first(inner)}" for path, inner in found if _runs(inner)
    ]
    parts = [
        _OPENING,
        "\n".join(listed),
        *(_section(path, inner) for path, inner in found if inner.params or _runs(inner)),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def without_help(command: Any) -> list[str]:  # noqa: ANN401 - of the library
    """Commands, arguments and options of which nothing is said."""
    missing = []
    for path, inner in commands(command):
        if not inner.help:
            missing.append(path)
        missing += [f"{path} {_name(parameter)}" for parameter in inner.params if not parameter.help]
    return missing


def _runs(command: Any) -> bool:  # noqa: ANN401
    return not hasattr(command, "commands")


def _first(command: Any) -> str:  # noqa: ANN401
    return (command.help or "").strip().split("\n")[0]


def _section(path: str, command: Any) -> str:  # noqa: ANN401
    """One command: what it does, how it is typed, and a table of what it takes."""
    values = typing.get_type_hints(command.callback)
    arguments = [parameter for parameter in command.params if not parameter.opts[0].startswith("-")]
    options = [parameter for parameter in command.params if parameter not in arguments]
    typed = [path]
    typed += [_name(each) if each.required else f"[{_name(each)}]" for each in arguments]
    typed += [f"{each.opts[0]} {_value(each, values)[0]}" for each in options if each.required]
    typed += ["[OPTIES]"] * any(not each.required for each in options)
    typed += ["OPDRACHT"] * (not _runs(command))
    rows = [
        f"| `{_name(each)}` | {_cell(_value(each, values)[1])} | {_default(each)} | {_cell(each.help)} |"
        for each in (*arguments, *options)
    ]
    table = ["| naam | waarde | standaard | betekenis |", "|---|---|---|---|", *rows] if rows else []
    return "\n".join(
        [f"## {path}", "", (command.help or "").strip(), "", f"    {' '.join(typed)}", "", *table]
    )


def _name(parameter: Any) -> str:  # noqa: ANN401
    """As it is typed: an argument by its placeholder, an option by its names."""
    if parameter.opts[0].startswith("-"):
        return ", ".join(parameter.opts)
    return parameter.metavar or parameter.name.upper()


def _value(parameter: Any, values: dict[str, Any]) -> tuple[str, str]:  # noqa: ANN401
    """What belongs to it: a placeholder, and in words with every choice."""
    kind, many = values[parameter.name], False
    if isinstance(kind, types.UnionType):
        kind = next(each for each in typing.get_args(kind) if each is not type(None))
    if typing.get_origin(kind) is list:
        kind, many = typing.get_args(kind)[0], True
    if kind is bool:
        return "", "(geen)"
    if issubclass(kind, enum.Enum):
        placeholder, words = "KEUZE", ", ".join(f"`{each.value}`" for each in kind)
    else:
        placeholder = words = (parameter.metavar if parameter.opts[0].startswith("-") else None) or _VALUES[
            kind
        ]
    return placeholder, f"{words}, mag vaker" if many else words


def _default(parameter: Any) -> str:  # noqa: ANN401
    if parameter.required:
        return "verplicht"
    if isinstance(parameter.show_default, str):
        return parameter.show_default
    value = getattr(parameter.default, "value", parameter.default)
    if value in (None, "", False, []):
        return ""
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def _cell(text: str | None) -> str:
    """A text in one cell of a table."""
    return " ".join((text or "").split()).replace("|", "\\|")


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Maak docs/opdrachten.md uit de opdracht zelf.")
    parser.add_argument("--check", action="store_true", help="wijzig niets; zeg wat er niet klopt")
    chosen = parser.parse_args(arguments)
    command = typer.main.get_command(app)
    faults = [f"Zonder uitleg: {name}" for name in without_help(command)]
    page = reference(command)
    if chosen.check and (not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page):
        faults.append(f"{PAGE.name} is niet bij: python -m release.command_reference")
    elif not chosen.check:
        PAGE.write_text(page, encoding="utf-8")
    for fault in faults:
        print(fault)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
