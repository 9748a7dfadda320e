"""Every output of one request holds the same records; and a density does not give a place away."""

from __future__ import annotations

import csv
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core.disclosure.fields import LEAST_BANDWIDTH_M, LEAST_CELL_M, density_square_m
from atlas.core.disclosure.released import release_open
from atlas.core.words.errors import AtlasError
from atlas.dossier.issue_register import read_register
from atlas.flows.surfaces import make_density
from atlas.flows.team import TeamRequest, read_team_records, team_payload
from atlas.geo.surfaces.grids import density_surface, grid_around
from atlas.geo.surfaces.surface_files import read_surface
from atlas.jobs.handing_out import Request
from dossier_samples import ASSEN, filled, handed_out, uuid, vacant

OBJECTS = "leegstand_object"
NOW = datetime(2026, 2, 1, tzinfo=UTC)
BOUNDS = (230_000.0, 560_000.0, 234_000.0, 564_000.0)


@pytest.fixture
def two(tmp_path):
    """One object surely in Assen, one of which that is not certain."""
    objects = [vacant(101), vacant(102, gemeente_zeker="nee", geometrie=(236_500.0, 555_500.0))]
    return filled(tmp_path / "team", {OBJECTS: objects})


def density(dossier, path, told=None, **change):
    return make_density(
        dossier.folder, OBJECTS, path, Request("team", (ASSEN,), "rondje", "Jo"), now=NOW,
        tell=(told if told is not None else []).append, **change,
    )  # fmt: skip


def test_export_density_and_page_hold_the_same_object_and_say_what_stays_behind(two, tmp_path):
    told = []
    raster = density(two, tmp_path / "dichtheid.tif", told)
    assert read_surface(raster).parameters["punten"] == 1
    assert told == [
        "Leegstaande objecten: 1 record gaat niet mee: het is niet zeker in welke gemeente dat ligt.",
        "Leegstaande objecten: 1 record telt mee.",
    ]
    done = handed_out(two, tmp_path / "uit.csv")
    assert (done.count, done.withheld, done.sentences) == (1, 1, (told[0],))
    with done.path.open(encoding="utf-8-sig") as file:
        assert [row["uuid"] for row in csv.DictReader(file)] == [uuid(101)]
    request = TeamRequest(two.folder, (ASSEN,), "rondje", "Jo", unsealed="proef")
    page = read_team_records(request)
    assert [record["uuid"] for record in page.layers[OBJECTS]] == [uuid(101)]
    objects = team_payload(release_open({}, audience="team"), page, request, sealed=False).content["objects"]
    assert (objects["count"], objects["withheld"], objects["uncertain"]) == (1, 1, 0)
    assert [line["aantal"] for line in read_register(two)] == [1, 1]


def test_nothing_is_made_of_records_that_all_stay_behind(tmp_path):
    dossier = filled(tmp_path / "team", {OBJECTS: [vacant(101, gemeente_zeker="nee")]})
    with pytest.raises(AtlasError, match="geen enkel record") as caught:
        density(dossier, tmp_path / "dichtheid.tif")
    assert "1 record gaat niet mee" in caught.value.detail
    assert not (tmp_path / "dichtheid.tif").exists()
    assert read_register(dossier) == []


@pytest.mark.parametrize("change", [{"bandwidth_m": 40.0}, {"cell_m": 20.0}])
def test_a_density_finer_than_it_may_be_is_not_made(two, tmp_path, change):
    with pytest.raises(AtlasError, match="wijst de dichtheid plekken aan"):
        density(two, tmp_path / "dichtheid.tif", **change)
    assert [path.name for path in tmp_path.iterdir()] == ["team"]


def surface_of(x, y, square_m, bandwidth_m=LEAST_BANDWIDTH_M):
    return density_surface(
        [x], [y], grid_around(BOUNDS, LEAST_CELL_M), subject="signalen", peildatum="2026-01-01",
        bandwidth_m=bandwidth_m, square_m=square_m,
    )  # fmt: skip


def place_computed_from(surface):
    """Where the one point of a raster lies: the kernel is known, so each cell tells its distance to it.

    Of a quartic kernel 1 - sqrt(value / peak) is the squared distance over h²; differences of squared
    distances are linear in the place.
    """
    h = float(surface.parameters["bandbreedte_m"])
    across, down = surface.grid.centres
    rows, columns = np.nonzero(surface.cells > 0)
    x, y = across[columns], down[rows]
    squared = h * h * (1 - np.sqrt(surface.cells[rows, columns].astype(float) * np.pi * h * h / 3e6))
    matrix = np.column_stack((-2 * x, -2 * y, np.ones_like(x)))
    found, *_ = np.linalg.lstsq(matrix, squared - x * x - y * y, rcond=None)
    return found[:2]


def test_a_raster_of_one_signal_gives_its_square_and_nothing_nearer():
    random = np.random.default_rng(7)
    points = random.uniform((231_500, 561_500), (232_500, 562_500), size=(60, 2))
    side = density_square_m(LEAST_BANDWIDTH_M, LEAST_CELL_M)
    open_errors, errors = [], []
    for x, y in points:
        open_errors.append(np.hypot(*(place_computed_from(surface_of(x, y, None)) - (x, y))))
        errors.append(np.hypot(*(place_computed_from(surface_of(x, y, side)) - (x, y))))
    assert max(open_errors) < 5  # the attack is real: without the squares every place is found
    assert np.median(errors) > side / 4
    assert sum(error < 10 for error in errors) <= 2  # as by chance: who happens to live in the middle


@settings(max_examples=25, deadline=None)
@given(
    st.floats(0, 249.9), st.floats(0, 249.9), st.floats(0, 249.9), st.floats(0, 249.9),
    st.sampled_from([500.0, 1000.0]),
)  # fmt: skip
def test_all_places_of_a_square_give_the_same_raster(one_x, one_y, other_x, other_y, bandwidth):
    side = density_square_m(bandwidth, LEAST_CELL_M)
    scale = side / 250
    rasters = [
        surface_of(231_000 + scale * x, 562_000 + scale * y, side, bandwidth).cells
        for x, y in ((one_x, one_y), (other_x, other_y))
    ]
    assert np.array_equal(*rasters)


def test_an_export_does_not_replace_a_second_name_of_a_file_of_the_dossier(two, tmp_path):
    inside = two.folder / "leegstand_object.gpkg"
    (tmp_path / "uit.gpkg").hardlink_to(inside)
    before = inside.read_bytes()
    with pytest.raises(AtlasError):
        handed_out(two, tmp_path / "uit.gpkg")
    assert inside.read_bytes() == before
    assert (tmp_path / "uit.gpkg").samefile(inside)
