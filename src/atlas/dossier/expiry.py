"""Erasing what may no longer be kept, and looking in the files themselves whether it is gone.

Deleting in SQLite leaves text behind in free pages, in the WAL and in the history. So the pages are
overwritten, the files rebuilt, and then their bytes are searched. What a disk keeps of a file that was
rewritten, and what lies in backups, is beyond the reach of a program (see docs/dossier.md).
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ..core.disclosure.audiences import Audience
from ..core.files.dossier_folder import JOURNAL_FILE
from ..core.files.new_file import patiently
from ..core.records.retention import KEPT_UNTIL, plan_expiry
from ..core.schema.rural import RURAL_LAYERS, working_layer
from ..core.tables.registers import write_moment
from ..core.words.errors import AtlasError
from ..core.words.layer_names import REGISTER
from ..core.words.notation import counted
from ..gpkg.format import DELETED, HISTORY
from ..gpkg.statements import sql
from .checking import check_records, half_made_outputs
from .erased_files import erase_everywhere, links_out
from .erased_rows import erase_rows, rebuild
from .erasing_day import check_day
from .erasure_order import PHOTO, SHORTEST, new_order, read_order, write_order
from .files import ORDER_FILE, OWN_FILES, PHOTO_FOLDER, lies_within
from .issue_register import (
    ERASED,
    ERASED_ON_REQUEST,
    append_line,
    empty_lines,
    read_lines,
    read_register,
)
from .locks import reading, slot, told, writing
from .records import fetch, municipalities_of, read_changes, read_layers
from .register_chain import HASHES, said_numbers
from .traces import of_photos, order_for, traces_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from ..core.records.matching import Record
    from ..core.records.retention import ExpiryPlan
    from .erasure_order import ErasureOrder
    from .files import Dossier

_PURPOSE = "De bewaartermijn is voorbij."
_NAMED = "Deze regels noemden iets van een gewist record."
#: what people write themselves in a line of the register
_FREE_TEXT = ("door", "doel", "ontvanger", "bestand")
#: children before parents, a link before what it points to: erasing can be done again when broken off
_ORDER = tuple(name for name in reversed(RURAL_LAYERS) if not RURAL_LAYERS[name].append_only)


@dataclass(frozen=True, slots=True)
class Expiry:
    """What is past its term, and whether it was erased.

    `plan.erase` has the records that were deleted by hand as well, when only their history is left to erase.
    `unfinished`: an earlier erasure has not been completed yet. `notes` are Dutch sentences about photos that
    were gone already; `left` about what was not erased, or where nobody looked.
    """

    plan: ExpiryPlan
    erased: bool
    notes: tuple[str, ...] = ()
    unfinished: bool = False
    left: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many records it is about."""
        return sum(self.plan.counts.values())


def expire(
    dossier: Dossier, today: date, *, erase: bool = False, user: str = "", now: datetime | None = None
) -> Expiry:
    """List, and erase, what is past its last day of keeping.

    Each record goes with its evidence, visits, findings, photos and history; a count stays in the register.
    What was begun is kept as an order until every file has been searched, so it can always be done again.

    Args:
        dossier: An opened dossier.
        today: The reference date: what had to be gone by then.
        erase: Whether to erase; otherwise nothing is changed.
        user: Who erases, for the register.
        now: When it is done, for the register; the clock of this computer when it is not given.

    Raises:
        AtlasError: a file is in use or read-only, no user is named, a reference date in the future, a clock
            that can't be right, or the register can't be written (nothing is erased then); a photo can't be
            erased; or something of an erased record is still in a file.
    """
    unfinished = (dossier.folder / ORDER_FILE).exists()
    if not erase:
        records = read_layers(dossier)
        for name in _ORDER:
            with reading(dossier.path(name)) as connection:
                records[name] += _deleted(connection, name, today)
        return Expiry(plan_expiry(records, today), erased=False, unfinished=unfinished)
    if not user.strip():
        raise AtlasError(
            "Zeg wie er wist; dat komt in het register.", expected="een naam of functie", choices=("user",)
        )
    moment = now or datetime.now(UTC)

    def choose(records: Mapping[str, Sequence[Record]]) -> ExpiryPlan:
        everything = [record for items in records.values() for record in items]
        check_day(today, moment, [*everything, *read_register(dossier)])
        return plan_expiry(records, today)

    return _erase(dossier, choose, today, _Order(ERASED, _PURPOSE, user.strip(), moment))


