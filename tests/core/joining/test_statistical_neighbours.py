"""Tables like those of StatLine in forms near the usual ones; real layouts, numbers made up."""

import pytest

from atlas.core.joining.join import join
from atlas.core.joining.statistics import Choice
from atlas.core.tables.csv_text import read_csv
from atlas.core.tables.odata import understood
from atlas.core.words.errors import AtlasError

FIXED_PERIOD = """"Bevolking; geslacht, regio (FICTIEF)"
"Geslacht: Totaal mannen en vrouwen"
"Perioden: {period}"
""
"Onderwerp";"Totale bevolking"
"Regio's";"aantal"
"Assen";"66000"
"Groningen (gemeente)";"184000"
"Haren";"19000"
"Ten Boer";"7000"
"Scheemda";"13000"
"""
DATABASE = """"Perioden";"Regio's";"Bevolking/Totale bevolking (aantal)"
"2025";"Drenthe (PV)";500000
"2025";"Noord-Drenthe (CR)";190000
"2025";"Assen";69000
"2025";"Groningen (gemeente)";244000
"""
SAVED_BY_EXCEL = (
    (
        '"""Perioden"";""Regio\'s"";""Inwoners (aantal)"""\n"""2025"";""Assen"";69000"\n'
        '"""2025"";""Emmen"";108000"\n'
    ),
    (
        '"Perioden"";""Regio\'s"";""Inwoners (aantal)"\n"2025"";""Assen"";""69000"\n'
        '"2025"";""Emmen"";""108000"\n"\n'
    ),
    (
        '"Perioden"",""Regio\'s"",""Inwoners (aantal)"\n"2025"",""Assen"",""69000"\n'
        '"2025"",""Emmen"",""108000"\n'
    ),
)


def joined(text, value="Totale bevolking", *, level="gemeente", **choice):
    return join(read_csv(text.encode(), "tabel.csv"), level=level, value=value, choice=Choice(**choice))


def found(result):
    return {value.area.name: value.value for value in result.values}


def outcome_of(result, text):
    return next((line.outcome, line.explanation) for line in result.report if line.text == text)


def test_a_period_above_the_header_decides_year_period_and_status():
    result = joined(FIXED_PERIOD.format(period="2018*"))
    assert (result.report.period, result.status) == ("2018", "voorlopig")
    assert found(result) == {"Assen": 66000, "Groningen": 210000}
    assert outcome_of(result, "Haren")[0] == "herindeling"


def test_of_its_year_a_municipality_that_is_a_place_now_is_no_place():
    outcome, why = outcome_of(joined(FIXED_PERIOD.format(period="2009")), "Scheemda")
    assert outcome == "onbekend"
    assert "was tot 1 januari 2010 een gemeente" in why
    assert (
        outcome_of(joined(FIXED_PERIOD.format(period="2025").replace("Haren", "")), "Scheemda")[0] == "plaats"
    )


@pytest.mark.parametrize("period", ["1995", "1997JJ00"])
def test_before_the_division_that_is_known_figures_are_refused(period):
    with pytest.raises(AtlasError, match=f"gemeentegrenzen van {period[:4]}"):
        joined(FIXED_PERIOD.format(period=period))


@pytest.mark.parametrize("mark", [",", "\t", "|"])
def test_headers_of_several_rows_are_found_by_any_delimiter(mark):
    result = joined(FIXED_PERIOD.format(period="2018").replace('";"', f'"{mark}"'))
    assert found(result) == {"Assen": 66000, "Groningen": 210000}


@pytest.mark.parametrize("text", SAVED_BY_EXCEL)
def test_a_file_saved_by_excel_is_undone_however_it_was_quoted(text):
    result = joined(text, "Inwoners")
    assert found(result) == {"Assen": 69000, "Emmen": 108000}
    assert any("in Excel bewaard" in note for note in result.notes)


def test_columns_called_after_their_unit_alone_are_topics():
    text = (
        '"Regio";"Perioden";"aantal";"aantal inwoners per km²";"km²"\n"Assen";"2020";"68798";"840";"81,89"\n'
    )
    result = joined(text, "aantal")
    assert (found(result), result.unit, result.report.period) == ({"Assen": 68798}, "count", "2020")
    assert joined(text, "aantal inwoners per km²").unit == "per_km2"


def test_of_a_list_of_every_level_municipalities_are_not_unknown_provinces():
    result = joined(DATABASE, level="provincie")
    assert found(result) == {"Drenthe": 500000}
    assert outcome_of(result, "Assen")[0] == outcome_of(result, "Noord-Drenthe (CR)")[0] == "buiten_gebied"
    assert not result.report.needs_attention


def test_one_period_in_two_notations_is_refused_with_the_choice_of_one():
    with pytest.raises(AtlasError, match="op twee manieren") as refused:
        joined(DATABASE.replace('"2025";"Assen"', '"2025JJ00";"Assen"'), period="2025")
    assert refused.value.choices == ("where",)


def test_a_column_may_be_chosen_by_the_name_that_the_service_gives_it():
    text = "ID;SoortMisdrijf;RegioS;Perioden;Misdrijven_1\n0;0.0.0 ;GM0106;2024JJ00;12\n"
    text += "1;1.1.1 ;GM0106;2024JJ00;3\n"
    table = understood(read_csv(text.encode(), "t.csv"), lambda _name: [])
    for name in ("SoortMisdrijf", "Soort misdrijf", "soort_misdrijf"):
        result = join(table, level="gemeente", value="Misdrijven_1", choice=Choice(where={name: "1.1.1"}))
        assert found(result) == {"Assen": 3}


def test_half_a_width_does_not_go_beyond_what_a_percentage_can_be():
    table = read_csv(b"gemeente;waarde;marge\nAssen;3;4\nEmmen;98;4\nMeppel;50,5;4\n", "t.csv")
    result = join(
        table, level="gemeente", key="gemeente", value="waarde", unit="percent", choice=Choice(margin="marge")
    )
    assert [value.interval for value in result.values] == [(0, 7), (94, 100), (46.5, 54.5)]


def test_a_value_of_a_municipality_that_was_not_there_yet_is_told():
    """Eemsdelta in a table of 2018: the source has recalculated, whoever says the year."""
    text = "gemeente;waarde\nEemsdelta;45\nAssen;67\n"
    for options in ({"year": 2018}, {"choice": Choice(period="2018")}):
        result = join(
            read_csv(text.encode(), "t.csv"), level="gemeente", key="gemeente", value="waarde", **options
        )
        assert any("Eemsdelta bestond toen niet" in note for note in result.notes)
