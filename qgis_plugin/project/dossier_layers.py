"""The layers of a dossier in a project: opened with their forms, signs and relations, and found again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsMapLayer, QgsProject, QgsProviderRegistry, QgsRelation, QgsVectorLayer

from ..atlas.core.files.dossier_folder import BASE_FILE
from ..atlas.core.schema.published import layer as published_layer
from ..atlas.core.schema.rural import RURAL_LAYERS
from ..atlas.core.words.errors import AtlasError
from ..atlas.core.words.layer_names import EVIDENCE
from ..atlas.dossier.files import dossier_files, layer_path
from .forms import VALUE_LIST, set_form
from .styles import set_styles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..atlas.core.schema.working import WorkingLayer

#: the layers that people edit, in the order of the schema: parents first; the register is the atlas's own
EDITABLE = tuple(name for name, described in RURAL_LAYERS.items() if not described.append_only)
BASE_LAYERS = ("provincie", "gemeente")
_PROPERTY = "buitengebied_atlas/dossier_layer"


def open_dossier_layers(project: QgsProject, folder: Path) -> dict[str, QgsVectorLayer]:
    """Add the layers of a dossier to a project, with their forms, signs and relations.

    Layers that are open already stay as they are.

    Args:
        project: A project that has no layers of another dossier.
        folder: The folder of the dossier.

    Returns:
        Name in the schema -> layer, for the editable layers and the borders.

    Raises:
        AtlasError: the project shows another dossier, the dossier can't be opened (also when it is of another
            version), or one of its files can't.
    """
    from ..atlas.dossier.opening import open_dossier

    folder = folder.resolve()
    fictitious = open_dossier(folder).fictitious
    shown = dossier_folder(project)
    if shown is not None and dossier_layers(project) and shown != folder:
        raise AtlasError(
            "In dit project is al een ander dossier open.",
            where=str(shown),
            hint="Open een nieuw project, of haal de lagen van dat dossier weg.",
        )
    layers = dossier_layers(project)
    own_project = bool(project.fileName()) and Path(project.fileName()).resolve().parent == folder
    added = [name for name in (*BASE_LAYERS, VALUE_LIST, *reversed(EDITABLE)) if name not in layers]
    for name in added:
        layers[name] = _open(folder, name)
        _take_free_id(project, layers[name], name)
        project.addMapLayer(layers[name])
    add_relations(project, layers)
    for name in added:
        if name in EDITABLE:
            set_form(
                layers[name], RURAL_LAYERS[name], layers,
                fictitious=fictitious, photo_root="" if own_project else str(folder),
            )  # fmt: skip
            set_styles(layers[name], RURAL_LAYERS[name])
            # the other actions of QFieldSync put all layers in one file, without its rules and history
            layers[name].setCustomProperty("QFieldSync/action", "copy")
    return layers


def dossier_layers(project: QgsProject) -> dict[str, QgsVectorLayer]:
    """The dossier's layers that a project has: name in the schema -> layer."""
    found = {layer.customProperty(_PROPERTY, ""): layer for layer in project.mapLayers().values()}
    return {name: found[name] for name in (*EDITABLE, *BASE_LAYERS, VALUE_LIST) if name in found}


def dossier_layer(project: QgsProject, name: str) -> QgsVectorLayer | None:
    """One of the dossier's layers in a project, None when it is not open."""
    return dossier_layers(project).get(name)


def dossier_folder(project: QgsProject) -> Path | None:
    """The folder of the dossier that a project shows.

    When none of its layers is in the project (any more), the project's own folder if that is a dossier.
    """
    shown = folder_of_layers(project)
    if shown is not None:
        return shown.resolve()
    home = home_of(project)
    return home.resolve() if home is not None and is_dossier(home) else None


def folder_of_layers(project: QgsProject) -> Path | None:
    """The folder that the dossier's layers in a project name; the disk, which may be away, is not asked."""
    for layer in dossier_layers(project).values():
        path = QgsProviderRegistry.instance().decodeUri("ogr", layer.source()).get("path")
        if path:
            return Path(path).parent
    return None


def home_of(project: QgsProject) -> Path | None:
    """The folder in which a project is saved; the disk is not asked."""
    return Path(project.fileName()).parent if project.fileName() else None


def is_dossier(folder: Path) -> bool:
    """Whether a folder has all files of a dossier."""
    return all(path.exists() for path in dossier_files(folder))


def reload_layers(project: QgsProject, folder: Path) -> None:
    """Let the open layers of a dossier show what is in its files now."""
    if dossier_folder(project) == folder.resolve():
        refresh(dossier_layers(project).values())


def refresh(layers: Iterable[QgsVectorLayer]) -> None:
    """Read layers again; one that is being edited is left alone, its user sees it when he is done."""
    for layer in layers:
        if not layer.isEditable():
            layer.dataProvider().reloadData()
            layer.updateExtents()
            layer.triggerRepaint()


def add_relations(project: QgsProject, layers: dict[str, QgsVectorLayer]) -> None:
    """Tell the project which layer's records belong to which; those it knows already stay."""
    manager = project.relationManager()
    for name, described in RURAL_LAYERS.items():
        for relation in described.relations:
            if name not in layers or relation.layer not in layers:
                continue
            made = QgsRelation(manager.context())
            made.setId(relation_id(name, relation.field))
            made.setName(described.alias)
            made.setReferencingLayer(layers[name].id())
            made.setReferencedLayer(layers[relation.layer].id())
            made.addFieldPair(relation.field, "uuid")
            # what is erased with its parent is deleted with it by QGIS as well
            made.setStrength(
                Qgis.RelationshipStrength.Composition
                if relation.on_erase == "erase"
                else Qgis.RelationshipStrength.Association
            )
            if made.isValid():
                manager.addRelation(made)


def relation_id(layer: str, field: str) -> str:
    """The id of the relation that a field of a layer makes."""
    return f"{layer}__{field}"


def layer_title(name: str) -> str:
    """What a dossier's layer is called in the layer tree."""
    if name == VALUE_LIST:
        return "Codelijst bewijswaarde"
    described: WorkingLayer | None = RURAL_LAYERS.get(name)
    return described.alias if described else published_layer(name).alias


def _open(folder: Path, name: str) -> QgsVectorLayer:
    path = folder / BASE_FILE if name in BASE_LAYERS else layer_path(folder, name)
    if name == VALUE_LIST:
        path = layer_path(folder, EVIDENCE)
    layer = QgsVectorLayer(f"{path}|layername={name}", layer_title(name), "ogr")
    if not layer.isValid():
        raise AtlasError(
            "Deze laag van het dossier kan niet worden geopend.",
            where=str(path),
            detail=layer.error().summary(),
            hint="Controleer of de map van het dossier compleet is en of u haar mag lezen.",
        )
    layer.setCustomProperty(_PROPERTY, name)
    if name not in EDITABLE or RURAL_LAYERS[name].made_here:  # a conflict is decided, not edited
        layer.setReadOnly(True)
    if name == VALUE_LIST:
        layer.setFlags(layer.flags() | QgsMapLayer.LayerFlag.Private)
    return layer


def _take_free_id(project: QgsProject, layer: QgsVectorLayer, name: str) -> None:
    wanted = f"dossier_{name}"  # QGIS replaces an id of ten characters or fewer when it reads a project
    if project.mapLayer(wanted) is None:
        layer.setId(wanted)