def erase_chosen(
    dossier: Dossier,
    choose: Callable[[Mapping[str, Sequence[Record]]], ExpiryPlan],
    *,
    reason: str,
    user: str,
    now: datetime,
) -> Expiry:
    """Erase what is chosen, whatever its term, as `expire` does: on request, or after a mistake.

    Args:
        dossier: An opened dossier.
        choose: Layer name -> all its records, deleted ones with a history too -> what goes.
        reason: Why; stands in the register.
        user: Who erases, for the register.
        now: When.

    Raises:
        AtlasError: as `expire`, or what `choose` raises: nothing is erased then.
    """
    return _erase(dossier, choose, date.max, _Order(ERASED_ON_REQUEST, reason, user, now))


@dataclass(frozen=True, slots=True)
class _Order:
    """What the register says of an erasure."""

    action: str
    purpose: str
    user: str
    now: datetime


def _erase(
    dossier: Dossier,
    choose: Callable[[Mapping[str, Sequence[Record]]], ExpiryPlan],
    deleted_before: date,
    order_of: _Order,
) -> Expiry:
    with slot(dossier.folder):
        if (dossier.folder / JOURNAL_FILE).exists():
            raise AtlasError(
                "In dit dossier is een invoer afgebroken.",
                where=str(dossier.folder), hint="Open het dossier opnieuw; de invoer wordt dan afgemaakt.",
            )  # fmt: skip
        return _erase_alone(dossier, choose, deleted_before, order_of)


def _erase_alone(
    dossier: Dossier,
    choose: Callable[[Mapping[str, Sequence[Record]]], ExpiryPlan],
    deleted_before: date,
    order_of: _Order,
) -> Expiry:
    """Erase, while no other atlas changes the dossier."""
    moment, user = write_moment(order_of.now), order_of.user
    paths = {name: dossier.path(name) for name in _ORDER}
    place = dossier.folder / ORDER_FILE
    notes: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    _check_photo_folder(dossier.folder)
    with writing(paths.values()) as opened:
        connections = {name: opened[path] for name, path in paths.items()}
        records = {
            name: fetch(connection, working_layer(name)) + _deleted(connection, name, deleted_before)
            for name, connection in connections.items()
        }
        plan = choose(records)
        traces = traces_of(plan, records, connections)
        kept = [
            record for items in records.values() for record in items if record["uuid"] not in traces.uuids
        ]
        hashes = (str(line[name]) for line in read_lines(dossier) for name in HASHES)
        order = order_for(read_order(place) or new_order(user), traces, kept, connections, hashes)
        own = {str(record["foto"]) for record in kept if record.get("foto")}
        order = order.with_needles(PHOTO, of_photos(dossier.folder, traces.photos - own, own))
        if order.needles:
            write_order(place, order)
        if traces.uuids:
            _note_in_register(dossier, plan, records, order_of)
            notes, left = _erase_photos(dossier.folder, plan.photos, traces.photos - own - set(plan.photos))
            for name, connection in connections.items():
                with told(paths[name]):
                    erase_rows(connection, name, plan, traces.uuids, (moment, user))
        for path, connection in opened.items():  # always: an earlier time may have stopped just before this
            rebuild(path, connection)
    with suppress(AtlasError):  # all bytes are others: so the next to open it need not look through them
        check_records(dossier.folder)
    if order.needles:
        notes += _forget_in_register(dossier, order, moment)
        _check_gone(dossier, order)
        patiently(lambda: place.unlink(missing_ok=True))
        left += links_out(dossier.folder)
    return Expiry(plan, erased=True, notes=notes, left=left)


def _check_photo_folder(folder: Path) -> None:
    """Check that the photos can be reached: of a link that leads nowhere nothing can be erased."""
    place = folder / PHOTO_FOLDER
    if os.path.lexists(place) and not place.is_dir():
        raise AtlasError(
            "De map met foto's is niet bereikbaar; er is niets gewist.",
            where=str(place), got=f"verwijst naar {os.path.realpath(place)}",
            hint="Maak de verbinding met die plaats, of zet de foto's in de map van het dossier.",
        )  # fmt: skip


