"""Columns of numbers as people write them, Dutch or English.

A column is read as a whole, because "1.204" can only be understood from its neighbours: one cell such as
"7,9" or "1.204,5" proves what the decimal mark of the column is. What can't be decided is never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ..words.errors import AtlasError
from ..words.notation import TABLE_CHOICES, check_unit
from .cell_numbers import (
    DECIMAL_MARKS,
    UNDECIDED,
    UNDECIDED_DASH,
    Problem,
    Written,
    convert,
    out_of_range,
    read_cell,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..words.errors import Choice
    from .cell import Cell

#: 0.29 times 100 is 28.999999999999996 in binary
_FRACTION_DECIMALS = 9
_FRACTION = Problem(UNDECIDED, "Dit kan een percentage zijn of een breuk (0,23 is dan 23%).")


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column as numbers, one entry for every cell.

    Attributes:
        values: The number, or None.
        reasons: Why there is no number, a Dutch sentence; "" when there is one.
        kinds: The same as a code: `MISSING`, `UNREADABLE`, `UNDECIDED`, `OUT_OF_RANGE` or "".
        mark: The decimal mark of the column, "," or "."; "" when no cell needed one.
        refusal: What the caller must decide before the column may be used, or None.
    """

    values: list[float | None]
    reasons: list[str]
    kinds: list[str]
    mark: str = ""
    refusal: AtlasError | None = None


class _Undecided(NamedTuple):
    """What the caller must decide about a column, with the cells that raise the question."""

    title: str
    examples: tuple[Cell, ...]
    expected: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()


def parse_numbers(
    cells: Sequence[Cell],
    *,
    unit: str = "number",
    decimal: str | None = None,
    dash: str | None = None,
    below_one: str | None = None,
    where: str = "",
) -> Numbers:
    """Read a column of numbers, or refuse it.

    Args:
        cells: Text as it was written; numbers (of a spreadsheet) are numbers already.
        unit: One of the units of `notation`: decides which suffixes and which range make sense.
        decimal: The decimal mark, "," or "."; None lets the column decide.
        dash: What "-" means: "zero", "missing", or None when nobody has said so.
        below_one: What 0,36 is among percentages: "percent" (0,36%) or "fraction" (36%), or None when nobody
            has said so.
        where: File and column, for the sentence.

    Raises:
        AtlasError: the column can be read in two ways: "1.204" without a cell that proves the mark, proofs
            that contradict each other, "-" without `dash`, percentages that look like fractions.
    """
    numbers = parse_column(cells, unit=unit, decimal=decimal, dash=dash, below_one=below_one, where=where)
    if numbers.refusal is not None:
        raise numbers.refusal
    return numbers


def parse_column(
    cells: Sequence[Cell],
    *,
    unit: str = "number",
    decimal: str | None = None,
    dash: str | None = None,
    below_one: str | None = None,
    where: str = "",
    rows: Sequence[int] | None = None,
    otherwise: str = "",
) -> Numbers:
    """As `parse_numbers`, but what must be decided first is returned (`refusal`, kind `UNDECIDED`).

    Args:
        cells: As in `parse_numbers`; the other arguments too.
        unit: Unit.
        decimal: Decimal mark.
        dash: Meaning of "-".
        below_one: Meaning of percentages below 1.
        where: File and column.
        rows: Row numbers of the cells, named in the refusal.
        otherwise: The decimal mark of a neighbouring column, used when this one proves nothing.

    Every distinct text is read once: a column of a million rows has few.
    """
    check_unit(unit)
    _check_choices(decimal, dash, below_one)
    values, problems, waiting = _read(dict.fromkeys(cells), unit, dash)
    may_be_fractions = unit == "percent" and below_one is None and not any(map(_has_percent_sign, values))
    mark, undecided = _decide_mark(waiting, decimal, otherwise)
    for cell, written in waiting.items():
        result = convert(cell, written, mark)
        if isinstance(result, float):
            values[cell] = result
        else:
            problems[cell] = result
    if unit == "percent" and below_one == "fraction":
        values = _percentages_of_fractions(values)
    for cell, value in values.items():
        problem = out_of_range(cell, value, unit)
        if problem:
            problems[cell] = problem
    if may_be_fractions and not any(map(_has_percent_sign, waiting)):
        readable = {cell: value for cell, value in values.items() if cell not in problems}
        fractions = _undecided_fractions(readable)
        if fractions:
            undecided = undecided or fractions
            problems.update(dict.fromkeys(readable, _FRACTION))
    undecided = undecided or _undecided_dash(problems)
    return _spread(cells, values, problems, mark, _refusal(undecided, where, cells, rows))


def _spread(
    cells: Sequence[Cell],
    values: Mapping[Cell, float],
    problems: Mapping[Cell, Problem],
    mark: str,
    refusal: AtlasError | None,
) -> Numbers:
    if not problems:
        nothing = [""] * len(cells)
        return Numbers([values[cell] for cell in cells], nothing, nothing, mark, refusal)
    fine = Problem("", "")
    found = [problems.get(cell, fine) for cell in cells]
    return Numbers(
        [values.get(cell) if problem is fine else None for cell, problem in zip(cells, found, strict=True)],
        [problem.reason for problem in found],
        [problem.kind for problem in found],
        mark,
        refusal,
    )


