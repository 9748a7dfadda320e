"""The files of the demo: the same bytes for the same seed, marked everywhere, read as the real ones are."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from itertools import pairwise

import pyogrio
import pytest

from atlas.core.records.register_answers import read_answers
from atlas.core.records.residences import municipality_by_name, read_residence_rows
from atlas.core.records.signal_rows import read_signals
from atlas.core.schema.rural import is_fictitious
from atlas.core.tables.column_names import folded
from atlas.core.tables.csv_text import read_csv
from atlas.core.vacancy.evidence import REGISTERS, SOURCES
from atlas.core.words.errors import AtlasError
from atlas.flows.demo import DEMO_DAY, demo_files, make_demo
from atlas.geo.registers.addresses import ADDRESS_COLUMNS, read_addresses
from atlas.geo.registers.dossier_rows import TablePlaces
from atlas.geo.registers.farms import match_farms
from atlas.geo.registers.neighbourhoods import read_neighbourhoods
from atlas.geo.registers.places import read_built_up, read_kernen
from atlas.geo.registers.roads import read_roads

SCALE = 0.01
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return make_demo(tmp_path_factory.mktemp("demo"), seed=7, scale=SCALE)


@pytest.fixture(scope="module")
def addresses(files):
    return read_addresses(files.addresses)


def table(path):
    return read_csv(path.read_bytes(), path.name)


def checksums(files):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files.all}


# --- the same input, the same bytes ---------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes_in_another_process(files, tmp_path):
    program = "import sys; from pathlib import Path; from atlas.flows.demo import make_demo\n"
    program += f"make_demo(Path(sys.argv[1]), seed=7, scale={SCALE})"
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "OGR_CURRENT_DATE": ""}
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, env=environment)
    assert checksums(demo_files(tmp_path)) == checksums(files)


def test_a_demo_replaces_the_one_before(files, tmp_path):
    make_demo(tmp_path, seed=1, scale=0.005)
    make_demo(tmp_path, seed=7, scale=SCALE)
    assert checksums(demo_files(tmp_path)) == checksums(files)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in files.all)


def test_another_seed_gives_other_files(files, tmp_path):
    other = checksums(make_demo(tmp_path, seed=8, scale=SCALE))
    assert not set(other.values()) & set(checksums(files).values())


# --- marked ---------------------------------------------------------------------------------------------


def test_every_file_says_fictief_in_its_name_and_in_itself(files):
    assert len(files.all) == 18
    for path in files.all:
        assert path.name.startswith("FICTIEF_")
        assert b"FICTIEF" in path.read_bytes()


def test_every_row_of_every_layer_and_the_layer_itself_say_fictief(files):
    maps = [path for path in files.all if path.suffix == ".gpkg"]
    assert len(maps) == 6
    layers = [(path, name) for path in maps for name, _kind in pyogrio.list_layers(path)]
    assert len(layers) == 7
    for path, name in layers:
        info = pyogrio.read_info(path, layer=name)
        assert info["dataset_metadata"]["fictief"].startswith("FICTIEF")
        assert info["layer_metadata"]["fictief"].startswith("FICTIEF")
        with closing(sqlite3.connect(path)) as connection:
            (title, about) = connection.execute(
                "SELECT identifier, description FROM gpkg_contents WHERE table_name = ?", (name,)
            ).fetchone()
            assert "FICTIEF" in title
            assert "FICTIEF" in about
            marks = connection.execute(f'SELECT DISTINCT fictief FROM "{name}"').fetchall()
        assert marks == [("FICTIEF",)]


def test_every_record_of_every_table_carries_the_mark(files):
    for path in (files.farms, files.objects, files.signals, *files.evidence.values()):
        assert all(map(is_fictitious, table(path).column("bron")))
    assert all("FICTIEF" in name for name in table(files.residences).column("woonplaats"))


def test_no_date_of_the_clock_is_in_a_file(files):
    for path in (path for path in files.all if path.suffix == ".gpkg"):
        with closing(sqlite3.connect(path)) as connection:
            changed = connection.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall()
        assert changed == [(f"{DEMO_DAY.isoformat()}T00:00:00.000Z",)]


# --- read as the real ones ------------------------------------------------------------------------------


def test_the_addresses_are_read_and_the_withdrawn_ones_dropped(addresses):
    report = addresses.report
    assert 520_000 * SCALE < report.read < 520_000 * SCALE * 1.01
    assert (
        {"status_ingetrokken"}
        <= set(report.dropped)
        <= {
            "status_ingetrokken",
            "status_niet_gerealiseerd",
            "status_ten_onrechte_opgevoerd",
        }
    )
    assert report.notes == ()
    assert set(ADDRESS_COLUMNS) <= set(addresses.frame.columns)
    assert 0.8 < addresses.frame["is_woning"].mean() < 0.98


@pytest.mark.parametrize(
    ("name", "read", "dropped"),
    [
        ("roads", read_roads, {"fietspad", "geen_rijweg"}),
        ("built_up", read_built_up, {"geen_bebouwde_kom"}),
        ("kernen", read_kernen, set()),
        ("neighbourhoods", read_neighbourhoods, set()),
    ],
)
def test_the_maps_are_read_without_a_remark(files, name, read, dropped):
    reading = read(getattr(files, name))
    assert reading.report.used > 20
    assert set(reading.report.dropped) == dropped
    assert reading.report.notes == ()


def test_some_roads_are_through_roads(files):
    through = read_roads(files.roads).frame["doorgaand"]
    assert 0 < through.sum() < len(through)


def test_a_woonplaats_says_in_which_municipality_an_address_lies(files, addresses):
    by_name = municipality_by_name(read_residence_rows(table(files.residences), today=TODAY))
    assert all(by_name[folded(name)] for name in addresses.frame["woonplaats"].unique())


def test_the_farms_are_matched_but_for_those_that_are_in_no_register(files, addresses):
    matched = match_farms(table(files.farms), addresses.frame, today=TODAY)
    assert len(matched.frame) == 5_000 * SCALE
    assert set(matched.report.dropped) == {"niet_gevonden"}


@pytest.mark.parametrize("register", REGISTERS)
def test_the_answers_of_the_registers_are_read_and_about_addresses_that_are_there(files, addresses, register):
    found = read_answers(table(files.evidence[register]), register, today=TODAY, places=TablePlaces())
    assert found.report.unused == ()
    assert {record["bag_vbo_id"] for record in found.records} <= set(addresses.frame["bag_vbo_id"])


def test_the_signals_are_read(files):
    found = read_signals(table(files.signals), today=TODAY, places=TablePlaces())
    assert len(found.records) == 400 * SCALE + 2
    assert found.report.unused == ()


def test_objects_with_an_address_stand_in_the_bag(files, addresses):
    objects = table(files.objects)
    known = set(addresses.frame["bag_vbo_id"])
    named = [cell for cell in objects.column("bag_vbo_id") if cell]
    assert named
    assert set(named) <= known
    assert len(objects) == 1_200 * SCALE


def test_every_source_of_evidence_has_a_file_with_rows(files):
    assert set(files.evidence) == set(SOURCES)
    for path in files.evidence.values():
        assert len(table(path)) > 0


# --- asked in the wrong way -----------------------------------------------------------------------------


def test_a_seed_below_zero_is_refused(tmp_path):
    with pytest.raises(AtlasError, match="seed"):
        make_demo(tmp_path, seed=-1, scale=SCALE)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "demo").write_text("")
    with pytest.raises(AtlasError):
        make_demo(tmp_path / "demo", seed=1, scale=0.005)


def test_progress_starts_at_nothing_and_never_goes_back(tmp_path):
    steps = []
    make_demo(tmp_path, seed=1, scale=0.005, progress=lambda step, done: steps.append((done, step)))
    assert steps[0][0] == 0
    assert steps[-1] == (1.0, "Klaar")
    assert all(one <= other for (one, _), (other, _) in pairwise(steps))
