"""Rows of several levels, periods or kinds are never drawn or added up as one; lists of records still are."""

import itertools

import pytest

from atlas.core.joining.join import join
from atlas.core.joining.statistics import Choice
from atlas.core.tables.csv_text import read_csv
from atlas.core.words.errors import AtlasError

LEVELS = """gwb_code;regio;gm_naam;recs;a_inw
GM1680;Aa en Hunze;Aa en Hunze;Gemeente;25399
WK168001;Wijk 01 Gieten;Aa en Hunze;Wijk;12000
WK168002;Wijk 02 Rolde;Aa en Hunze;Wijk;13399
BU16800100;Gieten;Aa en Hunze;Buurt;12000
GM0106;Assen;Assen;Gemeente;68836
"""
PERIODS = """Gemeente;Perioden;Soort;Aantal
Assen;2019JJ00;Totaal;500
Emmen;2024JJ00;Drugs;6
Meppel;2023JJ00;Totaal;90
"""
RECORDS = """nummer;gemeente;datum;soort;aantal
1;Assen;2024-01-03;drugs;1
2;Assen;2024-02-05;drugs;1
3;Assen;2024-02-09;afval;1
4;Emmen;2024-03-01;afval;1
"""


def joined(text, key, value, **options):
    options = {"level": "gemeente", "unit": "count", **options}
    return join(read_csv(text.encode(), "tabel.csv"), key=key, value=value, **options)


def without(text, column):
    """The table without a column."""
    lines = [line.split(";") for line in text.splitlines()]
    gone = lines[0].index(column)
    return "\n".join(";".join(line[:gone] + line[gone + 1 :]) for line in lines)


@pytest.mark.parametrize("combine", ["error", "sum"])
@pytest.mark.parametrize("gone", ["gwb_code", "recs", "regio"])
def test_rows_of_several_levels_are_refused_with_the_column_named(combine, gone):
    result = joined(without(LEVELS, gone), "gm_naam", "a_inw", combine=combine)
    assert "meer dan één niveau" in result.refusal.title
    assert ("gwb_code" if gone == "recs" else "recs") in result.refusal.where
    assert "combine" not in result.refusal.choices
    assert len(result.report) == 5


def test_the_rows_of_the_right_level_alone_are_fine():
    result = joined(LEVELS, "gwb_code", "a_inw")
    assert result.refusal is None
    assert {value.area.code: value.value for value in result.values} == {"GM1680": 25399, "GM0106": 68836}


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_one_row_an_area_of_several_periods_is_refused_in_any_order_of_columns(order):
    rows = [line.split(";") for line in PERIODS.splitlines()]
    text = "\n".join(";".join(row[column] for column in order) for row in rows)
    result = joined(text, "Gemeente", "Aantal")
    assert "meer dan één periode" in result.refusal.title
    assert "Soort" in result.refusal.detail


@pytest.mark.parametrize("name", ["Soort", "soort misdrijf", "Onderwerp", "Delict", "kolom B"])
def test_one_row_an_area_of_several_kinds_is_refused(name):
    text = without(PERIODS, "Perioden").replace("Soort", name)
    assert "meer dan één soort" in joined(text, "Gemeente", "Aantal").refusal.title


@pytest.mark.parametrize("ages", [("18-34", "65+"), ("jonger dan 35", "65 en ouder"), ("<35", ">=65")])
def test_a_group_written_in_figures_and_signs_is_a_kind(ages):
    text = f"Gemeente;Leeftijd;Aandeel\nAssen;{ages[0]};5\nEmmen;{ages[1]};6\n"
    assert "meer dan één soort" in joined(text, "Gemeente", "Aandeel", unit="percent").refusal.title


def test_a_mean_age_is_no_kind():
    text = "Gemeente;Leeftijd;Aandeel\nAssen;41,5;5\nEmmen;44,1;6\n"
    assert joined(text, "Gemeente", "Aandeel", unit="percent").refusal is None


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("Meetmoment", "najaar", "voorjaar"), ("kolom B", "jan-2024", "feb-2024"),
        ("kolom B", "2024Q1", "2024Q2"), ("wanneer", "1e kwartaal 2024", "2e kwartaal 2024"),
        ("Datum", "2023-12-31", "2024-01-31"), ("datum", "31-12-2023", "1/1/2024"),
        ("Datum", "45291", "45323"), ("datum", "31 december 2023", "45292"), ("Mnd", "1", "2"),
        ("weeknr", "1", "2"),
    ],
)  # fmt: skip
def test_a_moment_of_measuring_is_a_period_however_it_is_written(name, first, second):
    text = f"gemeente;{name};aantal\nAssen;{first};5\nEmmen;{second};6\n"
    assert "meer dan één" in joined(text, "gemeente", "aantal").refusal.title


