"""PyQt6.QtWidgets under the name that QGIS gives it."""

from PyQt6.QtWidgets import *  # noqa: F403
