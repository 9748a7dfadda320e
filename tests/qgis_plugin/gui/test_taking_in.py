"""An own table or list through the window and through the command: one table of cases, the same choices.

What either shows before it writes, and the mapping it keeps, must be the same to the byte.
"""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from bare_window import settle
from qgis.core import QgsProject
from qgis.PyQt.QtTest import QTest

KEEP = f"{date.today().year + 3}-01-01"  # noqa: DTZ011 - a term that is not over
PATIENCE = 120_000  # ms; a busy machine
FIGURE = {
    "unit": "count", "label": "Meldingen", "source": "FICTIEF", "base": "Alle meldingen",
    "caution": "FICTIEF", "counts": "meldingen",
}  # fmt: skip
LIST = {"bron": "FICTIEF", "bewaren_tot": KEEP, "peildatum": "2025-01-05"}
SAID = ("--source", "FICTIEF", "--keep-until", KEEP, "--reference-date", "2025-01-05")
BARNS = "Nr;Locatie;X;Y;Type gebouw;Opmerking;Gezien door\n" + "".join(
    f"{number};Verzonnenweg {number}, Nergenshuizen FICTIEF;{233_000 + number};557000;{kind};dak stuk;AB\n"
    for number, kind in enumerate(("Schuur", "schuur/loods", "stal", "loosd"), start=1)
)
YEARS = "import openpyxl; b = openpyxl.Workbook(); b.remove(b.active)\n" + "".join(
    f"s = b.create_sheet('Jaar {year}'); s.append(['Gemeente', 'Aantal']);"
    f" s.append(['Assen', {year - 2000}]); s.append(['Emmen', 4]); s.append(['Totaal', {year - 1996}])\n"
    for year in (2023, 2024)
) + "b.save('t.xlsx')"  # fmt: skip
MESSY = (
    "import openpyxl; b = openpyxl.Workbook(); s = b.active\n"
    "for r in (['Meldingen per gemeente, 2023-2024'], ['Bron: FICTIEF meldpunt'], [],"
    " ['Gemeente', 'Aantal', None, None], [None, 2022, 2023, 2024], ['Aa & Hunze', 30, 32, 1],"
    " ['gem. Assen', 93, 90, 2], ['Emmen', 5, 6, 3], ['Nergenshuizen', 1, 2, 4]): s.append(r)\n"
    "s.merge_cells('B4:D4'); b.save('t.xlsx')"
)


@dataclass(frozen=True)
class Case:
    """A file, and the same choices in either face."""

    #: text of a CSV, or a program that writes a workbook
    file: str
    command: tuple[str, ...]
    answers: dict[str, str]
    name: str = "t.csv"
    kind: str = "cijfers"
    sheet: str = ""
    header: int = 0
    layer: str = "leegstand_object"
    roles: tuple[tuple[str, str], ...] = ()
    #: a part of a sentence of the preview
    shown: str = ""
    values: dict[str, str] = field(default_factory=dict)


def figure_options(**more):
    return tuple(part for name, value in {**FIGURE, **more}.items() for part in (f"--{name}", value))


