"""What is shown in a real QGIS for the pictures of the manual; `pictures_qgis.py` runs this with --code.

The environment names the folder with made-up files (ATLAS_MATERIAL), the plugin's zip (ATLAS_ZIP) and the
folder for the pictures (ATLAS_PICTURES), where `error.txt` tells what went wrong.
"""

import importlib
import os
import traceback
import zipfile
from datetime import date
from pathlib import Path

import processing
import pyplugin_installer
from qgis import utils
from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsAttributeDialog, QgsExpressionBuilderDialog
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QDockWidget,
    QGroupBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableView,
    QTabWidget,
    QToolBar,
    QToolButton,
)
from qgis_window import (
    PICTURES,
    choose_tab,
    dock,
    drawn,
    keep,
    tidy_window,
    wait,
    without_waiting,
)

MATERIAL = Path(os.environ["ATLAS_MATERIAL"])
NAME = "buitengebied_atlas"
#: a term that is not over
KEEP_UNTIL = f"{date.today().year + 3}-01-01"  # noqa: DTZ011
#: in the made-up dossier: a vacant object with several reasons
OBJECT_LINE = 6
#: a group of parameters that is closed is not higher (pixels)
COLLAPSED = 40
#: what the made-up table of several years does not say, and a municipality that changed between them
IN_TIME = {
    "unit": "percent", "label": "Weleens drugsafval gezien (FICTIEF)", "source": "FICTIEF onderzoek",
    "base": "Alle invullers", "caution": "FICTIEF: verzonnen om dit te laten zien",
}  # fmt: skip
CHANGED = "Eemsdelta"
CAMPAIGN = "Erfbezoeken (FICTIEF)"
OBJECTS_TAB, VISITS_TAB, TOOLS_TAB = 1, 2, 3
CLOCK_HEIGHT = 120
#: in this width the list of objects has all its columns
WIDE_DOCK_WIDTH = 600
#: without the islands: the map is larger (RD, m)
MAINLAND = QgsRectangle(200_000, 509_000, 278_500, 609_500)


def installing():
    """QGIS's own window for a plugin, with the zip chosen."""

    def look(dialog):
        dialog.resize(940, 420)
        wait()
        pages = dialog.findChild(QListWidget, "mOptionsListWidget")
        pages.setCurrentRow(next(row for row in range(pages.count()) if "ZIP" in pages.item(row).text()))
        box = next(box for box in dialog.findChildren(QLineEdit) if box.isVisible())
        box.setText(f"C:\\Downloads\\{Path(os.environ['ATLAS_ZIP']).name}")
        wait()
        keep(dialog, "qgis-installeren")

    manager = utils.iface.pluginManagerInterface()
    without_waiting(lambda: manager.showPluginManager(4), look)
    pyplugin_installer.instance().installFromZipFile(os.environ["ATLAS_ZIP"])
    utils.iface.messageBar().clearWidgets()


def first_map():
    action = next(
        action
        for bar in utils.iface.mainWindow().findChildren(QToolBar)
        for action in bar.actions()
        if action.objectName() == "buitengebied_atlas_panel"
    )
    action.trigger()
    wait(800)
    tidy_window()
    dock().figures.findChild(object, "show_on_map").click()
    wait(500)
    utils.iface.messageBar().clearWidgets()
    utils.iface.mapCanvas().setExtent(MAINLAND)
    drawn()
    keep(utils.iface.mainWindow(), "qgis-eerste-kaart")


def tools():
    choose_tab(TOOLS_TAB)
    keep(dock(), "qgis-gereedschap")
    choose_tab(0)


def settled(window):
    for _ in range(600):
        wait(100)
        if not window.is_busy():
            return


def through_time():
    """A table of one's own with several years: a map with the clock of QGIS, and the line of an area."""
    taking = importlib.import_module(f"{NAME}.gui.taking_in").TakingIn(utils.iface)
    taking.figure_taken.connect(dock().add_own)
    window = taking.window
    taking.open()
    taking.read(MATERIAL / "FICTIEF_door-de-tijd.csv")
    settled(window)
    window.next.click()
    wait()
    for column, role in {"Jaar": "period_column", "Percentage": "value", "Antwoorden": "n"}.items():
        window.columns.role_chosen.emit(column, role)
    window.next.click()
    for name, text in IN_TIME.items():
        field = window.questions.field(name)
        field.setText(text) if hasattr(field, "setText") else field.setCurrentIndex(field.findData(text))
    window.next.click()
    settled(window)
    window.take.click()
    settled(window)
    if window.problem():
        raise RuntimeError(window.problem())
    window.close()
    choose_tab(0)
    tidy_window()
    root = QgsProject.instance().layerTreeRoot()
    for node in root.findLayers():
        node.setItemVisibilityChecked(node.layer() is utils.iface.activeLayer())
        node.setExpanded(node.layer() is utils.iface.activeLayer())
    panel = utils.iface.mainWindow().findChild(QDockWidget, "Temporal Controller")
    panel.show()
    utils.iface.mainWindow().resizeDocks([panel], [CLOCK_HEIGHT], Qt.Orientation.Vertical)
    table = dock().figures.findChild(QTableView, "figures")
    table.selectRow(
        next(row for row in range(table.model().rowCount()) if table.model().index(row, 0).data() == CHANGED)
    )
    utils.iface.mapCanvas().setExtent(MAINLAND)
    drawn()
    utils.iface.mapCanvas().setExtent(MAINLAND)
    drawn()
    keep(utils.iface.mainWindow(), "qgis-door-de-tijd")


