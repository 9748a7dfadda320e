"""How an editable layer becomes tables: fields, code lists, rules, indexes and the history of every change.

All of it is generated from `core.schema_rural`. Rules are constraints and triggers of the file itself, so
that they hold for QGIS, QField and whatever else writes in it.
"""

# ruff: noqa: S608 - names of layers and fields of the schema, quoted; values are parameters or literals

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.schema import GEOMETRY_FIELD, Field, Layer
from .gpkg_format import Cell, Definition, Sheet, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.schema import CodeList
    from ..core.working import WorkingField, WorkingLayer

HISTORY = "wijziging"
#: holds one row while the atlas itself writes: which import, when and who. It is never there after a
#: transaction, so a change without it was made by hand.
WRITING = "atlas_schrijft"
#: bookkeeping about a change is no change
BOOKKEEPING = ("gewijzigd_op", "gewijzigd_door", "ingelezen_op")
UNKNOWN_EDITOR = "onbekend"
CREATED, CHANGED, DELETED = "nieuw", "gewijzigd", "verwijderd"

_CODE_LIST_PREFIX = "lijst_"
_NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
_SQL_TYPES = {"text": "TEXT", "integer": "INTEGER", "real": "REAL"}
_SQL_FORMATS = {"date": "DATE", "moment": "DATETIME"}
_INDEXED = ("gemeente_code", "bag_pand_id", "bag_vbo_id", "bewaren_tot")
_RTREE = "http://www.geopackage.org/spec130/#extension_rtree"
_HISTORY_LAYER = Layer(
    HISTORY, "Wijzigingen", "Wie wanneer wat veranderde; wordt vanzelf bijgehouden en gewist met het record",
    (
        Field("record_uuid", "Record", "text", "Uuid van het record", required=True),
        Field("tijdstip", "Tijdstip", "text", "Wanneer, in UTC", required=True),
        Field("door", "Door", "text", "Wie"),
        Field("soort", "Soort", "text", f"{CREATED}, {CHANGED} of {DELETED}", required=True),
        Field("velden", "Velden", "text", "JSON: veld, met wat er stond en wat er kwam te staan"),
        Field("bewaren_tot", "Bewaren tot", "text", "Termijn van het record na deze wijziging"),
        Field("invoer", "Invoer", "text", "Kenmerk van de invoer; leeg bij een wijziging met de hand"),
    ),
    (),
)  # fmt: skip


def working_sheets(layer: WorkingLayer) -> list[Sheet]:
    """The tables of the file of an editable layer, empty: its code lists, the layer, its history."""
    lists = {field.codes.name: field.codes for field in layer.fields if field.codes}
    sheets = [_code_list_sheet(codes) for codes in lists.values()]
    if not layer.append_only:
        sheets.append(_history_sheet())
    sheets.append(
        _sheet(
            layer,
            rows=[],
            definition=Definition(
                columns=tuple(_columns(layer)),
                statements=tuple(_statements(layer)),
                extensions=((layer.name, GEOMETRY_FIELD, "gpkg_rtree_index", _RTREE, "write-only"),)
                if layer.geometry
                else (),
            ),
        )
    )
    return sheets


def code_list_table(codes: CodeList) -> str:
    """The name of the table that holds a code list."""
    return _CODE_LIST_PREFIX + codes.name


def _sheet(layer: Layer, rows: list[dict[str, Cell]], definition: Definition | None = None) -> Sheet:
    return Sheet(
        layer=layer,
        name=layer.name,
        title=layer.alias,
        fields=layer.fields,
        rows=rows,
        geometries=[] if layer.geometry else None,
        abstract=layer.description,
        rights="Alleen voor het team van de gemeente; bevat gegevens die niet openbaar zijn",
        definition=definition,
    )


def _code_list_sheet(codes: CodeList) -> Sheet:
    layer = Layer(
        code_list_table(codes), f"Codelijst {codes.name}", "Welke waarden een veld mag hebben",
        (
            Field("waarde", "Waarde", "text", "Wat er in het veld staat", required=True),
            Field("omschrijving", "Omschrijving", "text", "Wat het betekent", required=True),
        ),
        ("waarde",),
    )  # fmt: skip
    return _sheet(layer, [{"waarde": code.value, "omschrijving": code.label} for code in codes.codes])


def _history_sheet() -> Sheet:
    types = {"tijdstip": "DATETIME", "bewaren_tot": "DATE"}
    columns = tuple(
        f"{quoted(field.name)} {types.get(field.name, 'TEXT')}{' NOT NULL' if field.required else ''}"
        for field in _HISTORY_LAYER.fields
    )
    writing = ", ".join(f"{quoted(name)} TEXT NOT NULL" for name in ("kenmerk", "tijdstip", "door"))
    statements = (
        f'CREATE INDEX "idx_{HISTORY}_record_uuid" ON {quoted(HISTORY)} ("record_uuid")',
        f"CREATE TABLE {quoted(WRITING)} ({writing})",
    )
    return _sheet(_HISTORY_LAYER, [], Definition(columns, statements))