def test_days_of_one_year_are_one_period():
    text = "gemeente;datum;aantal\nAssen;2024-01-31;5\nEmmen;2024-02-29;6\n"
    assert joined(text, "gemeente", "aantal").refusal is None


def test_records_of_two_years_are_added_up():
    records = RECORDS.replace("2024-03-01", "2023-03-01").replace(";drugs;1", ";drugs;2")
    assert joined(records, "gemeente", "aantal", combine="sum").refusal is None


@pytest.mark.parametrize("name", ["jaar", "Periode", "Peiljaar", "verslagjaar"])
def test_a_year_by_another_name_is_a_period(name):
    text = f"gemeente;{name};aantal\nAssen;2023;5\nAssen;2024;6\n"
    for combine in ("error", "sum"):
        assert "periode" in joined(text, "gemeente", "aantal", combine=combine).refusal.title


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2023", "2024"), ("januari", "februari"), ("jan", "feb"), ("Q1", "Q2"), ("'23", "’24"),
        ("wk 01", "week 2"), ("eerste helft 2024", "tweede helft 2024"), ("H1", "2024-H2"),
        ("derde kwartaal", "kwartaal 4"), ("1e halfjaar", "2e half jaar"), ("maand 1", "sept 2024"),
        ("zomer", "winter"),
    ],
)  # fmt: skip
def test_years_and_months_below_any_name_are_never_added_up(first, second):
    text = f"gemeente;kolom B;aantal\nAssen;{first};5\nAssen;{second};6\nEmmen;{first};7\n"
    refusal = joined(text, "gemeente", "aantal", combine="sum").refusal
    assert "meer dan één periode" in refusal.title
    assert 'kolom "kolom B"' in refusal.where


def test_a_year_that_describes_an_area_or_a_record_is_no_period():
    text = "gemeente;ontstaan;aantal\nAssen;1997;5\nEmmen;1998;6\n"
    assert joined(text, "gemeente", "aantal").refusal is None
    text = "gemeente;gebouwd in;aantal\nAssen;1950;1\nAssen;1960;1\nEmmen;1970;1\n"
    assert joined(text, "gemeente", "aantal", combine="sum").refusal is None


def test_long_numbers_are_added_up_over_as_any_kind():
    """A pattern that could divide the digits in many ways never came to an end here."""
    cells = ("1" * 40 + "-a", "1" * 41 + "-a", "11", "1")
    table = "Gemeente;Zaak;Aantal\n" + "".join(f"Assen;{cell};5\n" for cell in cells)
    assert [value.value for value in over(table, "Zaak").values] == [20]


def test_what_describes_an_area_is_neither_period_nor_kind():
    text = "gemeente;provincie;noot;aantal\nAssen;Drenthe;alle wijken geteld;5\nGroningen;Groningen;x;6\n"
    assert joined(text, "gemeente", "aantal").refusal is None


def test_a_list_of_records_is_added_up():
    result = joined(RECORDS, "gemeente", "aantal", combine="sum")
    assert result.refusal is None
    assert {value.area.code: value.value for value in result.values} == {"GM0106": 3, "GM0114": 1}


def test_a_total_among_the_kinds_is_never_added_up():
    text = "gemeente;soort;aantal\nAssen;Totaal;9\nAssen;drugs;1\nAssen;drugs;8\n"
    assert "meer dan één soort" in joined(text, "gemeente", "aantal", combine="sum").refusal.title


def test_what_makes_rows_differ_is_said_before_anything_is_advised():
    text = "gemeente;wijkteam;aantal\nAssen;noord;9\nAssen;zuid;1\n"
    assert 'kolom "wijkteam"' in joined(text, "gemeente", "aantal").refusal.detail


@pytest.mark.parametrize("name", ["Gemiddelde WOZ-waarde", "Aandeel", "% veilig", "Misdrijven per 1.000"])
def test_a_mean_share_or_rate_is_never_added_up(name):
    text = f"gemeente;{name}\nAssen;9\nAssen;1\n"
    for unit in ("count", "number", "eur"):
        assert joined(text, "gemeente", name, unit=unit, combine="sum").refusal is not None


