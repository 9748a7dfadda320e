"""A list of records for people to read: labels for codes, names of municipalities, and what stays behind.

One maker of the content; XLSX, PDF and QGIS only write it. Keys, ids, coordinates and what the dossier keeps
for itself are left out: for a program there is the technical export.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..areas.divisions import areas
from ..disclosure.fields import may_leave
from ..figures.edition import Made, Maker
from ..schema.published import GEOMETRY_FIELD
from ..schema.rural import FICTITIOUS, RURAL_LAYERS, working_layer
from ..words.layer_names import OBJECTS
from ..words.notation import counted
from .in_words import municipality_name, place_in_words, value_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..disclosure.released import Records, Released
    from ..schema.working import WorkingField, WorkingLayer

    #: field -> value, of a record that may leave
    Record = Mapping[str, object]
    Cell = str | float | date

CONFIDENTIAL = "Vertrouwelijk: alleen voor het team van de genoemde gemeenten; niet doorgeven"
HOW_TO_SETTLE = (
    "Stel hun gemeente vast (met de grenzen, de woonplaats van hun adres, of zoals u het weet) en maak de "
    "lijst opnieuw."
)
#: what a program needs, and a reader does not
_TECHNICAL = frozenset(
    {
        "uuid", "bag_pand_id", "bag_vbo_id", "omtrek", "methode", "regime", "gemeente_zeker", "bronkenmerk",
        "aangemaakt_op", "gewijzigd_op", "ingelezen_op", "ingetrokken_op", "ingetrokken_reden", "foto",
        "trede",
    }
)  # fmt: skip
#: of what the list is, where the name of its layer says more than is known: a barn in use is not vacant
_TITLES = {OBJECTS: "Objecten in het dossier"}
_ADDRESS, _MUNICIPALITY, _NAME = "adres", "gemeente_code", "naam"
#: how wide a column is, in letters
_WIDTHS = {"redenen": 48, "toelichting": 34, _ADDRESS: 30, "doel": 24}
_WIDTH, _NARROW, _NARROW_TYPES = 17, 12, ("integer", "real")
#: left out where there is little room: on paper
_MORE = frozenset(
    {
        "gebruiksklasse",
        "conclusie_sinds",
        "vab_stopjaar",
        "bron",
        "bewaren_tot",
        "regeling",
        "vervalt_op",
        "kans",
        "regels",
        "zaad",
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, how wide it is in letters, and whether it is left out on paper."""

    label: str
    width: int
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class ReadingList:
    """A list as it is read.

    Args:
        title: What it is a list of.
        facts: What stands above it, as (label, text): for what, for whom, by whom, of which day, how many.
        columns: The columns.
        rows: The cells: texts, numbers and days; "" for nothing.
        stays: Sentences about what stays behind, and how to settle that.
        fictitious: Whether the records are made up.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    stays: tuple[str, ...]
    fictitious: bool


def with_parents(layer: str) -> list[str]:
    """The layer, and those from which its records have their address and municipality."""
    wanted = [layer]
    for name in wanted:
        wanted += [one.layer for one in RURAL_LAYERS[name].relations if one.layer not in wanted]
    return wanted


def reading_list(
    released: Released[Records], layer: str, *, user: str, day: date, maker: Maker | None = None
) -> Released[ReadingList]:
    """Make the list of the records of a layer.

    Args:
        released: What may leave of the layer and of `with_parents(layer)`.
        layer: Name of a working layer.
        user: Who makes it.
        day: Of the list.
        maker: For which organisation, and whom to ask.
    """
    maker = maker or Maker()
    described = working_layer(layer)
    fields = [
        field
        for field in described.fields
        if may_leave(layer, field.name, released.audience)
        and field.name not in {_ADDRESS, _MUNICIPALITY, *_TECHNICAL}
        and field.name not in {relation.field for relation in described.relations}
    ]
    places = {
        name: {str(record["uuid"]): record for record in released.content.get(name, ())}
        for name in with_parents(layer)
    }
    # what has a name is told by it: of which campaign a yard is
    named = [one for one in described.relations if RURAL_LAYERS[one.layer].field(_NAME) is not None]
    records = [(_place_of(described, record, places), record) for record in released.content[layer]]
    records.sort(key=lambda pair: _order(pair[0], str(pair[1]["uuid"])))
    names = " en ".join(municipality_name(code) for code in released.municipalities)
    if len(released.municipalities) == len(areas("gemeente")):
        names = f"alle {len(released.municipalities)} gemeenten"
    title = _TITLES.get(layer, described.alias)
    title = f"{FICTITIOUS}: {title}" if released.fictitious else title
    stays = tuple(item.sentence for item in released.withheld if item.layer == layer)
    by = Maker(f"{maker.name} ({user})" if maker.name else user, maker.contact)
    made = ReadingList(
        title,
        (
            ("Gemeente", names),
            ("Waarvoor", released.purpose),
            ("Aantal", counted(len(records), "record", "records")),
            *Made(by, day.isoformat(), _newest(released.content[layer])).facts,
        ),
        (
            Column("Adres", _WIDTHS[_ADDRESS]), Column("Gemeente", _WIDTH),
            *(Column(_alias(described, one.field), _WIDTH) for one in named),
            *(Column(field.alias, _width(field), field.name in _MORE) for field in fields),
        ),
        tuple(
            (
                *place,
                *(str(places[one.layer].get(str(record.get(one.field)), {}).get(_NAME, "")) for one in named),
                *(_cell(field, record.get(field.name)) for field in fields),
            )
            for place, record in records
        ),
        (*stays, HOW_TO_SETTLE) if stays else (),
        released.fictitious,
    )  # fmt: skip
    return released.into(lambda _records: made)


def _alias(layer: WorkingLayer, name: str) -> str:
    field = layer.field(name)
    return field.alias if field else name


def _place_of(
    layer: WorkingLayer, record: Record, places: Mapping[str, Mapping[str, Record]]
) -> tuple[str, str]:
    """The address and municipality of a record, or of what it is about."""
    code = str(record.get(_MUNICIPALITY) or "")
    place = record.get(GEOMETRY_FIELD)
    address = str(record.get(_ADDRESS) or "") or (place_in_words(place) if place else "")
    own = (address, municipality_name(code) if code else "")
    for relation in layer.relations:
        if all(own):
            break
        above = places.get(relation.layer, {}).get(str(record.get(relation.field)))
        if above is not None:
            found = _place_of(RURAL_LAYERS[relation.layer], above, places)
            own = own[0] or found[0], own[1] or found[1]
    return own


def _order(place: tuple[str, str], uuid: str) -> tuple[str, bool, str, str]:
    """By municipality and address, numbers as numbers; without an address last."""
    address, municipality = place
    natural = re.sub("[0-9]+", lambda number: number[0].rjust(6, "0"), address.casefold())
    return municipality, not address, natural, uuid


def _cell(field: WorkingField, value: object) -> Cell:
    if value in (None, ""):
        return ""
    if field.codes is not None:  # without what a label explains between brackets or after a colon
        return re.split(r" \(|:", value_in_words(field, value))[0]
    if field.format == "date":
        return date.fromisoformat(str(value)[:10])
    if isinstance(value, int | float):
        return value
    return value_in_words(field, value)


def _width(field: WorkingField) -> int:
    return _WIDTHS.get(
        field.name, _NARROW if field.type in _NARROW_TYPES or field.format == "date" else _WIDTH
    )


def _newest(records: Sequence[Record]) -> str:
    """The newest date of what the records say: that is another day than the one on which a list is made."""
    days = [str(record["peildatum"])[:10] for record in records if record.get("peildatum")]
    return max(days, default="geen records")
