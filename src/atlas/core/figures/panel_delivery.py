"""What the bureaus deliver of a panel: a row for each question and area, and its figures in the catalogue.

The questions of the survey stand in `data/survey/indicatoren.csv` (a figure per province is published) and in
`vragen.csv` (only a range or a word is). Nobody's answer is in here, only figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..areas.divisions import areas
from ..areas.resolving import resolve
from ..files.embedded import read_embedded_csv
from ..tables.parsing import parse_numbers
from ..words.errors import AtlasError
from ..words.notation import counted, format_number, format_period
from .indicators import Value, embedded_indicators, estimate_for, load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..tables.table import Table
    from .indicators import Catalogue, Indicator

#: of the survey that is embedded: a delivery without a period of its own is about this one
PANEL_PERIOD = "2025-11"
#: the sheet of a workbook that is read
DELIVERY_SHEET = "cijfers"
PANEL_LEVELS = ("provincie", "surveyregio")
_PANEL = "panel"
#: the columns of a delivery, in their order; the first ones are read, the rest explain
COLUMNS = ("id", "gebied_code", "periode", "waarde", "n", "n_effectief", "gebied", "cijfer", "eenheid")
_MOST_REFUSALS = 5
_DELIVERED = "Opgegeven door het onderzoeksbureau; staat niet in de publicatie."


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One row of a delivery: a question, an area, and what is published of it (None where nothing is)."""

    indicator: Indicator
    area: str
    area_name: str
    period: str
    value: float | None
    n: float | None


def panel_questions() -> tuple[Indicator, ...]:
    """The questions of the panel survey, in the order of their subjects."""
    themes = [row["id"] for row in read_embedded_csv("data", "survey", "thema.csv")]
    found = [
        indicator
        for name in ("indicatoren.csv", "vragen.csv")
        for indicator in embedded_indicators(name)
        if indicator.source.id == _PANEL
    ]
    return tuple(sorted(found, key=lambda indicator: themes.index(indicator.theme)))


def delivery_rows(period: str = PANEL_PERIOD) -> Iterator[DeliveryRow]:
    """A row for each question, province and survey region; what is published already stands in it."""
    published = {
        (value.indicator, value.area): value
        for value in load_catalogue().values
        if value.period == period and value.level in PANEL_LEVELS
    }
    for indicator in panel_questions():
        for level in PANEL_LEVELS:
            for area in areas(level):
                known = published.get((indicator.id, area.code))
                figures = (known.value, known.n) if known else (None, None)
                yield DeliveryRow(indicator, area.code, area.label, period, *figures)


def with_delivery(catalogue: Catalogue, table: Table) -> tuple[Catalogue, tuple[str, ...]]:
    """The catalogue with the figures of a delivery; what is published already stays as it was.

    Args:
        catalogue: What there is already.
        table: A filled-in delivery, with at least the first five of `COLUMNS`.

    Returns:
        The catalogue, and remarks for who made it.

    Raises:
        AtlasError: a column is missing, or rows that can't be taken: all of them are named, none is taken.
    """
    _check_columns(table)
    known = {indicator.id: indicator for indicator in panel_questions()}
    figures = _Figures(table)
    published = {
        (value.indicator, value.area, value.period): value.value for value in load_catalogue().values
    }
    values: dict[tuple[str, str, str], Value] = {}
    refusals: list[str] = []
    for row, number in enumerate(table.rows):
        try:
            value = figures.value(row, known, published)
        except AtlasError as error:
            refusals.append(f"rij {number}: {error.title}")
            continue
        if value is None:
            continue
        key = (value.indicator, value.area, value.period)
        if key in values:
            refusals.append(f"rij {number}: dit cijfer van dit gebied staat er al")
        values[key] = value
    if refusals:
        raise _refused(table, refusals)
    if not values:
        raise AtlasError(
            "In dit werkboek is niets nieuws ingevuld.",
            where=table.source, hint="Vul waarde en n in bij de vragen waarvan u cijfers hebt.",
        )  # fmt: skip
    added = tuple(known[name] for name in dict.fromkeys(name for name, _area, _period in values))
    have = {indicator.id for indicator in catalogue.indicators}
    themes = {theme.id for theme in catalogue.themes}
    figures_of = f"{counted(len(values), 'cijfer', 'cijfers')} van {counted(len(added), 'vraag', 'vragen')}"
    periods = ", ".join(format_period(period) for period in dict.fromkeys(key[2] for key in values))
    return (
        type(catalogue)(
            (*catalogue.themes, *(theme for theme in load_catalogue().themes if theme.id not in themes)),
            (*catalogue.indicators, *(indicator for indicator in added if indicator.id not in have)),
            (*catalogue.values, *values.values()),
            catalogue.cards,
        ),
        (f"{figures_of} ({periods})",),
    )


