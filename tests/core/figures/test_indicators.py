"""The catalogue: what a map, its references and its states are made of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.figures.estimates import STATUSES
from atlas.core.figures.indicators import Catalogue, Source, Value, estimate_for, load_catalogue
from atlas.core.words.errors import AtlasError

OPENING = "zorgen_georganiseerde_criminaliteit_buurt"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def a_value(level, period, area="PV22"):
    return Value(OPENING, level, area, period, 1.0, None, None, None, "ok", "")


def test_the_first_indicator_opens_at_the_level_of_the_survey_regions(catalogue):
    assert catalogue.indicators[0].id == OPENING
    assert catalogue.views(OPENING)[0] == ("surveyregio", "2025-11")


def test_a_figure_is_offered_only_at_the_levels_where_it_was_measured(catalogue):
    assert catalogue.views(OPENING) == (("surveyregio", "2025-11"), ("provincie", "2025-11"))
    levels = {
        indicator.id: {level for level, _ in catalogue.views(indicator.id)}
        for indicator in catalogue.indicators
    }
    assert all(found == {"provincie"} for key, found in levels.items() if key != OPENING)


def test_views_run_from_small_areas_to_large_and_from_new_to_old(catalogue):
    values = tuple(
        a_value(*pair)
        for pair in [("provincie", "2024"), ("land", "2025"), ("gemeente", "2024"), ("gemeente", "2025")]
    )
    several = replace(catalogue, values=values)
    assert several.views(OPENING) == (("gemeente", "2025"), ("gemeente", "2024"), ("provincie", "2024"))


def test_a_national_figure_is_a_reference_and_never_a_map(catalogue):
    monitor = "veel_criminaliteit_buurt_veiligheidsmonitor"
    assert catalogue.views(monitor) == (("provincie", "2023"),)
    assert [value.area for value in catalogue.references(monitor, "2023")] == ["PV22", "PV20", "NL00"]
    assert all(level != "land" for item in catalogue.indicators for level, _ in catalogue.views(item.id))


def test_the_references_of_the_opening_map_are_the_two_provinces_of_that_period(catalogue):
    found = {value.area: value.value for value in catalogue.references(OPENING, "2025-11")}
    assert found == {"PV22": 23.0, "PV20": 26.0}
    assert catalogue.references(OPENING, "2019") == ()


def test_values_of_a_map_are_of_that_level_and_period_only(catalogue):
    values = catalogue.values_of(OPENING, "surveyregio", "2025-11")
    assert [value.area for value in values] == [f"SR0{number}" for number in range(1, 9)]
    assert catalogue.values_of(OPENING, "surveyregio", "2024-11") == ()
    assert catalogue.values_of(OPENING, "gemeente", "2025-11") == ()


def test_an_unknown_indicator_is_refused_and_the_nearest_is_named(catalogue):
    with pytest.raises(AtlasError, match="Dit cijfer bestaat niet in de atlas") as raised:
        catalogue.views("zorgen_georganiseerde_criminaliteit")
    assert raised.value.hint == f"Bedoelde u {OPENING}?"
    with pytest.raises(AtlasError) as raised:
        catalogue.indicator("")
    assert raised.value.hint == ""


def test_every_figure_has_a_known_state_and_says_how_sure_it_is(catalogue):
    for value in catalogue.values:
        assert value.status in STATUSES
        assert value.note.endswith(".")
        assert (value.low is None) == (value.high is None)
        assert value.low is None or value.low <= value.value <= value.high
        assert value.low is not None or value.status == "indicatief"


def test_the_note_of_a_region_says_what_its_n_counts(catalogue):
    for value in catalogue.values_of(OPENING, "surveyregio", "2025-11"):
        assert "ontwerpeffect 3 aangenomen" in value.note
        assert "hoeveel van hen deze vraag beantwoordden staat niet in de tekstversie" in value.note
    for value in catalogue.values_of(OPENING, "provincie", "2025-11"):
        assert "beantwoordden" not in value.note


def test_the_province_of_groningen_has_a_wider_interval_and_says_why(catalogue):
    for value in catalogue.values:
        if value.low is not None:
            assumed = 4 if value.area == "PV20" else 3
            assert f"ontwerpeffect {assumed} aangenomen. De weging naar leeftijd alleen" in value.note
            assert ("vier van de tien inwoners" in value.note) == (value.area == "PV20")


def test_another_design_effect_gives_other_intervals_and_is_named(catalogue):
    wide = load_catalogue(4.0).values_of(OPENING, "surveyregio", "2025-11")
    for narrow, value in zip(catalogue.values_of(OPENING, "surveyregio", "2025-11"), wide, strict=True):
        assert value.high - value.low > narrow.high - narrow.low
        assert "ontwerpeffect 4 aangenomen" in value.note


@given(st.floats(0, 1e9), st.none() | st.integers(1, 10_000), st.sampled_from(["percent", "count", "eur"]))
def test_a_count_is_always_firm_without_interval(value, n, unit):
    counted = replace(load_catalogue().indicators[0], measure="telling", unit=unit)
    estimate = estimate_for(counted, value, n)
    nothing = value == 0 and unit in ("count", "per_1000", "per_km2")
    assert estimate.status == ("niets_vastgelegd" if nothing else "geteld")
    assert (estimate.low, estimate.high) == (None, None)


@given(st.floats(0, 100), st.none() | st.integers(1, 10_000))
def test_a_model_outcome_is_always_indicative_without_interval(value, n):
    modelled = replace(load_catalogue().indicators[0], measure="model")
    estimate = estimate_for(modelled, value, n)
    assert (estimate.status, estimate.low, estimate.high, estimate.n) == ("indicatief", None, None, n)
    assert "rekenmodel" in estimate.note


def test_a_mean_without_its_spread_is_indicative():
    grade = replace(load_catalogue().indicators[0], unit="grade_0_10")
    assert estimate_for(grade, 7.9, 2332).status == "indicatief"


def test_a_published_design_effect_is_passed_on():
    estimate = estimate_for(load_catalogue().indicators[0], 21.0, 1037, design_effect=1.5, published=True)
    assert "gepubliceerde ontwerpeffect 1,50" in estimate.note


def test_a_source_is_cited_with_what_is_known_about_it(catalogue):
    assert catalogue.indicators[0].source.citation.endswith(
        "in Drenthe en Groningen (Trendbureau Drenthe en Sociaal Planbureau Groningen, februari 2026)"
    )
    assert Source("x", "Eigen tabel", "", "2025", "").citation == "Eigen tabel (2025)"
    assert Source("x", "Eigen tabel", "", "", "").citation == "Eigen tabel"
