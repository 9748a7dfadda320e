"""Maps of a team's own figures: vacancy concluded, remoteness, visits and findings, and the numbers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
    QgsProject,
)

from ..atlas.core.areas.divisions import levels
from ..atlas.core.words.errors import AtlasError
from ..cancelling import check_cancelled
from ..gate import (
    TEAM,
    issue,
    mark_made_from,
    requested,
)
from ..layers.areas import shapes_in_rd
from ..texts import tr
from .algorithm import AtlasAlgorithm, finish_when_loaded
from .choropleth import finish_map
from .dossier_parameters import add_folder, add_team, chosen_folder
from .made_by import remembered_made_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.core import QgsMapLayer, QgsProcessingFeedback

    from ..atlas.gpkg.geopackage import Sheet
    from ..atlas.jobs.handing_out import Permit

#: the layers of one run, of which one is shown at a time: each fills the same areas
GROUP = "Cijfers van het team"
_LEVELS, _OUTPUT = "LEVELS", "OUTPUT"


class TeamFigures(AtlasAlgorithm):
    """`team_figures`."""

    ID = "team_figures"
    GROUP = "dossier"
    ICON = "choropleth"
    TAGS = (
        "team",
        "dossier",
        "leegstand",
        "afgelegen",
        "erfbezoek",
        "bevinding",
        "dekking",
        "vacancy",
        "visits",
    )

    def label(self) -> str:
        return tr("Maps of the team's own figures")

    def add_parameters(self) -> None:
        add_folder(self)
        add_team(self)
        self.addParameter(
            QgsProcessingParameterEnum(
                _LEVELS,
                tr("Levels to put on the map"),
                [level.label_plural for level in levels()],
                allowMultiple=True,
                defaultValue=[0],
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(_OUTPUT, tr("Figures"), tr("GeoPackage (*.gpkg)"))
        )
        self.addOutput(QgsProcessingOutputNumber("MAPS", tr("Number of maps")))

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.core.counts.team_page import figures_of_dossier
        from ..atlas.core.figures.map_layers import map_name
        from ..atlas.gpkg.atlas_file import atlas_items, atlas_sheets, marked_bytes
        from ..atlas.gpkg.replacing import check_replaceable
        from ..atlas.jobs.team_page import said_of_figures
        from ..team_page import figures_payload, read_counted

        output = Path(self.parameterAsFileOutput(parameters, _OUTPUT, context))
        check_replaceable(output)
        request = replace(requested(self, parameters, context), audience=TEAM)
        records = read_counted(chosen_folder(self, parameters, context), request, output)
        check_cancelled(feedback)
        released = figures_payload(records).into(
            lambda payload: {**figures_of_dossier(payload), **remembered_made_by()}
        )
        figures = released.content
        if not figures["indicators"]:
            raise AtlasError(
                "Van deze gemeenten is in het dossier niets vastgelegd om een kaart van te maken.",
                where=str(records.permit.dossier.folder),
                expected="objecten, erven of signalen waarvan de gemeente zeker is",
                hint="Kies andere gemeenten, of stel eerst de gemeente vast van records bij een grens.",
            )
        feedback.setProgress(40)
        check_cancelled(feedback)
        made = {level["id"]: shapes_in_rd(level) for level in figures["levels"]}
        sheets = atlas_sheets(
            released,
            {level: shapes for level, (shapes, _areas) in made.items()},
            {level: areas_m2 for level, (_shapes, areas_m2) in made.items()},
        )
        content = marked_bytes(output, sheets, atlas_items(released), figures["date"])
        feedback.setProgress(80)
        check_cancelled(feedback)
        with issue(records.permit, output, released, said=said_of_figures(figures)) as beside:
            beside.write_bytes(content)
        wanted = {levels()[place].id for place in self.parameterAsEnums(parameters, _LEVELS, context)}
        names = {
            map_name(indicator, view): None
            for indicator in figures["indicators"]
            for view in indicator["views"]
            if view["level"] in wanted
        }
        shown = [sheet for sheet in sheets if sheet.name in names]
        _load(context, output, shown, records.permit)
        feedback.pushInfo(
            tr("The figures stand in {path}: {count} maps of these levels.").format(
                path=output, count=len(shown)
            )
        )
        return {_OUTPUT: str(output), "MAPS": len(shown)}


def _load(context: QgsProcessingContext, path: Path, sheets: Sequence[Sheet], permit: Permit) -> None:
    """Let Processing add the maps to the project, the first on top."""
    if context.project() is None:
        return
    for number, sheet in enumerate(sheets):
        place = f"{path}|layername={sheet.name}"
        details = QgsProcessingContext.LayerDetails(sheet.title, context.project(), _OUTPUT)
        details.layerSortKey = len(sheets) - number
        context.addLayerToLoadOnCompletion(place, details)
        finish_when_loaded(
            context, place, sheet.title, partial(_finish, sheet=sheet, permit=permit), group=GROUP
        )


def _finish(layer: QgsMapLayer, *, sheet: Sheet, permit: Permit) -> None:
    finish_map(layer, sheet)
    mark_made_from(layer, permit)
    group = QgsProject.instance().layerTreeRoot().findGroup(GROUP)
    if group is not None:
        group.setIsMutuallyExclusive(True)
