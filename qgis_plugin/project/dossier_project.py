"""The project of a dossier: a .qgz beside its GeoPackages, with relative paths and without anybody's name."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsMapThemeCollection,
    QgsProject,
    QgsProjectMetadata,
    QgsRasterLayer,
    QgsReadWriteContext,
    QgsReferencedRectangle,
    QgsSettings,
    QgsSnappingConfig,
    QgsTolerance,
)
from qgis.PyQt.QtXml import QDomDocument

from ..atlas.core.areas.crs import RD, WGS84, WGS84_TO_RD
from ..atlas.core.files.new_file import kept_file
from ..atlas.core.schema.rural import FICTITIOUS
from ..atlas.core.words import layer_names
from ..atlas.core.words.errors import AtlasError
from ..atlas.dossier.opening import open_dossier
from ..atlas.web.page.basemap import BRT_GREY
from .dossier_layers import layer_title, open_dossier_layers
from .forms import VALUE_LIST
from .styles import STYLES, map_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qgis.core import QgsMapLayer, QgsVectorLayer

PROJECT_FILE = "dossier.qgz"
BACKGROUND = "dossier_achtergrond"
_WEB_MERCATOR = "EPSG:3857"
#: the atlas's own transformation, starting from the metres of the background instead of from degrees
_WEB_MERCATOR_TO_RD = WGS84_TO_RD.replace(
    "+step +proj=unitconvert +xy_in=deg +xy_out=rad",
    "+step +inv +proj=webmerc +lat_0=0 +lon_0=0 +ellps=WGS84",
)
#: group of the layer tree -> its layers, from top to bottom
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "Op de kaart": (layer_names.OBJECTS, layer_names.SIGNALS, layer_names.YARDS),
    "Tabellen": (
        layer_names.EVIDENCE, layer_names.CAMPAIGNS, layer_names.ROUNDS, layer_names.STOPS,
        layer_names.VISITS, layer_names.FINDINGS, layer_names.CONFLICTS,
        VALUE_LIST,
    ),
    "Grenzen (alleen lezen)": ("gemeente", "provincie"),
}  # fmt: skip
_YARDS_AND_SIGNALS = "Erven en signalen"
_BACKGROUND_GROUP = "Achtergrond (staat uit)"
_BACKGROUND_SENTENCE = (
    f"Staat uit. Wie deze laag aanzet, vraagt kaartbeelden op bij {BRT_GREY.host} ({BRT_GREY.provider}); die "
    "dienst ziet dan welk stuk van de kaart wordt bekeken, en van welk internetadres. Er gaat niets uit het "
    "dossier mee."
)
_SNAP_PIXELS = 12
_BOTTOM_CENTRE = 5  # QgsDecorationItem::Placement, which Python does not know
_ANONYMOUS = "core/projects/anonymize_saved_projects"


def build_project(folder: Path) -> Path:
    """Write the project of a dossier into its folder; one that is there is replaced.

    Nothing is asked of the network, and the project that is open in QGIS is not touched.

    Returns:
        The path of the .qgz.

    Raises:
        AtlasError: no dossier, one of another version, or the folder can't be written.
    """
    folder = folder.resolve()
    dossier = open_dossier(folder)
    path = folder / PROJECT_FILE
    project = QgsProject()
    try:
        # relative paths are made from where the project lies
        project.setFileName(str(path))
        project.setFilePathStorage(Qgis.FilePathType.Relative)
        project.setCrs(QgsCoordinateReferenceSystem(RD))
        _state_transformations(project)
        project.setMetadata(QgsProjectMetadata())  # a new project has its maker's name in it
        project.setTitle(
            f"{FICTITIOUS}: objecten in het buitengebied"
            if dossier.fictitious
            else "Objecten in het buitengebied"
        )
        layers = open_dossier_layers(project, folder)
        background = _background(project)
        _arrange(project, layers, background)
        _add_themes(project, layers)
        _set_snapping(project, layers[layer_names.OBJECTS])
        view = QgsReferencedRectangle(layers["provincie"].extent().buffered(5000), project.crs())
        project.viewSettings().setDefaultViewExtent(view)
        project.viewSettings().setPresetFullExtent(view)
        if dossier.fictitious:
            _write_across_the_map(project)
        _write(project, path)
    finally:
        project.clear()
    return path


def _state_transformations(project: QgsProject) -> None:
    """Say how the background gets to RD New: else QGIS asks all who open this, in terms of PROJ."""
    context = project.transformContext()
    for source, operation in ((WGS84, WGS84_TO_RD), (_WEB_MERCATOR, _WEB_MERCATOR_TO_RD)):
        context.addCoordinateOperation(
            QgsCoordinateReferenceSystem(source), QgsCoordinateReferenceSystem(RD), operation
        )
    project.setTransformContext(context)


def _background(project: QgsProject) -> QgsRasterLayer:
    """The map of PDOK as tiles: unlike WMTS it asks nothing of the service until it is drawn."""
    address = BRT_GREY.url.replace("=", "%3D").replace("&", "%26")
    layer = QgsRasterLayer(
        f"type=xyz&zmin=6&zmax={BRT_GREY.max_zoom}&url={address}",
        "BRT-A: vraagt kaartbeelden op bij PDOK",
        "wms",
    )
    layer.setId(BACKGROUND)
    details = layer.metadata()
    details.setAbstract(_BACKGROUND_SENTENCE)
    details.setRights([BRT_GREY.attribution])
    layer.setMetadata(details)
    layer.serverProperties().setAbstract(_BACKGROUND_SENTENCE)
    project.addMapLayer(layer, addToLegend=False)
    return layer


def _arrange(project: QgsProject, layers: Mapping[str, QgsVectorLayer], background: QgsMapLayer) -> None:
    root = project.layerTreeRoot()
    root.removeAllChildren()
    for title, names in _GROUPS.items():
        group = root.addGroup(title)
        for name in names:
            layers[name].setName(layer_title(name))
            group.addLayer(layers[name])
        group.setExpanded(title != "Tabellen")
    group = root.addGroup(_BACKGROUND_GROUP)
    group.addLayer(background)
    group.setItemVisibilityCheckedRecursive(False)
    root.findLayer(layers["provincie"].id()).setExpanded(False)


def _add_themes(project: QgsProject, layers: Mapping[str, QgsVectorLayer]) -> None:
    """A theme for each style of the objects, and one for what is around them."""
    objects = layers[layer_names.OBJECTS]
    borders = [layers[name] for name in _GROUPS["Grenzen (alleen lezen)"]]
    for name in STYLES.values():
        _add_theme(project, name, {objects: name}, borders)
    around = [layers[layer_names.YARDS], layers[layer_names.SIGNALS], *borders]
    _add_theme(project, _YARDS_AND_SIGNALS, {}, around)


def _add_theme(
    project: QgsProject, name: str, styled: Mapping[QgsVectorLayer, str], others: list[QgsVectorLayer]
) -> None:
    record = QgsMapThemeCollection.MapThemeRecord()
    for layer in (*styled, *others):
        shown = QgsMapThemeCollection.MapThemeLayerRecord(layer)
        shown.currentStyle = styled.get(layer, layer.styleManager().currentStyle())
        shown.isVisible = True
        shown.usingCurrentStyle = True
        record.addLayerRecord(shown)
    project.mapThemeCollection().insert(name, record)


def _set_snapping(project: QgsProject, objects: QgsVectorLayer) -> None:
    """To the objects that are there, so that the same building does not get two."""
    config = QgsSnappingConfig(project)
    config.setEnabled(True)
    config.setMode(Qgis.SnappingMode.AdvancedConfiguration)
    config.setIndividualLayerSettings(
        objects,
        QgsSnappingConfig.IndividualLayerSettings(
            True,  # noqa: FBT003
            Qgis.SnappingType.Vertex,
            _SNAP_PIXELS,
            QgsTolerance.UnitType.Pixels,
            0.0,
            0.0,
        ),
    )
    project.setSnappingConfig(config)


def _write_across_the_map(project: QgsProject) -> None:
    """The word in a band over every picture of the map that QGIS shows or saves: its own title decoration."""
    words = map_text(14, "#ffffff")
    document = QDomDocument()
    document.appendChild(words.writeXml(document, QgsReadWriteContext()))
    for key, value in (
        ("Label", f"{FICTITIOUS}: verzonnen gegevens"),
        ("Font", document.toString()),
        ("BackgroundColor", "179,38,30,220"),
        ("Placement", _BOTTOM_CENTRE),
    ):
        project.writeEntry("TitleLabel", f"/{key}", value)
    project.writeEntryBool("TitleLabel", "/Enabled", True)  # noqa: FBT003


def _write(project: QgsProject, path: Path) -> None:
    with kept_file(path) as beside:
        saved = beside.with_name(f"{beside.stem.lstrip('.')}.qgz")
        try:
            with _anonymous():
                written = project.write(str(saved))
            if not written:
                raise AtlasError(
                    "Het project kan niet worden geschreven.",
                    where=str(path), detail=project.error(),
                    hint="Controleer of u in deze map mag schrijven en of de schijf niet vol is.",
                )  # fmt: skip
            _repack(saved, beside)
        finally:
            saved.unlink(missing_ok=True)


def _repack(saved: Path, path: Path) -> None:
    """The same archive with the project inside under its own name, and without the moment of writing."""
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(archive.namelist()):
            inside = Path(PROJECT_FILE).stem + ".qgs" if name.endswith(".qgs") else name
            packed.writestr(zipfile.ZipInfo(inside), archive.read(name), zipfile.ZIP_DEFLATED)


@contextmanager
def _anonymous() -> Iterator[None]:
    """QGIS writes who saved a project and when, unless this setting is on; it is put back afterwards."""
    settings = QgsSettings()
    before = settings.value(_ANONYMOUS)
    settings.setValue(_ANONYMOUS, True)  # noqa: FBT003
    try:
        yield
    finally:
        if before is None:
            settings.remove(_ANONYMOUS)
        else:
            settings.setValue(_ANONYMOUS, before)
