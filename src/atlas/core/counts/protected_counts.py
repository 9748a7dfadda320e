"""What is counted for others than a team: records of each municipality by condition, and how these add up.

A condition is a kind of record, or a part of it: "leegstand_object;conclusie=leeg". The parts of one field
add up to their whole. These numbers go into a protected table and nowhere else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..schema.visits import SEEN_OUTCOMES
from ..vacancy.evidence import EMPTY, IN_USE, PARTLY_EMPTY, UNKNOWN
from ..words.layer_names import FINDINGS, OBJECTS, SIGNALS, VISITS, YARDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Record = Mapping[str, Any]

VISITED, NOT_VISITED = f"{YARDS};bezocht=ja", f"{YARDS};bezocht=nee"
ALONE, NOT_ALONE = f"{YARDS};buren_250m=geen", f"{YARDS};buren_250m=wel"
NOT_MEASURED = f"{YARDS};buren_250m=niet_gemeten"
OBSERVED = f"{FINDINGS};waarneming=waargenomen"
CONCLUSIONS = (EMPTY, PARTLY_EMPTY, IN_USE, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Condition:
    """What is counted: its id, what a count of it counts (`regels.toml`), and the whole it is a part of."""

    id: str
    counts: str
    whole: str = ""


CONDITIONS = (
    Condition(OBJECTS, "objecten"),
    *(Condition(f"{OBJECTS};conclusie={one}", "objecten", OBJECTS) for one in CONCLUSIONS),
    Condition(YARDS, "agrarische bedrijven"),
    *(Condition(one, "bezoeken", YARDS) for one in (VISITED, NOT_VISITED)),
    *(Condition(one, "agrarische bedrijven", YARDS) for one in (ALONE, NOT_ALONE, NOT_MEASURED)),
    Condition(SIGNALS, "signalen"),
    Condition(OBSERVED, "bevindingen"),
)
#: condition -> what it counts
COUNTS_OF = {one.id: one.counts for one in CONDITIONS}


def parts_of_wholes(conditions: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
    """(whole, its parts by one field) for each field of which every part is among the conditions."""
    present, found = set(conditions), defaultdict[tuple[str, str], list[str]](list)
    for one in CONDITIONS:
        if one.whole:
            found[one.whole, one.id.partition(";")[2].partition("=")[0]].append(one.id)
    return [
        (whole, tuple(parts))
        for (whole, _), parts in found.items()
        if whole in present and present.issuperset(parts)
    ]


def counted_by_municipality(
    records: Mapping[str, Sequence[Record]], municipalities: Iterable[str]
) -> dict[str, dict[str, int]]:
    """Condition -> municipality -> how many records, for every condition of a layer that has any record.

    Args:
        records: Layer -> its records that certainly lie in these municipalities.
        municipalities: All of them get a number.
    """
    codes = sorted(set(municipalities))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    yard_of_visit, seen = _visits(records)
    home = {str(yard["uuid"]): str(yard["gemeente_code"]) for yard in records.get(YARDS, ())}
    for record in records.get(OBJECTS, ()):
        found[OBJECTS][str(record["gemeente_code"])] += 1
        conclusion = record["conclusie"] if record["conclusie"] in CONCLUSIONS else UNKNOWN
        found[f"{OBJECTS};conclusie={conclusion}"][str(record["gemeente_code"])] += 1
    for yard in records.get(YARDS, ()):
        code, neighbours = str(yard["gemeente_code"]), yard["woningen_250m"]
        found[YARDS][code] += 1
        found[VISITED if str(yard["uuid"]) in seen else NOT_VISITED][code] += 1
        found[NOT_MEASURED if neighbours is None else NOT_ALONE if neighbours else ALONE][code] += 1
    for signal in records.get(SIGNALS, ()):
        found[SIGNALS][str(signal["gemeente_code"])] += 1
    for place, number in findings_of_yards(records, yard_of_visit).items():
        if place in home:
            found[OBSERVED][home[place]] += number
    layers = {OBJECTS, YARDS, SIGNALS, *([FINDINGS] if records.get(FINDINGS) else [])}
    return {
        one.id: {code: found[one.id][code] for code in codes}
        for one in CONDITIONS
        if (layer := one.id.partition(";")[0]) in layers and records.get(layer)
    }


def findings_of_yards(
    records: Mapping[str, Sequence[Record]], yard_of_visit: Mapping[str, str] | None = None
) -> Counter[str]:
    """Yard -> how many findings were seen there: what each contributes to their number."""
    yards = _visits(records)[0] if yard_of_visit is None else yard_of_visit
    return Counter(
        yards[str(finding["bezoek_uuid"])]
        for finding in records.get(FINDINGS, ())
        if finding["waarneming"] == "waargenomen" and str(finding["bezoek_uuid"]) in yards
    )


def _visits(records: Mapping[str, Sequence[Record]]) -> tuple[dict[str, str], set[str]]:
    """Visit -> its yard, and the yards that were seen at a visit."""
    visits = [visit for visit in records.get(VISITS, ()) if visit.get("bedrijf_uuid")]
    yards = {str(visit["uuid"]): str(visit["bedrijf_uuid"]) for visit in visits}
    return yards, {str(visit["bedrijf_uuid"]) for visit in visits if visit["uitkomst"] in SEEN_OUTCOMES}
