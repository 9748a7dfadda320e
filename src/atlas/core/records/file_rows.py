"""Rows of a file on their way to a layer of the dossier: column names, places, the rules of the layer.

The dossier checks what it takes in by the same description (`core.records.incoming`); here the rows that
would be
refused are told apart before, with their row in the file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ..schema.published import GEOMETRY_FIELD
from ..schema.rural import working_layer
from ..tables.address_columns import choose_address
from ..tables.column_names import BAG_ID_NAMES, PLACE_NAMES, choose_columns
from ..tables.persons import names_a_person
from ..words.errors import AtlasError
from .incoming import is_empty, read_rows
from .unused_rows import UnusedRow, nothing_usable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from ..tables.cell import Cell
    from ..tables.table import Table

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
    """The records of a file for `core.dossier.plan_import`, and the row in the file of each."""

    records: list[dict[str, object]]
    numbers: list[int]
    report: RowsReport


@dataclass(slots=True)
class FileRows:
    """Rows being read: cells by our name, what was found of their place, and those that are not used.

    Args:
        table: The file.
        columns: Our name -> the column of the file.
        places: For every row x and y in EPSG:28992, None for none.
        found_ids: For every row the BAG id that its address led to, "" for none.
        passed: Columns that are about an address and not taken for it: a running number, where the post goes.
        unused: Position of a row -> why it is not used; the first reason that was given.
    """

    table: Table
    columns: dict[str, str]
    places: list[tuple[float, float] | None] = field(init=False)
    found_ids: list[str] = field(init=False)
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
        taken = []
        for position in self.used():
            record, place = records[position], self.places[position]
            taken.append({**record, GEOMETRY_FIELD: place} if place is not None else record)
        report = RowsReport(self.table.source, len(self.table), len(taken), unused, tuple(self.notes))
        return FileRecords(taken, [int(self.table.rows[position]) for position in self.used()], report)


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
    return rows


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
        rows.note(f"En zo zijn nog {len(mended) - _MOST_REMARKS} cellen hersteld.")
    for row in read:
        if row.refusals:
            first = row.refusals[0]
            got = f" Gevonden: {first.got}." if first.got else ""
            rows.reject(row.row, "rij_onjuist", f"{first.field}: {first.reason}{got} {first.remedy}".strip())
    return [{**row.values, **row.named} for row in read]
