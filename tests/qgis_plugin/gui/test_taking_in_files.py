"""What the window that takes in reads: a header of choice, a file with the BAG, an old workbook, no table."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path

import pytest
from taking_in_steps import CASES, LIST, Case, answer, choose, click, through, wait


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
