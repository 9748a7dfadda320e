"""Invented visits to yards, and what was seen there: some municipalities all, some a part, some none.

They have a stream of chance of their own, so that the rest of the demo does not change with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
import pandas as pd

from ..core.schema.rural import FICTITIOUS
from ..core.schema.visits import CONSENT, FINDING_CATEGORIES, REPORT_CATEGORIES, SEEN_OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: tells this stream from those that `fiction.countryside` spawns from the same seed
_STREAM = 0x42455A  # "BEZ"
_KEPT_YEARS = 7
#: the part of the yards that a municipality has visited
_COVERAGES = (1.0, 0.7, 0.45, 0.25, 0.1, 0.0)
_AGAIN = 0.08
_WITHIN_DAYS = 500
_OUTCOMES = (("toegang_verleend", 0.74), ("van_buiten_bekeken", 0.12), ("niemand_aanwezig", 0.10),
             ("geen_medewerking", 0.04))  # fmt: skip
#: things that were looked for on a yard: mostly none, and of those most were not there
_LOOKED_FOR = (0.68, 0.2, 0.08, 0.04)
_OBSERVATIONS = (("waargenomen", 0.55), ("niet_waargenomen", 0.35), ("niet_bekeken", 0.10))
#: how often what residents report is seen, beside what only a visitor sees
_OFTEN, _SELDOM = 3.0, 1.0


@dataclass(frozen=True, slots=True)
class Visits:
    """Tables with the columns of the layers erfbezoek and bevinding."""

    visits: pd.DataFrame
    findings: pd.DataFrame


def write_visits(yards: Sequence[Mapping[str, object]], seed: int, day: date) -> Visits:
    """Visits to yards, and findings.

    Args:
        yards: Records of agrarisch_bedrijf: uuid, gemeente_code and bronkenmerk.
        seed: Of the demo.
        day: The reference date; nothing is later.
    """
    rng = np.random.Generator(np.random.PCG64([seed, _STREAM]))
    ordered = sorted(yards, key=lambda yard: str(yard["bronkenmerk"]))
    codes = np.array([str(yard["gemeente_code"]) for yard in ordered], dtype=object)
    places = sorted(set(codes.tolist()))
    share = dict(zip(places, rng.permutation(np.resize(_COVERAGES, len(places))), strict=True))
    chance = np.array([share[code] for code in codes])
    gone = np.flatnonzero(rng.random(len(ordered)) < chance)
    twice = gone[rng.random(gone.size) < _AGAIN]
    chosen = np.concatenate([gone, twice])
    return _tables([str(ordered[at]["uuid"]) for at in chosen], day, rng)


def _tables(yards: Sequence[str], day: date, rng: np.random.Generator) -> Visits:
    count = len(yards)
    outcome = _drawn(_OUTCOMES, count, rng)
    ago = rng.integers(3, _WITHIN_DAYS, count)
    days = [(day - timedelta(days=int(days_ago))).isoformat() for days_ago in ago]
    visits = pd.DataFrame(
        {
            "uuid": _uuids(count, rng),
            "bedrijf_uuid": yards,
            "datum": days,
            "team": f"{FICTITIOUS} team buitengebied",
            "soort": "preventief",
            "grondslag": CONSENT,
            "doel": "kennismaken en horen wat er speelt",
            "uitkomst": outcome,
            "toelichting": f"{FICTITIOUS} bezoek.",
        }
    )
    return Visits(_kept(visits, "BEZOEK", days, day), _findings(visits, day, rng))


def _findings(visits: pd.DataFrame, day: date, rng: np.random.Generator) -> pd.DataFrame:
    seen = visits[visits["uitkomst"].isin(SEEN_OUTCOMES)]
    number = rng.choice(len(_LOOKED_FOR), len(seen), p=_LOOKED_FOR)
    visit = np.repeat(np.arange(len(seen)), number)
    weights = np.array([_OFTEN if name in REPORT_CATEGORIES else _SELDOM for name in FINDING_CATEGORIES])
    names = list(FINDING_CATEGORIES)
    chosen = [
        names[at]
        for of_visit in number
        for at in rng.choice(len(names), of_visit, replace=False, p=weights / weights.sum())
    ]
    count = visit.size
    findings = pd.DataFrame(
        {
            "uuid": _uuids(count, rng),
            "bezoek_uuid": seen["uuid"].to_numpy()[visit],
            "categorie": chosen,
            "waarneming": _drawn(_OBSERVATIONS, count, rng),
            "triage": _drawn(
                (("nog_te_doen", 0.3), ("geen_actie", 0.5), ("melding_doorgezet", 0.2)), count, rng
            ),
            "getoetst": "nee",
            "toelichting": f"{FICTITIOUS} bevinding.",
        }
    )
    return _kept(findings, "BEVINDING", seen["datum"].to_numpy()[visit], day)


def _kept(frame: pd.DataFrame, mark: str, days: Sequence[str], day: date) -> pd.DataFrame:
    return frame.assign(
        bron=f"{FICTITIOUS} erfbezoeken",
        bronkenmerk=[f"{FICTITIOUS}-{mark}-{number:05d}" for number in range(1, len(frame) + 1)],
        peildatum=days,
        bewaren_tot=date(day.year + _KEPT_YEARS, 12, 31).isoformat(),
        regime="avg",
    )


def _drawn(options: Sequence[tuple[str, float]], count: int, rng: np.random.Generator) -> list[str]:
    return rng.choice([name for name, _part in options], count, p=[part for _name, part in options]).tolist()


def _uuids(count: int, rng: np.random.Generator) -> list[str]:
    return [str(UUID(bytes=rng.bytes(16), version=4)) for _ in range(count)]
