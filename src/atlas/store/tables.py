"""A user's table of any common format becomes one `core.tables.table.Table`."""

from __future__ import annotations

import datetime as dt
import decimal
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

from ..core.files.reading_limits import check_size, check_table, guarded
from ..core.tables.odata import is_answer, read_text_table
from ..core.tables.sheet_tables import named_table
from ..core.tables.statline import described
from ..core.tables.table import Table
from ..core.words.errors import AtlasError
from ..geo.reading.reading_process import read_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np

_PARQUET = b"PAR1"
#: bytes in which a file says what it is
_LOOKED_AT = 4_096
_JSON = ".json"
_TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
_WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
_VECTOR_SUFFIXES = (".gpkg", ".shp", ".geojson", ".json", ".fgb")


def read_table(path: Path, sheet: str | None = None) -> Table:
    """Read a table.

    CSV, TXT and TSV; XLSX, XLS and ODS; the attributes of a GeoPackage, Shapefile, GeoJSON or FlatGeobuf;
    Parquet. Codes that are text stay text, numbers of a workbook stay numbers, dates become ISO text. Columns
    that can't be text or a number (geometry, nested values) are left out.

    Args:
        path: The file.
        sheet: Name of the sheet (workbook) or layer (GeoPackage), when there are several with data; which
            table of it, and where its header is: `sheet_tables.named_table`.

    Raises:
        AtlasError: no such file, another format than its name says, protected, broken, empty, or several
            sheets while none is named.
    """
    if path.is_dir():
        raise AtlasError("Dit is een map, geen tabel.", where=str(path), hint="Kies een bestand in die map.")
    if not path.exists():
        raise AtlasError("Dit bestand bestaat niet.", where=str(path), hint="Controleer de naam en de map.")
    suffix = path.suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise AtlasError(
            "Dit soort bestand kan niet als tabel worden gelezen.",
            where=str(path),
            got=suffix or "geen extensie",
            expected=", ".join(_READERS),
            hint="Pak een .zip eerst uit; sla een andere tabel op als .csv of .xlsx.",
        )
    name, number, header = named_table(sheet or "")
    if sheet is not None and suffix in _TEXT_SUFFIXES and not (name or number):
        reader = partial(_read_text, header=header)
    elif sheet is not None and suffix not in (*_WORKBOOK_SUFFIXES, *_VECTOR_SUFFIXES):
        raise AtlasError(
            "Dit bestand heeft geen werkbladen.",
            where=str(path),
            got=f"--sheet {sheet}",
            hint="Laat --sheet weg.",
        )
    try:
        check_size(path)
        if suffix == _JSON and is_answer(path):
            reader = _read_text
        return described(reader(path, sheet))
    except OSError as error:
        raise AtlasError(
            "Dit bestand kan niet worden gelezen.",
            where=str(path),
            got=str(error.strerror or error)[:200],
            hint="Sluit het in andere programma's en controleer of u het mag lezen.",
        ) from error


def _read_text(path: Path, _sheet: str | None, header: int = 0) -> Table:
    with guarded(path):
        return read_text_table(path, header)


def read_vector(path: Path, sheet: str | None) -> Table:
    """The attributes of a layer.

    Raises:
        AtlasError: broken, too large, or several layers while none is named.
    """
    import pyogrio  # noqa: PLC0415 - a quarter of a second that a CSV does without
    import pyogrio.raw  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # GDAL's remarks on geometry, which is not read
            layer = _layer(path, sheet, [str(name) for name in pyogrio.list_layers(path)[:, 0]])
            info = pyogrio.read_info(path, layer=layer)
            check_table(path, max(info["features"], 0), len(info["fields"]))
            meta, _fids, _geometry, columns = pyogrio.raw.read(path, layer=layer, read_geometry=False)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError, ValueError) as error:
        raise _unreadable(path) from error
    cells = {
        str(name): _cells(values.tolist())
        for name, values in zip(meta["fields"], map(_plain, columns), strict=True)
    }
    return _table(path, cells)


def _unreadable(path: Path) -> AtlasError:
    """Why a file with areas or points can't be read, as far as its beginning tells."""
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT).lstrip(b"\xef\xbb\xbf \r\n\t")
    where = str(path)
    if start.startswith((b"{", b"[")):
        return AtlasError(
            "Dit JSON-bestand is geen GeoJSON, of het is afgebroken.",
            where=where,
            expected="een GeoJSON met gebieden of punten",
            hint="Vraag de tabel op als .csv, .xlsx of .geojson.",
        )
    return AtlasError(
        "Dit bestand kan niet worden gelezen.",
        where=where,
        expected=f"een {path.suffix}-bestand"
        + (" met .shx en .dbf ernaast" if path.suffix.lower() == ".shp" else ""),
        hint="Vraag het bestand opnieuw op, of geef de tabel als .csv of .xlsx.",
    )


