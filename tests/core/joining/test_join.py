"""Every row of a table gets one outcome, and its value the area it belongs to."""

import pytest

from atlas.core.areas.divisions import areas
from atlas.core.words.errors import AtlasError
from join_samples import GRONINGEN_2018, joined, outcomes, values

# --- one outcome for every row ---


@pytest.mark.parametrize(
    ("row", "outcome", "code"),
    [
        ("Assen;7,9", "gekoppeld", "GM0106"),
        ("GM0106;7,9", "gekoppeld", "GM0106"),
        ("106;7,9", "gekoppeld", "GM0106"),
        ("Groningen;7,9", "gekoppeld", "GM0014"),
        ("Wolden, De;7,9", "gekoppeld_spelling", "GM1690"),
        ("gem. Assen;7,9", "gekoppeld_spelling", "GM0106"),
        ("Asssen;7,9", "gecorrigeerd", "GM0106"),
        ("Beilen;7,9", "plaats", ""),
        ("gem. Roden;7,9", "plaats", ""),
        ("WP1017;7,9", "plaats", ""),
        ("Oosterwolde;7,9", "buiten_gebied", ""),
        ("Marrum;7,9", "buiten_gebied", ""),
        ("Winsum;7,9", "dubbelzinnig", ""),
        ("Zuidwolde;7,9", "dubbelzinnig", ""),
        ("Bohemen;7,9", "onbekend", ""),
        (";7,9", "onbekend", ""),
        ("Leeuwarden;7,9", "buiten_gebied", ""),
        ("Noord-Nederland;7,9", "buiten_gebied", ""),
        ("Assen;", "waarde_ontbreekt", "GM0106"),
        ("Assen;x", "waarde_ontbreekt", "GM0106"),
        ("Assen;-99997", "waarde_ontbreekt", "GM0106"),
        ("Haren;7,9", "waarde_ontbreekt", "GM0014"),
        ("Assen;veel", "waarde_onleesbaar", "GM0106"),
        ("Assen;140", "waarde_buiten_bereik", "GM0106"),
        ("Assen;-1", "waarde_buiten_bereik", "GM0106"),
        ("Totaal;7,9", "totaalregel", ""),
        ("Totaal Drenthe;7,9", "totaalregel", ""),
        ("Alle gemeenten;7,9", "totaalregel", ""),
        ("Nederland;7,9", "totaalregel", ""),
        ("Drenthe en Groningen;7,9", "totaalregel", ""),
        ("Drenthe;7,9", "totaalregel", ""),
        ("PV22  ;7,9", "totaalregel", ""),
        ("Noord-Drenthe;7,9", "totaalregel", ""),
        ("Bron: CBS", "voetnoot", ""),
        ("Bron;CBS", "voetnoot", ""),
        ("* voorlopig", "voetnoot", ""),
        ("1) exclusief Haren", "voetnoot", ""),
        ("Peildatum;1-1-2025", "voetnoot", ""),
        ("Deze cijfers zijn door het bureau zelf berekend en afgerond", "voetnoot", ""),
        (";", "voetnoot", ""),
    ],
)
def test_a_row_gets_the_first_outcome_that_applies(row, outcome, code):
    line = list(joined(f"Meppel;3\n{row}\n").report)[-1]
    assert (line.row, line.outcome, line.area_code) == (3, outcome, code)
    assert bool(line.explanation) == (outcome != "gekoppeld")


@pytest.mark.parametrize("row", ["Bron: CBS;7,9", "* voorlopig;7,9"])
def test_a_row_with_a_number_is_never_taken_for_a_footnote(row):
    assert outcomes(joined(f"Assen;3\n{row}\n")) == ["gekoppeld", "onbekend"]


@pytest.mark.parametrize("area", [*areas("gemeente"), *areas("surveyregio"), *areas("provincie")], ids=str)
def test_an_official_name_or_code_is_never_a_total_or_a_footnote(area):
    for text in (area.name, area.code):
        for value in ("7,9", ""):
            result = joined(f'"{text}";{value}\n"";1\n', level=area.level)
            assert outcomes(result)[0] == ("gekoppeld" if value else "waarde_ontbreekt")


def test_a_total_of_the_level_above_is_no_total_at_its_own_level():
    assert values(joined("Drenthe;7,9\nGroningen;8\n", level="provincie")) == {"PV22": 7.9, "PV20": 8.0}


def test_a_footnote_in_another_column_than_the_key_is_shown():
    result = joined("2025;Assen;7,9\nBron: CBS;;\n", header="jaar;gemeente;waarde")
    assert [(line.text, line.outcome) for line in result.report] == [
        ("Assen", "gekoppeld"),
        ("Bron: CBS", "voetnoot"),
    ]


def test_rows_that_are_no_area_leave_the_column_readable():
    result = joined("Assen;7,9\nTotaal;-\nBron: CBS\n")
    assert result.refusal is None
    assert values(result) == {"GM0106": 7.9}


