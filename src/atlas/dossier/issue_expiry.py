"""What is past its term of what left the dossier: lines of the register, protected tables, files elsewhere.

A line is emptied some years after its file may no longer be used; its number and hashes stay, so the chain
still fits. The newest protected table stays, because the next one starts from it. A file that somebody else
has can't be erased from here: it is listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.disclosure.audiences import Audience
from ..core.disclosure.rules import later_by, register_months, rules_for
from ..core.tables.registers import write_moment
from ..core.words.layer_names import REGISTER
from ..core.words.notation import format_period
from .erased_rows import rebuild
from .erasing_day import check_day
from .issue_register import BACK, ISSUED, empty_lines, read_lines, read_register
from .locks import slot, told, writing
from .protected_tables import erase_tables, read_tables
from .records import read_layers
from .register_chain import ACCEPTED, EMPTIED, EXPIRED, look_through

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from ..core.records.matching import Record
    from .files import Dossier
    from .register_chain import Line

_DAY = 10


@dataclass(frozen=True, slots=True)
class LeftExpiry:
    """What is past its term of what left.

    Args:
        lines: Numbers of lines of the register.
        tables: Reference dates of protected tables.
        outside: A Dutch sentence for each file that somebody has longer than was agreed.
    """

    lines: tuple[int, ...]
    tables: tuple[str, ...]
    outside: tuple[str, ...]


def look_at_left(dossier: Dossier, today: date) -> LeftExpiry:
    """List what is past its term.

    Args:
        dossier: An opened dossier.
        today: The reference date.

    Raises:
        AtlasError: the register or a table can't be read.
    """
    day = today.isoformat()
    return LeftExpiry(
        _due_lines(read_lines(dossier), day),
        _due_tables([table.peildatum for table in read_tables(dossier.folder)], day),
        tuple(_past_their_day(read_register(dossier), day)),
    )


def erase_left(dossier: Dossier, today: date, *, user: str, now: datetime) -> LeftExpiry:
    """Empty the lines and erase the tables that are past their term; a line of the register says which.

    Args:
        dossier: An opened dossier.
        today: The reference date: what had to be gone by then.
        user: Who erases, for the register.
        now: When.

    Raises:
        AtlasError: a day that can't be right, a register that was tampered with, or a file that is in use.
    """
    records = [record for of_layer in read_layers(dossier).values() for record in of_layer]
    check_day(today, now, [*records, *read_register(dossier)])
    path = dossier.path(REGISTER)
    with slot(dossier.folder):
        due = look_at_left(dossier, today)
        if due.lines or due.tables:
            with writing([path]) as connections, told(path):
                said = {
                    "tijdstip": write_moment(now),
                    "door": user.strip(),
                    "doel": _told(due),
                    "aantal": len(due.lines),
                }
                empty_lines(connections[path], path, said, due.lines)
                connections[path].execute("COMMIT")
                rebuild(path, connections[path])
            erase_tables(dossier.folder, due.tables)
    return due


def _told(due: LeftExpiry) -> str:
    said = "De bewaartermijn van het register is voorbij."
    return f"{said} Beschermde tabellen gewist: {', '.join(due.tables)}." if due.tables else said


def _due_lines(lines: Sequence[Line], day: str) -> tuple[int, ...]:
    """The lines whose term is past; those with what somebody accepted, or may still bring back, stay."""
    looked = look_through(lines)
    stays = {one.place for one in (*looked.broken, *looked.accepted)}
    back = {line["hoort_bij"] for line in lines if line["handeling"] == BACK}
    last = max((place for place, line in enumerate(lines) if line["handeling"] == EMPTIED), default=-1)
    due = []
    for place, line in enumerate(lines):
        out = line["terug_voor"] and not {line["uuid"], line["hoort_bij"]} & back
        kept = line["handeling"] in (ACCEPTED, EXPIRED) or place == last or place + 1 in stays or out
        if not kept and later_by(_last_day(line), register_months()) < day:
            due.append(int(str(line["nummer"])))
    return tuple(due)


def _last_day(line: Line) -> str:
    days = (line[name] for name in ("tijdstip", "terug_voor", "geldig_tot"))
    return max(str(day)[:_DAY] for day in days if day)


def _due_tables(dates: Sequence[str], day: str) -> tuple[str, ...]:
    """The tables of which no figure was in use for as long as the register is kept, but for the newest."""
    months = max(rules_for(audience).verloopt_na_maanden for audience in (Audience.PUBLIC, Audience.PARTNERS))
    return tuple(one for one in dates[:-1] if later_by(one, months + register_months()) < day)


def _past_their_day(register: Iterable[Record], day: str) -> Iterable[str]:
    lines = list(register)
    back = {line["hoort_bij"] for line in lines if line["handeling"] == BACK}
    for line in lines:
        until = str(line["terug_voor"] or line["geldig_tot"] or "")[:_DAY]
        if line["handeling"] == ISSUED and line["controlegetal"] and line["uuid"] not in back and until < day:
            if not until:
                continue
            whom = line["ontvanger"] or f"{line['publiek']} ({line['gemeenten']})"
            yield (
                f"{line['bestand']} (regel {line['nummer']}), aan {whom}: te gebruiken tot en met "
                f"{format_period(until)}. Vraag het terug, of laat het vernietigen."
            )
