"""PyQt6.QtGui under the name that QGIS gives it."""

from PyQt6.QtGui import *  # noqa: F403
