"""Figures of squares beside those of municipalities, when who has both learns no more than agreed.

The squares are rounded to the total that the municipalities have already. What lies in a square and in a
municipality is a hidden number to the attacker: a municipality less the squares within it, the strip outside
them, a region against the squares that cover it. Where one is narrowed its area goes together with the
nearest; when nothing is left that holds, the table has no squares and says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..core.disclosure.protected import cell_name
from ..core.disclosure.squares import merged, with_nearest
from .audit import Statements, changed_much
from .linked import Sum
from .rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..core.disclosure.protected import ProtectedTable
    from .audit import Narrowed

    Area = frozenset[str]

#: how often areas go together after what the attacker found
_ROUNDS = 30
_NONE = "Er zijn geen cijfers per vierkant: {why}."
_UNKNOWN_PLACE = "niet van elk object is een plaats bekend"
_TOO_FEW = "er is te weinig om in delen te tonen"
_NARROWED = "naast die van de gemeenten gaven ze te veel prijs"


@dataclass(frozen=True, slots=True)
class Squares:
    """What is counted in squares of 5 km.

    Args:
        condition: What is counted.
        numbers: Square -> how many.
        farms: Square -> how many farms.
        touching: Every square of the municipalities -> those that it touches.
    """

    condition: str
    numbers: Mapping[str, int]
    farms: Mapping[str, int]
    touching: Mapping[str, tuple[str, ...]]


def with_squares(
    table: ProtectedTable, counts: Squares, key: bytes, before: Sequence[ProtectedTable], *, records: int
) -> ProtectedTable:
    """The table with the figures of squares, or with the reason why it has none.

    Args:
        table: With the figures of municipalities.
        counts: What was counted in squares.
        key: Of the dossier.
        before: The tables before it, oldest first.
        records: How many records there are in the municipalities.
    """
    rules, condition = table.rules, counts.condition
    total = cell_name(table.municipalities, condition)
    numbers_of = {cell_name([one], condition): counts.numbers.get(one, 0) for one in counts.touching}
    table = replace(table, counted=MappingProxyType({**table.counted, **numbers_of}))
    if total not in table.cells:
        return _without(table, _TOO_FEW)
    if sum(counts.numbers.values()) != records:
        return _without(table, _UNKNOWN_PLACE)

    def is_enough(area: Area) -> bool:
        return (
            sum(counts.numbers.get(square, 0) for square in area) >= rules.minste_per_vierkant
            and sum(counts.farms.get(square, 0) for square in area) >= rules.minste_bedrijven
        )

    last = next((one for one in reversed(before) if one.squares), None)
    units = [frozenset(area) for area in last.square_areas.values()] if last else []
    touching = {**(last.squares if last else {}), **counts.touching}
    units += [frozenset([square]) for square in touching if not any(square in unit for unit in units)]
    areas = merged(units, is_enough)
    for _ in range(_ROUNDS):
        if len(areas) < 2:  # noqa: PLR2004 - one area of all squares is the total
            return _without(table, _TOO_FEW)
        of_area = {cell_name(area, condition): area for area in areas}
        numbers = {
            cell: sum(counts.numbers.get(square, 0) for square in area) for cell, area in of_area.items()
        }
        figures = rounded(
            {**numbers, total: records},
            [Sum(total, tuple(of_area))],
            base=rules.grondtal,
            key=key,
            before={**(last.cells if last else {}), total: table.cells[total]},
            kept={total},
        )
        guilty = {areas[0]}
        if figures is not None:
            cells = dict(sorted({**table.cells, **figures}.items()))
            found = replace(
                table, cells=MappingProxyType(cells), squares=MappingProxyType(dict(sorted(touching.items())))
            )
            wrong = narrowed_beside([*before, found], condition)
            if not wrong:
                return found
            guilty = _guilty(wrong, found, numbers)
        for area in guilty:
            if area in areas and len(areas) > 1:
                areas = with_nearest(areas, area)
    return _without(table, _NARROWED)


def _without(table: ProtectedTable, why: str) -> ProtectedTable:
    return replace(table, notes=(*table.notes, _NONE.format(why=why)))


def _guilty(wrong: Sequence[Narrowed], table: ProtectedTable, numbers: Mapping[str, int]) -> set[Area]:
    """The areas that go together with another: those narrowed, or the smallest in a narrowed municipality."""
    areas = table.square_areas
    found = set()
    for one in wrong:
        place = one.cell.partition("|")[0].rpartition("&")[2]
        if place in areas:
            found.add(frozenset(areas[place]))
            continue
        codes = set(place.split(","))
        near = [area for area in areas.values() if codes & set(table.touched(area))]
        smallest = min(near or areas.values(), key=lambda area: (_number(numbers, area), area))
        found.add(frozenset(smallest))
    return found


def _number(numbers: Mapping[str, int], area: tuple[str, ...]) -> int:
    return next(number for cell, number in numbers.items() if cell.partition("|")[0] == ",".join(area))


def linked_squares(tables: Sequence[ProtectedTable], condition: str) -> Iterator[tuple[str, Sum]]:
    """What hangs together by squares, for each table: (its reference date, a sum).

    A municipality and an area of squares are each the sum of what lies in both, "GM0106&E2200N5600|…"; an
    area of a later table is the sum of those of the table before that went together.

    Args:
        tables: Oldest first.
        condition: What is counted: the end of the names of the cells.
    """
    squared = [table for table in tables if table.squares]
    for table in squared:
        areas = {code: table.touched(squares) for code, squares in table.square_areas.items()}
        for code, touched in areas.items():
            parts = tuple(f"{municipality}&{code}|{condition}" for municipality in touched)
            yield table.peildatum, Sum(f"{code}|{condition}", parts)
        for municipality in table.municipalities:
            inside = [code for code, touched in areas.items() if municipality in touched]
            parts = tuple(f"{municipality}&{code}|{condition}" for code in inside)
            yield table.peildatum, Sum(f"{municipality}|{condition}", parts)
    for first, second in pairwise(squared):
        for code, squares in second.square_areas.items():
            inside = [one for one, of_one in first.square_areas.items() if set(of_one) <= set(squares)]
            if len(inside) > 1:
                yield (
                    first.peildatum,
                    Sum(f"{code}|{condition}", tuple(f"{one}|{condition}" for one in inside)),
                )


def narrowed_beside(tables: Sequence[ProtectedTable], condition: str) -> list[Narrowed]:
    """The cells of municipalities and squares that say too much beside each other, in all tables together."""
    said = Statements(changed_much(tables))
    for table in tables:
        base, areas = table.rules.grondtal, table.square_areas
        ends = {
            cell: (max(0, figure - base + 1), figure + base - 1)
            for cell, figure in table.cells.items()
            if cell.partition("|")[2] == condition and not table.is_of_squares(cell)
        }
        for code, squares in areas.items():
            shown = table.shown_of_squares(squares, condition)
            if shown:
                ends[f"{code}|{condition}"] = shown.low, shown.high
        for cell, of_cell in ends.items():
            said.say_rounded(table.peildatum, cell, of_cell, base - 1)
            inside = cell.partition("|")[0].split(",")
            if len(inside) > 1:
                said.add_up(table.peildatum, Sum(cell, tuple(cell_name([one], condition) for one in inside)))
    for peildatum, one in linked_squares(tables, condition):
        said.add_up(peildatum, one)
    for (peildatum, cell), (_, high) in said.known.items():
        if math.isinf(high):
            said.ask(peildatum, cell, min(one.rules.grondtal for one in tables) - 1)
    return said.narrowed()
