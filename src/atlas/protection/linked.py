"""Linked tables as what they are to a solver: cells, and cells that are the sum of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that is the sum of others, by their names."""

    total: str
    parts: tuple[str, ...]


def components(cells: Sequence[str], sums: Iterable[Sum]) -> list[tuple[list[str], list[Sum]]]:
    """Cells that hang together by sums, and their sums; in the order of the cells."""
    parent = {cell: cell for cell in cells}

    def root(cell: str) -> str:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    sums = list(sums)
    for one in sums:
        for cell in one.parts:
            parent[root(cell)] = root(one.total)
    groups: dict[str, tuple[list[str], list[Sum]]] = {}
    for cell in cells:
        groups.setdefault(root(cell), ([], []))[0].append(cell)
    for one in sums:
        groups[root(one.total)][1].append(one)
    return list(groups.values())
