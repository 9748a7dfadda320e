"""Joining a table: the same values as `atlas join`, and a report in every case."""

from __future__ import annotations

import csv
import re
import zipfile

import processing
import pytest
from buitengebied_atlas.atlas.core.words.notation import UNIT_LABEL
from join_runs import ALGORITHM, GOOD, rows, run, table
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop

DOUBLE = "gemeente;aantal\nAssen;1\nAssen;2\nLeeuwarden;3\nKwaadeveen;4\n"


@pytest.fixture
def by_command(tmp_path, atlas_command):
    """Rows and report of `atlas join`."""

    def join(path):
        done = atlas_command(
            "join", path, "--level", "gemeente", "--key", "gemeente", "--value", "aandeel",
            "--unit", "percent", "--n", "n", "-o", tmp_path / "uit.csv", cwd=tmp_path,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        with (tmp_path / "uit.csv").open(encoding="utf-8-sig") as file:
            wanted = [
                [
                    row["code"],
                    row["naam"],
                    *(float(row[name]) if row[name] else None for name in ("waarde", "n")),
                ]
                for row in csv.DictReader(file)
            ]
        with (tmp_path / "uit.rapport.csv").open(encoding="utf-8-sig") as file:
            report = [
                [int(row["rij"]), row["tekst"], row["uitkomst"], row["gebied_code"] or None]
                for row in csv.DictReader(file)
            ]
        return wanted, report

    return join


def as_the_command(result, wanted, report):
    assert rows(result["OUTPUT"], "code", "naam", "waarde", "n") == wanted
    assert rows(result["REPORT"], "rij", "tekst", "uitkomst", "gebied_code") == report


def test_a_csv_file_gives_the_same_as_the_command(provider, tmp_path, by_command):
    path = table(tmp_path, GOOD)
    wanted, report = by_command(path)
    as_the_command(run(path, UNIT=0, N="n"), wanted, report)
    assert report[0] == [2, "0014", "gekoppeld", "GM0014"]


#: kinds of the columns -> cells: codes with leading zeros, decimal commas as text, numbers, an empty row
SHEETS = {
    "only texts": (("string", "string", "string"), [["0014", "7,9", "1200"], ["gem. Assen", "12,1", "80"]]),
    "texts and numbers": (("string", "double", "integer"), [["0014", 7.9, 1200], ["0106", 12.25, 80]]),
    "codes as numbers": (("integer", "double", "double"), [[14, 7.9, 1200.0], [106, 12.0, 80.5]]),
    "with gaps": (("string", "double", "integer"), [["0014", 7.9, 1200], [None] * 3, ["Veenwoud", 3, None]]),
}  # fmt: skip


def write_workbook(path, kinds, cells):
    """A workbook as GDAL writes it; an ODS then without the line ends between tags that no office writes."""
    named = zip(("gemeente", "aandeel", "n"), kinds, strict=False)
    fields = "&".join(f"field={one}:{kind}" for one, kind in named)
    layer = QgsVectorLayer(f"NoGeometry?{fields}", "tabel", "memory")
    features = []
    for row in cells:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(row)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = path.suffix[1:].upper()
    context = QgsProject.instance().transformContext()
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), context, options)
    if path.suffix == ".ods":
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, re.sub(rb">\s+<", b"><", text))
    return path


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_workbook_gives_the_same_as_the_command(provider, tmp_path, by_command, sheet, suffix):
    path = write_workbook(tmp_path / f"tabel {sheet}.{suffix}", *SHEETS[sheet])
    wanted, report = by_command(path)
    result = run(path, UNIT=0, N="n")
    as_the_command(result, wanted, report)
    assert dict(rows(result["OUTPUT"], "code", "waarde"))["GM0014"] == 7.9


