"""Does the plugin keep to what Qt 5 and Qt 6 share, and every QGIS has? Read from the source, not run.

Checked in `make lint`: imports of QGIS, numpy, the standard library and the plugin itself only; no PyQt5 or
PyQt6 by name; scoped enumerations (`Qt.ItemDataRole.UserRole`); no call or class that Qt 6 or QGIS 4 dropped,
nothing of Processing but its stable door.

What QGIS says of 4.0 and later, as far as it could be read (November 2026; no QGIS 4 was at hand to run in):

- The notes on incompatible changes (`doc/api_break.dox`, in its last form before 4.0) have nothing after
  3.38: there GDAL's Python began to raise exceptions. The rule for 4.0 was to break only what Qt 6 asks, and
  to patch that where it could be (message to the list of the project's steering committee, April 2025).
- Processing's own windows are no stable interface. Pull request 66027 (4.2) renamed
  `QgsProcessingAlgorithmDialogBase` to `QgsProcessingAlgorithmWidgetBase`, and with it went
  `processing.gui.AlgorithmDialog`, now `processing.gui.algorithm_widget`; what was a dialog is a widget that
  may stand in a dock. `showWidget()` shows it; `algorithmFinished` is still there.
- Enhancement proposal 427 takes away the widgets in Python of QGIS 2 (`processing.gui.wrappers`, the
  `widget_wrapper` of a parameter) from 4.4 on, `ParametersPanel` and the Python window itself after it.

So of `processing` only its top may be asked, and of what `createAlgorithmDialog` gives only what a dialog of
3.40 and a widget of 4.2 both have. The notes of the releases 4.0 and 4.2 themselves could not be read.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]

_ALLOWED = frozenset({"qgis", "numpy"}) | sys.stdlib_module_names
#: modules of QGIS that cost time or may be missing: imported where they are used
_INSIDE_FUNCTIONS = frozenset({"osgeo", "processing"})
#: the part of the atlas that is in the zip
_PACKAGED = ("core", "gpkg", "dossier", "jobs", "planar", "rounds", "web.page")
#: class -> why it may not be imported from qgis.PyQt
_DROPPED_CLASSES = {
    "QVariant": "QMetaType.Type for fields, NULL of qgis.core for nothing",
    "QRegExp": "QRegularExpression",
    "QRegExpValidator": "QRegularExpressionValidator",
    "QDesktopWidget": "QScreen",
    "QTextCodec": "Python's own codecs",
    "QMatrix": "QTransform",
    "QStringRef": "str",
    "qApp": "QApplication.instance()",
}
_DROPPED_MODULES = frozenset(
    {"QtWebKit", "QtWebKitWidgets", "QtWebEngineWidgets", "QtScript", "QtXmlPatterns"}
)
#: PyQt6 has them in QtGui
_MOVED_TO_QTGUI = frozenset({"QAction", "QActionGroup", "QShortcut", "QUndoStack", "QUndoCommand"})
_DROPPED_METHODS = frozenset(
    {"exec_", "print_", "globalPos", "setTabStopWidth", "desktop", "qCleanupResources"}
)
#: of Processing's dialogs: only what a `QWidget` has may be asked of what `createAlgorithmDialog` gives; a
#: signal of theirs through `getattr`. They delete themselves when their work is done: no `setAttribute`
_OF_A_DIALOG = frozenset(
    {
        "setModal", "exec", "open", "accept", "reject", "done", "algorithmFinished", "accepted", "rejected",
        "finished", "result", "mainWidget", "setAttribute",
    }
)  # fmt: skip
#: of Processing's windows in `qgis.gui`: renamed, new or going between 4.2 and 4.6, never a stable interface
_UNSTABLE_CLASS = re.compile(
    r"QgsProcessing(Batch)?Algorithm(Dialog|Widget)(Base)?$|QgsProcessing(ParametersWidget|DialogFactory)$"
)
#: what an algorithm or parameter may not bring: a window or a widget in Python
_UNSTABLE_HOOKS = frozenset(
    {"createCustomParametersWidget", "getCustomParametersDialog", "execAlgorithmDialog"}
)
_UNSTABLE_KEY = "widget_wrapper"
_COMPILED_RESOURCES = re.compile(r"(^|_)(resources|rc)(_rc)?$|^ui_")
#: an enumeration's member or type; constants of QGIS are in capitals throughout
_MEMBER = re.compile(r"^[A-Z](?=.*[a-z0-9])\w*$|^[A-Z]$")

Finding = tuple[int, str]


def check_source(source: str) -> list[Finding]:
    """The line and the reason of everything in a module that Qt 6 or a plain QGIS would stumble over."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found: list[Finding] = []
    classes: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [finding for alias in node.names for finding in _import(node, alias.name, parents)]
        elif isinstance(node, ast.ImportFrom):
            found += _import_from(node, parents)
            if (node.module or "").partition(".")[0] == "qgis":
                classes |= {alias.asname or alias.name for alias in node.names if alias.name.startswith("Q")}
    for node in ast.walk(tree):
        for rule in _RULES:
            found += rule(node, parents, classes)
    return sorted(set(found))


def _import(node: ast.stmt, name: str, parents: dict[ast.AST, ast.AST]) -> Iterator[Finding]:
    root = name.partition(".")[0]
    if re.match(r"PyQt\d|PySide\d|sip$", root):
        yield node.lineno, f"import {name}: through qgis.PyQt only"
    elif root == "processing" and name != root:
        yield node.lineno, f"import {name}: no stable interface; `import processing` has what is"
    elif root in _INSIDE_FUNCTIONS:
        if not _within_function(node, parents):
            yield node.lineno, f"import {name}: inside the function that needs it"
    elif root not in _ALLOWED:
        yield node.lineno, f"import {name}: not every QGIS has it"


