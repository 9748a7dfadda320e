"""The plugin: what it adds to QGIS when it is loaded, and takes away again when it is unloaded."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QAction

from .icons import icon
from .language import install_translator
from .settings import DOCK_OPEN
from .texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.core import QgsVectorLayer
    from qgis.gui import QgisInterface

    from .atlas.core.disclosure.released import Released
    from .atlas.core.figures.payload import Payload

MENU = "Buitengebied Atlas"


class AtlasPlugin:
    """Adds the provider, the expression functions, and in the program itself a button and the dock."""

    def __init__(self, iface: QgisInterface | None) -> None:
        self._iface = iface
        self._translator = None
        self._provider = None
        self._dock = None
        self._action = None
        self._intake_action = None
        self._rights = []
        self._tool_dialogs = None
        self._file_release = None
        self._text_check = None

    def initProcessing(self) -> None:
        """Add the provider; all that `qgis_process` asks for."""
        from .expressions.functions import register
        from .provider.provider import AtlasProvider

        self._translator = install_translator()
        self._provider = AtlasProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)
        register()

    def initGui(self) -> None:
        """Add everything; the dock is made when it is first shown."""
        self.initProcessing()
        from .gui.record_rights import rights
        from .project.file_release import FileRelease
        from .project.text_check import TextCheck

        self._file_release = FileRelease(QgsProject.instance())
        self._text_check = TextCheck(QgsProject.instance(), self._ask_about_text)
        window = self._iface.mainWindow()
        self._action = QAction(icon("atlas"), tr("Show the Atlas panel"), window)
        self._action.setObjectName("buitengebied_atlas_panel")
        self._action.setCheckable(True)
        self._action.triggered.connect(self._toggle_dock)
        self._iface.addPluginToVectorMenu(MENU, self._action)
        self._iface.addVectorToolBarIcon(self._action)
        self._intake_action = QAction(icon("intake"), tr("Take in an own table or list…"), window)
        self._intake_action.setObjectName("buitengebied_atlas_intake")
        self._intake_action.triggered.connect(self._open_intake)
        self._iface.addPluginToVectorMenu(MENU, self._intake_action)
        self._iface.addVectorToolBarIcon(self._intake_action)
        for name, text in rights().items():
            action = QAction(icon("atlas"), text, window)
            action.setObjectName(f"buitengebied_atlas_{name}")
            action.triggered.connect(partial(self._open_for_selection, name))
            self._iface.addPluginToVectorMenu(MENU, action)
            self._rights.append(action)
        if DOCK_OPEN.get():
            # not while QGIS starts: the panel reads the figures, and QGIS should be there first
            # Qt 5 has no single shot bound to an object: this one ends with the button
            opening = QTimer(self._action)
            opening.setSingleShot(True)
            opening.timeout.connect(self._show_dock)
            opening.start(0)

    def unload(self) -> None:
        """Take away everything that was added."""
        from .expressions.functions import unregister

        unregister()
        if self._file_release is not None:
            self._file_release.release()
            self._text_check.release()
            self._file_release = self._text_check = None
        for action in filter(None, (self._action, self._intake_action, *self._rights)):
            self._iface.removePluginVectorMenu(MENU, action)
            self._iface.removeVectorToolBarIcon(action)
            action.deleteLater()
        self._action = self._intake_action = None
        self._rights = []
        if self._tool_dialogs is not None:
            self._tool_dialogs.release()
            self._tool_dialogs = None
        if self._dock is not None:
            self._dock.release()
            self._iface.removeDockWidget(self._dock)
            self._dock.deleteLater()
            self._dock = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator is not None:
            QgsApplication.removeTranslator(self._translator)
            self._translator = None
        _forget_modules()

    def _toggle_dock(self, shown: bool) -> None:  # noqa: FBT001 - the signal's own argument
        if self._dock is None:
            self._show_dock()
        else:
            self._dock.setUserVisible(shown)

    def _open_intake(self) -> None:
        from .gui.taking_in import TakingIn

        taking = TakingIn(self._iface)
        taking.figure_taken.connect(self._show_own)
        taking.open()

    def _show_own(self, released: Released[Payload]) -> None:
        if self._dock is None:
            self._show_dock()
        self._dock.add_own(released)

    def _open_for_selection(self, name: str, *_: object) -> None:
        from .gui.tool_dialogs import ToolDialogs

        if self._tool_dialogs is None:
            self._tool_dialogs = ToolDialogs(self._iface)
        self._tool_dialogs.open_for_selection(name)

    def _ask_about_text(self, layer: QgsVectorLayer, found: Sequence[str]) -> bool:
        from .gui.text_question import saves_all_the_same

        return saves_all_the_same(self._iface.mainWindow(), layer.name(), found)

    def _show_dock(self) -> None:
        """Make the dock where it was the last time."""
        from .gui.dock import AtlasDock

        self._dock = AtlasDock(self._iface)
        if not self._iface.mainWindow().restoreDockWidget(self._dock):
            self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._dock)
        self._dock.setUserVisible(True)
        # QGIS keeps the button in step from here, also when the panel lies behind another one
        self._dock.setToggleVisibilityAction(self._action)


def _forget_modules() -> None:
    """Let an upgrade in this session load everything anew.

    QGIS itself forgets only the modules that an import statement names. A package on the way to one would
    stay, and hand out its old modules after the upgrade.
    """
    for name in [name for name in sys.modules if name.startswith(f"{__package__}.")]:
        del sys.modules[name]
