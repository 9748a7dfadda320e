"""What a join gives: values, one line and one outcome for every row, and plain rows for a file or a layer.

The report is kept column by column; of the values `joined_rows` makes a row for every area of the level.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TextIO

from ..areas.districts import joinable_areas
from ..disclosure.figures import WITHHELD, told_n
from ..disclosure.released import release_open
from ..figures.estimates import given_estimate, survey_estimate, without_interval
from ..figures.map_layers import allowed_fields
from ..schema.outcomes import ATTENTION_OUTCOMES, JOINED_OUTCOMES, OUTCOMES, PLACE
from ..words.spreadsheet_text import harmless_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..disclosure.released import Released
    from ..figures.estimates import Estimate
    from ..figures.map_layers import Row
    from ..schema.published import Field
    from ..tables.cell import Cell
    from ..words.errors import AtlasError
    from .combining import JoinedValue, WithheldValue

COLUMNS = ("rij", "tekst", "uitkomst", "gebied_code", "toelichting", "periode", "cijfer")
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
        period: The period of the rows, "" when the table has none.
        figure: What the figure is called, "" when that is not known.
    """

    rows: Sequence[int]
    texts: Sequence[Cell]
    outcomes: bytes
    area_codes: Sequence[str]
    explanations: Sequence[str]
    period: str = ""
    figure: str = ""

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
            lines = _lines(dict.fromkeys(found), (self.period, self.figure))
            # one text a chunk: with a mark for Excel every write goes through an encoder in Python
            file.write("".join(map("{},{}\r\n".format, self.rows[part], map(lines.__getitem__, found))))


@dataclass(frozen=True, slots=True)
class Joined:
    """What a join gives.

    Attributes:
        values: One value for every area that has one, in the order of the table.
        report: One line for every row.
        refusal: Why the values may not be used, or None. The report holds in both cases.
        notes: Dutch sentences about the whole: totals of the table that differ from the sum of its areas.
        divided_by: The column (or "inwoners", "land") that the values were divided by, "" when they were not.
        divisor_note: A Dutch sentence about what the atlas itself divided by, with its year.
        unit: Unit of the values.
        status: What the source says of figures that may change ("voorlopig"), "" when they are final.
        provisional: Notes beside the table that call its figures provisional, as they stand there.
        withheld: Areas of which the source has a figure and gives none, with the state that says why.
    """

    values: tuple[JoinedValue, ...]
    report: JoinReport
    refusal: AtlasError | None
    notes: tuple[str, ...] = ()
    divided_by: str = ""
    divisor_note: str = ""
    unit: str = "number"
    status: str = ""
    withheld: tuple[WithheldValue, ...] = ()
    provisional: tuple[str, ...] = ()


def _lines(
    found: Iterable[tuple[Cell, int, str, str]], same: tuple[str, str]
) -> dict[tuple[Cell, int, str, str], str]:
    """What stands behind the row number, written once for rows that say the same: most do."""
    written = io.StringIO(newline="")
    always = list(map(harmless_line, same))
    csv.writer(written).writerows(
        (harmless_line(cell_text(text)), OUTCOMES[outcome], code, harmless_line(explanation), *always)
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


LAYER = "koppeling"
#: only there when the caller knows how sure the figures are
_ESTIMATED = ("laag", "hoog", "status")
#: only there when there is something to say of a figure: that it is an estimate
_NOTE = "toelichting"
#: units of counts: an n beside them is no sample
_NO_SURVEY = frozenset({"count", "per_100", "per_1000", "per_km2"})


def joined_estimates(joined: Joined, unit: str) -> dict[str, Estimate] | None:
    """How sure the figures of a survey are, by area code; None when the table has no n, or holds counts.

    The publication rule holds for everything that has an n: a figure of too few respondents is withheld by
    `joined_rows`.
    """
    unsaid = all(value.n is None and value.interval is None for value in joined.values)
    if unit in _NO_SURVEY or (unsaid and not joined.withheld):
        return None
    return {value.area.code: _estimate(value, unit) for value in joined.values}


def _estimate(value: JoinedValue, unit: str) -> Estimate:
    if value.interval:
        return given_estimate(value.value, *value.interval, value.n, n_effective=value.n_effective)
    if unit == "percent":
        return survey_estimate(value.value, value.n)
    return without_interval(value.value, value.n, "de spreiding van de antwoorden is onbekend")


def withheld_areas(estimates: Mapping[str, Estimate] | None) -> int:
    """The number of areas of which no figure leaves."""
    return sum(estimate.status in WITHHELD for estimate in (estimates or {}).values())


class JoinedRows(NamedTuple):
    """A join as a table: of which level, the fields that an audience may see, and a row for every area."""

    level: str
    fields: tuple[Field, ...]
    rows: list[Row]


def joined_rows(
    joined: Joined, level: str, estimates: Mapping[str, Estimate] | None, audience: str
) -> Released[JoinedRows]:
    """What may leave of a join: an area without a value, or whose value is withheld, has an empty one.

    Args:
        joined: What `joining.join` returned.
        level: The level that was joined on.
        estimates: area code -> interval and status; None leaves out the fields laag, hoog and status.
        audience: For whom.

    Raises:
        AtlasError: unknown level, or the audience may see nothing of it.
    """
    fields = tuple(
        field
        for field in allowed_fields(LAYER, audience)
        if (estimates is not None or field.name not in _ESTIMATED)
        and (field.name != _NOTE or any(value.note for value in joined.values))
    )
    by_code = {value.area.code: value for value in joined.values}
    of_source = {value.area.code: value for value in joined.withheld}
    rows = []
    for area in joinable_areas(level):
        row: Row = {"code": area.code, "naam": area.name}
        estimate = (estimates or {}).get(area.code)
        row["status"] = estimate.status if estimate else "geen_gegevens"
        if withheld := of_source.get(area.code):
            row |= {"status": withheld.state, "n": _number(told_n(withheld.n, withheld.state))}
        if (value := by_code.get(area.code)) is not None:
            row["n"] = _number(told_n(value.n, estimate.status if estimate else ""))
            if estimate is None or estimate.status not in WITHHELD:
                row |= {"waarde": _number(value.value), _NOTE: value.note or None}
        if estimate and estimate.status not in WITHHELD:
            row |= {"laag": estimate.low, "hoog": estimate.high}
        rows.append({field.name: row.get(field.name) for field in fields})
    return release_open(JoinedRows(level, fields, rows), audience=audience)


def _number(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
