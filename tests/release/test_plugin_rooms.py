"""The rooms of the plugin stand in one order, and every module that one asks another for is there."""

import ast
from pathlib import Path

import pytest

PLUGIN = Path(__file__).parents[2] / "qgis_plugin"
#: what lies higher may ask what lies lower; provider and gui stand side by side and may ask printing
FLOORS = {"": 0, "layers": 1, "project": 1, "printing": 2, "expressions": 2, "provider": 3, "gui": 3}
#: modules beside the rooms that put them together
ABOVE = {"plugin", "protected_page", "team_page"}
BESIDE = {("project", "layers"), ("gui", "provider")}


def arrows():
    """(module, its room, the path it imports within the plugin, the room of that)."""
    for path in sorted(PLUGIN.rglob("*.py")):
        parts = path.relative_to(PLUGIN).parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = parts[: len(parts) - node.level]
                named = (*base, *(node.module or "").split("."))
                asked = tuple(part for part in named if part)
                if asked[:1] != ("atlas",):
                    yield path, parts[0] if len(parts) > 1 else "", asked, node.names


def test_no_room_asks_one_above_it():
    wrong = []
    for path, room, asked, _names in arrows():
        other = asked[0] if asked[0] in FLOORS else ""
        if path.parent == PLUGIN and path.stem in ABOVE:
            continue
        same = room == other or (room, other) in BESIDE
        if not same and FLOORS[other] >= FLOORS[room] and (room or other):
            wrong.append(f"{path.relative_to(PLUGIN)} asks {'.'.join(asked)}")
    assert wrong == []


@pytest.mark.parametrize("room", sorted(room for room in FLOORS if room))
def test_every_room_stands_on_a_floor(room):
    assert (PLUGIN / room).is_dir()
    rooms = {path.parent.name for path in PLUGIN.glob("*/*.py")}
    assert rooms == {name for name in FLOORS if name}


def test_what_is_asked_for_is_there():
    for path, _room, asked, names in arrows():
        place = PLUGIN.joinpath(*asked)
        if place.is_dir():
            continue
        nodes = list(ast.walk(ast.parse(place.with_suffix(".py").read_text(encoding="utf-8"))))
        known = {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
        known |= {node.id for node in nodes if isinstance(node, ast.Name)}
        known |= {one.name for node in nodes if isinstance(node, ast.ImportFrom) for one in node.names}
        assert {one.name for one in names} <= known, path
