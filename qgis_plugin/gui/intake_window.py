"""The window to take in an own table or list: a file, its columns, what is not said, what will happen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ..atlas.core.words.layer_names import EVIDENCE
from ..texts import tr
from .intake_form import QuestionForm
from .intake_table import ColumnRoles, QuietCombo

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE, COLUMNS, QUESTIONS, PREVIEW, DONE = range(5)
FIGURES, LIST = "cijfers", "lijst"
_SIZE = (900, 600)
#: as many rows as a sheet has
_MOST_ROWS = 1_048_576


class IntakeWindow(QDialog):
    """Shows the steps; what is chosen and asked is told by signals, and whoever listens decides."""

    file_asked = pyqtSignal()
    header_chosen = pyqtSignal(int)
    mapping_asked = pyqtSignal()
    save_asked = pyqtSignal()
    kind_chosen = pyqtSignal()
    next_asked = pyqtSignal()
    take_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("intake")
        self.setWindowTitle(tr("Take in an own table or list"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self.columns, self.questions = ColumnRoles(), QuestionForm()
        self.header, self.header_here = _row_box("header"), _row_box("header_here")
        self.header.setMinimum(0)
        self.header.setValue(0)
        self.header.setSpecialValueText(tr("recognised"))
        self.header_here.valueChanged.connect(self.header_chosen)
        self._steps = QLabel()
        self._steps.setTextFormat(Qt.TextFormat.RichText)
        self._problem = QLabel()
        self._problem.setObjectName("problem")
        self._problem.setWordWrap(True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._problem.setFrameShape(QLabel.Shape.StyledPanel)
        self._problem.setMargin(6)
        self._stack = QStackedWidget()
        for page in (self._file_page(), self._columns_page(), self._questions_page(), self._preview_page()):
            self._stack.addWidget(page)
        lines = QVBoxLayout(self)
        lines.addWidget(self._steps)
        lines.addWidget(self._stack, 1)
        lines.addWidget(self._problem)
        lines.addLayout(self._buttons())
        self.set_problem("")
        self.show_step(FILE)

    def step(self) -> int:
        """Which step is shown."""
        return self._stack.currentIndex()

    def show_step(self, step: int) -> None:
        """Show a step."""
        self._stack.setCurrentIndex(step)
        names = (tr("File"), tr("Columns"), tr("What the file does not say"), tr("What will happen"))
        shown = [f"<b>{number}. {name}</b>" if number == step + 1 else f"{number}. {name}"
                 for number, name in enumerate(names, start=1)]  # fmt: skip
        self._steps.setText("&nbsp;&nbsp;&gt;&nbsp;&nbsp;".join(shown))
        self.back.setEnabled(step != FILE)
        self.next.setVisible(step != PREVIEW)
        self.take.setVisible(step == PREVIEW)
        self.save.setVisible(step in (QUESTIONS, PREVIEW))
        (self.take if step == PREVIEW else self.next).setDefault(True)
        self.set_problem("")

    def set_busy(self, what: str) -> None:
        """Say that something is going on, and let nothing be clicked; "" when it is over."""
        for button in (self.back, self.next, self.take, self.save):
            button.setEnabled(not what)
        self.back.setEnabled(not what and self.step() != FILE)
        self._stack.setEnabled(not what)
        self._busy.setText(what)

    def is_busy(self) -> bool:
        """Whether something is going on."""
        return bool(self._busy.text())

    def set_problem(self, text: str) -> None:
        """Say what has to be mended before it goes on; "" for nothing."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def problem(self) -> str:
        """What is said."""
        return self._problem.text()

    def labels(self) -> dict[str, str]:
        """Choice of an error -> what to look for in this window."""
        columns = f"'{tr('Is')}', {tr('step {number}').format(number=COLUMNS + 1)}"
        return {
            **dict.fromkeys(
                ("key", "value", "n", "per", "weight", "period_column", "column", "ignore"), columns
            ),
            "choose": tr("step {number}").format(number=QUESTIONS + 1),
            "accept_personal_text": f"'{self.accept_personal_text.text()}'",
            "dossier": f"'{tr('Folder of the dossier')}'", "sheet": f"'{tr('Sheet or table')}'",
            "header_row": f"'{tr('Row with the names of the columns')}'",
        }  # fmt: skip

    # --- the first step -------------------------------------------------------------------------------

    def set_file(self, name: str, sheets: Sequence[tuple[str, str]], about: str) -> None:
        """Show which file was read, and its sheets and tables, when there is something to choose."""
        self._file.setText(name)
        self.sheet.clear()
        for key, words in sheets:
            self.sheet.addItem(words, key)
        self.sheet.setEnabled(len(sheets) > 1)
        self._about.setText(about)

    def set_kind(self, kind: str) -> None:
        """Choose what the file is."""
        (self.is_list if kind == LIST else self.is_figures).setChecked(True)

    def kind(self) -> str:
        """What the file is said to be."""
        return LIST if self.is_list.isChecked() else FIGURES

    def set_layers(
        self, layers: Sequence[tuple[str, str]], registers: Sequence[tuple[str, str]], dossier: str
    ) -> None:
        """Offer the layers of a dossier, the registers, and the dossier of the project."""
        for box, offered in ((self.layer, layers), (self.register, registers)):
            box.clear()
            for key, words in offered:
                box.addItem(words, key)
        self.dossier.setText(dossier)

    def set_mapping(self, name: str) -> None:
        """Show which saved mapping is used; "" for none."""
        self.mapping.setText(name)

    def _file_page(self) -> QWidget:
        self._file, self.sheet = QLineEdit(), QuietCombo()
        self._file.setReadOnly(True)
        self._file.setObjectName("file")
        self._about = QLabel()
        self._about.setWordWrap(True)
        self.is_figures = QRadioButton(tr("A table of figures by area: for the map"))
        self.is_list = QRadioButton(tr("A list for the dossier: objects, yards, signals, visits or evidence"))
        self._kinds = QButtonGroup(self)
        for radio in (self.is_figures, self.is_list):
            self._kinds.addButton(radio)
            radio.toggled.connect(self._use_kind)
        self.layer, self.register = QuietCombo(), QuietCombo()
        for box in (self.sheet, self.layer, self.register):
            box.setSizeAdjustPolicy(QuietCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(36)
        self.layer.currentIndexChanged.connect(self._use_kind)
        self.dossier, self.mapping, self.addresses = QLineEdit(), QLineEdit(), QLineEdit()
        self.addresses.setObjectName("addresses")
        self.addresses.setPlaceholderText(tr("None: rows need coordinates, or a known object"))
        self.dossier.setObjectName("dossier")
        self.mapping.setReadOnly(True)
        self.mapping.setPlaceholderText(tr("None: the file is recognised, and you choose"))
        page = QWidget()
        form = QFormLayout(page)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(
            tr("File (CSV, XLSX, ODS)"), _beside(self._file, tr("Choose…"), "choose_file", self.file_asked)
        )
        form.addRow(tr("Sheet or table"), self.sheet)
        form.addRow(tr("Row with the names of the columns"), self.header)
        form.addRow(
            tr("Mapping of last time"), _beside(self.mapping, tr("Load…"), "load_mapping", self.mapping_asked)
        )
        form.addRow("", self._about)
        form.addRow(tr("What it is"), self.is_figures)
        form.addRow("", self.is_list)
        form.addRow(tr("Layer of the dossier"), self.layer)
        form.addRow(tr("Register that answered"), self.register)
        form.addRow(
            tr("Folder of the dossier"),
            _beside(self.dossier, tr("Choose…"), "choose_dossier", self._choose_dossier),
        )
        form.addRow(
            tr("Addresses of the BAG (file)"),
            _beside(self.addresses, tr("Choose…"), "choose_addresses", self._choose_addresses),
        )
        self.is_figures.setChecked(True)
        return page

    def _choose_dossier(self) -> None:
        path = QFileDialog.getExistingDirectory(self, tr("Open the folder of a dossier"), self.dossier.text())
        if path:
            self.dossier.setText(path)

    def _choose_addresses(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, tr("Addresses of the BAG"), self.addresses.text() or _last_folder(),
            tr("Addresses (*.gpkg *.csv *.geojson *.json *.gml *.fgb *.shp)"),
        )  # fmt: skip
        if path:
            self.addresses.setText(path)

    def _choose_configuration(self) -> None:
        start = self.configuration.text() or str(Path(_last_folder()) / "atlas.toml")
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Configuration file"), start, tr("Configuration (*.toml)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if path:
            self.configuration.setText(path)

    def _use_kind(self, *_: object) -> None:
        is_list = self.is_list.isChecked()
        for widget in (self.layer, self.dossier, self.addresses):
            widget.setEnabled(is_list)
        self.register.setEnabled(is_list and self.layer.currentData() == EVIDENCE)
        self.kind_chosen.emit()

    # --- the others -----------------------------------------------------------------------------------

    def set_columns_note(self, text: str) -> None:
        """Say how many rows there are, and what stays out."""
        self._columns_note.setText(text)

    def show_header(self, row: int, *, free: bool) -> None:
        """Show in which row the names of the columns stand, and whether that can be another."""
        with QSignalBlocker(self.header_here):
            self.header_here.setValue(row)
        self.header_here.setEnabled(free)

    def set_preview(self, sentences: Sequence[str]) -> None:
        """Show what would happen, a sentence a line."""
        self.preview.setPlainText("\n".join(sentences))

    def offer_outputs(self, kind: str, configuration: str) -> None:
        """Offer where figures go; a list goes into its dossier."""
        for widget in (self.on_map, self._configuration_line):
            widget.setVisible(kind == FIGURES)
        self.configuration.setText(configuration)

    def ask_about_persons(self, *, asked: bool) -> None:
        """Let the user take free text with signs of a person all the same."""
        if not asked:
            self.accept_personal_text.setChecked(False)
        self.accept_personal_text.setVisible(asked)

    def _columns_page(self) -> QWidget:
        self._columns_note = QLabel()
        self._columns_note.setWordWrap(True)
        self._columns_note.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout()
        line.addWidget(QLabel(tr("Row with the names of the columns")))
        line.addWidget(self.header_here)
        line.addStretch(1)
        header = QWidget()
        header.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        return _page(header, self._columns_note, self.columns)

    def _questions_page(self) -> QWidget:
        return _page(self.questions)

    def _preview_page(self) -> QWidget:
        self.preview = QTextBrowser()
        self.preview.setObjectName("preview")
        self.preview.setAccessibleName(tr("What will happen"))
        self.accept_personal_text = QCheckBox(
            tr("Also take text with a telephone number, e-mail address, licence plate or form of address")
        )
        self.accept_personal_text.setObjectName("accept_personal_text")
        self.accept_personal_text.hide()
        self.accept_personal_text.clicked.connect(self.next_asked)
        self.on_map = QCheckBox(
            tr("Show it on the map of this project; of several periods all, with a clock")
        )
        self.on_map.setObjectName("on_map")
        self.on_map.setChecked(True)
        self.configuration = QLineEdit()
        self.configuration.setObjectName("configuration")
        self.configuration.setPlaceholderText(tr("None: only the map"))
        self._configuration_line = QWidget()
        line = QHBoxLayout(self._configuration_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(QLabel(tr("Configuration file of the atlas")))
        line.addWidget(
            _beside(self.configuration, tr("Choose…"), "choose_configuration", self._choose_configuration), 1
        )
        return _page(self.preview, self.accept_personal_text, self.on_map, self._configuration_line)

    def _buttons(self) -> QHBoxLayout:
        self._busy = QLabel()
        self.save = QPushButton(tr("&Save mapping…"))
        self.back, self.next = QPushButton(tr("&Back")), QPushButton(tr("&Next"))
        self.take, close = QPushButton(tr("&Take in")), QPushButton(tr("&Close"))
        line = QHBoxLayout()
        line.addWidget(self.save)
        line.addWidget(self._busy, 1)
        for button, name in (
            (self.back, "back"), (self.next, "next"), (self.take, "take"), (close, "close"),
        ):  # fmt: skip
            button.setObjectName(name)
            line.addWidget(button)
        self.save.setObjectName("save_mapping")
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self.save_asked)
        self.back.clicked.connect(lambda: self.show_step(self.step() - 1))
        self.next.clicked.connect(self.next_asked)
        self.take.clicked.connect(self.take_asked)
        close.clicked.connect(self.close)
        return line


def _beside(field: QWidget, text: str, name: str, asked: object) -> QWidget:
    """A field with a button beside it."""
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.clicked.connect(asked)
    whole = QWidget()
    line = QHBoxLayout(whole)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(field, 1)
    line.addWidget(button)
    return whole


def _row_box(name: str) -> QSpinBox:
    """The number of a row; what is typed counts when it is all there."""
    box = QSpinBox()
    box.setObjectName(name)
    box.setAccessibleName(tr("Row with the names of the columns"))
    box.setRange(1, _MOST_ROWS)
    box.setKeyboardTracking(False)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box


def _page(*widgets: QWidget) -> QWidget:
    page = QWidget()
    lines = QVBoxLayout(page)
    lines.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        lines.addWidget(widget)
    return page


def _last_folder() -> str:
    """Where a file was taken in the last time, by the settings of QGIS; all else here needs Qt alone."""
    from ..settings import INTAKE_FOLDER

    folder: str = INTAKE_FOLDER.get()
    return folder
