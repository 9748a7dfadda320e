"""Concluding through Processing: the same cases as the command."""

from __future__ import annotations

import json
from pathlib import Path

import processing
import pytest
from buitengebied_atlas.atlas.dossier.opening import init_dossier

CASES = json.loads((Path(__file__).parents[2] / "data" / "conclusion_cases.json").read_text(encoding="utf-8"))
COLUMNS = (
    "adres", "uitkomst", "conclusie_was", "conclusie", "betrouwbaarheid", "redenen", "geldig_tot",
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("provider")


def run(name, folder, **parameters):
    asked = {"FOLDER": str(folder), "OUTPUT": "TEMPORARY_OUTPUT", **parameters}
    return processing.run(f"buitengebied_atlas:{name}", asked)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_plugin_concludes_what_the_command_concludes(case, tmp_path):
    folder = init_dossier(tmp_path / "dossier", fictitious=True).folder
    for layer, lines in (("leegstand_object", case["objects"]), ("leegstand_bewijs", case["evidence"])):
        if lines:
            (tmp_path / f"{layer}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
            run("import_records", folder, INPUT=str(tmp_path / f"{layer}.csv"), LAYER=layer)
    for step in case["steps"]:
        done = run("conclude_vacancy", folder, DATE=step["day"])
        assert (done["CHANGED"], done["UNCHANGED"]) == (step["changed"], step["unchanged"])
        lines = [[feature[name] or "" for name in COLUMNS] for feature in done["OUTPUT"].getFeatures()]
        assert sorted(lines) == step["lines"]
