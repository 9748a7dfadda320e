"""PyQt6.QtSvg under the name that QGIS gives it."""

from PyQt6.QtSvg import *  # noqa: F403
