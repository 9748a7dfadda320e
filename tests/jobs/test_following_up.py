"""What a planner follows of the visits: how far, which rounds, what is out, what is to be decided."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from atlas.core.words.errors import AtlasError
from atlas.dossier.changes import apply_import
from atlas.dossier.issue_register import append_line
from atlas.dossier.opening import open_dossier
from atlas.gpkg.spatial_index import register_spatial_functions
from atlas.jobs.following_up import follow_up
from atlas.jobs.rounds_out import note_back
from dossier_samples import ASSEN, LATER, campaign, filled, plan, stop, tour, uuid, visit, yard
from field_days import work

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    rows = {
        "agrarisch_bedrijf": [yard(number) for number in (1, 2, 3)],
        "campagne": [campaign(61)],
        "ronde": [tour(81, 61), tour(82, 61, naam="B", status="vervallen")],
        "ronde_stop": [
            stop(71, 61, 1, ronde_uuid=uuid(81), naam="A-02"),
            stop(72, 61, 2, ronde_uuid=uuid(81), naam="A-01"),
            stop(73, 61, 3),
        ],
    }
    dossier = filled(tmp_path / "dossier", rows)
    made = [
        visit(91, object_uuid=None, bedrijf_uuid=uuid(1), datum="2026-03-01", uitkomst="van_buiten_bekeken")
    ]
    apply_import(dossier, plan(dossier, "erfbezoek", made, now=LATER))
    work(
        dossier.folder,
        [("ronde_stop", uuid(number), {"keuze": "allemaal"}) for number in (71, 72)],
        register_spatial_functions,
    )
    return dossier.folder


def test_a_round_is_shown_with_its_stops_in_order_and_what_was_visited(folder):
    found = follow_up(folder)
    (only,) = found.rounds
    assert [one.name for one in only.stops] == ["A-01", "A-02"]
    assert [one.visited for one in only.stops] == [False, True]
    assert all(one.place and one.address for one in only.stops)
    assert only.sentence.startswith("A: ")
    assert only.sentence.endswith("2 erven, 1 bezocht")
    (progress,) = found.campaigns
    assert (progress.frame, progress.name) == (3, only.campaign)


def test_what_was_handed_out_is_out_until_it_is_back(folder):
    assert follow_up(folder).out == ()
    append_line(
        open_dossier(folder),
        {
            "tijdstip": "2026-03-02T09:00:00Z", "door": "planner", "handeling": "uitgifte", "doel": "ronde",
            "publiek": "team", "gemeenten": ASSEN, "lagen": "ronde", "aantal": 1, "bestand": "A.gpx",
            "controlegetal": "0" * 64, "terug_voor": "2026-03-09", "ontvanger": "Team 1",
        },
    )  # fmt: skip
    assert [one.file for one in follow_up(folder).out] == ["A.gpx"]
    note_back(folder, "A.gpx", user="planner", now=NOW)
    assert follow_up(folder).out == ()


def test_without_a_dossier_there_is_a_sentence(tmp_path):
    with pytest.raises(AtlasError):
        follow_up(tmp_path)
