"""One run of `atlas intake`: with questions or without, what it shows before it writes, and what it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from ..core.words.errors import AtlasError
from .messages import BAD_INPUT, NEEDS_ATTENTION, print_line, say

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.joining.figure_intake import FigureMapping
    from ..core.records.list_intake import ListMapping
    from ..jobs.intake import Preview

_WITHOUT = "Er is niets geschreven. Klopt dit, geef dan dezelfde opdracht met --yes."


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


def ask_to_write(run: Run) -> None:
    """Ask once before anything is written.

    Raises:
        typer.Exit: no, or nobody to ask.
    """
    if run.yes:
        return
    if run.questions:
        from .intake_questions import confirm

        if confirm("Overnemen?"):
            return
        say("Er is niets geschreven.")
        raise typer.Exit(BAD_INPUT)
    say(_WITHOUT)
    raise typer.Exit(NEEDS_ATTENTION)


def save(run: Run, mapping: ListMapping | FigureMapping) -> None:
    """Keep how a file was understood, beside it; a mapping that was given stays as it is."""
    from ..jobs.intake_files import mapping_path, save_mapping

    if run.saved is None:
        path = mapping_path(run.file)
        save_mapping(path, mapping, run.sheet or "")
        print_line(f"{path}: zo is het begrepen; volgende keer --mapping {path.name}")
