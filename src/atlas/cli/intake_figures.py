"""`atlas intake` of a table of figures: what it is, the preview, the blocks of the configuration file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.words.errors import AtlasError
from .intake_run import ask_to_write, check_taken, save, show_preview
from .messages import print_line, say, sentences

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.joining.figure_intake import FigureMapping
    from ..core.tables.table import Table
    from .intake_run import Run


def take_figures(
    run: Run, table: Table, mapping: FigureMapping, config: Path, *, period: str, maker: tuple[str, str]
) -> None:
    """Show how a table was understood and what would happen, and put it in the configuration file."""
    from ..core.joining.figure_intake import (
        check_figure_columns,
        missing_words,
        recognise_figures,
        value_columns,
        value_pattern,
    )
    from ..flows.intake import add_to_configuration
    from ..jobs.intake import preview_figures
    from . import intake_questions as questions

    with sentences():
        if run.saved is None:
            draft = recognise_figures(table)
            usual = value_pattern(draft.values) or (draft.values[0] if len(draft.values) == 1 else "")
            known = {
                "key": draft.key, "level": draft.level, "value": usual, "unit": draft.unit, "n": draft.n,
                "source": draft.source, "label": draft.label, "period_column": draft.period_column,
            }  # fmt: skip
            fill = {name: text for name, text in known.items() if text and not getattr(mapping, name)}
            mapping = replace(mapping, **fill)
            period = period or ("" if draft.period_column else draft.period)
            _show_figures(table, mapping)
            if run.questions:
                mapping = questions.ask_figure(draft, mapping)
            elif not mapping.value and draft.values:
                raise AtlasError(
                    "In deze tabel kan meer dan één kolom de waarde zijn.", where=table.source,
                    got=", ".join(f'"{one}"' for one in draft.values), hint="Kies de kolom met de waarde.",
                    choices=("value",),
                )  # fmt: skip
        lacking = missing_words(mapping)
        if lacking:
            raise AtlasError(
                "Om dit op een kaart te zetten is nog niet alles gezegd.", where=table.source,
                got="zonder " + ", ".join(lacking),
                expected="gebied, niveau, waarde en eenheid; en wat een lezer moet weten: naam, bron, over "
                "wie, waarschuwing, en bij een telling wat er is geteld",
                hint="Zeg wat ontbreekt.",
                choices=tuple(lacking),
            )  # fmt: skip
        check_figure_columns(table, mapping)
        try:
            columns = value_columns(table, mapping.value, period, mapping.period_column)
        except AtlasError as error:
            if "period" not in error.choices or not run.questions:
                raise
            period = questions.ask("Periode van de cijfers (zoals 2025 of 2025-11)")
            columns = value_columns(table, mapping.value, period, mapping.period_column)
        preview = preview_figures(table, mapping, period)
        show_preview(preview)
        if preview.refusal is not None:
            raise preview.refusal
        check_taken(preview)
    ask_to_write(run)
    with sentences():
        done = add_to_configuration(
            config, mapping, columns, file=run.file, sheet=run.sheet or "", maker=maker
        )
        save(run, mapping)
    for sentence in done:
        print_line(f"{config}: {sentence}")
    say(f"Maak de pagina met: atlas build {config} --out uit")


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
