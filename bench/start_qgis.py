"""Start QGIS without a window and with the plugin's provider, then run a measurement in it."""

import os
import runpy
import sys

from qgis.testing import start_app

start_app()

import processing.core.Processing  # noqa: E402 - QGIS first
from buitengebied_atlas.provider.provider import AtlasProvider  # noqa: E402
from qgis.core import QgsApplication  # noqa: E402

processing.core.Processing.Processing.initialize()
PROVIDER = AtlasProvider()
QgsApplication.processingRegistry().addProvider(PROVIDER)
sys.argv = [sys.argv[1], "--in-qgis", *sys.argv[2:]]
runpy.run_path(sys.argv[0], run_name="__main__")
sys.stdout.flush()
os._exit(0)  # QGIS without a window may fall over while it is taken down
