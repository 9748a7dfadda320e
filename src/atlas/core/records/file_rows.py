"""Rows of a file on their way to a layer of the dossier: columns, places, answers of a register, signals.

The dossier checks what it takes in by the same description (`core.records.incoming`); here the rows that
would be refused are told apart before, with their row in the file. What registers answered has a module of
its own (`register_answers`), and so have signals (`signal_rows`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ..schema.published import GEOMETRY_FIELD
from ..schema.rural import working_layer
from ..tables.address_columns import choose_address
from ..tables.column_names import (
    ADDRESS_PARTS,
    BAG_ID_NAMES,
    PLACE_NAMES,
    choose_columns,
    folded,
)
from ..tables.persons import names_a_person
from ..tables.postal_address import PostalAddress, read_postal_address
from ..words.errors import AtlasError
from ..words.notation import counted
from .incoming import is_empty, read_rows
from .list_template import EXAMPLE_SOURCE
from .unused_rows import UnusedRow, nothing_usable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from ..tables.cell import Cell
    from ..tables.table import Table
    from .known_addresses import KnownAddresses

_MOST_REMARKS = 3


class Places(Protocol):
    """Where the rows of a file are; what knows it differs between a table and a layer of a GIS."""

    def locate(self, rows: FileRows) -> None:
        """Fill `rows.places` (EPSG:28992); reject the rows of which the place can't be right.

        Raises:
            AtlasError: the places of the file as a whole can't be right.
        """

    def find_addresses(self, rows: FileRows, positions: Sequence[int]) -> None:
        """Fill `rows.found_ids` where these rows have an address; reject one that is not found."""


@dataclass(frozen=True, slots=True)
class RowsReport:
    """What became of the rows of a file: `read == used + len(unused)`; `notes` hold for all of it."""

    source: str
    read: int
    used: int
    unused: tuple[UnusedRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileRecords:
    """The records of a file for `core.records.changes.plan_import`, and the row in the file of each."""

    records: list[dict[str, object]]
    numbers: list[int]
    report: RowsReport
    #: position in `records` -> the BAG id that its address led to
    found_ids: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class FileRows:
    """Rows being read: cells by our name, what was found of their place, and those that are not used.

    Args:
        table: The file.
        columns: Our name -> the column of the file.
        places: For every row x and y in EPSG:28992, None for none.
        found_ids: For every row the BAG id that its address led to, "" for none.
        found_objects: Position of a row -> uuid of the one object of the dossier at its address.
        doubtful: Position of a row -> how many objects of the dossier stand at its address.
        passed: Columns that are about an address and not taken for it: a running number, where the post goes.
        unused: Position of a row -> why it is not used; the first reason that was given.
    """

    table: Table
    columns: dict[str, str]
    places: list[tuple[float, float] | None] = field(init=False)
    found_ids: list[str] = field(init=False)
    found_objects: dict[int, str] = field(init=False, default_factory=dict)
    doubtful: dict[int, int] = field(init=False, default_factory=dict)
    passed: frozenset[str] = field(init=False, default=frozenset())
    notes: list[str] = field(init=False, default_factory=list)
    unused: dict[int, UnusedRow] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.places = [None] * len(self.table)
        self.found_ids = [""] * len(self.table)

    def cells(self, position: int, names: Iterable[str]) -> dict[str, Cell]:
        """The filled cells of a row, by our names."""
        found = {
            name: self.table.column(self.columns[name])[position] for name in names if name in self.columns
        }
        return {name: cell for name, cell in found.items() if not is_empty(cell)}

    def is_used(self, position: int) -> bool:
        """Whether a row is still in."""
        return position not in self.unused

    def used(self) -> list[int]:
        """The positions of the rows that are still in."""
        return [position for position in range(len(self.table)) if self.is_used(position)]

    def reject(self, position: int, code: str, explanation: str) -> None:
        """Take out one row, if it is still in; `code` is a key of `unused_rows.REASONS`."""
        if self.is_used(position):
            self.unused[position] = UnusedRow(
                int(self.table.rows[position]), self.table.source, code, explanation
            )

    def note(self, sentence: str) -> None:
        """Say something about the whole file, once."""
        if sentence and sentence not in self.notes:
            self.notes.append(sentence)

    def finished(self, records: Sequence[dict[str, object]]) -> FileRecords:
        """The records of the rows that are still in, with their places.

        Args:
            records: One for each row of the table.

        Raises:
            AtlasError: not one row can be used.
        """
        unused = tuple(self.unused[position] for position in sorted(self.unused))
        if len(unused) == len(self.table):
            counts = Counter(row.reason_code for row in self.unused.values())
            raise nothing_usable(self.table.source, counts, unused[0] if unused else None)
        taken: list[dict[str, object]] = []
        ids: dict[int, str] = {}
        for position in self.used():
            record, place = records[position], self.places[position]
            if self.found_ids[position]:
                ids[len(taken)] = self.found_ids[position]
            taken.append({**record, GEOMETRY_FIELD: place} if place is not None else record)
        report = RowsReport(self.table.source, len(self.table), len(taken), unused, tuple(self.notes))
        return FileRecords(taken, [int(self.table.rows[position]) for position in self.used()], report, ids)


def choose(table: Table, fields: Mapping[str, tuple[str, ...]]) -> FileRows:
    """Recognise the columns with fields, BAG ids and addresses.

    Raises:
        AtlasError: see `choose_columns` and `choose_address`.
    """
    chosen = choose_columns(table.columns, {**fields, **BAG_ID_NAMES}, table.source)
    address = choose_address(table, chosen.values())
    rows = FileRows(table, {**chosen, **address.chosen})
    rows.passed = address.passed
    for sentence in address.notes:
        rows.note(sentence)
    _leave_example(rows)
    return rows


def _leave_example(rows: FileRows) -> None:
    """Take out the row that shows how an empty list is filled in."""
    source = next((column for column in rows.table.columns if folded(column) == "bron"), None)
    for position, cell in enumerate(rows.table.column(source) if source else ()):
        if cell == EXAMPLE_SOURCE:
            rows.reject(position, "voorbeeld", "Dit is de voorbeeldrij van het lege bestand.")


def refuse_persons(table: Table) -> None:
    """Check that no column names a person.

    Raises:
        AtlasError: one does; its cells are not repeated.
    """
    personal = [column for column in table.columns if names_a_person(column)]
    if personal:
        raise AtlasError(
            "Dit bestand heeft een kolom die een persoon noemt.",
            where=table.source,
            got=", ".join(f'"{column}"' for column in personal),
            expected="gegevens over plekken, zonder namen, nummers of contactgegevens van personen",
            hint="Haal de kolom uit het bestand en lees het opnieuw in. Er is niets overgenomen.",
        )


def note_columns_left_out(rows: FileRows) -> None:
    """Name the columns that are not taken over."""
    places = choose_columns(rows.table.columns, PLACE_NAMES, rows.table.source).values()
    left = [column for column in rows.table.columns if column not in {*rows.columns.values(), *places}]
    if left:
        rows.note("Niet overgenomen kolommen: " + ", ".join(f'"{column}"' for column in left) + ".")


def check_by_layer(
    rows: FileRows, layer: str, records: list[dict[str, object]], today: date
) -> list[dict[str, object]]:
    """The records with clean values; the rows that the layer refuses are rejected."""
    read = read_rows(working_layer(layer), records, today=today, numbers=range(len(records)))
    mended = [
        f"Rij {rows.table.rows[row.row]}: {remark.text}"
        for row in read
        for remark in row.remarks
        if rows.is_used(row.row)
    ]
    for sentence in mended[:_MOST_REMARKS]:
        rows.note(sentence)
    if len(mended) > _MOST_REMARKS:
        more = len(mended) - _MOST_REMARKS
        rows.note(f"En zo {'is' if more == 1 else 'zijn'} nog {counted(more, 'cel', 'cellen')} hersteld.")
    for row in read:
        if row.refusals:
            first = row.refusals[0]
            got = f" Gevonden: {first.got}." if first.got else ""
            rows.reject(row.row, "rij_onjuist", f"{first.field}: {first.reason}{got} {first.remedy}".strip())
    return [{**row.values, **row.named} for row in read]


def address_of(rows: FileRows, position: int) -> PostalAddress | None:
    """The address that a row names, None when it names none that can be read."""
    parts = rows.cells(position, ADDRESS_PARTS)
    if not parts.keys() & {"postcode", "huisnummer", "adres", "straat"}:
        return None
    address = read_postal_address(parts)
    return address if isinstance(address, PostalAddress) else None


def _name_objects(rows: FileRows, positions: Iterable[int], known: KnownAddresses | None) -> list[int]:
    """Fill `rows.found_objects` where one object of the dossier stands at the address of a row.

    Returns:
        The positions that are left: no address, or none or several objects there.
    """
    left = []
    for position in positions:
        address = address_of(rows, position) if known is not None and rows.is_used(position) else None
        found = known.find(address) if known is not None and address is not None else []
        if len(found) == 1:
            rows.found_objects[position] = found[0]
        else:
            if found:
                rows.doubtful[position] = len(found)
            left.append(position)
    return left


def look_up(rows: FileRows, positions: Sequence[int], places: Places, known: KnownAddresses | None) -> None:
    """Find what rows without an id are about: the object of the dossier at their address, else the BAG."""
    left = _name_objects(rows, positions, known)
    if left:
        places.find_addresses(rows, left)


def reject_unknown(rows: FileRows, position: int) -> None:
    """Reject a row about no object, and say why."""
    if position in rows.doubtful:
        rows.reject(
            position, "dubbelzinnig",
            f"Bij dit adres horen {rows.doubtful[position]} objecten van het dossier: noem het BAG-id of het "
            "uuid van het object.",
        )  # fmt: skip
        return
    rows.reject(
        position, "geen_object",
        "Deze rij noemt geen object: er is geen BAG-id, en geen adres van een object in het dossier of, als "
        "die erbij is gegeven, in de BAG.",
    )  # fmt: skip
