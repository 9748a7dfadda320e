"""A layer painted as the canvas paints it."""

from __future__ import annotations

from qgis.core import Qgis, QgsMapRendererParallelJob, QgsMapSettings
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor


def settings_for(layer, width=500, height=600):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent())
    settings.setOutputSize(QSize(width, height))
    settings.setBackgroundColor(QColor("white"))
    settings.setFlag(Qgis.MapSettingsFlag.Antialiasing, True)
    return settings


def painted(layer, **size):
    """The picture, and nothing to complain about."""
    job = QgsMapRendererParallelJob(settings_for(layer, **size))
    job.start()
    job.waitForFinished()
    assert not job.errors()
    return job.renderedImage()
