"""What a user chooses of an own table of figures: each column its role, and what no column says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..words.errors import AtlasError
from .figure_intake import PERIOD, missing_words, named_by_period, recognise_figures, value_pattern
from .own_figures import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..tables.table import Table
    from .figure_intake import FigureDraft, FigureMapping

#: what a column of a table of figures can be -> in words
ROLES: Mapping[str, str] = {
    "key": "gebied",
    "value": "waarde",
    "period_column": "periode",
    "n": "n (respondenten)",
    "per": "delen door",
    "weight": "gewicht",
    "municipality": "gemeente van de wijk",
}
#: what must be known of a figure -> in words
_IN_WORDS: Mapping[str, str] = {
    "key": "gebied",
    "level": "niveau",
    "value": "waarde",
    "unit": "eenheid",
    "label": "naam",
    "source": "bron",
    "base": "over wie of wat het gaat",
    "caution": "waarschuwing",
    "counts": "wat er is geteld",
}
#: what a table may say by itself, and the mapping takes over
_DRAFTED = ("key", "level", "unit", "n", "source", "label", "period_column")


def told_mapping(mapping: FigureMapping, told: Mapping[str, object]) -> FigureMapping:
    """A mapping with what the user says over it."""
    said: dict[str, Any] = {name: value for name, value in told.items() if value not in (None, "", False)}
    return replace(mapping, **said)


def drafted(table: Table, mapping: FigureMapping) -> tuple[FigureMapping, FigureDraft]:
    """A mapping with what the table says by itself, where the user said nothing."""
    draft = recognise_figures(table)
    only = draft.values[0] if len(draft.values) == 1 else ""
    known: dict[str, Any] = {name: getattr(draft, name) for name in _DRAFTED}
    known["value"] = value_pattern(draft.values) or only
    fill = {name: text for name, text in known.items() if text and not getattr(mapping, name)}
    return replace(mapping, **fill), draft


def check_said(mapping: FigureMapping, draft: FigureDraft | None, where: str) -> None:
    """Check that all is said without which a figure is on no map.

    Args:
        mapping: What is said.
        draft: What the table says by itself; None of a saved mapping.
        where: The table, for sentences.

    Raises:
        AtlasError: something is not.
    """
    if draft is not None and not mapping.value and draft.values:
        raise AtlasError(
            "In deze tabel kan meer dan één kolom de waarde zijn.", where=where,
            got=", ".join(f'"{one}"' for one in draft.values), hint="Kies de kolom met de waarde.",
            choices=("value",),
        )  # fmt: skip
    lacking: list[Any] = [*missing_words(mapping)]
    if lacking:
        raise AtlasError(
            "Om dit op een kaart te zetten is nog niet alles gezegd.", where=where,
            got="zonder " + ", ".join(_IN_WORDS[name] for name in lacking),
            expected="gebied, niveau, waarde en eenheid; en wat een lezer moet weten: naam, bron, over "
            "wie, waarschuwing, en bij een telling wat er is geteld",
            hint="Zeg wat ontbreekt.",
            choices=tuple(lacking),
        )  # fmt: skip


def own_figure(mapping: FigureMapping, period: str) -> Figure:
    """What a reader must know of one period of the figure; the rest of `Figure` a mapping does not say."""
    counting = mapping.unit in ("count", "per_1000", "per_100", "per_km2")
    given = {
        name: value
        for name in (
            "label", "source", "base", "caution", "theme", "definition", "direction", "measure", "counts",
            "denominator",
        )
        if (value := getattr(mapping, name))
    }  # fmt: skip
    return Figure(period=period, **{"measure": "telling" if counting else "steekproef", **given})


def roles_of(mapping: FigureMapping, columns: Sequence[str]) -> dict[str, str]:
    """Column -> its role, for the columns that have one."""
    roles = {str(getattr(mapping, role)): role for role in ROLES if getattr(mapping, role)}
    if PERIOD in mapping.value:
        del roles[mapping.value]
        roles |= {column: "value" for column, _year in named_by_period(columns, mapping.value)}
    return {column: roles[column] for column in columns if column in roles}


def with_role(mapping: FigureMapping, columns: Sequence[str], column: str, role: str) -> FigureMapping:
    """A mapping in which a column has the role that the user gives it; another column then loses it.

    Columns with values that differ only in the year in their name are the periods of one figure, and stay
    together.

    Args:
        mapping: What is said so far.
        columns: Of the table.
        column: Which is chosen now.
        role: One of `ROLES`, "" for none.
    """
    before = roles_of(mapping, columns)
    lost: dict[str, Any] = {one: "" for one in ROLES if getattr(mapping, one) and before.get(column) == one}
    if role == "value":
        others = [one for one, known in before.items() if known == "value" and one != column]
        pattern = value_pattern([*others, column]) if others else ""
        return replace(mapping, **{**lost, "value": pattern or column})
    return replace(mapping, **{**lost, **({role: column} if role else {})})
