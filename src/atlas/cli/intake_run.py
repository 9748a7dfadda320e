"""One run of `atlas intake`: with questions or without, what it shows before it writes, and what it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import typer

from ..core.words.errors import AtlasError
from .messages import BAD_INPUT, NEEDS_ATTENTION, print_line, say, say_error

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..core.joining.figure_intake import FigureMapping
    from ..core.records.list_intake import ListMapping
    from ..jobs.intake import Preview

_NEXT = ("wijzigen", "bewaren", "stoppen")
_WITHOUT = "Er is niets geschreven. Klopt dit, geef dan dezelfde opdracht met --yes."


Answers = TypeVar("Answers")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Run:
    """How this run goes: with questions or not, and whether it may write without asking."""

    file: Path
    sheet: str | None
    questions: bool
    yes: bool
    saved: Path | None
    #: sheets that are called alike but for their year, and that year
    sheets: tuple[tuple[str, str], ...] = ()


def show_preview(preview: Preview) -> None:
    """What would happen, a sentence a line."""
    say("Dit gaat er gebeuren:")
    for sentence in preview.sentences:
        say(f"  {sentence}")


def check_taken(taken: int) -> None:
    """Stop when nothing would be taken over.

    Raises:
        AtlasError: nothing would.
    """
    if not taken:
        raise AtlasError(
            "Er zou niets worden overgenomen; er is niets geschreven.",
            hint="De zinnen hierboven zeggen per soort waarom.",
        )


def agreed(
    run: Run,
    answers: Answers,
    *,
    complete: Callable[[Answers], Answers],
    look: Callable[[Answers], Found],
    change: Callable[[Answers], Answers],
    mapping_of: Callable[[Answers], ListMapping | FigureMapping],
) -> tuple[Answers, Found]:
    """Show what would happen until the user takes it; no answer is lost on the way.

    What can't be, or what the user refuses, can be mended by changing one answer, or kept for another time.

    Args:
        run: With questions or without.
        answers: What the file was understood as.
        complete: Asks for what is not answered yet.
        look: Shows what would happen, and returns it.
        change: Asks for one answer anew.
        mapping_of: What of the answers is kept in a file.

    Raises:
        AtlasError: it can't be, and there is nobody to ask.
        typer.Exit: it is not taken, or nobody can be asked.
    """
    from . import intake_questions  # what it needs takes a third of a second that no other command waits for

    while True:
        try:
            answers = complete(answers)
            found = look(answers)
        except AtlasError as error:
            if not run.questions:
                raise
            say_error(error)
        else:
            if run.yes:
                return answers, found
            if not run.questions:
                say(_WITHOUT)
                raise typer.Exit(NEEDS_ATTENTION)
            if intake_questions.confirm("Overnemen?"):
                return answers, found
        match intake_questions.choose_one("Er is niets geschreven. Wat nu", _NEXT, _NEXT[1]):
            case "wijzigen":
                answers = change(answers)
            case "bewaren":
                _keep(run, mapping_of(answers))
                raise typer.Exit(BAD_INPUT)
            case _:
                raise typer.Exit(BAD_INPUT)


def _keep(run: Run, mapping: ListMapping | FigureMapping) -> None:
    """Write down the answers that were given, for the next run to go on from."""
    from ..jobs.intake_files import mapping_path, save_mapping

    path = run.saved or mapping_path(run.file)
    save_mapping(path, mapping, run.sheet or "")
    say(f"Uw antwoorden staan in {path}. Ga verder met dezelfde opdracht en --mapping {path} --questions")


def save(run: Run, mapping: ListMapping | FigureMapping) -> None:
    """Keep how a file was understood, beside it; a mapping that was given stays as it is."""
    from ..jobs.intake_files import mapping_path, save_mapping

    if run.saved is None:
        path = mapping_path(run.file)
        save_mapping(path, mapping, run.sheet or "")
        print_line(f"{path}: zo is het begrepen; volgende keer --mapping {path.name}")
