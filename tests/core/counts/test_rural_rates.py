"""Vacancy concluded, remoteness and visits: what is divided by what, and what nobody looked at."""

import pytest

from atlas.core.areas.divisions import areas, members
from atlas.core.counts.rural_figures import rural_source
from atlas.core.counts.rural_rates import may_be_rated, rural_rates
from atlas.core.disclosure import fields as disclosure

SOURCE = rural_source("2026-02-01", fictitious=True)
ALL = tuple(area.code for area in areas("gemeente"))
EMMEN, ASSEN, MEPPEL = "GM0114", "GM0106", "GM0119"


def an_object(code, conclusion):
    return {"gemeente_code": code, "conclusie": conclusion}


def yard(uuid, code, distance=None, neighbours=None):
    return {"uuid": uuid, "gemeente_code": code, "afstand_woning_m": distance, "woningen_250m": neighbours}


def visit(uuid, yard_uuid, outcome="toegang_verleend"):
    return {"uuid": uuid, "bedrijf_uuid": yard_uuid, "uitkomst": outcome}


def finding(visit_uuid, seen="waargenomen"):
    return {"bezoek_uuid": visit_uuid, "waarneming": seen}


def rated(indicator, area, own=ALL, **layers):
    names = {
        "objects": "leegstand_object",
        "yards": "agrarisch_bedrijf",
        "visits": "erfbezoek",
        "findings": "bevinding",
    }
    _, values = rural_rates(
        {layer: layers.get(name, []) for name, layer in names.items()},
        SOURCE,
        audience="team",
        municipalities=own,
    )
    found = [value for value in values if (value.indicator, value.area) == (indicator, area)]
    return (found[0].value, found[0].n, found[0].status, found[0].note) if found else None


VACANCY, DISTANCE, ALONE = (
    "leegstand_object_aandeel_leeg", "agrarisch_bedrijf_afstand_woning", "agrarisch_bedrijf_zonder_buren",
)  # fmt: skip
FINDINGS, COVERAGE = "bevinding_per_100_erven", "erfbezoek_dekking"
OBJECTS = [
    an_object(EMMEN, "leeg"), an_object(EMMEN, "gedeeltelijk_leeg"), an_object(EMMEN, "in_gebruik"),
    an_object(EMMEN, "in_gebruik"), an_object(EMMEN, "onbekend"), an_object(ASSEN, "onbekend"),
]  # fmt: skip


def test_vacancy_is_divided_by_the_objects_judged_and_says_how_many_were_not():
    value, n, status, note = rated(VACANCY, EMMEN, objects=OBJECTS)
    assert (value, n, status) == (50.0, 4, "geteld")
    assert note == "1 leeg en 1 gedeeltelijk leeg van 4 beoordeelde objecten; 1 object is niet beoordeeld."


def test_not_judged_and_nothing_recorded_are_states_and_no_zero():
    assert rated(VACANCY, ASSEN, objects=OBJECTS)[:3] == (None, 0, "niet_beoordeeld")
    assert rated(VACANCY, MEPPEL, objects=OBJECTS)[:3] == (None, None, "niets_vastgelegd")


def test_all_judged_and_none_empty_is_a_zero_that_was_looked_at():
    assert rated(VACANCY, ASSEN, objects=[an_object(ASSEN, "in_gebruik")] * 3)[:3] == (0.0, 3, "geteld")


YARDS = [
    yard("a", EMMEN, 100.0, 2), yard("b", EMMEN, 400.0, 0), yard("c", EMMEN, 900.0, 0), yard("d", EMMEN),
    yard("e", ASSEN),
]  # fmt: skip


def test_remoteness_is_of_the_yards_that_were_measured():
    assert rated(DISTANCE, EMMEN, yards=YARDS)[:3] == (400.0, 3, "geteld")
    value, n, status, note = rated(ALONE, EMMEN, yards=YARDS)
    assert (round(value, 1), n, status) == (66.7, 3, "geteld")
    assert note == "2 van 3 erven; van 1 erf is het niet gemeten."
    assert rated(DISTANCE, ASSEN, yards=YARDS)[:3] == (None, 0, "niet_bekeken")
    assert rated(DISTANCE, MEPPEL, yards=YARDS)[:3] == (None, None, "niets_vastgelegd")


