"""The filters above the list of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSizePolicy, QWidget

from ..atlas.core.vacancy.evidence import SOURCES
from ..texts import tr
from .object_rows import NO_EVIDENCE, ObjectFilter, codes_of, short_label
from .object_table import sign_icon

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIELDS = ("words", "status", "conclusion", "municipality", "evidence")


class ObjectFilters(QWidget):
    """What to show; `changed` at each choice, `typed` at each letter."""

    changed = pyqtSignal()
    typed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = ""
        self._words = QLineEdit()
        self._words.setPlaceholderText(tr("Search address, municipality or remark"))
        self._words.setClearButtonEnabled(True)
        self._words.setObjectName("filter_words")
        self._words.setAccessibleName(tr("Search objects"))
        self._status = _box("filter_status", tr("Status"), tr("All statuses"))
        self._conclusion = _box("filter_conclusion", tr("Conclusion"), tr("All conclusions"))
        self._municipality = _box("filter_municipality", tr("Municipality"), tr("All municipalities"))
        self._evidence = _box("filter_evidence", tr("Evidence"), tr("All evidence"))
        for box, field in ((self._status, "status"), (self._conclusion, "conclusie")):
            for code, label in codes_of(field).items():
                box.addItem(sign_icon(field, code), short_label(field, code), code)
                box.setItemData(box.count() - 1, label, Qt.ItemDataRole.ToolTipRole)
        for kind, label in SOURCES.items():
            self._evidence.addItem(label, kind)
        self._evidence.addItem(tr("Without evidence"), NO_EVIDENCE)
        places = QGridLayout(self)
        places.setContentsMargins(0, 0, 0, 0)
        places.setSpacing(4)
        places.addWidget(self._words, 0, 0, 1, 2)
        for position, box in enumerate(self._choices()):
            places.addWidget(box, 1 + position // 2, position % 2)
            box.activated.connect(lambda _position: self.changed.emit())
        places.setColumnStretch(0, 1)
        places.setColumnStretch(1, 1)
        self._words.textEdited.connect(lambda _text: self.typed.emit())
        self._words.textChanged.connect(self._cleared)

    def filter(self) -> ObjectFilter:
        """What is asked for now."""
        return ObjectFilter(
            words=self._words.text(),
            status=self._status.currentData(),
            conclusion=self._conclusion.currentData(),
            municipality=self._municipality.currentData(),
            evidence=self._evidence.currentData(),
        )

    def set_filter(self, wanted: ObjectFilter) -> None:
        """Show a filter in the boxes; a choice that is not there becomes "all"."""
        self._words.setText(wanted.words)
        # before the dossier is read its municipalities are not in the box yet
        self._wanted = wanted.municipality
        for box, value in (
            (self._status, wanted.status),
            (self._conclusion, wanted.conclusion),
            (self._municipality, wanted.municipality),
            (self._evidence, wanted.evidence),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))

    def set_municipalities(self, municipalities: Iterable[tuple[str, str]]) -> None:
        """Offer these municipalities (code, name)."""
        chosen = self._municipality.currentData()
        while self._municipality.count() > 1:
            self._municipality.removeItem(1)
        for code, name in municipalities:
            self._municipality.addItem(name, code)
        self._municipality.setCurrentIndex(max(0, self._municipality.findData(self._wanted or chosen)))
        self._wanted = ""

    def clear(self) -> None:
        """Ask for everything."""
        self.set_filter(ObjectFilter())
        self.changed.emit()

    def boxes(self) -> tuple[QWidget, ...]:
        """The boxes in the order of the Tab key."""
        return (self._words, *self._choices())

    def _choices(self) -> tuple[QComboBox, ...]:
        return (self._status, self._conclusion, self._municipality, self._evidence)

    def _cleared(self, text: str) -> None:
        # the cross in the box is no typing
        if not text:
            self.typed.emit()


def filter_text(wanted: ObjectFilter) -> str:
    """A filter as a setting keeps it; what was searched for is not kept, it may be somebody's address."""
    return ",".join(getattr(wanted, field) for field in _FIELDS[1:])


def filter_from_text(text: str) -> ObjectFilter:
    """The filter of a setting; what can't be read is no filter."""
    values = text.split(",")
    if len(values) != len(_FIELDS) - 1:
        return ObjectFilter()
    return ObjectFilter(**dict(zip(_FIELDS[1:], values, strict=True)))


def _box(name: str, label: str, everything: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(label)
    box.setToolTip(label)
    box.addItem(everything, "")
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(5)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box
