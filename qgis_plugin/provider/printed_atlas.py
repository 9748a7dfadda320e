"""The printed atlas: one PDF with a page for each municipality."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
    QgsProject,
    QgsProjectMetadata,
)

from ..atlas.core.areas.divisions import areas, levels
from ..atlas.core.areas.resolving import resolve
from ..atlas.core.disclosure.audiences import Audience
from ..atlas.core.files.new_file import new_file
from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.layer_names import OBJECTS
from ..cancelling import Cancelled, check_cancelled
from ..controls import told
from ..figures import find_view, released_figures
from ..gate import check_output, issue, user_name
from ..texts import tr
from .algorithm import AtlasAlgorithm
from .figure_parameter import chosen_figure, figure_parameter, with_figure_as_place
from .made_by import remembered_made_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer

    from ..atlas.jobs.handing_out import Permit

_LEVELS = tuple(level.id for level in levels())


class PrintedAtlas(AtlasAlgorithm):
    """A PDF with a map, a table and the words around a figure, for each municipality a page."""

    ID = "printed_atlas"
    GROUP = "output"
    ICON = "printed_atlas"
    TAGS = ("pdf", "afdrukken", "print", "kaartblad", "layout", "opmaak", "gemeente", "municipality")

    def label(self) -> str:
        return tr("Printed atlas (PDF)")

    def flags(self) -> Qgis.ProcessingAlgorithmFlag:
        """A layout is made and drawn in the main thread."""
        return super().flags() | Qgis.ProcessingAlgorithmFlag.NoThreading

    def add_parameters(self) -> None:
        self.addParameter(figure_parameter())
        self.addParameter(
            QgsProcessingParameterEnum(
                "LEVEL", tr("Level"), [level.label_plural for level in levels()], optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterString("PERIOD", tr("Period (empty: the newest)"), "", optional=True)
        )
        names = [area.name for area in areas("gemeente")]
        self.addParameter(
            QgsProcessingParameterEnum(
                "MUNICIPALITIES",
                tr("Municipalities"),
                names,
                allowMultiple=True,
                defaultValue=names,
                usesStaticStrings=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "AUDIENCE",
                tr("Audience"),
                [audience.value for audience in Audience],
                defaultValue=Audience.PUBLIC.value,
                usesStaticStrings=True,
            )
        )
        self._add_advanced()
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", tr("Printed atlas"), tr("PDF files (*.pdf)"))
        )

    def _add_advanced(self) -> None:
        parameters = (
            QgsProcessingParameterFile(
                "FOLDER",
                tr("Folder of a dossier whose objects stand on the map (only for the team)"),
                behavior=Qgis.ProcessingFileParameterBehavior.Folder,
                optional=True,
            ),
            QgsProcessingParameterString(
                "PURPOSE", tr("Purpose, for the register (only with a dossier)"), optional=True
            ),
            QgsProcessingParameterFileDestination(
                "LAYOUT_DATA",
                tr("Also add the layout to this project, with its layers in this GeoPackage"),
                tr("GeoPackages (*.gpkg)"),
                optional=True,
                createByDefault=False,
            ),
        )
        for parameter in parameters:
            parameter.setFlags(parameter.flags() | Qgis.ProcessingParameterFlag.Advanced)
            self.addParameter(parameter)

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Names and codes of municipalities in every accepted spelling; what is not known gets a sentence."""
        try:
            codes = _codes(parameters.get("MUNICIPALITIES"))
            checked = with_figure_as_place(parameters)
        except AtlasError as error:
            return False, told(error, self)
        names = [area.name for area in areas("gemeente") if area.code in codes]
        return super().checkParameterValues({**checked, "MUNICIPALITIES": names}, context)

    def carry_out(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from ..atlas.jobs.team_page import said_of_figures
        from ..printing.layout import make_layout
        from ..printing.page_layers import page_layers
        from ..printing.pages import (
            FICTITIOUS_OBJECTS,
            edition_variables,
            municipality_pages,
            with_objects,
        )
        from ..printing.pdf import write_pdf
        from ..printing.project_layout import add_layout

        output = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        codes = _codes(parameters.get("MUNICIPALITIES"))
        audience = self.parameterAsEnumString(parameters, "AUDIENCE", context)
        permit = self._permit(parameters, context, codes, audience, output)
        made_by = remembered_made_by()
        figures = released_figures(audience).into(lambda shown: {**shown, **made_by})
        payload = figures.content
        indicator, view = self._figure(payload, parameters, context)
        pages = municipality_pages(payload, view, codes)
        variables = edition_variables(payload, indicator, view)
        objects, counts, released = None, {}, None
        if permit:
            from ..printing.object_layer import object_layer

            released = permit.release()
            objects, counts = object_layer(released)
            pages = [
                with_objects(page, counts[page.code].drawn, counts[page.code].left_out, released.valid_until)
                for page in pages
            ]
            if released.fictitious:
                variables["atlas_fictief"] = FICTITIOUS_OBJECTS
        check_cancelled(feedback)
        layers = page_layers(payload, indicator, view, pages)
        project = _scratch_project(f"{payload['title']}: {indicator['label']}", [*layers.all(), objects])
        layout = make_layout(project, layers, variables, objects=objects)
        drawn = sum(counted.drawn for counted in counts.values())
        said = said_of_figures({"indicators": [indicator]})
        place = issue(permit, output, released, {OBJECTS: drawn}, said=said) if permit else new_file(output)
        with place as beside:
            if not write_pdf(layout, figures, beside, feedback):
                raise Cancelled
        feedback.pushInfo(tr("{count} pages: {path}").format(count=len(pages), path=output))
        results: dict[str, Any] = {"OUTPUT": str(output)}
        data = self.parameterAsFileOutput(parameters, "LAYOUT_DATA", context)
        if data:
            open_project = context.project() or QgsProject.instance()
            published_pages = municipality_pages(payload, view, codes)
            own_layers = figures.into(lambda shown: page_layers(shown, indicator, view, published_pages))
            name = add_layout(
                open_project, own_layers, edition_variables(payload, indicator, view), Path(data)
            )
            feedback.pushInfo(tr("The layout '{name}' was added to the project.").format(name=name))
            results["LAYOUT_DATA"] = data
        return results

    def _figure(
        self, payload: Mapping[str, Any], parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        level = ""
        if parameters.get("LEVEL") is not None:
            level = _LEVELS[self.parameterAsEnum(parameters, "LEVEL", context)]
        period = self.parameterAsString(parameters, "PERIOD", context).strip()
        place = self.parameterAsEnum(with_figure_as_place(parameters), "INDICATOR", context)
        return find_view(payload, chosen_figure(place), level, period)

    def _permit(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        codes: tuple[str, ...],
        audience: str,
        output: Path,
    ) -> Permit | None:
        """What the dossier allows; None when no dossier is named."""
        from ..atlas.jobs.handing_out import Request

        folder = self.parameterAsFile(parameters, "FOLDER", context)
        if not folder:
            return None
        purpose = self.parameterAsString(parameters, "PURPOSE", context)
        request = Request(audience, codes, purpose, user_name())
        return check_output(Path(folder), [OBJECTS], request, [output])


def _codes(wanted: object) -> tuple[str, ...]:
    """The municipalities that a list, or a text with commas, names; all of them when it names none.

    Raises:
        AtlasError: a text that is not surely one municipality.
    """
    if not wanted:
        return tuple(area.code for area in areas("gemeente"))
    names = re.split(r"[;,]", wanted) if isinstance(wanted, str) else wanted
    codes = []
    for name in names:
        found = resolve(name, "gemeente")
        if found.area is None:
            raise AtlasError(
                "Deze gemeente is niet bekend.",
                got=str(name),
                detail=found.explanation,
                expected="een gemeente in Drenthe of Groningen",
            )
        codes.append(found.area.code)
    return tuple(dict.fromkeys(codes))


def _scratch_project(title: str, layers: list[QgsVectorLayer | None]) -> QgsProject:
    """A project of its own: nothing of the user's, of their name or of their folders gets into the PDF."""
    project = QgsProject()
    metadata = QgsProjectMetadata()
    metadata.setTitle(title)
    project.setMetadata(metadata)
    project.addMapLayers([layer for layer in layers if layer is not None])
    return project
