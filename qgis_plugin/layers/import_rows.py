"""A layer of QGIS on its way into a dossier: its rows as a table, and where they are in RD New."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsProviderRegistry
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from ..atlas.core.areas.coordinate_checks import place_in_rd
from ..atlas.core.records.address_book import id_by_address, place_by_address
from ..atlas.core.tables.column_names import PLACE_NAMES, choose_columns
from ..atlas.core.tables.parsing import parse_column
from ..atlas.core.tables.registers import read_position
from ..atlas.core.tables.table import Table
from ..atlas.core.words.errors import AtlasError
from ..atlas.jobs.importing import decided_by_borders
from .area_index import AreaIndex
from .area_set import embedded_areas
from .points import NO_GEOMETRY, chunks, places
from .rd_transform import to_rd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qgis.core import (
        QgsCoordinateTransformContext,
        QgsProcessingFeatureSource,
        QgsProcessingFeedback,
        QgsVectorLayer,
    )

    from ..atlas.core.records.address_book import BagRegister
    from ..atlas.core.records.file_rows import FileRows

_A_POINT = "Verwacht: één punt. Maak van een vlak een punt met 'Zwaartepunten', of laat de plaats leeg."
#: of a file with a header line the first row is the second line, as a person sees it there
_WITH_HEADER = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods")


def read_layer(
    source: QgsProcessingFeatureSource,
    layer: QgsVectorLayer | None,
    transform_context: QgsCoordinateTransformContext,
    feedback: QgsProcessingFeedback,
    register: BagRegister | None = None,
) -> tuple[Table, LayerPlaces]:
    """The rows of a layer, and where they are.

    Args:
        source: The rows: the layer, or its selected features.
        layer: Where they come from, for their numbers; None when it is not known.
        transform_context: Of the project.
        feedback: To stop.
        register: The BAG, to find addresses in.

    Raises:
        AtlasError: the layer is empty, has no fields, or does not say in which system its points are.
    """
    names = [field.name() for field in source.fields()]
    columns: dict[str, list[object]] = {name: [] for name in names}
    points: list[tuple[float, float] | None] = []
    reasons: list[str] = []
    has_points = source.wkbType() not in (Qgis.WkbType.NoGeometry, Qgis.WkbType.Unknown)
    transform = to_rd(source.sourceCrs(), transform_context, source.sourceName()) if has_points else None
    for chunk in chunks(source.getFeatures(), feedback):
        for feature in chunk:
            for cells, value in zip(columns.values(), feature.attributes(), strict=True):
                cells.append(_cell(value))
        if transform is None:
            continue
        x, y, why = places(chunk, transform)
        reasons += [why.get(number, "") for number in range(len(chunk))]
        points += [
            (east, north) if math.isfinite(east) else None
            for east, north in zip(x.tolist(), y.tolist(), strict=True)
        ]
    # the id that a GeoPackage gives by itself says nothing about a record
    columns.pop("fid", None)
    if not columns or not next(iter(columns.values())):
        raise AtlasError("In deze laag staat geen enkele rij.", where=source.sourceName())
    table = Table.from_columns(source.sourceName(), columns, first_row=_first_row(layer))
    return table, LayerPlaces(points, reasons, register)


class LayerPlaces:
    """Where the rows of a layer are: its points, columns with coordinates, or addresses of the BAG.

    Args:
        points: Of each row; [] for a table.
        reasons: Why a row has no point.
        register: The BAG, when there is a file with it.
    """

    def __init__(
        self,
        points: Sequence[tuple[float, float] | None],
        reasons: Sequence[str],
        register: BagRegister | None = None,
    ) -> None:
        self._points = points
        self._reasons = reasons
        self._register = register

    def locate(self, rows: FileRows) -> None:
        """Fill `rows.places`: the point of a row, without one its columns with coordinates, then its address.

        Raises:
            AtlasError: see `address_book.find_in_bag`.
        """
        in_columns = places_in_columns(rows.table)
        for position in rows.used():
            place = self._points[position] if self._points else None
            if place is None and in_columns is not None:
                place = in_columns[position]
            if place is not None:
                self._put(rows, position, place)
            elif self._reasons and in_columns is None and self._reasons[position] not in ("", NO_GEOMETRY):
                # it is there and can't be used; without it the record would be another one
                rows.reject(position, "plaats_onleesbaar", f"{self._reasons[position]} {_A_POINT}")
        if self._register is not None:
            nowhere = [position for position in rows.used() if rows.places[position] is None]
            place_by_address(rows, self._register, nowhere)
            for position in nowhere:
                place = rows.places[position]
                if place is not None:
                    self._put(rows, position, place)

    def find_addresses(self, rows: FileRows, positions: Sequence[int]) -> None:
        """Fill `rows.found_ids` by address; without a file with the BAG, say once that it was not looked at.

        Raises:
            AtlasError: see `address_book.find_in_bag`.
        """
        if self._register is not None:
            id_by_address(rows, self._register, positions)
        elif positions:
            rows.note(
                "Rijen met alleen een adres zijn niet in de BAG opgezocht: er is geen bestand met adressen "
                "gekozen."
            )

    @staticmethod
    def _put(rows: FileRows, position: int, place: tuple[float, float]) -> None:
        try:
            rows.places[position] = read_position(place)
        except AtlasError as error:
            rows.reject(position, "buiten_gebied", f"{error.title} Gevonden: {error.got}. {error.hint}")


def municipalities(points: Sequence[tuple[float, float]]) -> list[tuple[str, bool]]:
    """The municipality of each place (EPSG:28992) by the detailed borders, and whether that is sure."""
    areas = embedded_areas("gemeente")
    index = AreaIndex(areas.deciding, len(points))
    return decided_by_borders(points, areas.codes, index.assign)


def places_in_columns(table: Table) -> list[tuple[float, float] | None] | None:
    """Where each row is by its columns with coordinates (EPSG:28992, m); None without such columns.

    Raises:
        AtlasError: numbers that can be read in more than one way.
    """
    chosen = choose_columns(table.columns, PLACE_NAMES, table.source)
    pair = next((pair for pair in (("x", "y"), ("lon", "lat")) if set(pair) <= chosen.keys()), None)
    if pair is None:
        return None
    numbers = (_numbers(table, chosen[name]) for name in pair)
    return [None if x is None or y is None else place_in_rd(x, y) for x, y in zip(*numbers, strict=True)]


def _numbers(table: Table, column: str) -> list[float | None]:
    """The cells of a column as numbers.

    Raises:
        AtlasError: they can be read in more than one way.
    """
    read = parse_column(
        table.column(column), unit="number", where=f'{table.source}, kolom "{column}"', rows=table.rows
    )
    if read.refusal is not None:
        raise read.refusal
    return [None if value is None or math.isnan(value) else float(value) for value in read.values]


def _first_row(layer: QgsVectorLayer | None) -> int:
    if layer is None:
        return 1
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    return 2 if Path(str(parts.get("path") or "")).suffix.lower() in _WITH_HEADER else 1


def _cell(value: object) -> object:
    if isinstance(value, QDate | QDateTime):
        return value.toString(Qt.DateFormat.ISODate) if value.isValid() else None
    return value if isinstance(value, str | int | float) else None
