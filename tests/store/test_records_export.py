"""A file for a team holds what it may see, of its own municipalities; and stands in the register."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from contextlib import nullcontext

import openpyxl
import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.areas.divisions import areas
from atlas.core.disclosure.fields import may_leave
from atlas.core.files.embedded import read_embedded_csv
from atlas.core.records import record_table
from atlas.core.schema.published import GEOMETRY_FIELD
from atlas.core.schema.rural import RURAL_LAYERS, working_layer
from atlas.core.words.errors import AtlasError
from atlas.dossier import locks
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.store.spreadsheets import write_csv, write_xlsx
from dossier_samples import (
    ASSEN,
    EDITABLE,
    EMMEN,
    as_nobody,
    evidence,
    filled,
    handed_out,
    other_program,
    rows,
    uuid,
    vacant,
    visit,
    without_line,
)

#: the validator comes with the bindings of the system's GDAL, which the system's Python sees
SYSTEM_PYTHON = "/usr/bin/python3"
SUFFIXES = (".gpkg", ".csv", ".xlsx", ".geojson")
#: what says who somebody is, or leads to it
NEVER = ("aangemaakt_door", "gewijzigd_door", "door", "foto")
RUN = re.compile("[\\s\x08\ufeff]*[=+\\-@\uff1d]")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("dossier") / "team")


@pytest.fixture
def dossier(made, tmp_path):
    shutil.copytree(made.folder, tmp_path / "team")
    return open_dossier(tmp_path / "team")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(locks, "BUSY_TIMEOUT_S", 0.2)


ALL = [area.code for area in areas("gemeente")]


def export(dossier, path, layer="leegstand_object", **change):
    return handed_out(dossier, path, layer, **change)


def unpacked(path):
    """The bytes of a file; of a workbook those of its parts."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("trouble", ["alleen_lezen", "in_gebruik", "weg"])
def test_no_line_no_file(dossier, tmp_path, trouble, suffix):
    register = dossier.path("uitgifte")
    export(dossier, tmp_path / f"eerder{suffix}")  # so that nobody has to read a file of the checkout
    (tmp_path / f"eerder{suffix}").unlink()
    with other_program(register, wal=False) as editing:
        if trouble == "alleen_lezen":
            register.chmod(0o444)
        elif trouble == "weg":
            register.rename(tmp_path / "elders.gpkg")
        else:
            editing.execute("BEGIN IMMEDIATE")
        somebody = as_nobody(tmp_path) if trouble == "alleen_lezen" else nullcontext()
        with somebody, pytest.raises(AtlasError):
            export(dossier, tmp_path / f"uit{suffix}")
    assert {path.name for path in tmp_path.iterdir()} <= {"team", "elders.gpkg"}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("layer", EDITABLE)
def test_a_file_holds_no_record_of_another_municipality(made, dossier, tmp_path, layer, suffix):
    own, other = tmp_path / f"assen{suffix}", tmp_path / f"emmen{suffix}"
    counts = [
        export(dossier, path, layer, municipalities=[code]).count
        for path, code in ((own, ASSEN), (other, EMMEN))
    ]
    records = rows()[layer]
    assert sum(counts) == len(records)
    for path, hundred in ((own, "2"), (other, "1")):
        foreign = {
            str(value)
            for items in rows().values()
            for row in items
            for name, value in row.items()
            if row["uuid"][-3] == hundred and name in ("uuid", "adres", "bag_vbo_id", "bronkenmerk")
        }
        data = unpacked(path)
        assert not [text for text in foreign if text.encode() in data]
        mine = [row["uuid"] for row in records if row["uuid"][-3] != hundred]
        assert all(text.encode() in data for text in mine)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_only_fields_that_may_leave_are_in_a_file(dossier, tmp_path, suffix):
    path = tmp_path / f"uit{suffix}"
    for layer in EDITABLE:
        export(dossier, path, layer)
        allowed = {field for field in working_layer(layer).field_names if may_leave(layer, field, "team")}
        if suffix == ".gpkg":
            fields = set(pyogrio.read_info(path, layer=layer)["fields"])
        elif suffix == ".geojson":
            fields = set(json.loads(path.read_text())["features"][0]["properties"])
        else:
            first = (
                path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
                if suffix == ".csv"
                else [cell.value for cell in next(openpyxl.load_workbook(path).active.iter_rows())]
            )
            fields = set(first) - {"x_rd", "y_rd"}
        assert fields == allowed
        assert not fields & set(NEVER)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_field_is_asked_for(dossier, tmp_path, suffix, monkeypatch):
    hidden = {"adres", GEOMETRY_FIELD}
    monkeypatch.setattr(
        record_table,
        "may_leave",
        lambda layer, field, audience: field not in hidden and may_leave(layer, field, audience),
    )
    path = tmp_path / f"uit{suffix}"
    export(dossier, path)
    data = unpacked(path)
    assert b"Verzonnen Lijst" not in data
    assert b"230101" not in data
    assert uuid(101).encode() in data