def shown_as_percentages(path, references):
    """The workbook with these cells formatted 0.0%."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    styles, sheet = parts["xl/styles.xml"], parts["xl/worksheets/sheet1.xml"]
    used = re.search(r"<cellXfs[^>]*>(.*?)</cellXfs>", styles, re.DOTALL)[1]
    count = len(re.findall(r"<xf\b", used))
    parts["xl/styles.xml"] = styles.replace(used, f'{used}<xf numFmtId="10"/>')
    for reference in references:
        plain = re.search(rf'<c r="{reference}"[^>]*>', sheet)[0]
        sheet = sheet.replace(plain, f'<c r="{reference}" s="{count}">')
    parts["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_a_cell_shown_as_a_percentage_is_that_percentage_as_in_the_command(provider, tmp_path, by_command):
    cells = [["0014", 0.236, 1200], ["0106", 0.12, 20_000], ["Emmen", 21.5, 20_000]]
    path = write_workbook(tmp_path / "tabel.xlsx", ("string", "double", "integer"), cells)
    wanted, report = by_command(shown_as_percentages(path, ["B2", "B3"]))
    result = run(path, UNIT=0, N="n")
    as_the_command(result, wanted, report)
    found = dict(rows(result["OUTPUT"], "code", "waarde"))
    assert (found["GM0014"], found["GM0106"], found["GM0114"]) == (23.6, 12, 21.5)


def test_of_an_old_excel_file_it_is_said_that_percentages_are_not_seen(tmp_path):
    from buitengebied_atlas.atlas.core.words.errors import AtlasError
    from buitengebied_atlas.layers.table_reading import read_table

    for name, said in (("oud.xls", True), ("nieuw.xlsx", False)):
        (tmp_path / name).write_bytes(b"no workbook")
        layer, feedback = QgsVectorLayer(str(tmp_path / name), name, "ogr"), QgsProcessingFeedback(False)
        with pytest.raises(AtlasError):
            read_table(layer, layer, whole=True, feedback=feedback, keep_on=lambda: None)
        assert (".xls" in feedback.textLog().replace(str(tmp_path / name), "")) == said


def test_a_sheet_that_lost_its_header_in_qgis_is_joined_by_the_names_that_qgis_gave(provider, tmp_path):
    path = write_workbook(tmp_path / "tabel.xlsx", ("string", "string"), [["0106", "12,1"]])
    shown = QgsVectorLayer(str(path), "tabel", "ogr")
    assert shown.fields().names() == ["Field1", "Field2"]
    result = run(shown, KEY="Field1", VALUE="Field2", UNIT=0)
    assert rows(result["REPORT"], "rij", "tekst", "uitkomst") == [[2, "0106", "gekoppeld"]]


def test_a_layer_being_edited_is_joined_with_its_edits(provider, tmp_path):
    layer = QgsVectorLayer("NoGeometry?field=gemeente:string&field=aandeel:double", "tabel", "memory")
    layer.startEditing()
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["Assen", 5.5])
    layer.addFeature(feature)
    assert dict(rows(run(layer)["OUTPUT"], "code", "waarde"))["GM0106"] == 5.5
    layer.rollBack()


def test_a_refused_join_leaves_its_report_and_no_result(provider, tmp_path):
    path = table(tmp_path, DOUBLE)
    output, report = tmp_path / "uit.gpkg", tmp_path / "verslag é.gpkg"
    with pytest.raises(QgsProcessingException, match="dubbel: 2") as refused:
        run(path, VALUE="aantal", OUTPUT=str(output), REPORT=str(report))
    assert "Traceback" not in str(refused.value)
    assert not output.exists()
    lines = rows(QgsVectorLayer(str(report), "", "ogr"), "rij", "uitkomst")
    assert lines == [[2, "dubbel"], [3, "dubbel"], [4, "buiten_gebied"], [5, "onbekend"]]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tabel.csv", "verslag é.gpkg"]


def test_the_report_of_a_refused_join_is_shown_in_the_project(provider, iface, tmp_path):
    project = QgsProject.instance()
    context = QgsProcessingContext()
    context.setProject(project)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
    parameters = {
        "INPUT": str(table(tmp_path, DOUBLE)), "LEVEL": 0, "KEY": "gemeente", "VALUE": "aantal",
        "OUTPUT": QgsProcessingOutputLayerDefinition("memory:", project),
        "REPORT": QgsProcessingOutputLayerDefinition("memory:", project),
    }  # fmt: skip
    feedback, loop, ended = QgsProcessingFeedback(), QEventLoop(), []
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    task.executed.connect(lambda well, _results: (ended.append(well), loop.quit()))
    QgsApplication.taskManager().addTask(task)
    loop.exec()
    QCoreApplication.processEvents()
    assert ended == [False]
    (report,) = project.mapLayersByName("Koppelrapport (refused)")
    assert [row[0] for row in rows(report, "uitkomst")] == ["dubbel", "dubbel", "buiten_gebied", "onbekend"]
    assert "dubbel" in feedback.textLog()


def test_rows_for_one_area_are_added_up_when_asked(provider, tmp_path):
    result = run(table(tmp_path, DOUBLE.replace("Kwaadeveen;4\n", "")), VALUE="aantal", UNIT=1, COMBINE=1)
    assert dict(rows(result["OUTPUT"], "code", "waarde"))["GM0106"] == 3


def test_a_table_per_wijk_is_joined_by_code_and_by_name_beside_its_municipality(provider, tmp_path):
    lines = "gemeente;plaats;aandeel;n\n1400;Groningen;5;\nLariks;Assen;7;\nNoord;;9;\n"
    wijken = {"LEVEL": 3, "VALUE": "aandeel", "UNIT": 1, "N": None, "MUNICIPALITY": "plaats"}
    result = run(table(tmp_path, lines), **wijken)
    values = {code: value for code, value in rows(result["OUTPUT"], "code", "waarde") if value is not None}
    assert (len(rows(result["OUTPUT"], "code")), values) == (312, {"WK001400": 5, "WK010601": 7})


STATLINE = """"Misdrijven (FICTIEF)"
"Soort misdrijf: Totaal misdrijven"
""
"Onderwerp";"Geregistreerde misdrijven";"Geregistreerde misdrijven"
"Perioden";"2023";"2024"
"Regio's";"aantal";"aantal"
"Assen";"3263";"3300"
"Noord-Nederland (RE)";"62000";"62100"
"Bron: Politie"
"""


def test_a_table_of_statline_is_joined_by_its_topic_and_period(provider, tmp_path):
    path = table(tmp_path, STATLINE)
    assert not QgsVectorLayer(str(path), "misdrijven", "ogr").isValid()  # why there is a field for the file
    chosen = {"UNIT": 1, "TOPIC": "Geregistreerde misdrijven", "PERIOD": "2024"}
    done = processing.run(
        ALGORITHM, {"FILE": str(path), "LEVEL": 0, "OUTPUT": "memory:", "REPORT": "memory:", **chosen}
    )
    assert ["Assen", 3300] in rows(done["OUTPUT"], "naam", "waarde")
    assert rows(done["REPORT"], "tekst", "uitkomst") == [
        ["Assen", "gekoppeld"],
        ["Noord-Nederland (RE)", "buiten_gebied"],
    ]


def test_rows_are_chosen_by_the_value_of_a_column(provider, tmp_path):
    path = table(tmp_path, "gemeente;soort;aantal\nAssen;a;1\nAssen;b;2\n")
    done = run(path, VALUE="aantal", UNIT=1, WHERE="soort=b")
    assert ["Assen", 2] in rows(done["OUTPUT"], "naam", "waarde")


def test_an_unknown_column_is_told_as_a_sentence_with_the_columns_there_are(provider, tmp_path):
    with pytest.raises(QgsProcessingException, match='"aandeel" staat niet in deze tabel'):
        run(table(tmp_path, DOUBLE), REPORT=str(tmp_path / "rapport.csv"))
    assert (tmp_path / "rapport.csv").read_text().startswith("rij,")


def test_numbers_are_read_the_same_in_a_dutch_qgis(provider, dutch, tmp_path):
    values = dict(rows(run(table(tmp_path, GOOD), UNIT=0)["OUTPUT"], "code", "waarde"))
    assert (values["GM0014"], values["GM0106"]) == (7.9, 12.1)


@pytest.mark.parametrize("percentage", [0, 10, 50, 90])
def test_a_cancelled_join_leaves_nothing_and_what_stood_there(provider, tmp_path, percentage):
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(lambda now: feedback.cancel() if now >= percentage else None)
    if not percentage:  # before it begins
        feedback.cancel()
    path = table(tmp_path, "gemeente;aantal\n" + "Assen;1\nLeeuwarden;2\n" * 20_000)
    old = tmp_path / "rapport.gpkg"
    old.write_bytes(b"SQLite format 3\0van een ander")
    outputs = {"OUTPUT": str(tmp_path / "uit.gpkg"), "REPORT": str(old)}
    given = {"INPUT": str(path), "LEVEL": 0, "KEY": "gemeente", "VALUE": "aantal", "UNIT": 1, "COMBINE": 1}
    result = processing.run(ALGORITHM, {**given, **outputs}, feedback=feedback)
    assert feedback.isCanceled()
    assert "OUTPUT" not in result
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rapport.gpkg", "tabel.csv"]
    assert old.read_bytes() == b"SQLite format 3\0van een ander"


REPORTS = (
    "\ufeffGemeente;Aantal meldingen;n\ngem. Assen;1.234;100\nAa en Hunze ;12,5;20\nMeppel;-;15\n"
    "Eemsdelta;16;23\nDelfzijl;5;3\nTotaal;1255;141\n"
)


class Told(QgsProcessingFeedback):
    def __init__(self):
        super().__init__()
        self.infos, self.warnings = [], []

    def pushInfo(self, text):  # noqa: N802 - of QGIS
        self.infos.append(text)

    def pushWarning(self, text):  # noqa: N802 - of QGIS
        self.warnings.append(text)


def told(path, **parameters):
    feedback = Told()
    given = {
        "INPUT": str(path), "LEVEL": 0, "KEY": "Gemeente", "VALUE": "Aantal meldingen", "UNIT": 1,
        "OUTPUT": "TEMPORARY_OUTPUT", "REPORT": "TEMPORARY_OUTPUT", **parameters,
    }  # fmt: skip
    try:
        return feedback, processing.run(ALGORITHM, given, feedback=feedback)
    except QgsProcessingException as error:
        return feedback, str(error)


def test_a_refused_join_says_that_nothing_is_on_a_map_and_which_field_mends_it(tmp_path, dutch):
    feedback, sentence = told(table(tmp_path, REPORTS))
    assert "het veld 'Een cel met alleen een streepje betekent'" in sentence
    assert "--" not in sentence
    assert not any(text.startswith("Rijen op de kaart") for text in feedback.infos)
    assert any("geen rij staat op een kaart" in text for text in feedback.infos)


def test_a_good_join_warns_of_nothing_but_the_table(tmp_path, dutch):
    feedback, made = told(table(tmp_path, REPORTS), DASH=2, COMBINE=1)
    values = dict(rows(made["OUTPUT"], "naam", "waarde"))
    assert values["Eemsdelta"] == 21
    assert values["Assen"] == 1234
    assert not [text for text in feedback.warnings if "scratch" in text]


@pytest.mark.parametrize(
    ("unit", "divisor", "per"),
    [("per_1000", {"PER_POPULATION": 2024}, 1000 / 69_701), ("per_km2", {"PER_LAND": True}, 1 / 81.89)],
)
def test_counts_are_divided_by_the_inhabitants_or_the_land(provider, tmp_path, unit, divisor, per):
    from buitengebied_atlas.atlas.core.words.notation import UNIT_LABEL

    counts = table(tmp_path, "gemeente;aandeel\nAssen;70\n")
    done = run(counts, UNIT=list(UNIT_LABEL).index(unit), **divisor)
    values = dict(rows(done["OUTPUT"], "code", "waarde"))
    assert values["GM0106"] == pytest.approx(70 * per)


def test_kinds_are_added_up_over_a_column_and_a_divided_municipality_is_estimated(provider, tmp_path):
    """FICTIEF. As `--sum-over` and `--divide addresses` of the command."""
    figures = {"Winsum": 60, "Bedum": 1, "De Marne": 1, "Eemsmond": 1, "Assen": 5}
    lines = [f"{name};{kind};{value}" for name, value in figures.items() for kind in ("man", "vrouw")]
    counts = table(tmp_path, "\n".join(["gemeente;geslacht;aantal", *lines]))
    more = {
        "VALUE": "aantal", "UNIT": list(UNIT_LABEL).index("count"), "YEAR": 2018, "SUM_OVER": "geslacht",
    }  # fmt: skip
    places = "Adorp Baflo Den+Andel Rasquert Saaxumhuizen Sauwerd Tinallinge Wetsinge Winsum"
    names = [*places.split(), "Ezinge", "Feerwerd", "Garnwerd"]
    addresses = table(tmp_path, "\n".join(["woonplaats", *names]).replace("+", " "), "adressen.csv")
    result = run(counts, **more, DIVIDE_ADDRESSES=str(addresses))
    found = {row[0]: row[1:] for row in rows(result["OUTPUT"], "code", "waarde", "toelichting") if row[1]}
    assert {code: value for code, (value, _note) in found.items()} == {"GM0106": 10, "GM1966": 96}
    assert found["GM1966"][1].startswith("Een schatting")
