"""Free text on its way into a dossier: what in it belongs to a person, or looks so, is asked about first.

One check for an import, a package from the field and a correction: of what would be written, so that what is
in the dossier already is not asked about again. What was found is never repeated in a sentence.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..schema.rural import working_layer
from ..tables.personal_text import PLATE, TELEPHONE, personal_signs
from ..words.errors import AtlasError
from ..words.notation import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .import_plan import ImportPlan

#: no free text: a shape, and parameters that the atlas writes
_WRITTEN_BY_PROGRAMS = ("omtrek", "methode")
#: a number of a case may look like any number
_NUMBER_OF_A_CASE, _ALLOWED_IN_IT = "bronkenmerk", (PLATE, TELEPHONE)
_MOST_ROWS_NAMED = 5
_FOUND = "In vrije tekst staat wat bij een persoon hoort, of daarop lijkt"


@dataclass(frozen=True, slots=True)
class PersonalText:
    """A sign of a person in one field that would be written: in which row of the input, and of what kind."""

    layer: str
    row: int
    field: str
    sign: str


@cache
def free_text_fields(layer: str) -> tuple[str, ...]:
    """The fields of a layer that hold what people write, not a code, a date or a key."""
    return tuple(
        field.name
        for field in working_layer(layer).fields
        if field.type == "text"
        and field.codes is None
        and not field.format
        and field.name not in _WRITTEN_BY_PROGRAMS
        and field.name not in ("aangemaakt_door", "gewijzigd_door")
    )


def personal_texts(plan: ImportPlan, numbers: Mapping[str, int] | None = None) -> Iterator[PersonalText]:
    """Every sign of a person in what a plan would write.

    Args:
        plan: Of an import, a package or a correction.
        numbers: uuid -> the row to name, when that is not the row of the plan.
    """
    fields = free_text_fields(plan.layer)
    written: list[tuple[int, str, dict[str, object]]] = [
        (item.row, str(item.record["uuid"]), {name: item.record.get(name) for name in fields})
        for item in plan.inserts
    ]
    written += [
        (item.row, item.uuid, {change.field: change.in_file for change in item.changes})
        for item in plan.updates
    ]
    for row, uuid, values in written:
        shown = (numbers or {}).get(uuid, row)
        for name, sign in signs_in({name: values.get(name) for name in fields}):
            yield PersonalText(plan.layer, shown, name, sign)


def signs_in(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """(field, kind of sign) of every sign of a person in the free text of one record."""
    for name, value in values.items():
        for sign in _signs(name, value):
            yield name, sign


def _signs(field: str, value: object) -> tuple[str, ...]:
    if not value:
        return ()
    signs = personal_signs(str(value))
    return tuple(s for s in signs if s not in _ALLOWED_IN_IT) if field == _NUMBER_OF_A_CASE else signs


def ask_about_persons(found: Iterable[PersonalText], *, accepted: bool) -> tuple[str, ...]:
    """Refuse what holds signs of a person, unless somebody said that it must be there.

    Args:
        found: What `personal_texts` found, of all layers.
        accepted: Whether the user was asked, and wants it taken all the same.

    Returns:
        A Dutch note that says what was taken; none when there was nothing.

    Raises:
        AtlasError: there is something, and nobody accepted it; it is not repeated.
    """
    rows: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for item in found:
        rows[item.layer, item.field, item.sign].append(item.row)
    if not rows:
        return ()
    where = "; ".join(
        f"{layer}, {field}: {sign}{_named(numbers)}" for (layer, field, sign), numbers in rows.items()
    )
    if accepted:
        return (f"{_FOUND}; het is overgenomen omdat dat zo is gekozen: {where}.",)
    raise AtlasError(
        f"{_FOUND}; er is niets overgenomen.",
        where=where,
        got="(niet herhaald: het kan een persoonsgegeven zijn)",
        expected="een tekst over een plek, zonder telefoonnummers, e-mailadressen, kentekens en namen",
        hint="Haal het uit de tekst. Moet het er staan en mag dat volgens het protocol van de gemeente, kies "
        "dan dat u de tekst zo overneemt.",
        choices=("accept_personal_text",),
    )


def check_reason(reason: str) -> str:
    """A reason as it is kept in the history and the register: a short sentence without signs of a person.

    Raises:
        AtlasError: there is none, or it holds signs of a person.
    """
    text = " ".join(reason.split())
    signs = personal_signs(text)
    if not text or signs:
        raise AtlasError(
            "De reden blijft bewaard, en noemt daarom geen persoon." if text else "Zeg waarom.",
            got=f"{' en '.join(signs)} (niet herhaald)" if signs else "",
            expected="een korte reden zonder namen en nummers, zoals: verkeerd erf ingevoerd",
            choices=("reason",),
        )
    return text


def _named(rows: list[int]) -> str:
    """In which rows; "" when it is about no row of a file."""
    unique = sorted({row for row in rows if row})
    if not unique:
        return ""
    more = len(unique) - _MOST_ROWS_NAMED
    named = ", ".join(map(str, unique[:_MOST_ROWS_NAMED]))
    return f" in rij {named}" + (f" en {counted(more, 'andere', 'andere')}" if more > 0 else "")
