"""Free text in a form of a dossier: what looks as if it belongs to a person is asked about before it is kept.

The same signs as for an import (`core.records.free_text`), of what would be written only: what is in the file
already is not asked about again. QGIS lets no plugin stop a save: a text that may not be kept is taken out of
what is saved, and the field stays as it was in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsFeatureRequest
from qgis.PyQt.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qgis.core import QgsProject, QgsVectorLayer

    #: is given what was found, a Dutch line for each kind; answers whether it is saved all the same
    Ask = Callable[[QgsVectorLayer, Sequence[str]], bool]


class TextCheck(QObject):
    """Watches the layers of dossiers in a project, and asks before their edits are saved."""

    def __init__(self, project: QgsProject, ask: Ask) -> None:
        super().__init__()
        self._project, self._ask = project, ask
        self._watched: dict[str, Callable[..., None]] = {}
        project.layersAdded.connect(self._watch)
        project.layerWillBeRemoved[str].connect(self._forget)
        self._watch()

    def release(self) -> None:
        """Hear nothing any more."""
        self._project.layersAdded.disconnect(self._watch)
        self._project.layerWillBeRemoved[str].disconnect(self._forget)
        for identity, slot in self._watched.items():
            layer = self._project.mapLayer(identity)
            if layer is not None:
                layer.beforeCommitChanges.disconnect(slot)
        self._watched = {}

    def _watch(self, *_: object) -> None:
        from .dossier_layers import EDITABLE, dossier_layers

        for name, layer in dossier_layers(self._project).items():
            if name in EDITABLE and layer.id() not in self._watched:
                self._watched[layer.id()] = slot = self._slot(name, layer.id())
                layer.beforeCommitChanges.connect(slot)

    def _forget(self, identity: str) -> None:
        self._watched.pop(identity, None)

    def _slot(self, name: str, identity: str) -> Callable[..., None]:
        def look(*_: object) -> None:
            layer = self._project.mapLayer(identity)
            found = list(_found(layer, name))
            known = layer.fields()
            said = dict.fromkeys(f"{layer.attributeDisplayName(known.indexOf(f))}: {s}" for _, f, s in found)
            if found and not self._ask(layer, list(said)):
                for feature, field in dict.fromkeys((feature, field) for feature, field, _sign in found):
                    position = known.indexOf(field)
                    layer.changeAttributeValue(feature, position, _in_file(layer, feature, position))

        return look


def _found(layer: QgsVectorLayer, name: str) -> Iterator[tuple[int, str, str]]:
    """What is found in the edits of a layer: feature, field and kind of sign."""
    # not while QGIS starts: its patterns take a tenth of what the plugin may take
    from ..atlas.core.records.free_text import free_text_fields, signs_in

    buffer, known = layer.editBuffer(), layer.fields()
    if buffer is None:
        return
    fields = [field for field in free_text_fields(name) if known.indexOf(field) >= 0]
    written = {
        feature.id(): {field: feature[field] for field in fields}
        for feature in buffer.addedFeatures().values()
    }
    for feature, values in buffer.changedAttributeValues().items():
        texts = {known.at(position).name(): value for position, value in values.items()}
        written[feature] = {field: texts[field] for field in fields if field in texts}
    for feature, texts in written.items():
        for field, sign in signs_in({field: str(text or "") for field, text in texts.items()}):
            yield feature, field, sign


def _in_file(layer: QgsVectorLayer, feature: int, position: int) -> Any:  # noqa: ANN401 - a value of a field
    """What the file holds; nothing for a record that is new."""
    known = next(layer.dataProvider().getFeatures(QgsFeatureRequest(feature)), None) if feature >= 0 else None
    return None if known is None else known[position]
