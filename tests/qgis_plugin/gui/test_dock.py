"""The dock as a user works with it: real widgets, a real project, a real dossier."""

from __future__ import annotations

import time

import pytest
from bare_window import settle
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsBrowserGuiModel
from qgis.PyQt.QtCore import Qt
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
from using_panels import child, choose, click, make_narrow, read

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
