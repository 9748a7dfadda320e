"""An error says what to choose by a key; what the control is called is for the command and the plugin."""

import ast
import re
from pathlib import Path
from typing import get_args

import pytest
from release.qt6_check import _PACKAGED

from atlas.cli.messages import COMMANDS, OPTIONS
from atlas.core.words.errors import CHOICES, AtlasError, Choice

ROOT = Path(__file__).parents[3]
#: the rooms that both faces have, and the plugin itself
SHARED = [
    path
    for room in (*(f"atlas/{part.replace('.', '/')}" for part in _PACKAGED), "../qgis_plugin")
    for path in sorted((ROOT / "src" / room).resolve().rglob("*.py"))
]
#: a remark in a file that both faces keep to the byte: how the command reads it again
_REMARK = "# "
#: gives the whole command to copy for what QGIS itself can't do; a test of the plugin runs it as it stands
_COPIED = ROOT / "qgis_plugin" / "gate.py"
#: how to reach something in QGIS
_OF_QGIS = re.compile(r"\b(het veld|het gereedschap) '|\bdialoog")


def sentences(path):
    """The texts of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
    ]


@pytest.fixture(scope="module")
def of_the_command():
    """An option, or a command with its arguments."""
    import typer.main

    from atlas.cli.app import app

    names = "|".join(typer.main.get_command(app).commands)
    return re.compile(rf"(?<![\w-])--[a-z]|\batlas ({names})\b")


@pytest.mark.parametrize("path", [path for path in SHARED if path != _COPIED], ids=lambda path: path.name)
def test_no_sentence_of_a_shared_room_names_an_option_of_the_command(path, of_the_command):
    found = [text for text in sentences(path) if of_the_command.search(text)]
    assert [text for text in found if not text.startswith(_REMARK)] == []


def test_no_sentence_of_the_command_names_a_field_of_a_dialog():
    shared = [text for path in SHARED if "qgis_plugin" not in path.parts for text in sentences(path)]
    command = [text for path in (ROOT / "src/atlas/cli").glob("*.py") for text in sentences(path)]
    assert [text for text in shared + command if _OF_QGIS.search(text)] == []


def test_the_command_knows_every_choice_once():
    assert set(OPTIONS) | set(COMMANDS) == set(CHOICES) == set(get_args(Choice))
    assert not set(OPTIONS) & set(COMMANDS)


def test_a_face_says_what_it_has_and_leaves_out_what_it_has_not():
    error = AtlasError("Fout.", hint="Kies iets.", choices=("dash", "year"))
    assert error.lines()[-1] == ("Wat te doen", "Kies iets.")
    assert error.lines({"dash": "het veld"})[-1] == ("Waarmee", "het veld")


def _commands(group):
    for command in group.commands.values():
        yield from _commands(command) if hasattr(command, "commands") else (command,)


def test_every_option_that_is_named_exists():
    import typer.main

    from atlas.cli.app import app

    group = typer.main.get_command(app)
    known = {
        option for command in _commands(group) for parameter in command.params for option in parameter.opts
    }
    named = {word for text in OPTIONS.values() for word in re.findall(r"--[a-z-]+", text)}
    assert named <= known
    assert "--read-limit" in {option for parameter in group.params for option in parameter.opts}
    assert "area" in group.commands
    for words in COMMANDS.values():
        command = group
        for name in words.split()[1:]:
            if name.startswith("-") or name.isupper():
                break
            command = command.commands[name]
