"""The questions of `atlas intake` on a terminal: what was understood, confirmed or changed one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from ..core.joining.figure_intake import missing_words, value_pattern
from ..core.records.list_columns import offered_names
from ..core.records.list_intake import check_choices, check_names, unsure_values
from ..core.schema.rural import working_layer
from ..core.tables.column_names import folded
from ..core.words.errors import AtlasError
from ..core.words.notation import UNIT_LABEL, counted
from ..jobs.intake import FIGURE_QUESTIONS, LIST_QUESTIONS, first_rows, read_constant
from .messages import printable, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..core.joining.figure_intake import FigureDraft, FigureMapping
    from ..core.records.list_intake import LeftOut, ListMapping, UnsureValue
    from ..core.tables.table import Table

_LEAVE_OUT = "-"
#: what no column says -> where a mapping has it
_MAPPED = {"bron": "source", "bewaren_tot": "keep_until"}


def ask(question: str, default: str = "") -> str:
    """A question with the answer that was understood; Enter takes it.

    Raises:
        typer.Abort: the user stops, or nobody answers.
    """
    answer: str = typer.prompt(printable(question), default=default, show_default=bool(default), err=True)
    return answer.strip()


def confirm(question: str) -> bool:
    """Yes or no; no without an answer."""
    answer = ask(f"{question} (ja of nee)", "nee")
    return folded(answer) in ("ja", "j", "y", "yes")


def choose_one(question: str, offered: Sequence[str], default: str = "") -> str:
    """One of a few words, asked again until it is one of them."""
    named = {folded(one): one for one in offered}
    while True:
        answer = ask(f"{question} ({', '.join(offered)})", default)
        if folded(answer) in named:
            return named[folded(answer)]
        say(f'"{answer}" staat er niet bij.')


def show(table: Table, names: dict[str, str]) -> None:
    """The first rows under what their columns were taken for."""
    from rich.console import Console
    from rich.table import Table as Shown

    rows = first_rows(table, table.columns)
    numbers = (f"Rij {row}" for row in table.rows[: len(rows)])
    shown = Shown("Kolom", "Is", *numbers, title="Zo is het bestand begrepen", title_justify="left")
    for position, column in enumerate(table.columns):
        meaning = names.get(column, "(niet overgenomen)")
        shown.add_row(*map(printable, (column, meaning, *(row[position] for row in rows))))
    console = Console(stderr=True)
    console.print(f"Kopregel: rij {table.rows[0] - 1}; {counted(len(table), 'rij', 'rijen')} daaronder.")
    console.print(shown)


def ask_header(table: Table) -> int:
    """The row with the names of the columns: the one that was recognised, or another."""
    names = ", ".join(f'"{column}"' for column in table.columns)
    say(f"De kolomnamen staan in rij {table.first_row - 1}: {names}")
    return ask_row(table.first_row - 1)


def ask_row(usual: int) -> int:
    """The number of a row, asked until it is one."""
    while True:
        answer = ask("Rij met de kolomnamen", str(usual))
        if answer.isdecimal() and int(answer):
            return int(answer)
        say(f'"{answer}" is geen nummer van een rij.')


def ask_columns(table: Table, mapping: ListMapping, left: Sequence[LeftOut]) -> ListMapping:
    """Ask for every column what it is."""
    return _ask_columns(table.columns, table, mapping, left)


def _ask_columns(
    asked: Sequence[str], table: Table, mapping: ListMapping, left: Sequence[LeftOut]
) -> ListMapping:
    of_column = {column: name for name, column in mapping.columns.items()}
    why = {one.column: one.why for one in left}
    say(
        f"Enter is goed; {_LEAVE_OUT} laat een kolom weg. Mogelijk: {', '.join(offered_names(mapping.layer))}"
    )
    columns = {name: column for name, column in mapping.columns.items() if column not in asked}
    for column in asked:
        reason = f" ({why[column]})" if column in why else ""
        answer = ""
        while not answer:
            answer = ask(f'Kolom "{column}"{reason} is', of_column.get(column, _LEAVE_OUT))
            if answer != _LEAVE_OUT:
                answer = _column_answer(mapping, columns, answer, column)
        if answer != _LEAVE_OUT:
            columns[answer] = column
    kept = set(columns.values())
    return replace(
        mapping, columns=columns, left=tuple(column for column in table.columns if column not in kept)
    )


def _column_answer(mapping: ListMapping, columns: dict[str, str], answer: str, column: str) -> str:
    name = next((one for one in offered_names(mapping.layer) if folded(one) == folded(answer)), answer)
    if name in columns:
        say(f'{name} is al de kolom "{columns[name]}".')
        return ""
    try:
        check_names(replace(mapping, columns={name: column}))
    except AtlasError as error:
        say(f"{error.title} {error.hint}")
        return ""
    return name


def ask_values(mapping: ListMapping, unsure: Sequence[UnsureValue]) -> ListMapping:
    """Ask for every text that is no value of its list what it is."""
    described = working_layer(mapping.layer)
    values = {name: dict(chosen) for name, chosen in mapping.values.items()}
    for one in unsure:
        known = described.field(one.field)
        codes = [code.value for code in known.codes.codes] if known and known.codes else []
        while True:
            answer = ask(
                f'"{one.text}" ({counted(one.count, "rij", "rijen")}) is welke {one.field}? '
                f"{', '.join(codes)}; {_LEAVE_OUT} laat de cel leeg",
                one.candidates[0] if one.candidates else "",
            )
            chosen = "" if answer == _LEAVE_OUT else answer
            try:
                check_choices(replace(mapping, values={one.field: {one.text: chosen}}))
            except AtlasError as error:
                say(error.title)
                continue
            if answer:
                break
        values.setdefault(one.field, {})[one.text] = chosen
    return replace(mapping, values=values)


def ask_constants(lacking: Sequence[str]) -> dict[str, str]:
    """Ask for what no column says, until it can be used: sixty refused rows are no answer to a slip."""
    return {name: _constant(name) for name in lacking}


def _constant(name: str) -> str:
    while True:
        answer = _answer(LIST_QUESTIONS[name])
        try:
            return read_constant(name, answer, datetime.now(UTC).date())
        except AtlasError as error:
            say(f"{error.title} {error.hint}")


def _answer(question: str, default: str = "") -> str:
    """An answer that has to be there."""
    while True:
        answer = ask(question, default)
        if answer:
            return answer
        say("Hier is een antwoord nodig; met Ctrl+C stopt u, en er wordt niets geschreven.")


def _unit(default: str) -> str:
    """The unit, by its Dutch name or its code."""
    names = {folded(name): unit for unit, label in UNIT_LABEL.items() for name in (unit, label)}
    while True:
        answer = _answer(f"Eenheid ({', '.join(UNIT_LABEL.values())})", UNIT_LABEL.get(default, default))
        if folded(answer) in names:
            return names[folded(answer)]
        say(f'"{answer}" is geen eenheid van deze lijst.')


def change_list(table: Table, mapping: ListMapping, day: str) -> tuple[ListMapping, str]:
    """Ask for one answer of a list anew: what a column is, what texts mean, or what no column says."""
    others = [*(["waarden"] if mapping.values else []), *LIST_QUESTIONS]
    chosen = choose_one("Welk antwoord: een kolom, of", [*table.columns, *others])
    if chosen in table.columns:
        return _ask_columns([chosen], table, mapping, ()), day
    if chosen == "waarden":
        anew = replace(mapping, values={})
        return ask_values(anew, unsure_values(table, anew)), day
    said = _constant(chosen)
    if chosen == "peildatum":
        return mapping, said
    return replace(mapping, **{_MAPPED[chosen]: said}), day


def change_figure(draft: FigureDraft, mapping: FigureMapping) -> FigureMapping:
    """Ask for one answer about a figure anew."""
    names = {question.partition(" (")[0]: name for name, question in FIGURE_QUESTIONS.items()}
    for number, (question, name) in enumerate(names.items(), start=1):
        say(f"  {number}. {question}: {getattr(mapping, name) or '(niets)'}")
    number = choose_one("Welk antwoord", [str(number) for number in range(1, len(names) + 1)])
    name = list(names.values())[int(number) - 1]
    return replace(mapping, **{name: _figure_answer(name, draft, str(getattr(mapping, name)))})


def ask_figure(draft: FigureDraft, mapping: FigureMapping) -> FigureMapping:
    """Ask what a table is: what was understood is confirmed, what was not is said."""
    given = {name: getattr(mapping, name) for name in FIGURE_QUESTIONS}
    for name in FIGURE_QUESTIONS:
        if name == "counts" and name not in missing_words(replace(mapping, **given)):
            continue
        given[name] = _figure_answer(name, draft, str(given[name]))
    return replace(mapping, **given)


def _figure_answer(name: str, draft: FigureDraft, given: str) -> str:
    if name == "value" and not given:
        say("Kolommen met getallen: " + ", ".join(f'"{column}"' for column in draft.values))
    usual = given or _suggested(name, draft)
    return _unit(usual) if name == "unit" else _answer(FIGURE_QUESTIONS[name], usual)


def _suggested(name: str, draft: FigureDraft) -> str:
    if name == "value":
        return value_pattern(draft.values) or (draft.values[0] if draft.values else "")
    return str(getattr(draft, name, ""))
