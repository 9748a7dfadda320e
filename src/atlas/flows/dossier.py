"""Making a dossier, handing out its records, and erasing what may no longer be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.files.output_gate import check_outputs
from ..dossier.checking import Check, check_dossier
from ..dossier.expiry import Expiry, expire
from ..dossier.issue_expiry import LeftExpiry, erase_left, look_at_left
from ..dossier.migration import migrate_dossier
from ..dossier.opening import init_dossier, open_dossier
from ..jobs.handing_out import hand_out_list, hand_out_table
from ..store.records_export import table_writer

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from ..core.figures.edition import Maker
    from ..jobs.handing_out import HandedOut, Request, WriteList

__all__ = ["check", "expire_left", "expire_records", "hand_out", "init_dossier", "migrate_dossier"]


def hand_out(
    folder: Path,
    layer: str,
    output: Path,
    request: Request,
    *,
    now: datetime,
    technical: bool = False,
    maker: Maker | None = None,
    made_on: str = "",
) -> HandedOut:
    """Hand out records of a layer through the register: a list to read, or a table for a program.

    Args:
        folder: Of the dossier.
        layer: Name of a working layer; not the register.
        output: A new file outside the dossier; a .pdf or .xlsx is a list to read.
        request: For whom and for what.
        now: When.
        technical: Whether an .xlsx has the fields, codes and coordinates, for a program.
        maker: For which organisation, and whom to ask; above a list to read, and in a file for a program.
        made_on: The day that stands there, as a user writes it; "" for that of `now`.

    Raises:
        AtlasError: a kind of file that is not handed out, or see `jobs.handing_out`.
    """
    check_outputs([output], inputs=[folder])
    to_read = None if technical else list_writer(output)
    if to_read is not None:
        return hand_out_list(folder, layer, output, to_read, request, now=now, maker=maker, made_on=made_on)
    return hand_out_table(
        folder, layer, output, table_writer(output), request, now=now, maker=maker, made_on=made_on
    )


def list_writer(path: Path) -> WriteList | None:
    """What writes a list to read in the kind of file that a name asks for; None when it is for a program."""
    match path.suffix.lower():
        case ".xlsx":
            from ..store.list_xlsx import write_list_xlsx

            return write_list_xlsx
        case ".pdf":
            from ..store.list_pdf import write_list_pdf

            return write_list_pdf
    return None


def check(folder: Path, *, accept: bool = False) -> Check:
    """Open a dossier, look through it and clear up, see `check_dossier`."""
    return check_dossier(open_dossier(folder), accept=accept)


def expire_left(folder: Path, today: date, *, erase: bool, user: str, now: datetime) -> LeftExpiry:
    """List, or erase, what is past its term of what left the dossier, see `issue_expiry`."""
    dossier = open_dossier(folder)
    return erase_left(dossier, today, user=user, now=now) if erase else look_at_left(dossier, today)


def expire_records(
    folder: Path, today: date, *, erase: bool, user: str, now: datetime | None = None
) -> Expiry:
    """Open a dossier and list, or erase, what is past its last day of keeping, see `expire`."""
    return expire(open_dossier(folder), today, erase=erase, user=user, now=now)