def _columns(layer: WorkingLayer) -> Iterator[str]:
    for field in layer.fields:
        name = quoted(field.name)
        parts = [name, _SQL_FORMATS.get(field.format) or _SQL_TYPES[field.type]]
        if field.required:
            parts.append("NOT NULL")
        if field.default:
            parts.append(f"DEFAULT {_literal(field.default)}")
        elif field.default_from == "now":
            parts.append(f"DEFAULT ({_NOW})")
        rules = list(_rules(field))
        if rules:
            condition = " AND ".join(f"({rule})" for rule in rules)
            # an editor may leave an empty text where there is nothing to say
            empty = (
                "" if field.required else f" OR {name} = ''" if parts[1] == "TEXT" else f" OR {name} IS NULL"
            )
            parts.append(f'CONSTRAINT "{field.name}_past" CHECK ({condition}{empty})')
        if field.codes:
            parts.append(f'REFERENCES {quoted(code_list_table(field.codes))} ("waarde")')
        yield " ".join(parts)
    for rule in layer.requirements:
        yield f"CONSTRAINT {quoted(rule.name)} CHECK ({rule.expression})"


def _rules(field: WorkingField) -> Iterator[str]:
    """What the text or number of a filled field must be; a CHECK lets NULL pass."""
    name = quoted(field.name)
    if field.codes:
        yield f"{name} IN ({', '.join(_literal(code.value) for code in field.codes.codes)})"
    if field.type != "text":
        yield (
            f"typeof({name}) IN ('integer', 'real')"
            if field.type == "real"
            else (f"typeof({name}) = 'integer'")
        )
    if field.minimum is not None:
        yield f"{name} >= {field.minimum:g}"
    if field.maximum is not None:
        yield f"{name} <= {field.maximum:g}"
    if field.format:
        yield _FORMAT_RULES[field.format].format(name=name)
    elif field.required and field.type == "text" and not field.codes:
        yield f"trim({name}) <> ''"


def _digits(count: int) -> str:
    return "[0-9]" * count


_HEX = "[0-9a-f]"
#: format -> the pattern of `core.working.PATTERNS` in SQLite's words, stricter where it knows the calendar
_FORMAT_RULES = {
    "uuid": "{name} GLOB '" + "-".join(_HEX * count for count in (8, 4, 4, 4, 12)) + "'",
    "date": "date({name}, '+0 days') IS {name}",  # SQLite makes 31 February 3 March
    "moment": "datetime({name}) IS NOT NULL",
    "bag_pand": "{name} GLOB '" + _digits(4) + "10" + _digits(10) + "'",
    "bag_vbo": "{name} GLOB '" + _digits(4) + "0[123]" + _digits(10) + "'",
    "gemeente": "{name} GLOB 'GM" + _digits(4) + "'",
    "path": " AND ".join(
        "{name} NOT GLOB '" + wrong + "'"
        for wrong in ("*[^A-Za-z0-9_./-]*", "[./-]*", "*/[./-]*", "*/", "*..*")
    ),
}  # fmt: skip


def _statements(layer: WorkingLayer) -> Iterator[str]:
    indexed = [*(field for field in _INDEXED if layer.field(field)), *(r.field for r in layer.relations)]
    for field in indexed:
        yield f"CREATE INDEX {quoted(f'idx_{layer.name}_{field}')} ON {quoted(layer.name)} ({quoted(field)})"
    yield _refuse(
        layer, "uuid_blijft", 'UPDATE OF "uuid"', 'NEW."uuid" IS NOT OLD."uuid"',
        "Het uuid van een record verandert niet.",
    )  # fmt: skip
    if layer.geometry:
        yield from _spatial_index(layer)
    yield from _append_only(layer) if layer.append_only else _history(layer)


def _refuse(layer: WorkingLayer, name: str, event: str, condition: str, sentence: str) -> str:
    return (
        f"CREATE TRIGGER {quoted(f'{layer.name}_{name}')} BEFORE {event} ON {quoted(layer.name)} "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, {_literal(sentence)}); END"
    )


def _spatial_index(layer: WorkingLayer) -> Iterator[str]:
    """GeoPackage 1.3, annex F.3: an R-tree and the triggers that keep it."""
    table, index = quoted(layer.name), f"rtree_{layer.name}_{GEOMETRY_FIELD}"
    geometry = quoted(GEOMETRY_FIELD)
    filled = f"(NEW.{geometry} NOTNULL AND NOT ST_IsEmpty(NEW.{geometry}))"
    empty = f"(NEW.{geometry} ISNULL OR ST_IsEmpty(NEW.{geometry}))"
    edges = ", ".join(f"ST_{edge}(NEW.{geometry})" for edge in ("MinX", "MaxX", "MinY", "MaxY"))
    put = f'INSERT OR REPLACE INTO {quoted(index)} VALUES (NEW."fid", {edges});'
    drop = f'DELETE FROM {quoted(index)} WHERE id = OLD."fid";'
    both = f'DELETE FROM {quoted(index)} WHERE id IN (OLD."fid", NEW."fid");'
    same, other = 'OLD."fid" = NEW."fid"', 'OLD."fid" != NEW."fid"'
    yield f"CREATE VIRTUAL TABLE {quoted(index)} USING rtree(id, minx, maxx, miny, maxy)"
    for name, event, condition, action in (
        ("insert", "INSERT", filled, put),
        ("update1", f"UPDATE OF {geometry}", f"{same} AND {filled}", put),
        ("update2", f"UPDATE OF {geometry}", f"{same} AND {empty}", drop),
        ("update3", "UPDATE", f"{other} AND {filled}", f"{drop} {put}"),
        ("update4", "UPDATE", f"{other} AND {empty}", both),
        ("delete", "DELETE", f"OLD.{geometry} NOT NULL", drop),
    ):
        yield (
            f"CREATE TRIGGER {quoted(f'{index}_{name}')} AFTER {event} ON {table} "
            f"WHEN {condition} BEGIN {action} END"
        )


