"""What goes into a statement can only be a name, unless it is SQL of ours."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.schema.rural import working_layer
from atlas.gpkg.statements import Sql, assignments, joined, known_columns, literal, marks, quoted, sql

NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(NAMES, st.lists(NAMES, min_size=1, max_size=4, unique_by=str.casefold))
def test_any_text_is_a_name_and_nothing_else(table, columns):
    connection = sqlite3.connect(":memory:")
    other = "x" + "".join(columns) + "y"
    connection.execute("CREATE TABLE blijft (a)")
    name = f"t{table}"
    connection.execute(sql("CREATE TABLE $table ($columns)", table=name, columns=[*columns, other]))
    statement = sql("INSERT INTO $table ($columns) VALUES ($marks)", table=name, columns=columns,
                    marks=marks(len(columns)))  # fmt: skip
    connection.execute(statement, list(range(len(columns))))
    connection.execute(sql("UPDATE $table SET $fields", table=name, fields=assignments([other])), [7])
    assert connection.execute(sql("SELECT * FROM $table", table=name)).fetchall() == [
        (*range(len(columns)), 7)
    ]
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert tables == {"blijft", name}


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_literal_is_the_text_it_was(text):
    connection = sqlite3.connect(":memory:")
    assert connection.execute(sql("SELECT $text", text=literal(text))).fetchone() == (text,)


def test_a_text_among_pieces_becomes_a_name():
    assert joined(", ", [Sql("1"), "1; DROP TABLE x"]) == '1, "1; DROP TABLE x"'


@pytest.mark.parametrize("name", ["", "a\0b"])
def test_what_can_be_no_name_is_refused(name):
    with pytest.raises(ValueError, match="no name"):
        quoted(name)


def test_a_forgotten_piece_is_refused():
    with pytest.raises(KeyError):
        sql("SELECT * FROM $table")


def test_a_column_that_the_schema_does_not_know_is_refused():
    layer = working_layer("signaal")
    assert known_columns(layer, ["uuid", "geometrie"], "geometrie") == ["uuid", "geometrie"]
    with pytest.raises(ValueError, match='no field of signaal: uuid" = 1'):
        known_columns(layer, ['uuid" = 1 --'])
