"""Settle in which municipality a record near a border lies: by the borders, or by a person who knows.

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
    from datetime import datetime

    from .import_file import Municipalities
    from .matching import Record

_CODE, _CERTAIN = "gemeente_code", "gemeente_zeker"


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of the records of one layer of which the municipality was not certain.

    Args:
        plan: What to write.
        contradicted: Records that by the borders certainly lie in another municipality than they name.
        open: How many remain: too near a border, or without a place.
    """

    plan: ImportPlan
    contradicted: tuple[str, ...]
    open: int


def settle_by_borders(
    layer: str, records: Sequence[Record], municipalities: Municipalities, *, now: datetime, user: str
) -> Settled:
    """Make certain what the detailed borders make certain, and the record does not contradict.

    Args:
        layer: Its name.
        records: All records of it.
        municipalities: The municipality of places, and whether that is certain.
        now: The moment of writing.
        user: Who asks for it.
    """
    doubtful = [record for record in records if record.get(_CERTAIN) != "ja"]
    placed = [
        (record, place) for record in doubtful if isinstance(place := record.get(GEOMETRY_FIELD), tuple)
    ]
    found = municipalities([place for _record, place in placed]) if placed else []
    sure = [
        (record, code)
        for (record, _place), (code, certain) in zip(placed, found, strict=True)
        if certain and code
    ]
    agreed = [record for record, code in sure if record.get(_CODE) in (None, "", code)]
    contradicted = tuple(str(record["uuid"]) for record, code in sure if record not in agreed)
    codes = {str(record["uuid"]): code for record, code in sure}
    updates = [_update(record, codes[str(record["uuid"])], now=now, user=user) for record in agreed]
    remaining = len(doubtful) - len(updates) - len(contradicted)
    return Settled(_plan(layer, updates), contradicted, remaining)


def settle_by_person(
    layers: Mapping[str, Sequence[Record]], uuid: str, municipality: str, *, now: datetime, user: str
) -> ImportPlan:
    """Put one record in a municipality, because somebody says so.

    Args:
        layers: Name -> records, of the layers that have a municipality.
        uuid: Of the record.
        municipality: Name or code.
        now: The moment of writing.
        user: Who says so.

    Raises:
        AtlasError: no such record, or the text is not surely one municipality.
    """
    area = resolve(municipality, "gemeente").area
    if area is None:
        raise AtlasError(
            "Deze gemeente is niet te herkennen.",
            got=municipality, expected="naam of code van een van de 22 gemeenten",
        )  # fmt: skip
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
