"""The dock as a user works with it: real widgets, a real project, a real dossier."""

from __future__ import annotations

import gc
import shutil
import threading
import time

import pytest
from bare_window import settle
from fictitious_dossier import evidence, filled, uuid, vacant
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject
from qgis.gui import QgsBrowserGuiModel
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QTextBrowser,
    QToolButton,
)

#: between two beats, 5 ms apart, the window answers; what the main thread computes between them holds it up
_BEAT_MS = 5


class Heartbeat:
    """Measures the longest work of the main thread between two beats, in ms of processor time.

    What the clock says depends on what else the machine does; `bench/plugin_start.py` looks at that.
    """

    def __enter__(self):
        self.longest_ms, self._last = 0.0, time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)
        return self

    def __exit__(self, *_):
        self._timer.stop()
        self._beat()

    def _beat(self):
        now = time.thread_time()
        self.longest_ms, self._last = max(self.longest_ms, (now - self._last) * 1000), now


def child(widget, kind, name):
    found = widget.findChild(kind, name)
    assert found is not None, name
    return found


def choose(box, label):
    """Choose a line of a combo box with the keyboard."""
    box.setFocus()
    position = box.findText(label, Qt.MatchFlag.MatchContains)
    assert position >= 0, [box.itemText(line) for line in range(box.count())]
    while box.currentIndex() != position:
        QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < position else Qt.Key.Key_Up)
    settle()


def make_narrow(window, dock):
    """As narrow as the window lets a panel be."""
    window.mainWindow().resizeDocks([dock], [1], Qt.Orientation.Horizontal)
    settle()
    assert dock.width() < 480


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def read(dock):
    settle(dock.objects.has_rows)
    settle()


def texts(bar):
    return [item.text() for item in bar.items()]


# figures


def test_it_opens_with_the_figure_of_the_page_and_shows_how_sure_it_is(dock):
    table = child(dock.figures, QTableView, "figures")
    model = table.model()
    header = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(6)]
    assert model.rowCount() == 8
    first = dict(zip(header, (model.index(0, column).data() for column in range(6)), strict=True))
    assert first["Figure"] == "30%"
    assert first["95% interval"] == "24–37%"
    assert first["n"] == "556"
    assert first["How sure"] == "Indicatief"
    legend = [label.text() for label in dock.figures.findChildren(QLabel)]
    assert any(text.startswith("n 334 – 752") and "17–34%" in text for text in legend)
    assert any("geen geregistreerde misdaad" in text for text in legend)


def test_areas_without_a_figure_come_last_in_both_directions(plugin):
    from buitengebied_atlas.figures import find_view, level_of, published
    from buitengebied_atlas.gui.figure_table import AREA, FIGURE, FigureTable, SortedFigures

    payload = published()
    _indicator, view = find_view(payload, payload["opening"]["indicator"])
    codes = list(view["values"])
    missing = {**view["values"][codes[2]], "value": None, "text": "–", "status": "geen_gegevens"}
    view = {**view, "values": {**view["values"], codes[2]: missing}}
    table, ordered = FigureTable(), SortedFigures()
    ordered.setSourceModel(table)
    table.show(level_of(payload, view["level"]), view, payload["states"])
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        ordered.sort(FIGURE, order)
        figures = [ordered.index(line, FIGURE).data() for line in range(8)]
        assert figures[-1] == "–"
        numbers = [int(text.rstrip("%")) for text in figures[:-1]]
        assert numbers == sorted(numbers, reverse=order == Qt.SortOrder.DescendingOrder)
    assert ordered.index(0, AREA).data()


def test_a_figure_is_found_by_a_part_of_its_name(dock):
    box = child(dock.figures, QComboBox, "indicator")
    box.setFocus()
    box.lineEdit().selectAll()
    QTest.keyClicks(box.lineEdit(), "rapportcijfer")
    QTest.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    settle()
    assert dock.figures.choice()[0] == "rapportcijfer_veiligheid_buurt"
    assert dock.figures.choice()[1] == "provincie"


