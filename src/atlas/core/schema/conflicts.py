"""The layer of conflicts: two values of one field of one record, both kept until somebody decides.

One record for each value that came from the field and is not what the dossier holds. Only the taking back of
packages makes them and only a decision closes them: no file and no form changes one. A conflict is about one
record, by a link of its own for each layer: so it belongs to the same municipality, and goes when that goes.
"""

from __future__ import annotations

from ..words import layer_names as layers
from .fields import KEPT, ORIGIN, REMARK, UUID, choice, link
from .working import Relation, Requirement, WorkingField, WorkingLayer, code_list

OPEN, KEEPS_DOSSIER, TAKES_FIELD, SUPERSEDED = "open", "dossier", "veld", "vervallen"
DECISIONS = {
    OPEN: "Nog niet beslist",
    KEEPS_DOSSIER: "De waarde van het dossier blijft",
    TAKES_FIELD: "De waarde uit het veld is overgenomen",
    SUPERSEDED: "Vervallen: in het veld zelf later gewijzigd",
}

#: layer -> the field by which a conflict is about a record of it
LINKS = {
    layers.OBJECTS: "object_uuid",
    layers.EVIDENCE: "bewijs_uuid",
    layers.YARDS: "bedrijf_uuid",
    layers.SIGNALS: "signaal_uuid",
    layers.CAMPAIGNS: "campagne_uuid",
    layers.ROUNDS: "ronde_uuid",
    layers.STOPS: "stop_uuid",
    layers.VISITS: "bezoek_uuid",
    layers.FINDINGS: "bevinding_uuid",
}
_ALIASES = {
    layers.OBJECTS: "Object", layers.EVIDENCE: "Bewijs", layers.YARDS: "Bedrijf",
    layers.SIGNALS: "Signaal", layers.CAMPAIGNS: "Campagne", layers.ROUNDS: "Ronde", layers.STOPS: "Stop",
    layers.VISITS: "Bezoek", layers.FINDINGS: "Bevinding",
}  # fmt: skip

CONFLICT = WorkingLayer(
    layers.CONFLICTS, "Conflicten", "Twee waarden van één veld van één record, tot iemand heeft beslist",
    (
        UUID,
        *(link(field, _ALIASES[layer], "Waarover het gaat") for layer, field in LINKS.items()),
        WorkingField("veld", "Veld", "text", "Naam van het veld", required=True, own=True),
        WorkingField("waarde_dossier", "Waarde in het dossier", "text", "Wat er stond", own=True),
        WorkingField("waarde_veld", "Waarde uit het veld", "text", "Wat terugkwam", own=True),
        WorkingField(
            "moment_veld", "Gewijzigd in het veld op", "text", "Volgens de klok van het apparaat",
            format="moment", own=True,
        ),
        WorkingField(
            "veldwerk", "Stappen in het veld", "text", "JSON: waaraan dezelfde waarde wordt herkend", own=True
        ),
        WorkingField("pakket", "Pakket", "text", "Naam van het bestand dat terugkwam", own=True),
        choice(
            "besluit", "Besluit", code_list("besluit", DECISIONS), "Welke waarde geldt", required=True,
            default=OPEN, own=True,
        ),
        WorkingField("besloten_op", "Besloten op", "text", "", format="moment", own=True),
        WorkingField("besloten_door", "Besloten door", "text", "Wie het besloot", own=True),
        REMARK, *ORIGIN, *KEPT,
    ),
    ("uuid",),
    relations=tuple(Relation(field, layer, "erase") for layer, field in LINKS.items()),
    requirements=(
        Requirement("waarover", "Een conflict gaat over een record.", tuple(LINKS.values())),
    ),
    made_here=True,
)  # fmt: skip
