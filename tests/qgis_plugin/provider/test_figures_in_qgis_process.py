"""Boundaries and figures through `qgis_process`, as on a server: the plugin in a profile, enabled there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest
from qgis.core import QgsVectorLayer

CONCERN = "Bezorgd over georganiseerde criminaliteit in de eigen buurt"


@pytest.fixture(scope="module")
def qgis_process(plugin_root, tmp_path_factory):
    """`qgis_process` in a profile in which the plugin is installed, enabled by the program itself."""
    home = tmp_path_factory.mktemp("home")
    plugins = home / "profiles" / "default" / "python" / "plugins"
    shutil.copytree(plugin_root / "buitengebied_atlas", plugins / "buitengebied_atlas")
    environment = {
        "PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(home), "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(home), "XDG_RUNTIME_DIR": str(home), "PYTHONNOUSERSITE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip

    def run(*arguments):
        return subprocess.run(
            ["qgis_process", *arguments],
            env=environment, capture_output=True, text=True, check=False, timeout=180,
        )  # fmt: skip

    enabled = run("plugins", "enable", "buitengebied_atlas")
    assert enabled.returncode == 0, enabled.stderr
    return run


def test_the_provider_and_its_algorithms_are_listed(qgis_process):
    listed = json.loads(qgis_process("--json", "list").stdout)
    algorithms = listed["providers"]["buitengebied_atlas"]["algorithms"]
    assert {"buitengebied_atlas:load_boundaries", "buitengebied_atlas:choropleth"} <= algorithms.keys()


@pytest.mark.parametrize("name", ["load_boundaries", "choropleth"])
def test_the_help_explains_every_parameter(qgis_process, name):
    told = json.loads(qgis_process("--json", "help", f"buitengebied_atlas:{name}").stdout)
    without = [key for key, parameter in told["parameters"].items() if not parameter.get("help")]
    assert told["parameters"]
    assert without == []


def test_boundaries_and_a_map_are_written(qgis_process, tmp_path):
    boundaries, figure = tmp_path / "gemeenten.gpkg", tmp_path / "kaart.gpkg"
    first = qgis_process("run", "buitengebied_atlas:load_boundaries", "--", f"OUTPUT={boundaries}")
    assert first.returncode == 0, first.stderr
    second = qgis_process(
        "run", "buitengebied_atlas:choropleth", "--", f"INDICATOR={CONCERN}", f"OUTPUT={figure}"
    )
    assert second.returncode == 0, second.stderr
    assert QgsVectorLayer(str(boundaries), "b", "ogr").featureCount() == 22
    assert QgsVectorLayer(str(figure), "f", "ogr").featureCount() == 8


def test_a_mistake_is_a_sentence_and_an_error_code(qgis_process, tmp_path):
    answer = qgis_process(
        "run", "buitengebied_atlas:choropleth", "--", "INDICATOR=spoken", f"OUTPUT={tmp_path / 'x.gpkg'}"
    )
    assert answer.returncode != 0
    assert "Dit cijfer heeft geen kaart." in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stdout + answer.stderr
    assert not (tmp_path / "x.gpkg").exists()
