"""A QGIS of its own in which the plugin's button is used; prints what is so after each step, as JSON."""

import json
import os
import sys

from qgis.testing import start_app

start_app()

import buitengebied_atlas  # noqa: E402 - QGIS first
from bare_window import Window, settle  # noqa: E402
from buitengebied_atlas.settings import DOCK_OPEN  # noqa: E402
from processing.core.Processing import Processing  # noqa: E402

Processing.initialize()
seen = {}


def note(step, plugin):
    settle()
    seen[step] = [
        plugin._dock is not None and plugin._dock.isVisible(),
        plugin._action.isChecked(),
        DOCK_OPEN.get(),
    ]


window = Window()
plugin = buitengebied_atlas.classFactory(window)
plugin.initGui()
note("loaded", plugin)
for step in ("shown", "hidden", "shown again"):
    plugin._action.trigger()
    note(step, plugin)
plugin._dock.close()
note("closed", plugin)
plugin._action.trigger()
settle()
state = window.mainWindow().saveState()
window.mainWindow().hide()
settle()
plugin.unload()
seen["after QGIS was closed"] = DOCK_OPEN.get()
later = Window()
later.mainWindow().restoreState(state)
plugin = buitengebied_atlas.classFactory(later)
plugin.initGui()
note("next time", plugin)
plugin.unload()
sys.stdout.write(f"SEEN {json.dumps(seen)}\n")
sys.stdout.flush()
os._exit(0)  # QGIS without a window may fall over while it is taken down
