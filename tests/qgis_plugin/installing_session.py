"""What is done in a real QGIS, from start to end, by `test_installing.py`: QGIS runs this file with --code.

It installs, unloads, reloads and upgrades the plugin through QGIS's own plugin installer, and writes what it
saw as JSON. The environment names the two zips and the place of the report.
"""

import importlib
import json
import os
import pkgutil
import sys
import traceback
from pathlib import Path

from qgis import utils
from qgis.core import Qgis, QgsApplication, QgsExpression
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QLabel, QMenu, QToolBar

NAME = "buitengebied_atlas"
HEAVY = {"pandas", "geopandas", "folium", "shapely", "rasterio", "scipy", "matplotlib", "jinja2"}

report = {"messages": [], "dialogs": [], "states": {}, "heavy": [], "error": ""}


class HeavyImports:
    """Notes who is asked for; finds nothing itself."""

    def find_spec(self, name, path=None, target=None):
        if name in HEAVY:
            report["heavy"].append(name)


def heed(message, tag, level):
    if level in (Qgis.MessageLevel.Warning, Qgis.MessageLevel.Critical):
        report["messages"].append(f"{tag}: {message}")


def close_dialogs():
    """A question would wait for ever: note it and close it."""
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        texts = [label.text() for label in dialog.findChildren(QLabel)]
        report["dialogs"].append(" ".join([dialog.windowTitle(), *texts]))
        dialog.close()


def settle():
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def state():
    """Everything in QGIS that a plugin could have added to."""
    settle()
    window = utils.iface.mainWindow()
    return {
        "menus": sorted(
            f"{menu.title()} > {action.text()}"
            for menu in window.findChildren(QMenu)
            for action in menu.actions()
        ),
        "toolbars": sorted(
            f"{bar.objectName()} > {action.objectName() or action.text()}"
            for bar in window.findChildren(QToolBar)
            for action in bar.actions()
        ),
        "docks": sorted(dock.objectName() for dock in window.findChildren(QDockWidget)),
        "providers": sorted(provider.id() for provider in QgsApplication.processingRegistry().providers()),
        "algorithms": len(QgsApplication.processingRegistry().algorithms()),
        "functions": sorted(function.name() for function in QgsExpression.Functions()),
        "translation": QCoreApplication.translate("BuitengebiedAtlas", "Show the Atlas panel"),
        "path": list(sys.path),
        "modules": sorted(name for name in sys.modules if name.partition(".")[0] == NAME),
    }


def import_everything():
    """Load every module of the plugin, as a long session would have."""
    for module in pkgutil.walk_packages(sys.modules[NAME].__path__, f"{NAME}."):
        importlib.import_module(module.name)


def panel_action():
    return utils.iface.mainWindow().findChild(object, "buitengebied_atlas_panel") or next(
        action
        for bar in utils.iface.mainWindow().findChildren(QToolBar)
        for action in bar.actions()
        if action.objectName() == "buitengebied_atlas_panel"
    )


def reload():
    """Load and start the plugin anew."""
    utils.unloadPlugin(NAME)
    settle()
    utils.loadPlugin(NAME)
    utils.startPlugin(NAME)


def session():
    import pyplugin_installer

    installer = pyplugin_installer.instance()
    states = report["states"]
    states["before"] = state()
    report["messages"].clear()
    installer.installFromZipFile(os.environ["ATLAS_ZIP_1_0"])
    states["installed"] = state()
    panel_action().trigger()
    settle()
    report["docks_shown"] = sorted(
        dock.objectName() for dock in utils.iface.mainWindow().findChildren(QDockWidget) if dock.isVisible()
    )
    # it comes back as it was left: closed, as at first
    panel_action().trigger()
    import_everything()
    utils.unloadPlugin(NAME)
    states["unloaded"] = state()
    for _ in range(3):
        reload()
    states["reloaded"] = state()
    panel_action().trigger()
    import_everything()
    installer.installFromZipFile(os.environ["ATLAS_ZIP_1_1"])
    states["upgraded"] = state()
    import_everything()
    report["version"] = utils.pluginMetadata(NAME, "version")
    report["old_modules"] = sorted(
        name
        for name, module in sys.modules.items()
        if name.partition(".")[0] == NAME and getattr(module, "EDITION_OF_THE_TEST", "") != "1.1.0"
    )
    report["modules_seen"] = len([name for name in sys.modules if name.partition(".")[0] == NAME])


def run():
    try:
        session()
    except BaseException:  # noqa: BLE001 - whatever it is, the test tells it
        report["error"] = traceback.format_exc()
    Path(os.environ["ATLAS_REPORT"]).write_text(json.dumps(report), encoding="utf-8")
    # the report is what counts: closing QGIS would ask about its window
    os._exit(0)


sys.meta_path.insert(0, HeavyImports())
QgsApplication.messageLog().messageReceived[str, str, Qgis.MessageLevel].connect(heed)
watch = QTimer()
watch.timeout.connect(close_dialogs)
watch.start(300)
QTimer.singleShot(500, run)
