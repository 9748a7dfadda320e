"""The commands of `atlas` for a memo: one figure as sentence, beside another, as picture, table or slide."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.disclosure.audiences import Audience
from .choices import LevelChoice
from .making import Contact, MadeOn, MakerName, Trial, signed
from .messages import print_line, say, sentences

if TYPE_CHECKING:
    from ..flows.configuration import Configuration
    from ..flows.memo import Asked

Figure = Annotated[str, typer.Argument(help="Het cijfer, zoals `atlas indicators` het noemt.")]
Area = Annotated[str, typer.Argument(help="Naam of code van het gebied.")]
OtherArea = Annotated[str, typer.Argument(help="Naam of code van het andere gebied.")]
Level = Annotated[
    LevelChoice | None,
    typer.Option(help="Niveau van de gebieden.", show_default="het kleinste dat er is"),
]
Period = Annotated[
    str | None, typer.Option(metavar="PERIODE", help="Periode, zoals 2025-11.", show_default="de nieuwste")
]
Config = Annotated[
    Path | None,
    typer.Option(help="Configuratiebestand (TOML) met eigen tabellen.", show_default="de ingebouwde cijfers"),
]
ForWhom = Annotated[
    Audience | None, typer.Option("--audience", help="Voor wie het is.", show_default=Audience.PUBLIC.value)
]


class ShapeChoice(StrEnum):
    """Shapes of a picture."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"


def sentence_command(
    figure: Figure,
    area: Area,
    *,
    level: Level = None,
    period: Period = None,
    config: Config = None,
    audience: ForWhom = None,
) -> None:
    """Eén cijfer als zin: met interval, aantal respondenten, periode, onder wie en bron."""
    from ..flows.memo import sentence

    with sentences():
        print_line(sentence(_configuration(config, audience), _asked(figure, level, period), area))


def compare_command(
    figure: Figure,
    first: Area,
    second: OtherArea,
    *,
    level: Level = None,
    period: Period = None,
    config: Config = None,
    audience: ForWhom = None,
) -> None:
    """Twee gebieden naast elkaar, met wat er over het verschil te zeggen is."""
    from ..flows.memo import comparison

    with sentences():
        told = comparison(_configuration(config, audience), _asked(figure, level, period), first, second)
    for line in (told.first, told.second, told.verdict, told.about):
        print_line(line)


def picture_command(
    figure: Figure,
    output: Annotated[Path, typer.Option("--output", "-o", help="Plaatje: .png of .svg.")],
    *,
    shape: Annotated[ShapeChoice, typer.Option(help="Liggend of staand.")] = ShapeChoice.LANDSCAPE,
    level: Level = None,
    period: Period = None,
    config: Config = None,
    audience: ForWhom = None,
    maker: MakerName = None,
    contact: Contact = None,
    made_on: MadeOn = None,
    trial: Trial = False,
) -> None:
    """De kaart als plaatje, met titel, legenda, bron, let op en datum erin."""
    from ..flows.memo import write_picture

    with sentences():
        configuration = _signed(
            output, config, audience, maker=maker, contact=contact, made_on=made_on, trial=trial
        )
        write_picture(configuration, _asked(figure, level, period), shape.value, output)
    print_line(str(output))


def table_command(
    figure: Figure,
    output: Annotated[Path, typer.Option("--output", "-o", help="Tabel: .csv of .xlsx.")],
    *,
    level: Level = None,
    period: Period = None,
    config: Config = None,
    audience: ForWhom = None,
    maker: MakerName = None,
    contact: Contact = None,
    made_on: MadeOn = None,
    trial: Trial = False,
) -> None:
    """De cijfers van één kaart als tabel, met bron en let op in elke rij."""
    from ..flows.memo import write_table

    with sentences():
        configuration = _signed(
            output, config, audience, maker=maker, contact=contact, made_on=made_on, trial=trial
        )
        write_table(configuration, _asked(figure, level, period), output)
    print_line(str(output))


def slide_command(
    figure: Figure,
    area: Area,
    output: Annotated[Path, typer.Option("--output", "-o", help="Een dia (.pptx) of een alinea (.docx).")],
    *,
    level: Level = None,
    period: Period = None,
    config: Config = None,
    audience: ForWhom = None,
    maker: MakerName = None,
    contact: Contact = None,
    made_on: MadeOn = None,
    trial: Trial = False,
) -> None:
    """Eén dia met de kaart en het cijfer van een gebied, of één alinea voor een memo."""
    from ..flows.memo import write_slide

    with sentences():
        configuration = _signed(
            output, config, audience, maker=maker, contact=contact, made_on=made_on, trial=trial
        )
        write_slide(configuration, _asked(figure, level, period), area, output)
    print_line(str(output))


def _asked(figure: str, level: LevelChoice | None, period: str | None) -> Asked:
    from ..flows.memo import Asked

    return Asked(figure, level.value if level else "", period or "")


def _configuration(config: Path | None, audience: Audience | None) -> Configuration:
    from ..flows.configuration import Configuration, read_configuration

    configuration = read_configuration(config) if config else Configuration()
    edition = configuration.edition
    return replace(configuration, edition=replace(edition, audience=audience or edition.audience))


def _signed(
    output: Path,
    config: Path | None,
    audience: Audience | None,
    *,
    maker: str | None,
    contact: str | None,
    made_on: str | None,
    trial: bool,
) -> Configuration:
    from ..flows.memo import check_place

    configuration = _configuration(config, audience)
    check_place(output, configuration, config)
    edition, remarks = signed(
        configuration.edition, audience, maker=maker, contact=contact, made_on=made_on, trial=trial
    )
    for remark in remarks:
        say(f"Let op: {remark}")
    return replace(configuration, edition=edition)
