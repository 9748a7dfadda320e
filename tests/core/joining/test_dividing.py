"""A count of Winsum before 2019 is divided by addresses when that is asked for, and called an estimate."""

import pytest

from atlas.core.joining.dividing import divisions_by_address
from atlas.core.joining.joined import joined_rows
from atlas.core.tables.csv_text import read_csv
from atlas.core.words.errors import AtlasError
from join_samples import joined, outcomes, values

TO_HOGELAND = (
    "Adorp", "Baflo", "Den Andel", "Rasquert", "Saaxumhuizen", "Sauwerd", "Tinallinge", "Wetsinge", "Winsum",
)  # fmt: skip
TO_WESTERKWARTIER = ("Ezinge", "Feerwerd", "Garnwerd")
HOGELAND = "Bedum;100\nDe Marne;200\nEemsmond;300\n"
WESTERKWARTIER = "Grootegast;10\nLeek;20\nMarum;30\nZuidhorn;40\n"
COUNTS = {"unit": "count", "year": 2018}


def addresses(places, header="woonplaats;straat"):
    """FICTIEF: as many addresses as a place is named."""
    rows = "".join(f"{place};Testweg\n" for place in places)
    return read_csv(f"{header}\n{rows}".encode(), "adressen.csv")


@pytest.fixture
def three_in_four():
    """9 of the 12 addresses went to Het Hogeland."""
    return divisions_by_address(addresses((*TO_HOGELAND, *TO_WESTERKWARTIER)))


def test_a_divided_count_goes_to_both_and_says_that_it_is_an_estimate(three_in_four):
    result = joined(f"{HOGELAND}{WESTERKWARTIER}Winsum;90\n", divisions=three_in_four, **COUNTS)
    assert result.refusal is None
    assert values(result) == {"GM1966": 668.0, "GM1969": 122.0}
    line = list(result.report)[-1]
    assert (line.outcome, line.area_code) == ("verdeeld", "GM1966 GM1969")
    sentence = (
        "Een schatting: het aantal van Winsum, verdeeld in 2019, is gedeeld naar 12 adressen: 75,0% naar Het "
        "Hogeland en 25,0% naar Westerkwartier."
    )
    assert line.explanation == sentence
    assert result.notes == (sentence,)
    rows = {row["code"]: row for row in joined_rows(result, "gemeente", None, "openbaar").content.rows}
    assert {code: row["toelichting"] for code, row in rows.items() if row["toelichting"]} == {
        "GM1966": sentence,
        "GM1969": sentence,
    }


def test_without_being_asked_winsum_stays_ambiguous(three_in_four):
    for options in (
        {},
        {"divisions": three_in_four, "year": 2024},
        {"divisions": three_in_four, "year": None},
    ):
        result = joined(f"{HOGELAND}{WESTERKWARTIER}Winsum;90\n", **{**COUNTS, **options})
        assert outcomes(result)[-1] == "dubbelzinnig"
        assert not any(row.note for row in result.values)
    assert "toelichting" not in [
        field.name for field in joined_rows(result, "gemeente", None, "openbaar").content.fields
    ]


def test_of_one_part_the_rest_may_be_missing(three_in_four):
    result = joined(f"{HOGELAND}Winsum;90\n", divisions=three_in_four, **COUNTS)
    assert values(result) == {"GM1966": 668.0}
    assert outcomes(result) == ["herindeling"] * 3 + ["verdeeld"]


def test_when_neither_part_has_all_its_rows_the_row_says_why(three_in_four):
    result = joined("Assen;1\nGM0053;90\n", divisions=three_in_four, **COUNTS)
    assert outcomes(result) == ["gekoppeld", "waarde_ontbreekt"]
    assert "ontbreken in de tabel" in list(result.report)[-1].explanation


def test_a_rate_of_divided_counts_divides_both(three_in_four):
    rows = "".join(f"{line};1000\n" for line in f"{HOGELAND}Winsum;90".splitlines())
    result = joined(
        rows,
        header="gemeente;waarde;inwoners",
        divisions=three_in_four,
        year=2018,
        unit="per_1000",
        per="inwoners",
    )
    assert values(result) == {"GM1966": pytest.approx(667.5 / 3750 * 1000)}


@pytest.mark.parametrize("unit", ["percent", "grade_0_10", "number"])
def test_only_counts_are_divided(three_in_four, unit):
    with pytest.raises(AtlasError, match="Alleen aantallen kunnen naar adressen"):
        joined("Winsum;9\n", divisions=three_in_four, year=2018, unit=unit)


def test_two_rows_of_winsum_are_two(three_in_four):
    result = joined(f"{HOGELAND}Winsum;90\nWinsum;90\n", divisions=three_in_four, **COUNTS)
    assert result.refusal.title.startswith("Voor één gebied staan er meer rijen")
    assert outcomes(result)[-2:] == ["dubbel", "dubbel"]


def test_a_list_of_addresses_that_is_not_whole_is_refused():
    with pytest.raises(AtlasError) as caught:
        divisions_by_address(addresses((*TO_HOGELAND, "Ezinge")))
    assert caught.value.got == "geen adres in Feerwerd, Garnwerd"
    with pytest.raises(AtlasError, match="geen kolom met de woonplaats"):
        divisions_by_address(addresses(TO_HOGELAND, header="dorp;straat"))


def test_a_column_of_municipalities_leaves_out_the_winsum_of_friesland():
    rows = [f"{place};Het Hogeland" for place in TO_HOGELAND] + ["Winsum;Waadhoeke"] * 50
    rows += [f"{place};GM1969" for place in TO_WESTERKWARTIER]
    table = read_csv(("woonplaats;gemeente\n" + "\n".join(rows)).encode(), "adressen.csv")
    assert divisions_by_address(table)[0].parts == {"GM1966": 0.75, "GM1969": 0.25}
