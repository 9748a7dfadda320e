"""An algorithm that can't be loaded is named in the log and left out; QGIS and the others go on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SESSION = Path(__file__).with_name("broken_algorithm_session.py")


def loaded(folder):
    """What a QGIS of its own has of the plugin in `folder`."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, SESSION],
        env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith("REPORT "))[7:])


@pytest.mark.parametrize(
    ("module", "broken"),
    [
        ("export_page", "import no_such_module\n"),
        ("load_boundaries", "def add_parameters(self):\n    raise KeyError('LEVEL')\n"),
        ("choropleth", "Choropleth = None\n"),
    ],
    ids=["import", "parameters", "class"],
)
def test_a_broken_algorithm_is_left_out_and_told_of(provider, plugin_root, tmp_path, module, broken):
    shutil.copytree(plugin_root / "buitengebied_atlas", tmp_path / "buitengebied_atlas")
    path = tmp_path / "buitengebied_atlas" / "provider" / f"{module}.py"
    if broken.startswith("def"):
        broken += "LoadBoundaries.add_parameters = add_parameters\n"
    path.write_text(f"{path.read_text('utf-8')}\n{broken}", "utf-8")
    seen = loaded(tmp_path)
    assert set(seen["names"]) == {each.name() for each in provider.algorithms()} - {module}
    (told,) = [line for line in seen["said"] if module in line]
    assert told.startswith("Buitengebied Atlas: ")


def test_nothing_is_left_out_of_a_whole_plugin(provider, plugin_root):
    seen = loaded(plugin_root)
    assert seen["names"] == sorted(each.name() for each in provider.algorithms())
    assert not [line for line in seen["said"] if line.startswith("Buitengebied Atlas")]
