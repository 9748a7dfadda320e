"""The button of the plugin and its panel stay in step, and the panel comes back as it was left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def test_the_button_follows_the_panel_and_it_opens_again_the_next_time(plugin_root, tmp_path):
    here = Path(__file__).parent
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "profile"),
        "PYTHONPATH": f"{plugin_root}:{here}:/usr/share/qgis/python/plugins",
    }
    done = subprocess.run(
        [sys.executable, here / "dock_session.py"],
        env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("SEEN ")]
    # visible, button pressed, remembered as open
    assert json.loads(line.removeprefix("SEEN ")) == {
        "loaded": [False, False, False],
        "shown": [True, True, True],
        "hidden": [False, False, False],
        "shown again": [True, True, True],
        "closed": [False, False, False],
        "after QGIS was closed": True,
        "next time": [True, True, True],
    }
