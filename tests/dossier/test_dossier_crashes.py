"""Killed at any moment, or on a full disk: a dossier opens with the old or the new state, never a mixture."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import atlas

HERE = Path(__file__).parent
SOURCE = Path(atlas.__file__).parents[1]


#: every point takes a minute in all: the plain run tries one of three, `make test-matrix` each
STRIDES = pytest.mark.parametrize("stride", [3, pytest.param(1, marks=pytest.mark.slow)])


def outcomes(kind, folder, stride=1):
    """What `dossier_crashing.py` found: outcome -> how often."""
    done = subprocess.run(
        [sys.executable, HERE / "dossier_crashing.py", kind, folder / "team", str(stride)],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(SOURCE)])},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@STRIDES
def test_killed_at_every_step_it_opens_old_or_new(tmp_path, stride):
    found = outcomes("steps", tmp_path, stride)
    assert set(found) == {"oud", "nieuw", "met journaal", "laatste"}
    assert found["laatste"] == 0  # and when nobody kills it, it ends well
    assert min(found["oud"], found["nieuw"], found["met journaal"]) > 5  # both sides of the line were tried


@pytest.mark.slow  # steps are tried above; this looks between them
def test_killed_at_a_random_moment_it_opens_old_or_new(tmp_path):
    found = outcomes("moments", tmp_path)
    assert set(found) <= {"oud", "nieuw"}
    assert sum(found.values()) == 30


@STRIDES
def test_on_a_full_disk_it_opens_old_or_new_with_a_sentence(tmp_path, stride):
    found = outcomes("disk", tmp_path, stride)
    assert set(found) == {"geweigerd", "halverwege", "openen bij volle schijf 3", "oud", "nieuw"}
    assert found["geweigerd"] == found["oud"]
    assert found["halverwege"] + 1 == found["nieuw"]
    assert found["halverwege"] == found["openen bij volle schijf 3"] > 0


@STRIDES
def test_erasing_that_was_killed_can_be_done_again(tmp_path, stride):
    found = outcomes("erasing", tmp_path, stride)
    assert set(found) == {"weg", "laatste"}
    assert found["laatste"] == 0
