"""The commands of `atlas` that answer and write nothing: an area, the figures, what a file gives away."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import Annotated

import typer

from ..core.words.notation import counted
from .choices import LevelChoice  # noqa: TC001 - Typer reads the annotations
from .messages import BAD_INPUT, NEEDS_ATTENTION, print_line, say, sentences
from .passphrases import asked_passphrase


def area(
    text: Annotated[str, typer.Argument(help="Naam of code, zoals u die tegenkomt.")],
    *,
    level: Annotated[
        LevelChoice | None, typer.Option(help="Zoek alleen op dit niveau.", show_default="alle")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Jaar van de gebiedsindeling.", show_default="nu")] = None,
) -> None:
    """Welk gebied is dit? Zegt ook waarom een naam niet te herkennen is."""
    from ..core.areas.resolving import resolve

    found = resolve(text, level.value if level else None, year)
    if found.area:
        print_line(f"{found.area.code}  {found.area.label}  ({found.area.level})")
    if found.explanation:
        say(found.explanation)
    for candidate in () if found.area else found.candidates:
        print_line(f"  {candidate.code}  {candidate.label}  ({candidate.level})")
    if not found.area:
        raise typer.Exit(BAD_INPUT)


def indicators() -> None:
    """Welke cijfers zitten in de atlas, op welk niveau en uit welke bron?"""
    from rich.console import Console
    from rich.table import Table

    from ..core.figures.indicators import load_catalogue
    from ..core.words.notation import format_period

    catalogue = load_catalogue()
    table = Table("Cijfer", "Niveau", "Periode", "Bron", title="Op de kaart", title_justify="left")
    for indicator in catalogue.indicators:
        for level, period in catalogue.views(indicator.id):
            table.add_row(indicator.label, level, format_period(period), indicator.source.title)
    texts = Table("Cijfer", "Waarde", "Periode", title="Alleen als tekst", title_justify="left")
    for card in catalogue.cards:
        texts.add_row(card.label, card.text, format_period(card.period))
    console = Console()
    console.print(table, texts)


def audit(
    files: Annotated[list[Path], typer.Argument(help="Bestanden die zijn uitgegeven, of dat gaan worden.")],
    *,
    with_: Annotated[
        Path | None,
        typer.Option("--with", help="Dossier waaruit ze komen: leg er alles naast wat eerder is uitgegeven."),
    ] = None,
) -> None:
    """Wat haalt een buitenstaander uit deze bestanden? Eindigt met code 3 als dat te veel is.

    Van een verzegeld bestand wordt de wachtzin gevraagd: dan wat zijn ontvanger eruit haalt.
    """
    from ..flows.auditing import audit_files

    with sentences():
        done = audit_files(files, with_, asked_passphrase)
    for finding in done.findings:
        print_line(finding)
    read = f"{counted(done.files, 'bestand', 'bestanden')} gelezen"
    read += f", {counted(done.figures, 'cijfer', 'cijfers')}"
    if with_:
        read += f", naast {counted(done.tables, 'beschermde tabel', 'beschermde tabellen')}"
    if done.supposed_few:
        say(
            "Aangenomen is dat elk aantal van de ene op de andere peildatum met hooguit 3 veranderde, zoals "
            "een buitenstaander doet. Waar meer veranderde is dat te streng; met --with wordt dat nagegaan."
        )
    if done.findings:
        say(f"{read}: {counted(len(done.findings), 'bevinding', 'bevindingen')}.")
        raise typer.Exit(NEEDS_ATTENTION)
    print_line(f"{read}: niets gevonden dat te veel zegt.")
