"""Intervals, the publication rule and differences, against statsmodels and against the table in the docs."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)

from atlas.core.figures.differences import Difference, NoVerdict, difference, holm, overlap_note
from atlas.core.figures.estimates import (
    STATUSES,
    VERDICT_GROUNDS,
    count_estimate,
    effective_n,
    publication_status,
    survey_estimate,
    weighted_proportion,
    wilson,
    without_interval,
)
from atlas.core.words.errors import AtlasError

FIGURES = Path(__file__).parents[3] / "docs" / "figures.md"

proportions = st.floats(0, 1)
effective_ns = st.floats(0.5, 1e6)
percents = st.floats(0, 100)


def documented_table(marker: str) -> list[list[str]]:
    text = FIGURES.read_text(encoding="utf-8").split(f"<!-- {marker} -->")[1].split("<!-- end -->")[0]
    lines = [line for line in text.strip().splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def number(cell: str) -> float | None:
    return float(cell) if cell else None


# --- Wilson -----------------------------------------------------------------------------------------------


@given(proportions, effective_ns, st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_wilson_agrees_with_statsmodels_also_for_a_fractional_n(proportion, n, confidence):
    low, high = wilson(proportion, n, confidence)
    expected = proportion_confint(proportion * n, n, alpha=1 - confidence, method="wilson")
    assert (low, high) == pytest.approx(expected, abs=1e-9)


@given(proportions, effective_ns)
def test_wilson_always_holds_the_proportion_and_stays_between_0_and_1(proportion, n):
    low, high = wilson(proportion, n)
    assert 0 <= low <= high <= 1
    assert low - 1e-12 <= proportion <= high + 1e-12


@given(effective_ns)
def test_wilson_at_nobody_and_everybody_has_an_exact_end_and_a_real_width(n):
    assert wilson(0, n)[0] == 0.0
    assert wilson(1, n)[1] == 1.0
    assert wilson(0, n)[1] > 0
    assert wilson(1, n)[0] < 1


@given(proportions, effective_ns)
def test_wilson_is_the_same_seen_from_the_other_side(proportion, n):
    low, high = wilson(proportion, n)
    other_low, other_high = wilson(1 - proportion, n)
    assert (1 - other_high, 1 - other_low) == pytest.approx((low, high), abs=1e-9)


def test_wilson_of_0_in_20_is_0_to_16_percent():
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=1e-4)


@pytest.mark.parametrize(
    ("proportion", "n", "confidence", "title"),
    [
        (-0.01, 10, 0.95, "Een aandeel ligt tussen 0 en 1."),
        (21, 10, 0.95, "Een aandeel ligt tussen 0 en 1."),
        (math.nan, 10, 0.95, "Een aandeel ligt tussen 0 en 1."),
        (0.5, 0, 0.95, "Het effectieve aantal respondenten moet groter dan nul zijn."),
        (0.5, -3, 0.95, "Het effectieve aantal respondenten moet groter dan nul zijn."),
        (0.5, math.nan, 0.95, "Het effectieve aantal respondenten moet groter dan nul zijn."),
        (0.5, math.inf, 0.95, "Het effectieve aantal respondenten moet groter dan nul zijn."),
        (0.5, 10, 1.0, "De betrouwbaarheid ligt tussen 0 en 1."),
        (0.5, 10, 0.0, "De betrouwbaarheid ligt tussen 0 en 1."),
    ],
)
def test_wilson_refuses_what_is_no_proportion_or_number_of_people(proportion, n, confidence, title):
    with pytest.raises(AtlasError, match=f"^{title}"):
        wilson(proportion, n, confidence)


# --- weights ----------------------------------------------------------------------------------------------


@given(st.lists(st.floats(1e-200, 1e200), min_size=1, max_size=50))
def test_effective_n_is_never_more_than_n_and_never_less_than_one(weights):
    assert 1 - 1e-9 <= effective_n(weights) <= len(weights) + 1e-9


@given(st.integers(1, 500), st.floats(1e-3, 1e3))
def test_equal_weights_are_worth_n(n, weight):
    assert effective_n([weight] * n) == pytest.approx(n)


@given(st.lists(st.floats(0.01, 100), min_size=2, max_size=50))
def test_effective_n_is_n_divided_by_one_plus_the_squared_variation_of_the_weights(weights):
    mean = sum(weights) / len(weights)
    variation = sum((weight - mean) ** 2 for weight in weights) / len(weights) / mean**2
    assert effective_n(weights) == pytest.approx(len(weights) / (1 + variation))


def test_weighted_proportion_counts_weight_not_heads():
    assert weighted_proportion([True, False, False], [2, 1, 1]) == 0.5
    assert weighted_proportion([True, False], [0, 3]) == 0.0


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [1, math.nan], [1, math.inf]])
def test_weights_that_mean_nothing_are_refused(weights):
    with pytest.raises(AtlasError, match="gewicht"):
        effective_n(weights)
    with pytest.raises(AtlasError, match="gewicht"):
        weighted_proportion([True] * len(weights), weights)


def test_every_answer_needs_its_weight():
    with pytest.raises(AtlasError, match="Elk antwoord heeft één gewicht nodig"):
        weighted_proportion([True, False], [1.0])


# --- the publication rule ---------------------------------------------------------------------------------


@pytest.mark.parametrize("case", documented_table("cases"), ids=lambda case: case[6])
def test_publication_rule_decides_every_case_of_the_table_in_the_docs(case):
    n, respondents, percent, low, high, state, _ = case
    found = publication_status(float(percent), number(low), number(high), number(n), number(respondents))
    assert found == state


def test_the_table_in_the_docs_shows_each_outcome_of_the_rule():
    states = {case[5] for case in documented_table("cases")}
    assert states == {"ok", "indicatief", "te_weinig_respondenten"} < set(STATUSES)


@given(percents, st.floats(1, 1e6))
def test_more_respondents_never_make_a_figure_less_publishable(percent, n):
    rank = ["te_weinig_respondenten", "indicatief", "ok"].index
    assert rank(survey_estimate(percent, n).status) <= rank(survey_estimate(percent, 2 * n).status)


# --- estimates --------------------------------------------------------------------------------------------


def test_survey_interval_rests_on_n_divided_by_the_design_effect():
    estimate = survey_estimate(21, 1037)
    assert estimate.n == 1037
    assert estimate.n_effective == pytest.approx(1037 / 3)
    assert (estimate.low, estimate.high) == pytest.approx(
        [100 * end for end in proportion_confint(0.21 * 1037 / 3, 1037 / 3, method="wilson")]
    )


def test_an_assumed_design_effect_is_called_an_approximation_and_a_published_one_is_not():
    assumed = survey_estimate(21, 1037, ground="Dat volgt uit de leeftijden.").note
    for said in (
        "benadering",
        "ontwerpeffect 3 aangenomen",
        "gewichten zijn niet bekend",
        "Dat volgt uit de leeftijden.",
        "geen aselecte steekproef",
    ):
        assert said in assumed
    published = survey_estimate(21, 1037, design_effect=1.62, published=True).note
    assert "gepubliceerde ontwerpeffect 1,62" in published
    assert "aangenomen" not in published


@given(st.floats(0, 100), st.integers(1, 5000))
def test_a_share_of_fewer_than_five_respondents_is_withheld_however_large_the_sample(percent, n):
    withheld = survey_estimate(percent, n, design_effect=1).status == "te_weinig_respondenten"
    assert withheld or round(n * percent / 100, 9) >= 5


def test_the_count_of_the_answers_themselves_goes_before_n_times_the_percentage():
    assert survey_estimate(20, 1000).status == "ok"
    assert survey_estimate(20, 1000, respondents=4).status == "te_weinig_respondenten"
    assert survey_estimate(0.4, 1200, design_effect=1).status == "te_weinig_respondenten"
    assert survey_estimate(0.4, 1200, design_effect=1, respondents=5).status == "ok"


def test_one_respondent_is_never_a_figure_of_an_area():
    assert survey_estimate(100, 1).status == "te_weinig_respondenten"
    assert without_interval(7.9, 1, "de spreiding is onbekend").status == "te_weinig_respondenten"


# --- what intervals say of the order ----------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), max_size=12))
def test_the_sentence_on_overlap_counts_the_pairs_of_intervals_that_share_a_point(found):
    intervals = [(low, low + width) for low, width in found]
    pairs = list(combinations(intervals, 2))
    shared = sum(one[0] <= other[1] and other[0] <= one[1] for one, other in pairs)
    said = overlap_note(intervals)
    if not pairs:
        assert said == ""
    elif not shared:
        assert "overlappen elkaar niet" in said
    elif shared == len(pairs):
        assert said.startswith("De intervallen overlappen elkaar:")
    else:
        assert f"Bij {shared} van de {len(pairs)} paren" in said
    assert ("sluit een verschil niet uit" in said) == (shared > 0)


def test_without_n_there_is_no_interval_and_the_figure_is_indicative():
    estimate = survey_estimate(6, None)
    assert (estimate.low, estimate.high, estimate.n, estimate.n_effective) == (None, None, None, None)
    assert estimate.status == "indicatief"
    assert estimate.note == ("Geen interval mogelijk: het aantal respondenten bij deze vraag is niet bekend.")


def test_a_figure_without_possible_interval_is_indicative_and_says_why():
    estimate = without_interval(7.9, 2332, "de spreiding is niet gepubliceerd")
    assert (estimate.value, estimate.low, estimate.high, estimate.n) == (7.9, None, None, 2332)
    assert estimate.status == "indicatief"
    assert estimate.note == "Geen interval mogelijk: de spreiding is niet gepubliceerd."


def test_a_full_count_is_firm_and_has_no_interval():
    estimate = count_estimate(144)
    assert (estimate.value, estimate.low, estimate.high, estimate.status) == (144, None, None, "geteld")


@pytest.mark.parametrize("percent", [-0.1, 100.1, math.nan, math.inf])
def test_a_percentage_outside_0_to_100_is_refused(percent):
    with pytest.raises(AtlasError, match="Een percentage ligt tussen 0 en 100"):
        survey_estimate(percent, 500)


@pytest.mark.parametrize("n", [0, -1, math.nan, math.inf])
def test_an_n_of_nobody_is_refused(n):
    with pytest.raises(AtlasError, match="aantal respondenten moet groter dan nul zijn"):
        survey_estimate(20, n)


@pytest.mark.parametrize("design_effect", [0, -2, math.nan])
def test_a_design_effect_of_nothing_is_refused(design_effect):
    with pytest.raises(AtlasError, match="ontwerpeffect moet groter dan nul zijn"):
        survey_estimate(20, 500, design_effect=design_effect)


# --- differences ------------------------------------------------------------------------------------------


@given(st.integers(0, 300), st.integers(0, 300), st.integers(300, 3000), st.integers(300, 3000))
def test_difference_agrees_with_newcombe_and_the_pooled_test_of_statsmodels(hits_a, hits_b, n_a, n_b):
    found = difference(
        survey_estimate(100 * hits_a / n_a, n_a, design_effect=1),
        survey_estimate(100 * hits_b / n_b, n_b, design_effect=1),
        ground="microdata",
    )
    assert isinstance(found, Difference)
    low, high = confint_proportions_2indep(hits_a, n_a, hits_b, n_b, method="newcomb", compare="diff")
    assert (found.low, found.high) == pytest.approx((100 * low, 100 * high), abs=1e-6)
    if 0 < hits_a + hits_b < n_a + n_b:
        z, p_value = proportions_ztest([hits_a, hits_b], [n_a, n_b])
        assert (found.z, found.p_value) == pytest.approx((z, p_value), abs=1e-6)


@pytest.mark.parametrize("percent", [0, 100])
def test_two_areas_where_all_answer_alike_do_not_differ(percent):
    found = difference(survey_estimate(percent, 400), survey_estimate(percent, 90), ground="microdata")
    assert isinstance(found, Difference)
    assert (found.points, found.z, found.p_value) == (0, 0, 1)
    assert found.low < 0 < found.high


@given(percents, percents, st.floats(60, 1e4), st.floats(60, 1e4))
def test_a_difference_seen_from_the_other_area_is_its_mirror(first, second, n_first, n_second):
    a, b = survey_estimate(first, n_first), survey_estimate(second, n_second)
    there, back = difference(a, b, ground="microdata"), difference(b, a, ground="microdata")
    assert (there.points, there.low, there.high) == pytest.approx(
        (-back.points, -back.high, -back.low), abs=1e-6
    )
    assert there.p_value == pytest.approx(back.p_value, abs=1e-9)


@given(st.text())
def test_without_microdata_or_a_published_design_effect_there_is_never_a_verdict(ground):
    if ground not in VERDICT_GROUNDS:
        refused = difference(survey_estimate(20, 500), survey_estimate(30, 500), ground=ground)
        assert isinstance(refused, NoVerdict)
        assert "antwoorden per persoon" in refused.reason


@pytest.mark.parametrize("ground", VERDICT_GROUNDS)
def test_without_n_there_is_no_verdict_and_the_reason_is_said(ground):
    refused = difference(survey_estimate(6, None), survey_estimate(9, 2149), ground=ground)
    assert isinstance(refused, NoVerdict)
    assert "aantal respondenten onbekend" in refused.reason


@settings(max_examples=8)  # statsmodels takes a while over each
@given(st.lists(proportions, min_size=1, max_size=12))
def test_holm_agrees_with_statsmodels(p_values):
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1], abs=1e-12)


def test_holm_of_nothing_is_nothing():
    assert holm([]) == ()


@pytest.mark.parametrize("p_value", [-0.1, 1.1, math.nan])
def test_holm_refuses_what_is_no_p_value(p_value):
    with pytest.raises(AtlasError, match="p-waarde"):
        holm([0.04, p_value])


@pytest.mark.parametrize(("low", "high"), [(None, 30), (20, None), (None, None)])
def test_half_an_interval_is_no_interval(low, high):
    assert publication_status(25, low, high, 400) == "indicatief"
