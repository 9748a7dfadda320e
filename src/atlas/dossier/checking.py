"""Whether a dossier is whole: records as they were written, nothing half made, photos with their records."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.files.dossier_folder import BASE_FILE
from ..core.files.login import login_name
from ..core.schema.rural import RURAL_LAYERS, working_layer
from ..core.tables.registers import write_moment
from ..core.words.errors import AtlasError
from ..core.words.notation import counted
from ..gpkg.statements import sql
from .base_file import damage_of_base, unsealed_base
from .checksums import (
    count_edits,
    count_records,
    count_rows,
    damaged_records,
    look_at,
    note_checksums,
)
from .files import ORDER_FILE, OWN_FILES, PHOTO_FOLDER, PROTECTED, dossier_files, layer_path
from .issue_register import (
    INSPECTED,
    ISSUED,
    UNKNOWN_LOGIN,
    accept_register,
    read_register,
    what_is_wrong,
)
from .leftovers import UNPACKED, half_made_beside, is_at_rest, left_behind, take_away
from .locks import READ_ONLY, RESTORE, reading, slot, told, writing
from .protected_tables import read_tables
from .register_chain import look_through, stored_lines
from .seal import MANY, Seal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..core.records.matching import Record
    from ..core.schema.working import WorkingLayer
    from .files import Dossier
    from .register_chain import Line

_SHOWN = 3
_PHOTO = "foto"
#: one record at a time takes longer than all of them in order, unless they are few
_FEW, _LEAST = 8, 100
#: undoing an edit takes as long as so many rows
_EDIT = 3


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found, as Dutch sentences: what is wrong, what was cleared up, what is worth knowing."""

    wrong: tuple[str, ...]
    cleared: tuple[str, ...]
    notes: tuple[str, ...]


def check_records(
    folder: Path, seal: Seal | None = None, opened: Mapping[Path, sqlite3.Connection] | None = None
) -> tuple[str, ...]:
    """Look for records that nobody changed and that are yet not what was written.

    Args:
        folder: Of a dossier.
        seal: Its seal: bytes that were looked through before are passed over, of a file in which a few pages
            differ only the records on those are looked through. Of one in which more differ than can be done
            in 50 ms none is. None to look through every record.
        opened: Its files, when they are open already.

    Returns:
        A Dutch sentence for each file in which something is wrong, or that was not looked through.

    Raises:
        AtlasError: a file can't be read.
    """
    left, seal = (None, Seal(folder)) if seal is None else (MANY, seal)
    right: dict[str, tuple[int, int]] = {}
    wrong, said = [], []
    for name in RURAL_LAYERS:
        if left is not None and name not in seal.passed_by and seal.holds(name):
            continue
        path, layer = layer_path(folder, name), working_layer(name)
        with ExitStack() as stack:
            stack.enter_context(told(path))
            connection = opened[path] if opened else stack.enter_context(reading(path))
            if left is not None and name in seal.passed_by:
                said.append(_too_many(path, count_rows(connection, layer)))
                continue
            rows = None
            if left is not None:
                rows = _rows_that_differ(seal, connection, layer)
                count, effort = _effort(seal, connection, layer, rows)
                if effort > left:
                    said.append(_too_many(path, count))
                    continue
                left -= effort
            damaged = damaged_records(connection, layer, rows)
            right[name] = look_at(connection, layer)
            told_of = [_sentence(path, damaged)] if damaged else []
            if layer.append_only:
                told_of += _chain(path, stored_lines(connection), seal.count(name)[0])
        if told_of:
            said.append(" ".join(told_of))
            del right[name]
            # else the pages that differ from it tell of the damage again; a register is told of once
            if layer.append_only or seal.holds(name):
                wrong.append(name)
    seal.keep(right, wrong)
    return tuple(said)


def pass_by(seal: Seal, connection: sqlite3.Connection, layer: WorkingLayer) -> bool:
    """Whether a layer was edited so often since the seal that its bytes need not be read to leave it."""
    records, line = seal.count(layer.name)
    with suppress(sqlite3.Error):  # no file of ours, or damaged: that is told by who looks further
        if records >= 0 and _EDIT * count_edits(connection, layer, line, MANY) > MANY:
            seal.passed_by.add(layer.name)
    return layer.name in seal.passed_by


