"""A team settles the municipality of what lies near a border, in QGIS as with the command: the same cases."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import processing
import pytest
from buitengebied_atlas.atlas.dossier.opening import init_dossier, open_dossier
from buitengebied_atlas.atlas.dossier.records import read_history, read_layers
from qgis.core import QgsProcessingException

CASES = json.loads((Path(__file__).parents[2] / "data" / "settling_cases.json").read_text(encoding="utf-8"))
OBJECTS = "leegstand_object"

pytestmark = pytest.mark.usefixtures("provider")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_plugin_settles_what_the_command_settles(case, tmp_path):
    folder, files = init_dossier(tmp_path / "dossier", fictitious=True).folder, {}
    for name in ("objects", "addresses", "residences"):
        if name in case:
            files[name] = tmp_path / f"{name}.csv"
            files[name].write_text("\n".join(case[name]) + "\n", encoding="utf-8")
    asked = {"FOLDER": str(folder), "OUTPUT": "TEMPORARY_OUTPUT"}
    objects = {**asked, "INPUT": str(files.pop("objects")), "LAYER": OBJECTS}
    assert processing.run("buitengebied_atlas:import_records", objects)["REFUSED"] == 0
    for step in case["steps"]:
        given = {"RECORD": "record", "MUNICIPALITY": "municipality", "REFERENCE_DATE": "day"}
        more = {name: step[key] for name, key in given.items() if key in step}
        more |= {name.upper(): str(path) for name, path in files.items()}
        before = read_layers(open_dossier(folder))
        run = partial(
            processing.run, "buitengebied_atlas:settle_municipality", {**asked, **more, "USER": "Jo"}
        )
        if "refused" in step:
            with pytest.raises(QgsProcessingException, match=step["refused"]):
                run()
            assert read_layers(open_dossier(folder)) == before
            continue
        done = run()
        assert (done["SETTLED"], done["OPEN"]) == (step["settled"], step["open"])
        names = ("adres", "gemeente", "uitkomst")
        lines = [[feature[name] for name in names] for feature in done["OUTPUT"].getFeatures()]
        assert sorted(lines) == step["lines"]
        for record in read_layers(open_dossier(folder))[OBJECTS]:
            if record not in before[OBJECTS]:
                assert record["gewijzigd_door"] == step.get("by", "Jo")
                line = read_history(open_dossier(folder), OBJECTS, record["uuid"])[-1]
                assert line["door"] == step.get("by", "Jo")
