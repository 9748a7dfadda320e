"""The cases of `tests/data/conclusion_cases.json`, in which the plugin must conclude exactly the same."""

from __future__ import annotations

import json
from dataclasses import astuple
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from atlas.core.records.import_file import ImportRequest
from atlas.dossier.opening import init_dossier, open_dossier
from atlas.dossier.records import read_layers
from atlas.flows.importing import ImportTask, import_file
from atlas.jobs.concluding import conclude

CASES = json.loads((Path(__file__).parents[1] / "data" / "conclusion_cases.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def filled(case, room):
    """The folder of a dossier with the objects and the evidence of a case."""
    folder = init_dossier(room / "dossier", fictitious=True).folder
    for layer, lines in (("leegstand_object", case["objects"]), ("leegstand_bewijs", case["evidence"])):
        if lines:
            (room / "in.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
            task = ImportTask(room / "in.csv", ImportRequest(layer))
            done = import_file(folder, task, room / "r.csv", user="test", now=NOW)
            assert not done.needs_attention
    return folder


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_evidence_is_judged_as_the_case_says(case, tmp_path):
    folder = filled(case, tmp_path)
    for step in case["steps"]:
        done = conclude(folder, today=date.fromisoformat(step["day"]), now=NOW, user="test")
        kept = done.other_reasons + len(done.plan.unchanged)
        assert (done.changed, kept) == (step["changed"], step["unchanged"])
        assert done.sentence.startswith(f"conclusie gewijzigd {step['changed']}, ")
        assert sorted(list(astuple(line))[1:] for line in done.lines) == step["lines"]


def test_objects_without_evidence_are_told_in_one_sentence_with_the_reason(tmp_path):
    case = next(case for case in CASES if case["name"] == "an object without evidence is unknown")
    first = case["objects"][1]
    folder = filled({**case, "objects": [*case["objects"], first.replace("103", "105")]}, tmp_path)
    done = conclude(folder, today=NOW.date(), now=NOW, user="test")
    assert {said: len(lines) for said, lines in done.alike().items()} == {
        "blijft Onbekend. Er is geen bewijs dat nog telt en iets zegt over het gebruik.": 2
    }
    assert min(line.sentence for line in done.lines).startswith(
        "Verzonnen Lijst 103, Nergenshuizen: blijft Onbekend. Er is geen bewijs"
    )


def test_the_report_is_made_before_the_dossier_changes(tmp_path):
    folder = filled(CASES[0], tmp_path)
    told = []

    class FullError(Exception):
        pass

    def report(lines):
        told.extend(lines)
        raise FullError

    before = read_layers(open_dossier(folder))
    with pytest.raises(FullError):
        conclude(folder, today=NOW.date(), now=NOW, user="test", report=report)
    assert len(told) == 2
    assert read_layers(open_dossier(folder)) == before


@pytest.mark.parametrize("step", range(3))
def test_who_stops_the_work_at_a_step_changes_nothing(tmp_path, step):
    folder = filled(CASES[0], tmp_path)
    told = []

    class StoppedError(Exception):
        pass

    def progress(name, done):
        assert done < 1
        told.append(name)
        if len(told) > step:
            raise StoppedError

    before = read_layers(open_dossier(folder))
    with pytest.raises(StoppedError):
        conclude(folder, today=NOW.date(), now=NOW, user="test", progress=progress)
    assert read_layers(open_dossier(folder)) == before
