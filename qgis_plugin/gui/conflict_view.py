"""Conflicts between the field and the dossier: one at a time, both values, and who decides says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..atlas.core.schema.conflicts import KEEPS_DOSSIER, TAKES_FIELD
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..atlas.core.records.conflicts import OpenConflict

_UUID = Qt.ItemDataRole.UserRole
#: so many are in sight at once
_MOST = 4


class ConflictView(QWidget):
    """The open conflicts; `decided` carries uuid, choice and reason."""

    decided = pyqtSignal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conflicts: dict[str, OpenConflict] = {}
        self._about, self._list, self.reason = QLabel(), QListWidget(), QLineEdit()
        self._list.setObjectName("conflicts")
        self._list.setAccessibleName(tr("Conflicts"))
        self._list.setWordWrap(True)
        self._about.setObjectName("conflict")
        self._about.setWordWrap(True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reason.setObjectName("conflict_reason")
        self.reason.setPlaceholderText(tr("Why, in a few words"))
        self.reason.setAccessibleName(tr("Why, in a few words"))
        self._keep, self._take = QPushButton(tr("Keep the dossier's")), QPushButton(tr("Take the field's"))
        self._keep.setObjectName("conflict_keep")
        self._take.setObjectName("conflict_take")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        for part in (self._list, self._about, self.reason, self._keep, self._take):
            lines.addWidget(part)
        self._list.currentItemChanged.connect(self._show)
        self._keep.clicked.connect(lambda _checked: self._decide(KEEPS_DOSSIER))
        self._take.clicked.connect(lambda _checked: self._decide(TAKES_FIELD))
        self.set_conflicts(())

    def set_conflicts(self, conflicts: Sequence[OpenConflict]) -> None:
        """Show these; the one that was chosen stays chosen."""
        kept = self.chosen()
        self._conflicts = {str(one.record["uuid"]): one for one in conflicts}
        self._list.blockSignals(True)  # noqa: FBT003 - Qt's own
        self._list.clear()
        for uuid, one in self._conflicts.items():
            item = QListWidgetItem(f"{one.title}: {one.field}")
            item.setData(_UUID, uuid)
            self._list.addItem(item)
            if uuid == kept:
                self._list.setCurrentItem(item)
        if self._list.currentItem() is None and self._conflicts:
            self._list.setCurrentRow(0)
        self._list.blockSignals(False)  # noqa: FBT003
        self._list.setVisible(bool(self._conflicts))
        lines = 2 * min(len(self._conflicts), _MOST) + 1
        self._list.setFixedHeight(lines * self._list.fontMetrics().height())
        if self.chosen() != kept:
            self.reason.clear()
        self._show()

    def chosen(self) -> str:
        """The uuid of the conflict that is chosen; "" for none."""
        item = self._list.currentItem()
        return str(item.data(_UUID)) if item is not None else ""

    def _show(self, *_: object) -> None:
        one = self._conflicts.get(self.chosen())
        for part in (self.reason, self._keep, self._take):
            part.setVisible(one is not None)
        if one is None:
            self._about.setText(tr("Nothing waits for a decision."))
            return
        when = f" ({one.moment})" if one.moment else ""
        self._about.setText(
            f"{one.title}\n{one.field}\n"
            + tr("Dossier: {value}").format(value=one.in_dossier)
            + "\n"
            + tr("Field: {value}").format(value=one.from_field)
            + when
        )

    def _decide(self, choice: str) -> None:
        if uuid := self.chosen():
            self.decided.emit(uuid, choice, self.reason.text())
