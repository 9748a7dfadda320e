"""A GeoPackage 1.3 as the standard describes it: tables, geometries, aliases, code lists, metadata, styles.

Written with SQLite itself, so that every byte is ours: no clock, no random number, no driver version in the
file. Sections named in the comments are those of OGC 12-128r17 (GeoPackage 1.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from ..core.areas.crs import RD
from ..core.figures.qml import xml_attribute, xml_text
from ..core.schema.published import GEOMETRY_FIELD
from . import reference_systems
from .geometry import geometry_blob, total_bounds
from .reference_systems import EPSG_RD
from .standard_tables import EXTENSIONS, TABLES
from .statements import Sql, joined, marks, sql

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ..core.schema.published import CodeList, Field, Layer
    from .geometry import Geometry

Cell = str | int | float | bytes | None

_SQL_TYPES = {"text": Sql("TEXT"), "integer": Sql("INTEGER"), "real": Sql("REAL")}
_APPLICATION_ID = 0x47504B47  # "GPKG" (clause 1.1.1.1.1)
_USER_VERSION = 10300
#: item in the metadata of a file: the names of the layers the atlas put in it
LAYERS_ITEM = "lagen"
#: the key under which GDAL (ogrinfo, QGIS) finds the items of a dataset
_GDAL_METADATA = "http://gdal.org"
_ITEM = re.compile('<MDI key="([^"]*)">([^<]*)</MDI>')
_QGIS_METADATA = "http://mrcc.com/qgis.dtd"

_METADATA_TABLES = {"gpkg_extensions", "gpkg_metadata", "gpkg_metadata_reference"}


@dataclass(frozen=True, slots=True)
class Definition:
    """How a table that people edit differs from one that is only read.

    Args:
        columns: SQL of the columns behind fid and geometry, and of the constraints of the table.
        statements: SQL for when the table stands there: indexes, triggers.
        extensions: Rows of gpkg_extensions about this table.
    """

    columns: tuple[Sql, ...]
    statements: tuple[Sql, ...] = ()
    extensions: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table to write: a layer of the schema under its own name and title.

    Args:
        layer: Its description.
        name: Name of the table.
        title: Dutch title, unique in the file.
        fields: The fields that may leave, in order; a subset of the layer's.
        rows: field name -> cell for each row, in the order of the file.
        geometries: The geometry in EPSG:28992 for each row, None for a row without one; None for a
            table without a place.
        abstract: What a user must know: base, definition, caution.
        summary: The least of it, for a list of layers; "" for the whole of it.
        rights: Source and licence.
        style: QML, "" for none.
        definition: How it is made when it will be edited; None for a table that is only read.
        select: SQL that reads the same rows from the tables before it; it is then a view, and `rows` are not
            written again.
        inside: A table that views read and no program shows: it is not registered.
    """

    layer: Layer
    name: str
    title: str
    fields: tuple[Field, ...]
    rows: Sequence[Mapping[str, Cell]]
    geometries: Sequence[Geometry | None] | None
    abstract: str
    rights: str
    style: str = ""
    definition: Definition | None = None
    select: Sql | None = None
    inside: bool = False
    summary: str = ""


def write_geopackage(
    connection: sqlite3.Connection, sheets: Sequence[Sheet], items: Mapping[str, str], moment: str
) -> None:
    """Fill an empty database with the sheets, in one transaction.

    Args:
        connection: An empty SQLite database.
        sheets: The tables.
        items: Metadata of the whole file, as ogrinfo shows it: title, source, licence, schema_versie.
        moment: The time stamp of everything, "2026-02-01T00:00:00.000Z": from the data, not from the clock.

    Raises:
        sqlite3.Error: the file can't be written.
    """
    connection.isolation_level = None
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {_USER_VERSION}")
    connection.execute("BEGIN")
    fill_geopackage(connection, sheets, items, moment)
    connection.execute("COMMIT")


def fill_geopackage(
    connection: sqlite3.Connection, sheets: Sequence[Sheet], items: Mapping[str, str], moment: str
) -> None:
    """Make the tables of a GeoPackage within a transaction that is under way, see `write_geopackage`."""
    for statement in TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    insert_rows(connection, "gpkg_spatial_ref_sys", reference_systems.COLUMNS, reference_systems.ROWS)
    insert_rows(connection, "gpkg_extensions", _EXTENSION_COLUMNS, EXTENSIONS)
    _write_code_lists(connection, sheets)
    explained: set[Field] = set()
    for sheet in sheets:
        _write_sheet(connection, sheet, moment, explained)
        explained.update(() if sheet.inside else sheet.fields)
    sheets = [sheet for sheet in sheets if not sheet.inside]
    styled = [sheet for sheet in sheets if sheet.style]
    insert_rows(connection, "layer_styles", _STYLE_COLUMNS, (_style_row(sheet, moment) for sheet in styled))
    if styled:
        contents = ("layer_styles", "attributes", "layer_styles", "", moment, None, None, None, None, 0)
        insert_rows(connection, "gpkg_contents", _CONTENT_COLUMNS, [contents])
    _write_metadata(connection, sheets, items, moment)


