"""Access, correct and erase are offered for the one record that is chosen, in the panel and in the menu."""

from __future__ import annotations

import pytest
from bare_window import settle
from fictitious_dossier import filled, uuid, vacant
from qgis.core import QgsProject
from qgis.PyQt.QtGui import QAction

TOOLS = ("answer_access", "correct_record", "erase_record")


@pytest.fixture
def folder(tmp_path, provider):
    return filled(tmp_path / "dossier", [vacant(number, "GM0106") for number in (1, 2)], []).folder


@pytest.mark.parametrize("tool", TOOLS)
def test_the_panel_asks_for_the_object_that_is_chosen(window, folder, tool):
    from buitengebied_atlas.gui.dossier_objects import DossierObjects
    from buitengebied_atlas.gui.object_panel import ObjectPanel
    from buitengebied_atlas.project.dossier_layers import open_dossier_layers
    from qgis.PyQt.QtTest import QTest
    from qgis.PyQt.QtWidgets import QToolButton

    asked, panel = [], ObjectPanel()
    objects = DossierObjects(window, panel, lambda *told: asked.append(told))
    open_dossier_layers(QgsProject.instance(), folder)
    for _ in range(3_000):
        QTest.qWait(20)
        if panel.shows_dossier():
            break
    button = panel.details.findChild(QToolButton, "rights")
    assert not button.isEnabled(), "nothing is chosen"
    panel.select(uuid(2))
    assert button.isEnabled()
    panel.details.findChild(QAction, tool).trigger()
    assert asked == [(tool, {"FOLDER": str(folder), "UUID": uuid(2)})]
    objects.release()
    panel.deleteLater()
    settle()


def test_the_menu_takes_the_record_that_is_selected_in_the_layer(window, folder):
    from buitengebied_atlas.gui.tool_dialogs import _selected_record
    from buitengebied_atlas.project.dossier_layers import open_dossier_layers

    layers = open_dossier_layers(QgsProject.instance(), folder)
    layer = layers["leegstand_object"]
    assert _selected_record(layer) == {}
    layer.selectByExpression(f"\"uuid\" = '{uuid(1)}'")
    assert _selected_record(layer) == {"FOLDER": str(folder), "UUID": uuid(1)}
    layer.selectAll()
    assert _selected_record(layer) == {}, "of two it is not clear which"
    assert _selected_record(layers["gemeente"]) == {}
    assert _selected_record(None) == {}
