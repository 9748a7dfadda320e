"""Rows of a table on their way to a layer of the dossier: column names, places, the rules of the layer.

The dossier checks what it takes in by the same description (`core.incoming`); here the rows that would be
refused are told apart before, with their row in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..core.errors import AtlasError
from ..core.incoming import read_rows
from ..core.persons import names_a_person
from ..core.registers import read_bag_id
from ..core.schema_rural import working_layer
from .bag_sources import ADDRESS_NAMES
from .column_names import choose_columns
from .positions import points_in_rd
from .postal_addresses import ADDRESS_PARTS, AddressBook, PostalAddress, read_postal_address
from .reading import Reading, Sieve
from .table_places import PLACE_NAMES, coordinates, has_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from ..core.tables import Cell, Table

    Floats = NDArray[np.float64]

BAG_IDS = {name: ADDRESS_NAMES[name] for name in ("bag_vbo_id", "adres_id", "bag_pand_id")}
#: columns of a reading that are no field of a layer
_NO_FIELDS = ("rij", "adres_id")
_MOST_REMARKS = 3
_ADDRESSABLE = ("verblijfsobject", "ligplaats", "standplaats")
_KINDS = {"bag_vbo_id": _ADDRESSABLE, "adres_id": ("nummeraanduiding",), "bag_pand_id": ("pand",)}


@dataclass(slots=True)
class DossierRows:
    """Rows being read: cells by our name, what was found of their place, and a sieve."""

    table: Table
    columns: dict[str, str]
    sieve: Sieve
    positions: list[int]

    def cells(self, position: int, names: Iterable[str]) -> dict[str, Cell]:
        """The filled cells of a row, by our names."""
        found = {
            name: self.table.column(self.columns[name])[position] for name in names if name in self.columns
        }
        return {name: cell for name, cell in found.items() if not _empty(cell)}


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


def choose(table: Table, fields: Mapping[str, tuple[str, ...]]) -> DossierRows:
    """Recognise the columns with fields, BAG ids, addresses and places."""
    names = {**fields, **BAG_IDS, **ADDRESS_PARTS}
    columns = choose_columns(table.columns, names, table.source)
    return DossierRows(table, columns, Sieve(table.source, np.asarray(table.rows)), [-1] * len(table))


def note_columns_left_out(rows: DossierRows) -> None:
    """Name the columns that are not taken over."""
    places = choose_columns(rows.table.columns, PLACE_NAMES, rows.table.source).values()
    left = [column for column in rows.table.columns if column not in {*rows.columns.values(), *places}]
    if left:
        rows.sieve.note("Niet overgenomen kolommen: " + ", ".join(f'"{column}"' for column in left) + ".")


def find_in_bag(rows: DossierRows, addresses: pd.DataFrame, where: NDArray[np.bool_] | None = None) -> None:
    """Find the rows that name a BAG id or an address; those that name one which can't be found are taken out.

    Args:
        rows: Their `positions` are filled: position in `addresses`, -1 for a row that names none.
        addresses: The frame of `read_addresses`.
        where: True for the rows to look for; None for all.
    """
    asked = rows.sieve.kept if where is None else rows.sieve.kept & where
    wanted = {position: _named(rows, position) for position in np.flatnonzero(asked).tolist()}
    book = AddressBook(
        addresses, [address for address in wanted.values() if isinstance(address, PostalAddress)]
    )
    ids = {
        name: _positions_of(
            addresses[name], [one.get(name, "") for one in wanted.values() if isinstance(one, dict)]
        )
        for name in ("bag_vbo_id", "adres_id")
    }
    for position, named in wanted.items():
        if isinstance(named, PostalAddress):
            found = book.find(named)
            rows.positions[position] = found.position
            if found.reason:
                rows.sieve.reject_one(position, found.reason, found.explanation)
        elif isinstance(named, dict):
            _place_by_id(rows, position, named, ids)
        elif named:
            rows.sieve.reject_one(position, "adres_onleesbaar", named)


def locate(rows: DossierRows, addresses: pd.DataFrame | None) -> tuple[Floats, Floats]:
    """Where every row is, in RD: its own coordinates; without those its address; NaN for neither.

    Raises:
        AtlasError: see `positions.points_in_rd`.
    """
    count = len(rows.table)
    x, y = np.full(count, np.nan), np.full(count, np.nan)
    if has_places(rows.table):
        own_x, own_y, declared = coordinates(rows.table, rows.sieve)
        own_x, own_y = points_in_rd(own_x, own_y, declared, rows.sieve, may_be_nowhere=True)
        x, y = np.array(own_x), np.array(own_y)
    if addresses is not None:
        find_in_bag(rows, addresses, np.isnan(x))
        found = np.array(rows.positions)
        at = np.flatnonzero(found >= 0)
        x[at], y[at] = (addresses[axis].to_numpy()[found[at]] for axis in ("x", "y"))
    return x, y


def check_by_layer(
    rows: DossierRows, layer: str, records: list[dict[str, object]], today: date
) -> list[dict[str, object]]:
    """The records with clean values; those that the layer refuses are taken out of the sieve."""
    read = read_rows(working_layer(layer), records, today=today, first_row=0)
    mended = [
        f"Rij {rows.sieve.rows[row.row]}: {remark.text}"
        for row in read
        for remark in row.remarks
        if rows.sieve.kept[row.row]
    ]
    for sentence in mended[:_MOST_REMARKS]:
        rows.sieve.note(sentence)
    if len(mended) > _MOST_REMARKS:
        rows.sieve.note(f"En zo zijn nog {len(mended) - _MOST_REMARKS} cellen hersteld.")
    for row in read:
        if row.refusals:
            first = row.refusals[0]
            got = f" Gevonden: {first.got}." if first.got else ""
            sentence = f"{first.field}: {first.reason}{got} {first.remedy}".strip()
            rows.sieve.reject_one(row.row, "rij_onjuist", sentence)
    return [{**row.values, **row.named} for row in read]  # noqa: PD011 - no data frame


def text_frame(
    rows: DossierRows, records: Sequence[Mapping[str, object]], names: Sequence[str]
) -> pd.DataFrame:
    """The used records as columns of text, "" where empty, with the row in the file before them."""
    used = [record for record, stays in zip(records, rows.sieve.kept, strict=True) if stays]
    columns = {name: pd.Series([str(record.get(name, "")) for record in used], dtype="str") for name in names}
    return pd.DataFrame({"rij": rows.sieve.rows[rows.sieve.kept], **columns})


def records_of(reading: Reading) -> list[dict[str, object]]:
    """The rows of a reading for `core.dossier.plan_import`: filled fields, and geometrie as (x, y)."""
    records: list[dict[str, object]] = []
    for row in reading.frame.to_dict("records"):
        x, y = row.pop("x", float("nan")), row.pop("y", float("nan"))
        record = {
            str(name): value for name, value in row.items() if name not in _NO_FIELDS and not _empty(value)
        }
        if x == x and y == y:  # noqa: PLR0124 - not NaN
            record["geometrie"] = (x, y)
        records.append(record)
    return records


def _named(rows: DossierRows, position: int) -> PostalAddress | dict[str, str] | str:
    """What a row says about its address: BAG ids, an address, a sentence what is wrong, or "" for nothing."""
    ids: dict[str, str] = {}
    for name, cell in rows.cells(position, BAG_IDS).items():
        try:
            ids[name] = read_bag_id(cell, kinds=_KINDS[name]).value
        except AtlasError as error:
            return f"{error.title} Gevonden: {error.got}."
    if ids.keys() & {"bag_vbo_id", "adres_id"}:
        return ids
    parts = rows.cells(position, ADDRESS_PARTS)
    if not parts.keys() & {"postcode", "huisnummer", "adres", "straat"}:
        return ""
    return read_postal_address(parts)


def _place_by_id(
    rows: DossierRows, position: int, named: Mapping[str, str], ids: Mapping[str, Mapping[str, int]]
) -> None:
    name = "bag_vbo_id" if "bag_vbo_id" in named else "adres_id"
    found = ids[name].get(named[name], -1)
    rows.positions[position] = found
    if found < 0:
        rows.sieve.reject_one(position, "niet_gevonden", f"{named[name]} staat niet in de ingelezen BAG.")


def _positions_of(column: pd.Series, wanted: list[str]) -> dict[str, int]:
    chosen = np.flatnonzero(column.isin(set(filter(None, wanted))).to_numpy(dtype=bool))
    return dict(zip(column.iloc[chosen][::-1], chosen[::-1].tolist(), strict=True))


def _empty(cell: object) -> bool:
    return cell is None or cell == "" or (isinstance(cell, str) and not cell.strip()) or cell != cell  # noqa: PLR0124 - NaN
