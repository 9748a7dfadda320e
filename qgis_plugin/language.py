"""Which of the plugin's two languages QGIS speaks, and its translation."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTranslator

_FOLDER = Path(__file__).parent


def language() -> str:
    """Of QGIS: "nl" in a Dutch one, "en" in every other."""
    application = QgsApplication.instance()
    # what QGIS was started in (`--lang` too); without a window only the setting is known
    spoken = application.translation() or application.locale()
    return "nl" if spoken.lower().startswith("nl") else "en"


def install_translator() -> QTranslator | None:
    """Load and install the translation for QGIS's language; the caller removes it again.

    None when this tree has no compiled translations (a checkout that was not packaged).
    """
    translator = QTranslator()
    if not translator.load(str(_FOLDER / "i18n" / f"buitengebied_atlas_{language()}.qm")):
        return None
    QgsApplication.installTranslator(translator)
    return translator


def help_file(name: str) -> Path:
    """The help text `name` in QGIS's language."""
    return _FOLDER / "help" / f"{name}_{language()}.md"
