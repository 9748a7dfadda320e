"""Numbers are read as they are written, Dutch or English; what can be read in two ways is refused."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.tables.cell_numbers import MISSING, OUT_OF_RANGE, UNDECIDED, UNREADABLE, FormattedPercentage
from atlas.core.tables.parsing import parse_column, parse_numbers
from atlas.core.words.errors import AtlasError
from atlas.core.words.notation import UNIT_SUFFIX, format_number


def one(cell, **choices):
    return parse_numbers([cell], **choices).values[0]


def kind(cell, **choices):
    return parse_numbers([cell], **choices).kinds[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7), ("007", 7), ("7,9", 7.9), ("7.9", 7.9), (",5", 0.5), ("0.204", 0.204),
        ("1234,567", 1234.567),
        ("2,149.5", 2149.5), ("2.149,5", 2149.5), ("1.234.567", 1234567), ("1,234,567.25", 1234567.25),
        ("1 234", 1234), ("1 234,5", 1234.5), ("1\u00a0234", 1234), ("1\u202f234.5", 1234.5),
        ("−5", -5), ("-5", -5), ("–5,5", -5.5), ("+5", 5), (" 7,9 \t", 7.9), ("\ufeff7", 7),
        ("\u200e7\u200f", 7),
        ("23%", 23), ("23 %", 23), ("23\u00a0%", 23), ("7,9 procent", 7.9), ("12 pct.", 12),
        ("€ 9,3 mln", 9.3e6), ("€9,3 miljoen", 9.3e6), ("1,5 mld.", 1.5e9), ("12 duizend", 12000),
        ("€ 1.234,50", 1234.5), ("€ -5", -5), ("-€ 5", -5), ("12,50 euro", 12.5), ("EUR 12.50", 12.5),
        ("€ 1.250,-", 1250), ("€ 5,--", 5), ("1e3", 1000), ("1,5E+03", 1500), ("2.5e-2", 0.025),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_was_meant(text, value):
    assert one(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "abc", "(5)", "5-", "--5", "1.2.3", "12.03.2025", "1,2,3", "1.20,4", "1 23", "12 34,5",
        "1.234 567", "5.",
        "inf", "-inf", "1e308", "1e400", "9" * 400, "5–10", "<5", "5%5", "€", "%", "1'234", ",-", "1/2",
        "٣", "½",
        "12 appels", "=1+1", "5 5", "0x10", "1_000", "-€-5",
    ],
)  # fmt: skip
def test_what_is_no_number_is_unreadable_and_quoted(text):
    numbers = parse_numbers([text])
    assert numbers.values == [None]
    assert numbers.kinds == [UNREADABLE]
    assert text[:20] in numbers.reasons[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "leeg"), (" \u00a0", "leeg"), (None, "leeg"), (math.nan, "leeg"), ("x", "geheim"),
        ("X", "geheim"),
        (".", "onbekend"), ("?", "onbekend"), ("n.v.t.", "toepassing"), ("NVT", "toepassing"),
        ("n.b.", "bekend"),
        ("NA", "beschikbaar"), ("#N/B", "beschikbaar"), ("NULL", "leeg"), ("-99997", "geheim"),
        ("-99997.0", "geheim"), (-99997, "geheim"), ("-99995", "later"), ("−99991", "niet meer"),
        ("-99999999", "CBS"), (-99999999.0, "CBS"), ("NaN", "leeg"), ("nan", "leeg"),
    ],
)  # fmt: skip
def test_a_missing_value_keeps_its_reason(text, word):
    numbers = parse_numbers([text], unit="percent")
    assert (numbers.values, numbers.kinds) == ([None], [MISSING])
    assert word in numbers.reasons[0]


def test_numbers_of_a_spreadsheet_are_never_parsed_again():
    assert parse_numbers([1.204, 1204, "7,9"]).values == [1.204, 1204.0, 7.9]
    assert kind(math.inf) == UNREADABLE


# --- the column decides on the decimal mark ---


@pytest.mark.parametrize(
    ("proof", "value"),
    [("7,9", 1204), ("1.204,5", 1204), ("1.234.567", 1204), ("0,500", 1204), ("1 234,5", 1204),
     ("€ 5,-", 1204),
     ("12.75", 1.204), ("2,149.5", 1.204), ("1,234,567", 1.204), ("0.5", 1.204), ("1234.567", 1.204)],
)  # fmt: skip
def test_one_cell_that_proves_the_mark_decides_the_column(proof, value):
    assert parse_numbers(["1.204", proof, "12"]).values[0] == value


def test_a_column_without_proof_is_refused_unless_the_mark_is_given():
    with pytest.raises(AtlasError, match="decimaalteken") as caught:
        parse_numbers(["1.204", "3", "12"], where="tabel.csv, kolom n")
    assert (caught.value.got, caught.value.where) == ('"1.204"', "tabel.csv, kolom n")
    assert one("1.204", decimal=",") == 1204
    assert one("1.204", decimal=".") == 1.204


def test_proofs_that_contradict_each_other_are_both_named():
    numbers = parse_column(["7,9", "3", "12.75"], rows=range(2, 5))
    assert numbers.refusal.got == '"7,9" in rij 2 en "12.75" in rij 4'
    assert numbers.kinds == [UNDECIDED, "", UNDECIDED]


def test_a_cell_that_does_not_fit_the_given_mark_is_unreadable():
    assert parse_numbers(["12.75", "7,9"], decimal=",").kinds == [UNREADABLE, ""]


def test_a_neighbouring_column_helps_only_when_there_is_no_proof():
    assert parse_column(["1.204"], otherwise=",").values == [1204]
    assert parse_column(["1.204", "0.5"], otherwise=",").values == [1.204, 0.5]


def test_choices_that_do_not_exist_are_refused():
    for choices in ({"decimal": "'"}, {"dash": "nul"}, {"unit": "procent"}):
        with pytest.raises(AtlasError):
            parse_numbers(["1"], **choices)


# --- the dash ---


@pytest.mark.parametrize("dash", ["-", "–", "—", " - ", "--"])
def test_a_dash_means_nothing_until_somebody_says_what(dash):
    with pytest.raises(AtlasError, match="streepje") as caught:
        parse_numbers(["3", dash])
    assert caught.value.choices == ("dash",)
    assert one(dash, dash="zero") == 0
    assert kind(dash, dash="missing") == MISSING


# --- units ---


@pytest.mark.parametrize(
    ("text", "unit"),
    [("100,1", "percent"), ("-1", "percent"), (-0.5, "percent"), ("-1", "count"), ("10,5", "grade_0_10"),
     ("-1", "grade_0_10"), ("-2", "per_1000"), ("-2", "per_km2")],
)  # fmt: skip
def test_a_value_that_cannot_be_is_out_of_range(text, unit):
    assert kind(text, unit=unit) == OUT_OF_RANGE


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("0", "percent"),
        ("100%", "percent"),
        ("3,7", "count"),
        ("10", "grade_0_10"),
        ("-12", "eur"),
        ("-3", "number"),
    ],
)
def test_the_ends_of_the_range_and_weighted_counts_are_fine(text, unit):
    assert kind(text, unit=unit) == ""


@pytest.mark.parametrize(
    ("text", "unit"),
    [("23%", "count"), ("€ 5", "percent"), ("5 mln", "percent"), ("5%", "eur"), ("5%", "grade_0_10")],
)
def test_a_sign_that_contradicts_the_unit_is_unreadable(text, unit):
    assert kind(text, unit=unit) == UNREADABLE


def test_percentages_that_look_like_fractions_are_refused():
    with pytest.raises(AtlasError, match="breuken"):
        parse_numbers(["0,23", "0,5", "1", ""], unit="percent")
    with pytest.raises(AtlasError, match="breuken"):
        parse_numbers([0.23, 0.5], unit="percent")


@pytest.mark.parametrize("cells", [["0,2%", "0,5%"], ["0,2", "14"], ["0", "1"], [0, 1.0], [""]])
def test_small_percentages_that_are_surely_percentages_are_read(cells):
    assert parse_numbers(cells, unit="percent").refusal is None


# --- always ---


def english(value, decimals):
    return f"{value:,.{decimals}f}"


@given(
    st.lists(st.integers(-90_000_000, 10**12), min_size=1, max_size=8),
    st.integers(0, 4),
    st.sampled_from([(",", format_number), (".", english)]),
)
def test_what_is_formatted_is_always_read_back(numbers, decimals, notation):
    mark, write = notation
    values = [number / 10**decimals for number in numbers]
    read = parse_numbers([write(value, decimals) for value in values], decimal=mark)
    missing = {-99997, -99995, -99991}
    expected = [None if value in missing else value for value in values]
    assert read.values == pytest.approx(expected)


@given(
    st.lists(
        st.one_of(st.none(), st.floats(), st.integers(-(10**30), 10**30), st.text(max_size=10)), max_size=12
    ),
    st.sampled_from(sorted(UNIT_SUFFIX)),
    st.sampled_from([None, ",", "."]),
    st.sampled_from([None, "zero", "missing"]),
)
def test_every_cell_has_either_a_finite_number_or_a_reason(cells, unit, decimal, dash):
    numbers = parse_column(cells, unit=unit, decimal=decimal, dash=dash)
    assert len(numbers.values) == len(numbers.reasons) == len(numbers.kinds) == len(cells)
    for value, reason, why in zip(numbers.values, numbers.reasons, numbers.kinds, strict=True):
        assert (value is None) == bool(reason) == bool(why)
        assert value is None or math.isfinite(value)
    assert (UNDECIDED in numbers.kinds) == (numbers.refusal is not None)


@given(st.lists(st.text("0123456789.,- %x", max_size=8), min_size=1, max_size=6))
def test_the_order_of_the_rows_never_changes_a_value(cells):
    forwards, backwards = parse_column(cells), parse_column(cells[::-1])
    assert forwards.values == backwards.values[::-1]


# --- what CBS writes, and what a program writes for nothing ---


@pytest.mark.parametrize("value", [-1_250_000, "-1.250.000", "-99990", -99998, -100_000.0])
def test_a_balance_below_the_codes_is_a_value(value):
    assert parse_numbers([value], unit="eur", decimal=",").kinds == [""]


@pytest.mark.parametrize("value", ["1e308", 1e308, -1e300, "9" * 20])
def test_a_number_larger_than_anything_is_no_figure(value):
    numbers = parse_numbers([value])
    assert (numbers.values, numbers.kinds) == ([None], [UNREADABLE])


# --- percentages below one ---


def test_percentages_below_one_can_be_declared():
    cells = ["0,36", "0,08", "1"]
    assert parse_numbers(cells, unit="percent", below_one="percent").values == [0.36, 0.08, 1.0]
    assert parse_numbers(cells, unit="percent", below_one="fraction").values == [36.0, 8.0, 100.0]
    with pytest.raises(AtlasError, match="breuken") as raised:
        parse_numbers(cells, unit="percent")
    assert raised.value.choices == ("below_one",)


def test_a_declared_fraction_above_one_is_out_of_range():
    assert parse_numbers(["0,36", "1,2"], unit="percent", below_one="fraction").kinds == ["", OUT_OF_RANGE]


def test_a_percentage_with_its_sign_is_never_a_fraction():
    assert parse_numbers(["36%", "0,5"], unit="percent", below_one="fraction").values == [36.0, 50.0]


def test_a_formatted_percentage_is_what_its_workbook_shows():
    cells = [FormattedPercentage.of(share) for share in (0.236, 0.12, 0.29, 1.5, 0.00123)]
    assert cells == ["23,6%", "12%", "29%", "150%", "0,123%"]
    numbers = parse_numbers(cells, unit="percent")
    assert numbers.values == [23.6, 12.0, 29.0, None, 0.123]
    assert numbers.mark == ""
    assert parse_numbers(cells[:1], unit="count").kinds == [UNREADABLE]
