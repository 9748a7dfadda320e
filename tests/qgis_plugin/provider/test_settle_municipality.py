"""A team settles the municipality of what lies near a border, in QGIS as with the command."""

from __future__ import annotations

import processing
import pytest
from fictitious_dossier import filled, uuid, vacant
from qgis.core import QgsProcessingException

OWN = "GM0106"


@pytest.fixture
def dossier(provider, tmp_path):
    objects = [
        vacant(1, OWN),
        vacant(2, OWN, gemeente_zeker="nee", geometrie=(234_000.0, 556_000.0)),
        vacant(3, "GM0014", gemeente_zeker="nee", geometrie=(234_100.0, 556_000.0)),
        vacant(4, OWN, gemeente_zeker="nee", geometrie=None),
    ]
    return filled(tmp_path / "dossier", objects, [])


def settle(dossier, **more):
    asked = {"FOLDER": str(dossier.folder), "OUTPUT": "TEMPORARY_OUTPUT", "USER": "Jo", **more}
    return processing.run("buitengebied_atlas:settle_municipality", asked)


def now_stands(dossier):
    from buitengebied_atlas.atlas.dossier.records import read_records

    return {
        record["uuid"]: (record["gemeente_code"], record["gemeente_zeker"])
        for record in read_records(dossier, "leegstand_object")
    }


def test_the_borders_settle_what_they_can_and_a_person_the_rest(dossier):
    from buitengebied_atlas.atlas.dossier.records import read_history

    done = settle(dossier)
    assert (done["SETTLED"], done["OPEN"]) == (1, 2)
    outcomes = {feature["uuid"]: feature["uitkomst"] for feature in done["OUTPUT"].getFeatures()}
    assert outcomes == {
        uuid(2): "vastgesteld",
        uuid(3): "de grenzen zeggen een andere gemeente",
        uuid(4): "nog niet zeker",
    }
    assert now_stands(dossier)[uuid(2)] == (OWN, "ja")
    assert now_stands(dossier)[uuid(3)] == ("GM0014", "nee")
    assert settle(dossier, RECORD=uuid(3), MUNICIPALITY="Assen")["SETTLED"] == 1
    assert now_stands(dossier)[uuid(3)] == (OWN, "ja")
    assert read_history(dossier, "leegstand_object", uuid(3))[-1]["door"] == "Jo"
    assert settle(dossier, RECORD=uuid(3), MUNICIPALITY="Assen")["SETTLED"] == 0


@pytest.mark.parametrize("half", [{"RECORD": uuid(3)}, {"MUNICIPALITY": "Assen"}])
def test_a_record_without_its_municipality_is_asked_for(dossier, half):
    before = now_stands(dossier)
    with pytest.raises(QgsProcessingException, match="samen"):
        settle(dossier, **half)
    assert now_stands(dossier) == before
