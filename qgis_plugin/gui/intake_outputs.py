"""What an intake leaves: blocks in a configuration file of the atlas, a map, the report of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsProject

from ..atlas.core.schema.rural import RURAL_LAYERS
from ..atlas.core.words.errors import AtlasError
from ..atlas.jobs.intake_files import add_to_configuration
from ..settings import CONTACT, MAKER
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qgis.core import QgsVectorLayer

    from ..atlas.core.disclosure.released import Released
    from ..atlas.core.figures.payload import Payload
    from ..atlas.core.joining.joined import Joined
    from ..atlas.core.joining.own_figures import Figure
    from .intake_figures import FigureSteps


def write_configuration(steps: FigureSteps, file: Path, configuration: Path) -> list[str]:
    """Put the figure in a configuration file, a block for each of its tables.

    Args:
        steps: What the table is.
        file: The table.
        configuration: The TOML, which may be new.

    Returns:
        A sentence for each block.

    Raises:
        AtlasError: it would stand on the table, is no TOML, or can't be written.
    """
    from ..atlas.core.files.output_gate import check_outputs

    check_outputs([configuration], inputs=[file])
    return [
        f"{configuration}: {sentence}"
        for part in steps.parts()
        for sentence in add_to_configuration(
            configuration, steps.mapping, part.columns, file=file, check=_check_toml, sheet=part.sheet,
            maker=(MAKER.get(), CONTACT.get()),
        )
    ]  # fmt: skip


def map_layer(
    steps: FigureSteps, periods: Sequence[tuple[Joined, Figure]]
) -> tuple[QgsVectorLayer, Released[Payload]]:
    """Show what `FigureSteps.periods` gives on the map of the project, with a clock for several."""
    from ..atlas.core.figures.time_views import THROUGH_TIME, views_through_time
    from ..layers.choropleth import show
    from ..layers.own_table import payload_of

    mapping = steps.mapping
    released = payload_of(periods, level=mapping.level, unit=mapping.unit, where=steps.table.source)
    content, project = released.content, QgsProject.instance()
    indicator, level, newest = (content["opening"][key] for key in ("indicator", "level", "period"))
    clock = views_through_time(content, content["indicators"][0])
    layer = show(project, released, indicator, level, THROUGH_TIME if clock else newest, own=True)
    return layer, released


def show_report(layer: str, lines: Sequence[tuple[str | int | None, ...]]) -> None:
    """Put the report of an import in the project, the lines about the whole file last."""
    from ..layers.report_columns import report_layer

    ordered = sorted(lines, key=lambda line: (line[0] is None, line[0]))
    title = f"{tr('Import report')}: {RURAL_LAYERS[layer].alias}"
    QgsProject.instance().addMapLayer(report_layer(title, ordered))


def _check_toml(path: Path) -> None:
    """Check that a configuration file can be read; what `atlas build` asks of it more, it says itself.

    Raises:
        AtlasError: it can't be read, or is no TOML.
    """
    import tomllib

    from ..atlas.core.files.toml_file import read_toml

    try:
        read_toml(path)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AtlasError(
            "Dit is geen configuratiebestand van de atlas.", where=str(path), got=str(error)[:100],
            expected="een bestand in TOML", hint="Kies een ander bestand, of een naam die er nog niet is.",
        ) from error  # fmt: skip
