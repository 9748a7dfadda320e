"""The figures of one view as a table: an area on each line, with how sure its figure is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt

from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qgis.PyQt.QtCore import QObject

AREA, FIGURE, PLOT, INTERVAL, RESPONDENTS, STATE = range(6)
SORT_ROLE = Qt.ItemDataRole.UserRole
#: the value of the payload, for who draws it
VALUE_ROLE = Qt.ItemDataRole.UserRole + 1
CODE_ROLE = Qt.ItemDataRole.UserRole + 2

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NONE = "–"
#: names of regions are long, and a line may be broken after a slash
_MAY_BREAK = "/\N{ZERO WIDTH SPACE}"
Row = tuple["Mapping[str, Any]", "Mapping[str, Any]"]


class FigureTable(QAbstractTableModel):
    """The areas of a level with their values in one view of the payload."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._states: Mapping[str, str] = {}
        self._ticks: Sequence[Mapping[str, Any]] = ()

    def show(
        self, level: Mapping[str, Any], view: Mapping[str, Any], states: Sequence[Mapping[str, Any]]
    ) -> None:
        """Show a view; `states` are those of the payload."""
        self.beginResetModel()
        self._rows = [(area, view["values"][area["code"]]) for area in level["areas"]]
        self._states = {state["status"]: state["label"] for state in states}
        self._ticks = view["axis"]["ticks"]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else STATE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT  # at the right stands the arrow that says by which column is sorted
        if role == Qt.ItemDataRole.ToolTipRole and section == PLOT:
            return tr("Dot: the figure. Line: its 95% interval. An open dot is indicative.")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == PLOT:
            return f"{self._ticks[0]['label']} – {self._ticks[-1]['label']}" if self._ticks else ""
        return {
            AREA: tr("Area"),
            FIGURE: tr("Figure"),
            INTERVAL: tr("95% interval"),
            RESPONDENTS: tr("n"),
            STATE: tr("How sure"),
        }[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: PLR0911 - a role each
        area, value = self._rows[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column == PLOT else self._text(area, value, column)
        if role == SORT_ROLE:
            return _sort_key(area, value, column)
        if role == VALUE_ROLE:
            return value
        if role == CODE_ROLE:
            return area["code"]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in (FIGURE, RESPONDENTS) else _LEFT
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self._sentence(area, value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return value["interval_text"] or _NONE if column == PLOT else self._text(area, value, column)
        return None

    def _text(self, area: Mapping[str, Any], value: Mapping[str, Any], column: int) -> str:
        if column == AREA:
            return area["label"].replace("/", _MAY_BREAK)
        if column == STATE:
            return self._states[value["status"]]
        key = {FIGURE: "text", INTERVAL: "interval_text", RESPONDENTS: "n_text"}[column]
        return value[key] or _NONE

    def _sentence(self, area: Mapping[str, Any], value: Mapping[str, Any]) -> str:
        """All of a line in words: a narrow panel leaves columns out."""
        parts = [f"{area['label']}: {value['text'] or _NONE}"]
        if value["interval_text"]:
            parts.append(f"{tr('95% interval')} {value['interval_text']}")
        if value["n_text"]:
            parts.append(f"n {value['n_text']}")
        parts += [self._states[value["status"]], value["note"], area["note"]]
        return "\n".join(part for part in parts if part)


class SortedFigures(QSortFilterProxyModel):
    """Sorts figures; areas without a figure come last in both directions."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(True)

    def lessThan(self, left: QModelIndex, right: QModelIndex) -> bool:
        one, other = left.data(SORT_ROLE), right.data(SORT_ROLE)
        if one is None or other is None:
            ascending = self.sortOrder() == Qt.SortOrder.AscendingOrder
            return (one is not None) == ascending and one is not other
        return one < other


def _sort_key(area: Mapping[str, Any], value: Mapping[str, Any], column: int) -> object:
    if column in (FIGURE, PLOT):
        return value["value"]
    if column == INTERVAL:
        return None if value["low"] is None else value["high"] - value["low"]
    if column == RESPONDENTS:
        return value["n"]
    return value["status"] if column == STATE else area["label"].casefold()
