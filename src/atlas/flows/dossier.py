"""Making a dossier, handing out its records, and erasing what may no longer be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.files.output_gate import check_outputs
from ..dossier.checking import Check, check_dossier
from ..dossier.expiry import Expiry, expire
from ..dossier.migration import migrate_dossier
from ..dossier.opening import init_dossier, open_dossier
from ..store.records_export import Export, export_records

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from pathlib import Path

__all__ = ["check", "expire_records", "hand_out", "init_dossier", "migrate_dossier"]


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
) -> Export:
    """Open a dossier and export records of a layer through the register, see `export_records`."""
    check_outputs([output], inputs=[folder])
    return export_records(
        open_dossier(folder), layer, output,
        audience=audience, municipalities=municipalities, purpose=purpose, user=user, now=now,
    )  # fmt: skip


def check(folder: Path, *, accept: bool = False) -> Check:
    """Open a dossier, look through it and clear up, see `check_dossier`."""
    return check_dossier(open_dossier(folder), accept=accept)


def expire_records(
    folder: Path, today: date, *, erase: bool, user: str, now: datetime | None = None
) -> Expiry:
    """Open a dossier and list, or erase, what is past its last day of keeping, see `expire`."""
    return expire(open_dossier(folder), today, erase=erase, user=user, now=now)
