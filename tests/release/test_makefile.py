"""Every file and module that a recipe of the Makefile names is there: one was renamed, and nothing told."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: `test-matrix` runs `test`, and `bench` alone is in none of the others
TARGETS = ("atlas", "plugin", "plugin-check", "lint", "test-matrix", "bench")
_FILE = re.compile(
    r"(?<![\w./-])(?:(?:bench|data|docs|qgis_plugin|release|src|styles|tests)/[\w./-]*|[\w-]+\.(?:txt|toml))"
)
_MODULE = re.compile(r"-m (release\.\w+)")


@pytest.fixture(scope="module")
def recipes():
    """What make would do if nothing had been made yet, with every name written out."""
    of_make = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")  # these tests may be run by make
    return subprocess.run(
        ["make", "--dry-run", "--always-make", *TARGETS],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env={name: value for name, value in os.environ.items() if name not in of_make},
    ).stdout  # fmt: skip


def test_every_file_of_a_recipe_exists(recipes):
    named = set(_FILE.findall(recipes))
    assert {"docs/voorbeeld/erfbezoeken-teams.csv", "tests/qgis_plugin/run.sh", "bench/run.py"} <= named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_module_of_a_recipe_exists(recipes):
    named = set(_MODULE.findall(recipes))
    assert "release.plugin_zip" in named
    assert [name for name in sorted(named) if not (ROOT / f"{name.replace('.', '/')}.py").exists()] == []
