"""The report of a join: one line and one outcome for every row of the table, kept column by column."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from ..schema.outcomes import ATTENTION_OUTCOMES, JOINED_OUTCOMES, OUTCOMES, PLACE
from ..words.spreadsheet_text import harmless_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..tables.cell import Cell

COLUMNS = ("rij", "tekst", "uitkomst", "gebied_code", "toelichting")
#: a cell of 200 MB must not come back in the report
_LONGEST_TEXT = 200
#: rows that are written at a time
_CHUNK_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What became of one row: its number in the file, the text of the area, the outcome and why."""

    row: int
    text: str
    outcome: str
    area_code: str
    explanation: str


@dataclass(frozen=True, slots=True)
class JoinReport:
    """What became of every row, in the order of the table.

    Attributes:
        rows: Row numbers as a person sees them in the file.
        texts: What stood in the key column.
        outcomes: Position in `OUTCOMES`, one byte a row.
        area_codes: The area the row is about, "" when unknown.
        explanations: Dutch sentences, "" where nothing needs to be said.
    """

    rows: Sequence[int]
    texts: Sequence[Cell]
    outcomes: bytes
    area_codes: Sequence[str]
    explanations: Sequence[str]

    @classmethod
    def empty(cls) -> JoinReport:
        """The report of a table that could not be read."""
        return cls((), (), b"", (), ())

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[ReportLine]:
        columns = (self.rows, self.texts, self.outcomes, self.area_codes, self.explanations)
        for row, text, outcome, code, explanation in zip(*columns, strict=True):
            yield ReportLine(row, cell_text(text), OUTCOMES[outcome], code, explanation)

    def counts(self) -> dict[str, int]:
        """Number of rows of each outcome that occurs, in the order of `OUTCOMES`."""
        found = {outcome: self.outcomes.count(position) for position, outcome in enumerate(OUTCOMES)}
        return {outcome: count for outcome, count in found.items() if count}

    def rows_on_map(self) -> int:
        """Number of rows whose value is on the map: a place only when it counts for its municipality."""
        joined = sum(count for outcome, count in self.counts().items() if outcome in JOINED_OUTCOMES)
        place = OUTCOMES.index(PLACE)
        if place not in self.outcomes:
            return joined
        pairs = zip(self.outcomes, self.area_codes, strict=True)
        return joined + sum(outcome == place and bool(code) for outcome, code in pairs)

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should look at one of the rows."""
        return any(outcome in ATTENTION_OUTCOMES for outcome in self.counts())

    def write_csv(self, file: TextIO) -> None:
        """Write the report with a header to an open text file (opened with newline="").

        Texts are cut at 200 characters, kept on one line and made harmless for a spreadsheet.
        """
        csv.writer(file).writerow(COLUMNS)
        columns = (self.texts, self.outcomes, self.area_codes, self.explanations)
        for start in range(0, len(self), _CHUNK_ROWS):
            part = slice(start, start + _CHUNK_ROWS)
            found = list(zip(*(column[part] for column in columns), strict=True))
            lines = _lines(dict.fromkeys(found))
            file.writelines(map("{},{}\r\n".format, self.rows[part], map(lines.__getitem__, found)))


def _lines(found: Iterable[tuple[Cell, int, str, str]]) -> dict[tuple[Cell, int, str, str], str]:
    """What stands behind the row number, written once for rows that say the same: most do."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows(
        (harmless_line(cell_text(text)), OUTCOMES[outcome], code, harmless_line(explanation))
        for text, outcome, code, explanation in found
    )
    return dict(zip(found, written.getvalue().split("\r\n"), strict=False))


def cell_text(cell: Cell) -> str:
    """A cell as it is shown: whole numbers without decimals, nothing for None, never endless."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))[:_LONGEST_TEXT]
    return str(cell)[:_LONGEST_TEXT]
