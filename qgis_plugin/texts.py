"""The interface's own words, in English here and in Dutch through the translation that QGIS loads.

Sentences that the core makes about figures, areas and records are Dutch in both languages.
"""

from qgis.PyQt.QtCore import QCoreApplication

CONTEXT = "BuitengebiedAtlas"


def tr(text):
    """The text in the language of QGIS; always called with a literal, as the translations are gathered so."""
    return QCoreApplication.translate(CONTEXT, text)
