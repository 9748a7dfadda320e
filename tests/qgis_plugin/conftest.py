"""The plugin as a user has it: unpacked from its zip, in QGIS's own Python, in an empty profile.

See `packaged_plugin` for what is tested.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from traceback import format_exception

import pytest
from qgis.core import Qgis, QgsApplication, QgsLayerTreeModel, QgsProject, QgsSettings
from qgis.gui import QgsLayerTreeView
from qgis.PyQt.QtCore import QLocale, QSettings
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

import packaged_plugin
from packaged_plugin import NAME, ROOT

#: so many times 10 ms a task that was cancelled gets to end, on a machine that may be busy
_MOST_WAITS = 6000
_ROOM = Path(tempfile.mkdtemp(prefix="plugin-test-"))
PLUGIN_ROOT = packaged_plugin.plugin_root(_ROOM)
sys.path.insert(0, str(PLUGIN_ROOT))
# the settings of this run only, whatever root pytest was given
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(_ROOM / "settings"))


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_ROOM, ignore_errors=True)


@pytest.fixture(scope="session")
def plugin_root() -> Path:
    """The folder that holds `buitengebied_atlas/`, as QGIS's plugin folder does."""
    return PLUGIN_ROOT


@pytest.fixture(autouse=True)
def _no_error_in_a_slot(monkeypatch):
    """An error in what a signal calls fails the test; without a hook PyQt would end the whole run."""
    raised = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: raised.append("".join(format_exception(*error))))
    yield
    assert not raised, "\n".join(raised)


@pytest.fixture(scope="session")
def plugin(qgis_iface, qgis_processing, plugin_root):
    """The plugin, found, loaded and started by QGIS itself, for the whole run.

    Unloaded only at the end: QGIS then forgets the plugin's modules, and the classes that the tests imported
    would be others than those in use. `test_installing.py` unloads in a QGIS of its own.
    """
    from qgis import utils

    said = []
    log = QgsApplication.messageLog().messageReceived[str, str, Qgis.MessageLevel]
    listening = log.connect(lambda *message: said.append(message[0]))
    utils.plugin_paths[:] = [str(plugin_root)]
    utils.updateAvailablePlugins()
    assert NAME in utils.available_plugins
    # QGIS tells what went wrong in its log only
    assert utils.loadPlugin(NAME), "\n".join(said)
    assert utils.startPlugin(NAME), "\n".join(said)
    log.disconnect(listening)
    yield utils.plugins[NAME]
    # a task, a layer, a timer or a provider in Python that outlives QGIS falls over when that is taken down
    QgsApplication.taskManager().cancelAll()
    for _ in range(_MOST_WAITS):
        if QgsApplication.taskManager().countActiveTasks() == 0:
            break
        QTest.qWait(10)
    QgsProject.instance().clear()
    assert utils.unloadPlugin(NAME)
    gc.collect()
    QApplication.processEvents()


@pytest.fixture(scope="session")
def provider(plugin):
    """The provider of the algorithms, registered: `processing.run("buitengebied_atlas:...")` works."""
    return QgsApplication.processingRegistry().providerById(NAME)


@pytest.fixture
def iface(qgis_iface, monkeypatch):
    """QGIS's interface with a real window, canvas and layer tree, and an empty project before and after."""
    qgis_iface.newProject()
    QgsProject.instance().clear()
    tree = QgsLayerTreeView()
    tree.setModel(QgsLayerTreeModel(QgsProject.instance().layerTreeRoot(), tree))
    # Processing puts results where the user is in this tree
    monkeypatch.setattr(qgis_iface, "layerTreeView", lambda: tree, raising=False)
    yield qgis_iface
    qgis_iface.newProject()
    QgsProject.instance().clear()
    tree.deleteLater()


@pytest.fixture
def settings():
    """QGIS's settings, with the plugin's own emptied before and after."""
    QgsSettings().remove(NAME)
    yield QgsSettings()
    QgsSettings().remove(NAME)


@pytest.fixture
def dutch(plugin_root):
    """QGIS in Dutch: its language, its notation of numbers, and the plugin's translation."""
    from buitengebied_atlas.language import install_translator

    settings, before = QgsSettings(), QLocale()
    settings.setValue("locale/overrideFlag", True)
    settings.setValue("locale/userLocale", "nl_NL")
    QLocale.setDefault(QLocale("nl_NL"))
    translator = install_translator()
    yield translator
    if translator is not None:
        QgsApplication.removeTranslator(translator)
    QLocale.setDefault(before)
    settings.remove("locale/overrideFlag")
    settings.remove("locale/userLocale")


@pytest.fixture(scope="session")
def atlas_environment():
    """Run `python` or `atlas` of the atlas environment as a person does; nothing of QGIS reaches it.

    The other QGIS of `make test-matrix` may live in a Debian in which that environment does not run.
    """
    if os.environ.get("BUITENGEBIED_NO_ATLAS_ENVIRONMENT"):
        pytest.skip("the atlas environment does not run in this Debian")
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(_ROOM), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(program: str, *arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [ROOT / ".venv" / "bin" / program, *map(str, arguments)],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    return run


@pytest.fixture(scope="session")
def atlas_command(atlas_environment):
    """Run the command `atlas`, in the folder `cwd`."""
    return partial(atlas_environment, "atlas")