def _deleted(connection: sqlite3.Connection, layer: str, today: date) -> list[Record]:
    """Records deleted by hand whose history is past the term they had, as that history tells them."""
    rows = connection.execute(
        sql(
            "SELECT record_uuid, bewaren_tot, velden, max(fid) FROM $history WHERE soort = ? "
            "AND record_uuid NOT IN (SELECT uuid FROM $layer) GROUP BY record_uuid",
            history=HISTORY,
            layer=layer,
        ),
        [DELETED],
    )
    return [
        {
            **{name: before for name, (before, _) in read_changes(changes).items()},
            "uuid": uuid,
            KEPT_UNTIL: term,
        }
        for uuid, term, changes, _ in rows.fetchall()
        if term < today.isoformat()
    ]


def _note_in_register(
    dossier: Dossier, plan: ExpiryPlan, records: Mapping[str, Sequence[Record]], order_of: _Order
) -> None:
    """How many records go, of which layers and municipalities; nothing of the records themselves."""
    owners = municipalities_of(records)
    codes = {code for name, uuids in plan.erase.items() for uuid in uuids for code in owners[name][uuid]}
    append_line(
        dossier,
        {
            "tijdstip": write_moment(order_of.now),
            "door": order_of.user,
            "handeling": order_of.action,
            "doel": order_of.purpose,
            "publiek": Audience.TEAM.value,
            "gemeenten": ",".join(sorted(codes)) or "onbekend",
            "lagen": ",".join(name for name in RURAL_LAYERS if name in plan.erase),
            "aantal": sum(plan.counts.values()),
        },
    )


def _erase_photos(
    folder: Path, photos: Iterable[str], earlier: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take away photos of records that go, and those that were in their place before.

    Returns:
        A sentence for each that was gone already, and for each that is not ours to erase.
    """
    root, notes, left = folder.absolute(), [], []
    own = {(root / name).resolve() for name in OWN_FILES}
    replaced = set(earlier)
    for photo in (*photos, *sorted(replaced)):
        path = (root / photo).resolve()
        if not lies_within(root / photo, root) or not own.isdisjoint((path, *path.parents)):
            left.append(f"{photo} is niet gewist: het is geen foto in de map van het dossier.")
            continue
        try:
            patiently((root / photo).unlink)
        except FileNotFoundError:
            if photo not in replaced:
                notes.append(f"{photo} was er niet meer.")
        except OSError as error:
            raise AtlasError(
                "Een foto kan niet worden gewist; de records staan er nog.",
                where=str(path), got=str(error), hint="Sluit de foto in andere programma's en wis opnieuw.",
            ) from error  # fmt: skip
    return tuple(notes), tuple(left)


def _forget_in_register(dossier: Dossier, order: ErasureOrder, moment: str) -> tuple[str, ...]:
    """Empty the lines that name what was erased, in a purpose or a file name: a line is whole, or is empty.

    Returns:
        A sentence when there were any.
    """
    lines = read_lines(dossier)
    named = {
        line["uuid"]
        for line in lines
        if order.found_in("\n".join(str(line[name] or "") for name in _FREE_TEXT).encode())
    }
    numbers = [int(str(line["nummer"])) for line in lines if named & {line["uuid"], line["hoort_bij"]}]
    if not numbers:
        return ()
    path = dossier.path(REGISTER)
    said = {"tijdstip": moment, "door": order.user, "doel": _NAMED, "aantal": len(numbers)}
    with writing([path]) as connections, told(path):
        empty_lines(connections[path], path, said, numbers)
        rebuild(path, connections[path])
    emptied = counted(len(numbers), "regel", "regels")
    return (
        f"In het register stond iets van een gewist record; {emptied} leeggemaakt: {said_numbers(numbers)}.",
    )


def _check_gone(dossier: Dossier, order: ErasureOrder) -> None:
    """Take what is left out of every file, and look whether nothing is.

    Raises:
        AtlasError: something is still there; it is not repeated in the sentence. The order stays.
    """
    left = erase_everywhere(dossier.folder, order, half_made_outputs(dossier))
    if left:
        raise AtlasError(
            "Er is gewist, maar in een bestand staat nog iets van een gewist record.",
            where=str(dossier.folder),
            got="; ".join(left),
            detail=(
                "Gezocht is naar uuid, adres, BAG-id, kenmerk, toelichting, foto, plaats en omtrek "
                f"(vanaf {SHORTEST} tekens)."
            ),
            hint="Haal het daar weg en wis opnieuw: wat gezocht wordt is onthouden.",
        )
