"""The algorithms of the atlas as tools, and their dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QPushButton

from ..icons import icon
from ..provider.provider import ALGORITHMS
from ..recognising import records_of
from ..texts import tr
from .taking_in import TakingIn
from .tools_panel import Tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qgis.core import QgsMapLayer
    from qgis.gui import QgisInterface
    from qgis.PyQt.QtWidgets import QWidget

    from ..atlas.core.disclosure.released import Released
    from ..atlas.core.figures.payload import Payload

_PROVIDER = "buitengebied_atlas"
_PAGE = "export_page"
#: what is a window of our own, beside the algorithms
_INTAKE = "intake"


class ToolDialogs:
    """Opens the dialogs of the algorithms beside the window."""

    def __init__(self, iface: QgisInterface) -> None:
        self._iface = iface
        self._open: list[QWidget] = []
        #: called when an algorithm of ours has run in a dialog
        self.after: Callable[[], object] = lambda: None
        #: called with the payload of a figure of the user's that was put on the map
        self.figure_taken: Callable[[Released[Payload]], object] = lambda _released: None

    def tools(self) -> list[Tool]:
        """The algorithms of the provider that is loaded now, none when there is none."""
        provider = QgsApplication.processingRegistry().providerById(_PROVIDER)
        algorithms = {} if provider is None else {item.name(): item for item in provider.algorithms()}
        own = Tool(
            key=_INTAKE,
            label=tr("Take in an own table or list…"),
            group=tr("Own table or list"),
            about=tr("A file as you have it: shown as it is understood, before anything is written"),
            icon=icon(_INTAKE),
        )
        return [
            *([own] if algorithms else []),
            *(
                Tool(
                    key=name,
                    label=algorithms[name].displayName(),
                    group=algorithms[name].group(),
                    about=algorithms[name].shortDescription() or algorithms[name].displayName(),
                    icon=algorithms[name].icon(),
                )
                for name in ALGORITHMS
                if name in algorithms
            ),
        ]

    def open(self, name: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Open the dialog of an algorithm, or our own; the window stays usable beside it.

        Args:
            name: Of the algorithm.
            parameters: What is filled in already.
        """
        if name == _INTAKE:
            taking = TakingIn(self._iface)
            taking.figure_taken.connect(self.figure_taken)
            taking.open()
            return
        import processing

        algorithm = f"{_PROVIDER}:{name}"
        dialog = processing.createAlgorithmDialog(algorithm, dict(parameters or {}))
        if not dialog:  # None, or False in older ones
            self._iface.messageBar().pushWarning("Buitengebied Atlas", tr("This tool is not there."))
            return
        # up to QGIS 4.0 it is a dialog, from 4.2 on a widget that Processing puts in a window or a dock: only
        # what both have may be asked (`release/qt6_check.py`). It deletes itself, when its work is done
        finished = getattr(dialog, "algorithmFinished", None)
        if name == _PAGE and finished is not None:
            finished.connect(self._offer_page)
        if finished is not None:
            finished.connect(lambda *_: self.after())
        self._open.append(dialog)
        # its `finished` is a method of Processing, not Qt's signal
        dialog.destroyed.connect(lambda _object: self._open.remove(dialog))
        getattr(dialog, "showWidget", dialog.show)()

    def open_for_selection(self, name: str) -> None:
        """Open the dialog of an algorithm for the one record that is selected."""
        self.open(name, _selected_record(self._iface.activeLayer()))

    def release(self) -> None:
        """Close what is open."""
        for dialog in list(self._open):
            dialog.close()

    def _offer_page(self, successful: bool, results: dict[str, Any]) -> None:  # noqa: FBT001 - the signal's own
        """Say where the page is; it is opened in the browser only when the user asks."""
        page = Path(str(results.get("OUTPUT", "")))
        if not successful or not page.is_file():
            return
        bar = self._iface.messageBar()
        message = bar.createMessage(
            "Buitengebied Atlas", tr("The page is made: {name}").format(name=page.name)
        )
        button = QPushButton(tr("Open in the browser"))
        button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(page))))
        message.layout().addWidget(button)
        bar.pushWidget(message)


def _selected_record(layer: QgsMapLayer | None) -> dict[str, str]:
    """What a tool is told of the one record that is selected in a layer of a dossier, if there is one."""
    records = records_of(layer)
    if records is None or records.folder is None or layer.selectedFeatureCount() != 1:
        return {}
    if layer.fields().indexOf("uuid") < 0:
        return {}
    return {"FOLDER": str(records.folder), "UUID": str(layer.selectedFeatures()[0]["uuid"])}
