"""The BAG in small: the same addresses in every form of delivery, and a street with awkward numbers."""

from __future__ import annotations

import extract_samples as extracts
import pandas as pd
import register_samples as samples

ROWS = samples.addresses()


def as_bytes(name, content):
    def write(folder):
        (folder / name).write_bytes(content)
        return folder / name

    return write


#: name of the form -> what writes it in a folder
FORMS = {
    "OGC API": as_bytes("pagina.json", samples.ogc_page(ROWS)),
    "OGC API in RD": as_bytes("pagina.json", samples.ogc_page(ROWS, rd=True)),
    "pages": lambda folder: samples.write_pages(folder / "pages", [ROWS[:2], ROWS[2:]]),
    "WFS GeoJSON": as_bytes("bag.geojson", samples.wfs_geojson(ROWS)),
    "WFS GML": as_bytes("bag.gml", samples.wfs_gml(ROWS)),
    "WFS GML in degrees": as_bytes("bag.xml", samples.wfs_gml(ROWS, degrees_first=True)),
    "bag-light": lambda folder: samples.write_light(folder / "bag-light.gpkg", ROWS),
    "extract": lambda folder: extracts.write_extract_folder(folder / "extract", extracts.extract_files(ROWS)),
    "extract ZIP": lambda folder: extracts.write_extract_zip(
        folder / "lvbag.zip", extracts.extract_files(ROWS)
    ),
    "CSV in RD": lambda folder: samples.write_csv(folder / "bag.csv", samples.csv_rows(ROWS)),
    "CSV in degrees": lambda folder: samples.write_csv(
        folder / "bag.csv", samples.csv_rows(ROWS, rd=False), ","
    ),
}


def bag(*rows) -> pd.DataFrame:
    """Addresses as `read_addresses` gives them: (number, letter, addition[, postcode, street, place])."""
    found = []
    for position, row in enumerate(rows):
        number, letter, addition, *rest = row
        postcode, street, place = rest or ("9499ZZ", "Verzonnenlaan", "Nergenshuizen")
        found.append(
            {
                "adres_id": f"01062000990000{position:02d}", "bag_vbo_id": f"01060100990000{position:02d}",
                "bag_pand_id": f"01061000990000{position:02d}", "straat": street, "huisnummer": number,
                "huisletter": letter, "toevoeging": addition, "postcode": postcode, "woonplaats": place,
                "x": 235_000.0 + position, "y": 556_000.0,
            }
        )  # fmt: skip
    return pd.DataFrame(found)


BAG = bag(
    (1, "", ""), (2, "", ""), (2, "A", ""), (4, "", ""), (12, "A", "1"), (12, "B", ""), (14, "", "bis"),
    (1, "", "", "9499ZY", "Andereweg", "Elders"), (20, "A", ""), (20, "", "A"),
)  # fmt: skip
