"""Farm visits beside the map: how far a campaign is, its rounds, what is out, what waits for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFrame,
    QGroupBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ..texts import tr
from .conflict_view import ConflictView
from .object_message import DossierPanel

if TYPE_CHECKING:
    from qgis.PyQt.QtGui import QShowEvent

    from ..atlas.jobs.following_up import FollowUp, RoundState

_KEY = Qt.ItemDataRole.UserRole
_NARROWEST = 270
_MOST_LINES = 5


class VisitPanel(DossierPanel):
    """What a planner follows and starts.

    `tool_requested` carries an algorithm and what is filled in of it, `show_requested` the rounds to show,
    `back_requested` the name of a file, `seen` nothing: the panel came into sight.
    """

    tool_requested = pyqtSignal(str, dict)
    show_requested = pyqtSignal(list)
    back_requested = pyqtSignal(str)
    seen = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: FollowUp | None = None
        self.conflicts = ConflictView()
        self.campaigns = QComboBox()
        self.campaigns.setObjectName("campaigns")
        self.campaigns.setAccessibleName(tr("Campaign"))
        self.campaigns.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._progress = _text("progress")
        self.rounds, self.out = _list("rounds", tr("Rounds")), _list("still_out", tr("Still out"))
        self._no_rounds, self._none_out = _text("no_rounds"), _text("none_out")
        self._show = _button("show_rounds", tr("Show on the map"))
        self._give = _button("hand_out", tr("Hand out…"))
        self._back = _button("note_back", tr("It is back or destroyed"))
        self._lay_out()
        self.campaigns.currentIndexChanged.connect(self._show_campaign)
        self.rounds.itemSelectionChanged.connect(self._enable)
        self.out.itemSelectionChanged.connect(self._enable)
        self._show.clicked.connect(lambda _checked: self.show_requested.emit(self.chosen_rounds()))
        self._give.clicked.connect(self._hand_out)
        self._back.clicked.connect(lambda _checked: self.back_requested.emit(_chosen(self.out)))
        self.set_message(tr("No dossier is open in this project."))

    def set_state(self, state: FollowUp, today: str) -> None:
        """Show how far the visits are; the campaign and what was chosen stay chosen.

        Args:
            state: From the dossier.
            today: As ISO text.
        """
        kept = self.campaigns.currentText()
        self._state = state
        self.campaigns.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.campaigns.clear()
        self.campaigns.addItems([one.name for one in state.campaigns])
        self.campaigns.setCurrentIndex(max(0, self.campaigns.findText(kept)))
        self.campaigns.blockSignals(False)  # noqa: FBT003
        self.campaigns.setVisible(bool(state.campaigns))
        _fill(self.out, {one.file: one.sentence(today) for one in state.out})
        self._none_out.setVisible(not state.out)
        self.conflicts.set_conflicts(state.conflicts)
        self.set_note("\n".join(state.notes))
        self._show_campaign()
        self._stack.setCurrentIndex(1)

    def campaign(self) -> str:
        """The name of the campaign that is chosen; "" for none."""
        return self.campaigns.currentText()

    def chosen_rounds(self) -> list[RoundState]:
        """The rounds that are selected, or all of the campaign when none is."""
        own = [one for one in self._state.rounds if one.campaign == self.campaign()] if self._state else []
        wanted = {item.data(_KEY) for item in self.rounds.selectedItems()}
        return [one for one in own if one.uuid in wanted] or own

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit()

    def _show_campaign(self, *_: object) -> None:
        if self._state is None:
            return
        named = [one for one in self._state.campaigns if one.name == self.campaign()]
        self._progress.setText(named[0].sentence if named else tr("There is no campaign yet."))
        own = {one.uuid: one.sentence for one in self._state.rounds if one.campaign == self.campaign()}
        _fill(self.rounds, own)
        self._no_rounds.setVisible(not own)
        for button in self._for_a_campaign:
            button.setEnabled(bool(named))
        self._enable()

    def _enable(self) -> None:
        self._show.setEnabled(self.rounds.count() > 0)
        self._give.setEnabled(len(self.rounds.selectedItems()) == 1)
        self._back.setEnabled(bool(_chosen(self.out)))

    def _hand_out(self, _checked: object = None) -> None:
        (chosen,) = self.chosen_rounds()
        self.tool_requested.emit("hand_out_round", {"CAMPAIGN": chosen.campaign, "ROUND": chosen.name})

    def _tool(self, name: str, label: str, *, of_campaign: bool) -> QPushButton:
        button = _button(f"start_{name}", label)

        def start(_checked: object = None) -> None:
            self.tool_requested.emit(name, {"CAMPAIGN": self.campaign()} if of_campaign else {})

        button.clicked.connect(start)
        return button

    def _lay_out(self) -> None:
        self._no_rounds.setText(tr("No round is planned yet."))
        self._none_out.setText(tr("Nothing is out."))
        self._give.setToolTip(tr("Choose one round: its package, sheet, map, GPX or calendar"))
        plan = self._tool("plan_rounds", tr("Plan rounds…"), of_campaign=True)
        measured = self._tool("register_indicators", tr("What is measured…"), of_campaign=True)
        evaluate = self._tool("evaluate_visits", tr("Evaluate…"), of_campaign=True)
        self._for_a_campaign = (plan, measured, evaluate)
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(8, 8, 8, 8)
        lines.addWidget(self._note)
        for title, parts in (
            (
                tr("Campaign"),
                (
                    self.campaigns, self._progress,
                    self._tool("select_yards", tr("Choose yards…"), of_campaign=False), measured, evaluate,
                ),
            ),
            (tr("Rounds"), (self.rounds, self._no_rounds, plan, self._show, self._give)),
            (
                tr("Out and back"),
                (
                    self.out, self._none_out, self._back,
                    self._tool("import_field_package", tr("Take back packages…"), of_campaign=False),
                ),
            ),
            (tr("To decide"), (self.conflicts,)),
        ):  # fmt: skip
            box = QGroupBox(title)
            column = QVBoxLayout(box)
            for part in parts:
                column.addWidget(part)
            lines.addWidget(box)
        lines.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack.addWidget(scroll)


def _text(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label


def _button(name: str, label: str) -> QPushButton:
    button = QPushButton(label)
    button.setObjectName(name)
    button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return button


def _list(name: str, label: str) -> QListWidget:
    made = QListWidget()
    made.setObjectName(name)
    made.setAccessibleName(label)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if name == "rounds":
        made.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
    return made


def _fill(made: QListWidget, lines: dict[str, str]) -> None:
    """Show lines by key; what was selected stays so, and it is as high as a few lines need."""
    kept = {item.data(_KEY) for item in made.selectedItems()}
    made.blockSignals(True)  # noqa: FBT003 - Qt's own
    made.clear()
    for key, text in lines.items():
        item = QListWidgetItem(text)
        item.setData(_KEY, key)
        made.addItem(item)
        item.setSelected(key in kept)
    made.blockSignals(False)  # noqa: FBT003
    made.setVisible(bool(lines))
    made.setFixedHeight((3 * min(len(lines), _MOST_LINES) + 1) * made.fontMetrics().height())


def _chosen(made: QListWidget) -> str:
    """The key of the one line that is selected; "" for none."""
    items = made.selectedItems()
    return str(items[0].data(_KEY)) if len(items) == 1 else ""
