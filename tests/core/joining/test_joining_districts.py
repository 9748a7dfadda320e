"""A table per wijk: values on the wijken of 2022, an outcome for every row, and what is refused."""

from __future__ import annotations

import pytest

from atlas.core.areas.districts import districts
from atlas.core.disclosure.audiences import Audience
from atlas.core.joining.join import join
from atlas.core.joining.joined import joined_estimates, joined_rows
from atlas.core.tables.csv_text import read_csv
from atlas.core.words.errors import AtlasError

HEADER = "wijk;gemeente;waarde;n\n"


def joined(lines, **options):
    settings = {"level": "wijk", "key": "wijk", "value": "waarde", "unit": "count", **options}
    return join(read_csv((HEADER + lines).encode(), "wijken.csv"), **settings)


def outcomes(result):
    return [line.outcome for line in result.report]


def test_a_table_of_all_wijken_gives_each_its_own_value():
    lines = "".join(f"{one.code};;{number};\n" for number, one in enumerate(districts(), start=1))
    result = joined(lines)
    assert result.refusal is None
    assert {value.area.code: value.value for value in result.values} == {
        one.code: number for number, one in enumerate(districts(), start=1)
    }
    assert set(outcomes(result)) == {"gekoppeld"}


def test_every_row_has_its_outcome():
    lines = (
        "WK001400;Groningen;1;\n001401;Groningen;2;\nLariks;Assen;3;\nCentrum;Meppel;4;\nRoden;Noordenveld;5;\n"
        "WK001425;Groningen;6;\n2019WK001402;Groningen;7;\nWK036300;Amsterdam;8;\nWK010602;Emmen;9;\n"
        "GM0014;Groningen;10;\nTotaal;;11;\n;;;\nWK010603;Assen;x;\n"
    )
    assert outcomes(joined(lines, municipality="gemeente")) == [
        "gekoppeld", "gekoppeld", "gekoppeld_spelling", "gekoppeld", "dubbelzinnig", "onbekend", "onbekend",
        "buiten_gebied", "dubbelzinnig", "totaalregel", "totaalregel", "voetnoot", "waarde_ontbreekt",
    ]  # fmt: skip


def test_the_year_is_said_unless_the_table_says_it():
    assert joined("WK001400;;1;\n").notes[-1].startswith("Gekoppeld aan de wijken van 2022.")
    assert not joined("WK001400;;1;\n", year=2022).notes


def test_another_year_is_refused():
    with pytest.raises(AtlasError, match="alleen de wijken van 2022") as raised:
        joined("WK001400;;1;\n", year=2023)
    assert raised.value.choices == ("year",)


def test_only_codes_of_another_year_are_refused_with_the_reason():
    result = joined("WK001490;;1;\nWK001491;;2;\n")
    assert outcomes(result) == ["onbekend", "onbekend"]
    assert "alleen de wijken van 2022" in result.refusal.detail


def test_two_rows_for_one_wijk_are_refused_with_its_municipality():
    result = joined("WK001400;;1;\n1400;;2;\n")
    assert "Centrum (Groningen): rij 2 en 3" in result.refusal.got


def test_rows_of_municipality_and_wijk_together_are_refused():
    table = "code;soort;waarde\nGM0014;Gemeente;200000\nWK001400;Wijk;18000\nWK001401;Wijk;12000\n"
    result = join(read_csv(table.encode(), "kwb.csv"), level="wijk", key="code", value="waarde", unit="count")
    assert [line.outcome for line in result.report] == ["totaalregel", "gekoppeld", "gekoppeld"]
    assert {value.area.code: value.value for value in result.values} == {"WK001400": 18000, "WK001401": 12000}


def test_a_total_of_groningen_may_be_of_the_municipality():
    notes = joined("WK001400;;10;\nWK001401;;20;\nWK196600;;70;\nTotaal Groningen;;30;\n").notes
    assert not [note for note in notes if "Totaal Groningen" in note]


def test_a_total_of_the_province_is_held_against_its_wijken():
    result = joined("WK001400;;10;\nWK001401;;20;\nWK010600;;70;\nGroningen (provincie);;31;\n")
    assert (
        '"Groningen (provincie)" (rij 5) is 31, maar de gebieden daarin tellen op tot 30.' in result.notes[0]
    )


def test_a_figure_of_too_few_respondents_is_withheld_in_a_wijk_too():
    result = joined("WK001400;;20;10\nWK001401;;20;1000\n", unit="percent", n="n")
    rows = joined_rows(result, "wijk", joined_estimates(result, "percent"), Audience.PUBLIC).content.rows
    by_code = {row["code"]: row for row in rows}
    assert len(rows) == len(districts())
    assert by_code["WK001400"]["waarde"] is None
    assert by_code["WK001400"]["status"] == "te_weinig_respondenten"
    assert by_code["WK001401"]["waarde"] == 20
    assert by_code["WK001402"]["status"] == "geen_gegevens"