CASES = {
    "years in columns": Case(
        "Gemeente;Meldingen 2023;Meldingen 2024\nAssen;3;4\nEmmen;5;6\nTotaal;8;10\n",
        figure_options(), FIGURE,
        shown="2024: 2 gebieden met een cijfer, samen 10; in de tabel staat Totaal 10.",
    ),
    "another column is the value": Case(
        "Gemeente;Meldingen;Bezoeken\nAssen;3;4\nEmmen;5;6\n",
        (*figure_options(period="2025"), "--value", "Bezoeken"), {**FIGURE, "period": "2025"},
        roles=(("Bezoeken", "value"),), shown="2025: 2 gebieden met een cijfer, samen 10",
    ),
    "a header of two rows below a title": Case(
        MESSY, figure_options(), FIGURE, name="t.xlsx", shown="Aa & Hunze is",
    ),
    "a sheet for each year": Case(
        YEARS, (*figure_options(), "--sheet", "Jaar {periode}"), FIGURE, name="t.xlsx",
        sheet="Jaar {periode}", shown="2024: 2 gebieden met een cijfer, samen 28",
    ),
    "a sheet for each year, with the names in a row of one's choice": Case(
        YEARS.replace("['Gemeente', 'Aantal']", "['Rayon', 'Noord']); s.append(['Gemeente', 'Aantal']"),
        (*figure_options(), "--sheet", "Jaar {periode}#rij2"), FIGURE, name="t.xlsx",
        sheet="Jaar {periode}", header=2, shown="2024: 2 gebieden met een cijfer, samen 28",
    ),
    "dashes that must be said": Case(
        "Gemeente;Meldingen 2024\nAssen;-\nEmmen;5\nGroningen;6\n",
        (*figure_options(), "--dash", "zero"), {**FIGURE, "dash": "zero"}, shown="samen 11",
    ),
    "a list with names of its own": Case(
        BARNS, ("--dossier", "d", "--column", "adres=Locatie", *SAID,
                "--choose", "soort:schuur/loods=schuur", "--choose", "soort:loosd=loods"), LIST,
        kind="lijst", roles=(("Locatie", "adres"),), values={"schuur/loods": "schuur", "loosd": "loods"},
        shown="Nieuw 4, gewijzigd 0, ongewijzigd 0; 0 rijen worden niet overgenomen.",
    ),
    "signals": Case(
        "Melding;X;Y;Datum melding;Soort melding;Soort melder\n"
        "licht aan;233001;557000;2025-01-02;gedumpt_afval;inwoner\n",
        ("--dossier", "d", "--layer", "signaal", "--column", "toelichting=Melding", *SAID), LIST,
        kind="lijst", layer="signaal", roles=(("Melding", "toelichting"),),
    ),
}  # fmt: skip


@pytest.fixture
def room(tmp_path, plugin):
    from buitengebied_atlas.atlas.dossier.opening import init_dossier

    init_dossier(tmp_path / "d", fictitious=True)
    return tmp_path


@pytest.fixture
def taking(window, room):
    from buitengebied_atlas.gui.taking_in import TakingIn

    made = TakingIn(window)
    made.open()
    made.window.dossier.setText(str(room / "d"))
    yield made
    made.window.close()
    settle()


def write(room, case, atlas_environment):
    if case.name.endswith(".csv"):
        (room / case.name).write_text(case.file, encoding="utf-8")
    else:
        done = atlas_environment("python", "-c", case.file, cwd=room)
        assert done.returncode == 0, done.stderr
    return room / case.name


