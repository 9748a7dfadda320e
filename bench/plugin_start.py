"""How soon the plugin is there: loading it beside loading QGIS, and from a click to a painted map.

Each start is a QGIS of its own, as after a double click on its icon; medians.
"""

import os
import statistics
import subprocess
import sys
import time

from measuring import figure, in_qgis, sized

STARTS = sized(7, 1)
CLICKS = sized(7, 2)
#: what the design allows
LOAD_MS, PAINT_MS = 150, 300

_START = """
import sys, time
from qgis.testing import start_app
start_app()
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtWidgets import QMainWindow
import processing
class Window:
    window = QMainWindow()
    def mainWindow(self): return self.window
    def addPluginToVectorMenu(self, name, action): self.window.menuBar().addAction(action)
    def addVectorToolBarIcon(self, action): self.window.addToolBar("t").addAction(action)
begin = time.perf_counter()
import buitengebied_atlas
plugin = buitengebied_atlas.classFactory(Window())
plugin.initGui()
print("LOAD", (time.perf_counter() - begin) * 1000, flush=True)
import os; os._exit(0)
"""


def load_ms():
    """One start in a process of its own: milliseconds from the import to the end of initGui."""
    made = subprocess.run([sys.executable, "-c", _START], capture_output=True, text=True, check=True)
    return next(float(line.split()[1]) for line in made.stdout.splitlines() if line.startswith("LOAD"))


def paint_ms():
    """From asking for the map of a figure in an empty project until the canvas has painted it."""
    from buitengebied_atlas.figures import published, released_figures
    from buitengebied_atlas.layers.choropleth import show
    from qgis.core import QgsProject
    from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsMapCanvas
    from qgis.PyQt.QtWidgets import QApplication

    project, canvas, painted = QgsProject.instance(), QgsMapCanvas(), []
    project.clear()
    bridge = QgsLayerTreeMapCanvasBridge(project.layerTreeRoot(), canvas, canvas)
    canvas.resize(1200, 800)
    canvas.show()
    canvas.mapCanvasRefreshed.connect(lambda: painted.append(time.perf_counter()))
    payload = published()
    opening = payload["opening"]
    QApplication.processEvents()
    painted.clear()
    begin = time.perf_counter()
    layer = show(project, released_figures(), opening["indicator"], opening["level"], opening["period"])
    while not (painted and canvas.layers() == [layer] and not canvas.isDrawing()):
        QApplication.processEvents()
    bridge.deleteLater()
    canvas.deleteLater()
    return (painted[-1] - begin) * 1000


def measure():
    """Print the medians beside what is allowed."""
    loads = [load_ms() for _ in range(STARTS)]
    figure("plugin loaded, median", statistics.median(loads), LOAD_MS, unit="ms")
    paints = [paint_ms() for _ in range(CLICKS)]
    figure("plugin: from a click to a painted map, median", statistics.median(paints), PAINT_MS, unit="ms")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--in-qgis"]:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        measure()
    else:
        in_qgis(__file__)
