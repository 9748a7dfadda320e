"""What the plugin remembers between sessions: each setting declared once, in QGIS's own settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from qgis.core import QgsSettings

from .atlas.core.areas.boundary_areas import DEFAULT_ENDPOINT

_PREFIX = "buitengebied_atlas/"
T = TypeVar("T", str, int, bool)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """A setting: its key, and what holds as long as nobody chose."""

    key: str
    default: T

    def get(self) -> T:
        """The chosen value, or the default when there is none or it is of another kind."""
        return QgsSettings().value(_PREFIX + self.key, self.default, type=type(self.default))

    def set(self, value: T) -> None:
        """Remember a value."""
        QgsSettings().setValue(_PREFIX + self.key, value)

    def forget(self) -> None:
        """Go back to the default."""
        QgsSettings().remove(_PREFIX + self.key)


DOSSIER_FOLDER = Setting("dossier_folder", "")
INDICATOR = Setting("indicator", "")
LEVEL = Setting("level", "")
PERIOD = Setting("period", "")
THEME = Setting("theme", "")
DOCK_OPEN = Setting("dock_open", False)  # noqa: FBT003 - the default itself
DOCK_TAB = Setting("dock_tab", "figures")
#: where an own table or list was last taken from
INTAKE_FOLDER = Setting("intake_folder", "")
#: the file with addresses of the BAG in which those of a list are looked up
ADDRESSES_FILE = Setting("addresses_file", "")
#: who makes pages and maps, and who answers questions about them
MAKER = Setting("maker", "")
CONTACT = Setting("contact", "")
#: the user's own program `atlas`, for what needs its libraries; nothing is started that is not named here
ATLAS_COMMAND = Setting("atlas_command", "")
#: status, conclusion, municipality and evidence of the list of objects; never what was searched for
OBJECT_FILTER = Setting("object_filter", "")
#: root of the OGC API Features service that `load_boundaries` asks when the user chooses it
BOUNDARY_ENDPOINT = Setting("boundary_endpoint", DEFAULT_ENDPOINT)
