"""What "per 1.000 inwoners" and "per km² land" divide by: published years only, and said which."""

import pytest

from atlas.core.areas.divisions import areas, levels
from atlas.core.areas.population import inhabitants, land_km2
from atlas.core.joining.join import join
from atlas.core.tables.table import Table
from atlas.core.words.errors import AtlasError


@pytest.mark.parametrize("level", [level.id for level in levels()])
def test_every_area_has_both_and_the_sums_agree(level):
    people, land = inhabitants(level, 2025), land_km2(level)
    codes = {area.code for area in areas(level)}
    assert set(people.of_area) == set(land.of_area) == codes
    assert sum(people.of_area.values()) == sum(inhabitants("gemeente", 2025).of_area.values())
    assert sum(land.of_area.values()) == pytest.approx(sum(land_km2("gemeente").of_area.values()))


def test_published_figures():
    assert inhabitants("gemeente", 2024).of_area["GM0106"] == 69_701
    assert land_km2("gemeente").of_area["GM0014"] == 185.6


@pytest.mark.parametrize(
    ("year", "used"), [(2020, 2020), (2019, 2020), (2018, 2020), (2022, 2021), (2027, 2025)]
)
def test_the_nearest_year_is_used_and_said(year, used):
    found = inhabitants("gemeente", year)
    assert found.year == used
    assert f"1 januari {used}" in found.note
    assert (year == used) != (f"van {year} heeft" in found.note)


@pytest.mark.parametrize("year", [2017, 2028, 1900])
def test_a_year_too_far_away_is_refused(year):
    with pytest.raises(AtlasError, match="geen inwoners"):
        inhabitants("gemeente", year)


def counts(**choices):
    table = Table.from_columns("t.csv", {"Gemeente": ["Assen", "Emmen", "Totaal"], "Aantal": [70, 100, 170]})
    return join(table, level="gemeente", key="Gemeente", value="Aantal", **choices)


def test_counts_become_rates_with_their_year():
    joined = counts(unit="per_1000", per_population=2024)
    assert joined.values[0].value == pytest.approx(70 * 1000 / 69_701)
    assert joined.divided_by == "inwoners"
    assert joined.divisor_note in joined.notes
    by_land = counts(unit="per_km2", per_land=True)
    assert by_land.values[0].value == pytest.approx(70 / 81.89)
    assert "2021" in by_land.divisor_note


@pytest.mark.parametrize(
    "choices",
    [
        {"unit": "count", "per_population": 2024},
        {"unit": "per_1000", "per_land": True},
        {"unit": "per_km2", "per_land": True, "per_population": 2024},
        {"unit": "per_1000", "per_population": 2024, "per": "Aantal"},
        {"unit": "per_1000", "per_population": 2024, "weight": "Aantal"},
    ],
)
def test_what_does_not_go_together_is_refused(choices):
    with pytest.raises(AtlasError):
        counts(**choices)