def _import_from(node: ast.ImportFrom, parents: dict[ast.AST, ast.AST]) -> Iterator[Finding]:
    module = node.module or ""
    if node.level:
        inside = module.partition("atlas.")[2] if module.startswith("atlas.") else None
        if inside and not any(inside == part or inside.startswith(f"{part}.") for part in _PACKAGED):
            yield node.lineno, f"import {module}: not in the plugin's zip"
        return
    yield from _import(node, module, parents)
    if not module.startswith("qgis.PyQt"):
        return
    for name in (alias.name for alias in node.names):
        if name in _DROPPED_CLASSES:
            yield node.lineno, f"{name}: gone in Qt 6; use {_DROPPED_CLASSES[name]}"
        if module == "qgis.PyQt.QtWidgets" and name in _MOVED_TO_QTGUI:
            yield node.lineno, f"{name}: from qgis.PyQt.QtGui"
        if {name, module.rpartition(".")[2]} & _DROPPED_MODULES:
            yield node.lineno, f"{name}: gone in Qt 6, or not in every QGIS"


def _within_function(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return True
    return False


def _flat_member(node: ast.AST, parents: dict[ast.AST, ast.AST], classes: set[str]) -> Iterator[Finding]:
    """`Qt.AlignLeft`; not `Qt.AlignmentFlag.AlignLeft`, a class within a class that is called, or a type."""
    if not (
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in classes
    ):
        return
    parent = parents[node]
    scoped = isinstance(parent, ast.Attribute) or (isinstance(parent, ast.Call) and parent.func is node)
    if _MEMBER.match(node.attr) and not scoped and not _in_annotation(node, parents):
        yield node.lineno, f"{node.value.id}.{node.attr}: name its enumeration (Class.Enumeration.Member)"


def _in_annotation(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    while node in parents:
        above = parents[node]
        if node in (getattr(above, "annotation", None), getattr(above, "returns", None)):
            return True
        node = above
    return False


def _dropped_call(node: ast.AST, _parents: dict[ast.AST, ast.AST], _classes: set[str]) -> Iterator[Finding]:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return
    if node.func.attr in _DROPPED_METHODS:
        yield node.lineno, f"{node.func.attr}(): gone in Qt 6"
    measured = node.func.value
    if node.func.attr == "width" and isinstance(measured, ast.Call) and (node.args or node.keywords):
        yield node.lineno, "width() of a text: horizontalAdvance()"


def _overload(node: ast.AST, _parents: dict[ast.AST, ast.AST], _classes: set[str]) -> Iterator[Finding]:
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr
        in {"activated", "currentIndexChanged", "highlighted", "valueChanged", "buttonClicked"}
        and isinstance(node.slice, ast.Name)
        and node.slice.id == "str"
        and "completer" not in ast.unparse(node.value).lower()  # QCompleter keeps both its signals
    ):
        yield node.lineno, f"{node.value.attr}[str]: gone in Qt 6"


def _unstable(node: ast.AST, _parents: dict[ast.AST, ast.AST], _classes: set[str]) -> Iterator[Finding]:
    """Windows and widgets of Processing that are renamed, or gone, in one QGIS or another."""
    match node:
        case ast.ImportFrom(names=names):
            found = [alias.name for alias in names if _UNSTABLE_CLASS.match(alias.name)]
        case ast.Attribute(attr=name) if _UNSTABLE_CLASS.match(name) or name in _UNSTABLE_HOOKS:
            found = [name]
        case ast.FunctionDef(name=name) if name in _UNSTABLE_HOOKS:
            found = [name]
        case ast.Constant(value=value) if value == _UNSTABLE_KEY:
            found = [_UNSTABLE_KEY]
        case _:
            found = []
    for name in found:
        yield node.lineno, f"{name}: no stable interface of Processing; processing.createAlgorithmDialog"


def _asked_of_a_dialog(
    node: ast.AST, _parents: dict[ast.AST, ast.AST], _classes: set[str]
) -> Iterator[Finding]:
    """What only a dialog has, of what `createAlgorithmDialog` gave, wherever in the class it was kept."""
    if not isinstance(node, ast.Module):
        return
    kept = {
        ast.unparse(target)
        for made in ast.walk(node)
        if isinstance(made, ast.Assign | ast.NamedExpr) and _makes_a_dialog(made.value)
        for target in (made.targets if isinstance(made, ast.Assign) else [made.target])
    }
    for used in ast.walk(node):
        if isinstance(used, ast.Attribute) and used.attr in _OF_A_DIALOG:
            of = ast.unparse(used.value)
            if of in kept or _makes_a_dialog(used.value):
                yield used.lineno, f"{of}.{used.attr}: a widget since QGIS 4.2, not a dialog"


def _makes_a_dialog(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("createAlgorithmDialog")


_RULES: tuple[Callable[[ast.AST, dict[ast.AST, ast.AST], set[str]], Iterator[Finding]], ...] = (
    _flat_member,
    _dropped_call,
    _overload,
    _unstable,
    _asked_of_a_dialog,
)


def check_folder(folder: Path) -> list[str]:
    """Everything found in the modules of a folder, as lines `path:line: reason`."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        if _COMPILED_RESOURCES.search(path.stem):
            found.append(f"{path}:1: compiled resources; load icons and forms from their files")
        found += [
            f"{path}:{line}: {reason}" for line, reason in check_source(path.read_text(encoding="utf-8"))
        ]
    return found


def main() -> int:
    """The command."""
    found = check_folder(ROOT / "qgis_plugin")
    for line in found:
        print(line)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
