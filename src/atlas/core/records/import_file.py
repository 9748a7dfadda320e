"""A file on its way into the dossier: its records, their municipality, and the report of what became of them.

The command `atlas` and the plugin differ only in what knows the places (`file_rows.Places`) and in which
municipality a place lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..schema.published import GEOMETRY_FIELD
from ..schema.rural import working_layer
from ..tables.column_names import ADDRESS_PARTS, BAG_ID_NAMES, COORDINATE_COLUMNS
from ..vacancy.evidence import REGISTERS
from ..words.errors import AtlasError
from ..words.layer_names import EVIDENCE, OBJECTS, SIGNALS, YARDS
from ..words.notation import counted
from .file_rows import address_of, choose, look_up, refuse_persons, reject_unknown
from .incoming import is_empty
from .list_template import with_field_names
from .register_answers import read_answers
from .signal_rows import municipality_code, read_signals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from ..tables.table import Table
    from .file_rows import FileRecords, FileRows, Places
    from .import_plan import ImportPlan
    from .known_addresses import KnownAddresses

    #: places in EPSG:28992 -> of each the code of its municipality ("" for none) and whether that is sure
    Municipalities = Callable[[Sequence[tuple[float, float]]], Sequence[tuple[str, bool]]]

REPORT_COLUMNS = ("rij", "uitkomst", "uuid", "veld", "gevonden", "toelichting")
#: layers whose records hold an address and its BAG ids
ADDRESSED_LAYERS = (OBJECTS, YARDS)
#: layers whose records have a place of their own, from which their municipality follows
PLACED_LAYERS = (OBJECTS, YARDS, SIGNALS)


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Into which layer a file goes, and what its rows do not say.

    Args:
        layer: Name of a working layer.
        register: For answers of a register: "woz_gebruiker", "hr_vestiging" or "brp_persoon".
        source: `bron` of rows that name none.
        keep_until: `bewaren_tot` of rows that name none; there is no default.
        accept_personal_text: Take free text that holds signs of a person, see `free_text`.
        reference_date: `peildatum` of rows that name none.
    """

    layer: str
    register: str = ""
    source: str = ""
    keep_until: str = ""
    accept_personal_text: bool = False
    reference_date: str = ""


def read_records(
    table: Table,
    request: ImportRequest,
    *,
    today: date,
    places: Places,
    known: KnownAddresses | None = None,
) -> FileRecords:
    """The rows of a table as records for `core.records.changes.plan_import`.

    Args:
        table: The file.
        request: Into which layer, and what its rows do not say.
        today: Dates may not lie after it.
        places: Where the rows are.
        known: The objects of the dossier by address, for rows that name one by it.

    Raises:
        AtlasError: no such register, a column names a person, or nothing can be used.
    """
    table = with_field_names(table, working_layer(request.layer)) if not request.register else table
    if request.register and request.layer == EVIDENCE:
        if request.register not in REGISTERS:
            raise AtlasError(
                "Dit register bestaat niet.", got=request.register, expected=", ".join(REGISTERS)
            )
        found = read_answers(table, request.register, today=today, places=places, known=known)
    elif request.layer == EVIDENCE and _is_answer(table):
        raise AtlasError(
            "Van deze antwoorden is niet gezegd uit welk register ze komen.",
            where=table.source,
            got=f"{counted(len(table), 'rij', 'rijen')} zonder de kolom bewijsbron",
            expected="een register, of een kolom bewijsbron",
            hint="Kies het register dat antwoordde.",
            choices=("register",),
        )
    elif request.layer == SIGNALS:
        found = read_signals(table, today=today, places=places)
    else:
        found = _read_fields(table, request.layer, places, known)
    given = (
        ("bron", request.source),
        ("bewaren_tot", request.keep_until),
        ("peildatum", request.reference_date),
    )
    for record in found.records:
        for name, value in given:
            if value and not record.get(name):
                record[name] = value
    return found


def _is_answer(table: Table) -> bool:
    """Whether no row says what its evidence is: so a register answers, which does not name itself."""
    column = next((name for name in table.columns if name.strip().lower() == "bewijsbron"), None)
    return len(table) > 0 and (column is None or all(map(is_empty, table.column(column))))


def add_municipality(records: Sequence[dict[str, object]], municipalities: Municipalities) -> None:
    """The municipality of every record that has a place and names none, and whether that is sure.

    A municipality that the file names is never called sure when the place says another.
    """
    placed: dict[int, tuple[float, float]] = {
        position: place
        for position, record in enumerate(records)
        if isinstance(place := record.get(GEOMETRY_FIELD), tuple)
        and not (record.get("gemeente_code") and record.get("gemeente_zeker"))
    }
    if not placed:
        return
    for position, (code, sure) in zip(placed, municipalities(list(placed.values())), strict=True):
        record = records[position]
        if code and not record.get("gemeente_code"):
            record["gemeente_code"] = code
        if not record.get("gemeente_zeker"):
            record["gemeente_zeker"] = "ja" if sure and code == record.get("gemeente_code") else "nee"


