"""What the checks for the field ask of every layer: where it lies, and whether people edit it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsProviderRegistry, QgsVectorLayer

if TYPE_CHECKING:
    from qgis.core import QgsMapLayer

_FILE_PROVIDERS = ("ogr", "gdal", "delimitedtext", "spatialite", "gpx", "mbtilesvectortiles", "pdal", "mdal")


def file_of(layer: QgsMapLayer) -> Path | None:
    """The file that a layer is read from; None for memory, a database or a service."""
    if layer.providerType() not in _FILE_PROVIDERS and "mbtiles" not in layer.source():
        return None
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = str(parts.get("path") or "")
    if not path or "://" in path or path.startswith("/vsicurl") or ":" in path[2:]:
        return None
    return Path(path)


def editable(layer: QgsMapLayer) -> bool:
    """Whether people can change the records of a layer."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid() or layer.readOnly():
        return False
    capabilities = layer.dataProvider().capabilities()
    return bool(
        capabilities
        & (Qgis.VectorProviderCapability.AddFeatures | Qgis.VectorProviderCapability.ChangeAttributeValues)
    )
