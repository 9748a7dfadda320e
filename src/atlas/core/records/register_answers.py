"""What a register answered about addresses: a hit or no hit, and nothing else is taken.

A column that names a person or that was not asked for, or an answer that is something else, and the whole
file is refused: what was delivered by mistake is not stored.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ..tables.column_names import folded, require_columns
from ..tables.registers import NOT_ASKED, read_hit
from ..vacancy.evidence import REGISTERS
from ..words.errors import AtlasError
from ..words.layer_names import EVIDENCE
from .file_rows import check_by_layer, choose, look_up, refuse_persons, reject_unknown

if TYPE_CHECKING:
    from datetime import date

    from ..tables.table import Table
    from .file_rows import FileRecords, FileRows, Places
    from .known_addresses import KnownAddresses

_OBJECT_IDS = ("bag_vbo_id", "bag_pand_id")
_ANSWER = ("waarde", "treffer", "hit", "uitkomst", "resultaat", "antwoord", "aanwezig")
#: besides the answer: what it is about, how old it is, and the names of areas that say nothing about anybody
_ANSWER_FIELDS = {
    "peildatum": ("peildatum", "datum"),
    "bron": ("bron",),
    "bronkenmerk": ("bronkenmerk", "kenmerk"),
    "bewaren_tot": ("bewarentot",),
}
_HARMLESS = frozenset({"gemeente", "gemeentecode", "gemeentenaam", "bewijsbron", "register", "volgnummer"})
_MOST_ROWS_NAMED = 5


def read_answers(
    table: Table, register: str, *, today: date, places: Places, known: KnownAddresses | None = None
) -> FileRecords:
    """Read the answers of a register.

    Args:
        table: One address a row: a BAG id (or an address that `places` knows), the answer, and its reference
            date.
        register: "woz_gebruiker", "hr_vestiging" or "brp_persoon".
        today: A reference date may not lie after it.
        places: To find rows that have an address instead of a BAG id.
        known: The objects of the dossier by address; asked before the BAG.

    Returns:
        Records of the layer leegstand_bewijs, with the BAG id of what they are about; waarde is "treffer",
        "geen_treffer" or "niet_bevraagd" (an empty cell).

    Raises:
        AtlasError: no such register; a column that names a person or was not asked for; an answer that is
            neither hit nor no hit; columns missing; or nothing can be used.
    """
    _check_register(register)
    refuse_persons(table)
    answers = {"waarde": (folded(register), *_ANSWER)}
    rows = choose(table, {**answers, **_ANSWER_FIELDS})
    require_columns(
        rows.columns, ("waarde", "peildatum"), {**answers, **_ANSWER_FIELDS}, table.columns, table.source
    )
    _refuse_other_columns(rows)
    values = _hits(rows)
    every = range(len(table))
    without = [position for position in every if not rows.cells(position, _OBJECT_IDS)]
    look_up(rows, without, places, known)
    records = [_answer_record(rows, position, register, values[position]) for position in every]
    for position, record in enumerate(records):
        if record.keys().isdisjoint((*_OBJECT_IDS, "object_uuid")):
            reject_unknown(rows, position)
    clean = check_by_layer(rows, EVIDENCE, records, today)
    _one_answer_each(rows, clean)
    return rows.finished(clean)


def _check_register(register: str) -> None:
    if register not in REGISTERS:
        raise AtlasError(
            "Dit register wordt niet gebruikt.", got=register[:40], expected=", ".join(REGISTERS)
        )


def _refuse_other_columns(rows: FileRows) -> None:
    known = {*rows.columns.values(), *rows.passed}
    other = [
        column for column in rows.table.columns if column not in known and folded(column) not in _HARMLESS
    ]
    if other:
        raise AtlasError(
            "Dit bestand heeft een kolom die niet is gevraagd.",
            detail="Uit een register mag alleen blijken óf het adres voorkomt.",
            where=rows.table.source,
            got=", ".join(f'"{column}"' for column in other),
            expected="een BAG-id of adres, treffer of geen treffer, en een peildatum",
            hint="Haal de kolom uit het bestand en lees het opnieuw in. Er is niets overgenomen.",
        )


def _hits(rows: FileRows) -> list[str]:
    """The answer of each row; one that is something else refuses the file, without repeating it."""
    column = rows.columns["waarde"]
    values: list[str] = []
    wrong: list[int] = []
    for row, cell in zip(rows.table.rows, rows.table.column(column), strict=True):
        try:
            values.append(NOT_ASKED if cell is None else read_hit(cell))
        except AtlasError:
            wrong.append(row)
    if not wrong:
        return values
    named = ", ".join(map(str, wrong[:_MOST_ROWS_NAMED]))
    more = f" en nog {len(wrong) - _MOST_ROWS_NAMED}" if len(wrong) > _MOST_ROWS_NAMED else ""
    raise AtlasError(
        "In de antwoorden van het register staat iets anders dan treffer of geen treffer.",
        detail="Uit een register mag alleen blijken óf het adres voorkomt, niet wie daar staat ingeschreven.",
        where=f'{rows.table.source}, kolom "{column}", rij {named}{more}',
        got="(niet herhaald: het kan een persoonsgegeven zijn)",
        expected="treffer of geen treffer (ja of nee, 1 of 0), of een lege cel",
        hint="Vraag de leverancier om treffer of geen treffer. Er is niets overgenomen.",
    )


def _answer_record(rows: FileRows, position: int, register: str, value: str) -> dict[str, object]:
    record: dict[str, object] = dict(rows.cells(position, (*_ANSWER_FIELDS, *_OBJECT_IDS)))
    if rows.found_ids[position]:
        record["bag_vbo_id"] = rows.found_ids[position]
    elif position in rows.found_objects:
        record["object_uuid"] = rows.found_objects[position]
    return {**record, "bewijsbron": register, "waarde": value}


def _one_answer_each(rows: FileRows, records: list[dict[str, object]]) -> None:
    """One object has one answer on a day: the same again is left out, two that differ are both refused."""
    of_object: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for position in rows.used():
        key = tuple(records[position].get(name, "") for name in (*_OBJECT_IDS, "object_uuid", "peildatum"))
        of_object[key].append(position)
    for first, *others in of_object.values():
        if len({records[position].get("waarde", "") for position in (first, *others)}) > 1:
            for position in (first, *others):
                rows.reject(
                    position, "tegenstrijdig",
                    "Over dit object zegt een andere rij op dezelfde peildatum iets anders.",
                )  # fmt: skip
        for position in others:
            rows.reject(position, "dubbel", "Dit antwoord staat al eerder in het bestand.")
