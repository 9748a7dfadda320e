"""Every name of Qt in the whole plugin exists in PyQt6, down to the members of its enumerations."""

from __future__ import annotations

import ast
import importlib

import pytest

from conftest import PLUGIN

MODULES = sorted(
    path
    for path in PLUGIN.rglob("*.py")
    if "atlas" not in path.relative_to(PLUGIN).parts and "qgis.PyQt" in path.read_text(encoding="utf-8")
)
#: PyQt6 keeps it elsewhere than QGIS hands it on
_QGIS_OWN = frozenset({"sip", "uic"})


def _names_of_qt(tree):
    """Name in a module -> what it is in PyQt6; raises AttributeError for what is not there."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.PyQt."):
            module = importlib.import_module(node.module.replace("qgis.PyQt", "PyQt6"))
            found |= {alias.asname or alias.name: getattr(module, alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "qgis.PyQt":
            for alias in node.names:
                if alias.name not in _QGIS_OWN:
                    found[alias.asname or alias.name] = importlib.import_module(f"PyQt6.{alias.name}")
    return found


def _chain(node):
    """The names of `Qt.ItemDataRole.UserRole`, or none when it does not start with a name."""
    names = []
    while isinstance(node, ast.Attribute):
        names.insert(0, node.attr)
        node = node.value
    return [node.id, *names] if isinstance(node, ast.Name) else []


def test_there_is_something_to_look_at():
    assert len(MODULES) > 3


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PLUGIN).as_posix())
def test_its_names_exist_in_pyqt6(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    qt = _names_of_qt(tree)
    missing = []
    for node in ast.walk(tree):
        names = _chain(node)
        if names and names[0] in qt:
            thing = qt[names[0]]
            for name in names[1:]:
                if not hasattr(thing, name):
                    missing.append(f"{node.lineno}: {'.'.join(names)}")
                    break
                thing = getattr(thing, name)
    assert missing == []
