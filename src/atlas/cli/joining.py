"""`atlas join`: values of a table on areas, and a report with a line for every row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path  # noqa: TC003 - Typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.words.notation import counted
from .choices import (
    BelowOne,
    Combine,
    Dash,
    Decimal,
    DivideChoice,
    JoinLevelChoice,
    Places,
    UnitChoice,
    Where,
    chosen,
)  # fmt: skip
from .making import Contact, MadeOn, MakerName, say_unsigned
from .messages import BAD_INPUT, NEEDS_ATTENTION, print_line, say, sentences, steps

if TYPE_CHECKING:
    from ..core.joining.joined import JoinReport


def join_command(
    table: Annotated[
        Path,
        typer.Argument(
            help="CSV, XLSX, ODS, GeoPackage, Shapefile, GeoJSON, Parquet, of een tabel van StatLine.",
        ),
    ],
    level: Annotated[JoinLevelChoice, typer.Option(help="Niveau van de gebieden in de tabel.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Resultaat: .gpkg, .geojson of .csv.")],
    *,
    value: Annotated[
        str,
        typer.Option(
            help="Kolom met de waarde, of het onderwerp; zonder noemt de opdracht wat er in de tabel staat.",
            show_default=False,
        ),
    ] = "",
    key: Annotated[
        str, typer.Option(help="Kolom met de naam of code van het gebied.", show_default="die van StatLine")
    ] = "",
    n: Annotated[str | None, typer.Option("--n", help="Kolom met het aantal respondenten.")] = None,
    where: Where = None,
    period: Annotated[str, typer.Option(help="Alleen de rijen van deze periode.")] = "",
    period_column: Annotated[
        str, typer.Option(help="Kolom met de perioden.", show_default="die van StatLine")
    ] = "",
    indicator_column: Annotated[
        str, typer.Option(help="Kolom met de onderwerpen.", show_default="die van StatLine")
    ] = "",
    low: Annotated[str, typer.Option(help="Kolom met de ondergrens van het interval.")] = "",
    high: Annotated[str, typer.Option(help="Kolom met de bovengrens van het interval.")] = "",
    margin: Annotated[str, typer.Option(help="Kolom met de marge, in plaats van de grenzen.")] = "",
    weight: Annotated[
        str | None, typer.Option(help="Kolom met gewichten, om percentages samen te nemen.")
    ] = None,
    unit: Annotated[
        UnitChoice | None,
        typer.Option(help="Eenheid van de waarde.", show_default="die van het bestand, anders number"),
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="Jaar van de gebiedsindeling in de tabel.", show_default="nu")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Werkblad (XLSX, ODS) of laag (GeoPackage).")] = None,
    combine: Combine = None,
    sum_over: Annotated[
        str,
        typer.Option(help="Tel aantallen op over de soorten in deze kolom; nooit over perioden of niveaus."),
    ] = "",
    decimal: Decimal = None,
    dash: Dash = None,
    per: Annotated[
        str | None,
        typer.Option(help="Kolom om aantallen door te delen, bij --unit per_1000 of per_km2."),
    ] = None,
    per_population: Annotated[
        int | None,
        typer.Option(
            help="Deel aantallen door de inwoners van dit jaar (CBS), bij --unit per_1000.", metavar="JAAR"
        ),
    ] = None,
    per_land: Annotated[
        bool,
        typer.Option("--per-land", help="Deel aantallen door het land in km² (CBS), bij --unit per_km2."),
    ] = False,
    below_one: BelowOne = None,
    places: Places = None,
    divide: Annotated[
        DivideChoice | None,
        typer.Option(
            help="Gemeente die over twee is verdeeld (Winsum in 2019): weigeren, of aantallen van een eerder "
            "jaar verdelen naar adressen, een schatting.",
            show_default="error",
        ),
    ] = None,
    addresses: Annotated[
        Path | None, typer.Option(help="Adressen met hun woonplaats, bij --divide: zie atlas addresses read.")
    ] = None,
    municipality: Annotated[
        str | None, typer.Option(help="Kolom met de gemeente, bij namen van wijken.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Eindig met code 3 als rijen aandacht vragen.")
    ] = False,
    maker: MakerName = None,
    contact: Contact = None,
    made_on: MadeOn = None,
    data_of: Annotated[
        str,
        typer.Option(
            metavar="PERIODE",
            help="Van wanneer de gegevens zijn (2024, 2025-11), als het bestand dat niet zegt.",
        ),
    ] = "",
    report: Annotated[
        Path | None, typer.Option(help="Rapport (CSV).", show_default="naast het resultaat")
    ] = None,
) -> None:
    """Koppel een tabel aan gebieden; elke rij krijgt een uitkomst in het rapport."""
    from ..core.figures.edition import Made, Maker, checked_day
    from ..core.joining.joined import joined_estimates, withheld_areas
    from ..core.joining.statistics import read_choices
    from ..flows.joining import TableJoin, report_path, run_join

    with sentences():
        rows = read_choices(where or ())
        made = Made(Maker(maker or "", contact or ""), checked_day(made_on or ""), data_of.strip())
    task = TableJoin(
        path=table,
        level=level.value,
        key=key,
        value=value,
        unit=chosen(unit),
        n=n,
        weight=weight,
        year=year,
        sheet=sheet,
        combine=chosen(combine) or "error",
        decimal=chosen(decimal),
        dash=chosen(dash),
        places=chosen(places) or "error",
        sum_over=sum_over,
        divide=chosen(divide) or "error",
        addresses=addresses,
        below_one=chosen(below_one),
        per=per,
        municipality=municipality,
        per_population=per_population,
        per_land=per_land,
        where=rows,
        period=period,
        period_column=period_column,
        indicator_column=indicator_column,
        low=low,
        high=high,
        margin=margin,
    )
    report = report or report_path(output)
    with sentences(), steps() as progress:
        joined = run_join(task, output, report, progress, made)
    attention = strict and joined.report.needs_attention
    if joined.refusal is not None:
        with sentences(NEEDS_ATTENTION if attention else BAD_INPUT):
            raise joined.refusal
    print_line(f"{output}: {counted(len(joined.values), 'gebied', 'gebieden')} met een waarde")
    if withheld := withheld_areas(joined_estimates(joined, joined.unit)):
        say(f"Van {withheld} daarvan staat er geen cijfer in: te weinig respondenten.")
    say_outcomes(joined.report)
    for note in joined.notes:
        say(f"Let op: {note}")
    say_unsigned(replace(made, newest=made.newest or joined.report.period))
    print_line(f"{report}: rapport van {counted(len(joined.report), 'regel', 'regels')}")
    if attention:
        raise typer.Exit(NEEDS_ATTENTION)


def say_outcomes(report: JoinReport) -> None:
    """A line for each outcome that occurs."""
    for outcome, count in report.counts().items():
        if count:
            print_line(f"  {outcome}: {count}")
