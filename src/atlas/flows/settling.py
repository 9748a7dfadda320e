"""Settle the municipality of the records of a dossier that lie near a border."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.words.errors import AtlasError
from .importing import deciding_municipalities

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from ..core.records.settling import Settled


def settle(
    folder: Path,
    *,
    now: datetime,
    user: str,
    addresses: Path | None = None,
    residences: Path | None = None,
) -> dict[str, Settled]:
    """Settle by woonplaats and by the detailed borders, layer by layer, all layers at once or none.

    Args:
        folder: Of the dossier.
        now: The moment of writing.
        user: Who asks for it.
        addresses: BAG addresses, to know the woonplaats of a verblijfsobject; together with `residences`.
        residences: The table of woonplaatsen and municipalities (Kadaster, CBS).

    Raises:
        AtlasError: no dossier, another program holds it, or one of the two files alone; nothing has changed
            then.
    """
    from ..core.records.import_file import PLACED_LAYERS
    from ..core.records.settling import settle_by_borders
    from ..dossier.changes import apply_import
    from ..dossier.opening import open_dossier
    from ..dossier.records import read_layers

    of_object = _by_residence(addresses, residences, now)
    dossier = open_dossier(folder)
    settled = {
        layer: settle_by_borders(
            layer,
            records,
            deciding_municipalities,
            now=now,
            user=user,
            by_residence={
                str(record["uuid"]): of_object.get(str(record.get("bag_vbo_id") or ""), "")
                for record in records
            },
        )
        for layer, records in read_layers(dossier, PLACED_LAYERS).items()
    }
    apply_import(dossier, [one.plan for one in settled.values()])
    return settled


def _by_residence(addresses: Path | None, residences: Path | None, now: datetime) -> dict[str, str]:
    """Verblijfsobject -> the municipality of its woonplaats, "" when that is not sure."""
    if addresses is None and residences is None:
        return {}
    if addresses is None or residences is None:
        raise AtlasError(
            "Om de gemeente uit de woonplaats af te leiden zijn twee bestanden nodig.",
            got="alleen de adressen" if addresses else "alleen de woonplaatsen",
            expected="de BAG-adressen en de tabel van woonplaatsen",
            hint="Geef beide op, of geen van beide: dan beslissen alleen de grenzen.",
        )
    from ..geo.registers.addresses import read_addresses
    from ..geo.registers.residences import municipalities_of, read_residences
    from ..store.tables import read_table

    frame = read_addresses(addresses).frame
    table = read_residences(read_table(residences), today=now.date()).frame
    codes = municipalities_of(frame["woonplaats"].tolist(), table)
    found: dict[str, str] = {}
    for uuid, code in zip(frame["bag_vbo_id"], codes, strict=True):
        # an object with addresses in two municipalities is not sure
        found[str(uuid)] = code if found.get(str(uuid), code) == code else ""
    found.pop("", None)
    return found


def settle_one(folder: Path, uuid: str, municipality: str, *, now: datetime, user: str) -> bool:
    """Put one record in a municipality; False when it was there already, for certain.

    Raises:
        AtlasError: see `core.records.settling.settle_by_person`, and as `settle`.
    """
    from ..core.records.import_file import PLACED_LAYERS
    from ..core.records.settling import settle_by_person
    from ..dossier.changes import apply_import
    from ..dossier.opening import open_dossier
    from ..dossier.records import read_layers

    dossier = open_dossier(folder)
    layers = read_layers(dossier, PLACED_LAYERS)
    plan = settle_by_person(layers, uuid, municipality, now=now, user=user)
    apply_import(dossier, plan)
    return bool(plan.updates)
