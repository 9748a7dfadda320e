"""The command reference says what the command says, and nothing of the command is without a word."""

from __future__ import annotations

import re
from typing import Annotated

import typer
import typer.main
from release.command_reference import PAGE, commands, main, reference, without_help

from atlas.cli.app import app
from release import command_reference

COMMAND = typer.main.get_command(app)


def test_the_page_is_what_the_command_says():
    """When this fails: python -m release.command_reference."""
    assert PAGE.read_text(encoding="utf-8") == reference(COMMAND)


def test_every_command_argument_and_option_has_a_line_of_help():
    assert without_help(COMMAND) == []


def test_every_option_of_every_command_is_on_the_page():
    page = PAGE.read_text(encoding="utf-8")
    for path, command in commands(COMMAND):
        section = page.partition(f"\n## {path}\n")[2].partition("\n## ")[0]
        for parameter in command.params:
            for option in parameter.opts:
                assert not option.startswith("-") or option in section, (path, option)


def test_options_have_english_names():
    """Of the words for what this atlas is about, an option has the English one."""
    dutch = re.compile(
        r"gemeente|buurt|wijk|vierkant|kern|gebied|doel|laag|adres(?!s)|bron|bestand|peildatum"
    )
    options = {
        option for _path, command in commands(COMMAND) for each in command.params for option in each.opts
    }
    assert [option for option in sorted(options) if option.startswith("-") and dutch.search(option)] == []


def test_the_check_tells_an_old_page_and_what_has_no_help(tmp_path, monkeypatch, capsys):
    silent = typer.Typer(add_completion=False)

    @silent.command()
    def silent_command(level: Annotated[str, typer.Option()] = "") -> None: ...

    monkeypatch.setattr(command_reference, "app", silent)
    monkeypatch.setattr(command_reference, "PAGE", tmp_path / "opdrachten.md")
    assert main(["--check"]) == 1
    said = capsys.readouterr().out
    assert "--level" in said
    assert "is niet bij" in said
