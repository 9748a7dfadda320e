"""At which stop of a campaign a visit was: what it says itself, held against the dossier."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from ..schema.campaigns import NOT_CHOSEN
from ..words.layer_names import CAMPAIGNS, STOPS
from .incoming import Remark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .field_steps import FieldWork
    from .matching import Record

_DAY = 10


def at_their_stops(
    done: FieldWork, known: Mapping[str, Mapping[str, Record]]
) -> tuple[FieldWork, tuple[Remark, ...]]:
    """New visits with the stop at which they were, and with the yard of it.

    A visit that names a stop is at the yard of that stop. One that names none was at the stop of its yard,
    when there is one only: in a campaign of the same kind of visit, that had begun. A stop that is not there,
    or is another yard's, is let go and told: the visit stays.

    Args:
        done: What was done with visits.
        known: Layer -> uuid -> the records of the dossier, with those that come back too.
    """
    stops, campaigns = known.get(STOPS, {}), known.get(CAMPAIGNS, {})
    of_yard: dict[str, list[Record]] = defaultdict(list)
    for stop in stops.values():
        if stop.get("keuze") != NOT_CHOSEN:
            of_yard[str(stop.get("bedrijf_uuid"))].append(stop)
    visits, remarks = [], []
    for number, visit in enumerate(done.new):
        named = stops.get(str(visit.get("stop_uuid") or ""))
        yard = visit.get("bedrijf_uuid")
        if named is not None and yard in (None, "", named.get("bedrijf_uuid")):
            visits.append({**visit, "bedrijf_uuid": named.get("bedrijf_uuid")})
        elif visit.get("stop_uuid"):
            why = "hoort bij een ander erf" if named else "staat niet (meer) in het dossier"
            remarks.append(Remark(number, "stop_uuid", f"De stop van dit bezoek {why}; het bezoek blijft."))
            visits.append({**visit, "stop_uuid": None})
        else:
            fitting = [one for one in of_yard.get(str(yard), ()) if _fits(visit, one, campaigns)]
            visits.append({**visit, "stop_uuid": fitting[0]["uuid"]} if len(fitting) == 1 else visit)
    return replace(done, new=tuple(visits)), tuple(remarks)


def _fits(visit: Record, stop: Record, campaigns: Mapping[str, Record]) -> bool:
    campaign: Record = campaigns.get(str(stop.get("campagne_uuid"))) or {}
    began, day = (str(one or "")[:_DAY] for one in (campaign.get("peildatum"), visit.get("datum")))
    return campaign.get("soort") == visit.get("soort") and began <= day
