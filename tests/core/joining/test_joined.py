"""The report of a join is a file with one harmless line for every row."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.joining.join import join
from atlas.core.joining.joined import COLUMNS, JoinReport
from atlas.core.tables.table import Table


def report_of(names):
    table = Table.from_columns("tabel.xlsx", {"gemeente": names, "waarde": [3] * len(names)})
    return join(table, level="gemeente", key="gemeente", value="waarde", unit="count", combine="sum").report


def written(report):
    file = io.StringIO(newline="")
    report.write_csv(file)
    return list(csv.reader(io.StringIO(file.getvalue(), newline="")))


def test_the_report_is_written_with_its_columns():
    report = report_of(["Assen", "Bohemen"])
    assert written(report) == [
        ["rij", "tekst", "uitkomst", "gebied_code", "toelichting", "periode", "cijfer"],
        ["2", "Assen", "gekoppeld", "GM0106", "", "", ""],
        ["3", "Bohemen", "onbekend", "", list(report)[1].explanation, "", ""],
    ]


def test_the_report_of_an_unreadable_table_has_only_a_header():
    assert written(JoinReport.empty()) == [list(COLUMNS)]


def test_counts_name_the_outcomes_that_occur():
    assert report_of(["Assen", "Bohemen", "Emmen"]).counts() == {"gekoppeld": 2, "onbekend": 1}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\u200e="])
def test_a_text_is_never_a_formula_in_a_spreadsheet(start):
    report = report_of(["Assen", f"{start}1+1"])
    assert written(report)[2][1].startswith("'")


def test_a_report_line_is_one_line_and_never_endless():
    report = report_of(["Assen", "een\r\ntwee " + "x" * 10**6])
    file = io.StringIO(newline="")
    report.write_csv(file)
    assert len(file.getvalue().splitlines()) == 3
    assert len(file.getvalue()) < 1000


@given(st.lists(st.text(st.characters(), max_size=20), min_size=1, max_size=6))
def test_every_report_can_always_be_written_and_read_back(names):
    lines = written(report_of(names))
    assert [line[0] for line in lines[1:]] == [str(row) for row in range(2, len(names) + 2)]
    assert all(len(line) == len(COLUMNS) and all(cell.isprintable() for cell in line) for line in lines)
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)
