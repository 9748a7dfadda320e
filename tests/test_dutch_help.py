"""Every help page of the command is Dutch, down to what belongs to an option."""

from __future__ import annotations

import re

import pytest
import typer
from release.command_reference import commands
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.cli.dutch import ARGUMENTS

PATHS = [path.split()[1:] for path, _command in commands(typer.main.get_command(app))]
ENGLISH = re.compile(
    r"<(path|list|str|bool|int|float|text|integer)\b|%Y|\bOPTIONS\b|\bCOMMAND\b|\bARGS\b"
    r"|Usage|\[default|\[required|Show this"
)


def test_every_argument_has_a_dutch_placeholder_and_no_more_are_listed():
    found = {
        parameter.name: parameter.metavar
        for _path, command in commands(typer.main.get_command(app))
        for parameter in command.params
        if parameter.param_type_name == "argument"
    }
    assert found == ARGUMENTS


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_no_english_is_left_in_a_help_page(path):
    page = CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": "200"})
    assert page.exit_code == 0
    assert not ENGLISH.search(page.output), page.output
    assert "Gebruik:" in page.output
