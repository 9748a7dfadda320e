"""The table of woonplaatsen and municipalities as a frame, with a report of every row that is not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...core.records.residences import read_residence_rows
from ..reading.frames import Reading, Sieve

if TYPE_CHECKING:
    from datetime import date

    from ...core.tables.table import Table

#: the columns of the frame
RESIDENCE_COLUMNS = ("woonplaats_code", "naam", "gemeente_code")


def read_residences(table: Table, *, today: date) -> Reading:
    """Read the table of woonplaatsen and municipalities (Kadaster, CBS).

    Args:
        table: With columns such as woonplaats code, woonplaats and gemeente code.
        today: Rows that ended before it are left out.

    Returns:
        `RESIDENCE_COLUMNS`: code of four digits, name, code of the municipality (GM0106).

    Raises:
        AtlasError: columns missing, or no woonplaats in the two provinces.
    """
    rows = read_residence_rows(table, today=today)
    sieve = Sieve(table.source, np.asarray(table.rows))
    for reason, explanation in dict.fromkeys((row.reason, row.explanation) for row in rows if row.reason):
        here = [(row.reason, row.explanation) == (reason, explanation) for row in rows]
        sieve.reject(here, reason, explanation)
    cells = [(row.code, row.name, row.municipality) for row in rows]
    frame = pd.DataFrame(cells, columns=[*RESIDENCE_COLUMNS])
    report = sieve.report()
    return Reading(frame[sieve.kept].reset_index(drop=True), report)
