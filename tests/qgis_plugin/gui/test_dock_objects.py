"""The objects of a dossier in the panel: the list, filters, status, edits, and a window that never waits."""

from __future__ import annotations

import gc
import shutil
import threading
import time

import pytest
from bare_window import settle
from fictitious_dossier import evidence, filled, uuid, vacant
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QTextBrowser,
)
from using_panels import Heartbeat, child, choose, click, make_narrow, read, texts


def test_without_a_dossier_it_says_what_to_do(dock):
    assert not dock.objects.shows_dossier()
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
    assert not dock.objects.shows_dossier()


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
    assert not dock.objects.shows_dossier()
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
