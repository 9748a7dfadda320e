"""A layer or file of the user's as a table for the join: text stays what was written in the file."""

from __future__ import annotations

import math
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import NULL, Qgis, QgsFeatureRequest, QgsProviderRegistry
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime, QXmlStreamReader

from ..atlas.core.files.reading_limits import check_size, check_table, guarded
from ..atlas.core.tables.cell_numbers import FormattedPercentage
from ..atlas.core.tables.odata import read_text_table
from ..atlas.core.tables.percent_cells import percent_cells
from ..atlas.core.tables.statline import described
from ..atlas.core.tables.table import Table
from ..atlas.core.words.errors import AtlasError
from ..texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet
    from typing import IO

    from qgis.core import QgsProcessingFeatureSource, QgsProcessingFeedback, QgsVectorLayer

    from ..atlas.core.tables.percent_cells import Tag

_TEXT_FILES = (".csv", ".txt", ".tsv")
#: workbook -> what tells GDAL that the first row is the header
_HEADER_OPTIONS = {".xlsx": "OGR_XLSX_HEADERS", ".xls": "OGR_XLS_HEADERS", ".ods": "OGR_ODS_HEADERS"}
_OLD_EXCEL = ".xls"
_BETWEEN_LOOKS = 1_000
_CHUNK = 1 << 16


def read_table(
    source: QgsProcessingFeatureSource,
    layer: QgsVectorLayer,
    *,
    whole: bool,
    feedback: QgsProcessingFeedback,
    keep_on: Callable[[], None],
) -> Table:
    """A table of the user's: from the file that a layer shows, as the command reads it, or from the layer.

    Args:
        source: The rows, with or without geometry.
        layer: Where they come from.
        whole: Whether all rows are asked for.
        feedback: Told when the file is read, and what can't be seen in it.
        keep_on: Called now and then; what it raises ends the reading.

    Raises:
        AtlasError: it can't be read.
    """
    file = file_shown(layer) if whole else None
    if file is None:
        return read_layer(source, layer, keep_on)
    feedback.pushInfo(tr("Read as written in the file: {path}").format(path=file[0]))
    if file[0].suffix.lower() == _OLD_EXCEL:
        feedback.pushWarning(
            tr("QGIS can't see which cells of an .xls are percentages: 23.6% is 0.236. Save it as .xlsx.")
        )
    return read_file(*file, keep_on)


def file_shown(layer: QgsVectorLayer) -> tuple[Path, str] | None:
    """The text file or the sheet of a workbook that a layer shows whole and unchanged; None for all else.

    QGIS guesses the kind of each column of a text file, "0014" becomes 14 and "7,9" a text, and whether a
    sheet has a header, which one with only texts then loses. The file itself still has what was written.

    Returns:
        The file, and the name of the sheet: "" for the first one.
    """
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = Path(str(parts.get("path") or ""))
    whole = not layer.subsetString() and not layer.isModified()
    if not whole or path.suffix.lower() not in (*_TEXT_FILES, *_HEADER_OPTIONS) or not path.is_file():
        return None
    return path, str(parts.get("layerName") or "")


def read_file(path: Path, sheet: str, keep_on: Callable[[], None]) -> Table:
    """The table in a text file or workbook, as the command `atlas join` reads it.

    Args:
        path: From `file_shown`.
        sheet: From `file_shown`.
        keep_on: Called now and then; what it raises ends the reading.

    Raises:
        AtlasError: it can't be read.
    """
    if path.suffix.lower() in _TEXT_FILES:
        return read_text_file(path)
    return described(_read_workbook(path, sheet, keep_on))


def read_text_file(path: Path, header: int = 0) -> Table:
    """The table in a text file, as the command `atlas join` reads it.

    Args:
        path: The file.
        header: The line with the names, from 1, when a person pointed one out; 0 to recognise it.

    Raises:
        AtlasError: it can't be read.
    """
    try:
        with guarded(path):
            return read_text_table(path, header)
    except OSError as error:
        raise _unreadable(path, str(error.strerror or error)) from error


def read_layer(
    source: QgsProcessingFeatureSource, layer: QgsVectorLayer, keep_on: Callable[[], None]
) -> Table:
    """The attributes of a layer, with what is being edited in it.

    Args:
        source: The rows, with or without geometry.
        layer: Where they come from.
        keep_on: Called now and then; what it raises ends the reading.

    Raises:
        AtlasError: the layer has no fields or no rows.
    """
    rows = []
    request = QgsFeatureRequest().setFlags(Qgis.FeatureRequestFlag.NoGeometry)
    for number, feature in enumerate(source.getFeatures(request)):
        if number % _BETWEEN_LOOKS == 0:
            keep_on()
            check_table(layer.name(), number, len(source.fields()))
        rows.append(feature.attributes())
    names = [field.name() for field in source.fields()]
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = str(parts.get("path") or source.sourceName())
    with_header = Path(path).suffix.lower() in _HEADER_OPTIONS
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    cells = {name: list(map(_cell, column)) for name, column in zip(names, columns, strict=True)}
    return Table.from_columns(path, cells, first_row=2 if with_header else 1)


