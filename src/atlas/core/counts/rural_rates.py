"""Three maps of a team's own records: vacancy concluded, remoteness of yards, visits and their findings.

A rate stands beside what it is divided by, in words (`denominator`) and as a number (n). What nobody judged,
measured or visited is a state of its own and no zero. Every figure follows from plain records, so that the
command and the plugin say the same.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from ..areas.divisions import areas, levels, members
from ..disclosure.fields import Counted, may_leave
from ..figures.estimates import COUNTED, NOT_JUDGED, NOT_LOOKED_AT, NOT_VISITED, NOTHING_RECORDED
from ..figures.indicators import Indicator, Value
from ..schema.visits import SEEN_OUTCOMES
from ..vacancy.evidence import EMPTY, PARTLY_EMPTY, UNKNOWN
from ..words.layer_names import FINDINGS, OBJECTS, VISITS, YARDS
from ..words.notation import counted, format_number
from .rural_figures import own_indicator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ..figures.indicators import Source

    Record = Mapping[str, Any]
    Layers = Mapping[str, Sequence[Record]]

#: layers that belong to a yard or a visit, and so have no municipality of their own
VISIT_LAYERS = (VISITS, FINDINGS)
_FOUND = "waargenomen"
#: what each figure reads: a field that may not reach the audience takes its figures along
_READ = {
    OBJECTS: ("gemeente_code", "conclusie"),
    YARDS: ("gemeente_code", "afstand_woning_m", "woningen_250m"),
    VISITS: ("bedrijf_uuid", "uitkomst"),
    FINDINGS: ("bezoek_uuid", "waarneming"),
}


@dataclass(frozen=True, slots=True)
class Rated:
    """One figure of one area: the value, what it is divided by, its state and a Dutch sentence."""

    value: float | None
    n: int | None
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class AreaRecords:
    """What is recorded in one area; `findings` are things seen on yards of the area."""

    conclusions: Mapping[str, int]
    yards: int
    #: metres to the nearest other dwelling and dwellings within 250 m, of the yards where these were measured
    distances_m: tuple[float, ...]
    neighbours: tuple[int, ...]
    visited: int
    attempted: int
    findings: int

    @property
    def objects(self) -> int:
        """All objects."""
        return sum(self.conclusions.values())

    @property
    def judged(self) -> int:
        """Objects about which the evidence says something."""
        return self.objects - self.conclusions.get(UNKNOWN, 0)


@dataclass(frozen=True, slots=True)
class Rate:
    """A figure: its words, and how it is read off the records of an area."""

    id: str
    layers: tuple[str, ...]
    label: str
    unit: str
    place: str
    base: str
    denominator: str
    definition: str
    caution: str
    figure: Callable[[AreaRecords], Rated]


def _vacancy(area: AreaRecords) -> Rated:
    if not area.objects:
        return Rated(None, None, NOTHING_RECORDED, "Er zijn geen objecten vastgelegd.")
    unjudged = area.objects - area.judged
    left = f"{counted(unjudged, 'object is', 'objecten zijn')} niet beoordeeld."
    if not area.judged:
        return Rated(None, 0, NOT_JUDGED, left)
    empty, partly = area.conclusions.get(EMPTY, 0), area.conclusions.get(PARTLY_EMPTY, 0)
    judged = counted(area.judged, "beoordeeld object", "beoordeelde objecten")
    note = f"{format_number(empty)} leeg en {format_number(partly)} gedeeltelijk leeg van {judged}"
    note += f"; {left}" if unjudged else "; alle objecten zijn beoordeeld."
    return Rated(100 * (empty + partly) / area.judged, area.judged, COUNTED, note)


def _distance(area: AreaRecords) -> Rated:
    measured = area.distances_m
    if not measured:
        return _unmeasured(area)
    note = f"Mediaan van {counted(len(measured), 'erf', 'erven')}{_unmeasured_too(area, len(measured))}."
    return Rated(round(median(measured), 1), len(measured), COUNTED, note)


def _alone(area: AreaRecords) -> Rated:
    measured = area.neighbours
    if not measured:
        return _unmeasured(area)
    alone = sum(1 for number in measured if number == 0)
    note = (
        f"{format_number(alone)} van {counted(len(measured), 'erf', 'erven')}"
        f"{_unmeasured_too(area, len(measured))}."
    )
    return Rated(100 * alone / len(measured), len(measured), COUNTED, note)


def _findings(area: AreaRecords) -> Rated:
    if not area.visited:
        return _unvisited(area, None)
    seen = counted(area.findings, "bevinding", "bevindingen")
    note = f"{seen} op {counted(area.visited, 'bezocht erf', 'bezochte erven')}."
    return Rated(100 * area.findings / area.visited, area.visited, COUNTED, note)


def _coverage(area: AreaRecords) -> Rated:
    if not area.visited:
        return _unvisited(area, 0.0)
    note = f"{format_number(area.visited)} van {counted(area.yards, 'erf', 'erven')} bezocht"
    if area.attempted:
        note += f"; bij {format_number(area.attempted)} andere was een bezoek zonder resultaat"
    return Rated(100 * area.visited / area.yards, area.yards, COUNTED, f"{note}.")


def _unmeasured(area: AreaRecords) -> Rated:
    if not area.yards:
        return Rated(None, None, NOTHING_RECORDED, "Er zijn geen erven vastgelegd.")
    yards = counted(area.yards, "erf is", "erven is")
    return Rated(None, 0, NOT_LOOKED_AT, f"Van {yards} niet gemeten hoe afgelegen het ligt.")


def _unmeasured_too(area: AreaRecords, measured: int) -> str:
    left = area.yards - measured
    return f"; van {counted(left, 'erf', 'erven')} is het niet gemeten" if left else ""


def _unvisited(area: AreaRecords, value: float | None) -> Rated:
    if not area.yards:
        return Rated(None, None, NOTHING_RECORDED, "Er zijn geen erven vastgelegd.")
    note = f"Geen van {counted(area.yards, 'erf', 'erven')} is bezocht"
    if area.attempted:
        note += f"; bij {format_number(area.attempted)} was een bezoek zonder resultaat"
    return Rated(value, None if value is None else area.yards, NOT_VISITED, f"{note}.")


_YARDS = "Erven met een agrarisch bedrijf"
_VISITED = (
    "Een erf is bezocht als er ten minste één keer toegang was of van buiten is gekeken. Niemand aanwezig of"
    " geen medewerking telt niet als bezocht."
)
_REMOTE = "Afgelegen is geen oordeel over wie er woont of werkt. Gemeten hemelsbreed, niet langs de weg."
#: the figures, in reading order
RATES = (
    Rate(
        "leegstand_object_aandeel_leeg", (OBJECTS,), "Leeg of gedeeltelijk leeg, van de beoordeelde objecten",
        "percent", "laag leegstand_object", "Objecten waarvan het bewijs iets zegt over leegstand",
        "beoordeelde objecten",
        "Objecten met de conclusie leeg of gedeeltelijk leeg, gedeeld door alle objecten met een conclusie."
        " Objecten die niet zijn beoordeeld (conclusie onbekend) tellen niet mee.",
        "Het dossier bevat plekken waar leegstand werd vermoed: dit is niet het aandeel leegstand in het"
        " gebied. Leegstand is geen overtreding.",
        _vacancy,
    ),
    Rate(
        "agrarisch_bedrijf_afstand_woning", (YARDS,), "Afstand van erven tot de naaste woning, mediaan",
        "metre", "laag agrarisch_bedrijf", _YARDS, "gemeten erven",
        "De helft van de erven ligt verder dan dit van de naaste andere woning, de helft dichterbij.",
        _REMOTE, _distance,
    ),
    Rate(
        "agrarisch_bedrijf_zonder_buren", (YARDS,), "Erven zonder woning binnen 250 m",
        "percent", "laag agrarisch_bedrijf", _YARDS, "gemeten erven",
        "Erven waar binnen 250 m geen andere woning staat, gedeeld door de erven waarvan dat is gemeten.",
        _REMOTE, _alone,
    ),
    Rate(
        "bevinding_per_100_erven", (YARDS, *VISIT_LAYERS), "Bevindingen per 100 bezochte erven",
        "per_100", "lagen erfbezoek en bevinding", "Erven die zijn bezocht", "bezochte erven",
        f"Bevindingen die zijn waargenomen, gedeeld door de bezochte erven, maal 100. {_VISITED}",
        "Een bevinding is geen verdenking en geen overtreding. Meer bevindingen kan ook betekenen dat er"
        " beter is gekeken.",
        _findings,
    ),
    Rate(
        "erfbezoek_dekking", (YARDS, *VISIT_LAYERS), "Bezochte erven", "percent", "laag erfbezoek", _YARDS,
        "erven", f"Erven die zijn bezocht, gedeeld door alle vastgelegde erven. {_VISITED}",
        "Bezocht zegt dat er is gekeken, niet dat er niets is.", _coverage,
    ),
)  # fmt: skip


def may_be_rated(audience: str) -> tuple[str, ...]:
    """The layers of which every field that the rates read may reach an audience."""
    return tuple(
        layer for layer, fields in _READ.items() if all(may_leave(layer, field, audience) for field in fields)
    )


def rural_rates(
    layers: Layers, source: Source, *, audience: str, municipalities: Iterable[str]
) -> tuple[tuple[Indicator, ...], tuple[Value, ...]]:
    """The rates of a team's records as indicators and values, to be added to a catalogue.

    Args:
        layers: Layer -> its records, all of these municipalities.
        source: Of `rural_figures.rural_source`; its date is the period.
        audience: For whom; a rate that reads a field which may not reach it is left out.
        municipalities: Codes of the team. An area is rated only when all of it is the team's.

    Returns:
        Indicators in reading order and a value for each area of the team at every level; of a layer without
        a record there is no figure.
    """
    allowed, own = set(may_be_rated(audience)), set(municipalities)
    here = _records_by_municipality(layers, own)
    indicators, values = [], []
    for rate in RATES:
        if not allowed.issuperset(rate.layers) or not layers.get(rate.layers[0]):
            continue
        indicators.append(rate_indicator(rate, source))
        for level in (one.id for one in levels()):
            for area in areas(level):
                codes = [member.code for member in members(area.code)]
                if own.issuperset(codes):
                    rated = rate.figure(_together([here[code] for code in codes]))
                    values.append(_value(rate, source, level, area.code, rated))
    return tuple(indicators), tuple(values)


def _records_by_municipality(layers: Layers, own: set[str]) -> dict[str, AreaRecords]:
    conclusions: dict[str, Counter[str]] = {code: Counter() for code in own}
    for record in layers.get(OBJECTS, ()):
        conclusions.setdefault(str(record["gemeente_code"]), Counter())[str(record["conclusie"])] += 1
    yards: dict[str, list[Record]] = {code: [] for code in own}
    for record in layers.get(YARDS, ()):
        yards.setdefault(str(record["gemeente_code"]), []).append(record)
    outcomes: dict[str, set[str]] = {}
    yard_of: dict[str, str] = {}
    for visit in layers.get(VISITS, ()):
        if visit.get("bedrijf_uuid"):
            outcomes.setdefault(str(visit["bedrijf_uuid"]), set()).add(str(visit["uitkomst"]))
            yard_of[str(visit["uuid"])] = str(visit["bedrijf_uuid"])
    found = Counter(
        yard_of.get(str(finding["bezoek_uuid"]), "")
        for finding in layers.get(FINDINGS, ())
        if finding["waarneming"] == _FOUND
    )
    return {code: _area_records(conclusions[code], yards[code], outcomes, found) for code in own}


def _area_records(
    conclusions: Counter[str],
    yards: Sequence[Record],
    outcomes: Mapping[str, set[str]],
    found: Mapping[str, int],
) -> AreaRecords:
    gone = [outcomes.get(str(yard["uuid"])) for yard in yards]
    visited = [
        yard for yard, seen in zip(yards, gone, strict=True) if seen and not SEEN_OUTCOMES.isdisjoint(seen)
    ]
    distances = (yard["afstand_woning_m"] for yard in yards)
    neighbours = (yard["woningen_250m"] for yard in yards)
    return AreaRecords(
        conclusions,
        len(yards),
        tuple(float(distance) for distance in distances if distance is not None),
        tuple(int(number) for number in neighbours if number is not None),
        len(visited),
        sum(1 for seen in gone if seen and SEEN_OUTCOMES.isdisjoint(seen)),
        sum(found[str(yard["uuid"])] for yard in visited),
    )


def _together(parts: Sequence[AreaRecords]) -> AreaRecords:
    """The records of a region: a share of sums and a median of all yards, never a mean of municipalities."""
    conclusions: Counter[str] = Counter()
    for part in parts:
        conclusions.update(part.conclusions)
    return AreaRecords(
        conclusions,
        sum(part.yards for part in parts),
        tuple(distance for part in parts for distance in part.distances_m),
        tuple(number for part in parts for number in part.neighbours),
        sum(part.visited for part in parts),
        sum(part.attempted for part in parts),
        sum(part.findings for part in parts),
    )


def rate_indicator(rate: Rate, source: Source) -> Indicator:
    """A rate as an indicator of the catalogue."""
    return own_indicator(
        id=rate.id,
        label=rate.label,
        unit=rate.unit,
        decimals=0,
        base=rate.base,
        source=source,
        place=rate.place,
        caution=rate.caution,
        definition=rate.definition,
        denominator=rate.denominator,
        counts=(Counted("objecten", source.title),),
    )


def _value(rate: Rate, source: Source, level: str, code: str, rated: Rated) -> Value:
    return Value(
        indicator=rate.id,
        level=level,
        area=code,
        period=source.published,
        value=rated.value,
        low=None,
        high=None,
        n=rated.n,
        status=rated.status,
        note=rated.note,
    )
