"""How the command `atlas` speaks: results, remarks, mistakes and the running step."""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from ..core.words.errors import AtlasError
from .dutch import running_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..core.words.errors import Choice
    from ..jobs.progress import Progress

#: no-break spaces stand in figures
_BLANKS = "\u00a0\u202f\u2009"
BAD_INPUT = 1
USAGE = 2
NEEDS_ATTENTION = 3


#: what an error asks to choose -> its option, with what to fill in
OPTIONS: Mapping[Choice, str] = {
    "year": "--year",
    "level": "--level",
    "key": "--key",
    "unit": "--unit",
    "weight": "--weight KOLOM",
    "combine": "--combine sum",
    "places": "--places sum",
    "sum_over": "--sum-over KOLOM",
    "divide": "--divide addresses --addresses BESTAND",
    "decimal": '--decimal "," of --decimal "."',
    "dash": "--dash zero of --dash missing",
    "below_one": "--below-one fraction of --below-one percent",
    "endpoint": "--endpoint",
    "register": "--register",
    "record": "--record UUID --municipality NAAM",
    "reference_date": "--reference-date DATUM",
    "method": "--method eenvoudig",
    "previous": "--previous PLAN",
    "column": "--column NAAM=KOLOM",
    "ignore": "--ignore KOLOM",
    "choose": "--choose VELD:TEKST=WAARDE",
    "dossier": "--dossier MAP",
    "source": "--source",
    "keep_until": "--keep-until",
    "value": "--value",
    "n": "--n",
    "per": "--per",
    "label": "--label",
    "base": "--base",
    "caution": "--caution",
    "counts": "--counts",
    "recipe": "--recipe",
    "period": "--period",
    "sheet": "--sheet",
    "header_row": '--sheet "WERKBLAD#rij5"',
    "made_on": "--made-on",
    "maker": "--maker",
    "contact": "--contact",
    "trial": "--trial",
    "accept_personal_text": "--accept-personal-text",
    "where": '--where "KOLOM=WAARDE"',
    "period_column": "--period-column",
    "address": "--address ADRES",
    "audience": "--audience",
    "municipality": "--municipality NAAM",
    "purpose": "--purpose",
    "reason": "--reason",
    "user": "--user NAAM",
    "uuid": "--uuid UUID",
}
#: what an error asks to choose -> the command for it, whatever is running
COMMANDS: Mapping[Choice, str] = {
    "read_limit": "atlas --read-limit",
    "residences": "atlas residences read BESTAND",
    "make_dossier": "atlas objects init MAP",
    "make_protected_table": "atlas build --dossier MAP --audience",
    "migrate_dossier": "atlas objects migrate MAP",
    "check_dossier": "atlas objects check MAP --accept",
    "expire": "atlas objects expire MAP --erase",
    "panel_workbook": "atlas panel workbook",
    "visit_indicators": "atlas visits indicators MAP",
    "visit_plan": "atlas visits plan",
    "area_code": "atlas area NAAM",
}
#: what is chosen with an option of another name
_PART_OF: Mapping[Choice, Choice] = {"header_row": "sheet"}
#: the parameter of a command that names a configuration file
_CONFIGURATION = "config"


def controls() -> Mapping[Choice, str]:
    """What the running command calls the control for a choice: an option, or a key of its configuration."""
    known = running_parameters.get()
    found: dict[Choice, str] = {**COMMANDS}
    for choice, option in OPTIONS.items():
        name = _PART_OF.get(choice, choice)
        if name in known:
            found[choice] = option
        elif _CONFIGURATION in known:
            found[choice] = f"{name} in het configuratiebestand"
    return found


@contextmanager
def sentences(code: int = BAD_INPUT) -> Iterator[None]:
    """Turn a user's mistake into its sentence and an exit code."""
    try:
        yield
    except AtlasError as error:
        say_error(error)
        raise typer.Exit(code) from None


def say_error(error: AtlasError) -> None:
    """A user's mistake in its sentences, on standard error."""
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True)
    for label, text in error.lines(controls()):
        line = Text(f"{label}: " if label else "", style="bold")
        console.print(line.append(printable(text), style="" if label else "bold red"), soft_wrap=True)


@contextmanager
def steps() -> Iterator[Progress]:
    """Show the running step and a bar on a terminal; say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _step, _done: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Beginnen", total=1.0)
        yield lambda step, done: bar.update(task, description=escape(printable(step)), completed=done)


def print_line(text: str) -> None:
    """A result, on standard output."""
    typer.echo(printable(text))


def say(text: str) -> None:
    """A remark, on standard error."""
    typer.echo(printable(text), err=True)


class _Remarks(logging.Handler):
    """What is noted while a command runs, on standard error, each sentence once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.tell(record.getMessage())

    def tell(self, text: str) -> None:
        if text not in self.said:
            self.said.add(text)
            say(text)


_REMARKS = _Remarks()


def hear_of_dossiers() -> None:
    """Say, from now on, what is wrong with any dossier that a command opens."""
    _REMARKS.said.clear()
    logging.getLogger("atlas.dossier").addHandler(_REMARKS)


def remark(text: str) -> None:
    """A remark, unless it was made before in this command."""
    _REMARKS.tell(text)


def printable(text: str) -> str:
    """Text without what a terminal obeys: control characters and marks of direction, shown as a box.

    A cell of a table may hold them, and stands in many a sentence.
    """
    return "".join(
        letter if letter.isprintable() or letter == "\n" or letter in _BLANKS else "\N{WHITE SQUARE}"
        for letter in text
    )
