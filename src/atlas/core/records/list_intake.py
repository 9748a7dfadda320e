"""An own list as it is understood: which column is which field, what its values mean, and what is not sure.

Nothing is decided by the place of a column: a saved mapping names columns, and what it names must be there.
What is understood becomes a table with our names, which the usual import (`import_file`) reads.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ..schema.rural import working_layer
from ..tables.address_columns import ToldColumns, as_told
from ..tables.column_names import folded
from ..words.errors import AtlasError
from ..words.layer_names import VISITS
from ..words.notation import counted
from .incoming import code_of, is_empty
from .list_columns import RUNNING, as_text, offered_names, our_name, personal, refuse_nowhere, why_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..tables.table import Table
    from ..words.errors import Choice

#: field that no column says -> what to choose it with
_CONSTANTS: Mapping[str, Choice] = {
    "bron": "source", "bewaren_tot": "keep_until", "peildatum": "reference_date",
}  # fmt: skip
_MOST_CANDIDATES = 4
_MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ListMapping:
    """What an own list is: the same for every month in which it comes.

    What is of one file only (its reference date) is no part of it.

    Attributes:
        layer: Name of a working layer.
        register: Of answers of a register.
        columns: Our name -> the column of the list.
        left: Columns that are not taken over.
        values: Field -> text in the list -> value of its code list ("" for nothing).
        source: `bron` of rows that name none.
        keep_until: `bewaren_tot` of rows that name none.
    """

    layer: str
    register: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    source: str = ""
    keep_until: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that is not taken over, and why: a Dutch sentence."""

    column: str
    why: str


@dataclass(frozen=True, slots=True)
class UnsureValue:
    """A text in a column with a code list that is no value of it: how often, and what it may be."""

    field: str
    column: str
    text: str
    count: int
    candidates: tuple[str, ...]


def told_list(
    mapping: ListMapping, named: Mapping[str, str], left: Sequence[str], chosen: Iterable[str]
) -> ListMapping:
    """A mapping with what the user says over it.

    Args:
        mapping: What is known already.
        named: Our name -> the column that it is.
        left: Columns to leave out.
        chosen: What texts mean, each as "soort:loods/stal=loods".

    Raises:
        AtlasError: a text that can't be read like that.
    """
    values = {name: dict(known) for name, known in mapping.values.items()}
    for text in chosen:
        name, sign, rest = text.partition(":")
        said, equals, code = rest.rpartition("=")
        if not (sign and equals and name and said):
            raise AtlasError(
                "Zo is niet duidelijk welke tekst wat betekent.", got=text, expected="soort:loods/stal=loods",
                hint="Schrijf veld, dubbele punt, tekst, isgelijkteken, waarde.", choices=("choose",),
            )  # fmt: skip
        values.setdefault(name.strip(), {})[" ".join(said.split())] = code.strip()
    again = {*named.values(), *left}
    columns = {name: column for name, column in mapping.columns.items() if column not in again}
    kept = [column for column in mapping.left if column not in named.values()]
    return replace(
        mapping, columns={**columns, **named}, left=tuple(dict.fromkeys((*kept, *left))), values=values
    )


def refuse_open(table: Table, mapping: ListMapping, reference_date: str) -> AtlasError | None:
    """The sentence for all that a list and its mapping leave open, at once; None when nothing is."""
    unsure = unsure_values(table, mapping)
    lacking = missing_constants(table, mapping, reference_date)
    refusals = [nowhere] if (nowhere := refuse_nowhere(table, mapping.columns)) else []
    refusals += [refuse_unsure(unsure, mapping, table.source)] if unsure else []
    refusals += [refuse_missing(lacking, table.source)] if lacking else []
    if not refusals:
        return None
    first, *others = refusals
    for other in others:
        first.detail = f"En: {other.title[:1].lower()}{other.title[1:-1]} ({other.got})."
        first.hint = f"{first.hint} {other.hint}"
        first.choices = (*first.choices, *other.choices)
    return first


def refuse_missing(lacking: Sequence[str], where: str) -> AtlasError:
    """The sentence for a list that does not say what each record must have."""
    return AtlasError(
        "Wat elk record moet hebben, staat niet in deze lijst.",
        where=where,
        got="zonder " + ", ".join(lacking),
        hint="Zeg het voor de hele lijst, of zeg welke kolom het is. De bewaartermijn staat in het "
        "protocol van de gemeente.",
        choices=(*(_CONSTANTS[name] for name in lacking), "column"),
    )


