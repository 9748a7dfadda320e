"""Invented records for the dossier: farms to match, vacant objects with their evidence, and signals.

Nobody is named. Every `bron` begins with FICTIEF, and every record says until when it may be kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
import pandas as pd

from ..core.schema.rural import FICTITIOUS
from ..core.schema.visits import NOT_WEIGHED, REJECTED, TO_SOURCE_CHECK
from ..core.vacancy.evidence import OBSERVATION, REPORT, SET_ASIDE
from ..geo.boundaries.levels import deciding_boundaries
from ..geo.measuring.assign import assign_areas
from ..planar.certain_places import certain_places
from .land import RIBBON, SIGNALS, YARD
from .scenarios import evidence_of
from .yards import DWELLING, FARM_BARN, FORMER_FARM, OLD_BARN, PREMISES, WORKING_FARM, outlines

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from .land import Land
    from .scenarios import Scenario
    from .yards import Yards

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

KEPT_YEARS = {"bedrijf": 10, "object": 10, "bewijs": 9, "signaal": 8, "afgewezen": 6}
"""After the day of the demo: far longer than a protocol allows, so that the demo can be read in for years."""

_NOT_FOUND = 0.012  # businesses whose address is not in the BAG
_SLOPPY_POSTCODE = 0.04
_ASIDE = 0.03
_SORTS = {
    FORMER_FARM: ("boerderij",),
    DWELLING: ("woning",),
    PREMISES: ("bedrijfspand", "loods", "overig"),
    OLD_BARN: ("schuur", "schuur", "stal", "loods"),
    FARM_BARN: ("stal", "schuur", "loods", "kas"),
    WORKING_FARM: ("boerderij",),
}
_REMARKS = {
    "ongebruikelijke_verkeersbewegingen": "Verkeer laat op de avond over een doodlopende weg.",
    "opvallende_voertuigbewegingen": "Bestelwagens die steeds kort op het erf staan.",
    "personen_bij_locatie": "Onbekenden gezien bij een schuur die leeg leek.",
    "nachtelijke_activiteit": "Licht en geluid in de nacht bij een loods.",
    "hekken_en_tralies_voor_ramen": "Nieuw hoog hek, ramen van de schuur dichtgezet.",
    "gedumpt_afval": "Vaten en zakken gevonden in de berm.",
    "knallen": "Knallen gehoord in de avond.",
    "bezoek_aan_de_deur": "Aan de deur gevraagd of de schuur te huur is.",
    "kapotte_straatverlichting": "De lantaarns langs de weg zijn al weken uit.",
    "overig": "Anders dan anders, nader te bekijken.",
}
_CATEGORY_SHARES = (0.18, 0.14, 0.12, 0.12, 0.07, 0.15, 0.06, 0.07, 0.05, 0.04)
_REPORTERS = (("inwoner", 0.38), ("agrarier", 0.24), ("partner", 0.14), ("brancheorganisatie", 0.06),
              ("gemeente", 0.10), ("anoniem", 0.08))  # fmt: skip
_PHASES = (("intake", NOT_WEIGHED, 0.34), ("weging", NOT_WEIGHED, 0.16), ("weging", REJECTED, 0.14),
           ("weging", "intern", 0.08), ("broncheck", TO_SOURCE_CHECK, 0.19),
           ("plan", TO_SOURCE_CHECK, 0.09))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Records:
    """Tables with columns as the working layers name them, x and y in EPSG:28992; empty cells are ""."""

    farms: pd.DataFrame
    objects: pd.DataFrame
    evidence: pd.DataFrame
    signals: pd.DataFrame


def list_farms(addresses: pa.Table, farms: Integers, day: date, rng: np.random.Generator) -> pd.DataFrame:
    """A list of businesses as a partner delivers it: not every postcode is neat, not every address exists."""
    chosen = addresses.take(farms)
    parts = {
        "postcode": "postcode", "huisnummer": "huisnummer", "huisletter": "huisletter",
        "toevoeging": "toevoeging", "straat": "openbare_ruimte_naam", "woonplaats": "woonplaats_naam",
    }  # fmt: skip
    frame = chosen.select(list(parts.values())).to_pandas().set_axis(list(parts), axis=1)
    lost = frame.iloc[rng.permutation(len(frame))[: max(round(len(frame) * _NOT_FOUND), 1)]].copy()
    lost["huisnummer"] += 5_000
    frame = pd.concat([frame, lost], ignore_index=True)
    sloppy = rng.random(len(frame)) < _SLOPPY_POSTCODE
    frame.loc[sloppy, "postcode"] = frame["postcode"].str[:4] + " " + frame["postcode"].str[4:].str.lower()
    frame = frame.iloc[rng.permutation(len(frame))].reset_index(drop=True)
    frame.insert(
        0, "bronkenmerk", [f"{FICTITIOUS}-BEDRIJF-{number:05d}" for number in range(1, len(frame) + 1)]
    )
    return frame.assign(
        bron=f"{FICTITIOUS} bedrijvenlijst", peildatum=day.isoformat(), bewaren_tot=_kept(day, "bedrijf")
    )


def write_records(land: Land, yards: Yards, day: date, rng: np.random.Generator) -> Records:
    """All records of the demo.

    Args:
        land: The municipalities.
        yards: Farms, barns and objects with what is known about them.
        day: The reference date; nothing is later.
        rng: The source of chance.
    """
    objects = _objects(land, yards, day, rng)
    return Records(
        list_farms(yards.addresses, yards.farms, day, rng),
        objects,
        _evidence(objects, yards.scenarios, day, rng),
        _signals(land, yards, objects, day=day, rng=rng),
    )


def _objects(land: Land, yards: Yards, day: date, rng: np.random.Generator) -> pd.DataFrame:
    barns, vacant, scenarios = yards.barns, yards.vacant, yards.scenarios
    chosen = yards.addresses.take(vacant.door).to_pandas()
    house = chosen["huisnummer"].astype(str) + chosen["huisletter"]
    house += np.where(chosen["toevoeging"] != "", "-" + chosen["toevoeging"], "")
    address = chosen["openbare_ruimte_naam"] + " " + house + ", " + chosen["woonplaats_naam"]
    own, is_barn = vacant.has_address, vacant.barn >= 0
    shape = np.full(own.size, "", dtype=object)
    at = vacant.barn[is_barn]
    rings = outlines(barns.x[at], barns.y[at], barns.length_m[at], barns.width_m[at], barns.angle[at])
    shape[is_barn] = [ring.wkt for ring in rings]
    stopped = rng.integers(day.year - 22, day.year, own.size)
    vab = np.select(
        [np.isin(vacant.kind, (FORMER_FARM, OLD_BARN)), vacant.kind == WORKING_FARM],
        [np.where(rng.random(own.size) < 0.8, "ja", "onbekend"), "nee"],  # noqa: PLR2004 - most are known
        "onbekend",
    )
    municipality, certain = record_municipality(land, vacant.x, vacant.y)
    return pd.DataFrame(
        {
            "uuid": record_uuids(own.size, rng),
            "adres": np.where(own, address, ""),
            "bag_pand_id": np.where(
                own, chosen["pand_identificatie"], np.where(is_barn, yards.barn_ids[vacant.barn], "")
            ),
            "bag_vbo_id": np.where(own, chosen["identificatie"], ""),
            "soort": [_SORTS[kind][int(rng.integers(len(_SORTS[kind])))] for kind in vacant.kind.tolist()],
            "gebruiksklasse": [scenario.use for scenario in scenarios],
            "status": [scenario.status for scenario in scenarios],
            "prioriteit": rng.choice(["normaal", "hoog", "laag"], own.size, p=[0.7, 0.15, 0.15]),
            "vab": vab,
            "vab_stopjaar": np.where((vab == "ja") & (rng.random(own.size) < 0.7), stopped.astype(str), ""),  # noqa: PLR2004
            "omtrek": shape,
            "gemeente_code": municipality,
            "gemeente_zeker": certain,
            "toelichting": [f"{FICTITIOUS}: {scenario.name}." for scenario in scenarios],
            "bron": f"{FICTITIOUS} inventarisatie",
            "bronkenmerk": [f"{FICTITIOUS}-OBJECT-{number:05d}" for number in range(1, own.size + 1)],
            "peildatum": day.isoformat(),
            "bewaren_tot": _kept(day, "object"),
            "regime": "avg",
            "x": vacant.x,
            "y": vacant.y,
        }
    )


def _evidence(
    objects: pd.DataFrame, scenarios: list[Scenario], day: date, rng: np.random.Generator
) -> pd.DataFrame:
    rows = []
    for uuid, vbo_id, scenario in zip(objects["uuid"], objects["bag_vbo_id"], scenarios, strict=True):
        for item in evidence_of(scenario, day, rng):
            doubted = item.bron in (OBSERVATION, REPORT) and rng.random() < _ASIDE
            rows.append(
                {
                    "object_uuid": uuid, "bag_vbo_id": vbo_id, "bewijsbron": item.bron,
                    "waarde": item.waarde, "peildatum": item.peildatum.isoformat(), "vervalt_op": "",
                    "gewicht": SET_ASIDE if doubted else "",
                    "toelichting": f"{FICTITIOUS}: terzijde gelegd, verkeerd adres." if doubted else "",
                }
            )  # fmt: skip
    columns = [
        "object_uuid",
        "bag_vbo_id",
        "bewijsbron",
        "waarde",
        "peildatum",
        "vervalt_op",
        "gewicht",
        "toelichting",
    ]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(
        bron=f"{FICTITIOUS} " + frame["bewijsbron"],
        bronkenmerk=[f"{FICTITIOUS}-BEWIJS-{number:05d}" for number in range(1, len(frame) + 1)],
        bewaren_tot=_kept(day, "bewijs"),
        regime="avg",
    )


def _signals(
    land: Land, yards: Yards, objects: pd.DataFrame, *, day: date, rng: np.random.Generator
) -> pd.DataFrame:
    """Signals about objects, about yards of farms, and somewhere along a road."""
    doors = yards.doors
    count = max(round(SIGNALS * land.scale), 1)
    outside = np.flatnonzero(np.isin(doors.kind, (RIBBON, YARD)))
    source = rng.choice(3, count, p=[0.4, 0.25, 0.35])
    which = rng.integers(0, len(objects), count)
    at = np.where(source == 1, rng.choice(yards.farms, count), rng.choice(outside, count))
    away = np.where(source == 0, 0.0, rng.uniform(15, 160, count))
    angle = rng.uniform(0, 2 * np.pi, count)
    x = np.round(np.where(source == 0, objects["x"].to_numpy()[which], doors.x[at]) + away * np.cos(angle), 2)
    y = np.round(np.where(source == 0, objects["y"].to_numpy()[which], doors.y[at]) + away * np.sin(angle), 2)
    outside_all = land.municipality(x, y) < 0
    x, y = np.where(outside_all, doors.x[at], x), np.where(outside_all, doors.y[at], y)
    category = rng.choice(len(_REMARKS), count, p=_CATEGORY_SHARES)
    phase = rng.choice(len(_PHASES), count, p=[each[2] for each in _PHASES])
    weighing = [_PHASES[each][1] for each in phase]
    names, remarks = list(_REMARKS), list(_REMARKS.values())
    municipality, certain = record_municipality(land, x, y)
    return pd.DataFrame(
        {
            "uuid": record_uuids(count, rng),
            "categorie": [names[each] for each in category],
            "melder_soort": rng.choice(
                [each[0] for each in _REPORTERS], count, p=[each[1] for each in _REPORTERS]
            ),
            "fase": [_PHASES[each][0] for each in phase],
            "weging": weighing,
            "object_uuid": np.where(source == 0, objects["uuid"].to_numpy()[which], ""),
            "gemeente_code": municipality,
            "gemeente_zeker": certain,
            "toelichting": [f"{FICTITIOUS}: {remarks[each]}" for each in category],
            "bron": f"{FICTITIOUS} meldpunt",
            "bronkenmerk": [f"{FICTITIOUS}-SIGNAAL-{number:05d}" for number in range(1, count + 1)],
            "peildatum": [
                (day - timedelta(days=int(days))).isoformat() for days in rng.integers(2, 420, count)
            ],
            "bewaren_tot": [_kept(day, "afgewezen" if each == REJECTED else "signaal") for each in weighing],
            "regime": "avg",
            "x": x,
            "y": y,
        }
    )


def record_municipality(land: Land, x: Floats, y: Floats) -> tuple[NDArray[np.object_], NDArray[np.str_]]:
    """The code of the municipality of each place by the detailed borders, and whether it is certain.

    The land was laid out by the generalised borders: a place that by the detailed ones lies in none keeps its
    municipality of then, and is not certain.
    """
    found = assign_areas(x, y, deciding_boundaries().geometry)
    position = np.where(found >= 0, found, land.municipality(x, y))
    return land.areas["code"].to_numpy()[position], np.where(certain_places(x, y) & (found >= 0), "ja", "nee")


def _kept(day: date, kind: str) -> str:
    return date(day.year + KEPT_YEARS[kind], 12, 31).isoformat()


def record_uuids(count: int, rng: np.random.Generator) -> list[str]:
    """Uuids of new records."""
    return [str(UUID(bytes=rng.bytes(16), version=4)) for _ in range(count)]
