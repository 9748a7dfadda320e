"""A window with a map, docks and a message bar as QGIS has them."""

from __future__ import annotations

from qgis.core import QgsProject, QgsTemporalNavigationObject
from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget


class Window:
    """What the plugin asks of QGIS's interface, with real widgets."""

    def __init__(self):
        self._window = QMainWindow()
        inside = QWidget()
        self._bar, self._canvas = QgsMessageBar(), QgsMapCanvas()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._bar)
        lines.addWidget(self._canvas, 1)
        self._window.setCentralWidget(inside)
        root = QgsProject.instance().layerTreeRoot()
        # the canvas owns the bridge: left behind, it would bring the next layer to a canvas that is gone
        self._bridge = QgsLayerTreeMapCanvasBridge(root, self._canvas, self._canvas)
        self._clock = QgsTemporalNavigationObject()
        self._canvas.setTemporalController(self._clock)
        self._window.resize(1200, 800)
        self._window.show()
        self.active_layer = None

    def mainWindow(self):  # noqa: N802
        return self._window

    def mapCanvas(self):  # noqa: N802
        return self._canvas

    def messageBar(self):  # noqa: N802
        return self._bar

    def setActiveLayer(self, layer):  # noqa: N802
        self.active_layer = layer

    def addDockWidget(self, area, dock):  # noqa: N802
        self._window.addDockWidget(area, dock)
        dock.show()

    def removeDockWidget(self, dock):  # noqa: N802
        self._window.removeDockWidget(dock)

    def addPluginToVectorMenu(self, name, action):  # noqa: N802
        self._window.menuBar().addAction(action)

    def removePluginVectorMenu(self, name, action):  # noqa: N802
        self._window.menuBar().removeAction(action)

    def addVectorToolBarIcon(self, action):  # noqa: N802
        """There is no toolbar."""

    def removeVectorToolBarIcon(self, action):  # noqa: N802
        """There is no toolbar."""

    def close(self):
        self._canvas.stopRendering()
        self._window.close()
        self._window.deleteLater()


def settle(until=None, timeout_ms=10_000):
    """Let the window work until something is so, or nothing is left to do."""
    if until is None:
        for _ in range(5):
            QApplication.processEvents()
            QTest.qWait(5)
        return
    waited = 0
    while not until():
        QTest.qWait(10)
        waited += 10
        assert waited < timeout_ms, "it did not happen"
