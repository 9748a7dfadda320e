"""The commands of `atlas figures`: published tables in an atlas, by their recipe."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import Annotated

from .dutch import DutchCommand, DutchGroup  # isort: skip  # before typer
import typer

from ..core.words.notation import counted
from .making import Contact, MakerName  # noqa: TC001 - Typer reads the annotations
from .messages import print_line, say, sentences, steps

figures_app = typer.Typer(cls=DutchGroup)


@figures_app.command("recipes", cls=DutchCommand)
def figures_recipes() -> None:
    """Welke gepubliceerde tabellen de atlas herkent, en hoe goed hun indeling bekend is."""
    from ..core.joining.recipes import recipes

    for known in recipes():
        print_line(f"{known.id}  {known.title}  (indeling: {known.layout.replace('_', ' ')})")
        for figure in known.figures:
            if figure.label:
                print_line(f"  {figure.label}")
            say(f"  Let op: {figure.caution}")
        if known.without:
            say(f"  {known.without}")


@figures_app.command("fetch", cls=DutchCommand)
def figures_fetch(
    recipe: Annotated[str, typer.Argument(help="Recept of nummer van de tabel: zie atlas figures recipes.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Map voor de tabel.", show_default="het nummer van de tabel"),
    ] = None,
    *,
    period: Annotated[
        list[str] | None, typer.Option(help="Periode. Mag vaker.", show_default="alle jaren van de tabel")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(help="Adres van de dienst.", show_default="dat van het recept")
    ] = None,
) -> None:
    """Haal een gepubliceerde tabel op bij CBS of de politie, alleen voor Drenthe en Groningen.

    Er wordt alleen iets opgehaald als u dit vraagt. De tabel en haar codelijsten komen in één bestand.
    """
    from ..core.joining.recipes import recipe as known_recipe
    from ..flows.fetching import fetch_table

    with sentences(), steps() as progress:
        known = known_recipe(recipe)
        done = fetch_table(
            known,
            out,
            named=recipe,
            endpoint=endpoint or "",
            periods=period or (),
            made_on=datetime.now(UTC).astimezone().date(),
            progress=progress,
        )
    print_line(f"{done.table}: {known.title}, {counted(done.rows, 'rij', 'rijen')}")
    say(f"Zet haar in de atlas met: atlas figures add {done.table} --config atlas.toml")


@figures_app.command("add", cls=DutchCommand)
def figures_add(
    file: Annotated[Path, typer.Argument(help="De tabel zoals die is opgehaald.")],
    config: Annotated[Path, typer.Option(help="Configuratie van de atlas; wordt gemaakt of aangevuld.")],
    *,
    recipe: Annotated[str, typer.Option(help="Recept.", show_default="herkend aan het bestand")] = "",
    sheet: Annotated[str, typer.Option(help="Werkblad (XLSX, ODS).")] = "",
    period: Annotated[
        list[str] | None, typer.Option(help="Periode. Mag vaker.", show_default="het nieuwste jaar")
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option(help='Andere rijen dan het recept: "Soort misdrijf=3.1.1". Mag vaker.')
    ] = None,
    maker: MakerName = None,
    contact: Contact = None,
) -> None:
    """Herken een gepubliceerde tabel en zet haar cijfers in de configuratie, met bron en waarschuwing."""
    from ..core.joining.statistics import read_choices
    from ..flows.recipes import add_figures

    with sentences():
        done = add_figures(
            file,
            config,
            name=recipe,
            sheet=sheet,
            periods=period or (),
            where=read_choices(where or ()),
            maker=(maker or "", contact or ""),
        )
    print_line(f"{file}: {done.recipe.title}")
    for sentence in done.added:
        print_line(f"{config}: {sentence}")
    for note in done.notes:
        say(f"Let op: {note}")
    say(f"Licentie: {done.recipe.licence}")