def taking_in():
    """The window for a file of one's own, with a list: its columns, and what would happen."""
    taking = importlib.import_module(f"{NAME}.gui.taking_in").TakingIn(utils.iface)
    window = taking.window
    taking.open()
    taking.read(MATERIAL / "FICTIEF_schuren.csv")
    settled(window)
    window.set_kind("lijst")
    window.next.click()
    wait()
    window.columns.role_chosen.emit("Locatie", "adres")
    wait()
    keep(window, "qgis-innemen-kolommen")
    window.next.click()
    said = {"bron": "FICTIEF eigen ronde", "bewaren_tot": KEEP_UNTIL, "peildatum": "2026-10-01"}
    for name, text in said.items():
        window.questions.field(name).setText(text)
    wait()
    keep(window, "qgis-innemen-vragen")
    window.next.click()
    settled(window)
    keep(window, "qgis-innemen-voorbeeld")
    window.close()


def joining():
    table = MATERIAL / "FICTIEF_meldpunt.csv"
    layer = QgsVectorLayer(str(table), table.stem, "ogr")
    QgsProject.instance().addMapLayer(layer)
    chosen = {
        "INPUT": layer,
        "LEVEL": 0,
        "KEY": "Gemeente",
        "VALUE": "Aandeel",
        "UNIT": 0,
        "N": "Respondenten",
    }
    dialog = processing.createAlgorithmDialog(f"{NAME}:join_table", chosen)
    dialog.resize(1000, 720)
    dialog.show()
    wait(1000)
    keep(dialog, "qgis-koppelen")
    dialog.close()
    results = {"OUTPUT": "TEMPORARY_OUTPUT", "REPORT": "TEMPORARY_OUTPUT"}
    result = processing.runAndLoadResults(f"{NAME}:join_table", chosen | results)
    wait(500)
    report = QgsProject.instance().mapLayer(result["REPORT"])
    table = utils.iface.showAttributeTable(report).window()
    table.resize(1180, 560)
    wait(1500)
    table.findChild(QTableView, "mTableView").scrollToBottom()
    wait()
    keep(table, "qgis-koppelrapport")
    table.close()


def dossier():
    project = importlib.import_module(f"{NAME}.project.dossier_project")
    folder = MATERIAL / "dossier-FICTIEF"
    # a new project would ask about the layers in memory
    QgsProject.instance().clear()
    utils.iface.addProject(str(project.build_project(folder)))
    wait(1500)
    choose_tab(OBJECTS_TAB)
    tidy_window(WIDE_DOCK_WIDTH)
    wait(1500)
    utils.iface.mapCanvas().setExtent(MAINLAND)
    panel = dock().objects
    panel.table.selectRow(OBJECT_LINE)
    wait()
    uuid = panel.selected()[0]
    drawn()
    keep(utils.iface.mainWindow(), "qgis-objecten")
    return uuid


def change_note(folder, uuid, note):
    """Write a note with a stop, as somebody does in QGIS or in the field."""
    layer = QgsVectorLayer(f"{folder / 'ronde_stop.gpkg'}|layername=ronde_stop", "stop", "ogr")
    layer.startEditing()
    (feature,) = [one for one in layer.getFeatures() if one["uuid"] == uuid]
    layer.changeAttributeValue(feature.id(), layer.fields().indexOf("toelichting"), note)
    if not layer.commitChanges():
        raise RuntimeError(layer.commitErrors())


