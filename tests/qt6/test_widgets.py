"""The plugin's widgets that need only Qt are opened under PyQt6: what can be tried of QGIS 4 here."""

from __future__ import annotations

import ast
import importlib
from functools import cache

import pytest
from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QWidget
from widgets import BUILDERS

from conftest import PLUGIN
from packaged_plugin import NAME


@cache
def _imports(path):
    """The paths of what a module imports of the plugin as it loads; None when it needs more of QGIS."""
    found = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Import) and any(alias.name.startswith("qgis") for alias in node.names):
            return None
        if not isinstance(node, ast.ImportFrom):
            continue
        module = (node.module or "").split(".")
        if not node.level:
            if module[0] == "qgis" and module[1:2] != ["PyQt"]:
                return None
            continue
        folder = path.parents[node.level - 1]
        for place in [
            folder.joinpath(*module),
            *(folder.joinpath(*module, alias.name) for alias in node.names),
        ]:
            found += [file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()]
    return found


def _needs_only_qt(path):
    seen, waiting = set(), [path]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        imported = _imports(one)
        if imported is None:
            return False
        waiting += imported
    return True


MODULES = [
    ".".join(path.relative_to(PLUGIN).with_suffix("").parts)
    for path in sorted((PLUGIN / "gui").rglob("*.py"))
    if path.name != "__init__.py" and _needs_only_qt(path)
]


def test_there_are_modules_to_try():
    assert MODULES
    assert {entry.partition(":")[0] for entry in BUILDERS} <= set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_its_widgets_open_under_pyqt6(application, module):
    loaded = importlib.import_module(f"{NAME}.{module}")
    for name, made in vars(loaded).items():
        if not (isinstance(made, type) and issubclass(made, QWidget) and made.__module__ == loaded.__name__):
            continue
        builder = BUILDERS.get(f"{module}:{name}")
        widget = builder(made) if builder else made()
        widget.resize(QSize(500, 400))
        widget.show()
        application.processEvents()
        picture = widget.grab().toImage()
        assert picture.width() > 0
        if builder:
            colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
            assert len(colours) > 1
        widget.close()


@pytest.mark.parametrize(("unordered", "opens_with"), [(False, "Emmen"), (True, "Assen")])
def test_a_line_opens_with_the_highest_area_or_where_none_is_higher_with_the_first(
    application, unordered, opens_with
):
    areas = [
        {"code": name, "name": name, "label": name} for name in ("Meppel", "Emmen", "Assen", "Aa en Hunze")
    ]
    values = {
        name: {"value": value, "low": None, "text": str(value), "interval_text": ""}
        for name, value in (("Meppel", 2), ("Emmen", 9), ("Assen", 1), ("Aa en Hunze", None))
    }
    views = [
        {
            "level": "gemeente", "period": period, "period_label": period, "values": values,
            "legend": {"unordered": True} if unordered else {}, "axis": {"min": 0, "max": 10},
        }
        for period in ("2023", "2024")
    ]  # fmt: skip
    line = importlib.import_module(f"{NAME}.gui.line_view").LineView()
    timeline = {"level": "gemeente", "periods": ["2023", "2024"], "gaps": {}, "axis": {"min": 0, "max": 10}}
    line.show_figure({"timelines": [timeline], "views": views}, {"areas": areas}, views[1])
    assert line._heading.text().startswith(f"{opens_with}, 2023 to 2024.")
    line.close()
