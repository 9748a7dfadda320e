"""Making a protected table: what may be shown at all, rounding, and the attacker's answer fed back in.

A number that the attacker narrows to less than was asked, alone or beside the editions before, goes back into
the rounding: first the cell keeps the figure that it had, else that outcome may not come again. When nothing
helps, parts are taken together into their whole, and the table says so.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..core.disclosure.protected import ProtectedTable, cell_name
from ..core.disclosure.squares import SQUARES
from ..core.words.errors import AtlasError
from ..core.words.notation import counted
from .audit import Edition, changed_much, narrowed
from .linked import Sum
from .model import solver
from .rounding import rounded
from .squares import with_squares

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ..core.disclosure.rules import Rules
    from .squares import Squares

    Wholes = Callable[[Iterable[str]], list[tuple[str, tuple[str, ...]]]]

#: how often what the attacker found goes back in before parts are taken together
_ROUNDS = 12
SMALL_AREA = "Dit gebied heeft te weinig agrarische bedrijven, of staat er met een ander gebied voor in."
DOMINATED = "Te veel van dit aantal komt van één erf."
TOGETHER = "De delen van dit aantal zijn samengenomen: apart waren ze niet te beschermen."


@dataclass(frozen=True, slots=True)
class Counted:
    """What a table is made of.

    Args:
        peildatum: ISO date of the records.
        numbers: Condition -> municipality -> how many.
        areas: The municipalities of each area that gets a figure, single ones too.
        farms: Municipality -> how many farms it has.
        contributions: Condition -> municipality -> what each contributor adds to the number.
        wholes: The parts that add up to a whole, of some conditions.
        squares: What is counted in squares; None when that is not asked.
    """

    peildatum: str
    numbers: Mapping[str, Mapping[str, int]]
    areas: Sequence[tuple[str, ...]]
    farms: Mapping[str, int]
    contributions: Mapping[str, Mapping[str, Sequence[int]]]
    wholes: Wholes
    squares: Squares | None = None

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Codes, sorted."""
        return tuple(sorted({code for area in self.areas for code in area}))

    def checksum(self, key: bytes) -> str:
        """Of all numbers, in any order; with the key, so that nobody can try small numbers."""
        lines = sorted(
            f"{cell_name([code], condition)}={number}"
            for condition, by_code in self.numbers.items()
            for code, number in by_code.items()
        )
        for counted_in in (self.squares.numbers, self.squares.farms) if self.squares else ():
            lines += sorted(f"{square}={number}" for square, number in counted_in.items())
        return hmac.new(key, "\n".join([self.peildatum, *lines]).encode(), hashlib.sha256).hexdigest()


def linked_sums(areas: Sequence[tuple[str, ...]], conditions: Iterable[str], wholes: Wholes) -> list[Sum]:
    """What adds up: the municipalities of an area, and the parts of a whole in every area."""
    conditions = sorted(conditions)
    sums = [
        Sum(cell_name(area, condition), tuple(cell_name([code], condition) for code in area))
        for condition in conditions
        for area in areas
        if len(area) > 1
    ]
    return sums + [
        Sum(cell_name(area, whole), tuple(cell_name(area, part) for part in parts))
        for whole, parts in wholes(conditions)
        for area in areas
    ]


def made(counts: Counted, rules: Rules, key: bytes, before: Sequence[ProtectedTable] = ()) -> ProtectedTable:
    """A protected table.

    Args:
        counts: What was counted.
        rules: Of the audience `partners`.
        key: Of the dossier.
        before: The tables before it, oldest first.

    Raises:
        AtlasError: there is nothing that may be shown.
    """
    areas = sorted({tuple(sorted(area)) for area in counts.areas} | {counts.municipalities})
    withheld = _withheld(counts, areas, rules)
    conditions = sorted(counts.numbers)
    bare = ProtectedTable(
        counts.peildatum, counts.municipalities, rules, solver(), counts.checksum(key),
        MappingProxyType({}), MappingProxyType({}), before[-1].peildatum if before else "",
        counted=MappingProxyType(
            {
                cell_name([code], condition): number
                for condition, by_code in counts.numbers.items()
                for code, number in by_code.items()
            }
        ),
    )  # fmt: skip
    notes: list[str] = []
    while conditions:
        figures, guilty = _rounded(counts, areas, conditions, key, (*before, bare))
        if figures is not None:
            break
        parts = [
            part for whole, of_whole in counts.wholes(conditions) for part in of_whole if whole in guilty
        ]
        gone = parts or [condition for condition in conditions if condition in guilty] or conditions
        withheld |= dict.fromkeys(gone, TOGETHER)
        conditions = [condition for condition in conditions if condition not in gone]
    if not conditions or figures is None:
        raise AtlasError(
            "Van dit dossier is er geen aantal dat naar anderen mag.",
            where=counts.peildatum,
            hint="Wacht op meer records, of geef alleen aan het team uit.",
        )
    if lost := sum(1 for why in withheld.values() if why == TOGETHER):
        notes.append(f"{counted(lost, 'deel is', 'delen zijn')} samengenomen met het geheel.")
    shown = {cell: figure for cell, figure in sorted(figures.items()) if cell not in withheld}
    table = replace(
        bare,
        cells=MappingProxyType(shown),
        withheld=MappingProxyType(dict(sorted(withheld.items()))),
        notes=tuple(notes),
    )
    if counts.squares is None or SQUARES not in rules.geografieen:
        return table
    records = sum(counts.numbers.get(counts.squares.condition, {}).values())
    return with_squares(table, counts.squares, key, before, records=records)


