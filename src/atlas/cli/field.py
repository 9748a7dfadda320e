"""The commands of `atlas` around a day in the field: the package for a team, and its return."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from .dutch import DutchCommand  # isort: skip  # before typer
import typer

from .choices import AcceptPersonalText, Dossier, Municipalities, Purpose, Strict, User, requested, who_does
from .messages import NEEDS_ATTENTION, print_line, say, sentences, steps

Zip = Annotated[Path, typer.Option("--output", "-o", help="Het pakket (.zip).")]
Package = Annotated[Path, typer.Argument(help="Het pakket (.zip), zijn map, of een GeoPackage daarin.")]


def objects_package(
    folder: Dossier,
    output: Zip,
    *,
    municipality: Municipalities = None,
    purpose: Purpose = "",
    user: User = None,
) -> None:
    """Maak het pakket dat een team meeneemt het veld in: een dossier van alleen zijn eigen gemeenten."""
    from ..flows.field_project import add_project
    from ..jobs.field_package import write_package

    with sentences():
        done = write_package(
            folder, output, requested(municipality, purpose, user), now=datetime.now(UTC), finish=add_project
        )
    print_line(done.sentence)


def objects_return(
    folder: Dossier,
    package: Package,
    *,
    accept_personal_text: AcceptPersonalText = False,
    user: User = None,
    strict: Strict = False,
) -> None:
    """Neem een pakket terug uit het veld: bezoeken, bevindingen en wijzigingen, alles of niets."""
    from ..jobs.field_return import return_package

    with sentences(), steps() as progress:
        done = return_package(
            folder, package, now=datetime.now(UTC), user=who_does(user),
            accept_personal_text=accept_personal_text, progress=progress,
        )  # fmt: skip
    print_line(", ".join(f"{outcome} {count}" for outcome, count in done.counts.items()))
    for sentence in (*done.notes, *done.attention):
        say(sentence)
    if strict and done.attention:
        raise typer.Exit(NEEDS_ATTENTION)


def add_to(objects_app: typer.Typer) -> None:
    """Hang these commands under `atlas objects`."""
    objects_app.command("package", cls=DutchCommand)(objects_package)
    objects_app.command("return", cls=DutchCommand)(objects_return)