def test_what_is_no_figure_goes_back_to_the_last_one(dock):
    before = dock.figures.choice()
    box = child(dock.figures, QComboBox, "indicator")
    label = box.lineEdit().text()
    box.lineEdit().selectAll()
    QTest.keyClicks(box.lineEdit(), "xyz")
    QTest.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert dock.figures.choice() == before
    assert box.lineEdit().text() == label


def test_a_theme_leaves_only_its_figures(dock):
    choose(child(dock.figures, QComboBox, "theme"), "Buurtpreventie")
    assert dock.figures.choice()[0] == "buurtpreventie_actief"
    assert child(dock.figures, QComboBox, "indicator").count() == 1


def test_one_click_adds_the_map_and_the_next_refreshes_it_where_it_stands(dock, window):
    button = child(dock.figures, QPushButton, "show_on_map")
    click(button)
    (layer,) = QgsProject.instance().mapLayers().values()
    assert window.active_layer is layer
    layer.setOpacity(0.4)
    layer.setName("Mijn kaart")
    click(button)
    assert list(QgsProject.instance().mapLayers().values()) == [layer]
    assert layer.opacity() == 0.4
    assert layer.name() == "Mijn kaart"


def test_a_map_that_was_taken_away_comes_back(dock):
    button = child(dock.figures, QPushButton, "show_on_map")
    click(button)
    QgsProject.instance().removeAllMapLayers()
    settle()
    click(button)
    assert len(QgsProject.instance().mapLayers()) == 1


def test_from_click_to_painted_map(dock, window):
    canvas = window.mapCanvas()
    button = child(dock.figures, QPushButton, "show_on_map")
    click(button)
    canvas.zoomToFullExtent()
    settle(lambda: not canvas.isDrawing())
    painted = []
    canvas.mapCanvasRefreshed.connect(lambda: painted.append(True))
    blocked = []
    for _time in range(3):  # the shortest: what else the machine does can only lengthen it
        QgsProject.instance().removeAllMapLayers()
        settle(lambda: not canvas.isDrawing())
        painted.clear()
        start = time.thread_time()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        blocked.append(time.thread_time() - start)
        settle(lambda: painted and canvas.layers())
        settle(lambda: not canvas.isDrawing())
    assert min(blocked) < 0.1


# where it was


def test_it_opens_again_where_it_was(dock, open_dock, opened):
    read(dock)
    choose(child(dock.figures, QComboBox, "theme"), "Veiligheidsbeleving")
    choose(child(dock.objects, QComboBox, "filter_municipality"), "Emmen")
    dock.widget().setCurrentIndex(1)
    before = dock.figures.choice()
    dock.take_away()
    again = open_dock()
    assert again.figures.choice() == before
    assert child(again.figures, QComboBox, "theme").currentText() == "Veiligheidsbeleving"
    assert again.widget().currentWidget() is again.objects
    read(again)
    assert again.objects.table.model().rowCount() == 2
    assert child(again.objects, QLabel, "count").text() == "Objects: 2 of 4"


def test_what_was_searched_for_is_not_kept(dock, settings, opened):
    read(dock)
    QTest.keyClicks(child(dock.objects, QLineEdit, "filter_words"), "geheim")
    settle(lambda: dock.objects.table.model().rowCount() == 0)
    assert not [key for key in settings.allKeys() if "geheim" in str(settings.value(key))]


def test_a_remembered_figure_that_is_gone_is_no_mistake(open_dock):
    from buitengebied_atlas.settings import INDICATOR

    INDICATOR.set("weg")
    assert open_dock().figures.choice()[0] == "zorgen_georganiseerde_criminaliteit_buurt"


# objects


def test_without_a_dossier_it_says_what_to_do(dock):
    assert not dock.objects.has_rows()
    assert "dossier" in child(dock.objects, QLabel, "message").text()
    assert child(dock.objects, QPushButton, "dossier_open").isVisibleTo(dock.objects)


def test_the_dossier_may_be_there_before_the_dock(opened, dock):
    read(dock)
    assert child(dock.objects, QTableView, "objects").model().rowCount() == 4


