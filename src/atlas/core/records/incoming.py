"""One row of a file for a working layer -> clean values, or what is wrong with it and how to mend that.

Values are read by the formats and code lists of the layer; empty cells say nothing and erase nothing.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from ..areas.divisions import areas
from ..schema.published import GEOMETRY_FIELD
from ..schema.working import FORMAT_WORDS, PATTERNS
from ..tables.column_names import folded
from ..tables.persons import holds_citizen_number, names_a_person
from ..tables.registers import read_bag_id, read_date, read_moment, read_position, read_uuid
from ..vacancy.evidence import add_months
from ..words.errors import AtlasError
from ..words.notation import format_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..schema.published import Code, CodeList
    from ..schema.working import WorkingField, WorkingLayer

#: a day further away means "for ever", and that is no term
LONGEST_KEPT_MONTHS = 20 * 12
_ADDRESSABLE = ("verblijfsobject", "ligplaats", "standplaats")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_REAL = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]+)?")
_CHECK = "Verbeter de waarde, of maak de cel leeg."
_PERSONAL_DATA = "(niet herhaald: het kan een persoonsgegeven zijn)"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is not taken over: `row` and `field`, what stood there, what was expected, what to do."""

    row: int
    field: str
    reason: str
    got: str
    expected: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was mended in a row, said in a Dutch sentence."""

    row: int
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row that was read: its filled cells as clean `values`, and what is wrong with or mended in it.

    `named` are the columns by which it names a related record (`Relation.via`). `left` are the filled columns
    that the dossier keeps itself and did not take over.
    """

    row: int
    values: dict[str, object]
    named: dict[str, str]
    left: frozenset[str]
    refusals: tuple[Refusal, ...]
    remarks: tuple[Remark, ...]


def read_rows(
    layer: WorkingLayer,
    rows: Sequence[Mapping[str, object]],
    *,
    today: date,
    numbers: Sequence[int] | None = None,
) -> list[Incoming]:
    """Read rows by the description of their layer; never raises for what a cell holds.

    Args:
        layer: The layer the rows are for.
        rows: Column name (a field's name, "geometrie" or a column of `Relation.via`) -> cell.
        today: What dates are compared with.
        numbers: Of each row, its number as a person sees it in the file; None when a header is line 1.
    """
    taken = {known.name: known for known in layer.fields if not known.own}
    own = frozenset(known.name for known in layer.fields if known.own)
    links = frozenset(column for relation in layer.relations for column in relation.via) - {*taken}
    # most rows of a file have the same dates and codes
    alike = {name for name, known in taken.items() if known.codes is not None or known.format == "date"}
    before: dict[tuple[str, str], tuple[object, str]] = {}
    read = []
    if numbers is None:
        numbers = range(2, 2 + len(rows))
    for row, cells in zip(numbers, rows, strict=True):
        values: dict[str, object] = {}
        named: dict[str, str] = {}
        refusals: list[Refusal] = []
        remarks: list[Remark] = []
        for column, cell in cells.items():
            if column in own:
                continue
            again = (column, cell) if isinstance(cell, str) and column in alike else None
            try:
                value, note = (before.get(again) if again else None) or _read_cell(
                    layer, taken.get(column), column, cell, is_link=column in links, today=today
                )
            except AtlasError as error:
                refusals.append(refusal(row, column, error))
                continue
            if again is not None:
                before[again] = value, note
            if note:
                remarks.append(Remark(row, column, note))
            if value is not None and column in links:
                named[column] = str(value)
            elif value is not None:
                values[column] = value
        left = frozenset(column for column in cells if column in own and not is_empty(cells[column]))
        read.append(Incoming(row, values, named, left, tuple(refusals), tuple(remarks)))
    return read


def _read_cell(
    layer: WorkingLayer,
    known: WorkingField | None,
    column: str,
    cell: object,
    *,
    is_link: bool,
    today: date,
) -> tuple[object, str]:
    """The value of a cell, None when it is empty, and a note when it was mended."""
    is_place = column == GEOMETRY_FIELD and layer.geometry is not None
    if known is None and not is_place and not is_link:
        raise _unknown_column(layer, column)
    if is_empty(cell):
        return None, ""
    if is_place:
        return tuple(round(number, 3) for number in read_position(cell)), ""
    if known is not None:
        return read_value(known, cell, today=today)
    reading = read_bag_id(cell, kinds=_kinds(column))
    return reading.value, reading.note


def read_value(known: WorkingField, cell: object, *, today: date) -> tuple[object, str]:
    """A filled cell as the value of a field, with a note when it was mended.

    Raises:
        AtlasError: the cell does not fit the field.
    """
    if known.name == "regime":
        _check_regime(cell)
    if known.codes is not None:
        return _code(known, cell), ""
    if known.type != "text":
        return _number(known, cell), ""
    match known.format:
        case "uuid":
            reading = read_uuid(cell)
        case "bag_pand" | "bag_vbo":
            reading = read_bag_id(cell, kinds=_kinds(known.format))
        case "date":
            reading = read_date(cell, latest=None if known.may_be_future else today)
            if known.name == "bewaren_tot":
                _check_kept(date.fromisoformat(reading.value), today)
        case "moment":
            reading = read_moment(cell)
        case _:
            return _text(known, cell), ""
    return reading.value, reading.note


def is_empty(cell: object) -> bool:
    """Whether a cell holds nothing: None, blanks, or the not-a-number of a data frame."""
    return (
        cell is None
        or (isinstance(cell, str) and not cell.strip())
        or (isinstance(cell, float) and math.isnan(cell))
    )


