"""The algorithms from a command line, without a window, in a profile of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest
from qgis.core import QgsVectorLayer


@pytest.fixture(scope="module")
def qgis_process(plugin_root, tmp_path_factory):
    """Run qgis_process with only this plugin; returns exit code, results and what was said."""
    profile = tmp_path_factory.mktemp("profiel")
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(profile), "LANG": "nl_NL.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(profile), "QGIS_PLUGINPATH": str(plugin_root),
        "XDG_RUNTIME_DIR": str(profile),
        "PYTHONNOUSERSITE": "1", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    command = shutil.which("qgis_process") or pytest.fail("qgis_process is not installed")

    def run(*arguments):
        return subprocess.run(
            [command, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=120
        )

    assert run("plugins", "enable", "buitengebied_atlas").returncode == 0
    return run


def algorithm(run, name, parameters):
    given = [f"--{key}={value}" for key, value in parameters.items()]
    return run("--json", "run", f"buitengebied_atlas:{name}", *given)


def test_a_table_is_joined(qgis_process, tmp_path):
    table = tmp_path / "tabel.csv"
    table.write_text("gemeente;aandeel\n0014;7,9\nAssen;12,1\n", encoding="utf-8")
    output, report = tmp_path / "uit.gpkg", tmp_path / "rapport.csv"
    done = algorithm(
        qgis_process, "join_table",
        {"INPUT": table, "LEVEL": 0, "KEY": "gemeente", "VALUE": "aandeel", "UNIT": 0, "OUTPUT": output,
         "REPORT": report},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"]["AREAS"] == 2
    values = {
        feature["code"]: feature["waarde"] for feature in QgsVectorLayer(str(output), "", "ogr").getFeatures()
    }
    assert (values["GM0014"], values["GM0106"]) == (7.9, 12.1)
    assert len(report.read_text().splitlines()) == 3


def test_a_refused_join_fails_and_leaves_its_report(qgis_process, tmp_path):
    table = tmp_path / "tabel.csv"
    table.write_text("gemeente;aantal\nAssen;1\nAssen;2\n", encoding="utf-8")
    output, report = tmp_path / "uit.gpkg", tmp_path / "rapport.csv"
    done = algorithm(
        qgis_process, "join_table",
        {"INPUT": table, "LEVEL": 0, "KEY": "gemeente", "VALUE": "aantal", "UNIT": 1, "OUTPUT": output,
         "REPORT": report},
    )  # fmt: skip
    assert done.returncode != 0
    assert not output.exists()
    assert [line.split(",")[2] for line in report.read_text().splitlines()[1:]] == ["dubbel", "dubbel"]


def test_points_are_counted(qgis_process, tmp_path):
    points = tmp_path / "punten é.csv"
    points.write_text("x,y\n233900,557000\n233901,557001\n100000,400000\n", encoding="utf-8")
    layer = f"delimitedtext://file://{points}?xField=x&yField=y&crs=EPSG:28992"
    output = tmp_path / "gebieden.gpkg"
    done = algorithm(qgis_process, "assign_points", {"POINTS": layer, "AREAS_OUTPUT": output})
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert (results["POINTS"], results["ASSIGNED"]) == (3, 2)
    counted = {
        feature["code"]: feature["aantal"] for feature in QgsVectorLayer(str(output), "", "ogr").getFeatures()
    }
    assert counted["GM0106"] == 2
    assert sum(counted.values()) == 2
