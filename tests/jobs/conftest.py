"""A dossier of two municipalities that sends packages into the field."""

from __future__ import annotations

import pytest
from field_packages import NOW

from atlas.core.records.import_file import ImportRequest
from atlas.dossier.opening import init_dossier
from atlas.flows.importing import ImportTask, import_file
from field_days import ROWS


@pytest.fixture
def folder(tmp_path):
    made = init_dossier(tmp_path / "dossier", fictitious=True).folder
    (tmp_path / "in.csv").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    task = ImportTask(tmp_path / "in.csv", ImportRequest("leegstand_object"))
    done = import_file(made, task, tmp_path / "r.csv", user="beheer", now=NOW)
    assert len(done.plan.inserts) == 3
    return made
