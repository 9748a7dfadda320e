"""The attack on figures that were handed out: everything joined, and what of it says too much."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from ..core.areas.divisions import areas, levels, members
from ..core.areas.resolving import resolve
from ..core.disclosure.fields import is_public_count
from ..core.disclosure.protected import cell_name
from ..core.words.notation import format_number
from .audit import Statements
from .bounds import derivable, sum_row
from .linked import Sum
from .publications import HIDDEN, UNKNOWN, is_count
from .single_figures import Finding, between_words, details, notes, percentages, rates

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from .audit import Changed, Narrowed

    #: whether more than a few records changed in a cell of a figure from a period to another
    FigureChanged = Callable[[str, str, str, str], bool]
    from .publications import Described, Figure

    #: the exact figure of a cell, and the files it is in
    _Exact = Mapping["_Cell", float]
    _Files = Mapping["_Cell", set[str]]

#: between these ends a number that an outsider works out must lie at least: those of one figure rounded to 5
ASKED_WIDTH = 4
#: the part of a known population up to which it is none of them, and from the rest on all
_NEARLY_NONE = 0.1

#: a period and a cell
_Cell = tuple[str, str]


def attacked(
    figures: Sequence[Figure],
    width: int = ASKED_WIDTH,
    linked: Iterable[tuple[str, str, Sum]] = (),
    changed: FigureChanged = lambda *_: False,
) -> list[Finding]:
    """What an outsider learns from figures of any number of files, put side by side.

    Args:
        figures: Of all of them.
        width: So far apart the ends of a small number must stay.
        linked: (figure, period, sum) of what hangs together on the map beside municipalities and regions.
        changed: Of a figure, two periods and a cell, whether more than a few records changed in between.
    """
    linked = list(linked)
    found = [*details(figures), *notes(figures), *percentages(figures), *rates(figures, width)]
    groups: dict[str, list[Figure]] = defaultdict(list)
    for one in figures:
        if not one.detail and is_count(one) and one.status != UNKNOWN:
            groups[one.indicator].append(one)
    for about, of_group in groups.items():
        if _is_protected(about, of_group):
            of_map = [(period, one) for name, period, one in linked if name == about]
            found += _counts(about, of_group, width, of_map, partial(changed, about))
    return list(dict.fromkeys(found))


def hidden_given_away(figures: Sequence[Figure], width: int = ASKED_WIDTH) -> list[Finding]:
    """Of `attacked` only what follows of figures that are hidden themselves: the others may be known."""
    found = percentages(figures)
    for about in sorted({one.indicator for one in figures if one.status == HIDDEN and is_count(one)}):
        of_kind = [one for one in figures if one.indicator == about and one.status != UNKNOWN]
        said, files, _exact = _stated(of_kind, width, (), lambda *_: True)
        hidden = {(one.period, _cell(one)) for one in of_kind if one.status == HIDDEN}
        narrowed = (one for one in said.narrowed() if (one.edition, one.cell) in hidden)
        found += [_worked_out(about, one, said, files) for one in narrowed]
    return found


def compares_editions(figures: Iterable[Figure]) -> bool:
    """Whether a rounded number stands there of several dates: few changes are then supposed."""
    dates: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in figures:
        if is_count(one) and one.low is not None and not is_public_count(one.indicator):
            dates[one.indicator, one.category, one.area].add(one.period)
    return any(len(of_cell) > 1 for of_cell in dates.values())


def attacked_as_described(one: Described, width: int = ASKED_WIDTH) -> list[Finding]:
    """The same for a publication that is described by its cells and sums."""
    sums = [Sum(total, parts) for total, parts in one.sums]
    merged: dict[str, tuple[float, float]] = dict.fromkeys(one.hidden, (one.least, math.inf))
    hidden = set(one.hidden)
    for cells in one.editions.values():
        hidden |= {cell for cell, figure in cells.items() if isinstance(figure, str)}
    found = _changes(one)
    if found:
        return found
    for cells in one.editions.values():
        for cell, figure in cells.items():
            if isinstance(figure, int | float):
                merged[cell] = figure, figure
    if not sums and len(one.editions) > 1:  # the parts of the one cell that is the largest in all of them
        every = list(dict.fromkeys(cell for cells in one.editions.values() for cell in cells))
        numbers = [cell for cell in every if cell in merged]
        whole = max(numbers, key=lambda cell: merged[cell][1])
        sums = [Sum(whole, tuple(cell for cell in every if cell != whole))]
    known = {
        cell: merged.get(cell, (one.least, math.inf))
        for cell in dict.fromkeys([*merged, *hidden, *(c for s in sums for c in (s.total, *s.parts))])
    }
    ends = derivable(known, [sum_row(total) for total in sums], hidden)
    return [
        Finding(cell, (one.file,), _said(between, sums, cell))
        for cell, between in sorted(ends.items())
        if between is not None and between[1] - between[0] < width
    ]


def _changes(one: Described) -> list[Finding]:
    found = []
    for (first, before), (second, after) in pairwise(one.editions.items()):
        for cell in before.keys() & after.keys():
            figures = before[cell], after[cell]
            if all(isinstance(figure, int | float) for figure in figures):
                found += _change(cell, float(figures[0]), float(figures[1]), (first, second), (one.file,))
    return sorted(found, key=lambda finding: finding.cell)


def _change(
    cell: str, before: float, after: float, periods: tuple[str, str], files: tuple[str, ...]
) -> list[Finding]:
    apart = int(abs(after - before))
    if not 0 < apart <= ASKED_WIDTH:
        return []
    how = f"tussen {periods[0]} en {periods[1]} is het verschil precies {apart}"
    return [Finding(cell, files, how)]


def _is_protected(about: str, figures: Iterable[Figure]) -> bool:
    """Whether numbers are of something that may not be known: hidden, rounded, or of nobody knows what."""
    return not is_public_count(about) or any(one.status == HIDDEN or one.low is not None for one in figures)


def _counts(
    about: str, figures: Sequence[Figure], width: int, linked: Sequence[tuple[str, Sum]], changed: Changed
) -> list[Finding]:
    """What the numbers of one kind give away: as they stand, by sums, and from one edition to the next."""
    said, files, exact = _stated(figures, width, linked, changed)
    hides = {one.period for one in figures if one.status == HIDDEN}
    return [
        *_small(about, exact, files, width),
        *_bare_zeros(about, exact, files, hides),
        *_whole_groups(about, exact, files),
        *(_worked_out(about, one, said, files) for one in said.narrowed()),
        *_from_edition_to_edition(about, exact, files),
    ]


def _stated(
    figures: Sequence[Figure], width: int, linked: Iterable[tuple[str, Sum]], changed: Changed
) -> tuple[Statements, defaultdict[_Cell, set[str]], dict[_Cell, float]]:
    """What numbers say together and what is asked of it; cell -> the files it is in, and its exact figure."""
    said, files = Statements(changed), defaultdict[_Cell, set[str]](set)
    exact: dict[_Cell, float] = {}
    for one in figures:
        cell = _cell(one)
        files[one.period, cell].add(one.file)
        ends = _ends(one, figures)
        if one.low is not None and one.status != HIDDEN:
            said.say_rounded(one.period, cell, ends, width)
            continue
        said.say(one.period, cell, *ends)
        if one.status == HIDDEN:
            said.ask(one.period, cell, width)
        elif one.value is not None:
            exact[one.period, cell] = one.value
    for period, one in [*_sums(list(said.known)), *linked]:
        said.add_up(period, one)
        for part in one.parts:
            if math.isinf(said.known[period, part][1]):
                said.ask(period, part, width)
    return said, files, exact


def _small(about: str, exact: _Exact, files: _Files, width: int) -> list[Finding]:
    return [
        Finding(
            _label(about, cell),
            tuple(sorted(files[period, cell])),
            f"een klein aantal staat er precies: {format_number(figure)}",
        )
        for (period, cell), figure in exact.items()
        if 0 < figure <= width
    ]


def _bare_zeros(about: str, exact: _Exact, files: _Files, hides: Collection[str]) -> list[Finding]:
    """A 0 where nothing is hidden: it says that there is none, or it hides a number and says so nowhere."""
    how = "er staat 0, en geen ander aantal is er verborgen: verborgen, 0–4 en 0 zijn drie dingen"
    return [
        Finding(_label(about, cell), tuple(sorted(files[period, cell])), how)
        for (period, cell), figure in exact.items()
        if not figure and period not in hides
    ]


def _whole_groups(about: str, exact: _Exact, files: _Files) -> list[Finding]:
    """A category that all, none or nearly so of a known population have: what holds of it holds of each."""
    found = []
    for (period, cell), figure in exact.items():
        area, _, category = cell.rpartition("|")
        whole = exact.get((period, f"{area}|"), 0.0)
        if category and whole and not _NEARLY_NONE < figure / whole < 1 - _NEARLY_NONE:
            how = f"geldt van {format_number(figure)} van de {format_number(whole)}: dat zegt iets van elk"
            both = files[period, cell] | files[period, f"{area}|"]
            found.append(Finding(_label(about, cell), tuple(sorted(both)), how))
    return found


def _from_edition_to_edition(about: str, exact: _Exact, files: _Files) -> list[Finding]:
    found = []
    for first, second in pairwise(sorted({period for period, _ in exact})):
        for (period, cell), figure in exact.items():
            if period == first and (second, cell) in exact:
                both = tuple(sorted(files[first, cell] | files[second, cell]))
                found += _change(_label(about, cell), figure, exact[second, cell], (first, second), both)
    return found


def _worked_out(about: str, one: Narrowed, said: Statements, files: _Files) -> Finding:
    of_cell = [
        total
        for edition, total in said.sums
        if edition == one.edition and one.cell in (total.total, *total.parts)
    ]
    every = {cell for total in of_cell for cell in (total.total, *total.parts)} | {one.cell}
    how = "de cijfers spreken elkaar tegen: ze komen niet uit één beschermde tabel"
    if one.ends is not None:
        how = _said(one.ends, of_cell, one.cell, lambda cell: _label("", cell))
    named = sorted({file for cell in every for file in files.get((one.edition, cell), ())})
    return Finding(_label(about, one.cell), tuple(named), how)


def _sums(cells: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Sum]]:
    """What adds up in each period: the municipalities of an area, and the parts of a whole by one field."""
    by_area: dict[tuple[str, str], list[str]] = defaultdict(list)
    for period, cell in cells:
        area, _, category = cell.rpartition("|")
        by_area[period, area].append(category)
        if "," in area:
            yield period, Sum(cell, tuple(cell_name([code], category) for code in area.split(",")))
    for (period, area), categories in by_area.items():
        by_field: dict[str, list[str]] = defaultdict(list)
        for category in categories:
            if category:  # "bezocht=ja" and "buren_250m=geen" are parts by another field
                by_field[category.partition("=")[0] if "=" in category else ""].append(category)
        for parts in by_field.values() if "" in categories else ():
            yield period, Sum(f"{area}|", tuple(f"{area}|{part}" for part in parts))


def _ends(one: Figure, figures: Sequence[Figure]) -> tuple[float, float]:
    """What a figure can stand for; a hidden one is no zero where zeros are shown."""
    if one.status == HIDDEN or (one.value is None and one.low is None):
        zeros = any(other.value == 0 and other.low is None for other in figures if other.period == one.period)
        return float(zeros), math.inf
    if one.low is not None and one.high is not None:
        return one.low, one.high
    return (one.value or 0.0, one.value or 0.0)


def _inside(area: str) -> tuple[str, ...]:
    """The municipalities of an area by its code or name; none when it is no area of the atlas."""
    if "," in area:
        return tuple(sorted(area.split(",")))
    found = resolve(area).area
    return tuple(member.code for member in members(found.code)) if found else ()


def _cell(one: Figure) -> str:
    inside = _inside(one.area)
    return cell_name(inside, one.category) if inside else f"{one.area}|{one.category}"


def _label(about: str, cell: str) -> str:
    inside, _, category = cell.rpartition("|")
    codes = set(inside.split(","))
    named = next(
        (
            area.label
            for level in levels()
            for area in areas(level.id)
            if {member.code for member in members(area.code)} == codes
        ),
        inside,
    )
    return " ".join(part for part in (about, category, named) if part)


def _said(
    between: tuple[int, float], sums: Iterable[Sum], name: str, named: Callable[[str], str] = str
) -> str:
    one = next((one for one in sums if name in (one.total, *one.parts)), None)
    how = f"hieruit volgt {between_words(between[0], between[1])}"
    if one is None:
        return how
    return f"{how}, want {named(one.total)} = {' + '.join(named(part) for part in one.parts)}"