def refusal(row: int, column: str, error: AtlasError) -> Refusal:
    """An error as a line of the report."""
    reason = f"{error.title} {error.detail}".strip()
    return Refusal(row, column, reason, error.got, error.expected, error.hint)


def _kinds(name: str) -> tuple[str, ...]:
    return ("pand",) if name.startswith("bag_pand") else _ADDRESSABLE


def _unknown_column(layer: WorkingLayer, column: str) -> AtlasError:
    if names_a_person(column):
        return AtlasError(
            "Deze kolom noemt een persoon; het dossier gaat over plekken.",
            got=_PERSONAL_DATA,
            expected="geen namen, nummers of contactgegevens van personen",
            hint="Haal de kolom uit het bestand en lees het opnieuw in.",
        )
    offered = [known.name for known in layer.fields if not known.own]
    near = get_close_matches(column.lower(), offered, n=1)
    return AtlasError(
        f"De laag {layer.name} heeft dit veld niet.",
        got=column,
        expected=", ".join(offered),
        hint=f"Bedoelt u {near[0]}? Geef de kolom dan die naam."
        if near
        else "Haal de kolom uit het bestand.",
    )


def _check_regime(cell: object) -> None:
    if str(cell).strip().lower() == "wpg":
        raise AtlasError(
            "Politiegegevens (Wpg) horen niet in dit dossier.",
            got="wpg",
            expected="avg",
            hint="Bewaar dit record in het systeem van de boa's; de AVG en de Wpg sluiten elkaar uit.",
        )


def _check_kept(day: date, today: date) -> None:
    longest = add_months(today, LONGEST_KEPT_MONTHS)
    if not today <= day <= longest:
        raise AtlasError(
            "De bewaartermijn is al voorbij." if day < today else "Deze bewaartermijn betekent: voor altijd.",
            got=format_period(day.isoformat()),
            expected=f"een datum van {format_period(today.isoformat())} tot en met "
            f"{format_period(longest.isoformat())}",
            hint="Neem de termijn over uit het privacyprotocol van de gemeente.",
        )


def _code(known: WorkingField, cell: object) -> str:
    codes = known.codes.codes if known.codes else ()
    text = str(cell).strip()
    found = code_of(known.codes, text) if known.codes else ""
    if found:
        return found
    shown = _PERSONAL_DATA if known.name == "waarde" else _short(text)
    raise AtlasError(
        f"Deze waarde staat niet in de lijst van {known.alias.lower()}.",
        got=shown,
        expected=", ".join(code.value for code in codes),
        hint="Kies een waarde uit de lijst.",
    )


def code_of(codes: CodeList, text: str) -> str:
    """The value of a list that a text is, by its code or label whatever its case and signs; "" for none."""
    text = text.strip()
    for code in codes.codes:
        if text == code.value or text.lower() in (code.value, code.label.lower()):
            return code.value
    alike = [code.value for code in codes.codes if folded(text) and folded(text) in names_of(code)]
    return alike[0] if len(alike) == 1 else ""


def names_of(code: Code) -> frozenset[str]:
    """What a value of a list is called, folded: its code, its label, and that before a bracket or comma."""
    short = re.split(r"[(:,]", code.label)[0]
    return frozenset(map(folded, (code.value, code.label, short)))


def _number(known: WorkingField, cell: object) -> float | int:
    text = f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    pattern = _INTEGER if known.type == "integer" else _REAL
    expected = "een geheel getal" if known.type == "integer" else "een getal"
    if known.minimum is not None:
        expected += f" vanaf {known.minimum:g}"
    if known.maximum is not None:
        expected += f" tot en met {known.maximum:g}"
    if (
        not isinstance(cell, bool)
        and isinstance(cell, float | int)
        and known.type == "real"
        and math.isfinite(cell)
    ):
        value: float | int = float(cell)
    elif pattern.fullmatch(text):
        value = int(text) if known.type == "integer" else float(text.replace(",", "."))
    else:
        raise AtlasError("Dit is geen getal dat hier past.", got=_short(text), expected=expected, hint=_CHECK)
    too_low = known.minimum is not None and value < known.minimum
    if too_low or (known.maximum is not None and value > known.maximum):
        raise AtlasError("Dit getal kan hier niet.", got=_short(text), expected=expected, hint=_CHECK)
    return value


def _text(known: WorkingField, cell: object) -> str:
    text = f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    if holds_citizen_number(text):
        raise AtlasError(
            "In deze tekst staat een burgerservicenummer (BSN), of een getal dat er een kan zijn.",
            got=_PERSONAL_DATA,
            expected="een tekst zonder nummers van personen",
            hint="Haal het nummer weg.",
        )
    if _CONTROL.search(text):
        raise AtlasError(
            "In deze tekst staan onzichtbare stuurtekens.",
            got=repr(_short(text)),
            expected="gewone tekst",
            hint="Typ de tekst opnieuw over.",
        )
    if known.format == "gemeente" and text not in _municipalities():
        raise AtlasError(
            "Dit is geen gemeente van Drenthe of Groningen.",
            got=_short(text),
            expected="de huidige CBS-code van de gemeente, zoals GM0106",
            hint="Zoek de code van de gemeente op.",
            choices=("area_code",),
        )
    if known.format == "path" and (not re.fullmatch(PATTERNS["path"], text) or ".." in text):
        raise AtlasError(
            "Dit pad kan niet in een dossier staan.",
            got=_short(text),
            expected=FORMAT_WORDS["path"],
            hint="Zet het bestand in de map van het dossier, met een naam zonder spaties.",
        )
    return text


@cache
def _municipalities() -> frozenset[str]:
    return frozenset(area.code for area in areas("gemeente"))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004 -- longer does not fit a report
