"""Why an object is on the list, in plain sentences, and the next step with it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..atlas.core.figures.payload import NOTES
from ..atlas.core.schema.steps import next_values
from ..atlas.core.words.layer_names import OBJECTS
from ..atlas.core.words.notation import format_number, format_period
from ..icons import icon
from ..texts import tr
from .object_rows import code_label, evidence_sentences, municipality_name
from .object_table import sign_icon
from .record_rights import rights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .object_rows import ObjectRow


class ObjectDetails(QWidget):
    """The selected objects: the reasons of one, and a choice of statuses for all of them."""

    zoom_requested = pyqtSignal()
    status_requested = pyqtSignal(str)
    #: what a person or the team asks of this one object: an algorithm of `rights`
    right_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reasons = QTextBrowser()
        self.reasons.setObjectName("reasons")
        self.reasons.setAccessibleName(tr("Why this object is on the list"))
        self.reasons.setOpenLinks(False)
        self.reasons.setTabChangesFocus(True)
        self._zoom = QPushButton(icon("zoom_to"), "")
        self._zoom.setObjectName("zoom_to")
        self._zoom.setAccessibleName(tr("Zoom to this object"))
        self._zoom.setToolTip(tr("Zoom to this object"))
        self._statuses = QComboBox()
        self._statuses.setObjectName("next_status")
        self._statuses.setAccessibleName(tr("New status"))
        self._statuses.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._statuses.setMinimumContentsLength(6)
        self._statuses.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._change = QPushButton(tr("Change &status"))
        self._change.setObjectName("change_status")
        self._change.setToolTip(
            tr("Changes the layer, not yet the file: undo with Ctrl+Z, save the edits of the layer when done")
        )
        self._rights = QToolButton()
        self._rights.setObjectName("rights")
        self._rights.setText(tr("More"))
        self._rights.setToolTip(tr("Access, correct or erase: what a person may ask about this object"))
        self._rights.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._rights)
        for name, text in rights().items():
            action = menu.addAction(text)
            action.setObjectName(name)
            action.triggered.connect(lambda _checked, asked=name: self.right_requested.emit(asked))
        self._rights.setMenu(menu)
        # two lines: the whole name of a status is to be read in a narrow panel
        steps, others = QHBoxLayout(), QHBoxLayout()
        steps.addWidget(self._statuses, 1)
        steps.addWidget(self._change)
        others.addWidget(self._zoom)
        others.addStretch(1)
        others.addWidget(self._rights)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addWidget(self.reasons, 1)
        lines.addLayout(steps)
        lines.addLayout(others)
        self._zoom.clicked.connect(self.zoom_requested)
        self._change.clicked.connect(lambda: self.status_requested.emit(self._statuses.currentData()))
        self.show_rows([])

    def show_rows(self, rows: Sequence[ObjectRow]) -> None:
        """Show one object with its reasons, or how many there are."""
        if len(rows) == 1:
            self.reasons.setHtml(_told(rows[0]))
        elif rows:
            text = tr("{number} objects selected.").format(number=format_number(len(rows)))
            self.reasons.setHtml(_paragraph(text))
        else:
            self.reasons.setHtml(_paragraph(tr("Select an object to read why it is on the list.")))
        self._zoom.setEnabled(len(rows) == 1 and rows[0].place is not None)
        self._rights.setEnabled(len(rows) == 1)
        self._offer(_steps(rows))

    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in order."""
        return (self.reasons, self._statuses, self._change, self._zoom, self._rights)

    def _offer(self, statuses: Sequence[str]) -> None:
        self._statuses.clear()
        for status in statuses:
            self._statuses.addItem(sign_icon("status", status), code_label("status", status), status)
        for widget in (self._statuses, self._change):
            widget.setEnabled(bool(statuses))


def _steps(rows: Sequence[ObjectRow]) -> list[str]:
    """The statuses that may follow for each of the objects, the likeliest first."""
    if not rows:
        return []
    allowed = [next_values(OBJECTS, "status", status) for status in {row.values["status"] for row in rows}]
    return [status for status in allowed[0] if all(status in others for others in allowed)]


def _told(row: ObjectRow) -> str:
    values = row.values
    reasons = [line for line in values["redenen"].split("\n") if line]
    name = municipality_name(values["gemeente_code"])
    heading = f"{values['adres'] or tr('Without address')}, {name}"
    conclusion = f"{code_label('conclusie', values['conclusie'])}."
    reliability = code_label("betrouwbaarheid", values["betrouwbaarheid"])
    parts = [
        f"<p style='margin:0 0 2px 0'><b>{escape(heading)}</b></p>",
        f"<p style='margin:0 0 4px 0'>{escape(conclusion)} <i>{escape(reliability)}.</i></p>",
        _list(reasons) if reasons else _paragraph(tr("No conclusion has been drawn for this object yet.")),
    ]
    if values["conclusie_geldig_tot"]:
        until = tr("Holds until {day} if nothing new is found.")
        parts.append(_paragraph(until.format(day=format_period(values["conclusie_geldig_tot"]))))
    parts.append(_paragraph(f"{tr('Status')}: {code_label('status', values['status'])}"))
    if values["gemeente_zeker"] != "ja":
        parts.append(_paragraph(tr("It is not certain that it lies in this municipality.")))
    if values["toelichting"]:
        parts.append(_paragraph(values["toelichting"]))
    if row.evidence:
        parts += [_paragraph(f"{tr('Evidence')}:"), _list(evidence_sentences(row))]
    parts.append(f"<p style='margin:4px 0 0 0'><i>{escape(NOTES[0])}</i></p>")
    return "".join(parts)


def _paragraph(text: str) -> str:
    return f"<p style='margin:0 0 4px 0'>{escape(text)}</p>"


def _list(sentences: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<ul style='margin:0 0 4px 0; -qt-list-indent:0; margin-left:14px'>{items}</ul>"