def test_the_table_of_permissions_knows_every_field_and_gives_records_to_teams_only():
    asked = {(row["laag"], row["veld"]) for row in read_embedded_csv("data", "disclosure", "velden.csv")}
    for layer in RURAL_LAYERS.values():
        fields = [*layer.field_names, *([GEOMETRY_FIELD] if layer.geometry else [])]
        assert {(layer.name, field) for field in fields} <= asked
        for field in fields:
            assert not may_leave(layer.name, field, "openbaar")
            assert not may_leave(layer.name, field, "partners")
            assert not (field in NEVER and may_leave(layer.name, field, "team"))


def test_what_is_not_certain_to_lie_in_the_municipality_stays_behind(tmp_path):
    dossier = filled(
        tmp_path / "team",
        {
            "leegstand_object": [vacant(101), vacant(102, gemeente_zeker="nee")],
            "leegstand_bewijs": [evidence(111, 101), evidence(112, 102)],
        },
    )
    for layer, left in (("leegstand_object", 102), ("leegstand_bewijs", 112)):
        path = tmp_path / "uit.csv"
        done = export(dossier, path, layer)
        assert (done.count, done.withheld) == (1, 1)
        assert uuid(left) not in path.read_text()


def test_a_record_about_two_municipalities_goes_to_both_together_only(tmp_path):
    incoming = rows()
    incoming["erfbezoek"] = [visit(941, object_uuid=uuid(101), bedrijf_uuid=uuid(221))]
    incoming["bevinding"] = []
    incoming["signaal"] = [{**incoming["signaal"][0], "bedrijf_uuid": uuid(221)}]
    dossier = filled(tmp_path / "team", incoming)
    path = tmp_path / "uit.csv"
    assert [
        export(dossier, path, "erfbezoek", municipalities=codes).count for codes in ([ASSEN], [EMMEN])
    ] == [0, 0]
    assert export(dossier, path, "erfbezoek", municipalities=[ASSEN, EMMEN]).count == 1
    export(dossier, path, "signaal")
    assert uuid(101) in path.read_text()
    assert uuid(221) not in path.read_text()  # the link into the other municipality is cut


@pytest.mark.parametrize(
    ("audience", "words"),
    [("openbaar", "alleen naar het team"), ("partners", "alleen naar het team"), ("politie", "bestaat niet")],
)
def test_records_go_to_a_team_only(dossier, tmp_path, audience, words):
    with pytest.raises(AtlasError, match=words):
        export(dossier, tmp_path / "uit.csv", audience=audience)
    assert read_register(dossier) == []


def test_all_municipalities_at_once_only_from_made_up_data(tmp_path):
    incoming = {"leegstand_object": [vacant(101, bron="FICTIEF: demo")]}
    dossier = filled(tmp_path / "demo", incoming, fictitious=True)
    path = tmp_path / "uit.gpkg"
    assert export(dossier, path, municipalities=ALL).count == 1
    assert b"FICTIEF: Leegstaande objecten" in path.read_bytes()


def test_a_real_record_that_slipped_into_made_up_data_stops_the_output(tmp_path):
    dossier = filled(
        tmp_path / "demo", {"leegstand_object": [vacant(101, bron="FICTIEF: demo")]}, fictitious=True
    )
    with other_program(dossier.path("leegstand_object"), wal=False) as editing:
        editing.execute("UPDATE leegstand_object SET bron = 'BAG'")
    with pytest.raises(AtlasError, match="door elkaar"):
        export(dossier, tmp_path / "uit.csv", municipalities=ALL)
    assert not (tmp_path / "uit.csv").exists()


@pytest.mark.parametrize(
    ("name", "words"), [("uit.pdf", "is om te lezen"), ("uit", "soort uitvoer"), (".", "staat een map")]
)
def test_another_kind_of_file_gets_a_sentence(dossier, tmp_path, name, words):
    with pytest.raises(AtlasError, match=words):
        export(dossier, tmp_path / name)


def test_the_register_itself_and_unknown_layers_are_not_exported(dossier, tmp_path):
    with pytest.raises(AtlasError, match="register van uitgifte wordt niet"):
        export(dossier, tmp_path / "uit.csv", "uitgifte")
    with pytest.raises(AtlasError, match="bestaat niet"):
        export(dossier, tmp_path / "uit.csv", "personen")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_records_give_the_same_bytes(dossier, tmp_path, suffix):
    one, other = tmp_path / f"een{suffix}", tmp_path / f"twee{suffix}"
    export(dossier, one)
    export(dossier, other)
    assert without_line(one) == without_line(other)


