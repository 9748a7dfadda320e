"""Which countryside the tests look at, and a column of its addresses."""

from __future__ import annotations

from datetime import date

DAY = date(2026, 2, 1)
SCALE = 0.02


def column(fiction, name):
    return fiction.addresses[name].to_numpy()
