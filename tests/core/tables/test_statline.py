"""Tables of StatLine and the police as they are downloaded. The layouts are real, the numbers are made up."""

import pytest

from atlas.core.joining.join import join
from atlas.core.joining.statistics import Choice
from atlas.core.tables.csv_text import read_csv
from atlas.core.tables.periods import read_period
from atlas.core.words.errors import AtlasError

POLICE = """"Geregistreerde misdrijven en aangiften; soort misdrijf, gemeente 2026 (FICTIEF)"
"Soort misdrijf: Totaal misdrijven"
""
"Onderwerp";"Geregistreerde misdrijven";"Geregistreerde misdrijven"
"Perioden";"2023";"2024"
"Regio's";"aantal";"aantal"
"Nederland";"800000";"805000"
"Groningen (gemeente)";"14063";"14100"
"Assen";"3263";"3300"
"Het Hogeland";".";"."
"Buitenland";".";"."
"Noord-Nederland (RE)";"62000";"62100"
"Gemeenten; niet in te delen";"271";"282"
"Bron: Politie"
"""
DATABASE = """\ufeff"Perioden";"Regio's";"Bevolking/Totale bevolking (aantal)";"Bevolking/65 tot 80 jaar (%)"
"2024";"Nederland";18000000;15,4
"2024";"Assen";33000;10,2
"2024";"Scheemda";;
"2025";"Nederland";18000000;15,4
"2025";"Assen";33003;10,2
"2025";"Eemsdelta";15003;14,5
"2025";"Scheemda";;
""".replace("\n", "\r\n")
PADDED = """"Perioden";"Regio's";"Totale bevolking (aantal)";"Gehuwd (in % van inwoners)"
"2020";"Assen";"   33000";"    30.0"
"2020";"Eemsdelta";"   15000";"    53.6"
"2020";"Scheemda";"";""
"""
SAVED_BY_EXCEL = """\ufeff"Perioden"";""Regio's"";""Mediaan inkomen (1 000 euro)"
"2024*"";""Groningen (gemeente)"";33,8
""2024*"";""Assen"";30,7
"
"""
WIDE = (
    "Onderwerp,Perioden,Waarde_Groningen (PV)_2015,Waarde_Groningen (PV)_2016*,Waarde_Drenthe (PV)_2016*,"
    "Marges_Groningen (PV)_2015,Marges_Groningen (PV)_2016*,Marges_Drenthe (PV)_2016*\n"
    '|||Voelt zich onveilig (FICTIEF),%,"18,0","15,1","14,0","1,7","1,6","1,8"\n'
)
NAMES_ONLY = """"Wijken en buurten";"Regioaanduiding/Gemeentenaam (naam)";"Bevolking/Aantal inwoners (aantal)"
"Assen";"Assen          ";69000
"Wijk 00 Assen";"Assen          ";30000
"Tynaarlo";"Tynaarlo       ";34000
"Tynaarlo";"Tynaarlo       ";1800
"""


def joined(text, value, *, level="gemeente", unit=None, **choice):
    return join(
        read_csv(text.encode(), "tabel.csv"), level=level, value=value, unit=unit, choice=Choice(**choice)
    )


def figures(found):
    assert found.refusal is None, found.refusal
    return {value.area.name: value.value for value in found.values}


def outcomes(found):
    return {line.text: line.outcome for line in found.report}


def test_headers_over_three_rows_give_a_row_for_each_area_and_period():
    table = read_csv(POLICE.encode(), "tabel.csv")
    assert table.columns == ("Regio's", "Perioden", "Geregistreerde misdrijven")
    assert table.description.definition[1] == "Soort misdrijf: Totaal misdrijven"
    assert table.description.source == "Politie"
    assert [table.rows[0], table.rows[1], table.rows[2]] == [7, 7, 8]


def test_a_period_must_be_chosen_and_every_row_of_it_is_accounted_for():
    refused = joined(POLICE, "Geregistreerde misdrijven").refusal
    assert "meer dan één periode" in refused.title
    assert refused.choices == ("period",)
    found = joined(POLICE, "Geregistreerde misdrijven", period="2024")
    assert figures(found) == {"Groningen": 14100, "Assen": 3300}
    assert found.unit == "count"
    assert outcomes(found) == {
        "Nederland": "totaalregel",
        "Groningen (gemeente)": "gekoppeld",
        "Assen": "gekoppeld",
        "Het Hogeland": "waarde_ontbreekt",
        "Buitenland": "buiten_gebied",
        "Noord-Nederland (RE)": "buiten_gebied",
        "Gemeenten; niet in te delen": "buiten_gebied",
    }
    assert (found.report.period, found.report.figure) == ("2024", "Geregistreerde misdrijven")


def test_a_topic_is_known_by_the_end_of_its_path_and_abolished_names_are_no_doubles():
    found = joined(DATABASE, "Totale bevolking", period="2025")
    assert figures(found) == {"Assen": 33003, "Eemsdelta": 15003}
    assert outcomes(found)["Scheemda"] == "opgeheven"
    assert not found.report.needs_attention
    assert figures(joined(DATABASE, "65 tot 80 jaar", period="2025")) == {"Assen": 10.2, "Eemsdelta": 14.5}


def test_a_padded_point_is_never_a_thousands_mark():
    found = joined(PADDED, "Gehuwd")
    assert figures(found) == {"Assen": 30.0, "Eemsdelta": 53.6}
    assert found.unit == "percent"
    # in 2020 there was no Eemsdelta: the source has recalculated, and that is said
    assert any("Eemsdelta" in note for note in found.notes)


