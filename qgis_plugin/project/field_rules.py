"""The rules of one layer in the field; each gives a Dutch sentence for every breach."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsExpression,
    QgsFieldConstraints,
    QgsRenderContext,
    QgsSvgMarkerSymbolLayer,
)
from qgis.PyQt.QtCore import QMetaType

from .field_layer import file_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer

#: providers whose records live on a server
_SERVERS = ("postgres", "oracle", "mssql", "hana", "WFS", "OAPIF", "arcgisfeatureserver")
_LEGAL_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9 _.,()+&@=~'\-]*")
#: Windows keeps these for devices, with any suffix
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
}
_LEGAL_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CREDENTIALS = re.compile(r"\b(?:password|authcfg)\s*=\s*'?[^\s'&|]+", re.IGNORECASE)
_READ_ELSEWHERE_ONLY = (".ecw", ".sid", ".jp2")
_ACTION = "QFieldSync/action"
_SENSIBLE = "copy"


def is_legal_name(name: str) -> bool:
    """Whether a file may have this name on Android, iOS and Windows, and travels in a zip unharmed."""
    stem = name.split(".", 1)[0].lower()
    return bool(_LEGAL_NAME.fullmatch(name)) and stem not in _RESERVED and name[-1] not in " ."


def broken(layer: QgsMapLayer, _project: QgsProject) -> Iterator[str]:
    """A layer whose data is not there."""
    if not layer.isValid():
        yield "De bron van deze laag is niet te openen."


def in_memory(layer: QgsMapLayer, _project: QgsProject) -> Iterator[str]:
    """A layer that ends with the session."""
    if layer.providerType() == "memory":
        yield "Deze laag staat alleen in het geheugen van QGIS en is op een telefoon leeg."


def outside_folder(layer: QgsMapLayer, project: QgsProject) -> Iterator[str]:
    """A file that does not go along with the folder of the project."""
    path = file_of(layer)
    if path is None or not project.fileName():
        return
    if not path.resolve().is_relative_to(Path(project.fileName()).resolve().parent):
        yield f"Het bestand {path.name} ligt buiten de map van het project en gaat niet mee."


def credentials(layer: QgsMapLayer, _project: QgsProject) -> Iterator[str]:
    """A password, or a key to one that no phone has."""
    if _CREDENTIALS.search(layer.source()):
        yield "In de bron van deze laag staat een wachtwoord of een verwijzing daarnaar."


def on_a_server(layer: QgsMapLayer, _project: QgsProject) -> Iterator[str]:
    """A layer that can't be edited where there is no connection."""
    if layer.providerType() in _SERVERS and not layer.readOnly():
        yield "Deze laag wordt op een server bewerkt; zonder verbinding kan dat niet."


def needs_connection(layer: QgsMapLayer, _project: QgsProject) -> Iterator[str]:
    """A layer to read that is empty where there is no connection."""
    if layer.providerType() in _SERVERS and layer.readOnly():
        yield "Deze laag komt van een server en is zonder verbinding leeg."


def raster_format(layer: QgsMapLayer, _project: QgsProject) -> Iterator[str]:
    """Raster formats that QField is not built with everywhere."""
    path = file_of(layer)
    if path is not None and path.suffix.lower() in _READ_ELSEWHERE_ONLY:
        yield f"Een raster als {path.suffix} kan niet op elke telefoon worden gelezen."


def no_geopackage(layer: QgsVectorLayer, _project: QgsProject) -> Iterator[str]:
    """Editing is safe in a GeoPackage: other files have no transactions, or cut off names and texts."""
    path = file_of(layer)
    if path is not None and path.suffix.lower() != ".gpkg":
        kind = path.suffix or "onbekend"
        yield f"Deze laag wordt bewerkt in een {kind}-bestand; dat is in het veld niet veilig."


def no_uuid_key(layer: QgsVectorLayer, _project: QgsProject) -> Iterator[str]:
    """A record needs a key of its own before it has met the others."""
    texts = [
        position
        for position, field in enumerate(layer.fields())
        if field.type() == QMetaType.Type.QString
        and "uuid(" in layer.defaultValueDefinition(position).expression().lower()
    ]
    if not texts:
        yield "Nieuwe records krijgen geen eigen sleutel (uuid); samengevoegd zijn ze niet te onderscheiden."


def no_crs(layer: QgsVectorLayer, _project: QgsProject) -> Iterator[str]:
    """Without a system of coordinates a point stands in the sea."""
    if layer.isSpatial() and not layer.crs().isValid():
        yield "Deze laag heeft geen coördinatenstelsel."


def encoding(layer: QgsVectorLayer, _project: QgsProject) -> Iterator[str]:
    """Anything but UTF-8 spoils names with an accent."""
    used = layer.dataProvider().encoding()
    if used not in ("", "UTF-8", "System"):
        yield f"De teksten van deze laag staan in {used}, niet in UTF-8."


def field_names(layer: QgsVectorLayer, _project: QgsProject) -> Iterator[str]:
    """Mergin compares and merges by field name."""
    bad = [field.name() for field in layer.fields() if not _LEGAL_FIELD.fullmatch(field.name())]
    if bad:
        yield f"Veldnamen met bijzondere tekens: {', '.join(bad)}."


