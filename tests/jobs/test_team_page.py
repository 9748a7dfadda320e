"""What the page of a team holds of its dossier: only what was released, with its places in degrees."""

from __future__ import annotations

import numpy as np
import pytest

from atlas.core.disclosure.records import release
from atlas.core.disclosure.released import release_open
from atlas.core.schema.rural import RURAL_LAYERS
from atlas.geo.reading.crs import to_wgs84
from atlas.jobs.team_page import team_payload
from dossier_samples import ASSEN, EMMEN, evidence, vacant

OBJECTS, EVIDENCE = "leegstand_object", "leegstand_bewijs"


def keys(objects, pieces=(), to_degrees=to_wgs84):
    released = release(
        tuple(RURAL_LAYERS.values()), {OBJECTS: objects, EVIDENCE: list(pieces)}, (OBJECTS, EVIDENCE),
        audience="team", municipalities=[ASSEN], purpose="bezoekronde", fictitious=False,
    )  # fmt: skip
    return team_payload(release_open({}, audience="team"), released, to_degrees).content


def test_the_objects_of_the_team_go_along_and_others_stay():
    page = keys([vacant(1), vacant(2, EMMEN), vacant(3, gemeente_zeker="nee")], [evidence(11, 1)])
    assert (page["objects"]["count"], page["objects"]["withheld"]) == (1, 1)
    assert page["competence"]["municipalities"] == [ASSEN]
    assert page["unsealed"] is True
    assert page["images"] == []


def test_every_place_is_turned_once_and_all_of_them_together():
    asked = []

    def to_degrees(points):
        asked.append(points.tolist())
        return to_wgs84(points)

    keys([vacant(1), vacant(2, geometrie=None), vacant(3)], to_degrees=to_degrees)
    assert asked == [[[230_001.25, 560_000.5], [230_003.25, 560_000.5]]]


def test_without_a_place_nothing_is_asked():
    def never(_points):
        pytest.fail("there is nothing to turn")

    assert keys([vacant(1, geometrie=None)], to_degrees=never)["objects"]["count"] == 1


def test_the_places_are_those_of_the_stated_transformation():
    turned = []

    def to_degrees(points):
        turned.append(to_wgs84(points))
        return turned[-1]

    keys([vacant(1)], to_degrees=to_degrees)
    np.testing.assert_allclose(turned[0], [[6.5030, 53.0205]], atol=1e-2)
