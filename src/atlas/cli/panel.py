"""The commands of `atlas panel`: from the answers of a panel to figures of regions."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from .dutch import DutchCommand, DutchGroup  # isort: skip  # before typer
import typer

from ..core.words.notation import counted
from .messages import print_line, say, sentences

panel_app = typer.Typer(cls=DutchGroup)
PanelPath = Annotated[Path, typer.Argument(help="Panelbestand: .sav, .csv of .parquet.")]


class RegionChoice(StrEnum):
    """What the column with the place of a respondent holds."""

    MUNICIPALITY = "gemeente"
    POSTCODE = "postcode"


@panel_app.command("questions", cls=DutchCommand)
def panel_questions(
    panel: PanelPath,
    output: Annotated[Path, typer.Option("--output", "-o", help="Nieuw bestand met vragen (.toml).")],
    *,
    skip: Annotated[list[str] | None, typer.Option(help="Kolom die geen vraag is. Mag vaker.")] = None,
) -> None:
    """Begin een bestand met vragen: per kolom de codes, om aan te geven wat telt."""
    from ..flows.panel import write_draft

    with sentences():
        write_draft(panel, output, skip or [])
    print_line(f"{output}: vul per vraag in welke codes tellen, en wie de basis is")


@panel_app.command("workbook", cls=DutchCommand)
def panel_workbook(
    output: Annotated[Path, typer.Option("--output", "-o", help="Nieuw werkboek (.xlsx).")],
    *,
    period: Annotated[
        str, typer.Option(help="Meting waar de cijfers bij horen, als 2027-11.", show_default="november 2025")
    ] = "",
) -> None:
    """Maak een werkboek waarin de onderzoeksbureaus cijfers per provincie en regio invullen."""
    from ..core.figures.panel_delivery import PANEL_PERIOD
    from ..flows.panel import write_workbook

    with sentences():
        write_workbook(output, period or PANEL_PERIOD)
    print_line(f"{output}: in te vullen door de bureaus")
    say(f"Daarna: atlas build --panel {output}")


@panel_app.command("figures", cls=DutchCommand)
def panel_figures(
    panel: PanelPath,
    output: Annotated[Path, typer.Option("--output", "-o", help="Nieuw bestand voor de atlas (.toml).")],
    *,
    questions: Annotated[Path, typer.Option(help="Bestand met vragen (.toml), zie atlas panel questions.")],
    weight: Annotated[str, typer.Option(help="Kolom met het gewicht.")],
    region_from: Annotated[RegionChoice, typer.Option(help="Waaruit de regio volgt.")],
    region_column: Annotated[str, typer.Option(help="Kolom met de gemeente of de postcode.")],
    postcodes: Annotated[
        Path | None, typer.Option(help="Tabel (CSV) met postcode en gemeente, bij --region-from postcode.")
    ] = None,
    strata: Annotated[str, typer.Option(help="Kolom met het stratum.", show_default="geen")] = "",
    person: Annotated[
        str, typer.Option(help="Kolom met de sleutel van de persoon, bij --previous.", show_default="geen")
    ] = "",
    municipalities: Annotated[
        bool,
        typer.Option(
            "--municipalities",
            help="Ook per gemeente: punten met hun interval, zonder klassen, volgorde of oordeel.",
        ),
    ] = False,
    previous: Annotated[
        Path | None, typer.Option(help="Panelbestand van een vorige meting, met dezelfde kolommen.")
    ] = None,
) -> None:
    """Gewogen cijfers per surveyregio en provincie, met interval; geen antwoord van iemand gaat mee."""
    from ..flows.panel import PanelTask, make_figures

    with sentences():
        made = make_figures(
            PanelTask(
                panel,
                questions,
                weight,
                region_column,
                region_from.value,
                strata,
                person,
                postcodes=postcodes,
                previous=previous,
                municipalities=municipalities,
            ),
            output,
        )
    print_line(f"{made.configuration}: {counted(made.figures, 'cijfer', 'cijfers')} voor atlas build")
    if made.withheld:
        say(f"Van {made.withheld} daarvan staat er geen waarde in: te weinig respondenten.")
    print_line(f"{made.table}: de cijfers als tabel")
    print_line(f"{made.differences}: verschillen, met het oordeel dat de gegevens dragen")
    for note in made.notes:
        say(f"Let op: {note}")
