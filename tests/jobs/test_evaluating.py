"""What is measured stands in the register before the first visit; what was found is for the team only."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from atlas.core.records.choosing_rules import Rules
from atlas.core.words.errors import AtlasError
from atlas.dossier.changes import apply_import
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_layers
from atlas.jobs.evaluating import evaluate_campaign, register_indicators
from atlas.jobs.selecting import Campaign, select_yards
from dossier_samples import ASSEN, filled, finding, plans, uuid, visit, yard

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 9, tzinfo=UTC)
ASKED = {"purpose": "weten wat het oplevert", "user": "planner", "now": NOW}


@pytest.fixture
def folder(tmp_path):
    yards = [yard(number, buitengebied="ja", percentiel_gemeente=float(number)) for number in range(1, 31)]
    made = filled(tmp_path / "team", {"agrarisch_bedrijf": yards}).folder
    select_yards(
        made,
        Campaign("Voorjaar", "preventief", ASSEN, "kennismaken", "2027-12-31"),
        Rules(),
        user="p",
        now=NOW,
    )
    return made


def visited(folder):
    visits = [visit(400 + each, bedrijf_uuid=uuid(each), datum="2026-03-09") for each in range(1, 21)]
    seen = [finding(500, 401, categorie="gedumpt_afval", waarneming="waargenomen")]
    dossier = open_dossier(folder)
    apply_import(dossier, plans(dossier, {"erfbezoek": visits, "bevinding": seen}, now=LATER))


def test_what_is_measured_is_written_down_first_and_then_reckoned(folder):
    said = register_indicators(folder, "Voorjaar", ["gedumpt_afval", "knallen"], **ASKED)
    assert said.startswith("Voorjaar: ")
    assert said.endswith("; vastgelegd.")
    (line,) = read_register(open_dossier(folder))
    assert (line["handeling"], line["gemeenten"], line["aantal"]) == ("indicatoren", ASSEN, 2)
    visited(folder)
    done = evaluate_campaign(folder, "Voorjaar", purpose="verantwoording")
    result = done.result.content
    assert (done.result.audience, done.result.municipalities) == ("team", (ASSEN,))
    assert (result.frame, result.reached) == (30, 20)
    assert [(one.whole.found, one.whole.yards) for one in result.indicators] == [(1, 20), (0, 20)]
    assert result.indicators[0].strata == ()
    assert done.since == "2 maart 2026"


def test_after_the_first_visit_nobody_chooses_what_counted(folder):
    visited(folder)
    with pytest.raises(AtlasError, match="al bezocht"):
        register_indicators(folder, "Voorjaar", ["knallen"], **ASKED)
    with pytest.raises(AtlasError, match="niet vooraf vastgelegd"):
        evaluate_campaign(folder, "Voorjaar", purpose="verantwoording")
    assert read_register(open_dossier(folder)) == []


def test_what_was_written_down_does_not_change(folder):
    register_indicators(folder, "Voorjaar", ["knallen"], **ASKED)
    assert "al vastgelegd" in register_indicators(folder, "Voorjaar", ["knallen"], **ASKED)
    with pytest.raises(AtlasError, match="verandert niet meer"):
        register_indicators(folder, "Voorjaar", ["gedumpt_afval"], **ASKED)
    assert len(read_register(open_dossier(folder))) == 1


@pytest.mark.parametrize("wrong", [[], ["verdacht"]])
def test_only_what_a_visit_can_note_is_measured(folder, wrong):
    with pytest.raises(AtlasError):
        register_indicators(folder, "Voorjaar", wrong, **ASKED)


def test_every_yard_keeps_the_stratum_in_which_it_was(folder):
    stops = read_layers(open_dossier(folder), ["ronde_stop"])["ronde_stop"]
    assert {stop["stratum"] for stop in stops} == {"minst afgelegen"}