def _read(
    cells: Iterable[Cell], unit: str, dash: str | None
) -> tuple[dict[Cell, float], dict[Cell, Problem], dict[Cell, Written]]:
    """What each cell is: a number, a problem, or digits that wait for the decimal mark."""
    values: dict[Cell, float] = {}
    problems: dict[Cell, Problem] = {}
    waiting: dict[Cell, Written] = {}
    for cell in cells:
        read = read_cell(cell, unit, dash)
        if isinstance(read, float):
            values[cell] = read
        elif isinstance(read, Problem):
            problems[cell] = read
        else:
            waiting[cell] = read
    return values, problems, waiting


def _percentages_of_fractions(values: Mapping[Cell, float]) -> dict[Cell, float]:
    return {
        cell: value if _has_percent_sign(cell) else round(value * 100, _FRACTION_DECIMALS)
        for cell, value in values.items()
    }


def _has_percent_sign(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.rstrip(" \u00a0").endswith("%")


def _check_choices(decimal: str | None, dash: str | None, below_one: str | None) -> None:
    if decimal is not None and decimal not in TABLE_CHOICES["decimal"]:
        raise AtlasError(
            "Dit decimaalteken bestaat niet.",
            got=decimal,
            expected="een komma (,) of een punt (.)",
        )
    if dash is not None and dash not in TABLE_CHOICES["dash"]:
        raise AtlasError(
            "Zo kan een streepje niet worden gelezen.",
            got=dash,
            expected="zero (een streepje is nul) of missing (een streepje is geen cijfer)",
        )
    if below_one is not None and below_one not in TABLE_CHOICES["below_one"]:
        raise AtlasError(
            "Zo kunnen percentages onder 1 niet worden gelezen.",
            got=below_one,
            expected="percent (0,36 is 0,36%) of fraction (0,36 is 36%)",
        )


def _decide_mark(
    waiting: Mapping[Cell, Written], decimal: str | None, otherwise: str
) -> tuple[str, _Undecided | None]:
    """The decimal mark of the column, "" when undecided, and then the question."""
    if decimal or not waiting:
        return decimal or "", None
    example: dict[str, Cell] = {}
    for cell, written in waiting.items():
        example.setdefault(written.proof, cell)
    proofs = [mark for mark in DECIMAL_MARKS if mark in example]
    if len(proofs) == 1:
        return proofs[0], None
    if proofs:
        return "", _Undecided(
            "Deze kolom gebruikt twee decimaaltekens door elkaar.",
            tuple(example[mark] for mark in proofs),
            hint="Schrijf alle getallen op één manier, of geef op wat het decimaalteken is.",
            choices=("decimal",),
        )
    if otherwise:
        return otherwise, None
    return "", _Undecided(
        "Uit deze kolom blijkt niet wat het decimaalteken is.",
        (example[""],),
        expected="een getal waaraan het te zien is, zoals 7,9 of 1.204,5",
        hint="Geef het op: een komma als 1.204 ruim twaalfhonderd is, een punt als het ruim 1 is.",
        choices=("decimal",),
    )


def _undecided_dash(problems: Mapping[Cell, Problem]) -> _Undecided | None:
    dashes = tuple(cell for cell, problem in problems.items() if problem is UNDECIDED_DASH)
    if not dashes:
        return None
    return _Undecided(
        "Een streepje kan nul betekenen, of dat er geen cijfer is.",
        dashes[:1],
        hint="Kies wat het in deze tabel is: nul, of geen cijfer.",
        choices=("dash",),
    )


def _undecided_fractions(values: Mapping[Cell, float]) -> _Undecided | None:
    """The question when percentages all lie between 0 and 1: "0.23" of a spreadsheet is mostly 23%."""
    inside = all(0 <= value <= 1 for value in values.values())
    broken = tuple(cell for cell, value in values.items() if 0 < value < 1)
    if not (inside and broken):
        return None
    return _Undecided(
        "Deze percentages lijken breuken: er is er geen groter dan 1.",
        broken[:1],
        expected="percentages van 0 tot en met 100",
        hint="Kies wat het is: 0,36 is 36%, of 0,36 is 0,36%.",
        choices=("below_one",),
    )


def _refusal(
    undecided: _Undecided | None, where: str, cells: Sequence[Cell], rows: Sequence[int] | None
) -> AtlasError | None:
    if undecided is None:
        return None
    named = [shown(cell) for cell in undecided.examples]
    if rows is not None:
        places = [rows[cells.index(cell)] for cell in undecided.examples]
        named = [f"{text} in rij {row}" for text, row in zip(named, places, strict=True)]
    return AtlasError(
        undecided.title,
        where=where,
        got=" en ".join(named),
        expected=undecided.expected,
        hint=undecided.hint,
        choices=undecided.choices,
    )
