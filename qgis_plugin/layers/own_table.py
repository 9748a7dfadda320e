"""A table of the user's as a payload with its one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..atlas.core.areas.districts import DISTRICT_LEVEL, district_level
from ..atlas.core.areas.embedded_boundaries import embedded_boundaries, embedded_shapes, embedded_source
from ..atlas.core.disclosure.audiences import Audience
from ..atlas.core.figures.edition import Edition
from ..atlas.core.figures.indicators import Catalogue, load_catalogue
from ..atlas.core.figures.payload import build_payload
from ..atlas.core.joining.join import join
from ..atlas.core.joining.own_figures import with_own_figure
from ..atlas.core.schema.outcomes import ATTENTION_OUTCOMES
from ..atlas.core.words.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..atlas.core.disclosure.released import Released
    from ..atlas.core.figures.payload import Payload
    from ..atlas.core.joining.joined import Joined
    from ..atlas.core.joining.own_figures import Figure
    from ..atlas.core.tables.table import Table

_NAMED_ROWS = 10
_MADE_FOR = Edition(audience=Audience.TEAM)


def own_payload(
    table: Table,
    figure: Figure,
    *,
    level: str,
    area_field: str,
    value_field: str,
    n_field: str,
    unit: str,
) -> tuple[Released[Payload], list[str]]:
    """The payload of one figure from a table, and a warning for each row that needs attention.

    Args:
        table: The rows; the areas are those of the atlas.
        figure: What must be known of the figure.
        level: Level of its areas.
        area_field: Column with their names or codes.
        value_field: Column with the values.
        n_field: Column with the number of answers, "" for none.
        unit: Unit of the values.

    Raises:
        AtlasError: the rows can't be joined, or a column does not exist.
    """
    joined = join(table, level=level, key=area_field, value=value_field, unit=unit, n=n_field or None)
    warnings = [
        f"Rij {line.row}: {line.text}: {line.explanation or line.outcome}"
        for line in joined.report
        if line.outcome in ATTENTION_OUTCOMES
    ]
    if joined.refusal is not None:
        joined.refusal.detail = "\n".join(
            part for part in (joined.refusal.detail, *warnings[:_NAMED_ROWS]) if part
        )
        raise joined.refusal
    return payload_of([(joined, figure)], level=level, unit=unit, where=table.source), warnings


def payload_of(
    periods: Sequence[tuple[Joined, Figure]], *, level: str, unit: str, where: str
) -> Released[Payload]:
    """The payload of one figure from joins that were not refused, one for each period.

    It is for who made it: what a table counts, and for whom that may be, is asked when an edition is made.

    Raises:
        AtlasError: a rate per 1,000 of nobody knows what, or the figure is called as a published one is.
    """
    catalogue = Catalogue((), (), (), ())
    for joined, figure in periods:
        catalogue = with_own_figure(catalogue, figure, joined, level=level, unit=unit, where=where)
    published = load_catalogue().indicators
    for own in catalogue.indicators:  # in a list and among layers it would take the other's place
        if taken := [one.label for one in published if one.id == own.id or one.label == own.label]:
            raise AtlasError(
                "Een cijfer van de atlas heeft deze naam al, of bijna.",
                where=f"{where}, {own.label}",
                got=taken[0],
                hint="Geef uw cijfer een andere naam.",
            )
    shapes, source = embedded_boundaries()
    if level != DISTRICT_LEVEL:
        return build_payload(catalogue, shapes, source, _MADE_FOR)
    shapes[level] = embedded_shapes(level)
    return build_payload(catalogue, shapes, embedded_source(level), _MADE_FOR, (district_level(),))
