"""The result of a join as plain rows: one for every area of the level, for a file or a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..areas.resolving import areas
from ..figures.estimates import survey_estimate, without_interval
from ..figures.map_layers import allowed_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..figures.estimates import Estimate
    from ..figures.map_layers import Row
    from ..schema.published import Field
    from .join import Joined

LAYER = "koppeling"
#: only there when the caller knows how sure the figures are
_ESTIMATED = ("laag", "hoog", "status")
#: states of which no figure leaves
_WITHHELD = frozenset({"te_weinig_respondenten", "onderdrukt"})
#: units of counts: an n beside them is no sample
_NO_SURVEY = frozenset({"count", "per_100", "per_1000", "per_km2"})


def joined_estimates(joined: Joined, unit: str) -> dict[str, Estimate] | None:
    """How sure the figures of a survey are, by area code; None when the table has no n, or holds counts.

    The publication rule holds for everything that has an n: a figure of too few respondents is withheld by
    `joined_rows`.
    """
    if unit in _NO_SURVEY or all(value.n is None for value in joined.values):
        return None
    return {
        value.area.code: survey_estimate(value.value, value.n)
        if unit == "percent"
        else without_interval(value.value, value.n, "de spreiding van de antwoorden is onbekend")
        for value in joined.values
    }


def withheld_areas(estimates: Mapping[str, Estimate] | None) -> int:
    """The number of areas of which no figure leaves."""
    return sum(estimate.status in _WITHHELD for estimate in (estimates or {}).values())


def joined_rows(
    joined: Joined, level: str, estimates: Mapping[str, Estimate] | None, audience: str
) -> tuple[tuple[Field, ...], list[Row]]:
    """The fields that an audience may see, and a row for every area; one without a value has an empty one.

    Args:
        joined: What `joining.join` returned.
        level: The level that was joined on.
        estimates: area code -> interval and status; None leaves out the fields laag, hoog and status.
        audience: For whom.

    Raises:
        AtlasError: unknown level, or the audience may see nothing of it.
    """
    fields = tuple(
        field
        for field in allowed_fields(LAYER, audience)
        if estimates is not None or field.name not in _ESTIMATED
    )
    by_code = {value.area.code: value for value in joined.values}
    rows = []
    for area in areas(level):
        row: Row = {"code": area.code, "naam": area.name}
        estimate = (estimates or {}).get(area.code)
        row["status"] = estimate.status if estimate else "geen_gegevens"
        if (value := by_code.get(area.code)) is not None:
            row["n"] = _number(value.n)
            if estimate is None or estimate.status not in _WITHHELD:
                row["waarde"] = _number(value.value)
        if estimate and estimate.status not in _WITHHELD:
            row |= {"laag": estimate.low, "hoog": estimate.high}
        rows.append({field.name: row.get(field.name) for field in fields})
    return fields, rows


def _number(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