def test_a_geopackage_for_a_team_is_valid(dossier, tmp_path):
    for layer in EDITABLE:
        path = tmp_path / f"{layer}.gpkg"
        export(dossier, path, layer)
        done = subprocess.run(
            [SYSTEM_PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", "--extra", "--warning-as-error", path],
            capture_output=True, text=True, check=False, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_places_are_the_same_in_every_kind_of_file(dossier, tmp_path):
    for suffix in SUFFIXES:
        export(dossier, tmp_path / f"uit{suffix}")
    rd = (230_101.25, 560_000.5)
    frame = pyogrio.read_dataframe(tmp_path / "uit.gpkg", layer="leegstand_object").set_index("uuid")
    assert (frame.geometry[uuid(101)].x, frame.geometry[uuid(101)].y) == rd
    with (tmp_path / "uit.csv").open(encoding="utf-8-sig", newline="") as file:
        line = next(row for row in csv.DictReader(file) if row["uuid"] == uuid(101))
    assert (float(line["x_rd"]), float(line["y_rd"])) == rd
    features = json.loads((tmp_path / "uit.geojson").read_text())["features"]
    found = next(item for item in features if item["properties"]["uuid"] == uuid(101))
    degrees = frame.geometry.to_crs(4326)[uuid(101)]
    assert found["geometry"]["coordinates"] == pytest.approx([degrees.x, degrees.y], abs=1e-6)


def test_a_signal_without_a_place_goes_out_without_one(tmp_path):
    incoming = {"signaal": [{k: v for k, v in rows()["signaal"][1].items() if k != GEOMETRY_FIELD}]}
    dossier = filled(tmp_path / "team", incoming)
    for suffix in SUFFIXES:
        assert export(dossier, tmp_path / f"uit{suffix}", "signaal", municipalities=[EMMEN]).count == 1
    assert pyogrio.read_dataframe(tmp_path / "uit.gpkg", layer="signaal").geometry.isna().all()
    assert json.loads((tmp_path / "uit.geojson").read_text())["features"][0]["geometry"] is None


# spreadsheets

CELLS = st.one_of(
    st.none(), st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.text("=+-@\t\r\n 1A(\x08\ufeff\uff1d", max_size=6),
)  # fmt: skip


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_no_cell_of_a_csv_is_ever_a_formula(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("csv") / "uit.csv"
    cells = [[cell.replace("\x00", "") if isinstance(cell, str) else cell for cell in row] for row in cells]
    cells = [
        [re.sub("[\ud800-\udfff]", "", cell) if isinstance(cell, str) else cell for cell in row]
        for row in cells
    ]
    write_csv(path, ["a", "b"], cells)
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file))[1:]
    assert len(read) == len(cells)
    for row, written in zip(cells, read, strict=True):
        for cell, text in zip(row, written, strict=True):
            if isinstance(cell, str):
                assert not RUN.match(text)
                assert text in (cell, f"'{cell}")
            else:
                assert text == ("" if cell is None else str(cell))


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_no_cell_of_a_workbook_is_ever_a_formula_and_codes_stay_text(cells):
    file = io.BytesIO()
    write_xlsx(file, "blad", ["a", "b"], cells)
    sheet = openpyxl.load_workbook(file).active
    for row, written in zip(cells, sheet.iter_rows(min_row=2), strict=True):
        for cell, found in zip(row, written, strict=True):
            assert found.data_type != "f"
            if isinstance(cell, str):
                assert found.data_type in ("s", "inlineStr", "n")
                assert not RUN.match(str(found.value or ""))
            else:
                assert found.value == cell


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
def test_no_text_of_a_layer_is_ever_a_formula(tmp_path, suffix):
    record = {**vacant(101, "GM0106"), "toelichting": "=HYPERLINK(1)", "adres": "+31 592 1"}
    dossier = filled(tmp_path / "dossier", {"leegstand_object": [record]})
    path = export(dossier, tmp_path / f"uit{suffix}").path
    cells = pyogrio.read_dataframe(path, layer=0, read_geometry=False).to_dict("records")[0]
    assert cells["toelichting"] == "'=HYPERLINK(1)"
    assert cells["adres"] == "'+31 592 1"


def test_a_code_keeps_its_zeros_in_a_workbook(dossier, tmp_path):
    path = tmp_path / "uit.xlsx"
    export(dossier, path)
    header, *lines = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    ids = {line[header.index("bag_vbo_id")] for line in lines}
    assert ids == {"0106010000000101", "0106010000000102"}


def test_a_text_that_no_cell_can_hold_gets_a_sentence(tmp_path):
    with pytest.raises(AtlasError, match="te lang"):
        write_xlsx(tmp_path / "uit.xlsx", "blad", ["a"], [["x" * 32_768]])