def recognise(table: Table, mapping: ListMapping) -> tuple[ListMapping, tuple[LeftOut, ...]]:
    """The mapping completed with what the names of the columns say, and the columns that stay out.

    Args:
        table: The list.
        mapping: What is known already: told columns, columns to leave out.

    Raises:
        AtlasError: two columns have the name of one field.
    """
    described = working_layer(mapping.layer)
    columns = dict(mapping.columns)
    taken = {*columns.values(), *mapping.left}
    left: list[LeftOut] = []
    for column in table.columns:
        if column in taken:
            continue
        why = "" if mapping.register else personal(column)
        name = "" if why else our_name(column, described, table, columns)
        if name and name in columns:
            raise AtlasError(
                "Twee kolommen van deze lijst lijken hetzelfde te zijn.",
                where=table.source,
                got=f'"{columns[name]}" en "{column}", beide {name}',
                hint="Zeg welke van de twee het is, of laat er een weg.",
                choices=("column", "ignore"),
            )
        if name:
            columns[name] = column
        elif not mapping.register or folded(column) in RUNNING:
            left.append(LeftOut(column, why or why_left(column, described)))
    return replace(mapping, columns=columns, left=(*mapping.left, *(one.column for one in left))), tuple(left)


def understood(table: Table, mapping: ListMapping, *, saved: bool) -> tuple[ListMapping, tuple[LeftOut, ...]]:
    """What each column is: said, remembered or recognised; in the order of the list.

    Args:
        table: The list.
        mapping: What is known already.
        saved: Whether it is the whole of a saved mapping, so that nothing is recognised anew.

    Returns:
        The mapping, and the columns that stay out with why.

    Raises:
        AtlasError: a name that the layer does not have, a column that is not there or not known, two columns
            of one field, or a value that is on no list.
    """
    check_names(mapping)
    left: tuple[LeftOut, ...] = ()
    if saved:
        check_columns(table, mapping)
    else:
        for told in (*mapping.columns.values(), *mapping.left):
            table.column(told)
        mapping, left = recognise(table, mapping)
    check_choices(mapping)
    return in_order(table, mapping), left


def in_order(table: Table, mapping: ListMapping) -> ListMapping:
    """The mapping with its columns as they stand in the list: the same choices give the same mapping."""
    place = {column: position for position, column in enumerate(table.columns)}
    columns = dict(sorted(mapping.columns.items(), key=lambda item: (place[item[1]], item[0])))
    return replace(mapping, columns=columns, left=tuple(sorted(mapping.left, key=place.__getitem__)))


def check_columns(table: Table, mapping: ListMapping) -> None:
    """Check that a saved mapping is of this list: by the names of columns, never by their place.

    Raises:
        AtlasError: a column of the mapping is missing, or the list has one that it does not know.
    """
    by_name = {folded(column): column for column in table.columns}
    known = {*mapping.columns.values(), *mapping.left}
    missing = [column for column in mapping.columns.values() if column not in table.columns]
    new = [column for column in table.columns if column not in known]
    if missing:
        near = [by_name[folded(column)] for column in missing if folded(column) in by_name]
        raise AtlasError(
            "De vastgelegde indeling past niet op dit bestand: kolommen die zij noemt, zijn er niet.",
            where=table.source,
            got="niet gevonden: " + _listed(missing) + "; nieuw: " + (_listed(new) or "geen"),
            expected="dezelfde namen van kolommen; hun volgorde doet er niet toe",
            hint="Zeg welke kolom het nu is"
            + (f", bijvoorbeeld {near[0]}" if near else "")
            + ", of neem het bestand in zonder de vastgelegde indeling.",
            choices=("column",),
        )
    if new:
        raise AtlasError(
            "Dit bestand heeft kolommen die de vastgelegde indeling niet kent.",
            where=table.source,
            got=_listed(new),
            hint="Zeg welke kolom het is, of laat haar weg.",
            choices=("column", "ignore"),
        )


def unsure_values(table: Table, mapping: ListMapping) -> list[UnsureValue]:
    """Texts in columns with a code list that are no value of it, and that the mapping does not settle."""
    described = working_layer(mapping.layer)
    found = []
    for known in described.fields:
        column = mapping.columns.get(known.name)
        if column is None or known.codes is None or (mapping.register and known.name == "waarde"):
            continue
        settled = mapping.values.get(known.name, {})
        counts = Counter(as_text(cell) for cell in table.column(column) if not is_empty(cell))
        for text, count in counts.items():
            if text not in settled and not code_of(known.codes, text):
                names = {folded(code.label.split("(")[0]): code.value for code in known.codes.codes}
                names |= {folded(code.value): code.value for code in known.codes.codes}
                parts = [names[folded(part)] for part in _parts(text) if folded(part) in names]
                near = [names[one] for one in get_close_matches(folded(text), names, n=_MOST_CANDIDATES)]
                candidates = tuple(dict.fromkeys((*parts, *near)))[:_MOST_CANDIDATES]
                found.append(UnsureValue(known.name, column, text, count, candidates))
    return found


