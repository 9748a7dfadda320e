"""What is loaded on a Python that is too old: it says so once and does nothing else.

This module and the package's `__init__` keep to the language of Python 3.7, so that they can be read there.
"""

import sys

from qgis.core import Qgis

from .texts import tr


class TooOldPlugin:
    """A plugin of one sentence."""

    def __init__(self, iface, oldest):
        self._iface = iface
        self._oldest = oldest

    def initGui(self):
        """Say it."""
        sentence = tr(
            "Buitengebied Atlas needs Python {needed} or newer; this QGIS has {found}. Ask for a newer QGIS."
        ).format(
            needed=".".join(str(part) for part in self._oldest),
            found=".".join(str(part) for part in sys.version_info[:2]),
        )
        self._iface.messageBar().pushMessage(sentence, level=Qgis.MessageLevel.Critical)

    def unload(self):
        """Nothing was added, so nothing is removed."""
