"""An invented day in the field: what a team writes down at the stops of its round."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np

from ..core.schema.rural import FICTITIOUS
from ..core.schema.visits import FINDING_CATEGORIES, SPOKEN_OF_OR_LOOKED_AT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    Record = Mapping[str, object]

_STREAM = 0x56454C44  # "VELD"
_OUTCOMES = (("toegang_verleend", 0.75), ("niemand_aanwezig", 0.17), ("geen_medewerking", 0.08))
_TOLD = 0.6
_KEPT = ("bewaren_tot", "regime")


def field_day(
    campaign: Record, tour: Record, stops: Sequence[Record], *, seed: int, day: date
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Visits to the stops of a round, and what was told there.

    Args:
        campaign: Of the round.
        tour: The round.
        stops: In order.
        seed: The same gives the same.
        day: Of the visits.

    Returns:
        Records of erfbezoek and of bevinding, without who made them and when.
    """
    rng = np.random.Generator(np.random.PCG64([seed, _STREAM]))
    spoken_of = list(SPOKEN_OF_OR_LOOKED_AT.get(str(campaign["soort"]), FINDING_CATEGORIES))
    kept = {name: campaign[name] for name in _KEPT}
    origin = {"bron": f"{FICTITIOUS} erfbezoeken", "peildatum": day.isoformat(), **kept}
    visits, findings = [], []
    for stop in stops:
        visit: dict[str, object] = {
            "uuid": _uuid(rng), "bedrijf_uuid": stop["bedrijf_uuid"], "stop_uuid": stop["uuid"],
            "datum": day.isoformat(), "begin": stop["aankomst"], "eind": stop["vertrek"],
            "team": tour["team"], "soort": campaign["soort"], "grondslag": campaign["grondslag"],
            "regeling": campaign["regeling"], "doel": campaign["doel"],
            "uitkomst": rng.choice([one for one, _ in _OUTCOMES], p=[part for _, part in _OUTCOMES]).item(),
            "toelichting": f"{FICTITIOUS} bezoek.", **origin,
        }  # fmt: skip
        visits.append(visit)
        if visit["uitkomst"] == "toegang_verleend" and rng.random() < _TOLD:
            findings.append(
                {
                    "uuid": _uuid(rng), "bezoek_uuid": visit["uuid"],
                    "categorie": rng.choice(spoken_of).item(),
                    "waarneming": "waargenomen", "triage": "nog_te_doen", "getoetst": "nee",
                    "opvolging": "geen",
                    "toelichting": f"{FICTITIOUS} bevinding.", **origin,
                }
            )  # fmt: skip
    return visits, findings


def _uuid(rng: np.random.Generator) -> str:
    return str(UUID(bytes=rng.bytes(16), version=4))
