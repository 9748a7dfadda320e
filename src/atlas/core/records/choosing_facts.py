"""Who is in the frame of a campaign, and what is known of a yard that may choose it: fact, source and date.

The frame is every agricultural yard of the countryside of a municipality. For supervision it is only a yard
of which the weighing of a signal allows it, by the table of `choosing_rules`. What stays outside is counted,
with the reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from ..tables.postal_address import read_postal_address
from ..words.layer_names import OBJECTS, SIGNALS, VISITS, YARDS
from ..words.notation import counted, format_number, format_period
from .choosing_rules import (
    ASKED,
    LAPSES,
    LAST_OUTCOME,
    LONG_AGO,
    ONE_OF,
    frame_values,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .choosing_rules import Rules, Tier
    from .matching import Record

#: layers that are read to choose
ASKED_LAYERS: Final = (OBJECTS, YARDS, SIGNALS, VISITS)
SUPERVISION: Final = "toezicht"
NO_VILLAGE: Final = "dorp niet bekend"
_YES, _NO = "ja", "nee"
#: a visit that answered a request: somebody was spoken or the yard was seen
_NOT_MADE = frozenset({"niemand_aanwezig"})
#: the thirds of how remote a yard is, by the percent of yards of the municipality that is less so
_THIRDS: Final = ((100 / 3, "minst afgelegen"), (200 / 3, "midden"), (101, "meest afgelegen"))
_DAY = 10


@dataclass(frozen=True, slots=True)
class Frame:
    """The yards that may be visited, by uuid.

    Args:
        yards: The uuids, sorted.
        tiers: uuid -> number of the highest tier (from 1) whose rule holds; who is in none is left out.
        strata: uuid -> the stratum of the draw.
        reasons: uuid -> sentences with fact, source and date.
        outside: Dutch sentences about what is not in the frame.
        villages: uuid -> the place in its address.
    """

    yards: tuple[str, ...]
    tiers: Mapping[str, int]
    strata: Mapping[str, str]
    reasons: Mapping[str, tuple[str, ...]]
    outside: tuple[str, ...]
    villages: Mapping[str, str] = field(default_factory=dict)


def frame_of(
    layers: Mapping[str, Sequence[Record]], rules: Rules, *, kind: str, municipality: str, today: date
) -> Frame:
    """Make the frame of a campaign.

    Args:
        layers: The records of `ASKED_LAYERS`.
        rules: With the tiers.
        kind: `preventief` or `toezicht`.
        municipality: Its code.
        today: The day of choosing.
    """
    known = _Known(layers, kind, today)
    yards: dict[str, Record] = {}
    outside: Counter[str] = Counter()
    for yard in layers[YARDS]:
        if yard.get("gemeente_code") == municipality:
            why = known.why_outside(yard)
            if why:
                outside[why] += 1
            else:
                yards[str(yard["uuid"])] = yard
    tiers: dict[str, int] = {}
    reasons: dict[str, tuple[str, ...]] = {}
    for uuid, yard in yards.items():
        held = [
            (number, fact) for number, tier in enumerate(rules.tiers, 1) if (fact := known.fact(yard, tier))
        ]
        if held:
            tiers[uuid] = held[0][0]
        reasons[uuid] = (known.in_frame(yard), *(fact for _number, fact in held))
    return Frame(
        tuple(sorted(yards)),
        tiers,
        {uuid: _stratum(yard) for uuid, yard in yards.items()},
        reasons,
        tuple(
            f"Niet in het kader: {counted(many, 'erf', 'erven')} ({why})." for why, many in outside.items()
        ),
        {uuid: _village(yard) for uuid, yard in yards.items()},
    )


def _village(yard: Record) -> str:
    """The place in the address of a yard; those without one go together."""
    read = read_postal_address({"adres": str(yard.get("adres") or "")})
    return getattr(read, "place", "") or NO_VILLAGE


def _stratum(yard: Record) -> str:
    percent = yard.get("percentiel_gemeente")
    if not isinstance(percent, int | float):
        return "afgelegenheid onbekend"
    return next(name for below, name in _THIRDS if percent < below)


class _Known:
    """What the dossier knows, by yard; visits of another kind don't count: they are another act."""

    def __init__(self, layers: Mapping[str, Sequence[Record]], kind: str, today: date) -> None:
        self.kind, self.today = kind, today
        self._objects = _by_place(layers[OBJECTS])
        self._visits: dict[str, list[Record]] = defaultdict(list)
        for visit in sorted(layers[VISITS], key=lambda one: (_day(one.get("datum")), str(one["uuid"]))):
            if visit.get("soort") == kind and _day(visit.get("datum")) <= today.isoformat():
                self._visits[str(visit.get("bedrijf_uuid") or "")].append(visit)
                self._visits[str(visit.get("object_uuid") or "")].append(visit)
        phases, weighings = frame_values("fase", kind), frame_values("weging", kind)
        self._weighed: dict[str, Record] = {}
        for signal in layers[SIGNALS]:
            if signal.get("fase") in phases and signal.get("weging") in weighings:
                for link in ("bedrijf_uuid", "object_uuid"):
                    self._weighed.setdefault(str(signal.get(link) or ""), signal)
        self._weighed.pop("", None)

    def why_outside(self, yard: Record) -> str:
        """Why a yard is not in the frame, in Dutch; "" when it is."""
        if yard.get("gemeente_zeker") != _YES:
            return "gemeente niet zeker"
        if yard.get("buitengebied") == _NO:
            return "niet in het buitengebied"
        if yard.get("buitengebied") != _YES:
            return "niet bekend of het in het buitengebied is"
        if self.kind == SUPERVISION and self._signal(yard) is None:
            return "geen weging van een signaal die toezicht toestaat"
        return ""

    def in_frame(self, yard: Record) -> str:
        """The sentence of a yard that is in the frame."""
        if (signal := self._signal(yard)) is not None:
            return (
                "Toezicht na een weging volgens het privacyprotocol van de gemeente, die een plan van aanpak "
                f"toestaat (weging, stand van {_said(signal.get('peildatum'))})."
            )
        return f"Agrarisch erf in het buitengebied ({_source(yard)})."

    def fact(self, yard: Record, tier: Tier) -> str:
        """The fact by which a tier holds for a yard, with source and date; "" when it doesn't."""
        test = tier.field.test
        if test == ASKED:
            return self._asked(yard)
        if test in (LAST_OUTCOME, LONG_AGO):
            return self._by_last_visit(yard, tier)
        if test in (ONE_OF, LAPSES):
            return next(filter(None, (self._by_object(item, tier) for item in self._at(yard))), "")
        percent = yard.get(tier.field.name.partition(".")[2])
        if not isinstance(percent, int | float) or percent < tier.number:
            return ""
        where = "de regio" if tier.field.name.endswith("regio") else "de gemeente"
        return (
            f"Voor de dekking: {format_number(percent)}% van de erven in {where} ligt minder afgelegen "
            f"({_source(yard)})."
        )

    def _signal(self, yard: Record) -> Record | None:
        uuids = [yard["uuid"], *(item["uuid"] for item in self._at(yard))]
        return next((self._weighed[str(uuid)] for uuid in uuids if str(uuid) in self._weighed), None)

    def _at(self, yard: Record) -> Iterator[Record]:
        """The objects on a yard: with the same BAG id or, where one of them has none, the same address."""
        seen: set[str] = set()
        for key in _keys(yard):
            for item in self._objects.get(key, ()):
                if str(item["uuid"]) not in seen:
                    seen.add(str(item["uuid"]))
                    yield item

    def _visits_of(self, yard: Record) -> list[Record]:
        """The visits to a yard and to what stands on it, oldest first."""
        uuids = [str(yard["uuid"]), *(str(item["uuid"]) for item in self._at(yard))]
        made = {str(visit["uuid"]): visit for uuid in uuids for visit in self._visits.get(uuid, ())}
        return sorted(made.values(), key=lambda one: (_day(one.get("datum")), str(one["uuid"])))

    def _asked(self, yard: Record) -> str:
        asked = _day(yard.get("bezoek_gevraagd_op"))
        if not asked or asked > self.today.isoformat():
            return ""
        made = (one for one in self._visits_of(yard) if one.get("uitkomst") not in _NOT_MADE)
        if any(_day(visit.get("datum")) >= asked for visit in made):
            return ""
        return f"De bewoner of gebruiker vroeg op {format_period(asked)} om een bezoek ({_source(yard)})."

    def _by_last_visit(self, yard: Record, tier: Tier) -> str:
        visits = self._visits_of(yard)
        last = visits[-1] if visits else None
        if tier.field.test == LONG_AGO:
            if last is None:
                return f"Dit erf is nog niet bezocht (dossier van de gemeente, {_said(self.today)})."
            limit = (self.today - timedelta(days=int(tier.number))).isoformat()
            if _day(last.get("datum")) >= limit:
                return ""
            return f"Het vorige bezoek was op {_said(last.get('datum'))} ({_source(last)})."
        if last is None or last.get("uitkomst") not in tier.field.values:
            return ""
        return (
            f"Bij het vorige bezoek, op {_said(last.get('datum'))}, was niemand aanwezig ({_source(last)})."
        )

    def _by_object(self, item: Record, tier: Tier) -> str:
        since = item.get("conclusie_sinds") or item.get("peildatum")
        if tier.field.test == ONE_OF:
            if item.get("conclusie") not in tier.field.values:
                return ""
            return (
                "Of een gebouw op dit erf in gebruik is, is niet bekend (conclusie van het dossier, "
                f"{_said(since)})."
            )
        until = _day(item.get("conclusie_geldig_tot"))
        limit = (self.today + timedelta(days=int(tier.number))).isoformat()
        if not until or until > limit:
            return ""
        tense = "verviel" if until < self.today.isoformat() else "vervalt"
        return (
            f"Wat over het gebruik van een gebouw op dit erf bekend is, {tense} op {format_period(until)} "
            f"(conclusie van het dossier, {_said(since)})."
        )


