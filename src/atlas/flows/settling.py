"""Settle the municipality of the records of a dossier that lie near a border."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .importing import deciding_municipalities

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from ..core.records.settling import Settled


def settle(folder: Path, *, now: datetime, user: str) -> dict[str, Settled]:
    """Settle by the detailed borders, layer by layer, all layers at once or none.

    Raises:
        AtlasError: no dossier, or another program holds it; nothing has changed then.
    """
    from ..core.records.import_file import PLACED_LAYERS
    from ..core.records.settling import settle_by_borders
    from ..dossier.changes import apply_import
    from ..dossier.opening import open_dossier
    from ..dossier.records import read_layers

    dossier = open_dossier(folder)
    settled = {
        layer: settle_by_borders(layer, records, deciding_municipalities, now=now, user=user)
        for layer, records in read_layers(dossier, PLACED_LAYERS).items()
    }
    apply_import(dossier, [one.plan for one in settled.values()])
    return settled


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
