"""A small dossier of made-up objects and evidence."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import UUID

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def uuid(number):
    return str(UUID(int=number, version=4))


def vacant(number, municipality, **more):
    return {
        "uuid": uuid(number), "adres": f"Verzonnenweg {number}, 9999 ZZ Verzonnen", "soort": "schuur",
        "gemeente_code": municipality, "gemeente_zeker": "ja", "bron": "FICTIEF",
        "geometrie": (231_000.5 + number, 561_000.25), "peildatum": "2026-02-01", "bewaren_tot": "2030-01-01",
        "regime": "avg", "bronkenmerk": f"verzonnen-{number}", **more,
    }  # fmt: skip


def evidence(number, about, **more):
    return {
        "uuid": uuid(number), "object_uuid": uuid(about), "bewijsbron": "waarneming", "waarde": "leeg",
        "peildatum": "2026-02-01", "bron": "FICTIEF", "bewaren_tot": "2030-01-01", "regime": "avg",
        "bronkenmerk": f"verzonnen-{number}", **more,
    }  # fmt: skip


def filled(folder, objects, pieces):
    """A new FICTIEF dossier with objects and evidence, concluded."""
    from buitengebied_atlas.atlas.core.records.changes import plan_import
    from buitengebied_atlas.atlas.core.records.concluding import plan_conclusions
    from buitengebied_atlas.atlas.dossier.changes import apply_conclusions, apply_import
    from buitengebied_atlas.atlas.dossier.opening import init_dossier
    from buitengebied_atlas.atlas.dossier.records import read_layers

    dossier = init_dossier(folder, fictitious=True)
    first = plan_import([], objects, now=NOW, user="beheer", layer="leegstand_object")
    assert first.refusals == ()
    parents = {"leegstand_object": [item.record for item in first.inserts]}
    second = plan_import([], pieces, now=NOW, user="beheer", layer="leegstand_bewijs", parents=parents)
    assert second.refusals == ()
    apply_import(dossier, [first, second])
    records = read_layers(dossier)
    plan = plan_conclusions(records["leegstand_object"], records["leegstand_bewijs"], today=NOW.date())
    apply_conclusions(dossier, plan, now=NOW, user="beheer")
    return dossier


def without_line(text):
    """A text of a file that was handed out, without its own line of the register."""
    return re.sub(r"atlas-uitgifte \d+ [0-9a-f]{64}", "atlas-uitgifte", text)
