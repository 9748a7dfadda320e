"""Every command and option that a sentence or hint names exists, spelled so, in the command's own parser."""

from __future__ import annotations

import ast
import re
import shlex
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
import typer

from atlas.cli.app import _RENAMED, app
from atlas.cli.messages import _PART_OF, COMMANDS, OPTIONS

ROOT = Path(__file__).parents[1]
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
#: a command in a sentence: behind a quote, a colon or a word that leads to it, and not the atlas itself
_NAMED = re.compile(r"(?:`|: |\b(?:met|of|door|doet|eerst) )atlas((?: [a-z][a-z-]*)+)")
#: what comes behind the atlas itself in a sentence
_PROSE = {"met", "en", "zelf", "kan", "maakt", "van", "op"}


def commands():
    """Every command: its words -> its options and their choices."""
    found = {}

    def walk(group, words):
        options = {}
        for parameter in group.params:
            for name in (*parameter.opts, *parameter.secondary_opts):
                kind = getattr(parameter, "bare_type", None)
                kind = next(iter(get_args(kind)), kind)
                one_of = isinstance(kind, type) and issubclass(kind, Enum)
                options[name] = {one.value for one in kind} if one_of else None
        found[words] = options
        for name, command in getattr(group, "commands", {}).items():
            walk(command, (*words, name))

    walk(typer.main.get_command(app), ())
    return found


COMMAND = commands()
EVERY_OPTION = {name for options in COMMAND.values() for name in options}


def command_of(words):
    """The command that a line of words begins with."""
    words = tuple(words)
    return next(words[:end] for end in range(len(words), -1, -1) if words[:end] in COMMAND)


@pytest.mark.parametrize("choice", OPTIONS)
def test_the_option_for_a_choice_is_one_of_every_command_that_offers_it(choice):
    """And so are what stands behind it, and the values that it is said to take."""
    own = "--" + _PART_OF.get(choice, choice).replace("_", "-")
    offering = {words: options for words, options in COMMAND.items() if own in options}
    assert offering, own
    for told in OPTIONS[choice].split(" of "):
        words = shlex.split(told)
        named = [word for word in words if word.startswith("--")]
        for words_of, options in offering.items():
            assert set(named) <= options.keys(), (choice, words_of)
            for option, value in pairwise(words):
                taken = options.get(option)
                if taken is not None and not value.startswith("--"):
                    assert value in taken or value.isupper(), (choice, words_of, value)


@pytest.mark.parametrize("choice", COMMANDS)
def test_the_command_for_a_choice_exists_with_its_options(choice):
    program, *words = shlex.split(COMMANDS[choice])
    assert program == "atlas"
    named = command_of(word for word in words if word.islower() and not word.startswith("--"))
    assert named or words[0].startswith("--")
    assert set(_OPTION.findall(COMMANDS[choice])) <= COMMAND[named].keys()


def whole_texts(path):
    """The texts of a module, with X for what is filled in."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def modules():
    for room in ("src/atlas", "qgis_plugin"):
        yield from sorted((ROOT / room).rglob("*.py"))


def test_what_an_option_is_called_now_is_one():
    assert set(_RENAMED.values()) <= EVERY_OPTION
    assert not set(_RENAMED) & EVERY_OPTION


def test_every_option_in_a_sentence_is_one_of_the_command():
    unknown = {
        (str(path.relative_to(ROOT)), option)
        for path in modules()
        for text in whole_texts(path)
        for option in _OPTION.findall(text)
        if option not in {*EVERY_OPTION, *_RENAMED, "--help"}
    }
    assert unknown == set()


def test_every_command_in_a_sentence_exists():
    unknown, known = set(), set()
    for path in modules():
        for text in whole_texts(path):
            for match in _NAMED.finditer(text):
                words = match[1].split()
                named = command_of(words)
                if not named and words[0] not in _PROSE:
                    unknown.add((str(path.relative_to(ROOT)), match[0]))
                known.add(named)
                behind = re.split(r"[.;:,`]|\batlas\b", text[match.end() :])[0]
                wrong = set(_OPTION.findall(behind)) - COMMAND[named].keys() if named else set()
                unknown |= {(str(path.relative_to(ROOT)), f"{match[0]} {option}") for option in wrong}
    assert unknown == set()
    assert ("objects", "conclude") in known
