"""The result of a join as rows: every area, what an audience may see, and numbers as they were."""

import pytest

from atlas.core.areas.divisions import areas
from atlas.core.figures.estimates import Estimate
from atlas.core.joining.join import join
from atlas.core.joining.joined import joined_estimates, joined_rows, withheld_areas
from atlas.core.tables.csv_text import read_csv
from atlas.core.words.errors import AtlasError

TABLE = "gemeente;waarde;n\nAssen;7,9;120\nGM0114;12;64\nLeeuwarden;3;9\n"


@pytest.fixture
def joined():
    table = read_csv(TABLE.encode(), "tabel.csv")
    return join(table, level="gemeente", key="gemeente", value="waarde", unit="percent", n="n")


def by_code(rows):
    return {row["code"]: row for row in rows}


def test_every_area_has_a_row_in_the_order_of_the_level(joined):
    rows = joined_rows(joined, "gemeente", None, "openbaar").content.rows
    assert [(row["code"], row["naam"]) for row in rows] == [(one.code, one.name) for one in areas("gemeente")]
    assert sum(row["waarde"] is not None for row in rows) == 2


def test_a_whole_number_has_no_decimal_point_and_another_is_kept(joined):
    rows = by_code(joined_rows(joined, "gemeente", None, "openbaar").content.rows)
    assert [repr(rows["GM0114"][name]) for name in ("waarde", "n")] == ["12", "64"]
    assert rows["GM0106"]["waarde"] == 7.9
    assert rows["GM0014"]["waarde"] is None


def test_without_estimates_there_is_no_interval_and_no_status(joined):
    _level, fields, rows = joined_rows(joined, "gemeente", None, "openbaar").content
    assert [field.name for field in fields] == ["code", "naam", "waarde", "n"]
    assert all(list(row) == [field.name for field in fields] for row in rows)


def test_with_estimates_the_interval_stands_beside_the_value_and_the_others_say_no_data(joined):
    estimate = Estimate(7.9, 5.1, 10.7, 120, 60, "solid", "")
    _level, fields, rows = joined_rows(joined, "gemeente", {"GM0106": estimate}, "openbaar").content
    assert {"laag", "hoog", "status"} <= {field.name for field in fields}
    found = by_code(rows)
    assert [found["GM0106"][name] for name in ("laag", "hoog", "status")] == [
        estimate.low, estimate.high, estimate.status,
    ]  # fmt: skip
    assert [found["GM0014"][name] for name in ("laag", "hoog", "status")] == [None, None, "geen_gegevens"]


def test_an_audience_that_does_not_exist_sees_nothing(joined):
    with pytest.raises(AtlasError):
        joined_rows(joined, "gemeente", None, "iedereen")


# --- the publication rule ---

ONE_RESPONDENT = "gem;antwoord;gew;een\nAssen;100;1,2;1\nEmmen;0;0,8;1\nEmmen;100;0,9;1\nMeppel;0;1,1;1\n"


@pytest.mark.parametrize("unit", ["percent", "grade_0_10", "number", "eur"])
def test_no_figure_of_too_few_respondents_is_in_the_result(unit):
    table = read_csv(ONE_RESPONDENT.replace("100", "8").encode(), "tabel.csv")
    result = join(
        table, level="gemeente", key="gem", value="antwoord", unit=unit, n="een", weight="gew", combine="sum"
    )
    estimates = joined_estimates(result, unit)
    found = by_code(joined_rows(result, "gemeente", estimates, "openbaar").content.rows)
    assert withheld_areas(estimates) == 3
    for code in ("GM0106", "GM0114", "GM0119"):
        assert found[code]["status"] == "te_weinig_respondenten"
        assert [found[code][name] for name in ("waarde", "laag", "hoog")] == [None, None, None]


def test_single_respondents_without_a_column_n_are_counted():
    table = read_csv(ONE_RESPONDENT.encode(), "tabel.csv")
    options = {"level": "gemeente", "key": "gem", "value": "antwoord", "unit": "percent"}
    result = join(table, **options, weight="gew", combine="sum")
    assert {value.area.code: value.n for value in result.values} == {"GM0106": 1, "GM0114": 2, "GM0119": 1}
    assert withheld_areas(joined_estimates(result, "percent")) == 3


def test_enough_respondents_give_a_figure_with_its_interval():
    table = read_csv(b"gemeente;waarde;n\nAssen;21;1600\n", "tabel.csv")
    result = join(table, level="gemeente", key="gemeente", value="waarde", unit="percent", n="n")
    found = by_code(
        joined_rows(result, "gemeente", joined_estimates(result, "percent"), "openbaar").content.rows
    )
    assert found["GM0106"]["waarde"] == 21
    assert found["GM0106"]["laag"] < 21 < found["GM0106"]["hoog"]


def test_counts_have_no_sample():
    table = read_csv(b"gemeente;aantal;n\nAssen;7;3\n", "tabel.csv")
    result = join(table, level="gemeente", key="gemeente", value="aantal", unit="count", n="n")
    assert joined_estimates(result, "count") is None


def test_the_result_tells_no_n_of_fewer_than_five_respondents_beside_a_withheld_figure():
    table = read_csv(b"gemeente;waarde;n\nAssen;7,9;4\nEmmen;8;20\nMeppel;9;400\n", "tabel.csv")
    found = join(table, level="gemeente", key="gemeente", value="waarde", unit="percent", n="n")
    rows = by_code(
        joined_rows(found, "gemeente", joined_estimates(found, "percent"), "openbaar").content.rows
    )
    assert [(rows[code]["waarde"], rows[code]["n"]) for code in ("GM0106", "GM0114", "GM0119")] == [
        (None, None), (None, 20), (9, 400),
    ]  # fmt: skip