def _check_columns(table: Table) -> None:
    missing = [name for name in COLUMNS[:5] if name not in table.columns]
    if missing:
        raise AtlasError(
            "Dit is geen werkboek voor het panel.",
            where=table.source, got=", ".join(table.columns), expected=", ".join(COLUMNS[:5]),
            hint="Begin met een leeg werkboek.", choices=("panel_workbook",),
        )  # fmt: skip


class _Figures:
    """The columns of numbers of a delivery, and a row of it as a value."""

    def __init__(self, table: Table) -> None:
        self._texts = {name: [str(cell or "").strip() for cell in table.column(name)] for name in COLUMNS[:3]}
        self._values = self._numbers(table, "waarde")
        self._n = self._numbers(table, "n")
        empty = [None] * len(self._n)
        self._effective = self._numbers(table, "n_effectief") if "n_effectief" in table.columns else empty
        designs = read_embedded_csv("data", "survey", "ontwerpeffecten.csv")
        self._designs = {row["id"]: (float(row["ontwerpeffect"]), row["grond"]) for row in designs}

    @staticmethod
    def _numbers(table: Table, name: str) -> Sequence[float | None]:
        where = f"{table.source}, kolom {name}"
        return parse_numbers(table.column(name), unit="number", dash="missing", where=where).values

    def value(
        self, row: int, known: Mapping[str, Indicator], published: Mapping[tuple[str, str, str], float | None]
    ) -> Value | None:
        """The figure of a row; None of one that is empty, or published as it stands."""
        name, code, period = (self._texts[column][row] for column in COLUMNS[:3])
        figure, n = self._values[row], self._n[row]
        if figure is None and n is None:
            return None
        if name not in known:
            raise AtlasError(f'deze vraag is onbekend: "{name}"')
        area = next((found for level in PANEL_LEVELS if (found := resolve(code, level).area)), None)
        if area is None or not period:
            raise AtlasError(f'geen provincie of surveyregio met een periode: "{code}", "{period}"')
        indicator = known[name]
        if (name, area.code, period) in published:
            there = published[name, area.code, period]
            if figure is not None and figure != there:
                raise AtlasError(
                    f"gepubliceerd is {format_number(there or 0.0)}; hier staat {format_number(figure)}"
                )
            return None
        if figure is None or n is None:
            raise AtlasError("waarde en n horen bij elkaar, en een van de twee ontbreekt")
        if not 0 <= figure <= (100 if indicator.unit == "percent" else 10) or n < 1 or n != int(n):
            raise AtlasError(f"waarde {format_number(figure)} met n {format_number(n)} kan niet")
        effective = self._effective[row]
        if effective is not None and not 0 < effective <= n:
            raise AtlasError("n_effectief is meer dan n, of niet boven nul")
        design, ground = self._design(area.code)
        estimate = estimate_for(
            indicator, figure, n,
            design_effect=n / effective if effective else design, published=bool(effective), ground=ground,
        )  # fmt: skip
        return Value(
            indicator.id, area.level, area.code, period,
            estimate.value, estimate.low, estimate.high, estimate.n, estimate.status,
            f"{estimate.note} {_DELIVERED}", estimate.n_effective, estimate.ground,
        )  # fmt: skip

    def _design(self, code: str) -> tuple[float, str]:
        """The design effect that is assumed, as for the published figures of the same area."""
        return self._designs["panel_provincie_groningen" if code == "PV20" else _PANEL]


def _refused(table: Table, refusals: Sequence[str]) -> AtlasError:
    more = len(refusals) - _MOST_REFUSALS
    shown = [*refusals[:_MOST_REFUSALS], *([f"en nog {more}"] if more > 0 else [])]
    return AtlasError(
        "Rijen van dit werkboek kunnen niet worden overgenomen; er is niets overgenomen.",
        where=table.source, got="; ".join(shown),
        hint="Verbeter deze rijen. Een cijfer dat al is gepubliceerd blijft staan zoals het is.",
    )  # fmt: skip