def wait(taking):
    for _ in range(PATIENCE // 20):
        if not taking.window.is_busy():
            break
        QTest.qWait(20)
    assert not taking.window.is_busy()
    settle()


def choose(box, key):
    position = box.findData(key)
    assert position >= 0, key
    box.setCurrentIndex(position)
    box.activated.emit(position)


def click(taking, button):
    getattr(taking.window, button).click()
    wait(taking)


def answer(taking, case):
    from buitengebied_atlas.gui.intake_table import QuietCombo

    form = taking.window.questions
    given = dict(case.answers)
    for number, one in enumerate(getattr(taking.steps, "_unsure", ())):
        given[f"value_{number}"] = case.values[one.text]
    for key, text in given.items():
        widget = form.field(key)
        if isinstance(widget, QuietCombo) and widget.isEditable():
            widget.setEditText(text)
        elif isinstance(widget, QuietCombo):
            choose(widget, text)
        else:
            widget.setText(text)


def through(taking, path, case):
    """Up to the preview."""
    taking.read(path)
    wait(taking)
    window = taking.window
    assert window.kind() == case.kind, "what it seems to be"
    assert window.header.text() == "recognised"
    if case.sheet:
        choose(window.sheet, case.sheet)
    window.header.setValue(case.header)
    if case.kind == "lijst":
        choose(window.layer, case.layer)
    click(taking, "next")
    assert window.step() == 1, window.problem()
    for column, role in case.roles:
        choose(window.columns.box(column), role)
    click(taking, "next")
    answer(taking, case)
    click(taking, "next")


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
    assert heading == "Emmen, 2023 to 2024. Band: the 95% interval."
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


def test_the_names_of_the_columns_stand_in_a_row_of_ones_choice(taking, room):
    path = room / "t.csv"
    table = CASES["years in columns"].file
    path.write_text(f"Meldingen per gemeente (FICTIEF)\nBron: meldpunt; FICTIEF\n{table}", encoding="utf-8")
    taking.read(path)
    wait(taking)
    window = taking.window
    click(taking, "next")
    assert window.step() == 0
    assert "'Row with the names of the columns'" in window.problem()
    window.header.setValue(3)
    click(taking, "next")
    assert window.step() == 1, window.problem()
    assert taking.steps.mapping.value == "Meldingen {periode}"
    window.header_here.setValue(9)
    assert "geen namen van kolommen" in window.problem()
    assert window.header_here.value() == 3
    assert taking.steps.table.columns[0] == "Gemeente"
    window.header_here.setValue(4)
    assert taking.steps.table.columns[0] == "Assen"
    window.header_here.setValue(3)
    click(taking, "next")
    answer(taking, CASES["years in columns"])
    click(taking, "next")
    assert window.step() == 3, window.problem()
    taking._save(room / "m.toml")
    again = type(taking)(taking._iface)
    again.load_mapping(room / "m.toml")
    again.read(path)
    wait(again)
    assert again.window.header.value() == 3
    click(again, "next")
    assert again.window.step() == 1, again.window.problem()
    again.window.close()


BAG = (
    "openbareruimte;huisnummer;huisletter;huisnummertoevoeging;postcode;woonplaats;object_id;"
    "nummeraanduiding;verblijfsobjectstatus;x;y\n"
) + "".join(
    f"Verzonnenweg;{number};{letter};;9401AB;Nergenshuizen;01060100000000{position:02d};"
    f"01062000000000{position:02d};Verblijfsobject {status};{233000 + position};557000\n"
    for position, (number, letter, status) in enumerate(
        ((1, "", "in gebruik"), (2, "", "in gebruik"), (2, "A", "in gebruik"), (3, "", "ingetrokken")),
        start=1,
    )
)


def as_geopackage(path):
    from qgis.core import QgsProject, QgsVectorFileWriter, QgsVectorLayer

    where = f"{path.as_uri()}?delimiter=;&xField=x&yField=y&crs=EPSG:28992&detectTypes=no"
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "verblijfsobject"
    made = path.with_suffix(".gpkg")
    QgsVectorFileWriter.writeAsVectorFormatV3(
        QgsVectorLayer(where, "bag", "delimitedtext"),
        str(made),
        QgsProject.instance().transformContext(),
        options,
    )
    return made


@pytest.mark.parametrize("kind", ["csv", "gpkg"])
def test_addresses_are_looked_up_in_a_file_with_the_bag(taking, room, kind):
    from buitengebied_atlas.atlas.dossier.opening import open_dossier
    from buitengebied_atlas.atlas.dossier.records import read_layers

    bag = room / "bag.csv"
    bag.write_text(BAG, encoding="utf-8")
    path = room / "t.csv"
    path.write_text(
        "Adres;Soort\nVerzonnenweg 1, Nergenshuizen;schuur\n"
        "Verzonnenweg 2a, 9401 AB Nergenshuizen;stal\n"
        "Verzonnenweg 3, Nergenshuizen;stal\n",
        encoding="utf-8",
    )
    taking.window.addresses.setText(str(as_geopackage(bag) if kind == "gpkg" else bag))
    through(taking, path, Case("", (), LIST, kind="lijst"))
    assert taking.window.step() == 3, taking.window.problem()
    assert "Verzonnenweg 3, Nergenshuizen staat niet in de BAG" in taking.window.preview.toPlainText()
    click(taking, "take")
    kept = {one["adres"]: one for one in read_layers(open_dossier(room / "d"))["leegstand_object"]}
    assert {name: one["bag_vbo_id"][-2:] for name, one in kept.items()} == {
        "Verzonnenweg 1, Nergenshuizen": "01", "Verzonnenweg 2a, 9401 AB Nergenshuizen": "03",
    }  # fmt: skip
    assert {one["gemeente_code"] for one in kept.values()} == {"GM0106"}


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


#: a workbook of 1997 with the sheets "Jaar 2023", "Jaar 2024", an empty one and one line of text, zipped
OLD_EXCEL = """
eNrtWE1oE0EU/mazaX5o0iSmQiuUWLBq7UFbDx6ssWINiJYqiCKibu1SQtOtpPGgB63WHAXBk+Kl0EsvVS/+oAe9eRAqehCEQlPx
5ElQ8NB2ffN2YxNNpRFTTdlv2W/evnmzMzvvzZvdfT0dnh1/0JjDT9gDFxZNH2oKdIJOX/4iBKo3TSnmSy+dpoOqgs9Ljqxx42ng
lUf6UPo7BwX31RfEwBydp3AePcOGHltF7OMxaEKOoVN4KfYUikgVd6kMooHHFmE+x7yO+R7bP2Pey5obzJ1kOytOYjre07rLjuUT
SjPXBYkFHnGb96zZgXq8lLF85aawbN3oSie11P9Z0aTWYgLkvYRu6GktNYsouXECX80Y8CW/Xp/HHP3q6gVI/61Y7ymhv6WowCjM
s0IGYhZhbFTBqfagpqVj7dvbO6Tyo7tYuTOLWkzyolVxSNcHshTKM15rER9LZlL6wDx2c8J2W8k5oQ/pupHRaY13aUZGS5G+a2RE
N6jsHhrSjQCwP5mJJUdiF7i9X3bICSJUlCACvGRqiftRx3KYF06Iepmf/PzmcF9v/AxrRnlTsLaOTfI5YeKqbEGNg1zjYpa2rczb
mK/xXTew3MgcpaegsqW33hYOjLHNda5toX46GG/jmwvkLSRnPx153JT9EN9K8lQidyk69S4+jmaamX5qL48xtIk2cee2xJN4vhR2
gplhbvgl2XiVkD12094f67AAP4thZutKzo6w7UUJe8H28o6XFT+PJ4zTtr1Swl5he5dtb81+RG7ZSgQPZSWlviU4PvxXPuz7Ux+i
cj7Esj5cQrX5sNJztnzcix9crXEvSsa9+ttZdeDAgQMHawDCfnFz8WeE9akgt0mP/V9ngc5F5zfJmsVRDNORoU/SbhhUpnGxrPhZ
D7fI30ussE3+f6HEceo9jUF6WZbjGCw7fuk1RxQ+z4obhv7eEiq3/8Vyxlnh/r8DYgleQQ==
"""


def test_every_sheet_of_an_old_workbook_is_offered(taking, room):
    (room / "t.xls").write_bytes(zlib.decompress(base64.b64decode(OLD_EXCEL)))
    taking.read(room / "t.xls")
    wait(taking)
    window = taking.window
    offered = [window.sheet.itemData(place) for place in range(window.sheet.count())]
    assert offered == ["Jaar {periode}", "Jaar 2023", "Jaar 2024"]
    choose(window.sheet, "Jaar {periode}")
    window.header.setValue(2)
    click(taking, "next")
    assert "alleen in de eerste rij" in window.problem()
    assert window.step() == 0
    window.header.setValue(0)
    click(taking, "next")
    click(taking, "next")
    answer(taking, CASES["a sheet for each year"])
    click(taking, "next")
    assert "2023: 2 gebieden met een cijfer, samen 27" in window.preview.toPlainText(), window.problem()
    assert "2024: 2 gebieden met een cijfer, samen 28" in window.preview.toPlainText()


def test_what_is_no_table_is_a_sentence(taking, room):
    for name, content in (("t.xlsx", b"Gemeente;Aantal\n"), ("t.docx", b"PK"), ("leeg.csv", b"")):
        (room / name).write_bytes(content)
        taking.read(Path(room / name))
        wait(taking)
        assert taking.window.problem()
        assert taking.window.step() == 0
    click(taking, "next")
    assert "nog geen bestand" in taking.window.problem()


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
