"""The embedded boundaries come out exactly as they are stored."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from atlas.core.areas.divisions import areas, levels
from atlas.core.areas.embedded_boundaries import FILE_NAMES, embedded_file
from atlas.core.figures.indicators import load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.core.files.embedded import embedded_path
from atlas.core.words.errors import AtlasError
from atlas.geo.boundaries.levels import boundary_payload, load_boundaries


def stored(level):
    path = embedded_path("data", "boundaries", f"{FILE_NAMES[level]}.geojson")
    return {
        item["properties"]["code"]: item for item in json.loads(path.read_text(encoding="utf-8"))["features"]
    }


@pytest.mark.parametrize("level", FILE_NAMES)
def test_coordinates_are_those_of_the_file_without_a_round_trip(level):
    shapes, _source, warnings = boundary_payload()
    for code, item in stored(level).items():
        polygons = item["geometry"]["coordinates"]
        wanted = polygons if item["geometry"]["type"] == "MultiPolygon" else [polygons]
        assert shapes[level][code]["geometry"] == {"type": "MultiPolygon", "coordinates": wanted}
        assert shapes[level][code]["anchor"] == [
            item["properties"]["label_lon"],
            item["properties"]["label_lat"],
        ]
    assert warnings == []


def test_every_area_of_every_level_has_a_boundary():
    shapes, _source, _warnings = boundary_payload()
    assert {level: set(found) for level, found in shapes.items()} == {
        level.id: {area.code for area in areas(level.id)} for level in levels()
    }


def test_the_source_sentence_names_source_vintage_and_licence():
    source = boundary_payload()[1]
    assert source == (
        "Grenzen: CBS/Kadaster, gebiedsindelingen 2022 (gemeente_gegeneraliseerd); peildatum 1 januari 2022; "
        "CC BY 4.0, bronvermelding: CBS en Kadaster."
    )


def test_the_payload_of_the_atlas_is_built_from_them():
    shapes, source, _warnings = boundary_payload()
    payload = build_payload(load_catalogue(), shapes, source).content
    assert [level["id"] for level in payload["levels"]] == ["gemeente", "surveyregio", "provincie"]


@pytest.mark.parametrize("level", FILE_NAMES)
def test_the_frame_is_in_rd_and_its_area_is_the_stored_one(level):
    frame = load_boundaries(level)
    assert frame.crs.to_epsg() == 28992
    assert set(frame.geom_type) == {"MultiPolygon"}
    assert frame.is_valid.all()
    for row in frame.itertuples():
        assert row.oppervlakte_km2 == pytest.approx(
            stored(level)[row.code]["properties"]["oppervlakte_km2"], abs=0.011
        )
        assert row.naam == stored(level)[row.code]["properties"]["naam"]


def test_survey_regions_say_which_members_they_have_and_whether_that_was_inferred():
    frame = load_boundaries("surveyregio").set_index("code")
    assert frame.loc["SR07", "leden"] == "GM1895,GM1950"
    assert frame.loc["SR07", "lidmaatschap"] == "vermeld"
    assert frame.loc["SR01", "lidmaatschap"] == "afgeleid"


def test_a_level_without_boundaries_is_refused():
    with pytest.raises(AtlasError, match="geen grenzen"):
        embedded_file("buurt")


def test_geopandas_is_not_loaded_for_the_embedded_boundaries():
    """It costs half a second of every `atlas build`."""
    code = (
        "import sys; from atlas.geo.boundaries.levels import boundary_payload\n"
        "import atlas.flows.updating\n"
        "boundary_payload(); print({'geopandas', 'pandas', 'pyogrio', 'shapely'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
