"""The dock "Atlas": figures, objects and tools beside the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtWidgets import QTabWidget

from ..atlas.core.figures.time_views import THROUGH_TIME, views_through_time
from ..atlas.core.words.errors import AtlasError
from ..controls import told
from ..figures import find_view, published, released_figures
from ..icons import icon
from ..settings import DOCK_OPEN, DOCK_TAB, INDICATOR, LEVEL, OBJECT_FILTER, PERIOD, THEME
from ..texts import tr
from .dossier_objects import DossierObjects
from .dossier_visits import DossierVisits
from .figure_panel import FigurePanel
from .object_filters import filter_from_text, filter_text
from .object_panel import ObjectPanel
from .tool_dialogs import ToolDialogs
from .tools_panel import ToolsPanel
from .visit_panel import VisitPanel

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from ..atlas.core.disclosure.released import Released
    from ..atlas.core.figures.payload import Payload

OBJECT_NAME = "BuitengebiedAtlasDock"
_PANELS = ("figures", "objects", "visits", "tools")


class AtlasDock(QgsDockWidget):
    """Joins the panels to QGIS: what they ask is done in the project, and where they stood is remembered."""

    def __init__(self, iface: QgisInterface) -> None:
        super().__init__(tr("Atlas"), iface.mainWindow())
        self.setObjectName(OBJECT_NAME)
        self._iface = iface
        self._own: dict[str, Released[Payload]] = {}
        self.figures, self.objects, self.tools = FigurePanel(), ObjectPanel(), ToolsPanel()
        self.visits = VisitPanel()
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        # all are in sight, whatever the theme and the size of type: the panel is at least as wide
        self._tabs.setUsesScrollButtons(False)
        self._tabs.setAccessibleName(tr("Atlas"))
        for panel, label, name in (
            (self.figures, tr("Figures"), "figures"),
            (self.objects, tr("Objects"), "objects"),
            (self.visits, tr("Visits"), "visits"),
            (self.tools, tr("Tools"), "tools"),
        ):
            self._tabs.addTab(panel, icon(f"panel_{name}"), label)
        self.setWidget(self._tabs)
        self._dialogs = ToolDialogs(iface)
        self._objects = DossierObjects(iface, self.objects, self._dialogs.open)
        self._visits = DossierVisits(iface, self.visits, self._dialogs.open, self._objects.open)
        self._dialogs.after, self._dialogs.figure_taken = self._visits.read, self.add_own
        self._restore()
        self.figures.show_requested.connect(self.show_on_map)
        self.figures.chosen.connect(self._remember_figure)
        self.objects.filter_changed.connect(self._remember_filter)
        self.tools.asked.connect(self._dialogs.open)
        self._tabs.currentChanged.connect(lambda position: DOCK_TAB.set(_PANELS[position]))
        self.visibilityChanged.connect(self._remember_open)
        registry = QgsApplication.processingRegistry()
        registry.providerAdded.connect(self._offer_tools)
        registry.providerRemoved.connect(self._offer_tools)
        self._offer_tools()
        self._objects.look()
        self._visits.look()

    def release(self) -> None:
        """Let go of everything outside the dock: it is about to be taken away."""
        self.visibilityChanged.disconnect(self._remember_open)
        registry = QgsApplication.processingRegistry()
        registry.providerAdded.disconnect(self._offer_tools)
        registry.providerRemoved.disconnect(self._offer_tools)
        self._objects.release()
        self._visits.release()
        self._dialogs.release()

    def add_own(self, released: Released[Payload]) -> None:
        """Offer a figure of the user's beside the published ones, as long as QGIS is open, and show it."""
        own = released.content
        self._own[own["opening"]["indicator"]] = released
        self.figures.add(own)
        period = THROUGH_TIME if views_through_time(own, own["indicators"][0]) else own["opening"]["period"]
        self.figures.choose(own["opening"]["indicator"], own["opening"]["level"], period)
        self._set_clock(own["opening"]["indicator"], own["opening"]["level"], period)

    def show_on_map(self, indicator: str, level: str, period: str) -> None:
        """Add the map of a figure to the project, or refresh it."""
        from ..layers.choropleth import show

        own = self._own.get(indicator)
        try:
            layer = show(
                QgsProject.instance(),
                own or released_figures(),
                indicator,
                level,
                period,
                own=own is not None,
            )
        except AtlasError as error:
            self._iface.messageBar().pushWarning("Buitengebied Atlas", told(error))
            return
        self._iface.setActiveLayer(layer)
        self._set_clock(indicator, level, period)

    def _set_clock(self, indicator: str, level: str, period: str) -> None:
        """Set the temporal controller of QGIS to the periods of a figure that is shown through time."""
        if period != THROUGH_TIME:
            return
        from ..layers.clock import set_clock

        own = self._own.get(indicator)
        payload = published() if own is None else own.content
        set_clock(self._iface, find_view(payload, indicator, level, period)[1]["moments"])

    def _restore(self) -> None:
        self.figures.set_payload(published())
        self.figures.choose_theme(THEME.get())
        # a figure of an older edition may be gone: then the atlas opens with its own
        if not self.figures.choose(INDICATOR.get(), LEVEL.get(), PERIOD.get()):
            self._remember_figure(*self.figures.choice())
        self.objects.set_filter(filter_from_text(OBJECT_FILTER.get()))
        tab = DOCK_TAB.get()
        self._tabs.setCurrentIndex(_PANELS.index(tab) if tab in _PANELS else 0)

    def _remember_figure(self, indicator: str, level: str, period: str) -> None:
        THEME.set(self.figures.theme())
        for setting, value in ((INDICATOR, indicator), (LEVEL, level), (PERIOD, period)):
            setting.set(value)

    def _remember_filter(self) -> None:
        OBJECT_FILTER.set(filter_text(self.objects.filters.filter()))

    def _remember_open(self, _visible: bool) -> None:  # noqa: FBT001 - the signal's own argument
        # behind another tab or in a closing window it is not visible, and yet open
        DOCK_OPEN.set(not self.isHidden())

    def _offer_tools(self, *_: object) -> None:
        self.tools.set_tools(self._dialogs.tools())
