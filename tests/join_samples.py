"""Joining rows of CSV to areas, for the tests of what a join gives and refuses."""

from atlas.core.joining.join import join
from atlas.core.tables.csv_text import read_csv

GRONINGEN_2018 = "Groningen;200\nHaren;20\nTen Boer;10\n"


def joined(rows, header="gemeente;waarde", **options):
    """Join CSV rows under a header; percentages of municipalities unless said otherwise."""
    table = read_csv(f"{header}\n{rows}".encode(), "tabel.csv")
    return join(
        table, **{"level": "gemeente", "key": "gemeente", "value": "waarde", "unit": "percent", **options}
    )


def outcomes(result):
    return [line.outcome for line in result.report]


def values(result):
    return {value.area.code: value.value for value in result.values}