VISITS = [
    visit("1", "a"), visit("2", "a", "niemand_aanwezig"), visit("3", "b", "van_buiten_bekeken"),
    visit("4", "c", "niemand_aanwezig"), visit("5", None),
]  # fmt: skip


def test_findings_are_per_100_yards_that_were_seen():
    seen = [
        finding("1"),
        finding("1", "niet_waargenomen"),
        finding("2"),
        finding("3", "niet_bekeken"),
        finding("5"),
    ]
    layers = {"yards": YARDS, "visits": VISITS, "findings": seen}
    assert rated(FINDINGS, EMMEN, **layers)[:3] == (100.0, 2, "geteld")
    assert rated(FINDINGS, ASSEN, **layers)[:3] == (None, None, "niet_bezocht")
    assert rated(FINDINGS, MEPPEL, **layers)[:3] == (None, None, "niets_vastgelegd")


def test_coverage_counts_a_yard_once_and_an_attempt_not():
    value, n, status, note = rated(COVERAGE, EMMEN, yards=YARDS, visits=VISITS)
    assert (value, n, status) == (50.0, 4, "geteld")
    assert note == "2 van 4 erven bezocht; bij 1 andere was een bezoek zonder resultaat."
    assert rated(COVERAGE, ASSEN, yards=YARDS, visits=VISITS)[:3] == (0.0, 1, "niet_bezocht")


def test_a_region_is_a_share_of_sums_and_a_median_of_yards():
    region = next(
        one for one in areas("surveyregio") if EMMEN in {member.code for member in members(one.code)}
    )
    more = [*OBJECTS, *[an_object("GM0109", "leeg")] * 6]
    assert rated(VACANCY, region.code, objects=more)[:2] == (80.0, 10)
    assert rated(DISTANCE, "PV22", yards=[*YARDS, yard("f", ASSEN, 500.0, 0)])[:2] == (450.0, 4)


def test_an_area_that_is_not_wholly_of_the_team_has_no_figure():
    assert rated(VACANCY, EMMEN, own=(EMMEN,), objects=OBJECTS[:5])[0] == 50.0
    assert rated(VACANCY, "PV22", own=(EMMEN,), objects=OBJECTS[:5]) is None


def test_every_figure_says_what_it_is_divided_by_and_has_no_favourable_direction():
    indicators, values = rural_rates(
        {"leegstand_object": OBJECTS, "agrarisch_bedrijf": YARDS, "erfbezoek": VISITS, "bevinding": []},
        SOURCE, audience="team", municipalities=ALL,
    )  # fmt: skip
    assert [one.id for one in indicators] == [VACANCY, DISTANCE, ALONE, FINDINGS, COVERAGE]
    assert all(one.denominator and one.caution and one.definition for one in indicators)
    assert {one.direction for one in indicators} == {"geen"}
    assert {value.level for value in values} == {"gemeente", "surveyregio", "provincie"}


@pytest.mark.parametrize("audience", ["openbaar", "partners", "iedereen"])
def test_nobody_but_a_team_gets_a_rate(audience):
    assert may_be_rated(audience) == ()
    assert rural_rates({"leegstand_object": OBJECTS}, SOURCE, audience=audience, municipalities=ALL) == (
        (),
        (),
    )


def test_a_field_that_may_not_leave_takes_its_figure_along(monkeypatch):
    allowed = disclosure.may_leave
    monkeypatch.setattr(
        "atlas.core.counts.rural_rates.may_leave",
        lambda layer, field, audience: field != "waarneming" and allowed(layer, field, audience),
    )
    indicators, _ = rural_rates(
        {"agrarisch_bedrijf": YARDS, "erfbezoek": VISITS}, SOURCE, audience="team", municipalities=ALL
    )
    assert [one.id for one in indicators] == [DISTANCE, ALONE]