# --- needs attention ---


@pytest.mark.parametrize(
    ("row", "attention"),
    [
        ("gem. Emmen;3", False),
        ("Leeuwarden;3", False),
        ("Totaal;3", False),
        ("Bron: CBS", False),
        ("Emmmen;3", True),
        ("Winsum;3", True),
        ("Beilen;3", True),
        ("Bohemen;3", True),
        ("Emmen;", True),
        ("Emmen;veel", True),
    ],
)
def test_what_somebody_should_look_at_needs_attention(row, attention):
    assert joined(f"Assen;7,9\n{row}\n").report.needs_attention is attention


# --- the sample size ---


def test_n_goes_along_and_reads_the_thousands_by_the_values():
    result = joined("Assen;7,9;1.037\nEmmen;8,1;n.b.\n", header="gemeente;waarde;n", n="n")
    assert [(value.area.code, value.n) for value in result.values] == [("GM0106", 1037.0), ("GM0114", None)]
    assert "n is niet bekend" in list(result.report)[1].explanation


@pytest.mark.parametrize(("n", "word"), [("0", "n is 0"), ("-5", "kleiner dan 0")])
def test_a_percentage_of_nobody_is_refused(n, word):
    result = joined(f"Assen;7,9;{n}\nEmmen;8,1;20\n", header="gemeente;waarde;n", n="n")
    assert outcomes(result) == ["waarde_buiten_bereik", "gekoppeld"]
    assert word in result.refusal.got


def test_an_undecided_n_is_refused():
    result = joined("Assen;79;1.037\nEmmen;81;20\n", header="gemeente;waarde;n", n="n")
    assert result.refusal.where == 'tabel.csv, kolom "n"'
    assert outcomes(result) == ["waarde_onleesbaar", "gekoppeld"]


# --- two rows for one area ---


def test_two_rows_for_one_area_are_refused_with_both_named():
    result = joined("Assen;7\nEmmen;3\nGM0106;\n", unit="count")
    assert outcomes(result) == ["dubbel", "gekoppeld", "dubbel"]
    assert result.refusal.got == "Assen: rij 2 en 4"
    assert result.refusal.choices == ("combine",)
    assert values(result) == {"GM0114": 3.0}


@pytest.mark.parametrize("unit", ["count", "eur", "number"])
def test_rows_for_one_area_are_added_up_when_asked(unit):
    result = joined("Assen;7;3\nGM0106;8,5;4\n", header="gemeente;waarde;n", unit=unit, n="n", combine="sum")
    assert result.refusal is None
    assert [(value.value, value.n, value.rows) for value in result.values] == [(15.5, 7.0, (2, 3))]


@pytest.mark.parametrize("unit", ["percent", "grade_0_10", "per_1000", "per_km2"])
def test_rates_are_never_added_up(unit):
    result = joined("Assen;7\nGM0106;8\n", unit=unit, combine="sum")
    assert values(result) == {}
    assert outcomes(result) == ["dubbel", "dubbel"]
    assert "weight" in result.refusal.choices


def test_rates_with_weights_become_a_weighted_mean():
    result = joined("Assen;10;30\nGM0106;20;10\n", header="gemeente;waarde;w", combine="sum", weight="w")
    assert values(result) == {"GM0106": 12.5}


@pytest.mark.parametrize("weights", [("", "1"), ("0", "0"), ("-1", "2")])
def test_a_weighted_mean_needs_all_weights(weights):
    result = joined(
        f"Assen;10;{weights[0]}\nGM0106;20;{weights[1]}\nEmmen;3;1\n",
        header="gemeente;waarde;w", combine="sum", weight="w",
    )  # fmt: skip
    assert outcomes(result) == ["waarde_ontbreekt", "waarde_ontbreekt", "gekoppeld"]


def test_a_sum_of_which_a_row_is_unknown_is_unknown():
    result = joined("Assen;7\nGM0106;x\nEmmen;3\n", unit="count", combine="sum")
    assert outcomes(result) == ["waarde_ontbreekt", "waarde_ontbreekt", "gekoppeld"]
    assert "rij 3" in next(iter(result.report)).explanation
    assert values(result) == {"GM0114": 3.0}


# --- places ---

PLACES = "Beilen;11200\nWesterbork;4500\nRoden;15400\n"


def test_a_table_of_places_gives_no_municipality_a_value_unasked():
    result = joined(PLACES, unit="count")
    assert outcomes(result) == ["plaats"] * 3
    assert (values(result), result.report.rows_on_map()) == ({}, 0)
    assert "plaatsen" in result.refusal.title


def test_counts_of_places_are_added_up_when_asked():
    result = joined(PLACES, unit="count", places="sum")
    assert values(result) == {"GM1731": 15700.0, "GM1699": 15400.0}
    assert outcomes(result) == ["plaats"] * 3
    assert (result.report.rows_on_map(), result.report.needs_attention) == (3, True)


