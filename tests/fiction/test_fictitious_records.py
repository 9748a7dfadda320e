"""The records of the fictitious countryside: the dossier takes them, and scenarios lead where they say."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely
from countryside_samples import DAY
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core.records.incoming import read_rows
from atlas.core.schema.rural import is_fictitious, working_layer
from atlas.core.vacancy.evidence import (
    REGISTERS,
    add_months,
    evidence_from_record,
)
from atlas.core.vacancy.rule import conclude
from atlas.fiction.scenarios import SCENARIOS, evidence_of


def rows_for(frame, layer):
    """Rows as the dossier is given them, with x and y as one place."""
    rows = frame.astype(object).to_dict("records")
    if working_layer(layer).geometry:
        rows = [
            {
                **{name: cell for name, cell in row.items() if name not in "xy"},
                "geometrie": (row["x"], row["y"]),
            }
            for row in rows
        ]
    return rows


@pytest.mark.parametrize(
    ("name", "layer"),
    [("objects", "leegstand_object"), ("evidence", "leegstand_bewijs"), ("signals", "signaal")],
)
def test_the_dossier_takes_every_record(fiction, name, layer):
    frame = getattr(fiction.records, name)
    read = read_rows(working_layer(layer), rows_for(frame, layer), today=DAY)
    assert [row.refusals for row in read if row.refusals] == []
    required = [known.name for known in working_layer(layer).fields if known.required and not known.own]
    for row in read:
        assert [field for field in required if field != "uuid" and field not in row.values] == []
        assert all(rule.holds(row.values) for rule in working_layer(layer).requirements)


def test_every_record_says_it_is_fictitious_and_until_when_it_is_kept(fiction):
    records = fiction.records
    for frame in (records.farms, records.objects, records.evidence, records.signals):
        assert all(map(is_fictitious, frame["bron"]))
        assert (frame["bewaren_tot"] > add_months(DAY, 48).isoformat()).all()
        assert (frame["peildatum"] <= DAY.isoformat()).all()
        assert frame["bronkenmerk"].is_unique
    for frame in (records.objects, records.evidence, records.signals):
        assert set(frame["regime"]) == {"avg"}


def test_barns_have_no_address_and_registers_say_nothing_about_them(fiction):
    objects, evidence = fiction.records.objects, fiction.records.evidence
    barns = objects[objects["bag_vbo_id"] == ""]
    assert len(barns)
    assert (barns["adres"] == "").all()
    about = evidence[evidence["object_uuid"].isin(barns["uuid"])]
    assert set(about["bewijsbron"]).isdisjoint(REGISTERS)
    outlined = objects[objects["omtrek"] != ""]
    assert (shapely.from_wkt(outlined["omtrek"].to_numpy()) != None).all()  # noqa: E711 - an array
    assert set(outlined["bag_pand_id"]) <= set(fiction.buildings["identificatie"])


def test_signals_point_at_objects_that_are_there(fiction):
    named = set(fiction.records.signals["object_uuid"]) - {""}
    assert named
    assert named <= set(fiction.records.objects["uuid"])


EXPECTED = {
    "niets bekend": "onbekend",
    "administratief leeg": "leeg",
    "administratief leeg en leeg gezien": "leeg",
    "leeg gezien": "leeg",
    "gedeeltelijk leeg": "gedeeltelijk_leeg",
    "schuren leeg, woning volgens register in gebruik": "gedeeltelijk_leeg",
    "in gebruik volgens registers": "in_gebruik",
    "in gebruik gezien": "in_gebruik",
    "schuur leeg gezien": "leeg",
    "tegenspraak: leeg gezien, daarna treffer": "onbekend",
    "tegenspraak: twee waarnemingen": "onbekend",
    "tegenspraak: opgave en registers": "onbekend",
    "opgave leeg": "leeg",
    "niet te beoordelen": "onbekend",
    "bouwval": "onbekend",
    "bouwval die leeg is gezien": "leeg",
    "bewijs verlopen": "onbekend",
    "waarneming verlopen": "onbekend",
    "twee van de drie registers": "onbekend",
    "vroeger leeg, nu in gebruik": "in_gebruik",
}


@pytest.mark.parametrize("name", list(EXPECTED))
@settings(max_examples=20)
@given(seed=st.integers(0, 2**16), day=st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_scenario_leads_to_the_conclusion_it_is_named_after(name, seed, day):
    scenario = next(scenario for scenario in SCENARIOS if scenario.name == name)
    evidence = evidence_of(scenario, day, np.random.default_rng(seed))
    assert all(item.peildatum <= day for item in evidence)
    concluded = conclude(evidence, today=day, has_address=scenario.with_address > 0)
    assert concluded.conclusie == EXPECTED[name]


def test_every_scenario_has_an_expected_conclusion():
    assert set(EXPECTED) == {scenario.name for scenario in SCENARIOS}


def test_evidence_is_never_later_than_the_day_of_the_demo(fiction):
    for record in fiction.records.evidence.to_dict("records"):
        assert evidence_from_record(record).peildatum <= DAY
