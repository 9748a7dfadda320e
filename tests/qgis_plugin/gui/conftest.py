"""A window, the dock in it, and a small FICTIEF dossier."""

from __future__ import annotations

import pytest
from bare_window import Window, settle
from fictitious_dossier import evidence, filled, vacant
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt


@pytest.fixture
def window(qgis_processing, settings):
    """A window beside an empty project."""
    QgsProject.instance().clear()
    made = Window()
    yield made
    QgsApplication.taskManager().cancelAll()
    settle(lambda: not QgsApplication.taskManager().countActiveTasks())
    QgsProject.instance().clear()
    made.close()
    settle()


@pytest.fixture
def open_dock(window, provider):
    """Opens the real dock in the window, and takes it away again as the plugin does."""
    from buitengebied_atlas.gui.dock import AtlasDock

    made = []

    def take_away(dock):
        dock.release()
        settle(lambda: not QgsApplication.taskManager().countActiveTasks())
        window.removeDockWidget(dock)
        dock.deleteLater()
        made.remove(dock)
        settle()

    def open_one():
        dock = AtlasDock(window)
        dock.take_away = lambda: take_away(dock)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        made.append(dock)
        return dock

    yield open_one
    for dock in made:
        take_away(dock)


@pytest.fixture
def dock(open_dock):
    """The dock, shown."""
    made = open_dock()
    settle()
    return made


@pytest.fixture
def dossier(tmp_path):
    """Four objects in two municipalities; the first has three pieces of evidence, the last none."""
    objects = [
        vacant(1, "GM0106", bag_vbo_id="0106010000000001"),
        vacant(12, "GM0106"),
        vacant(3, "GM0114"),
        vacant(4, "GM0114"),
    ]
    pieces = [
        evidence(101, 1),
        evidence(102, 1, bewijsbron="woz_gebruiker", waarde="geen_treffer"),
        evidence(103, 1, bewijsbron="hr_vestiging", waarde="geen_treffer"),
        evidence(104, 12, waarde="in_gebruik"),
        evidence(105, 3, bewijsbron="opgave"),
    ]
    return filled(tmp_path / "dossier", objects, pieces)


@pytest.fixture
def opened(window, dossier):
    """The layers of the dossier, in the project."""
    from buitengebied_atlas.project.dossier_layers import open_dossier_layers

    return open_dossier_layers(QgsProject.instance(), dossier.folder)


@pytest.fixture
def room(tmp_path, plugin):
    """A folder with an empty dossier "d"."""
    from buitengebied_atlas.atlas.dossier.opening import init_dossier

    init_dossier(tmp_path / "d", fictitious=True)
    return tmp_path


@pytest.fixture
def taking(window, room):
    """The window that takes in, for that dossier."""
    from buitengebied_atlas.gui.taking_in import TakingIn

    made = TakingIn(window)
    made.open()
    made.window.dossier.setText(str(room / "d"))
    yield made
    made.window.close()
    settle()
