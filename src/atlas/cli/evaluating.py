"""The commands of `atlas visits` for what a campaign measures, and what it found."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from .dutch import DutchCommand  # isort: skip  # before typer
import typer

from ..core.schema.visits import FINDING_CATEGORIES
from .choices import Dossier, Purpose, Unsealed, User, who_does
from .messages import print_line, say, sentences
from .passphrases import show_passphrases

IndicatorChoice = StrEnum("IndicatorChoice", {name.upper(): name for name in FINDING_CATEGORIES})
CampaignName = Annotated[str, typer.Option("--campaign", help="De naam van de campagne.")]
EvaluationFile = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="Ook als blad: .pdf, .docx of .html.", show_default="alleen op het scherm"
    ),
]


def visits_indicators(
    folder: Dossier,
    indicators: Annotated[
        list[IndicatorChoice],
        typer.Argument(help="Wat er wordt gemeten: soorten bevindingen.", metavar="INDICATOR..."),
    ],
    *,
    campaign: CampaignName,
    purpose: Purpose,
    user: User = None,
) -> None:
    """Leg vast wat een campagne meet, voor het eerste bezoek; het staat in het register."""
    from ..jobs.evaluating import register_indicators

    with sentences():
        done = register_indicators(
            folder, campaign, [one.value for one in indicators], purpose=purpose, user=who_does(user),
            now=datetime.now(UTC),
        )  # fmt: skip
    print_line(done)


def visits_evaluate(
    folder: Dossier,
    *,
    campaign: CampaignName,
    purpose: Annotated[
        str,
        typer.Option(help="Waarvoor u dit bekijkt; van een bestand staat het in het register van uitgifte."),
    ],
    output: EvaluationFile = None,
    unsealed: Unsealed = "",
    user: User = None,
) -> None:
    """Zeg wat een campagne vond, hoe zeker dat is, en wat zij had kunnen zien; alleen voor het team."""
    from ..jobs.evaluating import evaluate_campaign

    told: tuple[tuple[str, str], ...] = ()
    with sentences():
        done = evaluate_campaign(folder, campaign, purpose=purpose)
        if output is not None:
            from ..flows.team import TeamRequest
            from ..flows.visit_letters import write_evaluation

            request = TeamRequest(folder, (), purpose, who_does(user), unsealed=unsealed)
            told = write_evaluation(output, request, campaign, done)
    coverage, *others = done.sentences
    print_line(f"{campaign}: {coverage}")
    for sentence in others:
        print_line(sentence)
    for sentence in done.notes:
        say(sentence)
    if output is not None:
        print_line(f"{output}: evaluatie")
        show_passphrases(told)


def add_to(visits_app: typer.Typer) -> None:
    """Hang these commands under `atlas visits`."""
    visits_app.command("indicators", cls=DutchCommand)(visits_indicators)
    visits_app.command("evaluate", cls=DutchCommand)(visits_evaluate)
