"""A protected table: rounded numbers of records for one reference date, made once and then only read.

A cell is a set of municipalities and a condition, in one form, so that a region of one municipality *is* its
municipality. Its text and the part for an audience hold no number that was counted, only what may be said of
it. Which numbers stand in it is decided in `atlas.protection`; here is what everyone reads, the plugin too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..areas.divisions import areas, members
from ..words.errors import AtlasError
from ..words.notation import format_number
from .audiences import audience_of
from .rules import MADE_WITH, Rules, checked_rules, is_weaker, may_be_counted
from .squares import SQUARES, area_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORM = 1
_KEYS = {
    "vorm", "peildatum", "gemeenten", "regels", "oplosser", "invoer", "cellen", "weg", "vorige",
    "opmerkingen",
}  # fmt: skip
#: what a table of before there were squares does not have, and its rules neither
_SQUARES, _RULES_BEFORE = "vierkanten", {"minste_per_vierkant": 5}


def cell_name(municipalities: Iterable[str], condition: str) -> str:
    """The one form of a cell: "GM0106,GM1680|leegstand_object;conclusie=leeg"."""
    return f"{','.join(sorted(set(municipalities)))}|{condition}"


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be said of a number: the figure, the least and most it can stand for, and its words."""

    figure: int
    low: int
    high: int
    text: str


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """The figures of one reference date.

    Args:
        peildatum: ISO date of the records.
        municipalities: Codes of all municipalities of the table, sorted.
        rules: Those it was made by, of the audience `partners`.
        solver: Name and version of what made it.
        input_checksum: SHA-256 of the numbers it was made of.
        cells: `cell_name` -> the figure, a multiple of the base.
        withheld: Conditions and cells that are not in it, with the reason.
        before: Reference date of the edition it started from; "" for the first.
        notes: What its readers have to know, in Dutch.
        squares: Square of 5 km -> the municipalities it touches; none when the table has no squares. Cells
            with squares in the place of municipalities are their figures.
        counted: What was counted of single municipalities and squares: for the attacker, who is asked what of
            his suppositions is true. No part for an audience has it, and the text neither.
    """

    peildatum: str
    municipalities: tuple[str, ...]
    rules: Rules
    solver: str
    input_checksum: str
    cells: Mapping[str, int]
    withheld: Mapping[str, str]
    before: str = ""
    notes: tuple[str, ...] = ()
    squares: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    counted: Mapping[str, int] = field(
        default_factory=lambda: MappingProxyType({}), compare=False, repr=False
    )

    def shown(self, municipalities: Iterable[str], condition: str) -> Shown | None:
        """What may be said of a cell; None when the table has no figure of it."""
        figure = self.cells.get(cell_name(municipalities, condition))
        return None if figure is None else shown(figure, self.rules.grondtal)

    def shown_of_squares(self, squares: Iterable[str], condition: str) -> Shown | None:
        """The same of an area of squares, which holds no less than the rule says."""
        found = self.shown(squares, condition)
        return found and replace(found, low=max(found.low, self.rules.minste_per_vierkant))

    def counted_in(self, inside: Iterable[str], condition: str) -> int | None:
        """What was counted in municipalities, or in squares; None when the table does not know."""
        found = [self.counted.get(cell_name([one], condition)) for one in inside]
        return None if None in found else sum(number for number in found if number is not None)

    @property
    def square_areas(self) -> dict[str, tuple[str, ...]]:
        """Code of an area of squares -> its squares of 5 km, sorted."""
        areas = {cell.partition("|")[0] for cell in self.cells} if self.squares else set()
        found = (tuple(area.split(",")) for area in areas)
        return {area_code(one): one for one in sorted(found) if self.squares.keys() >= set(one)}

    @property
    def of_municipalities(self) -> dict[str, int]:
        """The figures without those of squares."""
        return {cell: figure for cell, figure in self.cells.items() if not self.is_of_squares(cell)}

    def is_of_squares(self, cell: str) -> bool:
        """Whether a cell is of squares."""
        return cell.partition("|")[0].partition(",")[0] in self.squares

    def touched(self, squares: Iterable[str]) -> tuple[str, ...]:
        """The municipalities that an area of squares touches, sorted."""
        return tuple(sorted({code for square in squares for code in self.squares[square]}))

    def why_withheld(self, municipalities: Iterable[str], condition: str) -> str:
        """Why there is no figure of a cell; "" when it was not counted at all."""
        return self.withheld.get(cell_name(municipalities, condition)) or self.withheld.get(condition, "")

    def for_audience(self, rules: Rules, counts_of: Mapping[str, str]) -> ProtectedTable:
        """The part of this table that another audience may have: never another figure.

        Args:
            rules: Of that audience.
            counts_of: Condition -> what it counts.

        Raises:
            AtlasError: it asks for more than this table was made with.
        """
        stricter = [name for name in MADE_WITH if is_weaker(name, rules, self.rules)]
        if stricter:
            raise AtlasError(
                "De beschermde tabel van deze peildatum is met soepeler regels gemaakt.",
                where=self.peildatum,
                got=", ".join(f"{name} = {getattr(self.rules, name)}" for name in stricter),
                expected=", ".join(f"{name} = {getattr(rules, name)}" for name in stricter),
                hint="De tabel staat vast. Laat deze regel weg, of wacht op een volgende peildatum.",
            )
        allowed = {condition for condition, counts in counts_of.items() if may_be_counted(counts, rules)}
        return ProtectedTable(
            self.peildatum,
            self.municipalities,
            rules,
            self.solver,
            self.input_checksum,
            MappingProxyType(
                {
                    cell: figure
                    for cell, figure in self.cells.items()
                    if cell.partition("|")[2] in allowed
                    and (SQUARES in rules.geografieen or not self.is_of_squares(cell))
                }
            ),
            MappingProxyType(
                {cell: why for cell, why in self.withheld.items() if cell.rpartition("|")[2] in allowed}
            ),
            self.before,
            self.notes,
            self.squares if SQUARES in rules.geografieen else MappingProxyType({}),
        )

    def as_text(self) -> str:
        """The table as it is stored: the same table gives the same text."""
        return json.dumps(
            {
                "vorm": FORM,
                "peildatum": self.peildatum,
                "gemeenten": list(self.municipalities),
                "regels": self.rules.as_data(),
                "oplosser": self.solver,
                "invoer": self.input_checksum,
                "vorige": self.before,
                "cellen": dict(self.cells),
                "weg": dict(self.withheld),
                "opmerkingen": list(self.notes),
                **({_SQUARES: dict(self.squares)} if self.squares else {}),
            },
            ensure_ascii=False,
            indent=1,
            sort_keys=True,
        )