def same_yards(yards: Iterable[Record]) -> list[tuple[str, str]]:
    """Pairs of yards that may be one, as (uuid, uuid): at one address or with one BAG id."""
    seen: dict[tuple[str, str], str] = {}
    pairs = []
    for yard in sorted(yards, key=lambda one: str(one["uuid"])):
        uuid = str(yard["uuid"])
        earlier = next((seen[key] for key in _keys(yard) if key in seen), None)
        if earlier is not None:
            pairs.append((earlier, uuid))
        for key in _keys(yard):
            seen.setdefault(key, uuid)
    return pairs


def objects_on(yards: Iterable[Record], objects: Iterable[Record]) -> list[Record]:
    """The objects on some yards: with the same BAG id, or the same address in the same municipality."""
    known = {key for yard in yards for key in _keys(yard)}
    return [item for item in objects if known.intersection(_keys(item))]


def _by_place(objects: Iterable[Record]) -> dict[tuple[str, str], list[Record]]:
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for item in sorted(objects, key=lambda one: str(one["uuid"])):
        for key in _keys(item):
            found[key].append(item)
    return found


def _keys(record: Record) -> list[tuple[str, str]]:
    """By what an object and a yard are at one place: a BAG id, or the address in the same municipality."""
    keys = [(name, str(record[name])) for name in ("bag_pand_id", "bag_vbo_id") if record.get(name)]
    if record.get("adres"):
        keys.append(
            ("adres", f"{record.get('gemeente_code')} {' '.join(str(record['adres']).lower().split())}")
        )
    return keys


def _source(record: Record) -> str:
    """Where a fact comes from, and of which day it is."""
    return f"{record.get('bron')}, stand van {_said(record.get('peildatum'))}"


def _said(day: object) -> str:
    return format_period(_day(day))


def _day(value: object) -> str:
    return str(value)[:_DAY] if value else ""
