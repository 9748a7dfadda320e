"""What an import will do, as a value: five lists in which every row of the file is found exactly once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .field_steps import Chains
    from .incoming import Refusal, Remark
    from .matching import Record

LATER_EDIT, OLDER_FILE, ELSEWHERE = "later_gewijzigd", "ouder_dan_dossier", "intussen_gewijzigd"
WITHDRAWN = "ingetrokken"
CONFLICTS = {
    LATER_EDIT: "Dit record is in het dossier gewijzigd op of na de peildatum van het bestand.",
    OLDER_FILE: "Het bestand is ouder dan wat er in het dossier staat.",
    ELSEWHERE: "Dit is intussen in het dossier ook gewijzigd, en anders.",
    WITHDRAWN: "Dit bewijs is in het dossier ingetrokken en telt niet mee.",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A field with what the dossier holds and what the file says."""

    field: str
    in_dossier: object
    in_file: object


@dataclass(frozen=True, slots=True)
class Insert:
    """A new record, complete."""

    row: int
    record: Record


@dataclass(frozen=True, slots=True)
class Update:
    """An existing record that changes: the changes, and the record as it becomes.

    `explanation` says in Dutch why another value had to give way, when that must be told; "" when not.
    """

    row: int
    uuid: str
    changes: tuple[Change, ...]
    record: Record
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A row that brings nothing new; `remark` says when it repeats another row of the file."""

    row: int
    uuid: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that would overwrite something newer: nothing is changed, both values are named.

    `reason` is a key of `CONFLICTS`, or `made_in_field.TWO_VERSIONS`; `explanation` says it with dates, in
    Dutch.
    """

    row: int
    uuid: str
    reason: str
    explanation: str
    differences: tuple[Change, ...]


#: what a row that is not refused comes to
Decision = Insert | Update | Unchanged | Conflict


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import does: every row is in exactly one of the five lists.

    A refused row may have several refusals. `remarks` are what was mended; `notes` hold for the whole file.
    `by_uuid`: whether only its uuid said which record a row is about. `steps`: of what came from the field,
    uuid -> field -> by what it is known again (`field_steps`).
    """

    layer: str
    inserts: tuple[Insert, ...]
    updates: tuple[Update, ...]
    unchanged: tuple[Unchanged, ...]
    conflicts: tuple[Conflict, ...]
    refusals: tuple[Refusal, ...]
    remarks: tuple[Remark, ...] = ()
    notes: tuple[str, ...] = ()
    by_uuid: bool = False
    steps: Mapping[str, Mapping[str, Chains]] = field(default_factory=dict)
