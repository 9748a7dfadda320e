"""The command `atlas intake`: an own table or list, understood, shown, confirmed, and taken in."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..core.words.errors import AtlasError
from ..core.words.layer_names import OBJECTS
from .choices import (
    AcceptPersonalText,
    AddressFile,
    BelowOne,
    Combine,
    Dash,
    Decimal,
    JoinLevelChoice,
    LayerChoice,
    LeftColumns,
    NamedColumns,
    Places,
    Register,
    RegisterChoice,
    Sheet,
    UnitChoice,
    User,
    Where,
    chosen,
    told_columns,
)
from .intake_run import Run
from .messages import say, sentences

if TYPE_CHECKING:
    from ..core.tables.table import Table


def intake(
    file: Annotated[Path, typer.Argument(help="Eigen tabel met cijfers, of eigen lijst (CSV, XLSX, ODS).")],
    *,
    mapping: Annotated[
        Path | None,
        typer.Option(help="Vastgelegde indeling van de eerste keer: dan zijn er geen vragen meer."),
    ] = None,
    sheet: Sheet = None,
    dossier: Annotated[
        Path | None, typer.Option(help="Dossier waarin een lijst komt; zonder is het een tabel met cijfers.")
    ] = None,
    layer: Annotated[
        LayerChoice | None, typer.Option(help="Laag voor een lijst.", show_default=OBJECTS)
    ] = None,
    register: Register = None,
    addresses: AddressFile = None,
    column: NamedColumns = None,
    ignore: LeftColumns = None,
    choose: Annotated[
        list[str] | None,
        typer.Option(
            "--choose",
            metavar="VELD:TEKST=WAARDE",
            help="Wat een tekst in de lijst betekent (soort:loods/stal=loods); herhaal voor meer.",
        ),
    ] = None,
    keep_until: Annotated[str, typer.Option(help="Bewaren tot (jjjj-mm-dd), voor een lijst.")] = "",
    reference_date: Annotated[
        str, typer.Option(help="Peildatum (jjjj-mm-dd) van een lijst; wordt niet vastgelegd.")
    ] = "",
    accept_personal_text: AcceptPersonalText = False,
    config: Annotated[Path, typer.Option(help="Configuratiebestand waarin cijfers komen te staan.")] = Path(
        "atlas.toml"
    ),
    level: Annotated[JoinLevelChoice | None, typer.Option(help="Niveau van de gebieden.")] = None,
    key: Annotated[str, typer.Option(help="Kolom met de naam of code van het gebied.")] = "",
    value: Annotated[
        str,
        typer.Option(help="Kolom met de waarde; {periode} voor het jaar als elke periode een kolom is."),
    ] = "",
    unit: Annotated[UnitChoice | None, typer.Option(help="Eenheid van de waarde.")] = None,
    n: Annotated[str, typer.Option("--n", help="Kolom met het aantal respondenten.")] = "",
    label: Annotated[str, typer.Option(help="Naam van het cijfer.")] = "",
    period: Annotated[
        str, typer.Option(help="Periode, als die niet in de naam van de kolom staat; wordt niet vastgelegd.")
    ] = "",
    period_column: Annotated[
        str, typer.Option(help="Kolom met de periode van elke rij: elke periode komt op de kaart.")
    ] = "",
    where: Where = None,
    source: Annotated[str, typer.Option(help="Bron van de cijfers of van de lijst.")] = "",
    base: Annotated[str, typer.Option(help="Over wie of wat het cijfer gaat.")] = "",
    caution: Annotated[str, typer.Option(help="Wat een lezer er niet uit mag besluiten.")] = "",
    counts: Annotated[str, typer.Option(help="Wat er is geteld: beslist voor wie het cijfer mag zijn.")] = "",
    per: Annotated[str, typer.Option(help="Kolom om aantallen door te delen.")] = "",
    per_population: Annotated[
        bool, typer.Option("--per-population", help="Deel aantallen door de inwoners van het jaar (CBS).")
    ] = False,
    per_land: Annotated[
        bool, typer.Option("--per-land", help="Deel aantallen door het land in km² (CBS).")
    ] = False,
    denominator: Annotated[
        str, typer.Option(help="Van een cijfer per 1.000 dat al is gedeeld: per 1.000 waarvan.")
    ] = "",
    weight: Annotated[str, typer.Option(help="Kolom met gewichten.")] = "",
    year: Annotated[int | None, typer.Option(help="Jaar van de gebiedsindeling.", show_default="nu")] = None,
    combine: Combine = None,
    decimal: Decimal = None,
    dash: Dash = None,
    below_one: BelowOne = None,
    places: Places = None,
    maker: Annotated[str, typer.Option(help="Wie de atlas maakt, voor een nieuw configuratiebestand.")] = "",
    contact: Annotated[str, typer.Option(help="Bij wie vragen terecht kunnen; idem.")] = "",
    questions: Annotated[
        bool | None,
        typer.Option(
            "--questions/--no-questions", help="Met of zonder vragen.", show_default="bij een terminal"
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Schrijf zonder het nog eens te vragen.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="Rapport (CSV) van een lijst.", show_default="naast het bestand")
    ] = None,
    user: User = None,
) -> None:
    """Neem een eigen tabel of lijst in: eerst ziet u hoe zij is begrepen, dan pas wordt er geschreven."""
    from ..core.files.output_gate import check_outputs
    from ..core.joining.figure_choices import told_mapping
    from ..core.joining.figure_intake import FigureMapping
    from ..core.joining.statistics import read_choices
    from ..core.records.list_intake import ListMapping, told_list
    from ..jobs.intake_files import mapping_path, read_mapping

    report = report or file.with_name(f"{file.stem}.rapport.csv")
    with sentences():
        inputs = [file, addresses, dossier, mapping]
        check_outputs([config, *([] if mapping else [mapping_path(file)])], inputs=inputs)
        check_outputs([], reports=[report], inputs=[*inputs, config])
        saved, of_sheet = read_mapping(mapping) if mapping else (None, "")
        asking = (sys.stdin.isatty() and mapping is None) if questions is None else questions
        run = Run(
            file, sheet or of_sheet or None, asking, yes or (mapping is not None and not asking), mapping
        )
        run, table = _read(run)
        is_list = isinstance(saved, ListMapping) or (saved is None and bool(dossier or layer or register))
        if saved is None and not is_list and run.questions:
            is_list = _ask_kind(table)
            if is_list and dossier is None:
                from .intake_questions import ask

                dossier = Path(ask("Map van het dossier", "dossier"))
        if is_list:
            known = saved if isinstance(saved, ListMapping) else ListMapping(_layer(layer, register))
            told = told_columns(column, ignore)
            known = told_list(known, told.named, told.left, choose or ())
            known = replace(
                known, register=register.value if register else known.register,
                source=source or known.source, keep_until=keep_until or known.keep_until,
            )  # fmt: skip
        else:
            figure = told_mapping(
                saved if isinstance(saved, FigureMapping) else FigureMapping(),
                {
                    "key": key, "level": chosen(level), "value": value, "unit": chosen(unit),
                    "n": n, "label": label,
                    "period_column": period_column, "where": read_choices(where or ()),
                    "source": source, "base": base, "caution": caution,
                    "counts": counts, "per": per, "per_population": per_population, "per_land": per_land,
                    "denominator": denominator, "weight": weight, "year": year, "combine": chosen(combine),
                    "decimal": chosen(decimal), "dash": chosen(dash), "below_one": chosen(below_one),
                    "places": chosen(places),
                },
            )  # fmt: skip
    if is_list:
        from .intake_list import ListTask, take_list

        task = ListTask(
            dossier, addresses, reference_date, report, user, accept_personal_text,
        )  # fmt: skip
        take_list(run, table, known, task)
    else:
        from .intake_figures import take_figures

        take_figures(run, table, figure, config, period=period, maker=(maker, contact))


def _layer(layer: LayerChoice | None, register: RegisterChoice | None) -> str:
    usual = LayerChoice.EVIDENCE if register else LayerChoice.OBJECT
    return (layer or usual).value


def _read(run: Run) -> tuple[Run, Table]:
    """The file, and of a workbook with more than one table the one that the user names."""
    from ..core.joining.figure_intake import PERIOD, sheets_of_periods, sheets_pattern
    from ..core.tables.sheet_tables import with_header
    from ..flows.intake import read_own_table, sheets_of_file
    from .intake_questions import ask_header, ask_row

    while True:
        try:
            name = run.sheet
            if name is not None and PERIOD in name:
                names = sheets_of_file(run.file)
                run = replace(run, sheets=tuple(sheets_of_periods(names, name, str(run.file))))
                name = run.sheets[0][0]
            table = read_own_table(run.file, name)
            row = table.first_row - 1 if run.questions and not run.saved else 0
            chosen = ask_header(table) if row and table.description is None else row
            if chosen == row:
                return run, table
            run = replace(run, sheet=with_header(run.sheet or "", chosen))
        except AtlasError as error:
            if error.choices == ("header_row",) and run.questions:
                say(f"{error.title} {error.hint}")
                run = replace(run, sheet=with_header(run.sheet or "", ask_row(1)))
                continue
            sheets = error.choices == ("sheet",)
            if "sheet" not in error.choices or PERIOD in (run.sheet or ""):
                raise
            alike = sheets_pattern(error.got.split(", ")) if sheets else ""
            if not run.questions:
                if alike:
                    error.hint += f' Alle jaren tegelijk: --sheet "{alike}".'
                raise
            from .intake_questions import ask

            say(f"{error.title} {error.got}")
            first = error.got.split("; ")[0].split(" = ")[0].split(", ")[0]
            run = replace(run, sheet=ask("Welke", alike or first))


def _ask_kind(table: Table) -> bool:
    from ..core.joining.figure_intake import recognise_figures
    from .intake_questions import ask

    try:
        figures = recognise_figures(table)
        usual = "cijfers" if figures.key and figures.values else "lijst"
    except AtlasError:
        usual = "cijfers"
    return ask(
        "Is dit een tabel met cijfers per gebied of een lijst voor het dossier (cijfers, lijst)", usual
    ) == ("lijst")
