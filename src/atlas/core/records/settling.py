"""Settle in which municipality a record near a border lies: by its woonplaats, the borders, or a person.

Who settled it and when stands in the history of the layer, beside what it was before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..areas.divisions import area as area_of
from ..areas.resolving import resolve
from ..schema.published import GEOMETRY_FIELD
from ..tables.registers import write_moment
from ..words.errors import AtlasError
from .import_plan import Change, ImportPlan, Update

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from .import_file import Municipalities
    from .matching import Record

_CODE, _CERTAIN = "gemeente_code", "gemeente_zeker"
#: no margin of a border is wider than 150 m; a municipality farther than the last of these is another; m
_NEAR_M, _DIRECTIONS = (150.0, 300.0, 500.0), 16


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of the records of one layer of which the municipality was not certain.

    Args:
        plan: What to write.
        contradicted: Records that certainly lie in another municipality than they name.
        open: How many remain: too near a border, or without a place.
    """

    plan: ImportPlan
    contradicted: tuple[str, ...]
    open: int


def settle_by_borders(
    layer: str,
    records: Sequence[Record],
    municipalities: Municipalities,
    *,
    now: datetime,
    user: str,
    by_residence: Mapping[str, str] | None = None,
) -> Settled:
    """Make certain what the detailed borders make certain, and the record does not contradict.

    Args:
        layer: Its name.
        records: All records of it.
        municipalities: The municipality of places, and whether that is certain.
        now: The moment of writing.
        user: Who asks for it.
        by_residence: uuid -> the municipality of the woonplaats in its address: exact, so it goes first.
    """
    doubtful = {str(record["uuid"]): record for record in records if record.get(_CERTAIN) != "ja"}
    sure = {uuid: code for uuid, code in (by_residence or {}).items() if code and uuid in doubtful}
    placed = [
        (uuid, place)
        for uuid, record in doubtful.items()
        if uuid not in sure and isinstance(place := record.get(GEOMETRY_FIELD), tuple)
    ]
    found = municipalities([place for _uuid, place in placed]) if placed else []
    for (uuid, _place), (code, certain) in zip(placed, found, strict=True):
        if certain and code:
            sure[uuid] = code
    agreed = [uuid for uuid, code in sure.items() if doubtful[uuid].get(_CODE) in (None, "", code)]
    updates = [_update(doubtful[uuid], sure[uuid], now=now, user=user) for uuid in agreed]
    contradicted = tuple(sorted(sure.keys() - set(agreed)))
    return Settled(_plan(layer, updates), contradicted, len(doubtful) - len(updates) - len(contradicted))


def settle_by_person(
    layers: Mapping[str, Sequence[Record]],
    uuid: str,
    municipality: str,
    municipalities: Municipalities,
    *,
    now: datetime,
    user: str,
    day: date | None = None,
) -> ImportPlan:
    """Put one record in a municipality, because somebody says so.

    Args:
        layers: Name -> records, of the layers that have a municipality.
        uuid: Of the record.
        municipality: Name or code.
        municipalities: The municipality of places: one that is not near can't be meant.
        now: The moment of writing.
        user: Who says so.
        day: On which that was found out, when it is not the day of writing: it stands behind the name, in the
            record and in the history, where the moment of writing stands beside it.

    Raises:
        AtlasError: no such record, the text is not surely one municipality, or the record lies far from it.
    """
    area = resolve(municipality, "gemeente").area
    if area is None:
        raise AtlasError(
            "Deze gemeente is niet te herkennen.",
            got=municipality, expected="naam of code van een van de 22 gemeenten",
        )  # fmt: skip
    if day is not None and day != now.date():
        user = f"{user}, vastgesteld op {day.isoformat()}"
    for layer, records in layers.items():
        for record in records:
            if str(record["uuid"]) == uuid.strip("{} ").lower():
                _check_near(record, area.code, municipalities)
                return _plan(layer, [_update(record, area.code, now=now, user=user)])
    raise AtlasError(
        "Dit record staat niet in het dossier.",
        got=uuid,
        expected="de uuid van een object, erf of signaal",
        hint="De uuid staat in het formulier van QGIS en op de pagina van het team.",
    )


def _check_near(record: Record, code: str, municipalities: Municipalities) -> None:
    """Check that a record lies in a municipality or near it: a slip would show it to another team."""
    place = record.get(GEOMETRY_FIELD)
    if not isinstance(place, tuple):
        return
    x, y = place
    angles = [2 * math.pi * nth / _DIRECTIONS for nth in range(_DIRECTIONS)]
    around = [(x + near * math.cos(at), y + near * math.sin(at)) for near in _NEAR_M for at in angles]
    near = sorted({found for found, _certain in municipalities([(x, y), *around]) if found})
    if code not in near:
        raise AtlasError(
            "Dit record ligt niet in deze gemeente, en niet bij de grens ervan; er is niets veranderd.",
            got=area_of(code).name,
            expected=" of ".join(area_of(one).name for one in near) or "een plaats in Drenthe of Groningen",
            hint="Klopt de plaats van het record niet, verbeter die dan eerst in QGIS.",
        )


def _update(record: Record, code: str, *, now: datetime, user: str) -> Update:
    wanted = {_CODE: code, _CERTAIN: "ja"}
    changes = tuple(
        Change(name, record.get(name), value) for name, value in wanted.items() if record.get(name) != value
    )
    stamps = {
        "gewijzigd_op": write_moment(now),
        "gewijzigd_door": user,
        "ingelezen_op": record.get("ingelezen_op"),
    }
    return Update(0, str(record["uuid"]), changes, {**record, **wanted, **stamps})


def _plan(layer: str, updates: Sequence[Update]) -> ImportPlan:
    return ImportPlan(layer, (), tuple(one for one in updates if one.changes), (), (), ())
