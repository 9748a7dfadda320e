"""Whether a project will work in the field, in QField or Mergin Maps, without a connection.

Our own table of what both publish as conditions (the checks of libqfieldsync; the validation of the Mergin
plugin) and of what breaks a working day besides: a form that can't be filled in, an expression that a phone
does not know. An error breaks the work or loses data; a warning is for a person to judge.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qgis.core import Qgis, QgsProject, QgsProviderRegistry, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaType

from ..atlas.core.words.errors import AtlasError
from ..recognising import REPORT
from . import field_rules as rules
from .field_layer import editable, file_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qgis.core import QgsMapLayer

ERROR, WARNING = "fout", "waarschuwing"
_PROJECT_ENDS = (".qgz", ".qgs")
_MOST_NAMES = 10


@dataclass(frozen=True)
class Finding:
    """What was found: how bad, in which layer ("" for the project), what, and what to do."""

    level: str
    layer: str
    what: str
    remedy: str


@dataclass(frozen=True)
class Check:
    """One rule. `find` gives a sentence for each breach; for layers it is asked of every layer in scope."""

    level: str
    scope: Literal["project", "layer", "vector", "editable"]
    find: Callable[..., Iterator[str]]
    remedy: str


def check_project(project: QgsProject) -> list[Finding]:
    """Everything in a project that will go wrong, or may, in the field; errors first.

    Reports that the algorithms made in this session are no part of it.
    """
    findings = []
    for check in CHECKS:
        if check.scope == "project":
            findings += [Finding(check.level, "", what, check.remedy) for what in check.find(project)]
            continue
        for layer in _in_scope(project, check.scope):
            findings += [
                Finding(check.level, layer.name(), what, check.remedy) for what in check.find(layer, project)
            ]
    return sorted(findings, key=lambda finding: (finding.level != ERROR, finding.layer))


@contextmanager
def opened_project(path: Path) -> Iterator[QgsProject]:
    """A project from its file, or from a folder that has one; the project that is open is not touched.

    Raises:
        AtlasError: there is none, several, or QGIS can't read it.
    """
    if path.is_dir():
        found = sorted(file for file in path.iterdir() if file.suffix.lower() in _PROJECT_ENDS)
        if len(found) != 1:
            raise AtlasError(
                "In deze map staat meer dan één project." if found else "In deze map staat geen project.",
                where=str(path),
                got=", ".join(file.name for file in found),
                expected="één bestand .qgz of .qgs",
                hint="Kies het bestand van het project.",
            )
        path = found[0]
    project = QgsProject()
    if not path.is_file() or not project.read(str(path), Qgis.ProjectReadFlag.DontLoadLayouts):
        raise AtlasError(
            "Dit project kan niet worden gelezen.",
            where=str(path),
            got=project.error(),
            expected="een project van QGIS (.qgz of .qgs)",
        )
    try:
        yield project
    finally:
        project.clear()  # lets go of the files


def _in_scope(project: QgsProject, scope: str) -> Iterator[QgsMapLayer]:
    for layer in project.mapLayers().values():
        if layer.customProperty(REPORT):
            continue
        is_vector = isinstance(layer, QgsVectorLayer)
        if (
            scope == "layer"
            or (scope == "vector" and is_vector and layer.isValid())
            or (scope == "editable" and editable(layer))
        ):
            yield layer


def _not_saved(project: QgsProject) -> Iterator[str]:
    if not project.fileName():
        yield "Het project is nog niet opgeslagen; een telefoon kan alleen een bestand openen."


def _unsaved_changes(project: QgsProject) -> Iterator[str]:
    if project.fileName() and project.isDirty():
        yield "Het project heeft wijzigingen die niet zijn opgeslagen; die gaan niet mee."


def _absolute_paths(project: QgsProject) -> Iterator[str]:
    if project.filePathStorage() == Qgis.FilePathType.Absolute:
        yield "Het project bewaart volledige paden; op een telefoon bestaan die niet."


def _home_path(project: QgsProject) -> Iterator[str]:
    if project.presetHomePath():
        yield f"Het project heeft een eigen thuismap: {project.presetHomePath()}"


def _file_names(project: QgsProject) -> Iterator[str]:
    """Names in the folder of the project that a phone, or Windows, does not take."""
    if not project.fileName():
        return
    home = Path(project.fileName()).parent
    bad = 0
    for path in home.rglob("*"):
        name = path.name
        hidden = any(part.startswith(".") for part in path.relative_to(home).parts)
        if bad < _MOST_NAMES and not hidden and not rules.is_legal_name(name):
            bad += 1
            yield f"De naam {path.relative_to(home)} kan op een telefoon of in Windows misgaan."


def _no_background(project: QgsProject) -> Iterator[str]:
    """At least one layer to find one's way by must lie in a file."""
    for layer in project.mapLayers().values():
        local = layer.isValid() and file_of(layer) is not None
        drawn = isinstance(layer, QgsRasterLayer) or (
            isinstance(layer, QgsVectorLayer)
            and layer.geometryType() in (Qgis.GeometryType.Polygon, Qgis.GeometryType.Line)
            and not editable(layer)
        )
        tiles = isinstance(layer, QgsRasterLayer) or layer.type() == Qgis.LayerType.VectorTile
        if local and (drawn or tiles):
            return
    yield "Er is geen achtergrond die zonder verbinding werkt: buiten bereik is de kaart leeg."


