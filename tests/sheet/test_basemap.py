"""The background map: fetched through contextily from a server on loopback, kept on disk, never a failure."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image
from xyzservices import TileProvider

from atlas.core.words.errors import AtlasError
from atlas.sheet import basemap
from atlas.sheet.basemap import fetch_background
from atlas.sheet.writing import write_sheets
from released_samples import leaving

DRENTHE = (205_000.0, 515_000.0, 270_000.0, 580_000.0)
SCALE = 700.0
FETCH = """
import sys
from atlas.sheet.basemap import fetch_background
print(fetch_background(sys.argv[1], (205000.0, 515000.0, 270000.0, 580000.0), 700.0) is not None)
"""


def test_the_background_covers_the_area_in_rd(tile_server, tile_cache):
    background = fetch_background(tile_server.template, DRENTHE, SCALE)
    left, right, bottom, top = background.extent
    assert left <= DRENTHE[0]
    assert bottom <= DRENTHE[1]
    assert right >= DRENTHE[2]
    assert top >= DRENTHE[3]
    assert background.shown == DRENTHE
    assert background.opacity.max() <= 1
    assert background.opacity.min() == 0


def test_the_paper_of_the_tiles_leaves_the_class_colours_as_they_are(tile_server, tile_cache):
    background = fetch_background(tile_server.template, DRENTHE, SCALE)
    assert np.median(background.opacity) == 0


def test_a_second_run_in_another_process_makes_no_request(tile_server, tile_cache):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", FETCH, tile_server.template]
    first = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    asked = len(tile_server.requests)
    assert asked > 1
    tile_server.answer = "500"
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert first.stdout.strip() == again.stdout.strip() == "True"
    assert len(tile_server.requests) == asked


def test_a_sensible_number_of_tiles_of_one_zoom_is_asked(tile_server, tile_cache):
    fetch_background(tile_server.template, DRENTHE, SCALE)
    zooms = {re.match(r"/(\d+)/", path).group(1) for path in tile_server.requests}
    assert zooms == {"10"}
    assert len(tile_server.requests) <= 30
    assert len(set(tile_server.requests)) == len(tile_server.requests)


def test_the_zoom_stays_within_what_the_provider_serves(tile_server, tile_cache):
    provider = TileProvider(name="toets", url=tile_server.template, attribution="Toets", max_zoom=8)
    background = fetch_background(provider, DRENTHE, SCALE)
    assert all(path.startswith("/8/") for path in tile_server.requests)
    assert background.attribution == "Toets"


def test_a_provider_may_be_a_plain_table_of_its_settings(tile_server, tile_cache):
    provider = {"url": tile_server.template, "attribution": "Toets", "provider": "Toets", "max_zoom": 9}
    background = fetch_background(provider, DRENTHE, SCALE)
    assert background.attribution == "Toets"
    assert all(path.startswith("/9/") for path in tile_server.requests)


@pytest.mark.parametrize("answer", ["404", "500", "503", "garbage", "empty", "page", "cut", "silence"])
def test_a_bad_answer_ends_in_a_warning_and_no_background(
    answer, tile_server, tile_cache, caplog, monkeypatch
):
    monkeypatch.setattr(basemap, "_TIMEOUT_S", 0.2)
    tile_server.answer = answer
    with caplog.at_level(logging.WARNING, logger="atlas.sheet"):
        assert fetch_background(tile_server.template, DRENTHE, SCALE) is None
    assert len(caplog.records) == 1
    assert "achtergrondkaart van 127.0.0.1 is niet opgehaald" in caplog.text


def test_no_server_ends_in_a_warning_and_no_background(tile_cache, caplog):
    assert fetch_background("http://127.0.0.1:9/{z}/{x}/{y}.png", DRENTHE, SCALE) is None
    assert "niet opgehaald" in caplog.text


def test_a_bad_answer_is_not_kept(tile_server, tile_cache):
    tile_server.answer = "500"
    assert fetch_background(tile_server.template, DRENTHE, SCALE) is None
    tile_server.answer = "tile"
    assert fetch_background(tile_server.template, DRENTHE, SCALE) is not None


def test_a_cache_that_cannot_be_written_ends_in_a_warning(tile_server, tile_cache, caplog):
    tile_cache.write_text("geen map")
    assert fetch_background(tile_server.template, DRENTHE, SCALE) is None
    assert "niet opgehaald" in caplog.text


@pytest.mark.parametrize("address", ["", "https://tegels.voorbeeld.nl/kaart.png", "{z}/{x}"])
def test_an_address_without_tiles_gets_a_sentence(address):
    with pytest.raises(AtlasError, match="achtergrondkaart klopt niet") as raised:
        fetch_background(address, DRENTHE, SCALE)
    assert "{z}" in raised.value.expected


def test_sheets_without_a_background_ask_nothing(one_view, tile_server, tile_cache, tmp_path):
    write_sheets(leaving(one_view), tmp_path / "kaarten")
    assert tile_server.requests == []
    assert not tile_cache.exists()


def test_a_background_changes_the_sheet_and_names_its_source(
    one_view, sheets, tile_server, tile_cache, tmp_path
):
    provider = TileProvider(name="toets", url=tile_server.template, attribution="Kaartgegevens (C) Toets")
    with_background = write_sheets(leaving(one_view), tmp_path, basemap=provider)
    assert with_background[0].read_bytes() != sheets[0].read_bytes()
    text = subprocess.run(["pdftotext", with_background[-1], "-"], capture_output=True, text=True, check=True)
    assert "Kaartgegevens (C) Toets" in text.stdout


def test_a_failing_background_gives_the_plain_sheets(one_view, sheets, tile_server, tile_cache, tmp_path):
    tile_server.answer = "404"
    with_failure = write_sheets(leaving(one_view), tmp_path, basemap=tile_server.template)
    assert [path.read_bytes() for path in with_failure] == [path.read_bytes() for path in sheets]


def test_the_legend_colours_stand_unchanged_on_a_background(one_view, tile_server, tile_cache, tmp_path):
    sheet = write_sheets(leaving(one_view), tmp_path / "kaarten", basemap=tile_server.template)[0]
    colours = one_view["indicators"][0]["views"][0]["legend"]["classes"]
    with Image.open(sheet) as image:
        width, height = image.size
        on_the_map = image.convert("RGB").crop((0, height // 8, width // 2, height * 5 // 8))
        seen = {f"#{r:02x}{g:02x}{b:02x}": count for count, (r, g, b) in on_the_map.getcolors(1 << 24)}
    assert all(seen.get(entry["colour"], 0) > 1000 for entry in colours)
