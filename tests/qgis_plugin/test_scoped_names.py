"""Every name of QGIS's own classes in the plugin exists here, and every enumeration is named in full.

QGIS 3 still knows `Qgis.Critical`; QGIS 4 knows `Qgis.MessageLevel.Critical` only. Here the members
themselves are looked up, so that also a short name in capitals is found.
"""

from __future__ import annotations

import ast
import importlib
from enum import Enum

import pytest
from qgis.core import Qgis

from packaged_plugin import NAME


def _modules(plugin_root):
    plugin = plugin_root / NAME
    return [path for path in sorted(plugin.rglob("*.py")) if "atlas" not in path.relative_to(plugin).parts]


def _chain(node):
    names = []
    while isinstance(node, ast.Attribute):
        names.insert(0, node.attr)
        node = node.value
    return [node.id, *names] if isinstance(node, ast.Name) else []


def _classes_of_qgis(tree):
    """Name in a module -> the class of QGIS; what is imported for the type checker only counts too."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in {"qgis.core", "qgis.gui", "qgis.analysis"}:
            module = importlib.import_module(node.module)
            found |= {alias.asname or alias.name: getattr(module, alias.name) for alias in node.names}
    return found


def _faults(source):
    tree = ast.parse(source)
    classes = _classes_of_qgis(tree)
    found = []
    for node in ast.walk(tree):
        names = _chain(node)
        if not names or names[0] not in classes:
            continue
        parent = thing = classes[names[0]]
        for name in names[1:]:
            if not hasattr(thing, name):
                found.append(f"{node.lineno}: {'.'.join(names)} does not exist")
                break
            parent, thing = thing, getattr(thing, name)
        if _is_member(thing) and parent is not type(thing):
            found.append(f"{node.lineno}: {'.'.join(names)} is short: name {type(thing).__name__}")
    return found


def _is_member(thing):
    """A member of an enumeration: Python's own, or that of sip for an older one of C++."""
    return isinstance(thing, Enum) or type(type(thing)).__name__ == "enumtype"


def test_names_of_qgis_exist_and_are_in_full(plugin_root):
    modules = _modules(plugin_root)
    assert len(modules) > 5
    found = {path.name: _faults(path.read_text(encoding="utf-8")) for path in modules}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    "expression",
    ["Qgis.Critical", "Qgis.MessageLevel.Loud", "QgsWkbTypes.Point", "QgsProcessing.TypeVectorPolygon"],
)
def test_a_short_or_unknown_name_is_found(expression):
    source = f"from qgis.core import Qgis, QgsProcessing, QgsWkbTypes\nx = {expression}\n"
    assert len(_faults(source)) == 1


def test_a_name_in_full_passes():
    assert _faults("from qgis.core import Qgis\nx = Qgis.MessageLevel.Critical, Qgis.versionInt()\n") == []
    assert _is_member(Qgis.MessageLevel.Critical)
