"""The cells of a sheet of an ODS, from the tags of its content; `workbook_cells` opens the file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from .percent_cells import ODS_CELLS, repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .percent_cells import Piece

    OdsCell = str | float | bool | dt.date | dt.datetime | None

_TRUE = ("1", "true")


class OdsSheet:
    """Takes the tags of all sheets one by one, and puts the cells of one in their place.

    Args:
        put: Told of each cell: row and column, from 0, and what it holds.
        sheet: Its name.
    """

    def __init__(self, put: Callable[[int, int, OdsCell], None], sheet: str) -> None:
        self.percentages, self.there = set[tuple[int, int]](), False
        self._put = put
        self._sheet, self._inside, self._remarks = sheet, False, 0
        self._row, self._column, self._times = 0, 0, 1
        self._own: Mapping[str, str] = {}
        self._paragraphs: list[str] = []
        self._filled: list[tuple[range, OdsCell]] = []

    def read(self, pieces: Iterable[Piece]) -> None:
        """Read all of it."""
        take = {"table-row": self._of_row, "annotation": self._of_remark,
                **dict.fromkeys(ODS_CELLS, self._of_cell)}  # fmt: skip
        for opens, name, attributes, before in pieces:
            if name == "table":
                self._inside, self._row = opens and attributes.get("name") == self._sheet, 0
                self.there = self.there or self._inside
            elif self._inside and name in take:
                take[name](attributes, opens=opens)
            elif self._inside and not self._remarks:
                self._of_text(name, before, opens=opens)

    def _of_row(self, attributes: Mapping[str, str], *, opens: bool) -> None:
        if opens:
            self._times, self._column, self._filled = repeated(attributes, "rows"), 0, []
            return
        for row in range(self._row, self._row + self._times if self._filled else self._row):
            for places, cell in self._filled:
                for place in places:
                    self._put(row, place, cell)
                    if isinstance(cell, _Percentage):
                        self.percentages.add((row, place))
        self._row += self._times

    def _of_cell(self, attributes: Mapping[str, str], *, opens: bool) -> None:
        if opens:
            self._own, self._paragraphs = attributes, []
            return
        places = range(self._column, self._column + repeated(self._own, "columns"))
        cell = _ods_cell(self._own, "\n".join(self._paragraphs))
        if cell is not None:
            self._filled.append((places, cell))
        self._column = places.stop

    def _of_remark(self, _attributes: Mapping[str, str], *, opens: bool) -> None:
        self._remarks += 1 if opens else -1

    def _of_text(self, name: str, before: str, *, opens: bool) -> None:
        if name == "p" and opens:
            self._paragraphs.append("")
        elif self._paragraphs:
            self._paragraphs[-1] += before + (" " if name == "s" and opens else "")


class _Percentage(float):
    """A number that a sheet (ODS) says is a percentage."""

    __slots__ = ()


def _ods_cell(own: Mapping[str, str], text: str) -> OdsCell:
    kind = own.get("value-type", "")
    if kind in ("float", "percentage", "currency"):
        return (_Percentage if kind == "percentage" else float)(own["value"])
    if kind == "boolean":
        return own.get("boolean-value") in _TRUE
    if kind == "date":
        said = own.get("date-value", "")
        return dt.datetime.fromisoformat(said) if "T" in said else dt.date.fromisoformat(said)
    if kind == "string":
        return own.get("string-value", text) or None
    return text or None
