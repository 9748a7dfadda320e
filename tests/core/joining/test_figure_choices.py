"""What a user chooses of a table of figures: one role for a column, the years of one figure together."""

from __future__ import annotations

from atlas.core.joining.figure_choices import drafted, roles_of, with_role
from atlas.core.joining.figure_intake import FigureMapping
from atlas.core.tables.table import Table

COLUMNS = {"Gemeente": ["Assen", "Emmen"], "Hits 2023": [1, 2], "Hits 2024": [3, 4], "n": [50, 60]}
TABLE = Table.from_columns("t.csv", COLUMNS)


def test_the_years_of_one_figure_have_one_role():
    mapping, _draft = drafted(TABLE, FigureMapping(unit="count"))
    assert mapping.value == "Hits {periode}"
    assert mapping.unit == "count", "what is said stays"
    assert roles_of(mapping, TABLE.columns) == {
        "Gemeente": "key", "Hits 2023": "value", "Hits 2024": "value", "n": "n",
    }  # fmt: skip


def test_a_role_moves_to_the_column_that_is_chosen():
    mapping, _draft = drafted(TABLE, FigureMapping())
    none = with_role(mapping, TABLE.columns, "Hits 2023", "")
    assert none.value == ""
    one = with_role(none, TABLE.columns, "Hits 2024", "value")
    assert one.value == "Hits 2024"
    assert with_role(one, TABLE.columns, "Hits 2023", "value").value == "Hits {periode}"
    assert with_role(one, TABLE.columns, "n", "value").value == "n"
    assert with_role(one, TABLE.columns, "n", "value").n == "", "a column has one role"
    moved = with_role(one, TABLE.columns, "Hits 2023", "n")
    assert (moved.n, moved.value) == ("Hits 2023", "Hits 2024")
    assert with_role(moved, TABLE.columns, "n", "n").n == "n"
