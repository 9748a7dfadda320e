"""Where the rows of a file for the dossier are: in columns with coordinates, or by an address of the BAG."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...core.records.address_book import BagAddress, id_by_address, place_by_address
from ...core.tables.column_names import folded
from ..reading.frames import Sieve
from ..reading.positions import points_in_rd
from ..reading.table_places import coordinates, has_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...core.records.address_book import Wanted
    from ...core.records.file_rows import FileRows

#: columns of the frame in the order of `BagAddress`, which has the position before them
_OF_AN_ADDRESS = (
    "bag_vbo_id", "adres_id", "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats",
    "x", "y",
)  # fmt: skip


class TablePlaces:
    """The places of a table: its own coordinates, and its addresses with the frame of `read_addresses`."""

    def __init__(self, addresses: pd.DataFrame | None = None) -> None:
        self._register = None if addresses is None else FrameRegister(addresses)

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
        if self._register is not None:
            nowhere = [position for position in rows.used() if rows.places[position] is None]
            place_by_address(rows, self._register, nowhere)

    def find_addresses(self, rows: FileRows, positions: Sequence[int]) -> None:
        """Fill `rows.found_ids`: the verblijfsobject at the address of each of these rows."""
        if self._register is not None:
            id_by_address(rows, self._register, positions)


class FrameRegister:
    """The frame of `read_addresses`, searched as a whole: a national one has ten million rows."""

    def __init__(self, addresses: pd.DataFrame) -> None:
        self._addresses = addresses

    def matching(self, wanted: Wanted) -> list[BagAddress]:
        """See `BagRegister`."""
        frame = self._addresses
        there = np.zeros(len(frame), dtype=bool)
        asked = {
            "postcode": wanted.postcodes, "bag_vbo_id": wanted.vbo_ids, "adres_id": wanted.address_ids,
        }  # fmt: skip
        for name, values in asked.items():
            if values:
                there |= frame[name].isin(values).to_numpy(dtype=bool)
        if wanted.streets:
            codes, names = pd.factorize(frame["straat"])
            known = np.array([folded(str(name)) in wanted.streets for name in names], dtype=bool)
            there |= known[codes] if known.size else False
        at = np.flatnonzero(there)
        cells = (frame[name].iloc[at].tolist() for name in _OF_AN_ADDRESS)
        return [BagAddress(*row) for row in zip(at.tolist(), *cells, strict=True)]


def text_frame(rows: FileRows, records: Sequence[Mapping[str, object]], names: Sequence[str]) -> pd.DataFrame:
    """The used records as columns of text, "" where empty, with the row in the file before them."""
    used = rows.used()
    columns = {
        name: pd.Series([str(records[position].get(name, "")) for position in used], dtype="str")
        for name in names
    }
    return pd.DataFrame({"rij": np.asarray(rows.table.rows)[used], **columns})
