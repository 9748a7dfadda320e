"""A window of QGIS in a process of its own, with the plugin and a dossier; told what to do line by line.

A line is `[step, argument, ...]`; so is the answer. Between the lines the window lives on: the map is
drawn again and again, as under the hand of somebody who pans.
"""

import json
import os
import sys
from pathlib import Path

from qgis.testing import start_app

start_app()

import buitengebied_atlas  # noqa: E402 - QGIS first
from bare_window import Window, settle  # noqa: E402
from buitengebied_atlas.atlas.core.words.errors import AtlasError  # noqa: E402
from buitengebied_atlas.project.dossier_layers import open_dossier_layers  # noqa: E402
from buitengebied_atlas.project.editing import find_record, set_status  # noqa: E402
from processing.core.Processing import Processing  # noqa: E402
from qgis.core import QgsProcessingException, QgsProject  # noqa: E402
from qgis.PyQt.QtCore import QSocketNotifier, QTimer  # noqa: E402
from qgis.PyQt.QtWidgets import QApplication  # noqa: E402

Processing.initialize()
import processing  # noqa: E402 - after it was initialised

folder = Path(sys.argv[1])
window = Window()
plugin = buitengebied_atlas.classFactory(window)
plugin.initGui()
layers = open_dossier_layers(QgsProject.instance(), folder)
objects = layers["leegstand_object"]
canvas = window.mapCanvas()
canvas.setExtent(objects.extent().buffered(500))
drawing = QTimer()
drawing.timeout.connect(lambda: canvas.isDrawing() or canvas.redrawAllLayers())


def edit(uuid, status):
    """Begin to edit, or go on; not saved."""
    set_status(objects, uuid, status, "FICTIEF")


def save():
    """Save in the middle of drawing the map, the worst moment, and stop editing."""
    canvas.redrawAllLayers()
    settle(canvas.isDrawing)
    if not objects.commitChanges():
        raise AtlasError("niet opgeslagen", detail="; ".join(objects.commitErrors()))


def run(name, *given):
    """Run an algorithm on the dossier."""
    parameters = dict(pair.split("=", 1) for pair in given)
    processing.run(f"buitengebied_atlas:{name}", {"FOLDER": str(folder), "OUTPUT": "memory:", **parameters})


def status(uuid):
    """What the layer shows."""
    return find_record(objects, uuid)["status"]


def pan(on):
    """Draw the map over and over, or stop."""
    drawing.start(40) if on == "on" else drawing.stop()


STEPS = {"edit": edit, "save": save, "run": run, "status": status, "pan": pan}


def answer():
    """Do what the next line says."""
    line = sys.stdin.readline()
    if not line:
        os._exit(0)  # QGIS without a window may fall over while it is taken down
    step, *given = json.loads(line)
    try:
        said = {"ok": STEPS[step](*given)}
    except (AtlasError, QgsProcessingException) as error:
        said = {"refused": str(error)}
    sys.stdout.write(f"SAID {json.dumps(said)}\n")
    sys.stdout.flush()


notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
notifier.activated.connect(answer)
sys.stdout.write("SAID {}\n")
sys.stdout.flush()
QApplication.exec()
