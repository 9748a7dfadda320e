"""The commands of `atlas visits` for what comes back from the field: take packages back, decide conflicts."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from .dutch import DutchCommand  # isort: skip  # before typer
import typer

from ..core.schema.conflicts import KEEPS_DOSSIER, TAKES_FIELD
from ..core.words.errors import AtlasError
from ..core.words.notation import counted
from .choices import AcceptPersonalText, Dossier, Strict, User, who_does
from .messages import NEEDS_ATTENTION, print_line, say, sentences, steps

Packages = Annotated[
    list[Path],
    typer.Argument(
        help="Pakketten (.zip), hun map, een GeoPackage daarin, of een map met pakketten.",
        metavar="PACKAGE...",
    ),
]


class ValueChoice(StrEnum):
    """Which of two values a field gets."""

    DOSSIER = KEEPS_DOSSIER
    VELD = TAKES_FIELD


def visits_import(
    folder: Dossier,
    packages: Packages,
    *,
    accept_personal_text: AcceptPersonalText = False,
    user: User = None,
    strict: Strict = False,
) -> None:
    """Neem pakketten terug uit het veld, in welke volgorde ook en zo vaak u wilt."""
    from ..jobs.deciding import conflicts_to_decide
    from ..jobs.field_return import packages_in, return_packages

    with sentences(), steps() as progress:
        packages = packages_in(packages)
        done = return_packages(
            folder, packages, now=datetime.now(UTC), user=who_does(user),
            accept_personal_text=accept_personal_text, progress=progress,
        )  # fmt: skip
        if len(done) == 1 and isinstance(done[0], AtlasError):
            raise done[0]
        waiting = conflicts_to_decide(folder)
    attention = bool(waiting)
    said: set[str] = set()
    for path, one in zip(packages, done, strict=True):
        if isinstance(one, AtlasError):
            print_line(f"{path.name}: niet overgenomen")
            say(f"{path.name}: {one}")
            attention = True
            continue
        counts = ", ".join(f"{outcome} {count}" for outcome, count in one.counts.items())
        print_line(f"{path.name}: {counts}")
        for sentence in (*one.notes, *one.attention):
            if sentence not in said:
                say(sentence)
            said.add(sentence)
        attention |= bool(one.attention)
    if waiting:
        open_ones = counted(len(waiting), "conflict wacht", "conflicten wachten")
        print_line(f"{open_ones} op een besluit: atlas visits decide {folder}")
    failed = any(isinstance(one, AtlasError) for one in done)
    if failed or (strict and attention):
        raise typer.Exit(NEEDS_ATTENTION)


def visits_decide(
    folder: Dossier,
    conflict: Annotated[
        str,
        typer.Argument(
            help="Het conflict, of hoe zijn kenmerk begint.", metavar="CONFLICT", show_default="toon ze alle"
        ),
    ] = "",
    *,
    value: Annotated[
        ValueChoice | None,
        typer.Option(help="Welke waarde het veld krijgt.", show_default="geen: er wordt niets besloten"),
    ] = None,
    reason: Annotated[str, typer.Option(help="Waarom, in een paar woorden; blijft bij het conflict.")] = "",
    accept_personal_text: AcceptPersonalText = False,
    user: User = None,
) -> None:
    """Toon de conflicten die op een besluit wachten, of besluit over een."""
    from ..jobs.deciding import conflicts_to_decide, decide_conflict

    if not conflict and value is None:
        with sentences():
            waiting = conflicts_to_decide(folder)
        for one in waiting:
            print_line(one.sentence)
        if not waiting:
            print_line("Er wacht geen conflict op een besluit.")
        return
    with sentences():
        if not conflict or value is None:
            raise AtlasError(
                "Zeg over welk conflict u besluit, en welke waarde het veld krijgt.",
                expected="een kenmerk van de lijst, en --value dossier of --value veld",
            )
        found, changed = decide_conflict(
            folder, conflict, value.value, reason=reason, accept_personal_text=accept_personal_text,
            user=who_does(user), now=datetime.now(UTC),
        )  # fmt: skip
    print_line(found.decided(value.value, again=not changed))


def add_to(visits_app: typer.Typer) -> None:
    """Hang these commands under `atlas visits`."""
    visits_app.command("import", cls=DutchCommand)(visits_import)
    visits_app.command("decide", cls=DutchCommand)(visits_decide)
