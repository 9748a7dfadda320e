"""Notes beside a table that call figures provisional: about which column and which period they are."""

from __future__ import annotations

import pytest

from atlas.core.tables.periods import provisional_status, provisional_texts

COLUMNS = ("Gemeente", "Meldingen 2023", "Meldingen 2024*")


@pytest.mark.parametrize(
    ("text", "period", "status"),
    [
        ("* cijfers 2024 voorlopig", "2024", "voorlopig"),
        ("* cijfers 2024 voorlopig", "2023", ""),
        ("* cijfers 2024 voorlopig", "2024-11", "voorlopig"),
        ("Voorlopige cijfers", "2021", "voorlopig"),
        ("Nader voorlopige cijfers 2024", "2024", "nader voorlopig"),
        ("2022-2024 is voorlopig", "2023", "voorlopig"),
        ("2022 t/m 2024 voorlopig", "2025", ""),
        ("Voorlopige cijfers, uitdraai 1-2-2025", "2024", "voorlopig"),
        ("Voorlopige cijfers per 1 februari 2025", "2024", "voorlopig"),
        ("Voorlopig", "", "voorlopig"),
        ("Bron: meldpunt 2024", "2024", ""),
        ("Voorlopigheid is geen noot", "2024", ""),
    ],
)
def test_a_note_is_about_the_years_it_names(text, period, status):
    found = provisional_texts([text], "Aantal", ("Gemeente", "Aantal"))
    assert provisional_status(found, period) == status


@pytest.mark.parametrize(("column", "found"), [("Meldingen 2024*", 1), ("Meldingen 2023", 0)])
def test_a_note_with_a_mark_is_about_the_columns_with_that_mark(column, found):
    assert len(provisional_texts(["* voorlopig", "Titel"], column, COLUMNS)) == found


def test_a_mark_that_no_column_has_says_nothing_of_which():
    assert provisional_texts(["** voorlopig"], "Meldingen 2023", COLUMNS) == ("** voorlopig",)
