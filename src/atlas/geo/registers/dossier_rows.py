"""Where the rows of a file for the dossier are: in columns with coordinates, or by an address of the BAG."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...core.records.incoming import is_empty
from ...core.tables.address_columns import possible_additions, refuse_narrowing
from ...core.tables.column_names import ADDRESS_PARTS, BAG_ID_NAMES
from ...core.tables.postal_address import PostalAddress, read_postal_address
from ...core.tables.registers import read_bag_id
from ...core.words.errors import AtlasError
from ..reading.frames import Sieve
from ..reading.positions import points_in_rd
from ..reading.table_places import coordinates, has_places
from .postal_addresses import AddressBook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...core.records.file_rows import FileRows

_ADDRESSABLE = ("verblijfsobject", "ligplaats", "standplaats")
_KINDS = {"bag_vbo_id": _ADDRESSABLE, "adres_id": ("nummeraanduiding",), "bag_pand_id": ("pand",)}


class TablePlaces:
    """The places of a table: its own coordinates, and its addresses with the frame of `read_addresses`."""

    def __init__(self, addresses: pd.DataFrame | None = None) -> None:
        self._addresses = addresses

    def locate(self, rows: FileRows) -> None:
        """Fill `rows.places`: a row's own coordinates; without those its address, and then `rows.found_ids`.

        Raises:
            AtlasError: see `positions.points_in_rd`.
        """
        if has_places(rows.table):
            sieve = Sieve(rows.table.source, np.asarray(rows.table.rows))
            x, y, declared = coordinates(rows.table, sieve)
            x, y = points_in_rd(x, y, declared, sieve, may_be_nowhere=True)
            for sentence in sieve.notes:
                rows.note(sentence)
            for position, code, explanation in sieve.taken_out():
                rows.reject(position, code, explanation)
            for position in np.flatnonzero(sieve.kept & ~np.isnan(x) & ~np.isnan(y)).tolist():
                rows.places[position] = (float(x[position]), float(y[position]))
        if self._addresses is None:
            return
        nowhere = [position for position in rows.used() if rows.places[position] is None]
        axes = [self._addresses[axis].to_numpy() for axis in ("x", "y")]
        ids = self._addresses["bag_vbo_id"]
        for position, found in find_in_bag(rows, self._addresses, nowhere).items():
            rows.places[position] = (float(axes[0][found]), float(axes[1][found]))
            rows.found_ids[position] = str(ids.iloc[found])

    def find_addresses(self, rows: FileRows, positions: Sequence[int]) -> None:
        """Fill `rows.found_ids`: the verblijfsobject at the address of each of these rows."""
        if self._addresses is None:
            return
        ids = self._addresses["bag_vbo_id"]
        for position, found in find_in_bag(rows, self._addresses, positions).items():
            rows.found_ids[position] = str(ids.iloc[found])


def find_in_bag(rows: FileRows, addresses: pd.DataFrame, positions: Sequence[int]) -> dict[int, int]:
    """Find rows that name a BAG id or an address; those that name one which can't be found are rejected.

    Args:
        rows: The rows of the file.
        addresses: The frame of `read_addresses`.
        positions: The rows to look for.

    Returns:
        Position of a row -> its position in `addresses`; rows that name none are left out.

    Raises:
        AtlasError: a column that is not understood makes of a found address another that exists too.
    """
    wanted = {position: _named(rows, position) for position in positions if rows.is_used(position)}
    book = AddressBook(
        addresses, [address for address in wanted.values() if isinstance(address, PostalAddress)]
    )
    ids = {
        name: _positions_of(
            addresses[name], [one.get(name, "") for one in wanted.values() if isinstance(one, dict)]
        )
        for name in ("bag_vbo_id", "adres_id")
    }
    narrowing = possible_additions(rows.table, {*rows.columns.values(), *rows.passed})
    found: dict[int, int] = {}
    for position, named in wanted.items():
        if isinstance(named, PostalAddress):
            match = book.find(named)
            if match.reason:
                rows.reject(position, match.reason, match.explanation)
            else:
                for column in narrowing:
                    _refuse_another(rows, book, position, named, column)
                found[position] = match.position
        elif isinstance(named, dict):
            name = "bag_vbo_id" if "bag_vbo_id" in named else "adres_id"
            if named[name] in ids[name]:
                found[position] = ids[name][named[name]]
            else:
                rows.reject(position, "niet_gevonden", f"{named[name]} staat niet in de ingelezen BAG.")
        elif named:
            rows.reject(position, "adres_onleesbaar", named)
    return found


def _refuse_another(
    rows: FileRows, book: AddressBook, position: int, address: PostalAddress, column: str
) -> None:
    """What narrows an address is never dropped, whatever its column is called: 14 and "A" are 14A."""
    cell = rows.table.column(column)[position]
    other = "" if is_empty(cell) else book.another(address, str(cell))
    if other:
        raise refuse_narrowing(rows.table, column, int(rows.table.rows[position]), cell, other)


def text_frame(rows: FileRows, records: Sequence[Mapping[str, object]], names: Sequence[str]) -> pd.DataFrame:
    """The used records as columns of text, "" where empty, with the row in the file before them."""
    used = rows.used()
    columns = {
        name: pd.Series([str(records[position].get(name, "")) for position in used], dtype="str")
        for name in names
    }
    return pd.DataFrame({"rij": np.asarray(rows.table.rows)[used], **columns})


def _named(rows: FileRows, position: int) -> PostalAddress | dict[str, str] | str:
    """What a row says about its address: BAG ids, an address, a sentence what is wrong, or "" for nothing."""
    ids: dict[str, str] = {}
    for name, cell in rows.cells(position, BAG_ID_NAMES).items():
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


def _positions_of(column: pd.Series, wanted: list[str]) -> dict[str, int]:
    chosen = np.flatnonzero(column.isin(set(filter(None, wanted))).to_numpy(dtype=bool))
    return dict(zip(column.iloc[chosen][::-1], chosen[::-1].tolist(), strict=True))