def _effort(
    seal: Seal, connection: sqlite3.Connection, layer: WorkingLayer, rows: frozenset[int] | None
) -> tuple[int, int]:
    """How many records are to be looked through, and how many rows that takes as long as."""
    if rows is None:
        count, line = count_rows(connection, layer), 0
    else:
        count, (_, line) = len(rows), seal.count(layer.name)
    return count, count + _EDIT * count_edits(connection, layer, line, MANY)


def _chain(path: Path, lines: Sequence[Line], before: int) -> Iterator[str]:
    """What is wrong with the chain of a register that had so many lines when it was looked through last."""
    broken = look_through(lines).broken
    if broken:
        yield (
            f"{path.name}: het register is niet meer zoals het is geschreven ({what_is_wrong(broken)}). "
            f"{RESTORE}. Of aanvaard het, als er geen goede kopie is, bij het controleren van het dossier."
        )
    if len(lines) < before:
        yield (
            f"{path.name}: het register is korter dan de vorige keer: zoveel regels had het: "
            f"{before}, en nu {len(lines)}. Is er een oudere kopie teruggezet, of het einde eraf gehaald?"
        )


def _rows_that_differ(
    seal: Seal, connection: sqlite3.Connection, layer: WorkingLayer
) -> frozenset[int] | None:
    """The rows that may be others than when a file was looked through; None when it may be any of them."""
    rows = None if layer.append_only else seal.rows_to_look_through(layer.name)
    if rows is None:
        return None
    records, line = seal.count(layer.name)
    count, before = count_records(connection, layer, line)
    # a record that is not where it was stands on no page, and the history has no word about it
    return rows if before == records and len(rows) < max(count // _FEW, _LEAST) else None


def check_dossier(dossier: Dossier, *, accept: bool = False) -> Check:
    """Look through a dossier that was opened, and clear up what the atlas itself left behind.

    Args:
        dossier: An opened dossier.
        accept: Whether records stay as they are now, also those that nobody is known to have changed.

    Raises:
        AtlasError: a file can't be read, somebody else is changing the dossier, or it is to be accepted and
            may only be read.
    """
    folder = dossier.folder
    cleared: list[str] = []
    notes: list[str] = []
    try:
        with slot(folder):
            cleared += _clear_up(dossier)
            if accept:
                _accept(dossier)
                cleared.append("De records zijn aanvaard zoals ze er nu staan.")
    except AtlasError as error:
        if accept or error.title != READ_ONLY:
            raise
        notes.append("Het dossier is hier alleen te lezen: er is nagekeken, en niets opgeruimd.")
    notes += [*_photos(dossier), *_register(dossier), *_other_case(folder)]
    if (folder / ORDER_FILE).exists():
        notes.append("Een wissing is niet afgemaakt: wis opnieuw.")
    base = folder / BASE_FILE
    with reading(base) as connection, told(base):
        wrong = tuple(filter(None, [damage_of_base(connection)]))
        notes += filter(None, [unsealed_base(connection)])
    return Check((*wrong, *check_records(folder), *_tables(folder)), tuple(cleared), tuple(notes))


def _clear_up(dossier: Dossier) -> list[str]:
    """Take away what the atlas itself left half made, and say what."""
    folder, cleared = dossier.folder, []
    for place in (folder, folder / PHOTO_FOLDER, folder / PROTECTED):
        for path in left_behind(place) if place.is_dir() else ():
            if path.name.startswith(UNPACKED) and not is_at_rest(path):  # unpacked without the slot
                continue
            take_away(path)
            cleared.append(f"{path.name}: half gemaakt en opgeruimd.")
    return [*cleared, *_undo_half_written(folder), *_clear_outputs(dossier)]


def _tables(folder: Path) -> list[str]:
    """What is wrong with the protected tables."""
    try:
        read_tables(folder)
    except AtlasError as error:
        return [f"{error.title} {error.where}. {error.hint}"]
    return []


def _undo_half_written(folder: Path) -> list[str]:
    """Clear up what SQLite wrote to undo a change that never began; the next writer would do so."""
    cleared = []
    for path in dossier_files(folder):
        beside = path.with_name(f"{path.name}-journal")
        if beside.exists():
            with suppress(AtlasError), writing([path]):  # another program is changing it: then it is not left
                pass
            if not beside.exists():
                cleared.append(f"{beside.name}: half gemaakt en opgeruimd.")
    return cleared


def _clear_outputs(dossier: Dossier) -> list[str]:
    """Clear up half-made outputs of issues never completed, and the half-made copy of a migration."""
    cleared = []
    for path in (*half_made_outputs(dossier), *half_made_beside(dossier.folder.absolute())):
        if is_at_rest(path):
            take_away(path)
            cleared.append(f"{path}: half gemaakt en opgeruimd.")
    return cleared


def half_made_outputs(dossier: Dossier) -> list[Path]:
    """What stands beside the place of an issue that was begun and never completed."""
    places = {Path(str(line["bestand"])) for line in _begun(dossier) if line["bestand"]}
    return [path for place in sorted(places) for path in half_made_beside(place)]


def _begun(dossier: Dossier) -> list[Record]:
    """The lines of issues that were begun and never completed."""
    return [
        line
        for line in read_register(dossier)
        if line["handeling"] in (ISSUED, INSPECTED) and not line["controlegetal"]
    ]


def _accept(dossier: Dossier) -> None:
    paths = {dossier.path(name): working_layer(name) for name in RURAL_LAYERS}
    with writing(paths) as connections:
        for path, connection in connections.items():
            note_checksums(connection, paths[path])
            if paths[path].append_only:
                accept_register(connection, user=login_name() or UNKNOWN_LOGIN, moment=_now())
            connection.execute("COMMIT")


def _now() -> str:
    return write_moment(datetime.now(UTC))


def _photos(dossier: Dossier) -> list[str]:
    """Photos without a record, and records whose photo is not there."""
    named: set[str] = set()
    for name, layer in RURAL_LAYERS.items():
        if layer.field(_PHOTO):
            path = dossier.path(name)
            with reading(path) as connection, told(path):
                found = connection.execute(sql("SELECT $photo FROM $table", photo=_PHOTO, table=name))
                named |= {str(row[0]) for row in found if row[0]}
    place = dossier.folder / PHOTO_FOLDER
    there = {path.relative_to(dossier.folder).as_posix() for path in place.rglob("*") if path.is_file()}
    missing = sorted(name for name in named if not (dossier.folder / name).is_file())
    loose = sorted(there - named)
    said = [
        (counted(len(loose), "foto", "foto's") + " zonder record", loose),
        (counted(len(missing), "foto die er niet is", "foto's die er niet zijn"), missing),
    ]
    return [f"{what}: {_few(names)}" for what, names in said if names]


def _other_case(folder: Path) -> list[str]:
    """Files that are one of ours but for capitals: on many a share the two are one file."""
    own = {name.casefold(): name for name in OWN_FILES}
    return [
        f"{path.name}: hoort niet bij het dossier, al heet het bijna {own[path.name.casefold()]}. Zet het "
        "ergens anders: op veel netwerkschijven zijn dit dezelfde naam."
        for path in sorted(folder.iterdir())
        if path.name not in OWN_FILES and path.name.casefold() in own
    ]


def _register(dossier: Dossier) -> list[str]:
    """Issues that were begun and never completed, and of each the file when it is there all the same."""
    begun = _begun(dossier)
    if not begun:
        return []
    moments = [str(line["tijdstip"]) for line in begun]
    started = counted(len(begun), "uitgifte is", "uitgiften zijn")
    told = [f"{started} begonnen en niet voltooid: {_few(moments)}."]
    for line in begun:
        place = str(line["bestand"] or "")
        if not place:
            told.append(f"Van de uitgifte van {line['tijdstip']} is niet bekend waar het bestand zou komen.")
        elif Path(place).is_file():
            told.append(
                f"Van de uitgifte van {line['tijdstip']} staat er wel een bestand: {place}. "
                "Het register kent het niet: verwijder het, of maak de uitgifte opnieuw."
            )
    return told


def _sentence(path: Path, uuids: tuple[str, ...]) -> str:
    return (
        f"{path.name}: {counted(len(uuids), 'record is', 'records zijn')} anders dan opgeslagen, en niemand "
        f"wijzigde iets ({_few(uuids)}). {RESTORE}. Of aanvaard het, als het klopt, bij het controleren "
        "van het dossier."
    )


def _too_many(path: Path, count: int) -> str:
    return (
        f"{path.name}: {counted(count, 'record is', 'records zijn')} sinds de laatste controle misschien "
        "gewijzigd, te veel om bij het openen na te kijken. Controleer het dossier."
    )


def _few(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
