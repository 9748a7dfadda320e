"""The commands of `atlas` around rounds of farm visits."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from .dutch import DutchCommand, DutchGroup  # isort: skip  # before typer
import typer

from ..core.disclosure.audiences import Audience
from ..core.schema.visits import LEGAL_GROUNDS, VISIT_KINDS
from ..core.words.notation import counted
from .choices import (
    Dossier,
    Purpose,
    Strict,
    Unsealed,
    User,
    chosen_municipalities,
    one_municipality,
    who_does,
)
from .evaluating import add_to as add_evaluating
from .messages import NEEDS_ATTENTION, print_line, say, sentences
from .passphrases import show_passphrases
from .planning import Iterations, Method, Roads, Seconds, Seed, tell_plan
from .planning import add_to as add_planning
from .taking_back import add_to as add_taking_back

if TYPE_CHECKING:
    from ..flows.team import TeamRequest

visits_app = typer.Typer(cls=DutchGroup)

#: two different legal acts, and what makes each lawful
KindChoice = StrEnum("KindChoice", {kind.upper(): kind for kind in VISIT_KINDS})
GroundChoice = StrEnum("GroundChoice", {ground.upper(): ground for ground in LEGAL_GROUNDS})


def visits_select(
    folder: Dossier,
    rules: Annotated[
        Path | None,
        typer.Argument(
            help="Regels (TOML): hoeveel plaatsen, en treden.",
            metavar="RULES",
            show_default="geen: elk agrarisch erf van het buitengebied",
        ),
    ] = None,
    *,
    name: Annotated[str, typer.Option(help="Hoe het team de campagne noemt.")],
    municipality: Annotated[str, typer.Option(help="De gemeente waarvoor het team werkt.")],
    keep_until: Annotated[str, typer.Option(help="Bewaren tot (jjjj-mm-dd), volgens het protocol.")],
    purpose: Purpose,
    kind: Annotated[
        KindChoice, typer.Option(help="Een gesprek met instemming, of toezicht: twee verschillende dingen.")
    ] = KindChoice.PREVENTIEF,
    ground: Annotated[
        GroundChoice | None,
        typer.Option(help="Grondslag bij toezicht.", show_default="instemming bij preventief"),
    ] = None,
    regulation: Annotated[str, typer.Option(help="Bij toezicht: welke wet of verordening.")] = "",
    seed: Annotated[str, typer.Option(help="Zaad van de loting.", show_default="een dat niemand kiest")] = "",
    user: User = None,
) -> None:
    """Kies de erven van een campagne; het zaad van een loting staat eerst in het register."""
    from ..core.records.choosing_rules import Rules, read_rules_file
    from ..jobs.selecting import Campaign, select_yards

    with sentences():
        code = one_municipality(municipality, "Een campagne hoort bij")
        asked = Rules() if rules is None else read_rules_file(rules, kind.value)
        done = select_yards(
            folder,
            Campaign(
                name, kind.value, code, purpose, keep_until, ground.value if ground else "", regulation
            ),
            asked, seed=seed, user=who_does(user), now=datetime.now(UTC),
        )  # fmt: skip
    for sentence in done.sentences:
        print_line(sentence)
    for sentence in done.notes:
        say(sentence)


def visits_teams(
    output: Annotated[Path, typer.Option("--output", "-o", help="De tabel die wordt gemaakt (.csv).")],
) -> None:
    """Maak de tabel waarin u invult welk team op welke dag gaat: met een voorbeeld, voor visits rounds."""
    from ..flows.campaign_rounds import write_team_table

    with sentences():
        write_team_table(output)
    print_line(f"{output}: vul per team en dag een rij in, en plan met atlas visits rounds")


def visits_rounds(
    folder: Dossier,
    teams: Annotated[
        Path,
        typer.Argument(
            help="Teams en hun dagen: een tabel (.csv), of een opgave zonder stops (.json).", metavar="TEAMS"
        ),
    ],
    *,
    campaign: Annotated[str, typer.Option(help="De naam van de campagne.")],
    minutes: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=600,
            help="Hoe lang een bezoek duurt.",
            show_default="45 bij preventief, 90 bij toezicht",
        ),
    ] = None,
    roads: Roads = None,
    method: Method = None,
    seed: Seed = 0,
    iterations: Iterations = None,
    seconds: Seconds = None,
    user: User = None,
    strict: Strict = False,
) -> None:
    """Plan de ronden van een campagne: de erven uit het dossier, en het plan erin terug."""
    from ..flows.campaign_rounds import plan_campaign_rounds
    from ..rounds.telling import breaches_to_tell

    with sentences():
        done = plan_campaign_rounds(
            folder, campaign, teams, minutes=minutes, roads=roads, method=method and method.value, seed=seed,
            iterations=iterations, seconds=seconds, user=who_does(user), now=datetime.now(UTC),
        )  # fmt: skip
    plan = done.plan_by_address
    tell_plan(plan, done.problem.travel_note)
    for sentence in (*done.remarks, *breaches_to_tell(done.plan, done.breaches)):
        say(sentence)
    if (strict or not plan.visits) and (plan.left_out or done.asked.asked.nowhere or done.breaches):
        raise typer.Exit(NEEDS_ATTENTION)


def visits_hand_out(
    folder: Dossier,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="Routeblad (.pdf of .html), kaart (.gpkg), .gpx voor navigatie, .ics voor een agenda, "
            "pakket voor QField (.zip).",
        ),
    ],
    *,
    campaign: Annotated[str, typer.Option(help="De naam van de campagne.")],
    round_name: Annotated[str, typer.Option("--round", help="De ronde: een letter.")],
    back_by: Annotated[str, typer.Option(help="Wanneer het terug of vernietigd is (jjjj-mm-dd).")],
    purpose: Purpose,
    roads: Annotated[
        Path | None,
        typer.Option(
            help="Wegvakken van het NWB, voor de weg op het routeblad.", show_default="geen: rechte lijnen"
        ),
    ] = None,
    teams: Annotated[
        Path | None,
        typer.Option(
            help="Het bestand waarmee is gepland: begin, einde en uiterlijk terug van het team.",
            show_default="geen: op het blad in te vullen",
        ),
    ] = None,
    unsealed: Annotated[
        str,
        typer.Option(
            help="Waarom een routeblad als pagina niet verzegeld is; staat in het register.",
            show_default="verzegeld, behalve bij FICTIEVE gegevens",
        ),
    ] = "",
    user: User = None,
) -> None:
    """Geef een ronde mee aan haar team; het register weet wanneer het terug moet zijn."""
    from ..flows.round_files import hand_out_round_file

    with sentences():
        made = hand_out_round_file(
            folder, output, campaign=campaign, name=round_name, purpose=purpose, back_by=back_by,
            roads=roads, teams=teams, unsealed=unsealed, user=who_does(user), now=datetime.now(UTC),
        )  # fmt: skip
    print_line(made.sentence)
    show_passphrases(made.told)


def visits_out(folder: Dossier, *, strict: Strict = False) -> None:
    """Noem wat is meegegeven en nog niet terug is, en wie een herinnering krijgt."""
    from ..jobs.rounds_out import rounds_still_out

    today = datetime.now(UTC).date().isoformat()
    with sentences():
        out = rounds_still_out(folder)
    for one in out:
        print_line(one.sentence(today))
    if not out:
        print_line("Er is niets meer uit.")
    late = [one for one in out if one.back_by < today]
    if late:
        teams = ", ".join(sorted({str(one.line.get("ontvanger") or "onbekend") for one in late}))
        say(f"Te laat: {counted(len(late), 'bestand', 'bestanden')}. Herinner: {teams}.")
    if strict and late:
        raise typer.Exit(NEEDS_ATTENTION)


def visits_back(
    folder: Dossier,
    file: Annotated[str, typer.Argument(help="De naam van het bestand in het register.", metavar="FILE")],
    *,
    user: User = None,
) -> None:
    """Noteer dat een bestand terug is of is vernietigd."""
    from ..jobs.rounds_out import note_back

    with sentences():
        print_line(note_back(folder, file, user=who_does(user), now=datetime.now(UTC)))


Account = Annotated[
    Path | None,
    typer.Option(
        help="Wat de gemeente zelf zegt (TOML): telling, wie is gevraagd, wat er is gedaan.",
        show_default="geen",
    ),
]


def _asked(
    folder: Path, municipality: str, purpose: str, user: str | None, unsealed: str = ""
) -> TeamRequest:
    from ..flows.team import TeamRequest

    code = one_municipality(municipality, "Dit blad is van")
    return TeamRequest(folder, (code,), purpose, who_does(user), unsealed=unsealed)


def visits_feedback(
    folder: Dossier,
    output: Annotated[Path, typer.Option("--output", "-o", help="De brief (.pdf of .docx).")],
    *,
    municipality: Annotated[str, typer.Option(help="De gemeente.")],
    purpose: Purpose,
    account: Account = None,
    user: User = None,
) -> None:
    """Maak de terugkoppeling voor de agrariërs van een gemeente: één blad, met afgeronde aantallen."""
    from ..flows.visit_letters import write_feedback

    with sentences():
        write_feedback(output, _asked(folder, municipality, purpose, user), account)
    print_line(f"{output}: terugkoppeling")


def visits_review(
    folder: Dossier,
    output: Annotated[Path, typer.Option("--output", "-o", help="Het blad (.pdf, .docx of .html).")],
    *,
    municipality: Annotated[str, typer.Option(help="De gemeente.")],
    purpose: Purpose,
    audience: Annotated[
        Audience, typer.Option(help="Voor wie: het team, of zijn partners (afgeronde aantallen).")
    ] = Audience.TEAM,
    account: Account = None,
    unsealed: Unsealed = "",
    user: User = None,
) -> None:
    """Maak het toetsingsblad van een gemeente: waarop het beeld rust, de cijfers, ruimte voor antwoord."""
    from ..flows.visit_letters import write_review

    with sentences():
        request = _asked(folder, municipality, purpose, user, unsealed)
        told = write_review(output, request, audience.value, account)
    print_line(f"{output}: toetsingsblad")
    show_passphrases(told)


def visits_borders(
    folder: Dossier,
    output: Annotated[Path, typer.Option("--output", "-o", help="De lijst met verzoeken (.pdf of .docx).")],
    *,
    municipality: Annotated[str, typer.Option(help="De gemeente van wie de lijst is.")],
    purpose: Purpose,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--with", help="Een gemeente waarvoor het team ook werkt: telt mee voor clusters; herhaal."
        ),
    ] = None,
    border: Annotated[float, typer.Option(help="Hoe dicht bij de grens, in meter.")] = 1000,
    within: Annotated[float, typer.Option(help="Cluster: binnen zoveel meter van elkaar.")] = 1000,
    least: Annotated[int, typer.Option(help="Cluster: met ten minste zoveel.")] = 3,
    user: User = None,
) -> None:
    """Maak de lijst van signalen en bevindingen bij de grens, met een verzoek aan elke buurgemeente."""
    from ..core.records.border_request import Search
    from ..flows.border_cases import write_border_cases

    with sentences():
        own = one_municipality(municipality, "De lijst is van")
        others = tuple(code for code in chosen_municipalities(also) if code != own)
        many = write_border_cases(
            folder, output, own, others, Search(border, within, least),
            purpose=purpose, user=who_does(user), now=datetime.now(UTC),
        )  # fmt: skip
    print_line(f"{output}: {counted(many, 'signaal of bevinding', 'signalen en bevindingen')}")


visits_app.command("select", cls=DutchCommand)(visits_select)
visits_app.command("teams", cls=DutchCommand)(visits_teams)
visits_app.command("rounds", cls=DutchCommand)(visits_rounds)
visits_app.command("hand-out", cls=DutchCommand)(visits_hand_out)
visits_app.command("out", cls=DutchCommand)(visits_out)
visits_app.command("back", cls=DutchCommand)(visits_back)
add_taking_back(visits_app)
add_evaluating(visits_app)
visits_app.command("feedback", cls=DutchCommand)(visits_feedback)
visits_app.command("review", cls=DutchCommand)(visits_review)
visits_app.command("borders", cls=DutchCommand)(visits_borders)
add_planning(visits_app)
