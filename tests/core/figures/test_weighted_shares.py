"""Weighted shares beside R's survey, on a made-up panel (tests/data/panel, with the script of R)."""

import csv
import gzip
import io
import math
from pathlib import Path

import pytest

from atlas.core.figures.estimates import wilson
from atlas.core.figures.weighted_shares import Respondents
from atlas.core.words.errors import AtlasError

FOLDER = Path(__file__).parents[2] / "data" / "panel"
QUESTIONS = [*(f"v{number:02d}" for number in range(1, 11)), "v59", "v60"]


@pytest.fixture(scope="module")
def panel():
    text = gzip.decompress((FOLDER / "FICTIEF_panel.csv.gz").read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def golden():
    with (FOLDER / "golden.csv").open(newline="") as file:
        return {(row["design"], row["domein"], row["vraag"]): row for row in csv.DictReader(file)}


@pytest.mark.parametrize("design", ["gewicht", "strata"])
def test_every_share_and_standard_error_is_that_of_r(panel, golden, design):
    strata = [row["strat"] for row in panel] if design == "strata" else None
    respondents = Respondents([float(row["weging"]) for row in panel], strata)
    domains = [("totaal", row["provincie"], row["regio"], row["gemeente"]) for row in panel]
    seen = 0
    for question in QUESTIONS:
        answers = [None if row[question] == "" else row[question] == "1" for row in panel]
        for domain, share in respondents.shares(answers, domains).items():
            expected = golden.get((design, domain, question))
            if expected is None:  # R has municipalities without strata only
                continue
            seen += 1
            assert share.n == int(expected["n"])
            assert math.isclose(share.share, float(expected["p"]), abs_tol=1e-9)
            assert math.isclose(share.standard_error, float(expected["se"]), abs_tol=1e-9)
    assert seen == sum(key[0] == design and row["p"] != "NA" for key, row in golden.items())


def test_respondents_are_worth_the_least_of_three():
    weights = [1.0, 1.0, 1.0, 3.0] * 25
    share = Respondents(weights).shares([True, False, False, True] * 25, [("x",)] * 100)["x"]
    by_error = share.share * (1 - share.share) / share.standard_error**2
    assert share.n_effective == min(share.n_kish, by_error, 100)
    assert share.n_effective < 100
    low, high = wilson(share.share, share.n_effective)
    assert (share.estimate().low, share.estimate().high) == (100 * low, 100 * high)


def test_equal_answers_are_worth_what_the_weights_say_and_never_certain():
    share = Respondents([1.0, 2.0] * 30).shares([True] * 60, [("x",)] * 60)["x"]
    assert share.standard_error == 0
    assert share.n_effective == share.n_kish < 60
    assert share.estimate().low < 100


def test_a_share_on_four_answers_is_withheld_whatever_its_width():
    answers = [True] * 4 + [False] * 496
    found = Respondents([1.0] * 500).shares(answers, [("x",)] * 500)["x"].estimate()
    assert found.status == "te_weinig_respondenten"
    answers[4] = True
    assert Respondents([1.0] * 500).shares(answers, [("x",)] * 500)["x"].estimate().status == "ok"


@pytest.mark.parametrize(
    ("weights", "title"),
    [
        ([1.0, None, 1.0], "Niet elke respondent heeft een gewicht."),
        ([1.0, -1.0, 1.0], "Een gewicht is een getal van nul of hoger."),
        ([1.0, math.nan, 1.0], "Een gewicht is een getal van nul of hoger."),
        ([0.0, 0.0], "Er is ten minste één gewicht boven nul nodig."),
    ],
)
def test_weights_that_say_nothing_are_refused(weights, title):
    with pytest.raises(AtlasError) as refused:
        Respondents(weights)
    assert refused.value.title == title


def test_a_stratum_of_one_is_refused_without_its_name():
    with pytest.raises(AtlasError) as refused:
        Respondents([1.0] * 3, ["a", "a", "b"])
    assert refused.value.got == "1 van de 2 strata"  # what it is called may be the key of a respondent


def test_who_has_no_weight_of_its_own_takes_no_part():
    found = Respondents([1.0, 1.0, 0.0]).shares([True, False, True], [("x",)] * 3)["x"]
    assert (found.share, found.n, found.hits) == (0.5, 2, 1)


def test_a_person_in_both_waves_is_counted_once():
    answers = ([True] * 40 + [False] * 60) * 2
    later = [False] * 100 + [True] * 100
    respondents = Respondents([1.0] * 200)
    *shares, same = respondents.change_error(answers, later, [*range(100), *range(100)])
    assert [share.share for share in shares] == [0.4, 0.4]
    assert same == pytest.approx(0, abs=1e-12)  # everyone said the same twice
    *_shares, others = respondents.change_error(answers, later, list(range(200)))
    apart = math.hypot(*(share.standard_error for share in shares))
    assert others == pytest.approx(apart, rel=0.01)
    assert respondents.change_error(answers, [True] * 200, list(range(200))) is None