def test_adding_up_is_advised_for_counts_only():
    for unit in ("percent", "grade_0_10", "per_1000", "number", "eur"):
        refusal = joined("gemeente;cijfer\nAssen;9\nAssen;1\n", "gemeente", "cijfer", unit=unit).refusal
        assert refusal.choices != ("combine",)


def test_kinds_that_come_back_with_amounts_are_records_and_are_added_up():
    """Not every row counts as one, but an area has two rows of one kind: no table of figures has that."""
    rows = "gemeente;soort;aantal\nAssen;drugs;2\nAssen;drugs;3\nAssen;afval;1\nEmmen;afval;4\n"
    result = joined(rows, "gemeente", "aantal", combine="sum")
    assert result.refusal is None
    assert {value.area.code: value.value for value in result.values} == {"GM0106": 6, "GM0114": 4}


def test_rows_that_each_count_as_one_are_records_though_no_kind_comes_back():
    rows = "gemeente;soort;aantal\nAssen;drugs;1\nAssen;afval;1\nEmmen;afval;1\n"
    assert joined(rows, "gemeente", "aantal", combine="sum").refusal is None


def test_one_figure_for_each_kind_is_no_list_of_records():
    rows = "gemeente;soort;aantal\nAssen;drugs;2\nAssen;afval;3\nEmmen;drugs;1\n"
    assert "meer dan één soort" in joined(rows, "gemeente", "aantal", combine="sum").refusal.title


@pytest.mark.parametrize("count", range(4, 11))
def test_of_many_kinds_the_first_are_named_and_the_rest_is_counted(count):
    names = [f"soort {letter}" for letter in "abcdefghij"[:count]]
    rows = "\n".join(f"Assen;{name};{10 + nth}" for nth, name in enumerate(names))
    got = joined(f"gemeente;soort;aantal\n{rows}\n", "gemeente", "aantal").refusal.got
    named = got.count("soort ")
    rest = count - named
    assert got.endswith(f" en nog {rest}") if rest else " en nog " not in got


def test_codes_of_one_level_are_no_mixture():
    rows = "code;regio;gemeente;aantal\nGM0106;a;Assen;2\nGM0114;b;Emmen;3\n"
    assert joined(rows, "gemeente", "aantal").refusal is None


# --- adding up over a column that is named ---

SEXES = """Gemeente;Geslacht;Leeftijd;Aantal
Assen;Man;0 tot 65;30
Assen;Vrouw;0 tot 65;31
Emmen;Man;0 tot 65;50
Emmen;Vrouw;0 tot 65;51
"""


def over(text, column, unit="count", **options):
    return joined(text, "Gemeente", "Aantal", unit=unit, choice=Choice(sum_over=column), **options)


def test_kinds_are_added_up_when_their_column_is_named():
    assert "over deze kolom" in joined(SEXES, "Gemeente", "Aantal").refusal.hint
    assert joined(SEXES, "Gemeente", "Aantal").refusal.choices == ("where", "sum_over")
    result = over(SEXES, "Geslacht")
    assert result.refusal is None
    assert {value.area.code: value.value for value in result.values} == {"GM0106": 61, "GM0114": 101}


def test_a_second_row_of_one_kind_is_a_double_and_a_missing_kind_no_zero():
    twice = over(SEXES + "Assen;Man;65 en ouder;9\n", "Geslacht")
    assert "meer" in twice.refusal.title
    assert "Leeftijd" in twice.refusal.detail + twice.refusal.where
    same = over(SEXES + "Assen;Man;0 tot 65;9\n", "Geslacht").refusal
    assert (same.title, same.choices) == ("Voor één gebied staan er meer rijen in de tabel.", ())
    without_area = over("Gemeente;Geslacht;Aantal\nAssen;Man;5\n;Vrouw;6\n", "Geslacht")
    assert not without_area.values, "whose the other kind is, nobody said"
    lacking = over(SEXES + "Meppel;Man;0 tot 65;9\n", "Geslacht")
    assert [value.area.name for value in lacking.values] == ["Assen", "Emmen"]
    assert "Over Meppel ontbreekt Vrouw" in list(lacking.report)[-1].explanation


