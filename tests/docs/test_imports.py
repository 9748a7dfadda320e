"""A name is imported from the module that makes it: no module hands on what it imported itself."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: the gate of the plugin is one door to a dossier; `cli` asks the flows, and not the rooms below them
HANDS_ON = {"qgis_plugin/gate.py", "src/atlas/flows/dossier.py"}


def modules():
    for top in ("src/atlas", "qgis_plugin"):
        for path in sorted((ROOT / top).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def place_of(module, node):
    """The file that a relative import names."""
    base, inner = list(Path(module).parts[: -node.level]), (node.module or "").split(".")
    if module.startswith("qgis_plugin") and inner[0] == "atlas":
        base = ["src"]  # in the zip the atlas stands in the plugin
    return "/".join([*base, *filter(None, inner)]) + ".py"


def made_in(body):
    """What a module makes at its top, types included."""
    for node in body:
        if isinstance(node, ast.If):
            yield from made_in(node.body)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (name.id for each in targets for name in ast.walk(each) if isinstance(name, ast.Name))


def test_a_name_comes_from_the_module_that_makes_it():
    trees = dict(modules())
    made = {module: set(made_in(tree.body)) for module, tree in trees.items()}
    handed_on = [
        f"{module}: {name.name} of {place}"
        for module, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
        for place in [place_of(module, node)]
        if place in made and place not in HANDS_ON
        for name in node.names
        if name.name not in made[place]
    ]
    assert handed_on == []
