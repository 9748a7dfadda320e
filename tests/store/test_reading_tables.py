"""A table comes in whatever people send; codes stay text, numbers numbers, a bad file gets a sentence."""

from __future__ import annotations

import datetime as dt
import zipfile

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pytest
import shapely
from pyarrow import parquet

from atlas.core.joining.join import join
from atlas.core.words.errors import AtlasError
from atlas.store.tables import read_table
from workbook_samples import opendocument_sheet, workbook

CODES = ["GM0014", "GM0037", "0047"]
VALUES = [21.5, 30.0, 12.25]


def points(crs="EPSG:28992"):
    geometry = [shapely.Point(233_000 + step, 581_000) for step in range(3)]
    return gpd.GeoDataFrame({"gemeente": CODES, "waarde": VALUES}, geometry=geometry, crs=crs)


def write(path):
    """The same table in the format of the path."""
    plain = pd.DataFrame({"gemeente": CODES, "waarde": VALUES})
    rows = [["gemeente", "waarde"], *zip(CODES, VALUES, strict=True)]
    makers = {
        ".csv": lambda: plain.to_csv(path, index=False, sep=";"),
        ".txt": lambda: plain.to_csv(path, index=False, sep="\t"),
        ".tsv": lambda: plain.to_csv(path, index=False, sep="\t"),
        ".xlsx": lambda: workbook(path, ("Blad1", rows)),
        ".ods": lambda: opendocument_sheet(path, rows),
        ".gpkg": lambda: points().to_file(path, engine="pyogrio"),
        ".shp": lambda: points().to_file(path, engine="pyogrio"),
        ".fgb": lambda: points().to_file(path, engine="pyogrio", SPATIAL_INDEX="NO"),
        ".geojson": lambda: points("EPSG:4326").to_file(path, engine="pyogrio"),
        ".parquet": lambda: points().to_parquet(path),
    }
    makers[path.suffix]()
    return path


ALL_FORMATS = [".csv", ".txt", ".tsv", ".xlsx", ".ods", ".gpkg", ".shp", ".fgb", ".geojson", ".parquet"]


def refused(path, sheet=None):
    with pytest.raises(AtlasError) as caught:
        read_table(path, sheet)
    assert str(path) in caught.value.where
    return caught.value


@pytest.mark.parametrize("suffix", ALL_FORMATS)
def test_every_format_gives_the_same_table(tmp_path, suffix):
    table = read_table(write(tmp_path / f"cijfers{suffix}"))
    assert table.columns == ("gemeente", "waarde")
    assert list(table.column("gemeente")) == CODES
    numbers = [float(cell) for cell in table.column("waarde")]
    assert numbers == VALUES


@pytest.mark.parametrize("suffix", ALL_FORMATS)
def test_every_format_can_be_joined(tmp_path, suffix):
    table = read_table(write(tmp_path / f"cijfers{suffix}"))
    joined = join(table, level="gemeente", key="gemeente", value="waarde", unit="percent")
    assert joined.refusal is None
    found = {item.area.code: item.value for item in joined.values}  # noqa: PD011 - no frame of pandas
    assert found == dict(zip(["GM0014", "GM0037", "GM0047"], VALUES, strict=True))


def test_row_numbers_are_those_a_person_sees(tmp_path):
    assert read_table(write(tmp_path / "a.xlsx")).first_row == 2
    assert read_table(write(tmp_path / "a.parquet")).first_row == 1
    titled = workbook(tmp_path / "b.xlsx", ("Blad1", [["Titel"], [], ["gemeente", "waarde"], ["GM0014", 1]]))
    assert read_table(titled).first_row == 4


# --- what is no table


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ('{"@odata.context":"x","value":[{"Id":1,"Meas', "antwoord van een dienst is afgebroken"),
        ('{"gemeenten": [1, 2]}', "geen GeoJSON"),
        ('{"type": "FeatureCollection", "features": [', "geen GeoJSON"),
    ],
)
def test_what_is_no_table_is_said_without_another_program(content, title, tmp_path):
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    error = refused(tmp_path / "a.json")
    assert title in error.title
    assert "QGIS" not in str(error)