def filled_sheets(path: Path) -> list[str]:
    """The names of the sheets of a workbook that have a row below the first.

    Raises:
        AtlasError: it can't be read, or no sheet has.
    """
    check_size(path)
    with _opened(path) as layers:
        names = [layer.GetName() for layer in layers if layer.GetFeatureCount()]
    if not names:
        raise _unreadable(path, "")
    return names


def _read_workbook(path: Path, sheet: str, keep_on: Callable[[], None]) -> Table:
    """A sheet of a workbook of which the first row is the header, whatever GDAL would guess."""
    check_size(path)
    with _opened(path) as layers:
        layer = next((one for one in layers if sheet in ("", one.GetName())), None)
        name = layer.GetName() if layer else ""  # gone with the workbook
        columns = _cells_of(layer, percent_cells(path, name, _tags), keep_on) if layer else {}
    if not columns:
        raise _unreadable(path, f"werkblad {sheet}" if sheet else "")
    return Table.from_columns(f"{path} (werkblad {name})", columns, first_row=2)


@contextmanager
def _opened(path: Path):  # noqa: ANN202 - of osgeo.ogr.Layer
    """The sheets of a workbook, as layers for as long as this lasts."""
    from osgeo import gdal

    option = _HEADER_OPTIONS[path.suffix.lower()]
    before = gdal.GetThreadLocalConfigOption(option)
    gdal.SetThreadLocalConfigOption(option, "FORCE")
    try:
        workbook = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        yield [workbook.GetLayer(number) for number in range(workbook.GetLayerCount())] if workbook else []
    except RuntimeError as error:  # where another plugin made GDAL raise
        raise _unreadable(path, str(error)) from error
    finally:
        gdal.SetThreadLocalConfigOption(option, before)


def _cells_of(
    layer,  # noqa: ANN001 - osgeo.ogr.Layer
    percentages: AbstractSet[tuple[int, int]],
    keep_on: Callable[[], None],
) -> dict[str, list[object]]:
    """Column -> cells of a sheet; whole numbers are int, as `atlas.store.workbooks` has them."""
    described = layer.GetLayerDefn()
    columns: dict[str, list[object]] = {
        described.GetFieldDefn(number).GetName(): [] for number in range(described.GetFieldCount())
    }
    for row, feature in enumerate(layer):
        if row % _BETWEEN_LOOKS == 0:
            keep_on()
            check_table(layer.GetName(), row, len(columns))
        for number, cells in enumerate(columns.values()):
            value = feature.GetField(number)
            if (feature.GetFID() - 1, number) in percentages:  # GDAL numbers the rows as the sheet does
                cells.append(FormattedPercentage.of(float(value)))
                continue
            cells.append(int(value) if isinstance(value, float) and value.is_integer() else value)
    return columns


def _tags(file: IO[bytes]) -> Iterator[Tag]:
    """The tags of an XML, for `percent_cells`: Python's own readers of XML may not come along in a plugin."""
    reader = QXmlStreamReader()
    while piece := file.read(_CHUNK):
        reader.addData(piece)
        while not reader.atEnd():
            reader.readNext()
            if reader.isStartElement():
                yield True, reader.name(), {one.name(): one.value() for one in reader.attributes()}
            elif reader.isEndElement():
                yield False, reader.name(), {}
        if reader.hasError() and reader.error() != QXmlStreamReader.Error.PrematureEndOfDocumentError:
            raise ValueError(reader.errorString())


def _unreadable(path: Path, got: str) -> AtlasError:
    return AtlasError(
        "Dit bestand kan niet worden gelezen.",
        where=str(path),
        got=got,
        hint="Sluit het in andere programma's en controleer of u het mag lezen.",
    )


def column_name(table: Table, source: QgsProcessingFeatureSource, name: str) -> str:
    """The column that a field of the layer stands for: QGIS may read a header in another alphabet."""
    position = source.fields().lookupField(name)
    if name in table.columns or position < 0 or source.fields().count() != len(table.columns):
        return name
    return table.columns[position]


def _cell(value: object) -> object:
    """Text and numbers as they are, dates as ISO text, nothing for NULL."""
    if value is None or value == NULL or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, QDate | QDateTime | QTime):
        return value.toString(Qt.DateFormat.ISODate)
    return value if isinstance(value, str | int | float | bool) else str(value)