def test_the_dossier_may_be_opened_later_and_go_away(dock, dossier):
    from buitengebied_atlas.project.dossier_layers import open_dossier_layers

    open_dossier_layers(QgsProject.instance(), dossier.folder)
    read(dock)
    assert child(dock.objects, QTableView, "objects").model().rowCount() == 4
    QgsProject.instance().clear()
    settle()
    assert not dock.objects.has_rows()


def test_a_project_in_the_folder_of_a_dossier_shows_its_list(dock, dossier):
    assert QgsProject.instance().write(str(dossier.folder / "los.qgz"))
    dock._objects.look()
    read(dock)
    assert child(dock.objects, QTableView, "objects").model().rowCount() == 4


def test_an_ordinary_project_has_no_list(opened, dock, tmp_path):
    read(dock)
    QgsProject.instance().clear()
    assert QgsProject.instance().write(str(tmp_path / "gewoon.qgz"))
    dock._objects.look()
    settle(lambda: QgsApplication.taskManager().countActiveTasks() == 0)
    assert not dock.objects.has_rows()
    assert child(dock.objects, QPushButton, "dossier_open").isVisibleTo(dock.objects)


def test_a_drive_that_does_not_answer_leaves_the_window_free(dock, tmp_path, monkeypatch):
    from buitengebied_atlas.project import dossier_layers

    asked = []

    def slow(folder):
        time.sleep(0.2)
        asked.append((folder, threading.current_thread() is threading.main_thread()))
        return False

    monkeypatch.setattr(dossier_layers, "is_dossier", slow)
    assert QgsProject.instance().write(str(tmp_path / "ver weg.qgz"))
    dock._objects.look()
    assert asked == []  # the drive was asked elsewhere, and this went on
    settle(lambda: asked)
    assert asked == [(tmp_path, False)]


def test_a_team_leader_reads_why(opened, dock):
    read(dock)
    dock.objects.select(uuid(1))
    told = child(dock.objects, QTextBrowser, "reasons").toPlainText()
    assert "Op 1 februari 2026 is ter plaatse gezien: leeg." in told
    assert "Op 1 februari 2026 gaf de WOZ (gebruiker) geen treffer." in told
    assert "Op 1 februari 2026 gaf het Handelsregister (vestiging) geen treffer." in told
    assert "geen strafbaar feit" in told


@pytest.mark.parametrize(
    ("box", "label", "left"),
    [
        ("filter_conclusion", "In gebruik", {12}),
        ("filter_municipality", "Emmen", {3, 4}),
        ("filter_evidence", "Handelsregister", {1}),
        ("filter_evidence", "Without evidence", {4}),
    ],
)
def test_filters(opened, dock, box, label, left):
    read(dock)
    choose(child(dock.objects, QComboBox, box), label)
    model = child(dock.objects, QTableView, "objects").model()
    assert {model.row_at(line).uuid for line in range(model.rowCount())} == {uuid(number) for number in left}


def test_searching_by_address_follows_the_typing(opened, dock):
    read(dock)
    words = child(dock.objects, QLineEdit, "filter_words")
    QTest.keyClicks(words, "weg 12")
    model = child(dock.objects, QTableView, "objects").model()
    settle(lambda: model.rowCount() == 1)
    assert child(dock.objects, QLabel, "count").text() == "Objects: 1 of 4"


def test_addresses_are_in_the_order_of_their_numbers(opened, dock):
    read(dock)
    model = child(dock.objects, QTableView, "objects").model()
    assert [model.row_at(line).uuid for line in range(4)] == [uuid(1), uuid(12), uuid(3), uuid(4)]


def test_a_double_click_shows_it_on_a_map_in_another_coordinate_system(opened, dock, window):
    read(dock)
    canvas = window.mapCanvas()
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    table = child(dock.objects, QTableView, "objects")
    where = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    settle()
    assert 720_000 < canvas.center().x() < 740_000
    assert 6_970_000 < canvas.center().y() < 7_000_000
    assert canvas.scale() == pytest.approx(2500, rel=0.05)


