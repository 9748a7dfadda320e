"""Judge every object of a dossier by its evidence, and write the conclusions that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .progress import Progress, silent

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from ..core.records.concluding import ConclusionPlan


def conclude(
    folder: Path, *, today: date, now: datetime, user: str, progress: Progress = silent
) -> ConclusionPlan:
    """Conclude on the evidence that counts on `today`.

    Raises:
        AtlasError: no dossier, or another program holds it; nothing has changed then.
    """
    from ..core.records.changes import plan_conclusions
    from ..dossier.changes import apply_conclusions
    from ..dossier.opening import open_dossier
    from ..dossier.records import read_layers

    dossier = open_dossier(folder)
    progress("Bewijs wegen", 0.3)
    layers = read_layers(dossier, ("leegstand_object", "leegstand_bewijs"))
    plan = plan_conclusions(layers["leegstand_object"], layers["leegstand_bewijs"], today=today)
    progress("Conclusies schrijven", 0.7)
    apply_conclusions(dossier, plan, now=now, user=user)
    progress("Klaar", 1.0)
    return plan
