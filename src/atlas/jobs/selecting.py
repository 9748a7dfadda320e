"""Choose the yards of a campaign: the seed in the register first, then the list, then both in the dossier."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from ..core.disclosure.audiences import Audience
from ..core.records.changes import faults_of
from ..core.records.choosing import Chosen, Selection, needs_draw, select, village_order
from ..core.records.choosing_facts import ASKED_LAYERS, SUPERVISION, Frame, frame_of, same_yards
from ..core.records.import_plan import ImportPlan, Insert
from ..core.records.in_words import municipality_name
from ..core.schema.campaigns import BY_DRAW, NOT_CHOSEN
from ..core.schema.rural import FICTITIOUS, working_layer
from ..core.schema.visits import CONSENT
from ..core.tables.registers import read_date, write_moment
from ..core.words.errors import AtlasError
from ..core.words.layer_names import CAMPAIGNS, STOPS, YARDS
from ..core.words.notation import counted, format_number, format_period
from ..dossier.changes import apply_import
from ..dossier.issue_register import DRAWN, append_line, check_issue, read_register
from ..dossier.opening import open_dossier
from ..dossier.records import read_layers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from ..core.records.choosing_rules import Rules
    from ..core.records.matching import Record
    from ..dossier.files import Dossier

_NAMESPACE = UUID("6a1a6a52-6a27-5d1e-8d42-0a0f7a1b9c3e")
_SOURCE = "keuze van erven"
#: what a yard of a campaign has from it
_AS_THE_CAMPAIGN = (
    "bron", "peildatum", "bewaren_tot", "regime", "aangemaakt_op", "aangemaakt_door", "gewijzigd_op",
    "gewijzigd_door", "ingelezen_op",
)  # fmt: skip
_DAY = 10
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Campaign:
    """What a planner says of a campaign.

    Args:
        name: As the team calls it; one name in a municipality.
        kind: `preventief` or `toezicht`.
        municipality: The code of the one municipality that it belongs to.
        purpose: For what.
        keep_until: The last day its records may be kept, as ISO text.
        ground: What makes it lawful, a key of `LEGAL_GROUNDS`; "" for consent.
        regulation: For supervision: by which act or by-law.
    """

    name: str
    kind: str
    municipality: str
    purpose: str
    keep_until: str
    ground: str = ""
    regulation: str = ""


@dataclass(frozen=True, slots=True)
class Selected:
    """What was chosen: of the frame, of each tier, the seed ("" when nothing was drawn), and Dutch notes."""

    selection: Selection
    seed: str
    by_tier: Mapping[int, int]
    notes: tuple[str, ...]
    rules: Rules

    @property
    def sentences(self) -> Iterator[str]:
        """How many yards, of each tier too, and where the seed stands."""
        places, frame = self.selection.places, len(self.selection.yards)
        drawn = f", waarvan {format_number(self.selection.drawn)} door loting" if places < frame else ""
        yield f"{counted(places, 'erf', 'erven')} gekozen van {format_number(frame)} in het kader{drawn}."
        if places == frame and self.by_tier:
            yield "Er is plaats voor elk erf van het kader: treden en loting hoefden niet te kiezen."
        for number, many in self.by_tier.items() if places < frame else ():
            tier = self.rules.tiers[number - 1].in_words
            yield f"Trede {number} ({tier}): {counted(many, 'erf', 'erven')}."
        if self.seed:
            yield f"Zaad {self.seed}; het staat in het register, met het controlegetal van kader en regels."


def select_yards(
    folder: Path,
    campaign: Campaign,
    rules: Rules,
    *,
    user: str,
    now: datetime,
    seed: str = "",
) -> Selected:
    """Choose the yards of a campaign, and write the campaign and all yards of its frame in the dossier.

    When not every yard can be visited the seed stands in the register before anything is drawn with it; a
    second draw is a second line.

    Args:
        folder: Of the dossier.
        campaign: What it is.
        rules: See `core.records.choosing_rules`.
        user: Who chooses.
        now: When.
        seed: Of the draw; "": one that nobody could choose.

    Raises:
        AtlasError: no dossier, a campaign of this name is there already, no ground or rule for supervision,
            nothing in the frame, or a file that can't be written; no yard is chosen then.
    """
    dossier = open_dossier(folder)
    codes = check_issue(
        dossier, None, purpose=campaign.purpose, audience=Audience.TEAM,
        municipalities=[campaign.municipality], user=user,
    )  # fmt: skip
    layers = read_layers(dossier, (*ASKED_LAYERS, CAMPAIGNS))
    record = _campaign_record(dossier, campaign, rules, user=user, now=now)
    _check_new(layers[CAMPAIGNS], record)
    frame = frame_of(layers, rules, kind=campaign.kind, municipality=campaign.municipality, today=now.date())
    if not frame.yards:
        raise _nobody(frame, campaign, folder)
    notes = [*dossier.notes, *frame.outside, *_doubled(layers[YARDS], frame)]
    if needs_draw(frame, rules):
        seed = seed.strip() or secrets.token_hex(16)
        notes += _register(dossier, codes, frame, rules, campaign, seed=seed, user=user, now=now)
    else:
        seed = ""
    selection = select(frame, rules, seed)
    record.update(plaatsen=selection.places, plaatsen_loting=selection.drawn, zaad=seed or None)
    order: dict[str, int] = {}
    if rules.by_village:
        order = village_order((frame.villages[yard] for yard in frame.yards), seed)
        notes.append(f"De volgorde van de dorpen is geloot: {', '.join(order)}.")
    stops = [_stop_record(record, item, frame, rules, order) for item in selection.yards]
    apply_import(dossier, [_new(CAMPAIGNS, [record]), _new(STOPS, stops)])
    taken = Counter(one.tier for one in selection.yards if one.outcome not in (BY_DRAW, NOT_CHOSEN))
    by_tier = {number: taken[number] for number in range(1, len(rules.tiers) + 1)}
    return Selected(selection, seed, by_tier, tuple(notes), rules)


def _campaign_record(
    dossier: Dossier, campaign: Campaign, rules: Rules, *, user: str, now: datetime
) -> Record:
    name = " ".join(campaign.name.split())
    if not name:
        raise AtlasError("Geef de campagne een naam.", expected="bijvoorbeeld Erfbezoeken voorjaar")
    record = {
        **_kept(dossier, campaign.keep_until, user, now),
        "uuid": str(uuid5(_NAMESPACE, f"{campaign.municipality}|{name}")),
        "naam": name,
        "soort": campaign.kind,
        "grondslag": campaign.ground or (None if campaign.kind == SUPERVISION else CONSENT),
        "regeling": campaign.regulation.strip() or None,
        "doel": campaign.purpose.strip(),
        "regels": rules.text,
        "gemeente_code": campaign.municipality,
        "gemeente_zeker": "ja",
    }
    for fault in faults_of(working_layer(CAMPAIGNS), Insert(1, record)):
        raise AtlasError(
            fault.reason, where="campagne", got=fault.got, expected=fault.expected,
            hint="Toezicht vraagt een grondslag en de wet of verordening; een gesprek gaat met instemming.",
        )  # fmt: skip
    return record


def _kept(dossier: Dossier, keep_until: str, user: str, now: datetime) -> Record:
    """What every record says of where it comes from and how long it is kept."""
    until = read_date(keep_until).value if keep_until.strip() else ""
    if until < now.date().isoformat():
        raise AtlasError(
            "Zeg tot wanneer de campagne mag worden bewaard.", got=keep_until or "niets",
            expected="een dag na vandaag (jjjj-mm-dd), volgens het protocol van de gemeente",
        )  # fmt: skip
    stamp = write_moment(now)
    return {
        "bron": f"{FICTITIOUS} {_SOURCE}" if dossier.fictitious else _SOURCE,
        "peildatum": now.date().isoformat(),
        "bewaren_tot": until,
        "regime": "avg",
        "aangemaakt_op": stamp,
        "aangemaakt_door": user,
        "gewijzigd_op": stamp,
        "gewijzigd_door": user,
        "ingelezen_op": stamp,
    }


def _stop_record(
    campaign: Record, chosen: Chosen, frame: Frame, rules: Rules, order: Mapping[str, int]
) -> Record:
    return {
        **{name: campaign[name] for name in _AS_THE_CAMPAIGN},
        "uuid": str(uuid5(_NAMESPACE, f"{campaign['uuid']}|{chosen.uuid}")),
        "campagne_uuid": campaign["uuid"],
        "bedrijf_uuid": chosen.uuid,
        "keuze": chosen.outcome,
        "trede": rules.tiers[chosen.tier - 1].in_words if chosen.tier else None,
        "kans": chosen.chance,
        "stratum": frame.strata[chosen.uuid],
        "plaats": frame.villages[chosen.uuid] if order else None,
        "volgorde": order[frame.villages[chosen.uuid]] if order else None,
        "redenen": _reasons(frame, chosen),
    }


def _reasons(frame: Frame, chosen: Chosen) -> str:
    """The sentences of a yard, one on each line: how it was chosen, and the facts."""
    how = {
        BY_DRAW: "Gekozen door loting, waarin elk erf evenveel kans had.",
        NOT_CHOSEN: "Deze keer niet gekozen.",
    }
    said = [how[chosen.outcome]] if chosen.outcome in how else []
    return "\n".join([*said, *frame.reasons[chosen.uuid]])


def _register(
    dossier: Dossier,
    codes: Sequence[str],
    frame: Frame,
    rules: Rules,
    campaign: Campaign,
    *,
    seed: str,
    user: str,
    now: datetime,
) -> list[str]:
    """Write the seed down before anything is drawn with it.

    Returns:
        Dutch sentences about draws that went before.
    """
    before = [line for line in read_register(dossier) if line.get("handeling") == DRAWN]
    before = [line for line in before if line.get("gemeenten") == ",".join(codes)]
    append_line(
        dossier,
        {
            "tijdstip": write_moment(now),
            "door": user.strip(),
            "handeling": DRAWN,
            "doel": campaign.purpose.strip(),
            "publiek": Audience.TEAM,
            "gemeenten": ",".join(codes),
            "lagen": YARDS,
            "aantal": len(frame.yards),
            "zaad": seed,
            "controlegetal": _checksum(frame, rules),
        },
    )
    notes = []
    if before:
        days = ", ".join(format_period(str(line["tijdstip"])[:_DAY]) for line in before[-_MOST_NAMED:])
        earlier = counted(len(before), "eerdere loting", "eerdere lotingen")
        stand = "staat" if len(before) == 1 else "staan"
        notes.append(f"In het register {stand} voor deze gemeente al {earlier}: {days}.")
    if any(line.get("zaad") == seed for line in before):
        notes.append("Met dit zaad is al eens geloot: wie toen vooraan stond, staat weer vooraan.")
    return notes


def _checksum(frame: Frame, rules: Rules) -> str:
    """Of what is drawn from and how, so that the seed can't be used for another list."""
    said = [rules.text, *(f"{yard} {frame.tiers.get(yard, 0)} {frame.strata[yard]}" for yard in frame.yards)]
    if rules.by_village:
        said += sorted(set(frame.villages.values()))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _check_new(campaigns: Sequence[Record], record: Record) -> None:
    if any(str(one["uuid"]) == record["uuid"] or _same_name(one, record) for one in campaigns):
        raise AtlasError(
            "Er is al een campagne met deze naam in deze gemeente; wat is gekozen blijft staan.",
            got=str(record["naam"]), hint="Geef een nieuwe keuze een eigen naam.",
        )  # fmt: skip


