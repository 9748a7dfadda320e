"""Every room has a door: a sentence, and in `__all__` what other rooms ask of it; the rest is its own."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ATLAS = ROOT / "src/atlas"
DOORS = sorted(path for path in ATLAS.rglob("__init__.py") if path.parent != ATLAS)


def public(door):
    """What a door names, and its sentence."""
    tree = ast.parse(door.read_text(encoding="utf-8"))
    named = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and [target.id for target in node.targets] == ["__all__"]
    ]
    return set(named[0]) if named else set(), ast.get_docstring(tree) or ""


def asked(path):
    """The places in `src/atlas` that a module imports from, as parts of their name."""
    inside = path.is_relative_to(ATLAS)
    package = path.parent.relative_to(ATLAS).parts if inside else ()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        module = tuple((node.module or "").split(".")) if node.module else ()
        if inside:
            if not node.level:
                continue
            module = package[: len(package) - node.level + 1] + module
        elif module[:1] == ("atlas",):
            module = module[1:]
        else:
            continue
        if ATLAS.joinpath(*module).is_dir():
            yield from ((*module, name.name) for name in node.names)
        else:
            yield module


@pytest.mark.parametrize("door", DOORS, ids=lambda door: str(door.parent.relative_to(ATLAS)))
def test_a_door_says_what_the_room_is_for_and_names_what_is_there(door):
    names, sentence = public(door)
    assert sentence.partition("\n")[0].endswith((".", '."'))
    text = door.read_text(encoding="utf-8")
    there = {path.stem for path in door.parent.iterdir()}
    assert names - there <= {name for name in names if f"import {name}" in text or f", {name}" in text}


@pytest.mark.parametrize("door", [door for door in DOORS if door.parent.parent == ATLAS / "core"], ids=str)
def test_a_door_of_core_loads_nothing_of_its_room(door):
    """Who asks for the list of audiences does not wait for the protection of figures."""
    tree = ast.parse(door.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]


def test_other_rooms_ask_what_a_door_names_and_nothing_else():
    """When this fails: name the module in `__all__` of its room, or ask at the door."""
    behind = set()
    for top in (ATLAS, ROOT / "qgis_plugin"):
        for path in top.rglob("*.py"):
            for place in asked(path):
                room = ATLAS.joinpath(*place[:-1])
                if room in (path.parent, ATLAS) or not (room / f"{place[-1]}.py").exists():
                    continue
                if place[-1] not in public(room / "__init__.py")[0]:
                    behind.add(f"{path.relative_to(ROOT)}: {'.'.join(place)}")
    assert sorted(behind) == []


def test_every_door_opens_without_a_library():
    """Libraries are loaded where they are used: the command and QGIS start quickly."""
    folders = [door.parent.relative_to(ATLAS.parent) for door in DOORS if door.parent.name != "cli"]
    rooms = ", ".join(".".join(folder.parts) for folder in folders)
    libraries = [
        "numpy",
        "pandas",
        "geopandas",
        "shapely",
        "folium",
        "matplotlib",
        "pyarrow",
        "rasterio",
        "typer",
    ]
    script = f"import sys, {rooms}; print([name for name in {libraries} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
