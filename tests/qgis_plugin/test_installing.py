"""A user installs the zip in a real QGIS, throws it out, takes it back and upgrades it, in one session."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from packaged_plugin import NAME

HERE = Path(__file__).parent


def _edition(plugin_root: Path, folder: Path, version: str) -> Path:
    """The zip of the plugin as a version in which every module says which version it is."""
    folder.mkdir()
    plugin = folder / NAME
    shutil.copytree(plugin_root / NAME, plugin, ignore=shutil.ignore_patterns("__pycache__"))
    metadata = plugin / "metadata.txt"
    lines = metadata.read_text(encoding="utf-8").splitlines()
    lines = [f"version={version}" if line.startswith("version=") else line for line in lines]
    metadata.write_text("\n".join(lines), encoding="utf-8")
    for module in plugin.rglob("*.py"):
        with module.open("a", encoding="utf-8") as file:
            file.write(f'\nEDITION_OF_THE_TEST = "{version}"\n')
    return Path(shutil.make_archive(str(folder / f"plugin-{version}"), "zip", folder, NAME))


@pytest.fixture(scope="module")
def session(plugin_root, tmp_path_factory):
    """What a session in a real QGIS with an empty profile saw."""
    room = tmp_path_factory.mktemp("session")
    report = room / "report.json"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(room),
        "XDG_RUNTIME_DIR": str(room),
        "LANG": "C.UTF-8",
        "PYTHONNOUSERSITE": "1",
        "ATLAS_REPORT": str(report),
        "ATLAS_ZIP_1_0": str(_edition(plugin_root, room / "old", "1.0.0")),
        "ATLAS_ZIP_1_1": str(_edition(plugin_root, room / "new", "1.1.0")),
    }
    display = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1600x1200x24"]
    command = [*display, "qgis", "--profiles-path", str(room), "--noversioncheck", "--nologo"]
    done = subprocess.run(
        [*command, "--code", str(HERE / "installing_session.py")],
        env=environment,
        cwd=room,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert report.exists(), done.stderr
    seen = json.loads(report.read_text(encoding="utf-8"))
    assert not seen["error"], "\n".join([seen["error"], *seen["messages"], *seen["dialogs"]])
    return seen | {"stderr": done.stderr}


def test_installing_the_zip_adds_the_provider_the_button_and_the_menu(session):
    before, installed = session["states"]["before"], session["states"]["installed"]
    assert NAME in set(installed["providers"]) - set(before["providers"])
    assert any("buitengebied_atlas_panel" in line for line in installed["toolbars"])
    assert any("Buitengebied Atlas" in line for line in installed["menus"])
    assert set(session["docks_shown"]) - set(before["docks"])


def test_nothing_is_left_when_it_is_unloaded(session):
    before, unloaded = session["states"]["before"], session["states"]["unloaded"]
    assert unloaded == before


def test_it_comes_back_as_it_was(session):
    installed, reloaded = session["states"]["installed"], session["states"]["reloaded"]
    assert reloaded == installed
    assert installed != session["states"]["before"]


def test_no_warning_and_no_question_in_the_whole_session(session):
    assert session["messages"] == []
    assert session["dialogs"] == []
    assert "Traceback" not in session["stderr"]
    assert "Warning" not in session["stderr"]


def test_an_upgrade_in_the_same_session_uses_the_new_core(session):
    assert session["version"] == "1.1.0"
    assert session["modules_seen"] > 40
    assert session["old_modules"] == []
    assert session["states"]["upgraded"]["toolbars"] == session["states"]["installed"]["toolbars"]


def test_it_never_asks_for_what_qgis_may_not_have(session):
    assert session["heavy"] == []


def test_a_python_that_is_too_old_gets_one_sentence(plugin_root, qgis_iface, monkeypatch):
    package = __import__(NAME)
    qgis_iface.messageBar().clear_messages()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version_info", (3, 9, 5))
        old = package.classFactory(qgis_iface)
        old.initGui()
        old.unload()
    (messages,) = [texts for texts in qgis_iface.messageBar().messages.values() if texts]
    assert len(messages) == 1
    assert "3.9" in messages[0]
    assert "3.11" in messages[0]


@pytest.mark.parametrize("module", ["__init__.py", "too_old.py", "texts.py"])
def test_what_a_python_that_is_too_old_reads_is_readable_for_it(plugin_root, module):
    ast.parse((plugin_root / NAME / module).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_the_two_environments_do_not_see_each_other(atlas_environment):
    def in_qgis(code):
        environment = {"LANG": "C.UTF-8", "PATH": os.defpath, "PYTHONNOUSERSITE": "1"}
        return subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
        )

    assert in_qgis("import qgis.core").returncode == 0
    assert atlas_environment("python", "-c", "import geopandas").returncode == 0
    assert "No module named 'qgis'" in atlas_environment("python", "-c", "import qgis").stderr
    assert "No module named 'geopandas'" in in_qgis("import geopandas").stderr
    assert "No module named 'atlas'" in in_qgis("import atlas").stderr