_EXTENSION_COLUMNS = ("table_name", "column_name", "extension_name", "definition", "scope")
_CONTENT_COLUMNS = (
    "table_name", "data_type", "identifier", "description", "last_change", "min_x", "min_y", "max_x", "max_y",
    "srs_id",
)  # fmt: skip
_STYLE_COLUMNS = (
    "f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName", "styleQML",
    "styleSLD", "useAsDefault", "description", "owner", "update_time",
)  # fmt: skip


def insert_rows(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Add rows to a table."""
    statement = sql(
        "INSERT INTO $table ($columns) VALUES ($marks)",
        table=table, columns=columns, marks=marks(len(columns)),
    )  # fmt: skip
    connection.executemany(statement, rows)


def _write_code_lists(connection: sqlite3.Connection, sheets: Sequence[Sheet]) -> None:
    lists: dict[str, CodeList] = {}
    for sheet in sheets:
        lists.update({field.codes.name: field.codes for field in sheet.fields if field.codes})
    insert_rows(
        connection,
        "gpkg_data_column_constraints",
        ("constraint_name", "constraint_type", "value", "description"),
        ((codes.name, "enum", code.value, code.label) for codes in lists.values() for code in codes.codes),
    )


def _write_sheet(
    connection: sqlite3.Connection, sheet: Sheet, moment: str, explained: AbstractSet[Field]
) -> None:
    """Write a table; a field is explained at the first table that has it, and named at all of them."""
    if sheet.select:
        connection.execute(sql("CREATE VIEW $name AS $select", name=sheet.name, select=sheet.select))
    else:
        _create_table(connection, sheet)
    if not sheet.inside:
        _register(connection, sheet, moment)
    names = [field.name for field in sheet.fields]
    cells = ([row.get(name) for name in names] for row in sheet.rows)
    if sheet.select:
        pass  # the rows stand in the tables it reads
    elif sheet.geometries is None:
        insert_rows(connection, sheet.name, names, cells)
    else:
        blobs = (g if g is None else geometry_blob(g) for g in sheet.geometries)
        rows = ([blob, *row] for blob, row in zip(blobs, cells, strict=True))
        insert_rows(connection, sheet.name, [GEOMETRY_FIELD, *names], rows)
    if sheet.inside:
        return
    insert_rows(
        connection,
        "gpkg_data_columns",
        ("table_name", "column_name", "name", "title", "description", "constraint_name"),
        (
            (
                sheet.name,
                field.name,
                field.alias,
                field.alias,
                None if field in explained else _description(field),
                field.codes and field.codes.name,
            )
            for field in sheet.fields
        ),
    )
    if sheet.definition:
        insert_rows(connection, "gpkg_extensions", _EXTENSION_COLUMNS, sheet.definition.extensions)
        for statement in sheet.definition.statements:
            connection.execute(statement)


def _description(field: Field) -> str:
    return f"{field.description} ({field.unit})" if field.unit else field.description


def _create_table(connection: sqlite3.Connection, sheet: Sheet) -> None:
    columns = [sql("$fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", fid="fid")]
    if sheet.geometries is not None:
        kind = Sql(str(sheet.layer.geometry).upper())
        columns.append(sql("$name $kind", name=GEOMETRY_FIELD, kind=kind))
    if sheet.definition:
        columns += sheet.definition.columns
    else:
        columns += [
            sql(
                "$name $type$rule",
                name=field.name,
                type=_SQL_TYPES[field.type],
                rule=Sql(" NOT NULL" if field.required else ""),
            )
            for field in sheet.fields
        ]
    names = {field.name for field in sheet.fields}
    if sheet.layer.key and names.issuperset(sheet.layer.key):
        columns.append(sql("UNIQUE ($key)", key=sheet.layer.key))
    connection.execute(sql("CREATE TABLE $table ($columns)", table=sheet.name, columns=joined(", ", columns)))


def _register(connection: sqlite3.Connection, sheet: Sheet, moment: str) -> None:
    kind, srs_id = "attributes", 0
    bounds: tuple[float | None, ...] = (None, None, None, None)
    if sheet.geometries is not None:
        kind, srs_id = "features", EPSG_RD
        if any(sheet.geometries):
            bounds = total_bounds(geometry for geometry in sheet.geometries if geometry)
    contents = (sheet.name, kind, sheet.title, sheet.summary or sheet.abstract, moment, *bounds, srs_id)
    insert_rows(connection, "gpkg_contents", _CONTENT_COLUMNS, [contents])
    if sheet.geometries is not None:
        insert_rows(
            connection,
            "gpkg_geometry_columns",
            ("table_name", "column_name", "geometry_type_name", "srs_id", "z", "m"),
            [(sheet.name, GEOMETRY_FIELD, str(sheet.layer.geometry).upper(), EPSG_RD, 0, 0)],
        )


def _style_row(sheet: Sheet, moment: str) -> tuple[Cell, ...]:
    geometry = GEOMETRY_FIELD if sheet.geometries is not None else ""
    return ("", "", sheet.name, geometry, "standaard", sheet.style, "", 1, sheet.title, "", moment)


def _write_metadata(
    connection: sqlite3.Connection, sheets: Sequence[Sheet], items: Mapping[str, str], moment: str
) -> None:
    """One record for the file that GDAL shows, one for each layer that QGIS shows."""
    texts = [
        (_GDAL_METADATA, _gdal_metadata(items)),
        *((_QGIS_METADATA, _qgis_metadata(sheet)) for sheet in sheets),
    ]
    insert_rows(
        connection,
        "gpkg_metadata",
        ("id", "md_scope", "md_standard_uri", "mime_type", "metadata"),
        (
            (number, "dataset", standard, "text/xml", text)
            for number, (standard, text) in enumerate(texts, start=1)
        ),
    )
    references: list[tuple[Cell, ...]] = [("geopackage", None, moment, 1)]
    references += [("table", sheet.name, moment, number) for number, sheet in enumerate(sheets, start=2)]
    insert_rows(
        connection,
        "gpkg_metadata_reference",
        ("reference_scope", "table_name", "timestamp", "md_file_id"),
        references,
    )


def read_items(connection: sqlite3.Connection) -> dict[str, str]:
    """The metadata of the whole file, as `write_geopackage` was given it."""
    texts = connection.execute(
        "SELECT metadata FROM gpkg_metadata WHERE md_standard_uri = ?", [_GDAL_METADATA]
    )
    found = _ITEM.findall(" ".join(str(row[0]) for row in texts))
    return {unescape(key): unescape(text) for key, text in found}


def write_items(connection: sqlite3.Connection, items: Mapping[str, str]) -> None:
    """Put other items in the metadata of a file that was written, within the caller's transaction."""
    connection.execute(
        "UPDATE gpkg_metadata SET metadata = ? WHERE md_standard_uri = ?",
        [_gdal_metadata(items), _GDAL_METADATA],
    )


def note_item(connection: sqlite3.Connection, key: str, text: str) -> None:
    """Put one item more in the metadata of any GeoPackage, within the caller's transaction."""
    tables = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master")}
    for statement in TABLES.split(";\n"):
        name = statement.strip().partition(" (")[0].removeprefix("CREATE TABLE ")
        if name in _METADATA_TABLES and name not in tables:
            connection.execute(statement)
    if not tables >= _METADATA_TABLES:
        known = {row[0] for row in connection.execute("SELECT table_name FROM gpkg_extensions")}
        rows = [row for row in EXTENSIONS if row[0] in _METADATA_TABLES and row[0] not in known]
        insert_rows(connection, "gpkg_extensions", _EXTENSION_COLUMNS, rows)
    items = {**read_items(connection), key: text}
    if connection.execute(
        "SELECT 1 FROM gpkg_metadata WHERE md_standard_uri = ?", [_GDAL_METADATA]
    ).fetchone():
        write_items(connection, items)
        return
    added = connection.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
        "VALUES ('dataset', ?, 'text/xml', ?)",
        [_GDAL_METADATA, _gdal_metadata(items)],
    )
    connection.execute(
        "INSERT INTO gpkg_metadata_reference (reference_scope, md_file_id) VALUES ('geopackage', ?)",
        [added.lastrowid],
    )


def _gdal_metadata(items: Mapping[str, str]) -> str:
    entries = "".join(f"<MDI key={xml_attribute(key)}>{xml_text(text)}</MDI>" for key, text in items.items())
    return f"<GDALMultiDomainMetadata><Metadata>{entries}</Metadata></GDALMultiDomainMetadata>"


def _qgis_metadata(sheet: Sheet) -> str:
    """What the layer's properties in QGIS show under Metadata."""
    crs = (
        f"<crs><spatialrefsys><authid>{RD}</authid></spatialrefsys></crs>"
        if sheet.geometries is not None
        else ""
    )
    return (
        '<qgis version="3.40">'
        f"<identifier>{xml_text(sheet.name)}</identifier>"
        "<language>NLD</language><type>dataset</type>"
        f"<title>{xml_text(sheet.title)}</title><abstract>{xml_text(sheet.abstract)}</abstract>"
        f"<rights>{xml_text(sheet.rights)}</rights><encoding>UTF-8</encoding>{crs}</qgis>"
    )
