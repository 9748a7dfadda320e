"""Questions about a file that its columns do not answer, as a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from .intake_table import QuietCombo

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT, CHOICE, CHECK, HEADING = "text", "choice", "check", "heading"


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        key: By which its answer is known.
        label: As the user reads it.
        kind: `TEXT`, `CHOICE`, `CHECK`, or `HEADING` for a line of text that asks nothing.
        value: The answer so far; of a check "ja" or "".
        options: Of a choice: value and words.
        example: What an answer looks like.
        free: Whether a choice may also be typed.
    """

    key: str
    label: str
    kind: str = TEXT
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    example: str = ""
    free: bool = False


class QuestionForm(QScrollArea):
    """The questions below each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._questions: list[Question] = []
        self._fields: dict[str, QWidget] = {}

    def set_questions(self, questions: Sequence[Question]) -> None:
        """Ask these, and forget the ones before."""
        self._questions, self._fields = list(questions), {}
        inside = QWidget()
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for question in questions:
            if question.kind == HEADING:
                heading = QLabel(question.label)
                heading.setWordWrap(True)
                heading.setTextFormat(Qt.TextFormat.PlainText)
                font = heading.font()
                font.setBold(True)
                heading.setFont(font)
                form.addRow(heading)
                continue
            field = _field(question)
            field.setObjectName(f"ask_{question.key}")
            field.setAccessibleName(question.label)
            self._fields[question.key] = field
            if question.kind == CHECK:
                form.addRow("", field)
            else:
                form.addRow(question.label, field)
        lines = QVBoxLayout(inside)
        lines.addLayout(form)
        lines.addStretch(1)
        self.setWidget(inside)

    def answers(self) -> dict[str, str]:
        """Key -> answer."""
        return {key: _answer(field) for key, field in self._fields.items()}

    def field(self, key: str) -> QWidget:
        """Where a question is answered."""
        return self._fields[key]


def _field(question: Question) -> QWidget:
    if question.kind == CHECK:
        check = QCheckBox(question.label)
        check.setChecked(bool(question.value))
        return check
    if question.kind == CHOICE:
        box = QuietCombo()
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setSizeAdjustPolicy(QuietCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        box.setEditable(question.free)
        for value, words in question.options:
            box.addItem(words, value)
        position = box.findData(question.value)
        if position < 0 and question.free:
            box.setEditText(question.value)
        else:
            box.setCurrentIndex(max(position, 0))
        return box
    line = QLineEdit(question.value)
    line.setPlaceholderText(question.example)
    return line


def _answer(field: QWidget) -> str:
    if isinstance(field, QCheckBox):
        return "ja" if field.isChecked() else ""
    if isinstance(field, QuietCombo):
        text = field.currentText()
        position = field.findText(text)
        typed = field.isEditable() and position < 0
        return text.strip() if typed else str(field.itemData(position) or "")
    return " ".join(field.text().split())
