"""Choosing the yards of a campaign in a dossier: the seed is in the register before there is a list."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from atlas.core.records.choosing import select
from atlas.core.records.choosing_facts import frame_of
from atlas.core.records.choosing_rules import Rules, read_rules
from atlas.core.schema.campaigns import ALL, NOT_CHOSEN
from atlas.core.words.errors import AtlasError
from atlas.dossier.issue_register import read_register
from atlas.dossier.opening import open_dossier
from atlas.dossier.records import read_layers
from atlas.jobs import selecting
from atlas.jobs.selecting import Campaign, select_yards
from dossier_samples import ASSEN, EMMEN, filled, signal, uuid, visit, yard

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TALK = Campaign("Voorjaar", "preventief", ASSEN, "kennismaken", "2027-12-31")
YARDS = [
    yard(number, buitengebied="ja", percentiel_gemeente=float(number % 100)) for number in range(300, 330)
]
RULES = read_rules('places = 10\n[[tier]]\nfield = "erfbezoek.uitkomst"', "preventief", where="regels.toml")


@pytest.fixture
def folder(tmp_path):
    """Thirty yards of Assen, at two of which nobody was home, and one of Emmen."""
    visits = [
        visit(number, bedrijf_uuid=uuid(about), uitkomst="niemand_aanwezig")
        for number, about in ((400, 300), (401, 301))
    ]
    rows = {"agrarisch_bedrijf": [*YARDS, yard(500, EMMEN, buitengebied="ja")], "erfbezoek": visits}
    return filled(tmp_path / "team", rows).folder


def chosen_in(folder):
    layers = read_layers(open_dossier(folder), ["campagne", "ronde_stop"])
    return layers["campagne"], layers["ronde_stop"]


def test_without_rules_every_yard_is_visited_and_nothing_is_drawn(folder):
    done = select_yards(folder, TALK, Rules(), user="planner", now=NOW)
    campaigns, stops = chosen_in(folder)
    assert (done.seed, done.selection.places, len(stops)) == ("", 30, 30)
    assert {(stop["keuze"], stop["kans"]) for stop in stops} == {(ALL, 1.0)}
    assert [campaign["naam"] for campaign in campaigns] == ["Voorjaar"]
    assert read_register(open_dossier(folder)) == []
    room = select_yards(
        folder, replace(TALK, name="Ruim"), replace(RULES, places=99), user="planner", now=NOW, seed="s"
    )
    assert any("plaats voor elk erf" in one for one in room.sentences)
    assert not any(one.startswith("Trede") for one in room.sentences), "no tier chose"


def test_the_whole_frame_is_written_with_outcome_chance_and_reasons(folder):
    done = select_yards(folder, TALK, RULES, user="planner", now=NOW, seed="proef")
    campaigns, stops = chosen_in(folder)
    assert len(stops) == 30
    assert sum(stop["keuze"] != NOT_CHOSEN for stop in stops) == campaigns[0]["plaatsen"] == 10
    assert sum(stop["kans"] for stop in stops) == pytest.approx(10)
    by_yard = {stop["bedrijf_uuid"]: stop for stop in stops}
    assert by_yard[uuid(300)]["keuze"] == "regel"
    assert "niemand aanwezig" in by_yard[uuid(300)]["redenen"]
    assert all("stand van" in stop["redenen"] for stop in stops)
    assert done.by_tier == {1: 2}
    assert campaigns[0]["zaad"] == "proef"


def test_the_seed_stands_in_the_register_before_anything_is_drawn(folder, monkeypatch):
    """The line is there when the draw fails after all; without a line nothing is drawn."""

    def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr(selecting, "select", broken)
    with pytest.raises(RuntimeError):
        select_yards(folder, TALK, RULES, user="planner", now=NOW, seed="proef")
    (line,) = read_register(open_dossier(folder))
    assert (line["handeling"], line["zaad"], line["aantal"], line["lagen"]) == (
        "loting", "proef", 30, "agrarisch_bedrijf",
    )  # fmt: skip
    assert len(line["controlegetal"]) == 64
    assert chosen_in(folder) == ([], [])

    def full(*_args):
        raise AtlasError("De schijf is vol.")

    monkeypatch.setattr(selecting, "append_line", full)
    monkeypatch.setattr(selecting, "select", lambda *_args: pytest.fail("drawn without a line"))
    with pytest.raises(AtlasError, match="schijf is vol"):
        select_yards(folder, TALK, RULES, user="planner", now=NOW)


def test_a_second_draw_is_a_second_line_and_says_so(folder):
    first = select_yards(folder, TALK, RULES, user="planner", now=NOW)
    assert not any("loting" in note for note in first.notes)
    again = Campaign("Najaar", "preventief", ASSEN, "kennismaken", "2027-12-31")
    second = select_yards(folder, again, RULES, user="planner", now=NOW, seed=first.seed)
    assert [line["zaad"] for line in read_register(open_dossier(folder))] == [first.seed] * 2
    assert any("staat voor deze gemeente al 1 eerdere loting: 2 maart 2026" in note for note in second.notes)
    assert any("Met dit zaad is al eens geloot" in note for note in second.notes)
    assert first.selection == second.selection


def test_a_seed_that_nobody_chose_differs_each_time(folder):
    seeds = {
        select_yards(
            folder, Campaign(name, "preventief", ASSEN, "x", "2027-12-31"), RULES, user="p", now=NOW
        ).seed
        for name in ("een", "twee")
    }
    assert len(seeds) == 2


def test_a_campaign_of_that_name_keeps_what_was_chosen(folder):
    select_yards(folder, TALK, RULES, user="planner", now=NOW)
    before = chosen_in(folder)
    with pytest.raises(AtlasError, match="al een campagne met deze naam"):
        select_yards(folder, TALK, RULES, user="planner", now=NOW)
    assert chosen_in(folder) == before
    assert len(read_register(open_dossier(folder))) == 1


def test_what_was_stored_is_enough_to_repeat_the_choice(folder):
    select_yards(folder, TALK, RULES, user="planner", now=NOW)
    campaigns, stops = chosen_in(folder)
    assert campaigns[0]["regels"] == "places = 10, drawn = 20;\nerfbezoek.uitkomst"
    rules = read_rules('places = 10\n[[tier]]\nfield = "erfbezoek.uitkomst"', "preventief", where="")
    layers = read_layers(open_dossier(folder))
    frame = frame_of(layers, rules, kind="preventief", municipality=ASSEN, today=NOW.date())
    again = {one.uuid: one.outcome for one in select(frame, rules, campaigns[0]["zaad"]).yards}
    assert again == {stop["bedrijf_uuid"]: stop["keuze"] for stop in stops}


def test_supervision_needs_a_ground_a_rule_and_a_weighing(folder, tmp_path):
    bare = Campaign("Toezicht", "toezicht", ASSEN, "toezien", "2027-12-31")
    with pytest.raises(AtlasError, match=r"grondslag|bevoegdheid|verplicht|leeg"):
        select_yards(folder, bare, Rules(), user="planner", now=NOW)
    grounded = Campaign("Toezicht", "toezicht", ASSEN, "toezien", "2027-12-31", "toezicht_awb")
    with pytest.raises(AtlasError, match="welke wet of verordening"):
        select_yards(folder, grounded, Rules(), user="planner", now=NOW)
    ruled = Campaign(
        "Toezicht", "toezicht", ASSEN, "toezien", "2027-12-31", "toezicht_awb", "Verzonnen Verordening"
    )
    with pytest.raises(AtlasError, match="geen erf om uit te kiezen") as refused:
        select_yards(folder, ruled, Rules(), user="planner", now=NOW)
    assert "weging" in refused.value.expected
    weighed = signal(601, bedrijf_uuid=uuid(300), weging="naar_broncheck", fase="plan")
    other = filled(tmp_path / "ander", {"agrarisch_bedrijf": YARDS[:3], "signaal": [weighed]}).folder
    assert select_yards(other, ruled, Rules(), user="planner", now=NOW).selection.places == 1


@pytest.mark.parametrize(
    ("campaign", "said"),
    [
        (Campaign(" ", "preventief", ASSEN, "x", "2027-12-31"), "een naam"),
        (Campaign("A", "preventief", ASSEN, " ", "2027-12-31"), "waarvoor"),
        (Campaign("A", "preventief", ASSEN, "x", ""), "tot wanneer"),
        (Campaign("A", "preventief", ASSEN, "x", "2020-01-01"), "tot wanneer"),
        (Campaign("A", "preventief", "GM9999", "x", "2027-12-31"), "bestaat niet"),
        (Campaign("A", "preventief", "GM0118", "x", "2027-12-31"), "geen erf om uit te kiezen"),
        (Campaign("A", "preventief", ASSEN, "x", "2027-12-31", "toezicht_awb"), "vrijwillig"),
    ],
)
def test_what_can_not_be_gets_a_sentence_and_changes_nothing(folder, campaign, said):
    with pytest.raises(AtlasError, match=said):
        select_yards(folder, campaign, Rules(), user="planner", now=NOW)
    assert chosen_in(folder) == ([], [])
    assert read_register(open_dossier(folder)) == []


def test_the_example_of_the_manual_is_read():
    text = (Path(__file__).parents[2] / "docs/handleiding/10-erfbezoeken.md").read_text(encoding="utf-8")
    example = text.split("```toml\n")[1].split("```")[0]
    assert len(read_rules(example, "preventief", where="").tiers) == len(tomllib.loads(example)["tier"]) > 4