def report_lines(plan: ImportPlan, found: FileRecords) -> Iterator[tuple[str | int, ...]]:
    """A line (`REPORT_COLUMNS`) for each decision of a plan, and for each row that was not read."""
    for insert in plan.inserts:
        yield insert.row, "nieuw", str(insert.record["uuid"]), "", "", ""
    for update in plan.updates:
        fields = ", ".join(change.field for change in update.changes)
        yield update.row, "gewijzigd", update.uuid, fields, "", ""
    for unchanged in plan.unchanged:
        yield unchanged.row, "ongewijzigd", unchanged.uuid, "", "", unchanged.remark
    for conflict in plan.conflicts:
        fields = ", ".join(change.field for change in conflict.differences)
        yield conflict.row, "conflict", conflict.uuid, fields, "", conflict.explanation
    for refusal in plan.refusals:
        explanation = f"{refusal.reason} Verwacht: {refusal.expected}. {refusal.remedy}"
        yield refusal.row, "geweigerd", "", refusal.field, refusal.got, explanation
    for remark in plan.remarks:
        yield remark.row, "hersteld", "", remark.field, "", remark.text
    for unused in found.report.unused:
        yield unused.row, "niet_gelezen", "", "", "", unused.explanation


def note_lines(notes: Iterable[str]) -> Iterator[tuple[str | None, ...]]:
    """A line (`REPORT_COLUMNS`) for each sentence about a whole input, for the end of the report."""
    for note in notes:
        yield None, "opmerking", "", "", "", note


def _read_fields(table: Table, layer: str, places: Places, known: KnownAddresses | None) -> FileRecords:
    """Rows whose columns have the names of the fields; their places are what `places` knows.

    Parts of an address that the layer has no field for make up its address, or lead to the object that a row
    is about.
    """
    refuse_persons(table)
    described = working_layer(layer)
    rows = choose(table, {})
    places.locate(rows)
    fields = {field.name for field in described.fields}
    named = {column for relation in described.relations for column in relation.via}
    parts = {
        column
        for name, column in rows.columns.items()
        if name in {*ADDRESS_PARTS, *BAG_ID_NAMES} and column not in fields | named
    }  # fmt: skip
    cells = {
        name: table.column(name)
        for name in table.columns
        if name.lower() not in COORDINATE_COLUMNS and name not in parts
    }
    if not fields & {"adres"}:
        cells.pop("adres", None)
    records: list[dict[str, object]] = [
        {name: column[position] for name, column in cells.items() if not is_empty(column[position])}
        for position in range(len(table))
    ]
    if parts and "adres" in fields:
        for position, record in enumerate(records):
            record.update(_whole_address(rows, position))
    for record in records:
        if "gemeente_code" in record:
            record["gemeente_code"] = municipality_code(record["gemeente_code"])
    if named:
        _name_objects(rows, records, named, places, known)
    return rows.finished(records)


def _whole_address(rows: FileRows, position: int) -> dict[str, object]:
    """The address of a row in one text, its parts as its cells have them: "Weg 12A-3, 9401AA Assen"."""
    text = {
        name: f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
        for name, cell in rows.cells(position, ADDRESS_PARTS).items()
    }
    line = text.get("adres", "")
    if not line:
        number = "".join(text.get(name, "") for name in ("huisnummer", "huisletter"))
        addition = text.get("toevoeging", "")
        line = " ".join(filter(None, (text.get("straat", ""), f"{number}-{addition}".strip("-"))))
    place = " ".join(
        part for name in ("postcode", "woonplaats") if (part := text.get(name, "")) and part not in line
    )
    whole = ", ".join(filter(None, (line, place)))
    return {"adres": whole} if whole else {}


def _name_objects(
    rows: FileRows,
    records: Sequence[dict[str, object]],
    named: set[str],
    places: Places,
    known: KnownAddresses | None,
) -> None:
    """Say of rows that name their object by address which one that is."""
    without = [
        position
        for position, record in enumerate(records)
        if record.keys().isdisjoint({*named, "object_uuid", "bedrijf_uuid"})
        and address_of(rows, position) is not None
    ]
    look_up(rows, without, places, known)
    for position in without:
        if position in rows.found_objects:
            records[position]["object_uuid"] = rows.found_objects[position]
        elif rows.found_ids[position]:
            records[position]["bag_vbo_id"] = rows.found_ids[position]
        else:
            reject_unknown(rows, position)
