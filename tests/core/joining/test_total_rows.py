"""A total in the table is held against the sum of its areas, and nothing is said when they agree."""

import pytest

from atlas.core.joining.join import join
from atlas.core.tables.csv_text import read_csv

AREAS = "Assen;10\nEmmen;20\nGroningen;5\n"


def joined(rows, **options):
    table = read_csv(f"gemeente;aantal\n{rows}".encode(), "tabel.csv")
    return join(table, level="gemeente", key="gemeente", value="aantal", **{"unit": "count", **options})


@pytest.mark.parametrize(
    "total",
    [
        "Totaal;35",
        "Drenthe;30",
        "Groningen (PV);5",
        "Drenthe en Groningen;35",
        "Totaal Drenthe;30",
        "Drenthe totaal;30",
        "Totaal provincie Groningen;5",
        "TOTAAL GRONINGEN;5",
    ],
)
def test_a_total_that_agrees_needs_no_word(total):
    assert joined(f"{AREAS}{total}\n").notes == ()


@pytest.mark.parametrize(("total", "found"), [("Totaal;40", "35"), ("Drenthe;31", "30"), ("Som;3", "35")])
def test_a_total_that_differs_is_said_with_both_figures(total, found):
    result = joined(f"{AREAS}{total}\n")
    (note,) = result.notes
    assert found in note
    assert total.partition(";")[2] in note
    assert note in list(result.report)[-1].explanation
    assert result.refusal is None


def test_a_total_of_all_rows_counts_those_that_are_no_area_here():
    assert joined(f"{AREAS}Leeuwarden;7\nonbekend;1\nTotaal;43\n").notes == ()


def test_a_total_of_one_province_is_held_against_the_areas_in_it():
    (note,) = joined(f"{AREAS}Totaal Groningen;6\n").notes
    assert note.endswith("is 6, maar de gebieden daarin tellen op tot 5.")


def test_a_total_of_one_province_may_count_rows_that_are_no_area_here():
    assert joined(f"{AREAS}Ter Apel;7\nTotaal Groningen;12\n").notes == ()


@pytest.mark.parametrize("total", ["Nederland;9999", "Gemiddelde;12", "Subtotaal;10", "Noord-Drenthe;1"])
def test_what_is_no_total_of_the_rows_is_not_compared(total):
    assert joined(f"{AREAS}{total}\n").notes == ()


def test_percentages_have_no_total():
    assert joined("Assen;10\nEmmen;20\nTotaal;14\n", unit="percent").notes == ()


def test_a_total_with_decimals_is_given_the_rounding_of_its_rows_and_no_more():
    rows = "Assen;10,04\nEmmen;20,04\nGroningen;5,04\n"
    assert joined(f"{rows}Totaal;35,1\n").notes == joined(f"{rows}Totaal;36,3\n").notes == ()
    assert len(joined(f"{rows}Totaal;38,9\n").notes) == 1
