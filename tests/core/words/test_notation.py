import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.words.errors import AtlasError
from atlas.core.words.notation import (
    check_unit,
    counted,
    format_interval,
    format_number,
    format_period,
    format_value,
    read_pairs,
)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (2149, 0, "2.149"),
        (7.9, 1, "7,9"),
        (1234567.891, 2, "1.234.567,89"),
        (-5, 0, "−5"),
        (-0.2, 0, "0"),
        (0, 0, "0"),
    ],
)
def test_a_number_is_written_with_a_dot_for_thousands_and_a_comma_for_decimals(value, decimals, text):
    assert format_number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (21.0, "percent", "21%"),
        (10.6e6, "eur", "€ 10.600.000"),
        (144, "count", "144"),
        (None, "percent", "–"),
    ],
)
def test_a_value_carries_its_unit(value, unit, text):
    assert format_value(value, unit) == text


def test_an_interval_has_its_unit_once_and_is_empty_when_there_is_none():
    assert format_interval(17.7, 24.7, "percent") == "18–25%"
    assert format_interval(None, None, "percent") == ""


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2025-11", "november 2025"),
        ("2025-03-07", "7 maart 2025"),
        ("2023", "2023"),
        ("2023-2024", "2023 tot en met 2024"),
        ("2026-2028", "2026 tot en met 2028"),
        ("2023-2025H1", "2023 tot medio 2025"),
        ("2025-najaar", "najaar 2025"),
        ("onbekend", "periode onbekend"),
        ("2022/2023", "2022/2023"),
        ("peiling-2", "peiling-2"),
    ],
)
def test_a_period_is_written_as_words_when_it_is_a_date(period, text):
    assert format_period(period) == text


def test_an_unknown_unit_is_refused_with_the_units_there_are():
    with pytest.raises(AtlasError) as error:
        check_unit("procent")
    assert "percent" in error.value.expected


@given(st.floats(min_value=-1e12, max_value=1e12), st.integers(0, 3))
def test_reading_back_what_was_written_gives_the_rounded_number(value, decimals):
    text = format_number(value, decimals)
    back = float(text.replace(".", "").replace(",", ".").replace("−", "-"))
    assert back == pytest.approx(round(value, decimals), abs=10**-decimals)


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 regels"), (1, "1 regel"), (2, "2 regels"), (-1, "−1 regels"), (2149, "2.149 regels")],
)
def test_a_count_of_one_reads_as_one(number, said):
    assert counted(number, "regel", "regels") == said


#: in the code: a number in braces and then a plural, which would be written for one as well
PLURAL = re.compile(
    r"\{[^{}]*\}\"? (?:regels|rijen|objecten|records|gebieden|adressen|vlakken|punten|buurten|cellen"
    r"|verblijfsobjecten|erven|signalen|bestanden)\b"
)
#: where the number is never one: the number of areas of a level, a threshold, a limit
NEVER_ONE = (
    "minder dan {threshold} adressen",
    "van de {len(codes)} gebieden",
    "{len(cells)} cellen",
    "{len(fitting)} adressen",
    "{rows.doubtful[position]} objecten",
    "(north - south))} cellen",
)


@pytest.mark.parametrize("room", ["src/atlas", "qgis_plugin"])
def test_no_sentence_writes_a_plural_behind_a_number_that_may_be_one(room):
    root = Path(__file__).parents[3]
    found = [
        f"{path.relative_to(root)}: {line.strip()}"
        for path in sorted((root / room).rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if PLURAL.search(line) and not any(allowed in line for allowed in NEVER_ONE)
    ]
    assert found == []


def test_a_choice_is_read_once_and_never_overruled_by_the_next():
    asked = AtlasError("Zo niet.", choices=("where",))
    assert read_pairs(["Soort = A=B", "Soort=A=B", "b=1"], asked) == {"Soort": "A=B", "b": "1"}
    assert read_pairs(["a="], asked, may_be_empty=True) == {"a": ""}
    for wrong in ("a=", "=a", "a", ""):
        with pytest.raises(AtlasError, match="Zo niet"):
            read_pairs([wrong], asked)
    with pytest.raises(AtlasError, match="twee verschillende keuzes") as refused:
        read_pairs(["Soort=A", "Soort=B"], asked)
    assert refused.value.choices == ("where",)
