"""Sentences for a memo: what may be said of a figure and of two, and what is refused."""

from __future__ import annotations

import dataclasses
import json

import pytest

from atlas.core.areas import divisions as division
from atlas.core.figures.edition import Edition
from atlas.core.figures.estimates import survey_estimate, wilson
from atlas.core.figures.indicators import Value, load_catalogue
from atlas.core.figures.payload import build_payload
from atlas.core.figures.statements import compare, sentence_of
from atlas.core.words.errors import AtlasError

CONCERN = "zorgen_georganiseerde_criminaliteit_buurt"
SQUARE = {"type": "MultiPolygon", "coordinates": [[[[6, 53], [7, 53], [7, 54], [6, 53]]]]}


def boundaries():
    shape = {"geometry": SQUARE, "anchor": [6.5, 53.2]}
    return {level.id: {area.code: shape for area in division.areas(level.id)} for level in division.levels()}


def shown(catalogue=None, indicator=CONCERN, level="surveyregio"):
    payload = build_payload(catalogue or load_catalogue(), boundaries(), "CBS", Edition()).content
    found = next(entry for entry in payload["indicators"] if entry["id"] == indicator)
    return payload, found, next(view for view in found["views"] if view["level"] == level)


def changed(change, level="surveyregio"):
    """The catalogue with every figure of the opening indicator at a level changed."""
    catalogue = load_catalogue()
    values = tuple(
        change(value) if (value.indicator, value.level) == (CONCERN, level) else value
        for value in catalogue.values
    )
    return dataclasses.replace(catalogue, values=values)


def published(figures):
    """Figures with a design effect that their source publishes: area -> (percent, n)."""

    def change(value: Value) -> Value:
        if value.area not in figures:
            return value
        percent, n = figures[value.area]
        estimate = survey_estimate(percent, n, design_effect=1.0, published=True)
        return dataclasses.replace(
            value, value=percent, low=estimate.low, high=estimate.high, n=n, status=estimate.status,
            n_effective=estimate.n_effective, ground=estimate.ground,
        )  # fmt: skip

    return changed(change)


def test_what_is_not_for_everyone_says_so_where_it_is_pasted():
    edition = Edition(audience="team")
    payload = build_payload(load_catalogue(), boundaries(), "CBS", edition).content
    found = next(entry for entry in payload["indicators"] if entry["id"] == CONCERN)
    view = next(view for view in found["views"] if view["level"] == "surveyregio")
    kept = "Alleen voor het team: geef dit niet verder door."
    assert sentence_of(payload, found, view, "SR01").endswith(kept)
    assert compare(payload, found, view, "SR01", "SR02").about.endswith(kept)
    assert "niet verder door" not in sentence_of(*shown(), "SR01")


def test_a_sentence_has_figure_interval_respondents_period_base_and_source():
    said = sentence_of(*shown(), "SR01")
    assert said.startswith(
        "Bezorgd over georganiseerde criminaliteit in de eigen buurt: 21% in Noord-Drenthe, "
    )
    for part in (
        "november 2025",
        "95%-interval 17–26%; 1.037 respondenten",
        "Onder wie: Alle invullers",
        "Let op: Dit is een gevoel",
        "Bron: ",
    ):
        assert part in said
    assert ".." not in said
    about = compare(*shown(), "SR01", "SR02").about
    assert all(
        part in about for part in ("november 2025.", "Onder wie: ", "Let op: Dit is een gevoel", "Bron: ")
    )


@pytest.mark.parametrize("status", ["te_weinig_respondenten", "onderdrukt", "geen_gegevens"])
def test_a_figure_that_is_withheld_has_no_sentence(status):
    seen = shown(changed(lambda value: dataclasses.replace(value, status=status)))
    with pytest.raises(AtlasError, match="geen cijfer om door te geven"):
        sentence_of(*seen, "SR01")
    with pytest.raises(AtlasError, match="geen cijfer om door te geven"):
        compare(*seen, "SR01", "SR02")


def test_with_an_assumed_design_effect_nobody_hears_which_is_higher():
    payload, indicator, view = shown()
    assert view["pairs"] == {}
    told = compare(payload, indicator, view, "SR01", "SR08")
    assert told.first.startswith("Noord-Drenthe: 21% (95%-interval ")
    assert told.second.startswith("Eemsdelta/Midden-Groningen: 30% (95%-interval ")
    assert told.verdict.startswith("Deze kaart kan niet zeggen welke van de twee hoger is.")
    assert "hoger dan" not in told.verdict


def test_with_a_published_one_a_large_difference_has_its_margin_whichever_is_named_first():
    seen = shown(published({"SR01": (20.0, 1000), "SR08": (35.0, 1000)}))
    for pair in (("SR01", "SR08"), ("SR08", "SR01")):
        assert compare(*seen, *pair).verdict == (
            "In Eemsdelta/Midden-Groningen is het cijfer aantoonbaar hoger dan in Noord-Drenthe: het "
            "verschil is 15,0 procentpunt (95%-interval 11,1 tot 18,8)."
        )


def test_a_difference_that_stands_alone_may_be_chance_among_all_pairs_of_the_map():
    figures = {f"SR0{number}": (25.0, 800) for number in range(1, 8)} | {"SR08": (29.5, 800)}
    seen = shown(published(figures))
    told = compare(*seen, "SR01", "SR08").verdict
    assert "geen verschil aangetoond" in told
    assert "28 paren" in told
    assert "niet dat ze gelijk zijn" in told
    alone = published({"SR01": (25.0, 800), "SR08": (29.5, 800)})
    assert "aantoonbaar hoger" in compare(*shown(alone), "SR01", "SR08").verdict


def test_the_margin_is_that_of_newcombe_on_both_intervals():
    _, _, view = shown(published({"SR01": (20.0, 1000), "SR08": (35.0, 500)}))
    (pair,) = view["pairs"].values()
    sign = 1 if "SR01 SR08" in view["pairs"] else -1
    points, *ends, _ = (sign * int(part) for part in pair.split())
    low, high = sorted(ends)
    (low_1, high_1), (low_8, high_8) = wilson(0.2, 1000), wilson(0.35, 500)
    assert points == -150
    assert low == round(1000 * (-0.15 - ((0.2 - low_1) ** 2 + (high_8 - 0.35) ** 2) ** 0.5))
    assert high == round(1000 * (-0.15 + ((high_1 - 0.2) ** 2 + (0.35 - low_8) ** 2) ** 0.5))


def test_an_audience_that_may_not_see_the_margins_hears_no_verdict():
    figures = {"SR01": (20.0, 1000), "SR08": (35.0, 1000)}
    hidden = published(figures)
    values = tuple(dataclasses.replace(value, low=None, high=None) for value in hidden.values)
    _, _, view = shown(dataclasses.replace(hidden, values=values))
    assert view["pairs"] == {}


def test_an_area_is_not_compared_with_itself():
    with pytest.raises(AtlasError, match="twee keer hetzelfde gebied"):
        compare(*shown(), "SR01", "SR01")


def test_the_wording_goes_along_as_data():
    payload, _, _ = shown()
    assert json.loads(json.dumps(payload["sentences"])) == payload["sentences"]
