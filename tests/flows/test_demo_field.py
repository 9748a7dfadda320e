"""A made-up round goes into the field, is filled, and comes back into its dossier."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from atlas.core.counts.campaign_progress import PROGRESS_LAYERS, campaign_progress
from atlas.core.records.choosing_rules import Rules
from atlas.core.words.errors import AtlasError
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_layers
from atlas.flows.campaign_rounds import plan_campaign_rounds
from atlas.flows.demo_field import fill_package
from atlas.flows.round_files import hand_out_round_file
from atlas.jobs.field_return import return_package
from atlas.jobs.selecting import Campaign, select_yards
from dossier_samples import filled

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEAMS = Path(__file__).parents[2] / "docs" / "voorbeeld" / "erfbezoeken-teams.csv"


def test_a_made_up_day_comes_back_as_visits_of_the_campaign(demo, tmp_path):
    folder = tmp_path / "dossier-FICTIEF"
    shutil.copytree(demo[1], folder)
    select_yards(
        folder, Campaign("Voorjaar", "preventief", "GM1731", "kennismaken", "2030-12-31"), Rules(),
        user="demo", now=NOW,
    )  # fmt: skip
    plan_campaign_rounds(folder, "Voorjaar", TEAMS, method="eenvoudig", iterations=5, user="demo", now=NOW)
    hand_out_round_file(
        folder, tmp_path / "A.zip", campaign="Voorjaar", name="A", purpose="bezoekronde",
        back_by="2026-04-05", user="demo", now=NOW,
    )  # fmt: skip
    back = fill_package(folder, tmp_path / "A.zip", tmp_path, seed=1, now=NOW)
    done = return_package(folder, back, now=NOW, user="demo")
    assert done.counts["geweigerd"] == done.counts["conflict"] == 0
    (one,) = campaign_progress(read_layers(open_dossier(folder), PROGRESS_LAYERS))
    assert one.planned
    assert 0 < one.reached + one.refused + one.nobody <= one.planned
    assert return_package(folder, back, now=NOW, user="demo").counts["nieuw"] == 0


def test_a_real_package_is_not_filled(demo, tmp_path):
    real = filled(tmp_path / "echt", {})
    with pytest.raises(AtlasError):
        fill_package(demo[1], real.folder, tmp_path, seed=1, now=NOW)


def test_a_package_is_not_filled_beside_a_demo_that_is_not_there(tmp_path):
    with pytest.raises(AtlasError, match="geen dossier van een demo") as caught:
        fill_package(tmp_path / "dossier-FICTIEF", tmp_path / "A.zip", tmp_path, seed=1, now=NOW)
    assert caught.value.hint == "Noem de map waarin de demo is gemaakt."