def test_two_columns_with_one_name_are_a_sentence(tmp_path):
    rows = [["gemeente", "waarde", "waarde"], ["Assen", 3, 4]]
    error = refused(workbook(tmp_path / "a.xlsx", ("Blad1", rows)))
    assert error.title == "Twee kolommen heten 'waarde'."
    assert "kolom C" in error.where


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "oud Excel-bestand"),
        ("a.xlsx", b"gemeente;waarde\nAssen;3\n", "geen rekenblad"),
        ("a.xlsx", b"", "geen rekenblad"),
        ("a.xlsx", b"PK\x03\x04 broken off", "beschadigd"),
        ("a.ods", b"PK\x03\x04 broken off", "beschadigd"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "beschadigd"),
        ("a.xls", b"gemeente;waarde\nAssen;3\n", "geen rekenblad"),
        ("a.csv", b"PK\x03\x04\x14\0", "geen CSV-bestand"),
        ("a.csv", b"", "leeg"),
        ("a.parquet", b"PAR1 broken off", "beschadigd"),
        ("a.parquet", b"gemeente;waarde\n", "geen Parquet-bestand"),
        ("a.gpkg", b"SQLite format 3\0 broken off", "kan niet worden gelezen"),
        ("a.geojson", b'{"type": "FeatureCollection", "fea', "is geen GeoJSON"),
        ("a.shp", b"\0\0\x27\x0a", "kan niet worden gelezen"),
        ("a.zip", b"PK\x03\x04", "kan niet als tabel"),
        ("a", b"gemeente;waarde\n", "kan niet als tabel"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    error = refused(path)
    assert sentence in error.title


def test_a_protected_opendocument_sheet_is_a_sentence(tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert "wachtwoord" in refused(path).title


def test_a_workbook_cut_short_in_the_mail_is_a_sentence(tmp_path):
    path = workbook(tmp_path / "a.xlsx", ("Blad1", [["gemeente", "waarde"], ["Assen", 3]]))
    path.write_bytes(path.read_bytes()[:-400])
    assert "beschadigd" in refused(path).title


def test_a_missing_file_and_a_folder_are_sentences(tmp_path):
    assert "bestaat niet" in refused(tmp_path / "niet_hier.csv").title
    assert "map" in refused(tmp_path).title


def test_a_sheet_of_a_file_without_sheets_is_a_sentence(tmp_path):
    assert "geen werkbladen" in refused(write(tmp_path / "a.csv"), "Blad1").title


# --- layers and Parquet


def test_a_geopackage_with_several_layers_is_asked_about(tmp_path):
    path = write(tmp_path / "a.gpkg")
    points().to_file(path, layer="tweede", engine="pyogrio")
    assert refused(path).got == "a, tweede"
    assert len(read_table(path, sheet="tweede")) == 3
    assert refused(path, "derde").expected == "a, tweede"


def test_missing_values_and_dates_of_a_layer(tmp_path):
    frame = points()
    frame["n"] = pd.array([10, None, 30], dtype="Int64")
    frame["dag"] = pd.to_datetime(["2025-11-06", None, "2025-11-07"])
    path = tmp_path / "a.gpkg"
    frame.to_file(path, engine="pyogrio")
    table = read_table(path)
    assert list(table.column("n")) == [10, None, 30]
    assert list(table.column("dag")) == ["2025-11-06", None, "2025-11-07"]


def test_nested_and_binary_columns_of_parquet_are_left_out(tmp_path):
    path = tmp_path / "a.parquet"
    columns = {
        "gemeente": pa.array(CODES).dictionary_encode(),
        "waarde": pa.array([1, None, 3]),
        "dag": pa.array([dt.date(2025, 11, 6)] * 3),
        "lijst": pa.array([[1], [2], [3]]),
        "vlak": pa.array([b"a", b"b", b"c"]),
    }
    parquet.write_table(pa.table(columns), path)
    table = read_table(path)
    assert table.columns == ("gemeente", "waarde", "dag")
    assert list(table.column("gemeente")) == CODES
    assert list(table.column("waarde")) == [1, None, 3]
    assert table.column("dag")[0] == "2025-11-06"


def test_a_layer_without_rows_is_a_sentence(tmp_path):
    path = tmp_path / "a.gpkg"
    points()[:0].to_file(path, engine="pyogrio")
    assert "leeg" in refused(path).title


def test_text_that_was_written_in_another_encoding_survives(tmp_path):
    frame = points()
    frame["naam"] = ["Fryslân", "Café", "één"]
    path = tmp_path / "a.shp"
    frame.to_file(path, engine="pyogrio", encoding="ISO-8859-1")
    assert list(read_table(path).column("naam")) == ["Fryslân", "Café", "één"]
