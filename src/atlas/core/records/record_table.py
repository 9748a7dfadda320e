"""The records of a layer as a table for a program: the fields that may leave, as they are stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..disclosure.fields import may_leave
from ..schema.published import GEOMETRY_FIELD
from ..schema.rural import FICTITIOUS, working_layer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ..disclosure.released import Records, Released
    from ..figures.edition import Made
    from ..schema.working import WorkingField, WorkingLayer

#: columns of a place in a table without a map, in metres (EPSG:28992)
_PLACE_COLUMNS = ("x_rd", "y_rd")
_DAY = 10


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A table of records; `records` have their place as (x, y) in EPSG:28992, when that goes along."""

    layer: WorkingLayer
    fields: tuple[WorkingField, ...]
    records: Sequence[Mapping[str, Any]]
    has_places: bool
    title: str
    day: date
    made: Made

    @property
    def columns(self) -> list[str]:
        """Names of the columns, with the place as x_rd and y_rd."""
        return [*(field.name for field in self.fields), *(_PLACE_COLUMNS if self.has_places else ())]

    def rows(self) -> list[list[Any]]:
        """The cells below these columns."""
        return [
            [
                *(record.get(field.name) for field in self.fields),
                *((place or (None, None)) if self.has_places else ()),
            ]
            for record, place in zip(self.records, self.places(), strict=True)
        ]

    def places(self) -> list[tuple[float, float] | None]:
        """The place of each record."""
        return [record.get(GEOMETRY_FIELD) if self.has_places else None for record in self.records]


def record_table(released: Released[Records], layer: str, *, day: date, made: Made) -> Released[RecordTable]:
    """Make the table of the records of a layer.

    Args:
        released: What may leave of the layer.
        layer: Name of a working layer.
        day: On which it is handed out.
        made: By whom and when; of when its data are is read from the records.
    """
    described, audience = working_layer(layer), released.audience
    fictitious = f"{FICTITIOUS}: " if released.fictitious else ""
    return released.into(
        lambda records: RecordTable(
            described,
            tuple(field for field in described.fields if may_leave(layer, field.name, audience)),
            records[layer],
            described.geometry is not None and may_leave(layer, GEOMETRY_FIELD, audience),
            f"{fictitious}{described.alias} ({', '.join(released.municipalities)})",
            day,
            replace(made, newest=_newest(records[layer])),
        )
    )


def _newest(records: Sequence[Mapping[str, Any]]) -> str:
    return max((str(record.get("peildatum") or "")[:_DAY] for record in records), default="")
