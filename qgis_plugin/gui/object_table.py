"""The list of objects as a model: filtered and sorted here, as fifty thousand lines must stay quick.

A QSortFilterProxyModel asks Python about each line and at each comparison: hundreds of thousands of times.
Here a filter is one pass over tuples, and sorting is Python's own.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt
from qgis.PyQt.QtGui import QIcon, QPixmap

from ..atlas.core.counts.object_symbols import sign
from ..atlas.core.words.notation import format_period
from .object_rows import ObjectFilter, code_label, field_alias, municipality_name, short_label

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from qgis.PyQt.QtCore import QObject

    from .object_rows import ObjectRow

#: the columns, the first ones are left when the panel is narrow
COLUMNS = ("adres", "conclusie", "status", "gemeente_code", "prioriteit", "peildatum")
ADDRESS, CONCLUSION, STATUS, MUNICIPALITY, PRIORITY, REFERENCE_DATE = range(len(COLUMNS))
UUID_ROLE = Qt.ItemDataRole.UserRole
_SIGN_FIELDS = ("conclusie", "status")
_SIGN_PIXELS = 32
#: most urgent first
_PRIORITIES = {"hoog": 0, "normaal": 1, "laag": 2}


class ObjectTable(QAbstractTableModel):
    """The lines that fit the filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ObjectRow] = []
        self._position: dict[str, int] = {}
        self._shown: list[int] = []
        self._line: dict[int, int] = {}
        self._filter = ObjectFilter()
        self._sorted_by, self._order = MUNICIPALITY, Qt.SortOrder.AscendingOrder

    def set_rows(self, rows: Sequence[ObjectRow]) -> None:
        """Show other objects; `object_rows` sorted them by municipality and address."""
        self.beginResetModel()
        self._rows = list(rows)
        self._position = {row.uuid: position for position, row in enumerate(self._rows)}
        self._arrange()
        self.endResetModel()

    def set_filter(self, wanted: ObjectFilter) -> None:
        """Show only what fits."""
        if wanted == self._filter:
            return
        self.beginResetModel()
        self._filter = wanted
        self._arrange()
        self.endResetModel()

    def change(self, values: Mapping[str, Mapping[str, object]]) -> None:
        """Show new values (uuid -> field -> value) in their lines.

        A line that no longer fits the filter stays until the filter is used again: it would disappear under
        the hands of who is working on it.
        """
        for uuid, changed in values.items():
            position = self._position.get(uuid)
            if position is None:
                continue
            self._rows[position] = self._rows[position].with_values(changed)
            line = self._line.get(position)
            if line is not None:
                self.dataChanged.emit(self.index(line, 0), self.index(line, len(COLUMNS) - 1))

    def row(self, uuid: str) -> ObjectRow | None:
        """An object, also when the filter hides it."""
        position = self._position.get(uuid)
        return None if position is None else self._rows[position]

    def positions_of(self, uuids: Iterable[str]) -> set[int]:
        """The places of objects among all, shown or not; those that are not there are left out."""
        return {self._position[uuid] for uuid in uuids if uuid in self._position}

    def positions_at(self, first: int, last: int) -> list[int]:
        """The places of the objects on the lines from `first` up to and including `last`."""
        return self._shown[first : last + 1]

    def lines_of(self, positions: Container[int]) -> list[int]:
        """On which lines these objects are shown, in order; those that are not shown are left out."""
        return [line for line, position in enumerate(self._shown) if position in positions]

    def row_at(self, line: int) -> ObjectRow:
        """The object on a line."""
        return self._rows[self._shown[line]]

    def total(self) -> int:
        """How many objects there are, shown or not."""
        return len(self._rows)

    def municipalities(self) -> list[tuple[str, str]]:
        """Code and name of each municipality that has objects, by name."""
        codes = {row.values["gemeente_code"] for row in self._rows}
        return sorted(((code, municipality_name(code)) for code in codes if code), key=lambda pair: pair[1])

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return field_alias(COLUMNS[section])
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index.row())
        field = COLUMNS[index.column()]
        value = row.values[field]
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(field, value)
        if role == Qt.ItemDataRole.DecorationRole and field in _SIGN_FIELDS:
            return sign_icon(field, value)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return _sentence(row)
        if role == UUID_ROLE:
            return row.uuid
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if (column, order) == (self._sorted_by, self._order):
            return
        self.beginResetModel()
        self._sorted_by, self._order = column, order
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        self._shown = self._filter.positions(self._rows)
        key = _sort_key(COLUMNS[self._sorted_by])
        backwards = self._order == Qt.SortOrder.DescendingOrder
        if self._sorted_by != MUNICIPALITY or backwards:  # by municipality and address they are already
            self._shown.sort(key=lambda position: key(self._rows[position]), reverse=backwards)
        self._line = {position: line for line, position in enumerate(self._shown)}


@cache
def sign_icon(field: str, code: str) -> QIcon:
    """The sign of a code as on the map."""
    drawn = sign(field, code)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_SIGN_PIXELS}" height="{_SIGN_PIXELS}"'
        f' viewBox="-1 -1 18 18"><path d="{drawn.path}" fill="{drawn.fill}" stroke="{drawn.outline}"/></svg>'
    )
    picture = QPixmap()
    picture.loadFromData(svg.encode("ascii"), "SVG")
    return QIcon(picture)


def _shown(field: str, value: str) -> str:
    if field == "gemeente_code":
        return municipality_name(value)
    if field == "peildatum":
        return format_period(value)
    if field == "adres":
        return value or "–"
    return short_label(field, value)


def _sentence(row: ObjectRow) -> str:
    values = row.values
    parts = (
        values["adres"],
        municipality_name(values["gemeente_code"]),
        code_label("conclusie", values["conclusie"]),
        code_label("status", values["status"]),
    )
    return "\n".join(part for part in parts if part)


def _sort_key(field: str) -> Callable[[ObjectRow], object]:
    if field == "adres":
        return lambda row: row.order
    if field == "gemeente_code":
        return lambda row: (municipality_name(row.values[field]), row.order)
    if field == "prioriteit":
        return lambda row: _PRIORITIES.get(row.values[field], len(_PRIORITIES))
    if field == "peildatum":
        return lambda row: row.values[field]
    return lambda row: short_label(field, row.values[field])