@pytest.mark.parametrize(
    ("column", "cells", "unit", "title"),
    [
        ("Perioden", ("2023", "2024"), "count", "Over perioden"),
        ("Perioden", ("2024JJ00", "2024MM01"), "count", "Over perioden"),
        ("Niveau", ("Gemeente", "Wijk"), "count", "Over niveaus"),
        ("Geslacht", ("Totaal", "Man"), "count", "ook een totaal"),
        ("Soort misdrijf", ("Misdrijven, totaal", "Diefstal"), "count", "ook een totaal"),
        ("Soort misdrijf", ("1.1 Diefstal", "1.1.1 Fiets"), "count", "ook een totaal"),
        ("Onderwerp", ("1.", "1.1."), "count", "ook een totaal"),
        ("Onderwerp", ("A", "A1"), "count", "ook een totaal"),
        ("Onderwerp", ("2) Zorg", "2a) Thuiszorg"), "count", "ook een totaal"),
        ("Soort misdrijf", ("T001161", "CRI1000"), "count", "ook een totaal"),
        ("Wanneer", ("2023", "2024*"), "count", "Over perioden"),
        ("Wanneer", ("2022/2023", "2023/2024"), "count", "Over perioden"),
        ("Wanneer", ("januari", "feb"), "count", "Over perioden"),
        ("Wanneer", ("2024", "januari 2024"), "count", "Over perioden"),
        ("Wanneer", ("1e kwartaal", "Q2"), "count", "Over perioden"),
        ("Wanneer", ("01-01-2023", "01-01-2024"), "count", "Over perioden"),
        ("Geslacht", ("Totaal aantal mannen en vrouwen", "Man"), "count", "ook een totaal"),
        ("Geslacht", ("Subtotaal", "Man"), "count", "ook een totaal"),
        ("Geslacht", ("Beide geslachten", "Man"), "count", "ook een totaal"),
        ("Geslacht", ("Man", "Vrouw"), "percent", "Alleen aantallen"),
        ("Geslacht", ("Man", "Vrouw"), "grade_0_10", "Alleen aantallen"),
        ("Geslacht", ("Man", "Vrouw"), "number", "Alleen aantallen"),
    ],
)
def test_periods_levels_totals_percentages_and_means_are_never_added_up(column, cells, unit, title):
    table = f"Gemeente;{column};Aantal\n" + "".join(f"Assen;{cell};5\n" for cell in cells)
    with pytest.raises(AtlasError, match=title):
        over(table, column, unit)


def test_a_total_by_another_name_is_known_by_being_the_sum_of_the_others():
    """FICTIEF; not by one area alone, where it may be chance."""
    table = f"{SEXES}Assen;Mannen en vrouwen;0 tot 65;61\nEmmen;Mannen en vrouwen;0 tot 65;101\n"
    with pytest.raises(AtlasError, match="ook een totaal") as refused:
        over(table, "Geslacht")
    assert refused.value.got == '"Mannen en vrouwen"'
    amounts = "Gemeente;Geslacht;Aantal\n" + "".join(
        f"{name};{kind};{value}\n"
        for name in ("Assen", "Emmen")
        for kind, value in (("Man", "0,1"), ("Vrouw", "0,2"), ("Mannen en vrouwen", "0,3"))
    )
    with pytest.raises(AtlasError, match="ook een totaal"):
        over(amounts, "Geslacht", "eur")
    for other in (
        table.replace(";101", ";9"),
        "".join(table.splitlines(keepends=True)[:3]) + "Assen;X;0;61\n",
    ):
        assert over(other, "Geslacht").refusal is None


@pytest.mark.parametrize(
    "kinds",
    [("tot 15 jaar", "15 jaar en ouder"), ("Alle andere delicten", "Drugs"), ("1", "2"), ("12345", "45323")],
)
def test_what_only_looks_like_a_total_or_period_is_added_up(kinds):
    table = "Gemeente;Groep;Aantal\n" + "".join(f"Assen;{kind};5\n" for kind in kinds)
    assert [value.value for value in over(table, "Groep").values] == [10]


def test_a_table_with_a_total_is_not_advised_to_add_up():
    table = "Gemeente;Soort misdrijf;Aantal\nAssen;Misdrijven, totaal;9\nAssen;Diefstal;5\n"
    assert joined(table, "Gemeente", "Aantal", combine="sum").refusal.choices == ("where",)