def refuse_unsure(unsure: Sequence[UnsureValue], mapping: ListMapping, where: str) -> AtlasError:
    """The sentence for values that nobody chose."""
    described = working_layer(mapping.layer)
    first = unsure[0]
    known = described.field(first.field)
    allowed = [code.value for code in known.codes.codes] if known and known.codes else []
    said = [
        f'{one.field}: "{one.text}" ({counted(one.count, "rij", "rijen")}'
        + (f"; misschien {' of '.join(one.candidates)}" if one.candidates else "")
        + ")"
        for one in unsure[:_MOST_SHOWN]
    ]
    more = len(unsure) - _MOST_SHOWN
    return AtlasError(
        "Van sommige waarden is niet zeker wat ze betekenen.",
        where=f'{where}, kolom "{first.column}"',
        got="; ".join(said) + (f"; en nog {more}" if more > 0 else ""),
        expected=f"{first.field}: {', '.join(allowed)}",
        hint=f"Kies wat elke waarde is, zoals {first.field}:{first.text}={(first.candidates or allowed)[0]}; "
        "zonder iets achter het isgelijkteken blijft de cel leeg.",
        choices=("choose",),
    )


def check_choices(mapping: ListMapping) -> None:
    """Check what the user chose for texts.

    Raises:
        AtlasError: no such field with a code list, or no such value.
    """
    described = working_layer(mapping.layer)
    for name, chosen in mapping.values.items():
        known = described.field(name)
        codes = known.codes if known else None
        if codes is None:
            raise AtlasError(
                "Dit veld heeft geen lijst met waarden.",
                got=name,
                expected=", ".join(one.name for one in described.fields if one.codes and not one.own),
                hint="Kies een van deze velden.",
                choices=("choose",),
            )
        for text, value in chosen.items():
            if value and not code_of(codes, value):
                raise AtlasError(
                    "Deze waarde staat niet in de lijst.",
                    where=f'{name}, "{text}"',
                    got=value,
                    expected=", ".join(code.value for code in codes.codes),
                    hint="Kies een waarde uit de lijst.",
                    choices=("choose",),
                )


def check_names(mapping: ListMapping) -> None:
    """Check that the names columns get are names of this layer.

    Raises:
        AtlasError: one is not.
    """
    offered = offered_names(mapping.layer)
    for name, column in mapping.columns.items():
        if name not in offered:
            near = get_close_matches(name, offered, n=1)
            raise AtlasError(
                "Zo'n kolom heeft deze laag niet.",
                where=f'{mapping.layer}, kolom "{column}"',
                got=name,
                expected=", ".join(offered),
                hint=f"Bedoelt u {near[0]}?" if near else "Kies een van deze namen.",
                choices=("column",),
            )


def missing_constants(table: Table, mapping: ListMapping, reference_date: str) -> list[str]:
    """Which of bron, bewaren_tot and peildatum neither a column nor the user says."""
    said = {"bron": mapping.source, "bewaren_tot": mapping.keep_until, "peildatum": reference_date}
    if mapping.layer == VISITS and "datum" in mapping.columns:
        said["peildatum"] = "datum"
    lacking = []
    for name, value in said.items():
        column = mapping.columns.get(name)
        if not value and (column is None or any(map(is_empty, table.column(column)))):
            lacking.append(name)
    return lacking


def prepared(table: Table, mapping: ListMapping) -> Table:
    """The list with our names and values, ready for the usual import.

    Raises:
        AtlasError: no column says what a row is about.
    """
    if nowhere := refuse_nowhere(table, mapping.columns):
        raise nowhere
    told = as_told(table, ToldColumns(mapping.columns, mapping.left))
    if mapping.layer == VISITS and "peildatum" not in told.columns and "datum" in told.columns:
        told = replace(told, columns=(*told.columns, "peildatum"), cells=(*told.cells, told.column("datum")))
    cells = list(told.cells)
    for name, chosen in mapping.values.items():
        if name in told.columns and chosen:
            position = told.columns.index(name)
            cells[position] = [
                cell if is_empty(cell) else (chosen.get(as_text(cell), cell) or None)
                for cell in told.cells[position]
            ]
    return replace(told, cells=tuple(cells))


def head(table: Table, rows: int) -> Table:
    """The first rows of a table."""
    return replace(table, cells=tuple(column[:rows] for column in table.cells), rows=table.rows[:rows])


def _parts(text: str) -> list[str]:
    for sign in "/,;+&":
        text = text.replace(sign, "|")
    return [part.strip() for part in text.replace(" en ", "|").replace(" of ", "|").split("|")]


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
