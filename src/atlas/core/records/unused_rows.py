"""Why a row of a source is not used: the reasons, and how they are told."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..words.errors import AtlasError
from ..words.notation import format_number

if TYPE_CHECKING:
    from collections.abc import Mapping

#: why a row is not used -> what a summary calls such rows
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "status_ingetrokken": "ingetrokken",
        "status_niet_gerealiseerd": "niet gerealiseerd",
        "status_ten_onrechte_opgevoerd": "ten onrechte opgevoerd",
        "status_ontbreekt": "zonder status",
        "status_onbekend": "met een status die de BAG niet kent",
        "pand_gesloopt": "in een gesloopt pand",
        "pand_niet_gerealiseerd": "in een pand dat niet is gerealiseerd",
        "pand_ten_onrechte_opgevoerd": "in een pand dat ten onrechte is opgevoerd",
        "pandstatus_onbekend": "in een pand met een status die de BAG niet kent",
        "voorkomen_vervallen": "vervangen door een later voorkomen van hetzelfde object",
        "voorkomen_toekomstig": "nog niet geldig op de peildatum",
        "gebruiksdoel_onbekend": "met een gebruiksdoel dat de BAG niet kent",
        "id_onleesbaar": "met een onleesbaar BAG-id",
        "huisnummer_onleesbaar": "zonder leesbaar huisnummer",
        "dubbel": "dubbel",
        "dubbelzinnig": "dubbelzinnig",
        "tegenstrijdig": "tegenstrijdig",
        "geen_plaats": "zonder plaats",
        "plaats_onleesbaar": "met een onleesbare plaats",
        "geen_punt": "met een vlak of lijn in plaats van een punt",
        "geen_vlak": "zonder vlak",
        "geen_lijn": "zonder lijn",
        "nul_nul": "met 0 en 0 als coördinaten",
        "verwisseld": "met x en y verwisseld",
        "graden": "met graden in plaats van meters",
        "meters": "met meters in plaats van graden",
        "buiten_gebied": "buiten Drenthe en Groningen",
        "water": "water",
        "code_onleesbaar": "zonder leesbare code",
        "gemeente_vervallen": "van een gemeente die niet meer bestaat",
        "geen_bebouwde_kom": "geen bebouwde kom",
        "fietspad": "fietspad",
        "geen_rijweg": "geen weg voor auto's",
        "andere_versie": "een andere versie van hetzelfde object ging voor",
        "vervallen": "niet meer geldig",
        "adres_onleesbaar": "zonder leesbaar adres",
        "niet_gevonden": "niet gevonden in de BAG",
        "geen_object": "over geen object van het dossier",
        "adres_spreekt_zich_tegen": "met een adres dat zichzelf tegenspreekt",
        "voorbeeld": "als voorbeeld",
        "rij_onjuist": "met een waarde die hier niet kan",
    }
)


@dataclass(frozen=True, slots=True)
class UnusedRow:
    """A row that is not used: its number in the file, the file or layer, a key of `REASONS`, a sentence."""

    row: int
    where: str
    reason_code: str
    explanation: str


def nothing_usable(source: str, counts: Mapping[str, int], first: UnusedRow | None) -> AtlasError:
    """The sentence for a source of which not one row can be used; `first` is None when it has no rows."""
    if first is None:
        return AtlasError(
            "In dit bestand staat geen enkele rij.",
            where=source,
            hint="Controleer of dit het goede bestand en de goede laag is.",
        )
    return AtlasError(
        "Geen enkele rij van dit bestand is te gebruiken.",
        where=source,
        got=listed(counts),
        detail=f"Bijvoorbeeld rij {first.row}: {first.explanation}",
        hint="Controleer of de lijst en de adressen over hetzelfde gebied gaan."
        if set(counts) == {"niet_gevonden"}
        else "Controleer of dit het goede bestand is.",
    )


def listed(counts: Mapping[str, int]) -> str:
    """How many rows for each reason, in words."""
    return ", ".join(f"{format_number(count)} {REASONS[code]}" for code, count in counts.items())