def test_a_new_status_is_in_the_edit_buffer_and_can_be_undone(opened, dock):
    read(dock)
    layer = opened["leegstand_object"]
    dock.objects.select(uuid(1))
    choose(child(dock.objects, QComboBox, "next_status"), "Leegstand vermoed")
    click(child(dock.objects, QPushButton, "change_status"))
    settle(lambda: dock.objects.row(uuid(1)).values["status"] == "leegstand_vermoed")
    assert layer.isModified()
    assert dock.objects.selected() == [uuid(1)]
    layer.undoStack().undo()
    settle(lambda: dock.objects.row(uuid(1)).values["status"] == "te_inventariseren")
    layer.rollBack()
    settle()


def test_what_is_not_saved_is_said_and_saved_or_undone_from_the_dock(opened, dock, window):
    read(dock)
    layer = opened["leegstand_object"]
    window.setActiveLayer(opened["gemeente"])
    said = child(dock.objects, QLabel, "unsaved")
    assert dock.objects.unsaved.isHidden()
    for number in (1, 3):
        dock.objects.select(uuid(number))
        choose(child(dock.objects, QComboBox, "next_status"), "Bezocht")
        click(child(dock.objects, QPushButton, "change_status"))
    settle(lambda: said.text().startswith("2 "))
    # what QGIS's own buttons save and undo is the layer that was changed
    assert window.active_layer is layer
    assert not dock.objects.unsaved.isHidden()
    click(child(dock.objects, QPushButton, "undo_change"))
    settle(lambda: dock.objects.row(uuid(3)).values["status"] == "te_inventariseren")
    assert said.text().startswith("1 ")
    click(child(dock.objects, QPushButton, "save_changes"))
    settle(dock.objects.unsaved.isHidden)
    assert not layer.isEditable()
    assert next(layer.getFeatures(f"uuid = '{uuid(1)}'"))["status"] == "bezocht"


def test_saved_edits_are_in_the_list(opened, dock):
    read(dock)
    layer = opened["leegstand_object"]
    dock.objects.select(uuid(3))
    choose(child(dock.objects, QComboBox, "next_status"), "Bezocht")
    click(child(dock.objects, QPushButton, "change_status"))
    settle(lambda: dock.objects.row(uuid(3)).values["status"] == "bezocht")
    assert layer.commitChanges(), layer.commitErrors()
    settle()
    settle(lambda: dock.objects.row(uuid(3)).values["status"] == "bezocht")
    assert layer.getFeatures(f"uuid = '{uuid(3)}'").__next__()["status"] == "bezocht"


def test_edits_of_before_the_dock_was_opened_are_in_the_list(opened, open_dock):
    from buitengebied_atlas.project.editing import set_status

    set_status(opened["leegstand_object"], uuid(4), "bezocht", "FICTIEF")
    made = open_dock()
    read(made)
    settle(lambda: made.objects.row(uuid(4)).values["status"] == "bezocht")
    opened["leegstand_object"].rollBack()
    settle(lambda: made.objects.row(uuid(4)).values["status"] == "te_inventariseren")


def test_a_layer_that_is_deleted_while_the_dock_shows_it(opened, dock, window):
    read(dock)
    QgsProject.instance().removeMapLayer(opened["leegstand_object"].id())
    settle()
    dock.objects.select(uuid(1))
    click(child(dock.objects, QPushButton, "change_status"))
    assert any("not in the project" in text for text in texts(window.messageBar()))


def test_a_drive_that_disappears_leaves_the_list_and_says_so(opened, dock, dossier):
    read(dock)
    shutil.rmtree(dossier.folder)
    dock._objects.read()
    labels = dock.objects.findChildren(QLabel)
    settle(
        lambda: any(
            "map bestaat niet" in label.text() and label.isVisibleTo(dock.objects) for label in labels
        )
    )
    assert dock.objects.table.model().rowCount() == 4


