"""Settle the municipality of records near a border: by their woonplaats, the borders, or as a person says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.areas.divisions import area
from ..core.records.import_file import PLACED_LAYERS
from ..core.records.settling import Settled, settle_by_borders, settle_by_person
from ..core.words.errors import AtlasError
from ..dossier.changes import apply_import
from ..dossier.opening import open_dossier
from ..dossier.records import read_layers
from .progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from ..core.records.import_file import Municipalities
    from ..core.records.matching import Record

    #: ids of objects of the BAG -> the municipality of their woonplaats, "" when that is not sure
    Residences = Callable[[Collection[str]], Mapping[str, str]]
    #: takes the lines of the report, before the dossier changes
    Report = Callable[[Sequence["SettlingLine"]], object]

SETTLED, OPEN = "vastgesteld", "nog niet zeker"
CONTRADICTED = "woonplaats of grenzen zeggen een andere gemeente"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says: in which municipality a record lies, and on which day that was found out."""

    record: str
    municipality: str
    day: date


@dataclass(frozen=True, slots=True)
class SettlingPorts:
    """What differs between the faces.

    Args:
        municipalities: Decides the municipality of places by the detailed borders.
        residences: Knows the municipality of the woonplaats of objects; None when it was not asked for.
        report: Takes the report, a line for each record that was settled or is not certain.
        progress: Told where the work is; may stop it.
    """

    municipalities: Municipalities
    residences: Residences | None = None
    report: Report = lambda _lines: None
    progress: Progress = silent


@dataclass(frozen=True, slots=True)
class SettlingLine:
    """What became of one record, in words: the columns of the report."""

    laag: str
    uuid: str
    adres: str
    gemeente: str
    uitkomst: str


@dataclass(frozen=True, slots=True)
class Settling:
    """What was settled, layer by layer, and notes on the dossier."""

    layers: Mapping[str, Settled]
    notes: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many records were settled."""
        return sum(len(one.plan.updates) for one in self.layers.values())

    @property
    def open(self) -> int:
        """How many remain uncertain, those that woonplaats or borders contradict among them."""
        return sum(one.open + len(one.contradicted) for one in self.layers.values())

    def sentences(self) -> Iterator[str]:
        """What to say of each layer, in Dutch."""
        for name, one in self.layers.items():
            yield f"{name}: vastgesteld {len(one.plan.updates)}, nog niet zeker {one.open}"

    def contradictions(self) -> Iterator[str]:
        """A Dutch sentence for each record that lies elsewhere than it says."""
        for uuid in (uuid for one in self.layers.values() for uuid in one.contradicted):
            yield (
                f"{uuid}: ligt volgens woonplaats of grenzen in een andere gemeente dan er staat; beslis "
                "zelf, met dit record en zijn gemeente."
            )


def said_of(record: str, municipality: str, day: date | None, *, today: date) -> Said | None:
    """What a person says, of what was filled in; None when nothing was: then woonplaats and borders decide.

    Args:
        record: The uuid of a record, "" for none.
        municipality: Name or code, "" for none.
        day: On which it was found out; None for today.
        today: The present day.

    Raises:
        AtlasError: one of the two without the other, a day without them, or a day that is still to come.
    """
    record, municipality = record.strip(), municipality.strip()
    if bool(record) != bool(municipality) or (day and not record):
        raise AtlasError(
            "Een record en zijn gemeente horen bij elkaar.",
            expected="de uuid van een record, en de gemeente waarin het ligt",
            hint="Laat beide leeg, dan beslissen woonplaats en grenzen over alles wat nog niet zeker is.",
            choices=("record",),
        )
    if not record:
        return None
    day = day or today
    if day > today:
        raise AtlasError(
            "Deze dag moet nog komen; vastgesteld is iets in het verleden.",
            got=day.isoformat(), expected=f"uiterlijk {today.isoformat()}", choices=("reference_date",),
        )  # fmt: skip
    return Said(record, municipality, day)


def settle(
    folder: Path, ports: SettlingPorts, *, now: datetime, user: str, said: Said | None = None
) -> Settling:
    """Settle all layers of a dossier at once, or one record as somebody says; the report comes first.

    Args:
        folder: Of the dossier.
        ports: See there.
        now: The moment of writing.
        user: Who asks for it, or says so.
        said: What a person says; None to let woonplaats and borders decide.

    Raises:
        AtlasError: no dossier, no such record or municipality, or another program holds a layer; nothing has
            changed then.
    """
    dossier = open_dossier(folder)
    layers = read_layers(dossier, PLACED_LAYERS)
    if said is not None:
        plan = settle_by_person(
            layers, said.record, said.municipality, ports.municipalities, day=said.day, now=now, user=user
        )  # fmt: skip
        settled = {plan.layer: Settled(plan, (), 0)}
        changed = {update.uuid for update in plan.updates}
        layers = {plan.layer: [item for item in layers[plan.layer] if item["uuid"] in changed]}
    else:
        ports.progress("Woonplaatsen opzoeken", 0.2)
        by_residence = _by_residence(layers, ports.residences)
        ports.progress("Grenzen vergelijken", 0.5)
        settled = {
            layer: settle_by_borders(
                layer, records, ports.municipalities, now=now, user=user, by_residence=by_residence
            )
            for layer, records in layers.items()
        }
    ports.progress("Rapport maken", 0.7)
    ports.report(tuple(_lines(settled, layers)))
    ports.progress("Dossier bijwerken", 0.8)
    apply_import(dossier, [one.plan for one in settled.values()])
    ports.progress("Klaar", 1.0)
    return Settling(settled, tuple(dossier.notes))


def _by_residence(layers: Mapping[str, Sequence[Record]], residences: Residences | None) -> dict[str, str]:
    """Record -> the municipality of the woonplaats of its object."""
    if residences is None:
        return {}
    objects = {
        str(record["uuid"]): str(record["bag_vbo_id"])
        for records in layers.values()
        for record in records
        if record.get("gemeente_zeker") != "ja" and record.get("bag_vbo_id")
    }
    known = residences(frozenset(objects.values()))
    return {uuid: known.get(of_bag, "") for uuid, of_bag in objects.items()}


def _lines(settled: Mapping[str, Settled], layers: Mapping[str, Sequence[Record]]) -> Iterator[SettlingLine]:
    """A line for every record that was settled, and for every one that is not certain yet."""
    for layer, one in settled.items():
        after = {update.uuid: update.record for update in one.plan.updates}
        for record in layers[layer]:
            uuid = str(record["uuid"])
            if uuid in after:
                outcome = SETTLED
            elif uuid in one.contradicted:
                outcome = CONTRADICTED
            elif record.get("gemeente_zeker") != "ja":
                outcome = OPEN
            else:
                continue
            code = str(after.get(uuid, record).get("gemeente_code") or "")
            name = area(code).name if code else ""
            yield SettlingLine(layer, uuid, str(record.get("adres") or ""), name, outcome)
