"""atlas.gpkg: every layer, readable by the tools people have, the same bytes every time, whole or absent."""

from __future__ import annotations

import copy
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pyogrio
import pytest
import shapely

from atlas.core.areas.divisions import areas
from atlas.core.figures.edition import Edition
from atlas.core.figures.payload import build_payload
from atlas.core.schema.published import SCHEMA_VERSION, layer
from atlas.core.words.errors import AtlasError
from atlas.geo.boundaries.levels import boundary_payload, load_boundaries
from atlas.store.geopackage import write_atlas_geopackage
from atlas_samples import CONCERN, MAP_LAYER, atlas, atlas_in_every_state, view
from period_samples import through_time
from released_samples import leaving

#: the validator comes with the bindings of the system's GDAL, which the system's Python sees
SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    path = tmp_path_factory.mktemp("gpkg") / "atlas.gpkg"
    write_atlas_geopackage(path, leaving(atlas()))
    return path


def rows(path, sql, *parameters):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, parameters).fetchall()


def tool(*command):
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )


@pytest.mark.parametrize("payload", [atlas, atlas_in_every_state])
def test_the_validator_of_gdal_finds_nothing(tmp_path, payload):
    path = tmp_path / "atlas.gpkg"
    write_atlas_geopackage(path, leaving(payload()))
    done = tool(
        SYSTEM_PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", "--extra", "--warning-as-error", str(path)
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_ogrinfo_reads_every_layer_without_a_remark(published):
    done = tool("ogrinfo", "-al", str(published))
    assert done.returncode == 0
    assert done.stderr == ""
    assert "FAILURE" not in done.stdout
    assert f"schema_versie={SCHEMA_VERSION}" in done.stdout
    assert "CC BY 4.0" in done.stdout
    assert "doelgroep=Openbaar" in done.stdout
    assert f"Layer name: {MAP_LAYER}" in done.stdout


def test_it_is_a_geopackage_1_3(published):
    assert published.read_bytes()[68:72] == b"GPKG"
    assert rows(published, "PRAGMA user_version") == [(10300,)]


def test_layers_are_the_boundaries_the_values_and_one_map_for_each_view(published):
    wanted = {f"kaart_{entry['id']}_{v['level']}" for entry in atlas()["indicators"] for v in entry["views"]}
    found = {str(name) for name, _kind in pyogrio.list_layers(published)}
    assert found == wanted | {"gemeente", "surveyregio", "provincie", "waarde", "layer_styles"}


@pytest.mark.parametrize("level", ["gemeente", "surveyregio", "provincie"])
def test_boundaries_are_those_of_geo_in_rd(published, level):
    stored = pyogrio.read_dataframe(published, layer=level).set_index("code")
    ours = load_boundaries(level).set_index("code")
    assert stored.crs.to_epsg() == 28992
    assert set(stored.index) == {area.code for area in areas(level)}
    for code, area in stored.iterrows():
        assert area.geometry.normalize().equals_exact(ours.geometry[code].normalize(), tolerance=0.001)
        assert area.oppervlakte_km2 == pytest.approx(ours.oppervlakte_km2[code], abs=0.001)
    assert stored["oppervlakte_land_km2"].isna().all()


def test_neighbours_share_every_vertex_of_their_border(published):
    shapes = pyogrio.read_dataframe(published, layer="gemeente").geometry
    assert shapely.coverage_is_valid(shapes.to_numpy())


def test_a_map_layer_says_what_the_payload_says(published):
    stored = pyogrio.read_dataframe(published, layer=MAP_LAYER).set_index("code")
    for code, entry in view(atlas())["values"].items():
        row = stored.loc[code]
        assert row.waarde == entry["value"]
        assert (row.laag, row.hoog, row.n) == (entry["low"], entry["high"], entry["n"])
        assert (row.status, row.klasse) == (entry["status"], entry["class"])
        assert (row.tekst, row.interval) == (entry["text"], entry["interval_text"])


def test_withheld_values_are_not_in_the_file(tmp_path):
    path = tmp_path / "atlas.gpkg"
    write_atlas_geopackage(path, leaving(atlas_in_every_state()))
    stored = pyogrio.read_dataframe(path, layer=MAP_LAYER).set_index("code")
    for code in ("SR01", "SR02", "SR04"):
        assert stored.loc[code, ["waarde", "laag", "hoog", "klasse"]].isna().all()
        assert stored.loc[code, "tekst"] == "–"
    withheld = rows(
        path,
        "SELECT waarde, laag, hoog FROM waarde WHERE gebied_code IN ('SR01', 'SR02') AND indicator = ?",
        CONCERN,
    )
    assert set(withheld) == {(None, None, None)}


def test_the_values_hold_every_figure_once_with_its_source(published):
    stored = pyogrio.read_dataframe(published, layer="waarde")
    assert not stored.duplicated(["indicator", "niveau", "gebied_code", "periode"]).any()
    in_views = sum(len(v["values"]) for entry in atlas()["indicators"] for v in entry["views"])
    assert len(stored) >= in_views
    assert (stored["bron"] != "").all()
    national = stored[stored["niveau"] == "land"]
    assert set(national["gebied_naam"]) == {"Nederland"}
    assert set(national["status"]) <= {"ok", "indicatief"}


def test_only_allowed_fields_are_in_the_file(published):
    for name, _kind in pyogrio.list_layers(published):
        described = (
            layer("kaart" if str(name).startswith("kaart_") else str(name))
            if name != "layer_styles"
            else None
        )
        if described:
            assert list(pyogrio.read_info(published, layer=str(name))["fields"]) == list(
                described.field_names
            )


def test_fields_have_their_dutch_alias_and_their_code_list(published):
    aliases = dict(
        rows(published, "SELECT column_name, name FROM gpkg_data_columns WHERE table_name = ?", MAP_LAYER)
    )
    assert aliases == {field.name: field.alias for field in layer("kaart").fields}
    codes = rows(
        published,
        "SELECT c.value, c.description FROM gpkg_data_columns d JOIN gpkg_data_column_constraints c "
        "USING (constraint_name) WHERE d.table_name = ? AND d.column_name = 'status'",
        MAP_LAYER,
    )
    assert dict(codes) == {state["status"]: state["label"] for state in atlas()["states"]}


def test_every_layer_carries_title_caution_and_licence_for_qgis(published):
    metadata = dict(
        rows(
            published,
            "SELECT r.table_name, m.metadata FROM gpkg_metadata m JOIN gpkg_metadata_reference r "
            "ON r.md_file_id = m.id WHERE m.md_standard_uri = 'http://mrcc.com/qgis.dtd'",
        )
    )
    assert set(metadata) == {str(name) for name, _kind in pyogrio.list_layers(published)} - {"layer_styles"}
    indicator = next(entry for entry in atlas()["indicators"] if entry["id"] == CONCERN)
    assert f"Let op: {indicator['caution']}" in metadata[MAP_LAYER]
    assert "CC BY 4.0" in metadata[MAP_LAYER]


def test_same_input_same_bytes(tmp_path):
    first, second = tmp_path / "een.gpkg", tmp_path / "twee.gpkg"
    write_atlas_geopackage(first, leaving(atlas()))
    write_atlas_geopackage(second, leaving(copy.deepcopy(atlas())))
    assert first.read_bytes() == second.read_bytes()


def test_time_stamps_are_those_of_the_data(published):
    year, month = atlas()["date"].split("-")[:2]
    for table, column in (
        ("gpkg_contents", "last_change"),
        ("gpkg_metadata_reference", "timestamp"),
        ("layer_styles", "update_time"),
    ):
        stamps = {stamp for (stamp,) in rows(published, f"SELECT {column} FROM {table}")}
        assert stamps == {f"{year}-{month}-01T00:00:00.000Z"}


def test_several_periods_of_an_indicator_are_several_layers(tmp_path):
    payload = copy.deepcopy(atlas())
    indicator = next(entry for entry in payload["indicators"] if entry["id"] == CONCERN)
    earlier = copy.deepcopy(view(payload))
    indicator["views"].append(earlier | {"period": "2023-11", "period_label": "november 2023"})
    path = tmp_path / "atlas.gpkg"
    write_atlas_geopackage(path, leaving(payload))
    found = {str(name) for name, _kind in pyogrio.list_layers(path)}
    assert {f"{MAP_LAYER}_2023_11", f"{MAP_LAYER}_2025_11"} <= found


def test_geometry_and_figures_stand_in_the_file_once_however_many_maps_there_are(tmp_path):
    path = tmp_path / "verloop.gpkg"
    boundaries, source, _warnings = boundary_payload()
    content = build_payload(through_time(), boundaries, source, Edition(fictitious=True)).content
    write_atlas_geopackage(path, leaving(content))
    kinds = dict(
        rows(path, "SELECT name, type FROM sqlite_master WHERE name LIKE 'kaart!_fictief%' ESCAPE '!'")
    )
    assert set(kinds.values()) == {"view"}
    assert len(kinds) == 3 * (5 + 1)
    for indicator in content["indicators"]:
        for one in indicator["views"]:
            read = pyogrio.read_dataframe(path, layer=f"kaart_{indicator['id']}_gemeente_{one['period']}")
            assert dict(zip(read.code, read.tekst, strict=True)) == {
                code: value["text"] for code, value in one["values"].items()
            }
            assert set(read.periode) == {one["period"]}
            assert read.geometry.notna().all()
    assert rows(path, "SELECT type FROM sqlite_master WHERE name = 'waarde'") == [("view",)]
    (said,), (maps,) = rows(path, "SELECT count(*) FROM cijfertekst")[0], (len(kinds),)
    assert said < maps, "what is said of a figure stands in the file once for all its periods"
    assert path.stat().st_size < 600_000


def test_a_field_is_explained_once_and_named_at_every_layer(published):
    told = rows(published, "SELECT column_name, title, description FROM gpkg_data_columns")
    named = [(column, title, text) for column, title, text in told if column == "laag"]
    assert all(title == "Ondergrens" for _column, title, _text in named)
    assert len(named) > 1
    assert sum(text is not None for _column, _title, text in named) == 1


def test_a_list_of_layers_says_of_a_map_what_belongs_beside_every_mention(published):
    ((told,),) = rows(published, "SELECT description FROM gpkg_contents WHERE table_name = ?", MAP_LAYER)
    indicator = next(entry for entry in atlas()["indicators"] if entry["id"] == CONCERN)
    assert [line.partition(":")[0] for line in told.split("\n")] == ["Onder wie", "Let op", "Bron"]
    assert indicator["caution"] in told


def test_text_of_any_kind_survives(tmp_path):
    nasty = "</script><script>alert(1)</script> \" ' {{ \u202eRTL \U0001f404 & \x0b einde"
    payload = copy.deepcopy(atlas())
    for key in ("label", "caution", "source"):
        payload["indicators"][0][key] = nasty
    payload["title"] = nasty
    path = tmp_path / "atlas.gpkg"
    write_atlas_geopackage(path, leaving(payload))
    done = tool("ogrinfo", "-so", str(path))
    assert done.returncode == 0
    assert "titel=</script><script>" in done.stdout
    assert nasty in {label for (label,) in rows(path, "SELECT DISTINCT label FROM waarde")}
    check = tool(SYSTEM_PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", str(path))
    assert check.returncode == 0


def test_an_indicator_whose_name_can_be_no_layer_is_refused(tmp_path):
    payload = copy.deepcopy(atlas())
    payload["indicators"][0]["id"] = "Zorgen|2025"
    with pytest.raises(AtlasError, match="kan geen laag worden"):
        write_atlas_geopackage(tmp_path / "atlas.gpkg", leaving(payload))
    assert list(tmp_path.iterdir()) == []


def test_two_indicators_with_one_title_are_refused(tmp_path):
    payload = copy.deepcopy(atlas())
    twin = copy.deepcopy(payload["indicators"][0])
    payload["indicators"].append(twin | {"id": "tweeling"})
    with pytest.raises(AtlasError, match="dezelfde titel"):
        write_atlas_geopackage(tmp_path / "atlas.gpkg", leaving(payload))


def test_an_audience_that_may_see_nothing_gets_nothing(tmp_path):
    with pytest.raises(AtlasError, match="mag deze doelgroep niet bereiken"):
        write_atlas_geopackage(tmp_path / "atlas.gpkg", leaving({**atlas(), "audience": "onbekend"}))
    assert list(tmp_path.iterdir()) == []


# --- writing that fails


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path):
    """The limit on file size stands in for the end of the disk: the write fails half way."""
    path = tmp_path / "atlas.gpkg"
    write_atlas_geopackage(path, leaving(atlas()))
    before = path.read_bytes()
    code = (
        "import resource, sys\n"
        "sys.path.insert(0, sys.argv[2])\n"
        "from pathlib import Path\n"
        "from atlas_samples import atlas\n"
        "from atlas.core.words.errors import AtlasError\n"
        "from atlas.store.geopackage import write_atlas_geopackage\n"
        "from released_samples import leaving\n"
        "payload = leaving(atlas())\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    write_atlas_geopackage(Path(sys.argv[1]), payload)\n"
        "except AtlasError as error:\n"
        "    print(error.title)\n"
    )
    samples = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), samples], capture_output=True, text=True, check=True
    )
    assert done.stdout == "Het bestand kan niet worden geschreven.\n"
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["atlas.gpkg"]


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "uit").write_text("een bestand waar een map moet komen")
    with pytest.raises(AtlasError, match="kan niet worden geschreven"):
        write_atlas_geopackage(tmp_path / "uit" / "atlas.gpkg", leaving(atlas()))
    with pytest.raises(AtlasError, match="kan niet worden geschreven"):
        write_atlas_geopackage(tmp_path.__class__("/proc/atlas.gpkg"), leaving(atlas()))


def test_styles_of_the_file_are_the_default_and_registered(published):
    styled = rows(published, "SELECT f_table_name, useAsDefault FROM layer_styles")
    assert {name for name, _default in styled} == {
        str(name) for name, _kind in pyogrio.list_layers(published)
    } - {"layer_styles"}
    assert {default for _name, default in styled} == {1}
    assert rows(published, "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'") == [
        ("attributes",)
    ]


def test_the_file_is_small_enough_to_mail(published):
    assert published.stat().st_size < 5_000_000
    assert json.dumps(atlas())  # and what it was made from is plain JSON
    assert shutil.which("ogrinfo")
