"""How an editable layer becomes tables: fields, code lists, rules, indexes and the history of every change.

All of it is generated from `core.schema.rural`. Rules are constraints and triggers of the file itself, so
that they hold for QGIS, QField and whatever else writes in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.schema.published import GEOMETRY_FIELD, Field, Layer
from .geopackage import Cell, Definition, Sheet
from .statements import Sql, joined, literal, sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..core.schema.published import CodeList
    from ..core.schema.working import WorkingField, WorkingLayer

HISTORY = "wijziging"
#: a checksum of each record, with the moment of change it holds for and the last line of the history then
CHECKSUMS = "controle"
#: holds one row while the atlas itself writes: which import, when, who, and why if it is a correction. It is
#: never there after a transaction, so a change without it was made by hand.
WRITING = "atlas_schrijft"
#: bookkeeping about a change is no change
BOOKKEEPING = ("gewijzigd_op", "gewijzigd_door", "ingelezen_op")
UNKNOWN_EDITOR = "onbekend"
CREATED, CHANGED, DELETED = "nieuw", "gewijzigd", "verwijderd"

_CODE_LIST_PREFIX = "lijst_"
_NOW = Sql("strftime('%Y-%m-%dT%H:%M:%fZ', 'now')")
_NOT_NULL = Sql(" NOT NULL")
_NOTHING = Sql("")
_OLD, _NEW, _NULL = Sql("OLD"), Sql("NEW"), Sql("NULL")
_SQL_TYPES = {"text": Sql("TEXT"), "integer": Sql("INTEGER"), "real": Sql("REAL")}
_SQL_FORMATS = {"date": Sql("DATE"), "moment": Sql("DATETIME")}
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
        Field("reden", "Reden", "text", "Waarom, bij een verbetering die met een reden is gedaan"),
        Field("veldwerk", "Veldwerk", "text", "JSON: veld, met de stappen in het veld die zo terugkwamen"),
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
    types = {"tijdstip": Sql("DATETIME"), "bewaren_tot": Sql("DATE")}
    columns = tuple(
        sql(
            "$name $type$rule",
            name=field.name,
            type=types.get(field.name, _SQL_TYPES["text"]),
            rule=_NOT_NULL if field.required else _NOTHING,
        )
        for field in _HISTORY_LAYER.fields
    )
    statements = (_index(HISTORY, "record_uuid"), _writing_table())
    return _sheet(_HISTORY_LAYER, [], Definition(columns, statements))


def _writing_table() -> Sql:
    columns = (
        *(sql("$name TEXT NOT NULL", name=name) for name in ("kenmerk", "tijdstip", "door")),
        sql("$name TEXT", name="reden"),
    )
    return sql("CREATE TABLE $table ($columns)", table=WRITING, columns=joined(", ", columns))


def _index(table: str, column: str) -> Sql:
    return sql(
        "CREATE INDEX $name ON $table ($column)", name=f"idx_{table}_{column}", table=table, column=column
    )


def _columns(layer: WorkingLayer) -> Iterator[Sql]:
    for field in layer.fields:
        kind = _SQL_FORMATS.get(field.format) or _SQL_TYPES[field.type]
        parts = [sql("$name $kind", name=field.name, kind=kind)]
        if field.required:
            parts.append(Sql("NOT NULL"))
        if field.default:
            parts.append(sql("DEFAULT $value", value=literal(field.default)))
        elif field.default_from == "now":
            parts.append(sql("DEFAULT ($now)", now=_NOW))
        rules = [sql("($rule)", rule=rule) for rule in _rules(field)]
        if rules:
            parts.append(
                sql(
                    "CONSTRAINT $name CHECK ($condition$empty)",
                    name=f"{field.name}_past",
                    condition=joined(" AND ", rules),
                    empty=_NOTHING if field.required else _or_empty(field.name, kind),
                )
            )
        if field.codes:
            parts.append(sql("REFERENCES $list ($value)", list=code_list_table(field.codes), value="waarde"))
        yield joined(" ", parts)
    for rule in layer.requirements:
        yield sql("CONSTRAINT $name CHECK ($rule)", name=rule.name, rule=Sql(rule.expression))


def _or_empty(name: str, kind: Sql) -> Sql:
    """An editor may leave an empty text where there is nothing to say."""
    return sql(" OR $name = ''" if kind == _SQL_TYPES["text"] else " OR $name IS NULL", name=name)


def _rules(field: WorkingField) -> Iterator[Sql]:
    """What the text or number of a filled field must be; a CHECK lets NULL pass."""
    name = field.name
    if field.codes:
        values = joined(", ", (literal(code.value) for code in field.codes.codes))
        yield sql("$name IN ($values)", name=name, values=values)
    if field.type == "real":
        yield sql("typeof($name) IN ('integer', 'real')", name=name)
    elif field.type != "text":
        yield sql("typeof($name) = 'integer'", name=name)
    if field.minimum is not None:
        yield sql("$name >= $limit", name=name, limit=Sql(f"{field.minimum:g}"))
    if field.maximum is not None:
        yield sql("$name <= $limit", name=name, limit=Sql(f"{field.maximum:g}"))
    if field.format:
        yield sql(_FORMAT_RULES[field.format], name=name)
    elif field.required and field.type == "text" and not field.codes:
        yield sql("trim($name) <> ''", name=name)


def _digits(count: int) -> str:
    return "[0-9]" * count


_HEX = "[0-9a-f]"
#: format -> the pattern of `core.schema.working.PATTERNS` in SQLite's words, stricter where it knows the
#: calendar
_FORMAT_RULES = {
    "uuid": "$name GLOB '" + "-".join(_HEX * count for count in (8, 4, 4, 4, 12)) + "'",
    "date": "date($name, '+0 days') IS $name",  # SQLite makes 31 February 3 March
    "moment": "datetime($name) IS NOT NULL",
    "time": "strftime('%H:%M', $name) IS $name",
    "bag_pand": "$name GLOB '" + _digits(4) + "10" + _digits(10) + "'",
    "bag_vbo": "$name GLOB '" + _digits(4) + "0[123]" + _digits(10) + "'",
    "gemeente": "$name GLOB 'GM" + _digits(4) + "'",
    "path": " AND ".join(
        "$name NOT GLOB '" + wrong + "'"
        for wrong in ("*[^A-Za-z0-9_./-]*", "[./-]*", "*/[./-]*", "*/", "*..*")
    ),
}  # fmt: skip


def _statements(layer: WorkingLayer) -> Iterator[Sql]:
    indexed = [*(field for field in _INDEXED if layer.field(field)), *(r.field for r in layer.relations)]
    for field in indexed:
        yield _index(layer.name, field)
    yield _refuse(
        layer, "uuid_blijft", sql("UPDATE OF $uuid", uuid="uuid"), _differs("uuid"),
        "Het uuid van een record verandert niet.",
    )  # fmt: skip
    if layer.geometry:
        yield from _spatial_index(layer)
    yield sql(
        "CREATE TABLE $table (record_uuid TEXT PRIMARY KEY NOT NULL, stempel TEXT NOT NULL, "
        "na INTEGER NOT NULL, som TEXT NOT NULL)",
        table=CHECKSUMS,
    )
    yield from _append_only(layer) if layer.append_only else _history(layer)


def _differs(name: str) -> Sql:
    return sql("NEW.$name IS NOT OLD.$name", name=name)


def _refuse(layer: WorkingLayer, name: str, event: Sql, condition: Sql, sentence: str) -> Sql:
    return sql(
        "CREATE TRIGGER $name BEFORE $event ON $table WHEN $condition "
        "BEGIN SELECT RAISE(ABORT, $sentence); END",
        name=f"{layer.name}_{name}",
        event=event,
        table=layer.name,
        condition=condition,
        sentence=literal(sentence),
    )


def _spatial_index(layer: WorkingLayer) -> Iterator[Sql]:
    """GeoPackage 1.3, annex F.3: an R-tree and the triggers that keep it."""
    index = f"rtree_{layer.name}_{GEOMETRY_FIELD}"
    names = {"index": index, "geometry": GEOMETRY_FIELD, "fid": "fid"}
    filled = sql("(NEW.$geometry NOTNULL AND NOT ST_IsEmpty(NEW.$geometry))", **names)
    empty = sql("(NEW.$geometry ISNULL OR ST_IsEmpty(NEW.$geometry))", **names)
    put = sql(
        "INSERT OR REPLACE INTO $index VALUES (NEW.$fid, ST_MinX(NEW.$geometry), ST_MaxX(NEW.$geometry), "
        "ST_MinY(NEW.$geometry), ST_MaxY(NEW.$geometry));",
        **names,
    )
    drop = sql("DELETE FROM $index WHERE id = OLD.$fid;", **names)
    both = sql("DELETE FROM $index WHERE id IN (OLD.$fid, NEW.$fid);", **names)
    same, other = sql("OLD.$fid = NEW.$fid", **names), sql("OLD.$fid != NEW.$fid", **names)
    yield sql("CREATE VIRTUAL TABLE $index USING rtree(id, minx, maxx, miny, maxy)", **names)
    of_geometry = sql("UPDATE OF $geometry", **names)
    for name, event, condition, action in (
        ("insert", Sql("INSERT"), filled, put),
        ("update1", of_geometry, joined(" AND ", (same, filled)), put),
        ("update2", of_geometry, joined(" AND ", (same, empty)), drop),
        ("update3", Sql("UPDATE"), joined(" AND ", (other, filled)), joined(" ", (drop, put))),
        ("update4", Sql("UPDATE"), joined(" AND ", (other, empty)), both),
        ("delete", Sql("DELETE"), sql("OLD.$geometry NOT NULL", **names), drop),
    ):
        yield sql(
            "CREATE TRIGGER $name AFTER $event ON $table WHEN $condition BEGIN $action END",
            name=f"{index}_{name}",
            event=event,
            table=layer.name,
            condition=condition,
            action=action,
        )


def _append_only(layer: WorkingLayer) -> Iterator[Sql]:
    """A register: lines are added, and nothing is changed but that the atlas empties one (see `expiry`)."""
    sentence = "In dit register wordt alleen bijgeschreven."
    yield _writing_table()
    yield _refuse(layer, "blijft", Sql("DELETE"), Sql("1"), sentence)
    by_hand = sql("NOT EXISTS (SELECT 1 FROM $writing)", writing=WRITING)
    yield _refuse(layer, "staat_vast", Sql("UPDATE"), by_hand, sentence)


def _history(layer: WorkingLayer) -> Iterator[Sql]:
    table = layer.name
    names = [name for name in layer.field_names if name not in BOOKKEEPING and name != "uuid"]
    fields = [*names, *([GEOMETRY_FIELD] if layer.geometry else [])]
    yield sql(
        "CREATE TRIGGER $name AFTER INSERT ON $table BEGIN $row FROM (SELECT NULL AS $changes); END",
        name=f"{table}_{CREATED}",
        table=table,
        row=_history_row(_NEW, CREATED, Sql('NEW."gewijzigd_op"'), Sql('NEW."aangemaakt_door"')),
        changes="velden",
    )
    yield sql(
        "CREATE TRIGGER $name AFTER DELETE ON $table BEGIN $row FROM $changes; END",
        name=f"{table}_{DELETED}",
        table=table,
        row=_history_row(_OLD, DELETED, _NOW, literal(UNKNOWN_EDITOR)),
        changes=_changes(fields, _NULL),
    )
    moment, editor = (
        sql('(SELECT $field FROM $table WHERE "fid" = NEW."fid")', field=field, table=table)
        for field in ("gewijzigd_op", "gewijzigd_door")
    )
    # a new moment alone is a line too, or its checksum would call it damage; with recursive triggers, as GDAL
    # has them, the stamp that is put here comes by again, and is no second line
    # an editor that does not stamp its change would let the next import overwrite it: stamped here
    yield sql(
        "CREATE TRIGGER $name AFTER UPDATE ON $table BEGIN "
        'UPDATE $table SET "gewijzigd_op" = $now, "gewijzigd_door" = CASE WHEN NEW."gewijzigd_door" IS '
        'OLD."gewijzigd_door" THEN $unknown ELSE NEW."gewijzigd_door" END '
        'WHERE "fid" = NEW."fid" AND NEW."gewijzigd_op" IS OLD."gewijzigd_op" '
        "AND NOT EXISTS (SELECT 1 FROM $writing); "
        '$row FROM $changes WHERE "aantal" > 0 OR $moment IS NOT OLD."gewijzigd_op" '
        'AND NEW."gewijzigd_op" IS NOT $now; END',
        name=f"{table}_{CHANGED}",
        table=table,
        moment=moment,
        now=_NOW,
        unknown=literal(UNKNOWN_EDITOR),
        writing=WRITING,
        row=_history_row(_NEW, CHANGED, moment, editor),
        changes=_changes(fields, _NEW),
    )


def _history_row(record: Sql, sort: str, moment: Sql, editor: Sql) -> Sql:
    return sql(
        'INSERT INTO $history ($columns) SELECT $record."uuid", '
        "coalesce((SELECT tijdstip FROM $writing), $moment), coalesce((SELECT door FROM $writing), $editor), "
        '$sort, "velden", $record."bewaren_tot", (SELECT kenmerk FROM $writing), '
        "(SELECT reden FROM $writing), NULL",
        history=HISTORY,
        columns=_HISTORY_LAYER.field_names,
        record=record,
        writing=WRITING,
        moment=moment,
        editor=editor,
        sort=literal(sort),
    )


def _changes(fields: list[str], after: Sql) -> Sql:
    """The fields that differ, as one JSON object: field -> [before, after]; geometries as hexadecimal."""
    rows = joined(
        " UNION ALL ",
        (
            sql(
                'SELECT $name AS "veld", $before AS "voor", $after AS "na"',
                name=literal(name),
                before=_in_json(_OLD, name),
                after=_in_json(after, name),
            )
            for name in fields
        ),
    )
    return sql(
        '(SELECT json_group_object("veld", json_array("voor", "na")) AS "velden", count(*) AS "aantal" '
        'FROM ($rows) WHERE "voor" IS NOT "na")',
        rows=rows,
    )


def _in_json(record: Sql, name: str) -> Sql:
    if record == _NULL:
        return _NULL
    cell = sql("$record.$name", record=record, name=name)
    return (
        sql("CASE WHEN $cell IS NOT NULL THEN hex($cell) END", cell=cell) if name == GEOMETRY_FIELD else cell
    )