def test_a_file_saved_by_excel_is_undone_and_told():
    found = joined(SAVED_BY_EXCEL, "Mediaan inkomen")
    assert figures(found) == {"Groningen": 33.8, "Assen": 30.7}
    assert found.status == "voorlopig"
    assert any("in één cel" in note for note in found.notes)


def test_areas_and_periods_in_column_names_keep_their_margins():
    found = joined(WIDE, "Waarde", level="provincie", period="2016")
    assert figures(found) == {"Groningen": 15.1, "Drenthe": 14.0}
    assert {value.area.name: value.interval for value in found.values} == {
        "Groningen": (13.5, 16.7),
        "Drenthe": (12.2, 15.8),
    }
    assert found.status == "voorlopig"


def test_gemeenten_and_buurten_by_name_only_are_refused():
    with pytest.raises(AtlasError) as refused:
        joined(NAMES_ONLY, "Aantal inwoners")
    assert "Codering" in refused.value.hint
    with_codes = NAMES_ONLY.replace('"Wijken en buurten"', '"Wijken en buurten";"Codering (code)"')
    rows = ("GM0106    ", "WK010600  ", "GM1730    ", "BU17300000")
    lines = with_codes.splitlines()
    coded = [line.replace('";', f'";"{code}";', 1) for line, code in zip(lines[1:], rows, strict=True)]
    found = joined("\n".join([lines[0], *coded]), "Aantal inwoners")
    assert figures(found) == {"Assen": 69000, "Tynaarlo": 34000}
    assert outcomes(found)["BU17300000"] == "buiten_gebied"


@pytest.mark.parametrize(
    ("where", "title"),
    [({"Perioden": ""}, "De keuze is leeg."), ({"Perioden": "1999"}, "Deze waarde staat niet in de kolom.")],
)
def test_a_choice_that_is_not_there_names_what_is(where, title):
    with pytest.raises(AtlasError) as refused:
        joined(DATABASE, "Totale bevolking", where=where)
    assert refused.value.title == title
    assert '"2024"' in refused.value.expected


def test_any_table_can_be_narrowed_by_its_columns():
    text = "Gemeente;Jaar;Soort;Aantal\nAssen;2023;a;1\nAssen;2024;a;2\nAssen;2024;b;3\n"
    table = read_csv(text.encode(), "tabel.csv")
    found = join(
        table, level="gemeente", key="Gemeente", value="Aantal", unit="count",
        choice=Choice(where={"soort": "B"}, period="2024", period_column="Jaar"),
    )  # fmt: skip
    assert figures(found) == {"Assen": 3}
    assert found.report.rows == [4]


def test_a_year_before_a_merger_follows_from_the_period():
    parts = ["Appingedam;9500", "Delfzijl;25000", "Loppersum;9700"]
    text = "Perioden;Regio's;Inwoners (aantal)\n" + "".join(f"2019;{part}\n" for part in parts)
    found = joined(text, "Inwoners")
    assert figures(found) == {"Eemsdelta": 44200}
    assert set(outcomes(found).values()) == {"herindeling"}


def test_the_interval_of_the_source_must_hold_the_value():
    text = "Gemeente;Aandeel;laag;hoog\nAssen;20;18;22\nEmmen;20;30;40\n"
    table = read_csv(text.encode(), "tabel.csv")
    found = join(
        table, level="gemeente", key="Gemeente", value="Aandeel", unit="percent",
        choice=Choice(low="laag", high="hoog"),
    )  # fmt: skip
    assert [value.interval for value in found.values] == [(18, 22), None]
    assert "1 rij heeft grenzen waar de waarde niet tussen ligt (rij 3)" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("text", "label", "status"),
    [
        ("2024JJ00", "2024", ""),
        ("2024*", "2024", "voorlopig"),
        ("2024**", "2024", "nader voorlopig"),
        ("2024KW01", "2024 1e kwartaal", ""),
        ("1990 1e kwartaal", "1990 1e kwartaal", ""),
        ("1995 januari", "1995 januari", ""),
        ("2025MM03", "2025 maart", ""),
    ],
)
def test_periods_are_read_as_they_are_written(text, label, status):
    period = read_period(text)
    assert (period.label, period.status) == (label, status)


@pytest.mark.parametrize("text", ["", "12", "2024MM13", "2024KW00", "2024JJ01", "2024***", "jaar 2024"])
def test_what_is_no_period_is_not_taken_for_one(text):
    assert read_period(text) is None


def test_topics_below_topics_keep_both_names():
    """The last "Totaal" of a header must not be all of them."""
    head = '"Titel"\n"Onderwerp";"Mannen";"{second}"\n"Onderwerp";"Totaal";"Totaal"\n'
    text = head + '"Perioden";"2023";"2023"\n"Regio\'s";"aantal";"{unit}"\n"Assen";"10";"1000"\n'
    table = read_csv(text.format(second="Vrouwen", unit="aantal").encode(), "t.csv")
    assert list(table.column("Mannen / Totaal")) == ["10"]
    assert list(table.column("Vrouwen / Totaal")) == ["1000"]
    with pytest.raises(AtlasError, match="dezelfde kop"):
        read_csv(text.format(second="Mannen", unit="%").encode(), "t.csv")
