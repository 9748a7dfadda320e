"""Invented objects with evidence, spread over the municipalities; every text in them is made up here."""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from datetime import date, timedelta

from atlas.core.areas.divisions import area, areas
from atlas.core.counts.objects_payload import objects_payload
from atlas.core.records.concluding import plan_conclusions
from atlas.core.tables.registers import HIT, NO_HIT
from atlas.core.vacancy.evidence import REGISTERS, SEEN

#: the address that shows the objects
OPEN = "#objecten=ja"
COUNT = 600

TODAY = date(2026, 3, 1)
SOURCE = "FICTIEF: verzonnen voor een proef"
EVERYWHERE = tuple(one.code for one in areas("gemeente"))
_STREETS = ("Verzonnenweg", "Proefdijk", "Nergensweg", "Bedachtlaan", "Fabeldijk", "Schijnweg", "Doolweg")
_STATUSES = (
    "te_inventariseren", "te_inventariseren", "leegstand_vermoed", "leegstand_bevestigd", "bezocht",
    "getoetst_met_partners", "geen_bijzonderheden", "signaal_uitgezet", "afgehandeld",
)  # fmt: skip
_KINDS = ("boerderij", "schuur", "stal", "loods", "woning", "onbekend")


def fictitious_objects(count: int, anchors: dict[str, tuple[float, float]], seed: int = 1):
    """`count` records of leegstand_object and those of leegstand_bewijs about them.

    `anchors` is municipality -> [longitude, latitude]; the objects lie within some 8 km of it.
    """
    chance = random.Random(seed)
    codes = [code for code in EVERYWHERE if code in anchors]
    objects, evidence = [], []
    for nth in range(count):
        code = codes[nth % len(codes)]
        street = f"{chance.choice(_STREETS)[:-3]}{code[-2:]}{chr(97 + nth // 400 % 26)}weg"
        objects.append({
            "uuid": _new_uuid(chance),
            "adres": f"{street} {nth % 400 + 1}, Proefdorp {code[-3:]}" if chance.random() < 0.8 else None,
            "bag_vbo_id": "0014010000000001" if chance.random() < 0.8 else None,
            "soort": chance.choice(_KINDS),
            "gebruiksklasse": chance.choice(("agrarisch", "wonen", "onbekend")),
            "status": chance.choice(_STATUSES),
            "prioriteit": chance.choice(("hoog", "normaal", "normaal", "laag")),
            "vab": chance.choice(("ja", "nee", "onbekend")),
            "vab_stopjaar": chance.choice((None, None, 2019, 2022)),
            "gemeente_code": code,
            "gemeente_zeker": "nee" if chance.random() < 0.08 else "ja",
            "toelichting": "Dak ingestort, erf netjes" if chance.random() < 0.1 else None,
            "aangemaakt_door": "tester",
            "foto": "fotos/erf.jpg",
            "bron": SOURCE,
            "peildatum": _day(chance),
            "geometrie": tuple(
                centre + chance.gauss(0, spread)
                for centre, spread in zip(anchors[code], (0.05, 0.03), strict=True)
            ),
        })  # fmt: skip
        evidence += _evidence(objects[-1]["uuid"], chance)
    concluded = {
        item.uuid: item.changes for item in plan_conclusions(objects, evidence, today=TODAY).concluded
    }
    for record in objects:
        record |= {change.field: change.in_file for change in concluded.get(record["uuid"], ())}
    return objects, evidence


def repeated(objects, evidence, times: int):
    """The records so many times, each with a number, address and place of its own: concluding is slow."""
    chance = random.Random(times)
    pieces = defaultdict(list)
    for piece in evidence:
        pieces[piece["object_uuid"]].append(piece)
    more_objects, more_evidence = [], []
    for nth in range(times):
        for record in objects:
            number = _new_uuid(chance)
            place = tuple(ordinate + chance.gauss(0, 0.01) for ordinate in record["geometrie"])
            address = record["adres"] and record["adres"].replace("weg ", f"{chr(97 + nth)}weg ")
            more_objects.append(record | {"uuid": number, "geometrie": place, "adres": address})
            more_evidence += [
                piece | {"uuid": _new_uuid(chance), "object_uuid": number} for piece in pieces[record["uuid"]]
            ]
    return more_objects, more_evidence


def _new_uuid(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def _evidence(about: str, chance: random.Random) -> list[dict[str, object]]:
    kind = chance.random()
    pieces = []
    if kind < 0.6:
        day = date(2025, chance.choice((1, 4, 7, 10)), 1).isoformat()
        pieces += [(register, chance.choice((HIT, NO_HIT, NO_HIT)), day) for register in REGISTERS]
    if 0.4 < kind < 0.97:
        pieces.append(("waarneming", chance.choice(list(SEEN)), _day(chance)))
    if 0.9 < kind < 0.95:
        day = _day(chance)
        pieces += [(source, "buiten_gebruik", day) for source in ("bag_status", "bag_verblijfsobject")]
    if 0.1 < kind < 0.2:
        pieces.append(("opgave", "leeg", _day(chance)))
    return [
        {
            "uuid": _new_uuid(chance),
            "object_uuid": about, "bewijsbron": source, "waarde": value, "peildatum": day,
            "bron": SOURCE, "gewicht": None, "vervalt_op": None,
        }
        for source, value, day in pieces
    ]  # fmt: skip


def _day(chance: random.Random) -> str:
    return (TODAY - timedelta(days=chance.randrange(20, 700))).isoformat()


def anchors_of(payload) -> dict[str, tuple[float, float]]:
    """Where each municipality of a payload lies."""
    level = next(level for level in payload["levels"] if level["id"] == "gemeente")
    return {one["code"]: tuple(one["anchor"]) for one in level["areas"]}


def team_payload(payload, objects, evidence, *, municipalities=EVERYWHERE, fictitious=True, unsealed=False):
    """A payload with objects, as the build makes it for a team; changes and returns `payload`."""
    payload |= {
        "audience": "team",
        "audience_label": "Alleen voor het team",
        "fictitious": fictitious,
        "objects": objects_payload(
            objects, evidence, audience="team", municipalities=municipalities, fictitious=fictitious
        ),
        "images": [],
        "competence": {
            "municipalities": list(municipalities),
            "labels": [area(code).label for code in municipalities],
        },
        "unsealed": unsealed,
    }
    return payload
