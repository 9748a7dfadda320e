"""`atlas visits`: the same bytes for the same seed, a ceiling that says so, Ctrl-C that keeps the best."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from atlas.cli.app import app
from round_samples import field, problem_item


@pytest.fixture
def problem(tmp_path):
    path = tmp_path / "opgave.json"
    path.write_text(json.dumps(problem_item(field(30, 4))), encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(app, ["visits", *map(str, arguments)])


def test_the_same_seed_gives_the_same_bytes(problem, tmp_path):
    for name in ("a", "b"):
        done = run("plan", "--problem", problem, "--solution", tmp_path / f"{name}.json", "--iterations", 200)
        assert done.exit_code == 0, done.output
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert "30 bezoeken in" in done.output
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["ended"] == "iterations"


def test_a_ceiling_that_is_hit_says_so(problem, tmp_path):
    done = run("plan", "--problem", problem, "--solution", tmp_path / "a.json", "--seconds", 0.5)
    assert "tijdgrens is bereikt" in done.output
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["ended"] == "seconds"


def test_a_changed_plan_is_judged(problem, tmp_path):
    path = tmp_path / "a.json"
    run("plan", "--problem", problem, "--solution", path, "--iterations", 100)
    assert "klopt met de opgave" in run("check", "--problem", problem, "--plan", path, "--strict").output
    plan = json.loads(path.read_text(encoding="utf-8"))
    stops = [visit["stop"] for one in plan["rounds"] for visit in one["visits"]]
    plan["rounds"] = [{"team_day": plan["rounds"][0]["team_day"], "visits": stops}]
    path.write_text(json.dumps(plan), encoding="utf-8")
    done = run("check", "--problem", problem, "--plan", path, "--strict")
    assert done.exit_code == 3
    assert "het mogen er 13 zijn" in done.output


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another signal there")
def test_ctrl_c_keeps_the_best_so_far(problem, tmp_path):
    path = tmp_path / "a.json"
    command = [Path(sys.executable).with_name("atlas"), "visits", "plan", "--problem", problem]
    with subprocess.Popen(
        [*command, "--solution", path, "--seconds", "60"], stderr=subprocess.PIPE, text=True
    ) as process:
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    if process.returncode == 0:
        assert "Gestopt op verzoek" in told
        assert json.loads(path.read_text(encoding="utf-8"))["ended"] == "stopped"
    else:  # it came before the search began: nothing is written
        assert not path.exists()


def test_a_plan_without_one_visit_is_no_success(tmp_path):
    """A batch that looks at the code alone would hand out an empty plan."""
    asked = {
        "places": [{"id": "start"}, {"id": "erf"}],
        "stops": [{"place": "erf"}],
        "team_days": [{"start": "start"}],
        "seconds": [[0, None], [None, 0]],
    }
    (tmp_path / "opgave.json").write_text(json.dumps(asked))
    done = run("plan", "--problem", tmp_path / "opgave.json", "--solution", tmp_path / "plan.json")
    assert done.exit_code == 3
    assert "Niet ingepland: erf" in done.output
    assert (tmp_path / "plan.json").exists()