def table_from_text(text: str, where: str) -> ProtectedTable:
    """A table as it was stored.

    Raises:
        AtlasError: it is none.
    """
    try:
        content = json.loads(text)
        if content.keys() - {_SQUARES} != _KEYS or content["vorm"] != FORM:
            raise ValueError  # noqa: TRY301
        return _table(content, where)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise AtlasError(
            "Dit is geen beschermde tabel.",
            where=where,
            hint="Zet het bestand terug uit een reservekopie van het dossier.",
        ) from error


def _table(content: Mapping[str, Any], where: str) -> ProtectedTable:
    described = {**_RULES_BEFORE, **content["regels"]}
    audience = audience_of(described.pop("audience"))
    return ProtectedTable(
        str(content["peildatum"]),
        tuple(content["gemeenten"]),
        checked_rules(audience, described, where=where, with_reason=True),
        str(content["oplosser"]),
        str(content["invoer"]),
        MappingProxyType({str(cell): int(figure) for cell, figure in content["cellen"].items()}),
        MappingProxyType({str(cell): str(why) for cell, why in content["weg"].items()}),
        str(content["vorige"]),
        tuple(content["opmerkingen"]),
        MappingProxyType({str(one): tuple(codes) for one, codes in content.get(_SQUARES, {}).items()}),
    )


def shown(figure: int, base: int) -> Shown:
    """What may be said of a rounded figure: 0 -> "0–4", 15 -> "ongeveer 15"."""
    low, high = max(0, figure - base + 1), figure + base - 1
    text = f"0–{base - 1}" if figure == 0 else f"ongeveer {format_number(figure)}"
    return Shown(figure, low, high, text)


def areas_within(
    municipalities: Iterable[str], levels: Iterable[str]
) -> list[tuple[str, str, tuple[str, ...]]]:
    """(level, code, its municipalities) of every area that lies wholly in some municipalities."""
    own = set(municipalities)
    return [
        (level, area.code, codes)
        for level in levels
        if level != SQUARES
        for area in areas(level)
        if own.issuperset(codes := tuple(sorted(member.code for member in members(area.code))))
    ]
