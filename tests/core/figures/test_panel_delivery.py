"""Figures that the bureaus fill in: what is taken, what is published already, and what is refused."""

import pytest

from atlas.core.areas.divisions import areas
from atlas.core.figures.indicators import load_catalogue
from atlas.core.figures.panel_delivery import (
    COLUMNS,
    PANEL_PERIOD,
    delivery_rows,
    panel_questions,
    with_delivery,
)
from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError

WORRIES = "zorgen_georganiseerde_criminaliteit_buurt"
UNSAFE = "onveilig_gevoel_buurt"


def table(*rows):
    columns = tuple(zip(*rows, strict=True))
    return Table("werkboek", COLUMNS[: len(rows[0])], columns, range(2, len(rows) + 2))


def test_there_is_a_row_for_each_question_and_area_with_what_is_published():
    rows = list(delivery_rows())
    per_question = len(areas("provincie")) + len(areas("surveyregio"))
    assert len(rows) == len(panel_questions()) * per_question
    known = {(row.indicator.id, row.area): (row.value, row.n) for row in rows}
    assert known[WORRIES, "SR08"] == (30, 556)
    assert known[UNSAFE, "SR08"] == (None, None)
    assert all(row.value is None for row in delivery_rows("2027-11"))


def test_every_question_says_whom_it_was_asked_of_and_what_not_to_conclude():
    for one in panel_questions():
        assert one.base
        assert one.caution
        assert one.question.startswith("In onze woorden")
    assert len({one.id for one in panel_questions()}) == len(panel_questions()) > 30


def test_a_figure_gets_the_interval_of_the_survey_and_says_who_gave_it():
    rows = ((UNSAFE, "SR01", PANEL_PERIOD, "21", "1037"), (UNSAFE, "PV20", PANEL_PERIOD, 19.5, 2149))
    catalogue, notes = with_delivery(load_catalogue(), table(*rows))
    region, province = catalogue.values[-2:]
    assert (region.level, region.n_effective, region.status) == ("surveyregio", 1037 / 3, "ok")
    assert (province.level, province.n_effective) == ("provincie", 2149 / 4)
    assert region.low < 21 < region.high
    assert "niet in de publicatie" in region.note
    assert catalogue.indicator(UNSAFE).label.startswith("Voelt zich soms of vaak onveilig")
    assert notes == ("2 cijfers van 1 vraag (november 2025)",)


def test_what_the_bureau_reckons_takes_the_place_of_an_assumption():
    row = (UNSAFE, "SR01", PANEL_PERIOD, 21, 1037, 500)
    catalogue, _notes = with_delivery(load_catalogue(), table(row))
    assert catalogue.values[-1].n_effective == pytest.approx(500)
    assert catalogue.values[-1].ground == "gepubliceerd_ontwerpeffect"


def test_few_respondents_are_withheld_here_too():
    row = (UNSAFE, "SR01", PANEL_PERIOD, 3, 60)
    catalogue, _notes = with_delivery(load_catalogue(), table(row))
    assert (catalogue.values[-1].status, catalogue.values[-1].value) == ("te_weinig_respondenten", 3)


def test_a_next_survey_stands_beside_the_published_one():
    catalogue, _notes = with_delivery(load_catalogue(), table((WORRIES, "SR08", "2027-11", 33, 540)))
    assert catalogue.views(WORRIES)[:2] == (("surveyregio", "2027-11"), ("surveyregio", "2025-11"))
    assert [one.label for one in catalogue.indicators] == [one.label for one in load_catalogue().indicators]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((WORRIES, "SR08", PANEL_PERIOD, 31, 556), "gepubliceerd is 30"),
        (("zorgen", "SR08", PANEL_PERIOD, 31, 556), "onbekend"),
        ((UNSAFE, "GM0106", PANEL_PERIOD, 31, 556), "geen provincie of surveyregio"),
        ((UNSAFE, "SR08", "", 31, 556), "geen provincie of surveyregio met een periode"),
        ((UNSAFE, "SR08", PANEL_PERIOD, 31, None), "een van de twee ontbreekt"),
        ((UNSAFE, "SR08", PANEL_PERIOD, None, 556), "een van de twee ontbreekt"),
        ((UNSAFE, "SR08", PANEL_PERIOD, 131, 556), "kan niet"),
        ((UNSAFE, "SR08", PANEL_PERIOD, 31, 0), "kan niet"),
        ((UNSAFE, "SR08", PANEL_PERIOD, 31, 55.5), "kan niet"),
        (("rapportcijfer_veiligheid_buurt", "SR08", PANEL_PERIOD, 78, 556), "kan niet"),
    ],
)
def test_a_row_that_cannot_be_right_is_named_and_nothing_is_taken(row, said):
    good = (UNSAFE, "SR01", PANEL_PERIOD, 21, 1037)
    with pytest.raises(AtlasError, match="niets overgenomen") as caught:
        with_delivery(load_catalogue(), table(good, row))
    assert caught.value.got.startswith("rij 3: ")
    assert said in caught.value.got


def test_one_figure_twice_is_refused():
    row = (UNSAFE, "SR01", PANEL_PERIOD, 21, 1037)
    with pytest.raises(AtlasError) as caught:
        with_delivery(load_catalogue(), table(row, row))
    assert "staat er al" in caught.value.got


def test_an_empty_workbook_and_another_table_get_a_sentence():
    published = (WORRIES, "SR08", PANEL_PERIOD, 30, 556)
    with pytest.raises(AtlasError, match="niets nieuws"):
        with_delivery(load_catalogue(), table(published))
    with pytest.raises(AtlasError, match="geen werkboek"):
        with_delivery(load_catalogue(), Table("x", ("a",), (("1",),), (2,)))
