"""Changing a record in the layer that is open in QGIS: in its edit buffer, as one step that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsFeatureRequest

from ..atlas.core.schema.steps import check_step
from ..atlas.core.schema.working import PATTERNS
from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.layer_names import OBJECTS
from ..texts import tr
from .file_release import open_again

if TYPE_CHECKING:
    from qgis.core import QgsFeature, QgsVectorLayer


def set_status(layer: QgsVectorLayer, uuid: str, status: str, user: str) -> None:
    """Give an object another status, when that may follow the one it has.

    The layer is put in edit mode when it is not; saving is left to the user. The layer stamps the change
    itself (`gewijzigd_op`, `gewijzigd_door`), with `user` in place of whom QGIS would name; "" leaves that.

    Raises:
        AtlasError: no such object in the layer, a step that is not allowed, or a layer that can't be edited.
    """
    feature = find_record(layer, uuid)
    check_step(OBJECTS, "status", str(feature["status"]), status)
    if feature["status"] == status:
        return
    if not layer.isEditable() and not layer.startEditing():
        raise AtlasError(
            "Deze laag kan niet worden bewerkt.",
            where=layer.name(),
            hint="Misschien mag u in de map van het dossier alleen lezen, of bewerkt een ander de laag.",
        )
    fields = layer.fields()
    layer.beginEditCommand(tr("Change status"))
    layer.changeAttributeValue(feature.id(), fields.indexOf("status"), status)
    if user:
        layer.changeAttributeValue(
            feature.id(), fields.indexOf("gewijzigd_door"), user, skipDefaultValues=True
        )
    layer.endEditCommand()


def find_record(layer: QgsVectorLayer, uuid: str) -> QgsFeature:
    """The record with a uuid, as it stands in the edit buffer.

    Raises:
        AtlasError: the layer has none.
    """
    import re

    if re.fullmatch(PATTERNS["uuid"], uuid):
        request = QgsFeatureRequest().setFilterExpression(f"\"uuid\" = '{uuid}'").setLimit(1)
        feature = next(layer.getFeatures(request), None)
        if feature is None and not layer.isEditable():  # somebody elsewhere may just have begun to edit
            open_again(layer)
            feature = next(layer.getFeatures(request), None)
        if feature is not None:
            return feature
    raise AtlasError(
        "Dit object staat niet (meer) in de laag.",
        where=layer.name(),
        got=uuid,
        hint="Misschien is het gewist, of toont de laag een andere gemeente.",
    )
