"""A list with names of its own, through Processing: shown first, then taken in, as the command does it."""

from __future__ import annotations

import processing
import pytest
from buitengebied_atlas.atlas.dossier.opening import init_dossier, open_dossier
from buitengebied_atlas.atlas.dossier.records import read_layers
from qgis.core import QgsProcessingException, QgsVectorLayer

pytestmark = pytest.mark.usefixtures("provider")

LIST = (
    "Nr;Locatie adres;X;Y;Type gebouw;Opmerking;Gezien door\n"
    '1;"Verzonnenweg 1, Nergenshuizen";233001;560000;Schuur;dak stuk;AB\n'
    '2;"Verzonnenweg 2, Nergenshuizen";233002;560000;schuur/loods;dak stuk;AB\n'
)
KNOWN = {"SOURCE": "FICTIEF", "KEEP_UNTIL": "2040-01-01", "REFERENCE_DATE": "2026-01-05"}


def take_in(folder, room, **parameters):
    (room / "in.csv").write_text(LIST, encoding="utf-8")
    return processing.run(
        "buitengebied_atlas:take_in_list",
        {"FOLDER": str(folder), "INPUT": str(room / "in.csv"), "LAYER": "leegstand_object",
         "OUTPUT": "TEMPORARY_OUTPUT", **KNOWN, **parameters},
    )  # fmt: skip


def test_a_list_is_shown_first_and_then_taken_in(tmp_path):
    folder = init_dossier(tmp_path / "dossier", fictitious=True).folder
    chosen = {"CHOOSE": "soort:schuur/loods=loods"}
    shown = take_in(folder, tmp_path, **chosen)
    assert shown["INSERTED"] == 2
    notes = [feature["toelichting"] for feature in shown["OUTPUT"].getFeatures()]
    assert len(notes) >= 2
    assert read_layers(open_dossier(folder))["leegstand_object"] == []
    done = take_in(folder, tmp_path, PREVIEW=False, **chosen)
    assert done["INSERTED"] == 2
    records = read_layers(open_dossier(folder))["leegstand_object"]
    assert sorted(record["soort"] for record in records) == ["loods", "schuur"]
    assert {record["toelichting"] for record in records} == {"dak stuk"}
    assert "AB" not in str(records)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({}, ["schuur/loods", "niet zeker"]),
        ({"CHOOSE": "soort:schuur/loods=loods", "SOURCE": ""}, ["zonder bron"]),
        ({"CHOOSE": "schuur"}, ["welke tekst wat betekent"]),
        ({"COLUMN": "soor=Type gebouw"}, ["Bedoelt u soort"]),
        ({"COLUMN": "soort=Type"}, ['"Type" staat niet']),
    ],
)
def test_what_is_not_sure_is_asked(tmp_path, parameters, words):
    folder = init_dossier(tmp_path / "dossier", fictitious=True).folder
    with pytest.raises(QgsProcessingException) as caught:
        take_in(folder, tmp_path, **parameters)
    for word in words:
        assert word in str(caught.value)
    assert read_layers(open_dossier(folder))["leegstand_object"] == []


def test_a_file_is_read_as_the_command_reads_it(tmp_path, atlas_environment):
    """Only texts, a title above, a header by hand: of such a sheet QGIS gives neither names nor rows."""
    folder = init_dossier(tmp_path / "dossier", fictitious=True).folder
    bag = tmp_path / "bag.csv"
    bag.write_text(
        "openbareruimte;huisnummer;postcode;woonplaats;object_id;verblijfsobjectstatus;x;y\n"
        "Verzonnenweg;1;9401AB;Nergenshuizen;0106010000000001;Verblijfsobject in gebruik;233001;557000\n",
        encoding="utf-8",
    )
    program = (
        "import openpyxl; b = openpyxl.Workbook(); s = b.active\n"
        "for r in (['Schuren', 'FICTIEF'], ['Adres', 'Soort'], ['Verzonnenweg 1, Nergenshuizen', 'schuur'],"
        " ['Verzonnenweg 9, Nergenshuizen', 'stal']): s.append(r)\n"
        "b.save('t.xlsx')"
    )
    done = atlas_environment("python", "-c", program, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    asked = {"INPUT": str(tmp_path / "t.xlsx"), "ADDRESSES": str(bag), "HEADER": 2}
    shown = take_in(folder, tmp_path, **asked)
    notes = " ".join(str(feature["toelichting"]) for feature in shown["OUTPUT"].getFeatures())
    assert "Verzonnenweg 9, Nergenshuizen staat niet in de BAG" in notes
    take_in(folder, tmp_path, PREVIEW=False, **asked)
    (record,) = read_layers(open_dossier(folder))["leegstand_object"]
    assert (record["bag_vbo_id"], record["gemeente_code"]) == ("0106010000000001", "GM0106")


def test_a_layer_has_no_row_to_choose_for_its_names(tmp_path):
    folder = init_dossier(tmp_path / "dossier", fictitious=True).folder
    layer = QgsVectorLayer("NoGeometry?field=Adres:string", "lijst", "memory")
    with pytest.raises(QgsProcessingException, match="geen rij met de namen"):
        take_in(folder, tmp_path, INPUT=layer, HEADER=2)
