"""A list step by step: what its columns and values are, what it does not say, what would happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..atlas.core.records.import_file import ImportRequest
from ..atlas.core.records.list_columns import offered_names
from ..atlas.core.records.list_intake import (
    check_choices,
    in_order,
    missing_constants,
    prepared,
    refuse_missing,
    refuse_unsure,
    understood,
    unsure_values,
)
from ..atlas.core.schema.rural import working_layer
from ..atlas.core.words.notation import counted
from ..atlas.jobs.intake import LIST_QUESTIONS, first_rows, read_constant
from ..texts import tr
from .intake_form import CHOICE, HEADING, Question
from .intake_table import ShownColumn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..atlas.core.records.list_intake import LeftOut, ListMapping, UnsureValue
    from ..atlas.core.tables.table import Table
    from ..layers.own_file import OwnFile

#: an answer for a text that means nothing: the cell stays empty
_EMPTY = "-"
_SOURCE, _KEEP_UNTIL, _REFERENCE_DATE = "bron", "bewaren_tot", "peildatum"
_CHOICES = {_SOURCE: "source", _KEEP_UNTIL: "keep_until", _REFERENCE_DATE: "reference_date"}


class ListSteps:
    """A list on its way to a layer of a dossier; nothing is written.

    Args:
        file: What was read.
        sheet: Which table of it, as a mapping names it.
        mapping: The layer and register that were chosen, or a mapping of an earlier time.
        saved: Whether it is the latter.

    Raises:
        AtlasError: a sheet or column is not there, or two columns are one field.
    """

    def __init__(self, file: OwnFile, sheet: str, mapping: ListMapping, *, saved: bool) -> None:
        self.sheet, self.table = sheet, file.table(sheet)
        self._reference_date = ""
        self._left: tuple[LeftOut, ...]
        self.mapping, self._left = understood(self.table, mapping, saved=saved)
        self._unsure: list[UnsureValue] = []

    def columns(self) -> list[ShownColumn]:
        """Every column with what it is taken for, why it stays out, and its first cells."""
        names = {column: name for name, column in self.mapping.columns.items()}
        why = {one.column: one.why for one in self._left}
        rows = first_rows(self.table, self.table.columns)
        return [
            ShownColumn(column, names.get(column, ""), why.get(column, ""), tuple(row[place] for row in rows))
            for place, column in enumerate(self.table.columns)
        ]

    def roles(self) -> list[tuple[str, str]]:
        """What a column can be."""
        described = working_layer(self.mapping.layer)
        named = [(name, described.field(name)) for name in offered_names(self.mapping.layer)]
        return [("", tr("(left out)")), *((name, field.alias if field else name) for name, field in named)]

    def note(self) -> str:
        """Where the header is, and which columns stay out with why."""
        lines = [
            f"Kopregel: rij {self.table.rows[0] - 1}; {counted(len(self.table), 'rij', 'rijen')} daaronder.",
            *(f'Niet overgenomen: "{one.column}" ({one.why}).' for one in self._left
              if one.column not in self.mapping.columns.values()),
        ]  # fmt: skip
        return "\n".join(lines)

    def choose(self, column: str, role: str) -> None:
        """Say what a column is; the column that was it before is left out."""
        columns = {
            name: known for name, known in self.mapping.columns.items() if known != column and name != role
        }
        if role:
            columns[role] = column
        kept = set(columns.values())
        left = tuple(one for one in self.table.columns if one not in kept)
        self.mapping = in_order(self.table, replace(self.mapping, columns=columns, left=left))

    def questions(self) -> list[Question]:
        """What texts mean that are no value of their list, and what no column says."""
        asked = {(one.field, one.text) for one in self._unsure}
        columns = self.mapping.columns
        self._unsure = [one for one in self._unsure if columns.get(one.field) == one.column]
        self._unsure += [
            one for one in unsure_values(self.table, self.mapping) if (one.field, one.text) not in asked
        ]
        questions: list[Question] = []
        if self._unsure:
            questions.append(Question("", tr("What these texts mean"), HEADING))
            questions += [self._value_question(number, one) for number, one in enumerate(self._unsure)]
        said = {
            _SOURCE: self.mapping.source, _KEEP_UNTIL: self.mapping.keep_until,
            _REFERENCE_DATE: self._reference_date,
        }  # fmt: skip
        questions.append(Question("", tr("For rows that do not say so themselves"), HEADING))
        return [
            *questions,
            *(Question(name, text, value=said[name]) for name, text in LIST_QUESTIONS.items()),
        ]

    def answer(self, answers: Mapping[str, str]) -> None:
        """Take what was answered.

        Raises:
            AtlasError: a text has no meaning yet, a date can't be read, or something that each record must
                have is not said.
        """
        values = {name: dict(known) for name, known in self.mapping.values.items()}
        open_yet = []
        for number, one in enumerate(self._unsure):
            chosen = answers.get(f"value_{number}", "")
            if chosen:
                values.setdefault(one.field, {})[one.text] = "" if chosen == _EMPTY else chosen
            elif one.text not in values.get(one.field, {}):
                open_yet.append(one)
        mapping = replace(self.mapping, values=values)
        if open_yet:
            raise refuse_unsure(open_yet, mapping, self.table.source)
        check_choices(mapping)
        today = datetime.now(UTC).date()
        said = {
            name: read_constant(name, text, today) if (text := answers.get(name, "")) else ""
            for name in LIST_QUESTIONS
        }
        self._reference_date = said[_REFERENCE_DATE]
        self.mapping = replace(mapping, source=said[_SOURCE], keep_until=said[_KEEP_UNTIL])
        if lacking := missing_constants(self.table, self.mapping, self._reference_date):
            raise refuse_missing(lacking, self.table.source)

    def request(self, *, accept_personal_text: bool) -> ImportRequest:
        """Into which layer, and what the rows do not say."""
        known = self.mapping
        return ImportRequest(
            known.layer, known.register, known.source, known.keep_until, accept_personal_text,
            self._reference_date,
        )  # fmt: skip

    def rows(self) -> Table:
        """The list with our names and values."""
        return prepared(self.table, self.mapping)

    def labels(self) -> dict[str, str]:
        """Choice of an error -> what to look for in this window."""
        return {choice: LIST_QUESTIONS[name] for name, choice in _CHOICES.items()}

    def _value_question(self, number: int, one: UnsureValue) -> Question:
        described = working_layer(self.mapping.layer).field(one.field)
        labels = (
            {code.value: code.label for code in described.codes.codes}
            if described and described.codes
            else {}
        )
        order = [*one.candidates, *(code for code in labels if code not in one.candidates)]
        known = self.mapping.values.get(one.field, {}).get(one.text)
        first = () if one.candidates else (("", tr("(choose)")),)
        options = (*first, *((code, labels.get(code, code)) for code in order), (_EMPTY, tr("(leave empty)")))
        value = (one.candidates[0] if one.candidates else "") if known is None else known or _EMPTY
        text = f'"{one.text}" in kolom "{one.column}" ({counted(one.count, "rij", "rijen")}) is'
        return Question(f"value_{number}", text, CHOICE, value, options)