def _same_name(one: Record, other: Record) -> bool:
    return (one.get("naam"), one.get("gemeente_code")) == (other["naam"], other["gemeente_code"])


def _nobody(frame: Frame, campaign: Campaign, folder: Path) -> AtlasError:
    expected = "een agrarisch erf met zekere gemeente, in het buitengebied"
    hint = "Lees de erven in met hun ligging (buitengebied), of stel hun gemeente vast."
    if campaign.kind == SUPERVISION:
        expected += ", met een signaal waarvan de weging toezicht toestaat (fase plan)"
        hint = "Weeg eerst de signalen volgens het privacyprotocol."
    return AtlasError(
        f"Er is in {municipality_name(campaign.municipality)} geen erf om uit te kiezen.",
        where=str(folder), detail=" ".join(frame.outside), expected=expected, hint=hint,
    )  # fmt: skip


def _doubled(yards: Sequence[Record], frame: Frame) -> list[str]:
    inside = set(frame.yards)
    pairs = same_yards(yard for yard in yards if str(yard["uuid"]) in inside)
    if not pairs:
        return []
    named = "; ".join(f"{one} en {other}" for one, other in pairs[:_MOST_NAMED])
    doubled = counted(len(pairs), "erf staat", "erven staan")
    more = " …" if len(pairs) > _MOST_NAMED else ""
    return [f"{doubled} misschien dubbel in het kader (zelfde adres of BAG-id): {named}{more}."]


def _new(layer: str, records: Sequence[Record]) -> ImportPlan:
    inserts = tuple(Insert(number, record) for number, record in enumerate(records, start=1))
    return ImportPlan(layer, inserts, (), (), (), ())
