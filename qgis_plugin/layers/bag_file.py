"""Addresses of the BAG from a file, for the few that a list asks for; read by GDAL, row after row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..atlas.core.areas.coordinate_checks import MARGIN_M, PROVINCES_RD, place_in_rd
from ..atlas.core.records.bag_rows import BagRow, bag_addresses, identified
from ..atlas.core.tables.bag_columns import ADDRESS_NAMES, choose_address_columns
from ..atlas.core.tables.column_names import folded, require_columns
from ..atlas.core.words.errors import AtlasError
from .import_rows import places_in_columns
from .table_reading import read_text_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from ..atlas.core.records.address_book import BagAddress, Wanted

_TEXT, _VECTOR = (".csv", ".txt", ".tsv"), (".gpkg", ".geojson", ".json", ".gml", ".shp", ".fgb")
SUFFIXES = (*_TEXT, *_VECTOR)
#: the layer with addresses is called after one of these, the best first
_LAYERS = ("verblijfsobject", "adres")
_BETWEEN_LOOKS = 2_000
_RD, _DEGREES = "28992", ("4326", "4258", "CRS84")


class BagFile:
    """A file with addresses; what a list asks for is looked up once, whoever asks again.

    Args:
        path: GeoPackage "bag-light", GeoJSON, or CSV with coordinates.

    Attributes:
        keep_on: Called now and then while it is read; what it raises ends that.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.keep_on: Callable[[], object] = object
        self._known: tuple[Wanted, list[BagAddress]] | None = None

    def matching(self, wanted: Wanted) -> list[BagAddress]:
        """See `BagRegister`.

        Raises:
            AtlasError: it is no file with addresses of the BAG, or can't be read.
        """
        if self._known is None or self._known[0] != wanted:
            self._known = wanted, self._read(wanted)
        return self._known[1]

    def _read(self, wanted: Wanted) -> list[BagAddress]:
        suffix = self.path.suffix.lower()
        if suffix not in SUFFIXES:
            raise AtlasError(
                "Dit soort bestand met adressen kan QGIS niet lezen.", where=str(self.path),
                got=suffix or "geen extensie", expected=", ".join(SUFFIXES),
                hint="Neem het GeoPackage bag-light. Een BAG-extract (XML) leest alleen de opdracht atlas.",
            )  # fmt: skip
        rows = self._of_text() if suffix in _TEXT else self._of_layer()
        latest, kept = "", list[BagRow]()
        for number, row in enumerate(rows):
            if number % _BETWEEN_LOOKS == 0:
                self.keep_on()
            latest = max(latest, row.texts.get("begin", "")[:10])
            if _is_wanted(row.texts, wanted):
                kept.append(row)
        return bag_addresses(kept, latest)

    def _of_text(self) -> Iterator[BagRow]:
        table = read_text_file(self.path)
        chosen = choose_address_columns(
            table.columns, table.source, is_filled=lambda name: any(table.column(name))
        )
        require_columns(chosen, ("huisnummer",), ADDRESS_NAMES, table.columns, table.source)
        places = places_in_columns(table)
        if places is None:
            raise _no_places(self.path)
        cells = [table.column(column) for column in chosen.values()]
        for position, (row, place) in enumerate(zip(table.rows, places, strict=True)):
            if place is not None:
                texts = {name: _text(cell[position]) for name, cell in zip(chosen, cells, strict=True)}
                yield BagRow(row, identified(texts), *place)

    def _of_layer(self) -> Iterator[BagRow]:
        from osgeo import gdal

        try:
            source = gdal.OpenEx(str(self.path), gdal.OF_VECTOR | gdal.OF_READONLY)
        except RuntimeError:  # where another plugin made GDAL raise
            source = None
        if source is None:
            raise AtlasError(
                "Dit bestand met adressen kan niet worden gelezen.", where=str(self.path),
                hint="Haal het opnieuw op, of kies een ander.",
            )  # fmt: skip
        layer = self._layer(source)
        described = layer.GetLayerDefn()
        names = [described.GetFieldDefn(number).GetName() for number in range(described.GetFieldCount())]
        chosen = choose_address_columns(names, str(self.path), cut=self.path.suffix.lower() == ".shp")
        require_columns(chosen, ("huisnummer",), ADDRESS_NAMES, names, str(self.path))
        if self._system(layer) == _RD:
            west, south, east, north = PROVINCES_RD
            layer.SetSpatialFilterRect(west - MARGIN_M, south - MARGIN_M, east + MARGIN_M, north + MARGIN_M)
        for feature in layer:
            point = feature.GetGeometryRef()
            if point is not None and point.GetPointCount() == 1:
                texts = {name: feature.GetFieldAsString(column).strip() for name, column in chosen.items()}
                yield BagRow(feature.GetFID(), identified(texts), *place_in_rd(point.GetX(), point.GetY()))

    def _layer(self, source):  # noqa: ANN001, ANN202 - osgeo.gdal.Dataset, osgeo.ogr.Layer
        layers = [source.GetLayer(number) for number in range(source.GetLayerCount())]
        for word in _LAYERS:
            named = [layer for layer in layers if word in folded(layer.GetName())]
            if named:
                return named[0]
        if len(layers) == 1:
            return layers[0]
        raise AtlasError(
            "In dit bestand is geen laag met adressen herkend.", where=str(self.path),
            got=", ".join(layer.GetName() for layer in layers),
            expected="een laag verblijfsobject of adres", hint="Neem het GeoPackage bag-light.",
        )  # fmt: skip

    def _system(self, layer) -> str:  # noqa: ANN001 - osgeo.ogr.Layer
        system = layer.GetSpatialRef()
        code = "" if system is None else str(system.GetAuthorityCode(None) or "")
        if code not in (_RD, *_DEGREES, ""):
            raise AtlasError(
                "Dit bestand met adressen heeft een coördinatenstelsel dat hier niet past.",
                where=str(self.path), got=f"EPSG:{code}",
                expected="RD New (EPSG:28992) of graden (EPSG:4326)",
                hint="Sla het in QGIS op in EPSG:28992.",
            )  # fmt: skip
        return code


def _is_wanted(texts: Mapping[str, str], wanted: Wanted) -> bool:
    return (
        "".join(texts.get("postcode", "").split()).upper() in wanted.postcodes
        or (bool(wanted.streets) and folded(texts.get("straat", "")) in wanted.streets)
        or _id(texts.get("bag_vbo_id", "")) in wanted.vbo_ids
        or _id(texts.get("adres_id", "")) in wanted.address_ids
    )


def _id(text: str) -> str:
    """An id as it is asked for, with the zero that a spreadsheet took."""
    return text.rpartition(".")[2].zfill(16) if text else ""


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _no_places(path: Path) -> AtlasError:
    return AtlasError(
        "In dit bestand met adressen staan geen coördinaten.", where=str(path),
        expected="x en y (RD, in meters), of lon en lat (graden)",
        hint="Neem het GeoPackage bag-light, of een CSV met de twee kolommen.",
    )  # fmt: skip
