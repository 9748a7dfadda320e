"""Loads the provider in a QGIS of its own; tells as JSON which algorithms it has and what the log says."""

from __future__ import annotations

import json
import sys

from qgis.core import Qgis, QgsApplication

application = QgsApplication([], False)
application.initQgis()
said: list[str] = []
QgsApplication.messageLog().messageReceived[str, str, Qgis.MessageLevel].connect(
    lambda *message: said.append(f"{message[1]}: {message[0]}")
)

from buitengebied_atlas.provider.provider import AtlasProvider  # noqa: E402 - QGIS first

provider = AtlasProvider()
QgsApplication.processingRegistry().addProvider(provider)
names = sorted(algorithm.name() for algorithm in provider.algorithms())
sys.stdout.write(f"REPORT {json.dumps({'names': names, 'said': said})}\n")
QgsApplication.processingRegistry().removeProvider(provider)
application.exitQgis()
