"""Take rows into a layer of the dossier: read, place, let the core decide, write all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..core.records.changes import plan_import
from ..core.records.free_text import ask_about_persons, personal_texts
from ..core.records.import_file import (
    ADDRESSED_LAYERS,
    PLACED_LAYERS,
    add_municipality,
    note_lines,
    read_records,
    report_lines,
)
from ..core.records.known_addresses import KnownAddresses, add_found_ids, told_shared
from ..core.words.layer_names import OBJECTS
from ..dossier.changes import apply_import, check_sources
from ..dossier.opening import open_dossier
from ..dossier.records import read_layers
from ..planar.certain_places import certain_places
from .progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from numpy.typing import NDArray

    from ..core.records.file_rows import FileRecords, Places
    from ..core.records.import_file import ImportRequest, Municipalities
    from ..core.records.import_plan import ImportPlan
    from ..core.records.matching import Record
    from ..core.records.unused_rows import UnusedRow
    from ..core.tables.table import Table
    from ..dossier.files import Dossier

    Line = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class ImportPorts:
    """What differs between the faces.

    Args:
        read: Reads the table; says what knows the places of its rows, and what there is to know of the input.
        municipalities: Decides the municipality of places.
        report: Takes the report, a line (`REPORT_COLUMNS`) for each row and, at the end, for each note.
        progress: Told where the work is; may stop it.
    """

    read: Callable[[], tuple[Table, Places, Sequence[str]]]
    municipalities: Municipalities
    report: Callable[[Sequence[Line]], object]
    progress: Progress = silent


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, the rows that were not read, and notes on the dossier and the file."""

    plan: ImportPlan
    unused: tuple[UnusedRow, ...]
    notes: tuple[str, ...]

    @property
    def needs_attention(self) -> bool:
        """Whether a row was refused, in conflict or not read."""
        return bool(self.plan.refusals or self.plan.conflicts or self.unused)

    @property
    def took_nothing(self) -> bool:
        """Whether not one row is in the dossier after it."""
        return not (self.plan.inserts or self.plan.updates or self.plan.unchanged)

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return len({refusal.row for refusal in self.plan.refusals})

    @property
    def sentence(self) -> str:
        """How many rows became what, in Dutch."""
        plan = self.plan
        return (
            f"nieuw {len(plan.inserts)}, gewijzigd {len(plan.updates)}, ongewijzigd {len(plan.unchanged)}, "
            f"conflict {len(plan.conflicts)}, geweigerd {self.refused}, niet gelezen {len(self.unused)}"
        )


@dataclass(frozen=True, slots=True)
class Planned:
    """What an import would do, the rows as they were read, notes on the dossier and the file, its objects."""

    plan: ImportPlan
    found: FileRecords
    notes: tuple[str, ...]
    objects: Sequence[Record]


def import_rows(
    folder: Path, request: ImportRequest, ports: ImportPorts, *, user: str, now: datetime
) -> Imported:
    """Import a table into the dossier in `folder`; the report is made before the dossier changes.

    Raises:
        AtlasError: the table, the dossier or the report can't be used, free text holds signs of a person that
            nobody accepted, or another program holds a layer; nothing has changed then.
    """
    dossier = open_dossier(folder)
    planned = _plan(dossier, request, ports, user=user, now=now)
    asked = ask_about_persons(personal_texts(planned.plan), accepted=request.accept_personal_text)
    notes = (*planned.notes, *asked)
    ports.progress("Rapport schrijven", 0.7)
    ports.report([*report_lines(planned.plan, planned.found), *note_lines(notes)])
    ports.progress("Dossier bijwerken", 0.8)
    apply_import(dossier, planned.plan)
    ports.progress("Klaar", 1.0)
    return Imported(planned.plan, planned.found.report.unused, notes)


def plan_rows(
    folder: Path, request: ImportRequest, ports: ImportPorts, *, user: str, now: datetime
) -> Planned:
    """What `import_rows` would do; nothing is written.

    Raises:
        AtlasError: as `import_rows`.
    """
    dossier = open_dossier(folder)
    planned = _plan(dossier, request, ports, user=user, now=now)
    plan = planned.plan
    check_sources(dossier, [*(new.record for new in plan.inserts), *(old.record for old in plan.updates)])
    ask_about_persons(personal_texts(plan), accepted=request.accept_personal_text)
    return planned


def _plan(
    dossier: Dossier, request: ImportRequest, ports: ImportPorts, *, user: str, now: datetime
) -> Planned:
    ports.progress("Bestand lezen", 0.1)
    table, places, of_input = ports.read()
    layers = read_layers(dossier)
    known = KnownAddresses(layers[OBJECTS])
    found = read_records(table, request, today=now.date(), places=places, known=known)
    shared: tuple[str, ...] = ()
    if request.layer in PLACED_LAYERS:
        ports.progress("Gemeente bepalen", 0.4)
        add_municipality(found.records, ports.municipalities)
    if request.layer in ADDRESSED_LAYERS:
        add_found_ids(found.records, found.found_ids, layers[request.layer])
        shared = (*told_shared(found.records, found.found_ids, found.numbers),)
    ports.progress("Vergelijken met het dossier", 0.6)
    plan = plan_import(
        layers[request.layer], found.records, now=now, user=user, layer=request.layer, parents=layers,
        numbers=found.numbers,
    )  # fmt: skip
    notes = (*dossier.notes, *plan.notes, *shared, *found.report.notes, *of_input)
    return Planned(plan, found, notes, layers[OBJECTS])


def decided_by_borders(
    places: Sequence[tuple[float, float]],
    codes: Sequence[str],
    assign: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.intp]],
) -> list[tuple[str, bool]]:
    """The municipality of each place, and whether that is certain: `Municipalities` by the detailed borders.

    Args:
        places: In EPSG:28992.
        codes: Of the municipalities.
        assign: x and y of the places -> of each the position of its municipality in `codes`, -1 for none.
    """
    x, y = np.array(places, dtype=np.float64).T
    known = [*codes, ""]
    certain = certain_places(x, y).tolist()
    return [(known[position], sure) for position, sure in zip(assign(x, y).tolist(), certain, strict=True)]