def test_a_folder_that_is_no_dossier_gets_a_sentence(dock, window, tmp_path, monkeypatch):
    from qgis.PyQt.QtWidgets import QFileDialog

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    click(child(dock.objects, QPushButton, "dossier_open"))
    assert any("Dit is geen dossier." in text for text in texts(window.messageBar()))


# tools


@pytest.fixture
def browser(qgis_iface, monkeypatch):
    """QGIS's browser model, which the dialogs of Processing ask for."""
    model = QgsBrowserGuiModel()
    monkeypatch.setattr(qgis_iface, "browserModel", lambda: model, raising=False)


def test_every_algorithm_has_a_button_that_opens_its_dialog(dock, provider, browser):
    names = {algorithm.name() for algorithm in provider.algorithms()}
    buttons = {button.objectName().removeprefix("tool_") for button in dock.tools.findChildren(QToolButton)}
    assert buttons == {*names, "intake"}  # a window of its own
    dock.widget().setCurrentWidget(dock.tools)
    name = min(names)
    click(child(dock.tools, QToolButton, f"tool_{name}"))
    (dialog,) = dock._dialogs._open
    assert dialog.isVisible()
    assert not dialog.isModal()
    dialog.close()
    settle()
    assert dock._dialogs._open == []


def test_a_page_made_from_the_dock_is_opened_only_when_asked(dock, window, browser, tmp_path, monkeypatch):
    from qgis.PyQt.QtGui import QDesktopServices

    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page = tmp_path / "atlas.html"
    page.write_text("FICTIEF", encoding="utf-8")
    dock.tools.asked.emit("export_page")
    (dialog,) = dock._dialogs._open
    dialog.algorithmFinished.emit(True, {"OUTPUT": str(page)})
    settle()
    assert opened == []
    (button,) = window.messageBar().items()[0].findChildren(QPushButton)
    click(button)
    assert opened == [str(page)]
    dialog.close()
    settle()


def test_a_tool_whose_window_is_closed_while_it_runs_ends_whole(dock, opened, dossier, browser):
    """QGIS keeps the window until its work is done; deleted earlier, nothing of the result is shown."""
    read(dock)
    dock._dialogs.open("conclude_vacancy", {"FOLDER": str(dossier.folder)})
    (dialog,) = dock._dialogs._open
    ended = []
    dialog.algorithmFinished.connect(lambda successful, _results: ended.append(successful))
    dialog.runAlgorithm()
    assert dialog.close()
    settle(lambda: ended)
    assert ended == [True]
    settle(lambda: dock._dialogs._open == [])


# never blocked, and nothing left behind


