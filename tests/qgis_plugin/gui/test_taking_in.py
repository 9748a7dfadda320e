"""An own table or list through the window and through the command: one table of cases, the same choices.

What either shows before it writes, and the mapping it keeps, must be the same to the byte.
"""

from __future__ import annotations

import pytest
from bare_window import settle
from qgis.core import QgsProject
from taking_in_steps import BARNS, CASES, FIGURE, Case, answer, click, through, wait, write


@pytest.mark.parametrize("name", CASES)
def test_window_and_command_show_and_keep_the_same(name, taking, room, atlas_environment, atlas_command):
    case = CASES[name]
    path = write(room, case, atlas_environment)
    through(taking, path, case)
    window = taking.window
    assert window.step() == 3, window.problem()
    shown = window.preview.toPlainText().split("\n")
    assert case.shown in "\n".join(shown)
    told = atlas_command("intake", path.name, *case.command, cwd=room)
    assert told.returncode == 3, told.stderr
    said = "".join(told.stderr.partition("Dit gaat er gebeuren:")[2].split())
    assert [line for line in shown if "".join(line.split()) not in said] == []
    taking._save(room / "venster.toml")
    done = atlas_command("intake", path.name, *case.command, "--yes", cwd=room)
    assert done.returncode == 0, done.stderr
    kept = (room / f"{path.stem}.indeling.toml").read_bytes()
    assert (room / "venster.toml").read_bytes() == kept
    # and next month: what the one kept is what the other reads
    again = type(taking)(taking._iface)
    again.window.dossier.setText(str(room / "d"))
    again.load_mapping(room / f"{path.stem}.indeling.toml")
    again.read(path)
    wait(again)
    click(again, "next")
    assert again.window.step() == 1, again.window.problem()
    assert again.steps.mapping == taking.steps.mapping
    again.window.close()


def test_a_list_is_taken_in_with_its_report_and_mapping(taking, room):
    from buitengebied_atlas.atlas.dossier.opening import open_dossier
    from buitengebied_atlas.atlas.dossier.records import read_layers

    path = room / "t.csv"
    path.write_text(BARNS, encoding="utf-8")
    through(taking, path, CASES["a list with names of its own"])
    click(taking, "take")
    assert "Nieuw 4" in taking.window.preview.toPlainText()
    kinds = [record["soort"] for record in read_layers(open_dossier(room / "d"))["leegstand_object"]]
    assert sorted(kinds) == ["loods", "schuur", "schuur", "stal"]
    assert (room / "t.indeling.toml").exists()
    reports = [layer for layer in QgsProject.instance().mapLayers().values() if layer.featureCount() == 4]
    assert [feature["uitkomst"] for feature in reports[0].getFeatures()] == ["nieuw"] * 4
    assert not taking.window.take.isEnabled()


def test_figures_come_on_the_map_and_in_a_configuration_file(taking, room):
    path = room / "t.csv"
    path.write_text(CASES["years in columns"].file, encoding="utf-8")
    through(taking, path, CASES["years in columns"])
    taking.window.configuration.setText(str(room / "atlas.toml"))
    click(taking, "take")
    assert (room / "atlas.toml").read_text(encoding="utf-8").count("[[table]]") == 2
    layer = taking._iface.active_layer
    assert layer.name() == "Meldingen (gemeenten, 2023 \N{EN DASH} 2024)"
    drawn = {
        (feature["periode"], feature["waarde"])
        for feature in layer.getFeatures()
        if feature["naam"] in ("Assen", "Emmen")
    }
    assert drawn == {("2023", 3), ("2023", 5), ("2024", 4), ("2024", 6)}


def test_an_own_figure_of_several_periods_has_a_clock_one_legend_and_a_line(taking, room, open_dock, window):
    from buitengebied_atlas.atlas.core.figures.time_views import THROUGH_TIME

    dock = open_dock()
    taking.figure_taken.connect(dock.add_own)
    path = room / "t.csv"
    path.write_text(CASES["years in columns"].file, encoding="utf-8")
    through(taking, path, CASES["years in columns"])
    click(taking, "take")
    layer = taking._iface.active_layer
    assert layer.temporalProperties().isActive()
    clock = window.mapCanvas().temporalController()
    assert (clock.totalFrameCount(), clock.currentFrameNumber()) == (2, 1)
    years = [clock.dateTimeRangeForFrameNumber(frame).begin().date().year() for frame in range(2)]
    assert years == [2023, 2024]
    assert QgsProject.instance().timeSettings().temporalRange().begin().date().year() == 2023
    panel = dock.figures
    assert panel.choice()[2] == THROUGH_TIME
    line = panel.findChild(object, "line")
    assert line.isVisibleTo(panel)
    heading = line.findChildren(type(line._heading))[0].text()
    assert heading == "Emmen, 2023 to 2024."  # a count has no interval
    panel._view.table.selectRow(next(
        row for row in range(22) if panel._view.table.model().index(row, 0).data() == "Assen"
    ))  # fmt: skip
    assert line._heading.text().startswith("Assen")
    # a published figure of one period: no line, and its map has no clock
    panel.choose("zorgen_georganiseerde_criminaliteit_buurt")
    assert not line.isVisibleTo(panel)
    panel._button.click()
    assert not taking._iface.active_layer.temporalProperties().isActive()
    # and back: the own figure is still offered, and its map is the one that is there
    panel.choose("meldingen", "gemeente", THROUGH_TIME)
    panel._button.click()
    assert taking._iface.active_layer is layer


def test_text_with_a_telephone_number_is_asked_about(taking, room):
    from buitengebied_atlas.atlas.dossier.opening import open_dossier
    from buitengebied_atlas.atlas.dossier.records import read_layers

    path = room / "t.csv"
    path.write_text(BARNS.replace("dak stuk", "bel 06-12345678"), encoding="utf-8")
    through(taking, path, CASES["a list with names of its own"])
    window = taking.window
    assert window.step() == 3
    assert "12345678" not in window.problem()
    assert not window.take.isEnabled()
    assert window.accept_personal_text.isVisible()
    window.accept_personal_text.click()
    wait(taking)
    assert window.take.isEnabled(), window.problem()
    click(taking, "take")
    assert len(read_layers(open_dossier(room / "d"))["leegstand_object"]) == 4


@pytest.mark.parametrize(
    ("text", "step", "sentence"),
    [
        ("Gemeente;Meldingen 2024\nAssen;-\nEmmen;5\nGroningen;6\n", 3, "streepje"),
        ("Kleur;Aantal\nrood;3\nblauw;5\n", 2, "nog niet alles gezegd"),
    ],
)
def test_what_has_to_be_said_is_named_as_this_window_calls_it(taking, room, text, step, sentence):
    path = room / "t.csv"
    path.write_text(text, encoding="utf-8")
    taking.read(path)
    wait(taking)
    taking.window.set_kind("cijfers")
    click(taking, "next")
    click(taking, "next")
    answer(taking, Case("", (), FIGURE))
    click(taking, "next")
    assert taking.window.step() == step
    assert sentence in taking.window.problem()
    assert "--" not in taking.window.problem()


def test_the_menu_and_the_dock_open_it(window, provider, open_dock):
    from buitengebied_atlas.gui.intake_window import IntakeWindow
    from qgis.PyQt.QtWidgets import QToolButton

    dock = open_dock()
    dock.tools.findChild(QToolButton, "tool_intake").click()
    settle()
    found = window.mainWindow().findChildren(IntakeWindow)
    assert len(found) == 1
    found[0].close()
    settle()
