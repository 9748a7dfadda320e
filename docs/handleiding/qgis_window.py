"""The window of QGIS while pictures are made of it: waiting until it is drawn, tidying it, keeping it.

`qgis_session.py` says what is shown. The environment names the folder for the pictures (ATLAS_PICTURES).
"""

import os
from pathlib import Path

from qgis import utils
from qgis.PyQt.QtCore import QEventLoop, QSize, Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QTabWidget, QToolBar

PICTURES = Path(os.environ["ATLAS_PICTURES"])
WINDOW = QSize(1560, 940)
LAYERS_WIDTH, DOCK_WIDTH = 330, 470
#: QGIS's own panels and toolbars that a reader needs to recognise the program; the others take the map's room
BARS = {"mFileToolBar", "mMapNavToolBar", "mAttributesToolBar", "mDigitizeToolBar", "mVectorToolBar"}
DOCKS = {"Layers", "BuitengebiedAtlasDock"}


def wait(milliseconds=300):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def drawn():
    """Wait until the map is drawn."""
    canvas = utils.iface.mapCanvas()
    canvas.refresh()
    wait(300)
    for _ in range(100):
        if not canvas.isDrawing():
            break
        wait(100)
    wait(200)


def keep(widget, name):
    widget.grab().save(str(PICTURES / f"{name}.png"))


def dock():
    return utils.iface.mainWindow().findChild(QDockWidget, "BuitengebiedAtlasDock")


def choose_tab(number):
    dock().findChild(QTabWidget).setCurrentIndex(number)
    wait()


def tidy_window(dock_width=DOCK_WIDTH):
    window = utils.iface.mainWindow()
    window.resize(WINDOW)
    for bar in window.findChildren(QToolBar):
        if bar.parent() is window:
            bar.setVisible(bar.objectName() in BARS)
    for panel in window.findChildren(QDockWidget):
        panel.setVisible(panel.objectName() in DOCKS)
    utils.iface.messageBar().clearWidgets()
    layers = window.findChild(QDockWidget, "Layers")
    window.resizeDocks([layers], [LAYERS_WIDTH], Qt.Orientation.Horizontal)
    if dock() is not None:
        window.resizeDocks([dock()], [dock_width], Qt.Orientation.Horizontal)
    wait()


def without_waiting(show, look):
    """Call `show`, which waits for its own window to close; `look` gets that window and must close it."""
    failures = []

    def seen():
        dialog = QApplication.activeModalWidget()
        try:
            look(dialog)
        except BaseException as failure:  # noqa: BLE001 - raised again outside Qt
            failures.append(failure)
        finally:
            dialog.close()

    QTimer.singleShot(1500, seen)
    show()
    if failures:
        raise failures[0]