def _relations(project: QgsProject) -> Iterator[str]:
    for relation in project.relationManager().relations().values():
        if not relation.isValid():
            name = relation.name() or relation.id()
            yield f"De relatie {name} verwijst naar een laag of veld dat er niet is."
            continue
        fields = relation.referencedLayer().fields()
        for number in relation.referencedFields():
            if fields.at(number).type() != QMetaType.Type.QString:
                yield (
                    f"De relatie {relation.name()} gaat over het nummer {fields.at(number).name()}: twee "
                    "telefoons geven hetzelfde nummer aan verschillende records."
                )


def _shared_files(layer: QgsMapLayer, project: QgsProject) -> Iterator[str]:
    """Both programs synchronise files: two layers edited in one file are one conflict."""
    mine = file_of(layer)
    others = sorted(
        other.name()
        for other in project.mapLayers().values()
        if other.id() != layer.id() and editable(other) and mine is not None and file_of(other) == mine
        and _table(other) != _table(layer)
    )  # fmt: skip
    if others:
        yield f"In hetzelfde bestand {mine.name} staan meer lagen die worden bewerkt: {', '.join(others)}."


def _table(layer: QgsMapLayer) -> str:
    return str(
        QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source()).get("layerName")
    )


_OWN_FILE = "Zet elke laag die wordt bewerkt in een eigen GeoPackage, in de map van het project."
_TO_GEOPACKAGE = "Bewaar de laag als GeoPackage in de map van het project en gebruik die."
#: the rules, in the order in which a person would repair them
CHECKS: tuple[Check, ...] = (
    Check(ERROR, "project", _not_saved, "Sla het project op in de map met de gegevens."),
    Check(WARNING, "project", _unsaved_changes, "Sla het project op."),
    Check(ERROR, "project", _absolute_paths, "Kies bij Project > Eigenschappen > Algemeen: relatieve paden."),
    Check(ERROR, "project", _home_path, "Maak bij Project > Eigenschappen > Algemeen de thuismap leeg."),
    Check(ERROR, "project", _file_names, "Gebruik letters zonder accent, cijfers, streepjes en punten."),
    Check(
        WARNING, "project", _no_background,
        "Neem een achtergrond in een bestand mee (GeoTIFF, MBTiles of grenzen in een GeoPackage).",
    ),
    Check(ERROR, "project", _relations, "Koppel op een tekstveld met een uuid, en neem beide lagen mee."),
    Check(ERROR, "layer", rules.broken, "Herstel de bron van de laag, of haal de laag uit het project."),
    Check(ERROR, "layer", rules.in_memory, _TO_GEOPACKAGE),
    Check(ERROR, "layer", rules.outside_folder, "Kopieer het bestand naar de map van het project."),
    Check(ERROR, "layer", rules.credentials, "Haal het wachtwoord uit de bron van de laag."),
    Check(ERROR, "layer", rules.on_a_server, _TO_GEOPACKAGE),
    Check(WARNING, "layer", rules.needs_connection, "Neem een kopie in een GeoPackage mee."),
    Check(WARNING, "layer", rules.raster_format, "Bewaar het raster als GeoTIFF."),
    Check(ERROR, "editable", rules.no_geopackage, _TO_GEOPACKAGE),
    Check(ERROR, "editable", _shared_files, _OWN_FILE),
    Check(
        ERROR, "editable", rules.no_uuid_key,
        "Geef de laag een tekstveld uuid met als standaardwaarde uuid('WithoutBraces').",
    ),
    Check(ERROR, "vector", rules.no_crs, "Stel het coördinatenstelsel van de laag in (RD New: EPSG:28992)."),
    Check(WARNING, "vector", rules.encoding, "Bewaar de laag opnieuw, met de codering UTF-8."),
    Check(WARNING, "editable", rules.field_names, "Gebruik letters zonder accent, cijfers en _."),
    Check(ERROR, "editable", rules.unknown_functions, "Gebruik alleen functies die QGIS zelf heeft."),
    Check(ERROR, "editable", rules.cannot_be_filled, "Geef een standaardwaarde of zet het in het formulier."),
    Check(ERROR, "editable", rules.attachments, "Bewaar paden van foto's relatief aan het project."),
    Check(ERROR, "editable", rules.missing_layers, "Voeg de laag met de keuzelijst toe aan het project."),
    Check(WARNING, "editable", rules.own_form, "Maak het formulier met slepen en neerzetten, zonder code."),
    Check(
        WARNING, "editable", rules.sync_action,
        "Kies in de laageigenschappen bij QField 'kopiëren': 'offline' zet alle lagen in één bestand.",
    ),
    Check(WARNING, "editable", rules.open_edits, "Stop met bewerken en sluit QGIS vóór het kopiëren."),
    Check(WARNING, "vector", rules.symbol_files, "Sluit het symbool in, of kies een symbool van QGIS."),
)  # fmt: skip
