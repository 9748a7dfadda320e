"""What the evidence does to the objects of a dossier: the fields of the conclusion, for `store` to write."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..vacancy.evidence import Terms, evidence_from_record, is_withdrawn
from ..vacancy.rule import conclude
from ..words.errors import AtlasError
from .import_plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ..vacancy.evidence import Evidence
    from .matching import Record


@dataclass(frozen=True, slots=True)
class Concluded:
    """An object whose conclusion changes, or gets other reasons."""

    uuid: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Unjudged:
    """An object that was left as it was, because a piece of its evidence can't be used."""

    uuid: str
    evidence_uuid: str
    reason: AtlasError


@dataclass(frozen=True, slots=True)
class ConclusionPlan:
    """Every object is in exactly one of the three lists."""

    concluded: tuple[Concluded, ...]
    unchanged: tuple[str, ...]
    unjudged: tuple[Unjudged, ...]


def plan_conclusions(
    objects: Iterable[Record], evidence: Iterable[Record], *, today: date, terms: Terms | None = None
) -> ConclusionPlan:
    """Judge every object by its evidence.

    Args:
        objects: Records of leegstand_object.
        evidence: Records of leegstand_bewijs; what was withdrawn does not count.
        today: The day of the judgement.
        terms: How long evidence counts; None for the default terms.
    """
    of_object: dict[object, list[Record]] = defaultdict(list)
    for record in evidence:
        if is_withdrawn(record):
            continue
        of_object[record.get("object_uuid")].append(record)
    concluded: list[Concluded] = []
    unchanged: list[str] = []
    unjudged: list[Unjudged] = []
    for item in objects:
        uuid, pieces, problem = str(item["uuid"]), [], None
        for record in sorted(of_object[item["uuid"]], key=lambda piece: str(piece["uuid"])):
            try:
                pieces.append(evidence_from_record(record))
            except AtlasError as error:
                problem = problem or Unjudged(uuid, str(record["uuid"]), error)
        changes = () if problem else _changes(item, pieces, today, terms)
        if problem:
            unjudged.append(problem)
        elif changes:
            concluded.append(Concluded(uuid, changes))
        else:
            unchanged.append(uuid)
    return ConclusionPlan(tuple(concluded), tuple(unchanged), tuple(unjudged))


def _changes(
    item: Record, evidence: Iterable[Evidence], today: date, terms: Terms | None
) -> tuple[Change, ...]:
    result = conclude(evidence, today=today, has_address=bool(item.get("bag_vbo_id")), terms=terms)
    fields: dict[str, object] = {
        "conclusie": result.conclusie,
        "betrouwbaarheid": result.betrouwbaarheid,
        "redenen": "\n".join(result.redenen),
        "conclusie_geldig_tot": result.geldig_tot.isoformat() if result.geldig_tot else None,
    }
    if item.get("conclusie_sinds") is None or item.get("conclusie") != result.conclusie:
        fields["conclusie_sinds"] = today.isoformat()
    return tuple(
        Change(name, item.get(name), value)
        for name, value in fields.items()
        if _text(item.get(name)) != value
    )


def _text(value: object) -> object:
    """A stored value as it is compared: a date as ISO text."""
    return str(value)[:10] if hasattr(value, "isoformat") else value
