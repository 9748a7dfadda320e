"""The borders that decide: as their script makes them, closed, fitting, and each with its own margin."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import shapely

from atlas.core.areas.detailed_borders import rings, stretches
from atlas.core.areas.divisions import areas, members
from atlas.core.files.embedded import embedded_path

BOUNDARIES = Path(__file__).resolve().parents[3] / "data" / "boundaries"
MARGINS = {"gemeentegrens": 5, "vereenvoudigd": 150, "buitengrens": 5, "kust": 0}


@pytest.fixture(scope="module")
def shapes():
    return {
        code: shapely.multipolygons([shapely.polygons(ring) for ring in own])
        for code, own in rings("gemeente").items()
    }


def test_the_script_writes_the_same_bytes_again(tmp_path):
    script = BOUNDARIES / "make_detail.py"
    subprocess.run([sys.executable, "-W", "error", script, tmp_path], check=True, capture_output=True)
    name = "gemeenten_detail.txt"
    assert (tmp_path / name).read_bytes() == (BOUNDARIES / name).read_bytes()


def test_every_municipality_is_there_and_they_fit_without_gap_or_overlap(shapes):
    assert sorted(shapes) == sorted(area.code for area in areas("gemeente"))
    assert all(shape.is_valid for shape in shapes.values())
    assert shapely.coverage_is_valid(list(shapes.values()))
    assert sum(shape.area for shape in shapes.values()) / 1e6 == pytest.approx(5074.7, abs=0.1)


def test_rings_are_closed_and_go_clockwise():
    for own in rings("gemeente").values():
        for ring in own:
            assert ring[0] == ring[-1]
            assert not shapely.is_ccw(shapely.linearrings(ring))


def test_no_two_stretches_of_a_municipality_begin_in_the_same_vertex():
    for area in areas("gemeente"):
        begins = Counter(one.line[0] for one in stretches() if one.right == area.code)
        begins += Counter(one.line[-1] for one in stretches() if one.left == area.code)
        assert max(begins.values()) == 1


def test_the_margin_is_that_of_the_kind():
    assert {(one.kind, one.margin_m) for one in stretches()} == set(MARGINS.items())


def test_two_borders_come_from_a_simplified_copy():
    pairs = {frozenset((one.right, one.left)) for one in stretches() if one.kind == "vereenvoudigd"}
    assert pairs == {frozenset(("GM0014", "GM1952")), frozenset(("GM1966", "GM1969"))}


def test_the_coast_is_that_of_the_five_municipalities_on_it_and_no_border_inland():
    shore = [one for one in stretches() if one.kind == "kust"]
    assert {one.right for one in shore} == {"GM1895", "GM1966", "GM1969", "GM1979"}
    assert all(one.left == "" for one in shore)
    # Lauwersmeer, Wadden Sea, Eems and Dollard: nothing of it lies south of Nieuwe Statenzijl
    assert min(y for one in shore for _x, y in one.line) > 582_000
    assert {one.left == "" for one in stretches() if one.kind == "buitengrens"} == {True}


@pytest.mark.parametrize("level", ["surveyregio", "provincie"])
def test_the_border_of_a_region_is_that_of_its_members(level, shapes):
    for area in areas(level):
        whole = shapely.union_all([shapes[member.code] for member in members(area.code)])
        own = [one.line for one in stretches(level) if area.code in (one.right, one.left)]
        assert sum(shapely.linestrings(line).length for line in own) == pytest.approx(whole.length, abs=1)
        assert len(rings(level)[area.code]) == sum(
            len(rings("gemeente")[member.code]) for member in members(area.code)
        )


def test_source_and_licence_are_in_the_file():
    head = embedded_path("data", "boundaries", "gemeenten_detail.txt").read_text(encoding="utf-8")[:600]
    assert "Kadaster, Basisregistratie Kadaster, in een vereenvoudigde kopie van 2021" in head
    assert "CBS/Kadaster, wijk- en buurtkaart 2016" in head
    assert "CC BY 4.0" in head
