"""A dossier on disk: exactly the schema, valid for every tool, complete, of this version, or a sentence."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing

import pyogrio
import pytest

from atlas.core.areas.divisions import areas
from atlas.core.files.dossier_folder import BASE_FILE
from atlas.core.schema.published import GEOMETRY_FIELD, SCHEMA_VERSION
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.core.words.errors import AtlasError
from atlas.dossier import locks
from atlas.dossier.changes import apply_import
from atlas.dossier.handing_out import release_records
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.records import read_history, read_layers, read_records
from atlas.gpkg.format import code_list_table
from atlas.gpkg.replacing import check_replaceable
from dossier_samples import (
    EDITABLE,
    NOW,
    as_nobody,
    contents,
    filled,
    other_program,
    plan,
    rows,
    sql,
    tool,
    uuid,
    vacant,
)


@pytest.fixture
def with_expired(made):
    """No record here is past its term."""
    return made


SYSTEM_PYTHON = "/usr/bin/python3"
FILES = [*(f"{name}.gpkg" for name in RURAL_LAYERS), BASE_FILE]


def refused(folder):
    with pytest.raises(AtlasError) as caught:
        open_dossier(folder)
    return str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_the_validator_of_gdal_finds_nothing(made, name):
    done = tool(
        SYSTEM_PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", "--extra", "--warning-as-error",
        str(made.folder / name),
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", FILES)
def test_ogrinfo_reads_every_file_without_a_remark(made, name):
    done = tool("ogrinfo", "-al", "-ro", str(made.folder / name))
    assert (done.returncode, done.stderr) == (0, "")
    assert "FAILURE" not in done.stdout
    assert f"schema_versie={SCHEMA_VERSION}" in done.stdout


@pytest.mark.parametrize("layer", RURAL_LAYERS.values(), ids=RURAL_LAYERS)
def test_a_file_holds_one_editable_layer_exactly_as_the_schema_says(made, layer):
    path = made.path(layer.name)
    lists = {code_list_table(field.codes) for field in layer.fields if field.codes}
    history = set() if layer.append_only else {"wijziging"}
    assert {str(name) for name, _ in pyogrio.list_layers(path)} == {layer.name, *lists, *history}
    geometry = [GEOMETRY_FIELD] if layer.geometry else []
    columns = [row[0] for row in sql(path, "SELECT name FROM pragma_table_info(?)", layer.name)]
    assert columns == ["fid", *geometry, *layer.field_names]
    aliases = dict(
        sql(path, "SELECT column_name, title FROM gpkg_data_columns WHERE table_name = ?", layer.name)
    )
    assert aliases == {field.name: field.alias for field in layer.fields}
    for field in layer.fields:
        if field.codes:
            stored = sql(path, f"SELECT waarde, omschrijving FROM {code_list_table(field.codes)}")
            assert stored == [(code.value, code.label) for code in field.codes.codes]
    info = pyogrio.read_info(path, layer=layer.name)
    assert info["crs"] == ("EPSG:28992" if layer.geometry else None)
    assert info["geometry_type"] == ("Point" if layer.geometry else None)


def test_the_base_file_has_the_municipalities_and_is_read_only(made):
    base = made.folder / BASE_FILE
    assert base.stat().st_mode & 0o222 == 0
    assert {code for (code,) in sql(base, "SELECT code FROM gemeente")} == {a.code for a in areas("gemeente")}
    assert {str(name) for name, _ in pyogrio.list_layers(base)} >= {"gemeente", "surveyregio", "provincie"}


def test_the_same_dossier_has_the_same_bytes(tmp_path):
    one, other = filled(tmp_path / "een"), filled(tmp_path / "twee")
    for name in FILES:
        assert (one.folder / name).read_bytes() == (other.folder / name).read_bytes(), name


def test_the_atlas_never_takes_a_working_file_for_its_own_output(made):
    for name in FILES:
        with pytest.raises(AtlasError, match="map van een dossier"):
            check_replaceable(made.folder / name)


def test_records_come_back_as_they_were_written(made):
    found = {record["uuid"]: record for record in read_records(made, "leegstand_object")}
    assert sorted(found) == [uuid(number) for number in (101, 102, 201, 202)]
    for row in rows()["leegstand_object"]:
        record = found[row["uuid"]]
        assert {name: record[name] for name in row} == row
        assert record["gewijzigd_op"] == record["ingelezen_op"] == "2026-02-01T12:00:00Z"


def test_records_are_released_by_municipality_also_through_what_they_are_about(made):
    asked = {"audience": "team", "purpose": "proef"}
    assen = release_records(made, EDITABLE, municipalities=["GM0106"], **asked).content
    emmen = release_records(made, EDITABLE, municipalities=["GM0114"], **asked).content
    whole = read_layers(made)
    for name in EDITABLE:
        ids = [record["uuid"] for record in assen[name]]
        others = [record["uuid"] for record in emmen[name]]
        assert all(text[-3] == "1" for text in ids)
        assert all(text[-3] == "2" for text in others)
        assert sorted(ids + others) == sorted(record["uuid"] for record in whole[name])
        assert ids
    alone = release_records(made, ["bevinding"], municipalities=["GM0106"], **asked)
    assert alone.content == {"bevinding": assen["bevinding"]}
    none = release_records(made, ["bevinding"], municipalities=["GM1680"], **asked)
    assert none.counts == {"bevinding": 0}


def test_a_folder_with_a_dossier_or_anything_else_is_refused(made, tmp_path):
    with pytest.raises(AtlasError, match="al een dossier"):
        init_dossier(made.folder)
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "brief.txt").write_text("van iemand")
    with pytest.raises(AtlasError, match="niet leeg"):
        init_dossier(tmp_path / "vol")
    with pytest.raises(AtlasError, match="een bestand"):
        init_dossier(tmp_path / "vol" / "brief.txt")
    assert (tmp_path / "vol" / "brief.txt").read_text() == "van iemand"
    (tmp_path / "leeg").mkdir()
    init_dossier(tmp_path / "leeg")
    assert {path.name for path in (tmp_path / "leeg").iterdir()} == set(FILES)
    assert {path.name for path in tmp_path.iterdir()} == {"vol", "leeg"}


def test_what_is_no_dossier_gets_a_sentence(tmp_path):
    assert "bestaat niet" in refused(tmp_path / "weg")
    assert "geen dossier" in refused(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_dossier_without_one_of_its_files_gets_a_sentence(dossier, name):
    (dossier.folder / name).unlink()
    assert "niet compleet" in refused(dossier.folder)
    assert name in refused(dossier.folder)


@pytest.mark.parametrize("part", [0, 1, 50, 100, 4095, 4096, 20_000, -4096, -1])
def test_a_truncated_file_gets_a_sentence(dossier, part):
    path = dossier.path("leegstand_object")
    path.write_bytes(path.read_bytes()[:part])
    sentence = refused(dossier.folder)
    assert "afgebroken" in sentence or "geen bestand van een dossier" in sentence
    assert path.name in sentence


def test_a_file_with_a_destroyed_page_gets_a_sentence(dossier):
    path = dossier.path("leegstand_object")
    data = bytearray(path.read_bytes())
    page = len(data) // 2 // 4096 * 4096
    data[page : page + 4096] = b"\xff" * 4096
    path.write_bytes(data)
    assert "beschadigd" in refused(dossier.folder)


def test_another_file_under_the_name_of_a_layer_gets_a_sentence(dossier):
    path = dossier.path("signaal")
    shutil.copy(dossier.path("erfbezoek"), path)
    assert "ontbreekt een tabel" in refused(dossier.folder)
    path.unlink()
    sqlite3.connect(path).execute("CREATE TABLE signaal (uuid)").connection.close()
    assert "hoort niet bij een dossier" in refused(dossier.folder)


def test_a_layer_from_which_a_field_was_taken_gets_a_sentence(dossier):
    path = dossier.path("bevinding")
    with closing(sqlite3.connect(path)) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("ALTER TABLE bevinding RENAME COLUMN toelichting TO opmerking")
    assert "ontbreken velden" in refused(dossier.folder)
    assert "toelichting" in refused(dossier.folder)


def test_a_file_without_the_wal_that_belongs_to_it_gets_a_sentence(dossier, tmp_path):
    path = dossier.path("leegstand_object")
    with other_program(path, wal=True) as editing:
        editing.execute("UPDATE leegstand_object SET toelichting = 'in de wal'")
        data = path.read_bytes()  # copied while it is being edited, without -wal
    path.write_bytes(data)
    assert "-wal" in refused(dossier.folder)


def test_a_wal_that_is_there_a_moment_later_is_waited_for(dossier):
    """A program that begins to edit writes the mode first and makes the -wal then."""
    path = dossier.path("leegstand_object")
    log = path.with_name(f"{path.name}-wal")
    with other_program(path, wal=True) as editing:
        editing.execute("UPDATE leegstand_object SET toelichting = 'in de wal'")
        away = log.rename(log.with_name("even_weg"))
        waiting = threading.Timer(0.15, away.rename, [log])
        waiting.start()
        assert locks.check_file(path)
        waiting.join()


def test_a_dossier_that_is_being_edited_can_be_read(dossier):
    with other_program(dossier.path("leegstand_object"), wal=True) as editing:
        editing.execute("BEGIN IMMEDIATE")
        editing.execute("UPDATE leegstand_object SET toelichting = 'nog niet opgeslagen'")
        records = read_records(open_dossier(dossier.folder), "leegstand_object")
    assert {record["toelichting"] for record in records} == {None}


@pytest.mark.parametrize(("version", "words"), [("99", "nieuwere versie"), ("0", "oudere"), ("", "oudere")])
def test_another_version_of_the_schema_gets_a_sentence(dossier, version, words):
    with closing(sqlite3.connect(dossier.path("signaal"))) as connection, connection:
        connection.execute(
            "UPDATE gpkg_metadata SET metadata = replace(metadata, ?, ?)",
            (f'schema_versie">{SCHEMA_VERSION}<', f'schema_versie">{version}<'),
        )
    assert words in refused(dossier.folder)


def test_files_of_a_made_up_and_a_real_dossier_do_not_go_together(dossier, tmp_path):
    made_up = init_dossier(tmp_path / "demo", fictitious=True)
    assert open_dossier(made_up.folder).fictitious
    assert not dossier.fictitious
    shutil.copy(made_up.path("signaal"), dossier.path("signaal"))
    assert "twee dossiers" in refused(dossier.folder)


@pytest.mark.parametrize("place", ["bestand", "map"])
def test_a_read_only_dossier_can_be_read_and_not_written(dossier, place):
    made = plan(dossier, "leegstand_object", [vacant(301)])
    locked = dossier.path("leegstand_object") if place == "bestand" else dossier.folder
    mode = locked.stat().st_mode
    before = contents(dossier)
    locked.chmod(mode & ~0o222)
    try:
        with as_nobody(dossier.folder):
            with pytest.raises(AtlasError, match="alleen te lezen"):
                apply_import(dossier, made)
            assert contents(open_dossier(dossier.folder)) == before
    finally:
        locked.chmod(mode)


def test_the_clock_that_is_passed_in_is_the_only_one(made):
    assert {line["tijdstip"] for name in EDITABLE for line in read_history(made, name)} == {
        NOW.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    }
