"""The window for an own table or list joined to QGIS: files read and tried in tasks, then taken in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog

from ..atlas.core.joining.figure_intake import FigureMapping
from ..atlas.core.records.list_intake import ListMapping
from ..atlas.core.schema.rural import RURAL_LAYERS
from ..atlas.core.tables.sheet_tables import named_table, with_header
from ..atlas.core.vacancy.evidence import REGISTERS
from ..atlas.core.words.errors import AtlasError
from ..atlas.jobs.intake import Preview, preview_list
from ..atlas.jobs.intake_files import mapping_path, read_mapping, save_mapping
from ..controls import controls
from ..settings import ADDRESSES_FILE, INTAKE_FOLDER
from ..texts import tr
from .intake_figures import FigureSteps, holds_figures
from .intake_list import ListSteps
from .intake_outputs import map_layer, show_report, write_configuration
from .intake_window import COLUMNS, FIGURES, FILE, LIST, PREVIEW, QUESTIONS, IntakeWindow
from .tasks import LatestWork

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qgis.gui import QgisInterface

    from ..atlas.jobs.importing import Imported, ImportPorts
    from ..layers.bag_file import BagFile
    from ..layers.own_file import OwnFile

    Line = tuple[str | int | None, ...]

_LAYERS = tuple(name for name, described in RURAL_LAYERS.items() if not described.append_only)


class TakingIn(QObject):
    """Opens the window and does what it asks; `figure_taken` carries the payload of a figure on the map."""

    figure_taken = pyqtSignal(object)

    def __init__(self, iface: QgisInterface) -> None:
        super().__init__(iface.mainWindow())
        self._iface = iface
        self.window = IntakeWindow(iface.mainWindow())
        self.file: OwnFile | None = None
        self.steps: FigureSteps | ListSteps | None = None
        self._saved: FigureMapping | ListMapping | None = None
        self._taken = 0
        self._bag: BagFile | None = None
        self._work = LatestWork()
        window = self.window
        layers = [(name, RURAL_LAYERS[name].alias) for name in _LAYERS]
        registers = [("", tr("(none)")), *REGISTERS.items()]
        window.set_layers(layers, registers, self._dossier_of_project())
        window.addresses.setText(ADDRESSES_FILE.get())
        for signal, slot in (
            (window.file_asked, self._choose_file), (window.mapping_asked, self._choose_mapping),
            (window.save_asked, self._choose_where_to_save), (window.next_asked, self._next),
            (window.take_asked, self._take), (window.columns.role_chosen, self._choose_role),
            (window.header_chosen, self._choose_header),
        ):  # fmt: skip
            signal.connect(slot)
        window.destroyed.connect(self._work.cancel)
        window.destroyed.connect(self.deleteLater)

    def open(self) -> None:
        """Show the window beside the map."""
        self.window.show()

    # --- the first step -------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """Read a file in a task, and say what it seems to be."""
        from ..layers.own_file import read_own_file

        def work(progress: Callable[[float], None]) -> tuple[OwnFile, str]:
            file = read_own_file(path, lambda: progress(0.5))
            return file, FIGURES if holds_figures(file) else LIST

        def done(read: tuple[OwnFile, str]) -> None:
            self.window.set_busy("")
            self.file, kind = read
            self.window.set_file(str(path), self.file.choices(), "")
            if self._saved is None:
                self.window.set_kind(kind)
                self.window.header.setValue(0)
            self.window.show_step(FILE)

        INTAKE_FOLDER.set(str(path.parent))
        self._start(tr("Reading the file…"), work, done)

    def load_mapping(self, path: Path) -> None:
        """Use a mapping of an earlier time: of this command or of the command atlas."""
        try:
            self._saved, sheet = read_mapping(path)
        except AtlasError as error:
            self._say(error)
            return
        window = self.window
        window.set_mapping(str(path))
        window.set_kind(LIST if isinstance(self._saved, ListMapping) else FIGURES)
        if isinstance(self._saved, ListMapping):
            window.layer.setCurrentIndex(window.layer.findData(self._saved.layer))
            window.register.setCurrentIndex(window.register.findData(self._saved.register))
        window.header.setValue(named_table(sheet)[2])
        position = window.sheet.findData(with_header(sheet, 0))
        if position >= 0:
            window.sheet.setCurrentIndex(position)

    def _begin(self) -> None:
        """The steps of this file, from what was chosen on the first page."""
        window, saved = self.window, self._saved
        if self.file is None:
            raise AtlasError("Er is nog geen bestand gekozen.", hint="Kies eerst een bestand.")
        sheet = str(window.sheet.currentData() or "")
        if window.header.value():
            sheet = with_header(sheet, window.header.value())
        if window.kind() == FIGURES:
            self.steps = FigureSteps(self.file, sheet, saved if isinstance(saved, FigureMapping) else None)
            return
        if not window.dossier.text().strip():
            raise AtlasError(
                "Een lijst komt in een dossier, en dat is niet genoemd.",
                hint="Noem de map van het dossier; een nieuw dossier maakt u eerst.",
                choices=("dossier", "make_dossier"),
            )
        if isinstance(saved, ListMapping):
            mapping = saved
        else:
            layer = str(window.layer.currentData())
            register = str(window.register.currentData() or "") if window.register.isEnabled() else ""
            mapping = ListMapping(layer, register)
        self.steps = ListSteps(self.file, sheet, mapping, saved=mapping is saved)

    # --- the other steps ------------------------------------------------------------------------------

    def _next(self) -> None:
        window = self.window
        try:
            if window.step() == FILE:
                self._begin()
                self._show_columns()
                window.show_step(COLUMNS)
            elif window.step() == COLUMNS:
                window.questions.set_questions(self.steps.questions())
                window.show_step(QUESTIONS)
            else:
                if window.step() == QUESTIONS:
                    self.steps.answer(window.questions.answers())
                    window.ask_about_persons(asked=False)
                self._try()
        except AtlasError as error:
            self._say(error)

    def _show_columns(self) -> None:
        steps = self.steps
        columns = steps.columns()
        shown = len(columns[0].cells) if columns else 0
        self.window.set_columns_note(steps.note())
        header = steps.table.first_row - 1
        free = header > 0 and steps.table.description is None
        self.window.show_header(header, free=free)
        self.window.columns.show_columns(columns, steps.roles(), steps.table.rows[:shown])

    def _choose_role(self, column: str, role: str) -> None:
        self.steps.choose(column, role)
        self._show_columns()
        self.window.columns.box(column).setFocus()

    def _choose_header(self, row: int) -> None:
        """Read the file with its names in another row; what was said of its columns is recognised anew."""
        window, before, steps = self.window, self.window.header.value(), self.steps
        window.set_problem("")
        window.header.setValue(row)
        try:
            self._begin()
        except AtlasError as error:
            window.header.setValue(before)
            self.steps = steps
            self._say(error)
        self._show_columns()

    def _try(self) -> None:
        """Show what would happen: worked out in a task, on the first rows of a long list."""
        window, steps = self.window, self.steps
        accepted = window.accept_personal_text.isChecked()
        if isinstance(steps, ListSteps):
            request, ports = steps.request(accept_personal_text=accepted), self._ports()
            folder, user = Path(window.dossier.text().strip()), _user()

            def work(progress: Callable[[float], None]) -> Preview:
                self._keep_on(progress)
                return preview_list(folder, request, ports, user=user, now=datetime.now(UTC))
        else:

            def work(_progress: Callable[[float], None]) -> Preview:
                return steps.preview()

        def failed(error: AtlasError) -> None:
            asks = "accept_personal_text" in error.choices
            if asks:  # the text may be taken all the same, and that is asked where it is seen
                window.show_step(PREVIEW)
                window.set_preview(())
                window.ask_about_persons(asked=True)
                window.offer_outputs(window.kind(), window.configuration.text())
                window.take.setEnabled(False)
            self._say(error)

        self._start(tr("Looking what would happen…"), work, self._show_preview, failed)

    def _show_preview(self, preview: Preview) -> None:
        window = self.window
        window.set_busy("")
        window.show_step(PREVIEW)
        window.set_preview(preview.sentences)
        window.offer_outputs(window.kind(), window.configuration.text())
        self._taken = preview.taken
        window.take.setEnabled(bool(preview.taken))
        if preview.refusal is not None:
            self._say(preview.refusal)
        elif not preview.taken:
            window.set_problem(
                "Er zou niets worden overgenomen. De zinnen hierboven zeggen per soort waarom."
            )

    # --- what is written ------------------------------------------------------------------------------

    def _take(self) -> None:
        if isinstance(self.steps, ListSteps):
            self._take_list(self.steps)
        else:
            self._take_figures(self.steps)

    def _take_list(self, steps: ListSteps) -> None:
        from ..atlas.jobs.importing import import_rows
        from ..project.file_release import edited_files, wait_until_free

        window, project = self.window, QgsProject.instance()
        request = steps.request(accept_personal_text=window.accept_personal_text.isChecked())
        folder, user, lines = Path(window.dossier.text().strip()), _user(), list["Line"]()
        ports = self._ports(lines.extend)
        wait_until_free(project)
        edited = edited_files(project)

        def work(progress: Callable[[float], None]) -> Imported:
            self._keep_on(progress)
            return import_rows(folder, request, ports, user=user, now=datetime.now(UTC))

        def done(imported: Imported) -> None:
            from ..project.dossier_layers import reload_layers

            window.set_busy("")
            show_report(steps.mapping.layer, lines)
            reload_layers(project, folder)
            said = tr("The import report is a layer of the project now: every row, and what became of it.")
            self._finish([f"{imported.sentence[0].upper()}{imported.sentence[1:]}.", *imported.notes, said])

        def failed(error: AtlasError) -> None:
            for path, layer in edited.items():
                if error.where and Path(error.where) == path.resolve():
                    error.detail, error.got = f"In dit venster van QGIS wordt de laag '{layer}' bewerkt.", ""
            self._say(error)

        self._start(tr("Taking in…"), work, done, failed)

    def _take_figures(self, steps: FigureSteps) -> None:
        window = self.window
        configuration = window.configuration.text().strip()
        if not (configuration or window.on_map.isChecked()):
            window.set_problem(
                "Kies waar de cijfers heen gaan: naar de kaart, naar een configuratiebestand, of beide."
            )
            return

        def work(_progress: Callable[[float], None]) -> Any:  # noqa: ANN401 - what the map needs
            return steps.periods() if window.on_map.isChecked() else None

        def done(periods: Any) -> None:  # noqa: ANN401 - see above
            window.set_busy("")
            try:  # the map first: a figure that may not stand on it is not written down either
                shown = None if periods is None else map_layer(steps, periods)
                said = (
                    write_configuration(steps, self.file.path, Path(configuration)) if configuration else []
                )
                if shown is not None:
                    layer, released = shown
                    self._iface.setActiveLayer(layer)
                    said.append(f"Op de kaart: {layer.name()}.")
                    self.figure_taken.emit(released)
            except AtlasError as error:
                self._say(error)
                return
            self._finish(said)

        self._start(tr("Taking in…"), work, done)

    def _finish(self, said: Sequence[str]) -> None:
        """Say what was done; the mapping is kept beside the file, so that next time asks nothing."""
        window, sentences = self.window, list(said)
        if self._saved is None:
            try:
                sentences.append(self._save(mapping_path(self.file.path)))
            except AtlasError as error:
                sentences.append(f"{error.title} {error.hint}")
        window.set_preview(sentences)
        window.take.setEnabled(False)
        window.back.setEnabled(False)
        self._iface.messageBar().pushSuccess("Buitengebied Atlas", sentences[0])

    def _save(self, path: Path) -> str:
        save_mapping(path, self.steps.mapping, self.steps.sheet)
        return f"{path}: zo is het begrepen; volgende keer laadt u deze indeling."

    # --- what is chosen in other windows --------------------------------------------------------------

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self.window, tr("Table or list"), INTAKE_FOLDER.get(),
            tr("Tables (*.csv *.txt *.tsv *.xlsx *.ods *.xls)"),
        )  # fmt: skip
        if path:
            self.read(Path(path))

    def _choose_mapping(self) -> None:
        start = str(mapping_path(self.file.path)) if self.file else INTAKE_FOLDER.get()
        path, _ = QFileDialog.getOpenFileName(self.window, tr("Mapping"), start, tr("Mappings (*.toml)"))
        if path:
            self.load_mapping(Path(path))

    def _choose_where_to_save(self) -> None:
        start = str(mapping_path(self.file.path))
        path, _ = QFileDialog.getSaveFileName(self.window, tr("Save mapping"), start, tr("Mappings (*.toml)"))
        if not path:
            return
        try:
            self.window.set_problem(self._save(Path(path)))
        except AtlasError as error:
            self._say(error)

    # --- shared ---------------------------------------------------------------------------------------

    def _ports(self, report: Callable[[Sequence[Line]], object] = len) -> ImportPorts:
        from ..atlas.jobs.importing import ImportPorts
        from ..layers.bag_file import BagFile
        from ..layers.import_rows import LayerPlaces, municipalities

        table, path = self.steps.rows(), self.window.addresses.text().strip()
        ADDRESSES_FILE.set(path)
        if path and (self._bag is None or self._bag.path != Path(path)):
            self._bag = BagFile(Path(path))
        places = LayerPlaces([], [], self._bag if path else None)
        return ImportPorts(lambda: (table, places, ()), municipalities, report)

    def _keep_on(self, progress: Callable[[float], None]) -> None:
        """Let the reading of the BAG be stopped with the task that asks for it."""
        if self._bag is not None:
            self._bag.keep_on = lambda: progress(0.3)

    def _start(
        self,
        what: str,
        work: Callable[[Callable[[float], None]], Any],
        done: Callable[[Any], None],
        failed: Callable[[AtlasError], None] | None = None,
    ) -> None:
        self.window.set_busy(what)
        self.window.set_problem("")

        def over(error: AtlasError) -> None:
            self.window.set_busy("")
            (failed or self._say)(error)

        self._work.start(what, work, done, over)

    def _say(self, error: AtlasError) -> None:
        """Say what is wrong, with the names that this window gives to what can be chosen."""
        window, known = self.window, controls()
        labels = {**(self.steps.labels() if self.steps is not None else {}), **window.labels()}
        lines = error.lines({**known, **{choice: words for choice, words in labels.items() if words}})
        window.set_problem("\n".join(f"{label}: {text}" if label else text for label, text in lines))

    @staticmethod
    def _dossier_of_project() -> str:
        from ..project.dossier_layers import dossier_folder

        folder = dossier_folder(QgsProject.instance())
        return str(folder) if folder else ""


def _user() -> str:
    from ..gate import user_name

    return user_name() or "onbekend"
