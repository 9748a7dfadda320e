"""The cases of `tests/data/settling_cases.json`, in which the plugin must settle exactly the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from atlas.cli.app import app
from atlas.core.records.import_file import ImportRequest
from atlas.core.words.errors import AtlasError
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.records import read_history, read_layers
from atlas.flows.importing import ImportTask, deciding_municipalities, import_file
from atlas.flows.settling import settle
from atlas.jobs.settling import SettlingPorts, said_of
from atlas.jobs.settling import settle as settle_dossier

CASES = json.loads((Path(__file__).parents[1] / "data" / "settling_cases.json").read_text(encoding="utf-8"))
NOW = datetime.now(UTC)
OBJECTS = "leegstand_object"


def made(case, room):
    """The folder of a dossier with the objects of a case, and the files it needs by their option."""
    files = {}
    for name in ("objects", "addresses", "residences"):
        if name in case:
            files[name] = room / f"{name}.csv"
            files[name].write_text("\n".join(case[name]) + "\n", encoding="utf-8")
    folder = init_dossier(room / "dossier", fictitious=True).folder
    task = ImportTask(files.pop("objects"), ImportRequest(OBJECTS))
    assert not import_file(folder, task, room / "r.csv", user="test", now=NOW).needs_attention
    return folder, files


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_municipality_is_settled_as_the_case_says(case, tmp_path):
    folder, files = made(case, tmp_path)
    for step in case["steps"]:
        arguments = ["objects", "settle", str(folder), "--user", "Jo"]
        for option, key in (
            ("record", "record"),
            ("municipality", "municipality"),
            ("reference-date", "day"),
        ):
            arguments += [f"--{option}", step[key]] if key in step else []
        for name, path in files.items():
            arguments += [f"--{name}", str(path)]
        before = read_layers(open_dossier(folder))
        done = CliRunner().invoke(app, arguments)
        after = read_layers(open_dossier(folder))
        if "refused" in step:
            assert done.exit_code == 1
            assert step["refused"] in done.stderr.replace("\n", " ")
            assert after == before
            continue
        assert done.exit_code == 0
        changed = [record for record in after[OBJECTS] if record not in before[OBJECTS]]
        assert len(changed) == step["settled"]
        assert sorted(record["adres"] for record in changed) == sorted(
            line[0] for line in step["lines"] if line[2] == "vastgesteld"
        )
        for record in changed:
            by = step.get("by", "Jo")
            assert record["gewijzigd_door"] == by
            assert read_history(open_dossier(folder), OBJECTS, record["uuid"])[-1]["door"] == by


@pytest.mark.parametrize("case", CASES[:3], ids=lambda case: case["name"])
def test_the_report_has_a_line_for_what_is_settled_and_what_is_not(case, tmp_path):
    folder, files = made(case, tmp_path)
    for step in case["steps"]:
        day = datetime.fromisoformat(step["day"]).date() if "day" in step else None
        said = said_of(step.get("record", ""), step.get("municipality", ""), day, today=NOW.date())
        if files:
            done = settle(folder, now=NOW, user="Jo", said=said, **files)
        else:
            told = []
            ports = SettlingPorts(deciding_municipalities, report=told.extend)
            done = settle_dossier(folder, ports, now=NOW, user="Jo", said=said)
            assert sorted([line.adres, line.gemeente, line.uitkomst] for line in told) == step["lines"]
        assert (done.count, done.open) == (step["settled"], step["open"])


@pytest.mark.parametrize("step", range(4))
def test_who_stops_the_work_at_a_step_changes_nothing(tmp_path, step):
    folder, _files = made(CASES[0], tmp_path)
    told = []

    class StoppedError(Exception):
        pass

    def progress(_name, done):
        assert done < 1
        told.append(done)
        if len(told) > step:
            raise StoppedError

    before = read_layers(open_dossier(folder))
    with pytest.raises(StoppedError):
        settle_dossier(folder, SettlingPorts(deciding_municipalities, progress=progress), now=NOW, user="Jo")
    assert read_layers(open_dossier(folder)) == before


def test_a_day_without_a_record_is_no_answer():
    with pytest.raises(AtlasError, match="horen bij elkaar"):
        said_of("", "", NOW.date(), today=NOW.date())