def unknown_functions(layer: QgsVectorLayer, _project: QgsProject) -> Iterator[str]:
    """A phone runs no Python: functions of plugins do not exist there."""
    known = set(QgsExpression.BuiltinFunctions())
    for position, field in enumerate(layer.fields()):
        expressions = (
            layer.defaultValueDefinition(position).expression(),
            layer.constraintExpression(position),
        )
        for expression in filter(None, expressions):
            for name in sorted(QgsExpression(expression).referencedFunctions() - known):
                yield f"Het veld {field.name()} gebruikt de functie {name}, die een telefoon niet kent."


def cannot_be_filled(layer: QgsVectorLayer, _project: QgsProject) -> Iterator[str]:
    """A field that must be filled but can't be: the record can't be saved."""
    form = layer.editFormConfig()
    keys = layer.primaryKeyAttributes()
    for position, field in enumerate(layer.fields()):
        needed = layer.fieldConstraints(position) & QgsFieldConstraints.Constraint.ConstraintNotNull
        filled = layer.defaultValueDefinition(
            position
        ).expression() or layer.dataProvider().defaultValueClause(position)
        if not needed or filled or position in keys:
            continue
        hidden = layer.editorWidgetSetup(position).type() == "Hidden" or not _in_form(layer, field.name())
        if form.readOnly(position) or hidden:
            yield f"Het veld {field.name()} is verplicht, maar kan in het formulier niet worden ingevuld."


def _in_form(layer: QgsVectorLayer, field: str) -> bool:
    form = layer.editFormConfig()
    if form.layout() != Qgis.AttributeFormLayout.DragAndDrop:
        return True
    shown = form.invisibleRootContainer().findElements(Qgis.AttributeEditorType.Field)
    return field in {element.name() for element in shown}


def attachments(layer: QgsVectorLayer, _project: QgsProject) -> Iterator[str]:
    """A photo under a full path is found on no other device."""
    for position, field in enumerate(layer.fields()):
        widget = layer.editorWidgetSetup(position)
        if widget.type() == "ExternalResource":
            config = widget.config()
            root = str(config.get("DefaultRoot") or "")
            # 1 is "relative to the project"; 2 is "relative to the default path", which must not be full then
            stored = int(config.get("RelativeStorage") or 0)
            if stored == 0 or Path(root).is_absolute():
                yield f"Het veld {field.name()} bewaart foto's met een volledig pad."


def missing_layers(layer: QgsVectorLayer, project: QgsProject) -> Iterator[str]:
    """A list to choose from that is not there is an empty list."""
    for position, field in enumerate(layer.fields()):
        widget = layer.editorWidgetSetup(position)
        key = {"ValueRelation": "Layer", "RelationReference": "ReferencedLayerId"}.get(widget.type())
        wanted = widget.config().get(key) if key else None
        if wanted and project.mapLayer(str(wanted)) is None:
            yield f"Het veld {field.name()} kiest uit een laag die niet in het project zit."


def own_form(layer: QgsVectorLayer, _project: QgsProject) -> Iterator[str]:
    """Neither program runs a form's Python, nor shows a .ui file."""
    form = layer.editFormConfig()
    code = form.initCodeSource() != Qgis.AttributeFormPythonInitCodeSource.NoSource
    if code or form.layout() == Qgis.AttributeFormLayout.UiFile:
        yield "Het formulier werkt met Python of een .ui-bestand; dat doet een telefoon niet."


def sync_action(layer: QgsVectorLayer, _project: QgsProject) -> Iterator[str]:
    """What QFieldSync will do with the layer."""
    chosen = layer.customProperty(_ACTION)
    if chosen != _SENSIBLE:
        state = f"'{chosen}'" if chosen else "geen actie"
        yield f"Voor QField is {state} gekozen voor deze laag, die in het veld wordt bewerkt."


def open_edits(layer: QgsVectorLayer, _project: QgsProject) -> Iterator[str]:
    """What is not in the file itself is not copied with it."""
    path = file_of(layer)
    beside = None if path is None else path.with_name(f"{path.name}-wal")
    waiting = beside is not None and beside.exists() and beside.stat().st_size > 0
    if layer.isModified() or waiting:
        yield "Deze laag heeft wijzigingen die nog niet in het bestand zelf staan; een kopie mist die."


def symbol_files(layer: QgsVectorLayer, project: QgsProject) -> Iterator[str]:
    """A symbol from somebody's own folder becomes a question mark."""
    renderer = layer.renderer()
    home = Path(project.fileName()).resolve().parent if project.fileName() else None
    with_qgis = tuple(QgsApplication.svgPaths())
    paths = {
        symbol_layer.path()
        for symbol in (renderer.symbols(QgsRenderContext()) if renderer else ())
        for symbol_layer in symbol.symbolLayers()
        if isinstance(symbol_layer, QgsSvgMarkerSymbolLayer)
    }
    for path in sorted(paths):
        if path.startswith("base64:") or not Path(path).is_absolute() or path.startswith(with_qgis):
            continue
        if home is None or not Path(path).resolve().is_relative_to(home):
            yield f"Het symbool {Path(path).name} ligt buiten de map van het project."