def _plain(values: np.ndarray) -> np.ndarray:
    """Dates as ISO text: days without a time of day."""
    import numpy as np  # noqa: PLC0415 - as pyogrio: a CSV does without

    if not np.issubdtype(values.dtype, np.datetime64):
        return values
    days = np.array_equal(values.astype("datetime64[D]"), values, equal_nan=True)
    text = np.datetime_as_string(values, unit="D" if days else "s").astype(object)
    text[np.isnat(values)] = None
    return text


def _layer(path: Path, sheet: str | None, names: Sequence[str]) -> str | None:
    if sheet is not None and sheet not in names:
        raise AtlasError(
            "Deze laag staat niet in het bestand.", where=str(path), got=sheet, expected=", ".join(names)
        )
    tables = [name for name in names if name != "layer_styles"]
    if sheet is None and len(tables) > 1:
        raise AtlasError(
            "Dit bestand heeft meer dan één laag.",
            where=str(path), got=", ".join(tables), hint="Kies er een.", choices=("sheet",),
        )  # fmt: skip
    return sheet or (tables[0] if tables else None)


def read_parquet(path: Path, _sheet: str | None) -> Table:
    """The columns of a Parquet file that are text, numbers or dates.

    Raises:
        AtlasError: no Parquet, broken, too large, or a date outside the calendar.
    """
    import pyarrow as pa  # noqa: PLC0415 - only for this format
    from pyarrow import parquet  # noqa: PLC0415

    with path.open("rb") as file:
        if file.read(len(_PARQUET)) != _PARQUET:
            raise AtlasError(
                "Dit is geen Parquet-bestand.",
                where=str(path),
                hint="Geef het bestand de extensie die erbij hoort.",
            )
    try:
        described = parquet.read_metadata(path)
        check_table(path, described.num_rows, described.num_columns)
        table = parquet.read_table(path)
    except (pa.ArrowException, ValueError) as error:
        raise AtlasError(
            "Dit Parquet-bestand is beschadigd of afgebroken.",
            where=str(path),
            hint="Vraag het bestand opnieuw op.",
        ) from error
    kinds = pa.types
    plain = [
        field.name
        for field in table.schema
        if not (
            kinds.is_nested(field.type) or kinds.is_binary(field.type) or kinds.is_large_binary(field.type)
        )
    ]
    return _table(
        path, {name: _cells(_values(table.column(name), f"{path}, kolom {name}")) for name in plain}
    )


def _values(column: Any, where: str) -> list[Any]:  # noqa: ANN401 - a column of pyarrow
    try:
        return column.to_pylist()
    except (ValueError, OverflowError) as error:
        raise AtlasError(
            "Een datum of tijd in dit bestand valt buiten de kalender.",
            where=where, hint="Verbeter de waarde bij de bron, of laat de kolom weg.",
        ) from error  # fmt: skip


def _table(path: Path, cells: dict[str, list[Any]]) -> Table:
    if not cells or not any(cells.values()):
        raise AtlasError(
            "Deze tabel is leeg.",
            where=str(path),
            got="geen rijen" if cells else "geen kolommen met tekst of getallen",
            hint="Controleer of dit het goede bestand is.",
        )
    return Table.from_columns(str(path), cells, first_row=1)  # no header: the first row is row 1


def _cells(values: list[Any]) -> list[Any]:
    return (
        values
        if set(map(type, values)) <= {str, int, float, type(None)}
        else [_cell(value) for value in values]
    )


def _cell(value: Any) -> Any:  # noqa: ANN401 - whatever a library returns
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    return value


def sheets_of(path: Path) -> list[str]:
    """The names of the sheets of a workbook that are in sight; [] for a file of another kind.

    Raises:
        AtlasError: protected or broken file.
    """
    if path.suffix.lower() not in _WORKBOOK_SUFFIXES or not path.is_file():
        return []
    names: list[str] = read_apart(f"{__package__}.workbooks:sheet_names", "python_calamine", path)
    return names


_READERS: dict[str, Callable[[Path, str | None], Table]] = {
    **dict.fromkeys(_TEXT_SUFFIXES, _read_text),
    **dict.fromkeys(
        _WORKBOOK_SUFFIXES, partial(read_apart, f"{__package__}.workbooks:read_workbook", "python_calamine")
    ),
    **dict.fromkeys(_VECTOR_SUFFIXES, partial(read_apart, f"{__name__}:read_vector", "pyogrio.raw")),
    ".parquet": partial(read_apart, f"{__name__}:read_parquet", "pyarrow.parquet"),
}