def _rounded(
    counts: Counted,
    areas: Sequence[tuple[str, ...]],
    conditions: Sequence[str],
    key: bytes,
    tables: Sequence[ProtectedTable],
) -> tuple[dict[str, int] | None, set[str]]:
    """Figures that hold against the attacker, or None with the wholes in which they don't.

    The last of the tables is the one that they are for, without figures yet.
    """
    *before, now = tables
    base, changed = now.rules.grondtal, changed_much(tables)
    numbers = {
        cell_name(area, condition): sum(counts.numbers[condition][code] for code in area)
        for condition in conditions
        for area in areas
    }
    sums = linked_sums(areas, conditions, counts.wholes)
    last = dict(before[-1].cells) if before else {}
    editions = [Edition(table.peildatum, table.of_municipalities, table.rules.grondtal) for table in before]
    kept: set[str] = set()
    cuts: list[dict[str, int]] = []
    guilty: set[str] = set()
    for _ in range(_ROUNDS):
        figures = rounded(numbers, sums, base=base, key=key, before=last, kept=kept, cuts=cuts)
        if figures is None:
            break
        wrong = narrowed([*editions, Edition(counts.peildatum, figures, base)], sums, changed)
        if not wrong:
            return figures, set()
        cells = {one.cell for one in wrong}
        guilty = {_whole_of(cell) for cell in cells}
        again = {cell for cell in cells if cell in last and abs(last[cell] - numbers[cell]) < base}
        if again <= kept:
            group = {cell: figure for cell, figure in figures.items() if _whole_of(cell) in guilty}
            cuts.append(group)
        kept |= again
    return None, guilty or {_whole_of(condition) for condition in conditions}


def _whole_of(cell: str) -> str:
    return cell.rpartition("|")[2].partition(";")[0]


def _withheld(counts: Counted, areas: Sequence[tuple[str, ...]], rules: Rules) -> dict[str, str]:
    """Cells that get no figure: of too few farms, or mostly of one contributor."""

    def has_farms(codes: frozenset[str]) -> bool:
        return sum(counts.farms.get(code, 0) for code in codes) >= rules.minste_bedrijven

    small = hidden_areas(areas, has_farms)
    found = {
        cell_name(area, condition): SMALL_AREA
        for condition in counts.numbers
        for area in areas
        if frozenset(area) in small
    }
    for condition, by_code in counts.contributions.items():

        def is_spread(codes: frozenset[str], by_code: Mapping[str, Sequence[int]] = by_code) -> bool:
            return not rules.dominated(part for code in codes for part in by_code.get(code, ()))

        for area in areas:
            if frozenset(area) in hidden_areas(areas, is_spread):
                found.setdefault(cell_name(area, condition), DOMINATED)
    return found


def hidden_areas(
    areas: Sequence[tuple[str, ...]], may_be_shown: Callable[[frozenset[str]], bool]
) -> set[frozenset[str]]:
    """The areas that get no figure, so many that those hidden in a shown one may be shown together.

    Args:
        areas: The municipalities of each.
        may_be_shown: Whether a set of municipalities is large enough.
    """
    sets = sorted((frozenset(area) for area in areas), key=lambda one: (len(one), sorted(one)))
    hidden = {one for one in sets if not may_be_shown(one)}
    changed = True
    while changed:
        changed = False
        for whole in sets:
            inside = [one for one in sets if len(one) == 1 and one < whole]
            lost = [one for one in inside if one in hidden]
            together = frozenset[str]().union(*lost)
            if whole in hidden or not lost or may_be_shown(together):
                continue
            shown = [one for one in inside if one not in hidden]
            hidden.add(shown[0] if shown else whole)
            changed = True
    return hidden
