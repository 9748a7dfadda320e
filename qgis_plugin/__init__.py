"""Buitengebied Atlas: the atlas inside QGIS. QGIS calls `classFactory` when it loads the plugin."""

from __future__ import annotations

import sys

_OLDEST_PYTHON = (3, 11)


def classFactory(iface):  # noqa: ANN001, ANN201 - the form that QGIS asks for
    """The plugin, or on a Python that is too old an empty one that says so in one sentence."""
    if sys.version_info < _OLDEST_PYTHON:
        from .too_old import TooOldPlugin

        return TooOldPlugin(iface, _OLDEST_PYTHON)
    from .plugin import AtlasPlugin

    return AtlasPlugin(iface)
