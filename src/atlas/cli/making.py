"""Who makes something, whom to ask and when: the options, and the questions when they are left out."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.disclosure.audiences import Audience
from .messages import say

if TYPE_CHECKING:
    from ..core.figures.edition import Edition, Made

MakerName = Annotated[
    str | None, typer.Option("--maker", help="Wie dit maakt: de organisatie, zoals een lezer haar kent.")
]
Contact = Annotated[str | None, typer.Option("--contact", help="Wie vragen beantwoordt: e-mail of telefoon.")]
MadeOn = Annotated[
    str | None,
    typer.Option("--made-on", metavar="DAG", help="De dag waarop dit is gemaakt, als 2026-12-01."),
]
Trial = Annotated[
    bool,
    typer.Option("--trial", help="Een proefuitgave zonder maker en contact; dat staat er dan op."),
]


def signed(
    edition: Edition,
    audience: Audience | None,
    *,
    maker: str | None,
    contact: str | None,
    made_on: str | None,
    trial: bool,
) -> tuple[Edition, list[str]]:
    """An edition with what was given, or answered when somebody sits at the terminal.

    Returns:
        The edition, and sentences about what it does not say.

    Raises:
        AtlasError: it is for the public, says not who made it or whom to ask, and nobody can be asked.
    """
    from ..core.figures.edition import check_signed, checked_day, unsigned

    given = replace(
        edition.maker,
        name=edition.maker.name if maker is None else maker,
        contact=edition.maker.contact if contact is None else contact,
    )
    day = checked_day(edition.made_on if made_on is None else made_on)
    edition = replace(edition, maker=given, made_on=day, audience=audience or edition.audience)
    if unsigned(edition) and edition.audience == Audience.PUBLIC and not trial and sys.stdin.isatty():
        edition = replace(
            edition,
            maker=replace(
                given,
                name=given.name or _asked("Wie maakt deze atlas (de organisatie)?"),
                contact=given.contact or _asked("Wie beantwoordt vragen van lezers (e-mail of telefoon)?"),
            ),
        )
    how = "" if trial else " Zet het erop met --maker, --contact en --made-on."
    return edition, [f"{sentence}{how}" for sentence in check_signed(edition, trial=trial)]


def say_unsigned(made: Made) -> None:
    """Say what a list or result does not say of who made it, whom to ask and when."""
    if made.lacking:
        say(f"Let op: In dit bestand is niet ingevuld: {made.lacking}.")


def _asked(question: str) -> str:
    answer: str = typer.prompt(question, default="", show_default=False, err=True)
    return answer.strip()