def visits():
    """The page of farm visits: two rounds on the map, one of them out, and a conflict to decide."""
    folder, given = MATERIAL / "dossier-FICTIEF", {"CAMPAIGN": CAMPAIGN, "USER": "handleiding"}

    def run(name, **asked):
        return processing.run(f"{NAME}:{name}", {"FOLDER": str(folder), **given, **asked})

    run(
        "select_yards", NAME=CAMPAIGN, MUNICIPALITY="Midden-Drenthe", PURPOSE="kennismaken en voorlichten",
        KEEP_UNTIL=KEEP_UNTIL, RULES=str(MATERIAL / "regels.toml"),
    )  # fmt: skip
    run("plan_rounds", TEAMS=str(MATERIAL / "teams.csv"))
    package = MATERIAL / "A.zip"
    run("hand_out_round", ROUND="A", PURPOSE="bezoekronde", BACK_BY=KEEP_UNTIL, OUTPUT=str(package))
    with zipfile.ZipFile(package) as archive:
        archive.extractall(MATERIAL / "telefoon")
    phone = MATERIAL / "telefoon" / folder.name
    state = importlib.import_module(f"{NAME}.atlas.jobs.following_up").follow_up(folder)
    first = state.rounds[0].stops[0].uuid
    change_note(phone, first, "Achterom, de bel is stuk (FICTIEF)")
    change_note(folder, first, "Bel eerst (FICTIEF)")
    run("import_field_package", PACKAGES=str(phone / "basis.gpkg"), OUTPUT="TEMPORARY_OUTPUT")
    choose_tab(VISITS_TAB)
    tidy_window()
    panel = dock().visits
    for _ in range(100):
        wait(100)
        if panel.campaign() and panel.conflicts.chosen():
            break
    panel.findChild(QPushButton, "show_rounds").click()
    drawn()
    keep(utils.iface.mainWindow(), "qgis-erfbezoeken")


def form(uuid):
    (layer,) = QgsProject.instance().mapLayersByName("Leegstaande objecten")
    feature = next(feature for feature in layer.getFeatures() if feature["uuid"] == uuid)
    layer.startEditing()
    dialog = QgsAttributeDialog(layer, feature, False, utils.iface.mainWindow())  # noqa: FBT003
    dialog.resize(720, 640)
    dialog.show()
    wait(1000)
    keep(dialog, "qgis-formulier")
    dialog.findChild(QTabWidget).setCurrentIndex(2)
    wait(400)
    keep(dialog, "qgis-bewijs")
    dialog.reject()
    layer.rollBack()


def tool(name, chosen, height, picture):
    """The dialog of a tool with something filled in, and its advanced parameters in sight."""
    dialog = processing.createAlgorithmDialog(f"{NAME}:{name}", chosen)
    dialog.show()
    wait(800)
    dialog.resize(1000, height)
    # QGIS opens the next dialog as this one was left
    if dialog.findChild(QGroupBox, "grpAdvanced").height() < COLLAPSED:
        dialog.findChild(QToolButton, "collapseButton").click()
    wait()
    keep(dialog, picture)
    dialog.close()


def field_check():
    for_team = {"AUDIENCE": "team", "MUNICIPALITIES": ["Assen"], "PURPOSE": "bezoekronde voorjaar"}
    tool("check_field_package", {**for_team, "PACKAGE": "C:\\Veldwerk\\assen-FICTIEF.zip"}, 560, "qgis-veld")


def page():
    chosen = {"AUDIENCE": "team", "MUNICIPALITIES": ["Assen"], "PURPOSE": "bezoekronde voorjaar"}
    tool("export_page", {**chosen, "OUTPUT": "C:\\Veldwerk\\atlas-team-FICTIEF.html"}, 560, "qgis-pagina")


def expressions():
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(None))
    text = "atlas_interval('zorgen_georganiseerde_criminaliteit_buurt', 'PV22')"
    dialog = QgsExpressionBuilderDialog(None, text, utils.iface.mainWindow(), "generic", context)
    dialog.resize(1000, 560)
    dialog.show()
    wait(800)
    search = next(
        (box for box in dialog.findChildren(QLineEdit) if box.objectName() == "txtSearchEdit"), None
    )
    if search is not None:
        search.setText("atlas_interval")
    wait(800)
    keep(dialog, "qgis-expressie")
    dialog.close()


def printed():
    processing.run(
        f"{NAME}:printed_atlas",
        {
            "INDICATOR": 0, "MUNICIPALITIES": "Assen",
            "OUTPUT": str(PICTURES / "gedrukt.pdf"),
        },
    )  # fmt: skip


def session():
    tidy_window()
    installing()
    first_map()
    tools()
    through_time()
    joining()
    uuid = dossier()
    taking_in()
    visits()
    form(uuid)
    field_check()
    page()
    expressions()
    printed()


def run():
    try:
        session()
    except BaseException:  # noqa: BLE001 - whatever it is, the maker of the pictures is told
        (PICTURES / "error.txt").write_text(traceback.format_exc(), encoding="utf-8")
        keep(utils.iface.mainWindow(), "error")
    # closing QGIS would ask about its window
    os._exit(0)


QTimer.singleShot(1500, run)
