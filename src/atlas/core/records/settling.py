"""Settle in which municipality a record near a border lies: by its woonplaats, the borders, or a person.

Who settled it and when stands in the history of the layer, beside what it was before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
        now: The moment of writing.
        user: Who says so.
        day: On which that was found out, when it is not the day of writing: it stands behind the name, in the
            record and in the history, where the moment of writing stands beside it.

    Raises:
        AtlasError: no such record, or the text is not surely one municipality.
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
                return _plan(layer, [_update(record, area.code, now=now, user=user)])
    raise AtlasError(
        "Dit record staat niet in het dossier.",
        got=uuid,
        expected="de uuid van een object, erf of signaal",
        hint="De uuid staat in het formulier van QGIS en op de pagina van het team.",
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
