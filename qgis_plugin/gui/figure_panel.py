"""Choosing a published figure, and everything that belongs to it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ..atlas.core.figures.time_views import THROUGH_TIME
from ..icons import icon
from ..texts import tr
from .figure_view import FigureView
from .search_box import SearchBox

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EVERYTHING = ""


class FigurePanel(QWidget):
    """Theme, figure, level and period as on the page, and the figure itself.

    `show_requested` carries indicator, level and period; `chosen` the same, at each choice.
    """

    show_requested = pyqtSignal(str, str, str)
    chosen = pyqtSignal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._payload: Mapping[str, Any] | None = None
        self._theme, self._level, self._period = QComboBox(), QComboBox(), QComboBox()
        self._indicator = SearchBox()
        self._view = FigureView()
        self._button = QPushButton(icon("show_on_map"), tr("Show on the map"))
        self._name_widgets()
        self._lay_out()
        self._theme.activated.connect(self._fill_indicators)
        self._indicator.chosen.connect(self._fill_levels)
        self._level.activated.connect(self._fill_periods)
        self._period.activated.connect(self._show_view)
        self._button.clicked.connect(lambda: self.show_requested.emit(*self.choice()))

    def set_payload(self, payload: Mapping[str, Any]) -> None:
        """Offer the figures of a payload that have a map, and show the one it opens with."""
        self._payload = payload
        used = {indicator["theme"] for indicator in self._mapped()}
        self._theme.clear()
        self._theme.addItem(tr("All themes"), _EVERYTHING)
        for theme in payload["themes"]:
            if theme["id"] in used:
                self._theme.addItem(theme["label"], theme["id"])
        opening = payload["opening"]
        self.choose(opening["indicator"], opening["level"], opening["period"])

    def add(self, own: Mapping[str, Any]) -> None:
        """Offer the figure of a payload of the user's beside the others; one with its id is replaced."""
        held = self._payload
        given = {entry["id"] for entry in own["indicators"]}
        merged = {
            "themes": {theme["id"]: theme for theme in (*held["themes"], *own["themes"])},
            "levels": {level["id"]: level for level in (*held["levels"], *own["levels"])},
        }
        self.set_payload(
            {
                **held,
                **{key: list(entries.values()) for key, entries in merged.items()},
                "indicators": [
                    *(entry for entry in held["indicators"] if entry["id"] not in given), *own["indicators"],
                ],
            }
        )  # fmt: skip

    def choice(self) -> tuple[str, str, str]:
        """Indicator, level and period that are shown."""
        return (
            self._indicator.value(),
            str(self._level.currentData() or ""),
            str(self._period.currentData() or ""),
        )

    def choose(self, indicator: str, level: str = "", period: str = "") -> bool:
        """Show a figure, as if it had been chosen; False, and nothing changes, when it has no such map."""
        found = next((entry for entry in self._mapped() if entry["id"] == indicator), None)
        if found is None:
            return False
        if self._theme.currentData() not in (_EVERYTHING, found["theme"]):
            self._theme.setCurrentIndex(0)
        self._fill_indicators(indicator)
        _select(self._level, level)
        self._fill_periods()
        _select(self._period, period)
        self._show_view()
        return True

    def choose_theme(self, theme: str) -> None:
        """Offer the figures of one theme only; "" for all."""
        _select(self._theme, theme)
        self._fill_indicators()

    def theme(self) -> str:
        """The theme whose figures are offered; "" for all."""
        return str(self._theme.currentData() or "")

    def _mapped(self) -> Sequence[Mapping[str, Any]]:
        return (
            [] if self._payload is None else [item for item in self._payload["indicators"] if item["views"]]
        )

    def _fill_indicators(self, wanted: object = None) -> None:
        wanted = wanted if isinstance(wanted, str) else self._indicator.value()
        theme = self._theme.currentData()
        offered = [item for item in self._mapped() if theme in (_EVERYTHING, item["theme"])]
        self._indicator.set_choices([(item["id"], item["label"]) for item in offered], wanted)
        self._fill_levels()

    def _fill_levels(self, *_: object) -> None:
        wanted = self._level.currentData()
        labels = {level["id"]: level["label"] for level in self._payload["levels"]}
        self._level.clear()
        for level in dict.fromkeys(view["level"] for view in self._views()):
            self._level.addItem(labels[level], level)
        _select(self._level, wanted)
        self._fill_periods()

    def _fill_periods(self, *_: object) -> None:
        wanted, level = self._period.currentData(), self._level.currentData()
        self._period.clear()
        if any(line["level"] == level for line in self._shown().get("timelines", ())):
            self._period.addItem(tr("Through time"), THROUGH_TIME)
        for view in self._views():
            if view["level"] == level:
                self._period.addItem(view["period_label"], view["period"])
        _select(self._period, wanted)
        self._show_view()

    def _shown(self) -> Mapping[str, Any]:
        shown = self._indicator.value()
        return next((item for item in self._mapped() if item["id"] == shown), {})

    def _views(self) -> Sequence[Mapping[str, Any]]:
        return self._shown().get("views", ())

    def _show_view(self, *_: object) -> None:
        indicator, level, period = self.choice()
        found = next(item for item in self._mapped() if item["id"] == indicator)
        view = next(
            view  # through time the newest stands there, which is the first
            for view in found["views"]
            if view["level"] == level and period in (view["period"], THROUGH_TIME)
        )
        self._view.show_view(self._payload, found, view)
        self.chosen.emit(indicator, level, period)

    def _name_widgets(self) -> None:
        self._theme.setObjectName("theme")
        self._indicator.setObjectName("indicator")
        self._level.setObjectName("level")
        self._period.setObjectName("period")
        self._button.setObjectName("show_on_map")
        for box in (self._theme, self._indicator, self._level, self._period):
            # a long label must not make the panel wide: it is cut off in the box and whole in the heading
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(4)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._button.setDefault(True)
        self._indicator.setToolTip(tr("Choose a figure, or type a part of its name"))

    def _lay_out(self) -> None:
        places = QHBoxLayout()
        places.addWidget(self._level, 1)
        places.addWidget(self._period, 1)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, label, field, box in (
            ("theme", tr("&Theme"), self._theme, self._theme),
            ("indicator", tr("&Figure"), self._indicator, self._indicator),
            ("level", tr("&Level"), places, self._level),
        ):
            caption = QLabel(label)
            caption.setBuddy(box)
            caption.setObjectName(f"{name}_label")
            form.addRow(caption, field)
            box.setAccessibleName(label.replace("&", ""))
        self._period.setAccessibleName(tr("Period"))
        self._period.setToolTip(tr("Period"))
        scroll = QScrollArea()
        scroll.setWidget(self._view)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(8, 8, 8, 8)
        lines.addLayout(form)
        lines.addWidget(self._button)
        lines.addWidget(scroll, 1)
        order = [self._theme, self._indicator, self._level, self._period, self._button, self._view.table]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)


def _select(box: QComboBox, value: object) -> None:
    """Choose a value when it is there, else the first."""
    box.setCurrentIndex(max(0, box.findData(value)))
