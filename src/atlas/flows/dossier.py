"""Making a dossier, handing out its records, and erasing what may no longer be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.figures.edition import Made, Maker, checked_day
from ..core.files.output_gate import check_outputs
from ..dossier.checking import Check, check_dossier
from ..dossier.expiry import Expiry, expire
from ..dossier.issue_expiry import LeftExpiry, erase_left, look_at_left
from ..dossier.migration import migrate_dossier
from ..dossier.opening import init_dossier, open_dossier
from ..jobs.reading_list import hand_out_list
from ..store.records_export import AUDIENCE, Export, export_records

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from pathlib import Path

    from ..jobs.reading_list import WriteList

__all__ = ["check", "expire_left", "expire_records", "hand_out", "init_dossier", "migrate_dossier"]


def hand_out(
    folder: Path,
    layer: str,
    output: Path,
    *,
    audience: str,
    municipalities: Iterable[str],
    purpose: str,
    user: str,
    now: datetime,
    technical: bool = False,
    maker: Maker | None = None,
    made_on: str = "",
) -> Export:
    """Hand out records of a layer through the register: a list to read, or else see `export_records`.

    Args:
        folder: Of the dossier.
        layer: Name of a working layer; not the register.
        output: A new file outside the dossier; a .pdf or .xlsx is a list to read.
        audience: Only "team": others get no records.
        municipalities: Codes of the municipalities the team works for.
        purpose: What it is for.
        user: Who asks.
        now: When.
        technical: Whether an .xlsx has the fields, codes and coordinates, for a program.
        maker: For which organisation, and whom to ask; above a list to read, and in a file for a program.
        made_on: The day that stands there, as a user writes it; "" for that of `now`.

    Raises:
        AtlasError: see `export_records`.
    """
    check_outputs([output], inputs=[folder])
    writer = None if technical or audience != AUDIENCE else list_writer(output)
    if writer is not None:
        listed = hand_out_list(
            folder, layer, output, writer, municipalities=municipalities, purpose=purpose, user=user, now=now,
            maker=maker, made_on=made_on,
        )  # fmt: skip
        said = (*listed.content.stays, *listed.stays)
        return Export(output, len(listed.content.rows), len(listed.stays), said)
    return export_records(
        open_dossier(folder), layer, output,
        audience=audience, municipalities=municipalities, purpose=purpose, user=user, now=now,
        made=Made(maker or Maker(), checked_day(made_on)),
    )  # fmt: skip


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
