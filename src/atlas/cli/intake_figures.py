"""`atlas intake` of a table of figures: what it is, the preview, the blocks of the configuration file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.words.errors import AtlasError
from .intake_run import agreed, check_taken, save, show_preview
from .messages import print_line, say, sentences

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.joining.figure_intake import FigureMapping
    from ..core.tables.table import Table
    from ..jobs.intake import FigurePart
    from .intake_run import Run


def take_figures(
    run: Run, table: Table, mapping: FigureMapping, config: Path, *, period: str, maker: tuple[str, str]
) -> None:
    """Show how a table was understood and what would happen, and put it in the configuration file."""
    from ..core.joining.figure_choices import check_said, drafted
    from ..core.joining.figure_intake import recognise_figures
    from ..flows.configuration import read_configuration
    from ..jobs.intake import preview_parts
    from ..jobs.intake_files import add_to_configuration
    from . import intake_questions as questions

    with sentences():
        draft = None
        if run.saved is None:
            mapping, draft = drafted(table, mapping)
            period = period or ("" if draft.period_column else draft.period)
            _show_figures(table, mapping)
            if run.questions:
                mapping = questions.ask_figure(draft, mapping)

    def look(mapping: FigureMapping) -> list[FigurePart]:
        check_said(mapping, draft, table.source)
        parts = _parts(run, table, mapping, period)
        preview = preview_parts(parts, mapping)
        show_preview(preview)
        if preview.refusal is not None:
            raise preview.refusal
        check_taken(preview.taken)
        return parts

    with sentences():
        mapping, parts = agreed(
            run, mapping, complete=lambda answers: answers, look=look,
            change=lambda answers: questions.change_figure(draft or recognise_figures(table), answers),
            mapping_of=lambda answers: answers,
        )  # fmt: skip
        done = [
            sentence
            for part in parts
            for sentence in add_to_configuration(
                config,
                mapping,
                part.columns,
                file=run.file,
                check=read_configuration,
                sheet=part.sheet,
                maker=maker,
            )
        ]
        save(run, mapping)
    for sentence in done:
        print_line(f"{config}: {sentence}")
    say(f"Maak de pagina met: atlas build {config} --out uit")


def _parts(run: Run, table: Table, mapping: FigureMapping, period: str) -> list[FigurePart]:
    """What a figure is made of: one table, or a sheet for each year."""
    from ..flows.intake import read_own_table
    from ..jobs.intake import PERIOD_QUESTION, figure_part
    from .intake_questions import ask

    if run.sheets:
        tables = [(read_own_table(run.file, name), name, year) for name, year in run.sheets]
    else:
        tables = [(table, run.sheet or "", period)]
    parts = []
    for own, sheet, of_sheet in tables:
        try:
            part = figure_part(own, mapping, sheet, of_sheet)
        except AtlasError as error:
            if "period" not in error.choices or not run.questions:
                raise
            part = figure_part(own, mapping, sheet, ask(PERIOD_QUESTION))
        parts.append(part)
    return parts


def _show_figures(table: Table, mapping: FigureMapping) -> None:
    from ..core.joining.figure_intake import value_columns
    from .intake_questions import show

    names = {
        mapping.key: f"gebied ({mapping.level})",
        mapping.n: "n",
        mapping.per: "delen door",
        mapping.period_column: "periode",
    }
    if mapping.value:
        names |= {
            column: f"waarde {when}"
            for column, when in value_columns(table, mapping.value, " ", mapping.period_column)
        }
    show(table, names)
