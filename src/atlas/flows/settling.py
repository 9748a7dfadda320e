"""Settle the municipality of records near a border: the job, with the registers as the command reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.words.errors import AtlasError
from .importing import deciding_municipalities

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from ..jobs.settling import Residences, Said, Settling


def settle(
    folder: Path,
    *,
    now: datetime,
    user: str,
    said: Said | None = None,
    addresses: Path | None = None,
    residences: Path | None = None,
) -> Settling:
    """Settle as somebody says; else by woonplaats and by the detailed borders, all layers at once or none.

    Args:
        folder: Of the dossier.
        now: The moment of writing.
        user: Who asks for it.
        said: What a person says of one record.
        addresses: BAG addresses, to know the woonplaats of a verblijfsobject; together with `residences`.
        residences: The table of woonplaatsen and municipalities (Kadaster, CBS).

    Raises:
        AtlasError: one of the two files alone, and see `jobs.settling.settle`; nothing has changed then.
    """
    from ..jobs.settling import SettlingPorts
    from ..jobs.settling import settle as settle_dossier

    ports = SettlingPorts(deciding_municipalities, _residences(addresses, residences, now.date()))
    return settle_dossier(folder, ports, now=now, user=user, said=said)


def _residences(addresses: Path | None, residences: Path | None, today: date) -> Residences | None:
    if addresses is None and residences is None:
        return None
    if addresses is None or residences is None:
        raise AtlasError(
            "Om de gemeente uit de woonplaats af te leiden zijn twee bestanden nodig.",
            got="alleen de adressen" if addresses else "alleen de woonplaatsen",
            expected="de BAG-adressen en de tabel van woonplaatsen",
            hint="Geef beide op, of geen van beide: dan beslissen alleen de grenzen.",
        )

    def known(objects: Collection[str]) -> Mapping[str, str]:
        from ..core.records.residences import municipality_of_objects, read_residence_rows
        from ..geo.registers.addresses import read_addresses
        from ..store.tables import read_table

        frame = read_addresses(addresses).frame
        here = frame[frame["bag_vbo_id"].isin(objects)]
        rows = read_residence_rows(read_table(residences), today=today)
        return municipality_of_objects(zip(here["bag_vbo_id"], here["woonplaats"], strict=True), rows)

    return known