def _append_only(layer: WorkingLayer) -> Iterator[str]:
    """A register: lines are added; one that was begun gets its file and checksum once; nothing else."""
    completing = {"bestand", "controlegetal"}
    kept = " OR ".join(
        f"NEW.{quoted(name)} IS NOT OLD.{quoted(name)}"
        for name in layer.field_names
        if name not in completing
    )
    sentence = "In dit register wordt alleen bijgeschreven."
    yield _refuse(layer, "blijft", "DELETE", "1", sentence)
    completed = 'OLD."controlegetal" IS NOT NULL OR NEW."controlegetal" IS NULL'
    yield _refuse(layer, "staat_vast", "UPDATE", f"{completed} OR {kept}", sentence)


def _history(layer: WorkingLayer) -> Iterator[str]:
    table = quoted(layer.name)
    names = [name for name in layer.field_names if name not in BOOKKEEPING and name != "uuid"]
    fields = [*names, *([GEOMETRY_FIELD] if layer.geometry else [])]
    for event, record, sort, editor in (
        ("INSERT", "NEW", CREATED, 'NEW."aangemaakt_door"'),
        ("DELETE", "OLD", DELETED, _literal(UNKNOWN_EDITOR)),
    ):
        moment = 'NEW."gewijzigd_op"' if record == "NEW" else _NOW
        body = _history_row(record, sort, moment, editor)
        changes = _changes(fields, "NULL") if record == "OLD" else '(SELECT NULL AS "velden")'
        yield (
            f"CREATE TRIGGER {quoted(f'{layer.name}_{sort}')} AFTER {event} ON {table} "
            f"BEGIN {body} FROM {changes}; END"
        )
    stored = f'(SELECT {{}} FROM {table} WHERE "fid" = NEW."fid")'
    row = _history_row("NEW", CHANGED, stored.format('"gewijzigd_op"'), stored.format('"gewijzigd_door"'))
    # an editor that does not stamp its change would let the next import overwrite it: stamped here
    yield (
        f"CREATE TRIGGER {quoted(f'{layer.name}_{CHANGED}')} AFTER UPDATE ON {table} BEGIN "
        f'UPDATE {table} SET "gewijzigd_op" = {_NOW}, "gewijzigd_door" = CASE WHEN NEW."gewijzigd_door" IS '
        f'OLD."gewijzigd_door" THEN {_literal(UNKNOWN_EDITOR)} ELSE NEW."gewijzigd_door" END '
        f'WHERE "fid" = NEW."fid" AND NEW."gewijzigd_op" IS OLD."gewijzigd_op" '
        f"AND NOT EXISTS (SELECT 1 FROM {quoted(WRITING)}); "
        f'{row} FROM {_changes(fields, "NEW")} WHERE "aantal" > 0; END'
    )


def _history_row(record: str, sort: str, moment: str, editor: str) -> str:
    columns = ", ".join(map(quoted, _HISTORY_LAYER.field_names))
    writing = f"(SELECT {{}} FROM {quoted(WRITING)})"
    return (
        f'INSERT INTO {quoted(HISTORY)} ({columns}) SELECT {record}."uuid", '
        f"coalesce({writing.format('tijdstip')}, {moment}), coalesce({writing.format('door')}, {editor}), "
        f'{_literal(sort)}, "velden", {record}."bewaren_tot", {writing.format("kenmerk")}'
    )


def _changes(fields: list[str], after: str) -> str:
    """The fields that differ, as one JSON object: field -> [before, after]; geometries as hexadecimal."""

    def value(record: str, name: str) -> str:
        if record == "NULL":
            return "NULL"
        cell = f"{record}.{quoted(name)}"
        return f"CASE WHEN {cell} IS NOT NULL THEN hex({cell}) END" if name == GEOMETRY_FIELD else cell

    rows = " UNION ALL ".join(
        f'SELECT {_literal(name)} AS "veld", {value("OLD", name)} AS "voor", {value(after, name)} AS "na"'
        for name in fields
    )
    return (
        '(SELECT json_group_object("veld", json_array("voor", "na")) AS "velden", count(*) AS "aantal" '
        f'FROM ({rows}) WHERE "voor" IS NOT "na")'
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
