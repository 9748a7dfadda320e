"""Records and changes in Dutch: labels in place of codes, names of municipalities, dates in words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..areas.divisions import areas
from ..schema.published import GEOMETRY_FIELD
from ..schema.rural import RURAL_LAYERS
from ..vacancy.evidence import evidence_from_record, sentence
from ..words.errors import AtlasError
from ..words.layer_names import EVIDENCE
from ..words.notation import format_number, format_period

if TYPE_CHECKING:
    from ..schema.working import WorkingField, WorkingLayer
    from .import_plan import Change
    from .matching import Record

NOTHING = "(leeg)"
#: digits of a day in an ISO moment
_DAY = 10


def value_in_words(field: WorkingField, value: object) -> str:
    """A stored value of a field as a reader sees it; `NOTHING` when there is none."""
    if value in (None, ""):
        return NOTHING
    text = str(value)
    if field.codes is not None:
        return next((code.label for code in field.codes.codes if code.value == text), text)
    if field.format in ("date", "moment"):
        return format_period(text[:_DAY])
    if field.format == "gemeente":
        return municipality_name(text)
    if isinstance(value, int | float):
        decimals = 0 if field.type == "integer" or float(value).is_integer() else 1
        shown = text if not field.unit and field.type == "integer" else format_number(value, decimals)
        return f"{shown} {field.unit}".strip()
    return text


def place_in_words(place: object) -> str:
    """A place in EPSG:28992, in whole metres; `NOTHING` when there is none."""
    if not isinstance(place, tuple | list):
        return NOTHING
    x, y = place
    return f"x {format_number(x)}, y {format_number(y)} (Rijksdriehoek)"


def field_in_words(layer: WorkingLayer, name: str, value: object) -> tuple[str, str]:
    """What a field of a layer is called, and its value as a reader sees it."""
    field = layer.field(name)
    if field is None:
        return ("Plek", place_in_words(value)) if name == GEOMETRY_FIELD else (name, str(value or NOTHING))
    return field.alias, value_in_words(field, value)


def change_in_words(layer: WorkingLayer, change: Change) -> str:
    """A change of one field: "Prioriteit: van Normaal naar Hoog"."""
    alias, before = field_in_words(layer, change.field, change.in_dossier)
    _alias, after = field_in_words(layer, change.field, change.in_file)
    return f"{alias}: van {before} naar {after}"


def record_name(layer: WorkingLayer, record: Record) -> str:
    """By what a person knows a record: its address, or its kind and the date of what it says."""
    address = str(record.get("adres") or "")
    if address:
        return address
    parts = [
        value_in_words(field, record.get(field.name))
        for field in layer.fields
        if field.name in _NAMING and record.get(field.name)
    ]
    return f"{layer.alias}: {', '.join(parts) or 'zonder adres'}"


def title_of(layer: str, record: Record) -> str:
    """A record as one line: of evidence what it says, of another one its name."""
    if layer == EVIDENCE:
        try:
            return sentence(evidence_from_record(record))
        except AtlasError:  # what can't be weighed is told all the same
            pass
    return record_name(RURAL_LAYERS[layer], record)


#: what tells records without an address apart for a reader
_NAMING = ("naam", "soort", "bewijsbron", "waarde", "categorie", "waarneming", "datum", "peildatum")


def municipality_name(code: str) -> str:
    """The name of a municipality; the code itself when it is not one of this atlas."""
    return _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    return {area.code: area.name for area in areas("gemeente")}
