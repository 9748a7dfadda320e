"""A table of figures step by step: what its columns are, what it does not say, what would happen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..atlas.core.areas.districts import joinable_levels
from ..atlas.core.disclosure.fields import countable
from ..atlas.core.figures.classes import DIRECTIONS
from ..atlas.core.joining.figure_choices import (
    ROLES,
    check_said,
    drafted,
    own_figure,
    roles_of,
    with_role,
)
from ..atlas.core.joining.figure_intake import (
    PERIOD,
    FigureMapping,
    check_figure_columns,
    period_in_name,
    recognise_figures,
)
from ..atlas.core.joining.statistics import read_choices
from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.notation import UNIT_LABEL, counted
from ..atlas.jobs.intake import (
    FIGURE_QUESTIONS,
    PERIOD_QUESTION,
    Preview,
    figure_part,
    first_rows,
    join_figure,
    preview_parts,
)
from ..texts import tr
from .intake_form import CHECK, CHOICE, HEADING, Question
from .intake_table import ShownColumn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..atlas.core.joining.joined import Joined
    from ..atlas.core.joining.own_figures import Figure
    from ..atlas.core.tables.table import Table
    from ..atlas.jobs.intake import FigurePart
    from ..layers.own_file import OwnFile

_WORDS = ("label", "source", "base", "caution")


class FigureSteps:
    """A table of figures on its way to the map; nothing is written.

    Args:
        file: What was read.
        sheet: Which table of it, as a mapping names it.
        saved: A mapping of an earlier time; None for a file that is new.

    Raises:
        AtlasError: a sheet or column is not there.
    """

    def __init__(self, file: OwnFile, sheet: str, saved: FigureMapping | None) -> None:
        self.sheet = sheet
        self._tables = [(file.table(name), name, year) for name, year in file.parts(sheet)]
        self._draft, self._period = None, ""
        if saved is None:
            self.mapping, self._draft = drafted(self.table, FigureMapping())
            self._period = "" if self._draft.period_column else self._draft.period
        else:
            self.mapping = saved
            check_figure_columns(self.table, saved)

    @property
    def table(self) -> Table:
        """The table, or the first of its sheets."""
        return self._tables[0][0]

    def columns(self) -> list[ShownColumn]:
        """Every column with what it is taken for, and its first cells."""
        roles = roles_of(self.mapping, self.table.columns)
        rows = first_rows(self.table, self.table.columns)
        return [
            ShownColumn(column, roles.get(column, ""), "", tuple(row[place] for row in rows))
            for place, column in enumerate(self.table.columns)
        ]

    def roles(self) -> list[tuple[str, str]]:
        """What a column can be."""
        return [("", tr("(not used)")), *ROLES.items()]

    def note(self) -> str:
        """Where the header is, and over how many sheets the figure goes."""
        sheets = f" {counted(len(self._tables), 'werkblad', 'werkbladen')}." if len(self._tables) > 1 else ""
        rows = counted(len(self.table), "rij", "rijen")
        return f"Kopregel: rij {self.table.rows[0] - 1}; {rows} daaronder.{sheets}"

    def choose(self, column: str, role: str) -> None:
        """Say what a column is."""
        self.mapping = with_role(self.mapping, self.table.columns, column, role)

    def questions(self) -> list[Question]:
        """What the table does not say, or may say wrongly."""
        said, asks = self.mapping, FIGURE_QUESTIONS
        nothing = ("", tr("(not said)"))
        levels = tuple((one, one) for one in joinable_levels())
        questions = [
            Question("level", asks["level"], CHOICE, said.level, levels),
            Question("unit", asks["unit"], CHOICE, said.unit, (nothing, *UNIT_LABEL.items())),
            *(Question(name, asks[name], value=getattr(said, name)) for name in _WORDS),
            Question("counts", asks["counts"], CHOICE, said.counts,
                     (nothing, *((one, one) for one in countable())), free=True),
        ]  # fmt: skip
        if self._asks_period():
            questions.append(Question("period", PERIOD_QUESTION, value=self._period))
        return [
            *questions,
            Question("per_population", tr("Divide counts by the inhabitants of the year (CBS)"), CHECK,
                     "ja" if said.per_population else ""),
            Question("per_land", tr("Divide counts by the land in km² (CBS)"), CHECK,
                     "ja" if said.per_land else ""),
            Question("", tr("Only when the table asks for it"), HEADING),
            Question("decimal", tr("Decimal mark"), CHOICE, said.decimal, (nothing, (",", ","), (".", "."))),
            Question("dash", tr("A cell with only a dash means"), CHOICE, said.dash,
                     (nothing, ("zero", tr("zero")), ("missing", tr("missing")))),
            Question("below_one", tr("Percentages below 1 are"), CHOICE, said.below_one,
                     (nothing, ("percent", tr("percentages")), ("fraction", tr("parts of 1 (0.23 is 23%)")))),
            Question("combine", tr("Two rows for one area"), CHOICE, said.combine,
                     (nothing, ("sum", tr("add them up")))),
            Question("places", tr("Rows of places"), CHOICE, said.places,
                     (nothing, ("sum", tr("add them to their municipality")))),
            Question("year", tr("Year of the division into areas (empty: now)"),
                     value=str(said.year or "")),
            Question("denominator", tr("Of a rate per 1,000 in the table: per 1,000 of what"),
                     value=said.denominator),
            Question("direction", tr("What is favourable"), CHOICE, said.direction,
                     (nothing, *((one, one.replace("_", " ")) for one in DIRECTIONS))),
            Question("where", tr("Only rows with (column=value; more with ;)"),
                     value="; ".join(f"{column}={value}" for column, value in said.where.items())),
        ]  # fmt: skip

    def answer(self, answers: Mapping[str, str]) -> None:
        """Take what was answered.

        Raises:
            AtlasError: something that must be known is not said, or an answer can't be read.
        """
        given: dict[str, Any] = {name: text for name, text in answers.items() if name}
        self._period = given.pop("period", self._period)
        for name in ("per_population", "per_land"):
            given[name] = bool(given.get(name))
        year = given.get("year", "")
        if year and not year.isdecimal():
            raise AtlasError("Dit is geen jaar.", got=year, expected="een jaar zoals 2018", choices=("year",))
        given["year"] = int(year or 0)
        given["where"] = read_choices(part for part in given.get("where", "").split(";") if part.strip())
        self.mapping = replace(self.mapping, **given)
        check_said(self.mapping, self._draft, self.table.source)
        self.parts()

    def parts(self) -> list[FigurePart]:
        """The tables of the figure, with the period of each.

        Raises:
            AtlasError: nothing says of which period one is.
        """
        return [
            figure_part(table, self.mapping, name, year or self._period) for table, name, year in self._tables
        ]

    def preview(self) -> Preview:
        """What would happen; may take long.

        Raises:
            AtlasError: see `jobs.intake.preview_parts`.
        """
        return preview_parts(self.parts(), self.mapping)

    def periods(self) -> list[tuple[Joined, Figure]]:
        """The values of each period, and what must be known of them; may take long.

        Raises:
            AtlasError: one of them can't be joined.
        """
        found = []
        for part in self.parts():
            for column, period in part.columns:
                joined = join_figure(part.table, self.mapping, column, period)
                if joined.refusal is not None:
                    raise joined.refusal
                found.append((joined, own_figure(self.mapping, period)))
        return found

    def labels(self) -> dict[str, str]:
        """Choice of an error -> what to look for in this window."""
        return {question.key: question.label for question in self.questions() if question.key}

    def _asks_period(self) -> bool:
        named = PERIOD in self.mapping.value or bool(period_in_name(self.mapping.value))
        return not named and not self.mapping.period_column and not self._tables[0][2]


def holds_figures(file: OwnFile) -> bool:
    """Whether a file seems to hold figures by area, and not a list; so too when that can't be made out."""
    try:
        first = file.parts(file.choices()[0][0])[0][0]
        draft = recognise_figures(file.table(first))
    except AtlasError:
        return True
    return bool(draft.key and draft.values)
