"""Figures of one area as a whole: as the sources print them, and never on the map."""

import pytest

from atlas.core.figures.background import background
from atlas.core.figures.indicators import load_catalogue
from atlas.core.files.embedded import read_embedded_csv

GROUPS = {group["label"]: group for group in background()}
FIGURES = {figure["label"]: (group, figure) for group in GROUPS.values() for figure in group["figures"]}

#: label -> figures, read once more from the source, whose columns run from 2024 back to 2020
READ_FROM_THE_SOURCE = {
    "Woninginbraken": "1.861 2.333 2.297 1.867 2.451",
    "Cybercrime: geregistreerde misdrijven": "625 1.194 1.508 1.588 1.262",
    "Meldingen over mensen met verward gedrag": "16.474 15.392 15.481 15.678 13.875",
    "Geweldsmisdrijven die zijn opgehelderd": "61% 62% 62% 61% 64%",
    "Prioriteit 2: ter plaatse binnen 30 minuten": "76% 80% 81% 82% 82%",
    "Onderzoeken naar criminele samenwerkingsverbanden": "98 98 93 94 95",
}


@pytest.mark.parametrize(("label", "texts"), READ_FROM_THE_SOURCE.items())
def test_years_run_forward_and_the_figures_are_those_of_the_source(label, texts):
    group, figure = FIGURES[label]
    assert group["periods"] == ["2020", "2021", "2022", "2023", "2024"]
    assert figure["texts"] == texts.split()[::-1]
    assert "Fryslân" in group["area"]


def test_what_the_source_has_not_is_no_zero():
    _group, figure = FIGURES["Gedigitaliseerde criminaliteit: onderzoeken"]
    assert figure["values"] == [None, None, 217, 373, 675]
    assert figure["texts"][:2] == ["", ""]
    assert FIGURES["Afgepakt crimineel vermogen"][1]["texts"][-1] == "€ 10,6 mln"


def test_the_total_of_a_row_with_three_figures_under_five_years_is_nowhere():
    written = str(background())
    assert "63123" not in written
    assert "63.123" not in written


def test_every_group_says_where_it_is_from_and_what_it_does_not_say():
    for group in GROUPS.values():
        assert group["source"]
        assert group["place"]
        assert group["caution"].endswith(".")


def test_no_figure_of_the_background_is_an_indicator_of_the_map():
    mapped = {indicator.id for indicator in load_catalogue().indicators}
    assert not mapped & {row["id"] for row in read_embedded_csv("data", "survey", "achtergrond.csv")}
