"""PyQt6.QtCore under the name that QGIS gives it."""

from PyQt6.QtCore import *  # noqa: F403
