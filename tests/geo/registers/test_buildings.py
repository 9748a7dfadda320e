"""Panden of the BAG: those that are there, once each."""

from __future__ import annotations

import numpy as np
import pytest
import register_samples as samples

from atlas.core.tables.bag_codes import BUILDING_STATUSES, GONE_BUILDINGS
from atlas.core.words.errors import AtlasError
from atlas.geo.registers.buildings import BUILDING_COLUMNS, read_buildings

X, Y = samples.WEST, samples.SOUTH


def pand(number, **changes):
    return {
        "identificatie": f"01061000990000{number:02d}", "status": "Pand in gebruik", "bouwjaar": 1960,
        "gebruiksdoel": "", "aantal_verblijfsobjecten": 0,
    } | changes  # fmt: skip


def read(tmp_path, rows):
    shapes = [samples.square(X + 100 * at, Y, 20) for at in range(len(rows))]
    return read_buildings(samples.write_layer(tmp_path / "bag.gpkg", "pand", rows, shapes))


def test_a_pand_has_status_year_and_area(tmp_path):
    frame = read(tmp_path, [pand(1), pand(2, bouwjaar=9999)]).frame
    assert tuple(frame.columns) == (*BUILDING_COLUMNS, "geometry")
    assert frame.loc[0, "oppervlakte_m2"] == 400
    assert np.isnan(frame.loc[1, "bouwjaar"])


@pytest.mark.parametrize("status", BUILDING_STATUSES)
def test_what_is_not_there_is_left_out_by_status(status, tmp_path):
    reading = read(tmp_path, [pand(1), pand(2, status=status.title().replace(" ", ""))])
    assert dict(reading.report.dropped) == ({GONE_BUILDINGS[status]: 1} if status in GONE_BUILDINGS else {})


@pytest.mark.parametrize("order", [1, -1])
def test_the_version_in_use_goes_before_the_one_under_construction(order, tmp_path):
    rows = [pand(1, status="Bouw gestart"), pand(1, status="Pand in gebruik")][::order]
    reading = read(tmp_path, rows)
    assert reading.frame["status"].tolist() == ["Pand in gebruik"]
    assert dict(reading.report.dropped) == {"andere_versie": 1}


def test_another_layer_is_no_pand(tmp_path):
    rows = [pand(1, identificatie="0106010099000001")]
    with pytest.raises(AtlasError, match="Geen enkele rij"):
        read(tmp_path, rows)
