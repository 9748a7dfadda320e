"""Showing one municipality: a filter on the layers with a place, kept in the project, also for QField."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..atlas.core.areas.divisions import area
from ..atlas.core.schema.rural import RURAL_LAYERS
from ..atlas.core.words.errors import AtlasError
from .dossier_layers import dossier_layers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qgis.core import QgsProject, QgsVectorLayer

_VARIABLE = "buitengebied_gemeente"


def filter_municipality(project: QgsProject, code: str) -> None:
    """Show the objects, yards and signals of a municipality only; "" shows all again.

    It hides, it does not protect: the files still hold the others.

    Raises:
        AtlasError: no such municipality, or one of the layers is being edited.
    """
    name = area(code).name if code else ""
    layers = list(_layers(project))
    busy = [layer.name() for layer in layers if layer.isEditable()]
    if busy:
        raise AtlasError(
            "Zolang een laag wordt bewerkt, kan de gemeente niet wisselen.",
            got=", ".join(busy),
            hint="Sla de wijzigingen op en zet bewerken uit.",
        )
    condition = f"\"gemeente_code\" = '{code}'" if code else ""
    for layer in layers:
        layer.setSubsetString(condition)
        layer.triggerRepaint()
    variables = project.customVariables()
    variables[_VARIABLE] = name
    project.setCustomVariables(variables)


def filtered_municipality(project: QgsProject) -> str:
    """The code of the municipality that is shown, "" when all are."""
    for layer in _layers(project):
        condition = layer.subsetString()
        if condition.startswith('"gemeente_code" = '):
            return condition.split("'")[1]
    return ""


def _layers(project: QgsProject) -> Iterator[QgsVectorLayer]:
    for name, layer in dossier_layers(project).items():
        described = RURAL_LAYERS.get(name)
        if described is not None and described.field("gemeente_code") is not None:
            yield layer