@pytest.fixture
def no_collecting():
    """Python cleans up its memory at another moment: with 100,000 rows that took up to 0.2 s, once."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def test_fifty_thousand_objects_never_block_the_window(dock, no_collecting):
    from buitengebied_atlas.gui.object_rows import ObjectFilter, object_rows

    objects = [vacant(number, ("GM0106", "GM0114")[number % 2]) for number in range(50_000)]
    for position, record in enumerate(objects):
        record["conclusie"] = ("leeg", "in_gebruik", "onbekend")[position % 3]
        record["status"] = ("bezocht", "te_inventariseren")[position % 2]
    rows = object_rows(objects, [evidence(100_000 + number, number) for number in range(50_000)])
    dock.widget().setCurrentIndex(1)
    settle()
    dock.objects.set_rows(rows)
    settle()
    longest = {}
    for what, act in {
        "status": lambda: dock.objects.set_filter(ObjectFilter(status="bezocht")),
        "words": lambda: dock.objects.set_filter(ObjectFilter(words="weg 49")),
        "evidence": lambda: dock.objects.set_filter(ObjectFilter(evidence="waarneming")),
        "everything": lambda: dock.objects.set_filter(ObjectFilter()),
        "sort": lambda: dock.objects.table.sortByColumn(0, Qt.SortOrder.DescendingOrder),
        "select all": dock.objects.table.selectAll,
        "fewer, all selected": lambda: dock.objects.set_filter(ObjectFilter(status="bezocht")),
        "all, half selected": lambda: dock.objects.set_filter(ObjectFilter()),
        "a third": lambda: dock.objects.set_filter(ObjectFilter(conclusion="leeg")),
        "select a third": dock.objects.table.selectAll,
        "all, a third selected": lambda: dock.objects.set_filter(ObjectFilter()),
    }.items():
        with Heartbeat() as heart:
            QTimer.singleShot(10, act)
            QTest.qWait(300)
        longest[what] = round(heart.longest_ms)
    # 10 to 45 ms here
    assert max(longest.values()) < 200, longest


def test_reading_a_dossier_leaves_the_window_free(open_dock, tmp_path):
    from buitengebied_atlas.project.dossier_layers import open_dossier_layers

    many = filled(tmp_path / "veel", [vacant(number, "GM0106") for number in range(3000)], [])
    open_dossier_layers(QgsProject.instance(), many.folder)
    made = open_dock()
    with Heartbeat() as heart:
        read(made)
    assert made.objects.table.model().total() == 3000
    assert heart.longest_ms < 100


def test_taken_away_it_hears_nothing_any_more(dock, opened):
    read(dock)
    layer, project = opened["leegstand_object"], QgsProject.instance()
    before = [layer.receivers(layer.attributeValueChanged), project.receivers(project.layersRemoved)]
    dock.take_away()
    after = [layer.receivers(layer.attributeValueChanged), project.receivers(project.layersRemoved)]
    # the list of objects hears both; that of visits the project
    assert [one - other for one, other in zip(before, after, strict=True)] == [1, 2]
    assert QgsApplication.taskManager().countActiveTasks() == 0


def test_every_widget_that_takes_the_keyboard_has_a_name(dock):
    for panel in (dock.figures, dock.objects):
        for kind in (QComboBox, QTableView, QTextBrowser):
            for widget in panel.findChildren(kind):
                assert widget.accessibleName(), widget.objectName()


@pytest.mark.parametrize("pixels", [0, 20])
def test_a_typeface_told_in_pixels_is_scaled_too(provider, pixels):
    from buitengebied_atlas.gui.type_size import scale
    from qgis.PyQt.QtGui import QFont

    font = QFont("Arial", 10)
    if pixels:
        font.setPixelSize(pixels)
        assert font.pointSizeF() == -1
    scale(font, 0.9)
    assert font.pixelSize() == 18 if pixels else font.pointSizeF() == pytest.approx(9)


def test_every_tab_is_in_sight_in_the_narrowest_panel(dock, window):
    from buitengebied_atlas.gui.type_size import scale

    tabs = dock.findChild(QTabWidget)
    for size in (1, 1.6):
        font = tabs.tabBar().font()
        scale(font, size)
        tabs.tabBar().setFont(font)
        make_narrow(window, dock)
        bar = tabs.tabBar()
        assert all(bar.rect().contains(bar.tabRect(place)) for place in range(bar.count()))
        assert bar.width() <= tabs.width()


def test_a_figure_with_one_period_says_which_in_a_box_that_can_be_read(dock):
    for name in ("level", "period"):
        box = child(dock.figures, QComboBox, name)
        assert box.isEnabled()
        assert box.currentText()


def test_every_next_status_is_read_whole_in_the_narrowest_panel(dutch, dock, opened, window):
    from buitengebied_atlas.project.editing import set_status

    set_status(opened["leegstand_object"], uuid(1), "bezocht", "FICTIEF")  # the longest names may follow it
    read(dock)
    dock.objects.select(uuid(1))
    settle(lambda: dock.objects.row(uuid(1)).values["status"] == "bezocht")
    dock.widget().setCurrentWidget(dock.objects)  # what is not shown has no width of its own
    make_narrow(window, dock)
    box = child(dock.objects, QComboBox, "next_status")
    texts = [box.itemText(line) for line in range(box.count())]
    assert texts
    room = box.width() - box.iconSize().width() - 40  # the icon, the arrow and their margins
    assert [text for text in texts if box.fontMetrics().horizontalAdvance(text) > room] == []
    opened["leegstand_object"].rollBack()