@pytest.mark.parametrize("unit", ["percent", "grade_0_10", "per_1000", "per_km2", "number", "eur"])
def test_only_counts_of_places_are_added_up(unit):
    with pytest.raises(AtlasError, match="Alleen aantallen"):
        joined(PLACES, unit=unit, places="sum")


def test_a_place_beside_its_municipality_may_count_twice():
    result = joined("Midden-Drenthe;33000\nBeilen;11200\nAssen;1\n", unit="count", places="sum")
    assert outcomes(result) == ["dubbel", "dubbel", "gekoppeld"]
    assert "voorgangers of plaatsen" in result.refusal.title


def test_a_place_twice_is_a_double():
    result = joined("Beilen;11200\nBEILEN;11200\nAssen;1\n", unit="count", places="sum")
    assert outcomes(result) == ["dubbel", "dubbel", "gekoppeld"]


# --- a rate is made of counts ---


def test_counts_are_divided_by_a_column_after_adding_up():
    rows = "Assen;30;50000\nAssen;20;18000\nEmmen;0;107000\n"
    result = joined(rows, header="gemeente;waarde;Inwoners", unit="per_1000", per="Inwoners", combine="sum")
    assert values(result) == {"GM0106": pytest.approx(50 / 68), "GM0114": 0.0}
    assert result.divided_by == "Inwoners"


@pytest.mark.parametrize("inhabitants", ["", "0", "x"])
def test_without_something_to_divide_by_there_is_no_rate(inhabitants):
    rows = f"Assen;30;{inhabitants}\nEmmen;2;100\n"
    result = joined(rows, header="gemeente;waarde;inw", unit="per_km2", per="inw")
    assert values(result) == {"GM0114": 0.02}
    assert outcomes(result)[0] == "waarde_ontbreekt"


@pytest.mark.parametrize("options", [{"unit": "percent"}, {"unit": "count"}, {"weight": "waarde"}])
def test_only_counts_are_divided(options):
    with pytest.raises(AtlasError):
        joined("Assen;30\n", **{"unit": "per_1000", "per": "waarde", **options})


# --- merged municipalities ---


def test_counts_of_all_parts_are_added_up():
    result = joined(GRONINGEN_2018, unit="count", year=2018)
    assert outcomes(result) == ["herindeling"] * 3
    assert [(value.value, value.rows) for value in result.values] == [(230.0, (2, 3, 4))]


def test_a_missing_part_is_named_and_nothing_is_added_up():
    result = joined("Groningen;200\nHaren;20\nAssen;1\n", unit="count", year=2018)
    assert outcomes(result) == ["waarde_ontbreekt", "waarde_ontbreekt", "gekoppeld"]
    assert "Ten Boer" in next(iter(result.report)).explanation
    assert values(result) == {"GM0106": 1.0}


def test_a_part_without_value_leaves_the_whole_without_value():
    result = joined("Groningen;200\nHaren;.\nTen Boer;10\nAssen;1\n", unit="count", year=2018)
    assert values(result) == {"GM0106": 1.0}
    assert "rij 3" in next(iter(result.report)).explanation
    assert "onbekend" in list(result.report)[1].explanation


def test_a_municipality_that_was_divided_is_never_put_together():
    result = joined("Bedum;1\nDe Marne;2\nEemsmond;3\nAssen;1\n", unit="count", year=2018)
    assert values(result) == {"GM0106": 1.0}
    assert "Winsum" in next(iter(result.report)).explanation


def test_percentages_of_parts_need_a_weight():
    rows = "Groningen;20;80\nHaren;40;15\nTen Boer;40;5\n"
    header = "gemeente;waarde;inwoners"
    refused = joined(rows, header=header, year=2018)
    assert (values(refused), outcomes(refused)) == ({}, ["dubbel"] * 3)
    assert "weight" in refused.refusal.choices
    assert values(joined(rows, header=header, year=2018, weight="inwoners")) == {"GM0014": 24.0}


def test_a_municipality_and_its_parts_are_refused_because_they_may_count_twice():
    result = joined(GRONINGEN_2018, unit="count")
    assert outcomes(result) == ["dubbel"] * 3
    assert "year" in result.refusal.choices
    assert values(joined(GRONINGEN_2018, unit="count", combine="sum")) == {"GM0014": 230.0}


def test_a_table_that_lists_every_municipality_there_ever_was_is_joined():
    now = joined("Groningen;200\nHaren;.\nTen Boer;.\n", unit="count")
    assert (values(now), now.refusal) == ({"GM0014": 200.0}, None)
    then = joined("Midden-Groningen;.\nHoogezand-Sappemeer;1\nMenterwolde;2\nSlochteren;3\n", unit="count")
    assert (values(then), then.refusal) == ({"GM1952": 6.0}, None)
    assert outcomes(then) == ["waarde_ontbreekt", "herindeling", "herindeling", "herindeling"]
