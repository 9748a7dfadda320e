"""What editable layers have in common: the fields every record has, code lists of objects, short forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..vacancy.evidence import VALUES
from .working import WorkingField, code_list

if TYPE_CHECKING:
    from .published import CodeList

YES_NO = code_list("ja_nee", {"ja": "Ja", "nee": "Nee"})
YES_NO_UNKNOWN = code_list("ja_nee_onbekend", {"ja": "Ja", "nee": "Nee", "onbekend": "Onbekend"})
REGIME = code_list("regime", {"avg": "AVG (de Wpg hoort niet in dit dossier)"})
OBJECT_KIND = code_list(
    "objectsoort",
    {
        "boerderij": "Boerderij (woning met schuren)",
        "woning": "Woning",
        "schuur": "Schuur",
        "stal": "Stal",
        "loods": "Loods",
        "kas": "Kas",
        "bedrijfspand": "Bedrijfspand, niet agrarisch",
        "overig": "Overig",
        "onbekend": "Onbekend",
    },
)
USE_CLASS = code_list(
    "gebruiksklasse",
    {
        "agrarisch": "Agrarisch",
        "wonen": "Wonen",
        "opslag": "Opslag of stalling",
        "bedrijf": "Ander bedrijf",
        "recreatie": "Recreatie of dieren als hobby",
        "geen": "Geen gebruik gezien",
        "onbekend": "Onbekend",
    },
)
OBJECT_STATUS = code_list(
    "objectstatus",
    {
        "te_inventariseren": "Te inventariseren",
        "leegstand_vermoed": "Leegstand vermoed",
        "leegstand_bevestigd": "Leegstand bevestigd",
        "bezocht": "Bezocht",
        "getoetst_met_partners": "Getoetst met partners",
        "geen_bijzonderheden": "Geen bijzonderheden",
        "signaal_uitgezet": "Signaal uitgezet",
        "afgehandeld": "Afgehandeld",
    },
)
PRIORITY = code_list("prioriteit", {"hoog": "Hoog", "normaal": "Normaal", "laag": "Laag"})
EVIDENCE_VALUES = code_list(
    "bewijswaarde", {code: label for labels in VALUES.values() for code, label in labels.items()}
)
ACTION = code_list(
    "handeling",
    {
        "uitgifte": "Uitgifte",
        "gewist": "Gewist na de bewaartermijn",
        "inzage": "Inzage door een betrokkene (AVG art. 15)",
        "verbeterd": "Verbeterd, of bewijs ingetrokken (AVG art. 16)",
        "terug": "Terug of vernietigd",
        "loting": "Loting van erven: het zaad, voordat er een lijst is",
        "indicatoren": "Indicatoren van een campagne, voor het eerste bezoek",
        "gewist_verzoek": "Gewist op verzoek of na een vergissing (AVG art. 17)",
        "voltooid": "Uitgifte of inzage voltooid: het bestand staat er",
        "ketting": "Begin van de ketting; of er aan regels ervoor iets is veranderd, is niet te zien",
        "aanvaard": "Regels die niet klopten, aanvaard zoals ze er stonden",
        "regels_gewist": "Inhoud van regels gewist",
        "vervallen": "De inhoud van deze regel is gewist",
    },
)
#: lines of the register that are about itself, and those that are empty
ABOUT_REGISTER = ("ketting", "aanvaard", "regels_gewist", "vervallen")


def text(name: str, alias: str, description: str = "", *, required: bool = False) -> WorkingField:
    """A field for free text."""
    return WorkingField(name, alias, "text", description, required=required)


def choice(
    name: str,
    alias: str,
    codes: CodeList,
    description: str = "",
    *,
    required: bool = False,
    default: str = "",
    own: bool = False,
) -> WorkingField:
    """A field with a code list."""
    return WorkingField(
        name, alias, "text", description, codes=codes, required=required, default=default, own=own
    )


def day(
    name: str,
    alias: str,
    description: str = "",
    *,
    required: bool = False,
    may_be_future: bool = False,
    own: bool = False,
) -> WorkingField:
    """A field for a date."""
    return WorkingField(
        name, alias, "text", description,
        required=required, format="date", may_be_future=may_be_future, own=own,
    )  # fmt: skip


def link(name: str, alias: str, description: str = "", *, required: bool = False) -> WorkingField:
    """A field that holds the uuid of another record."""
    return WorkingField(name, alias, "text", description, required=required, format="uuid")


def measure(name: str, alias: str, description: str, unit: str) -> WorkingField:
    """A field for a number that is never negative."""
    return WorkingField(name, alias, "real", description, unit, minimum=0)


UUID = WorkingField(
    "uuid",
    "Uuid",
    "text",
    "Kenmerk van dit record",
    required=True,
    format="uuid",
    default_from="uuid",
)
REMARK = text("toelichting", "Toelichting", "In eigen woorden; geen namen van personen")
PHOTO = WorkingField(
    "foto",
    "Foto",
    "text",
    "Pad van een foto, binnen de map van het dossier",
    format="path",
)
ADDRESS = (
    text("adres", "Adres", "Straat, huisnummer en plaats; leeg als er geen adres is"),
    WorkingField("bag_pand_id", "BAG-id pand", "text", "Leeg als het niet bekend is", format="bag_pand"),
    WorkingField(
        "bag_vbo_id", "BAG-id verblijfsobject", "text",
        "Leeg als er geen adres is: de meeste schuren hebben er geen", format="bag_vbo",
    ),
)  # fmt: skip
MUNICIPALITY = (
    WorkingField("gemeente_code", "Gemeente", "text", "CBS-code", required=True, format="gemeente"),
    choice(
        "gemeente_zeker", "Gemeente zeker", YES_NO,
        "Nee binnen 5 m van een gemeentegrens, 150 m waar die minder nauwkeurig bekend is; nee wordt niet "
        "uitgegeven", required=True, default="nee",
    ),
)  # fmt: skip
ORIGIN = (
    text("bron", "Bron", "Waar het record vandaan komt", required=True),
    text("bronkenmerk", "Kenmerk in de bron", "Nummer waaronder de bron het kent"),
    WorkingField(
        "peildatum", "Peildatum", "text", "De dag waarop het zo was", required=True, format="date",
        default_from="today",
    ),
)  # fmt: skip
KEPT = (
    day(
        "bewaren_tot", "Bewaren tot",
        "Laatste dag waarop het record mag worden bewaard, volgens het protocol van de gemeente",
        required=True, may_be_future=True,
    ),
    choice("regime", "Regime", REGIME, "Onder welke wet het valt", required=True, default="avg"),
    WorkingField(
        "aangemaakt_op", "Aangemaakt op", "text", "", required=True, format="moment", default_from="now",
        own=True,
    ),
    WorkingField(
        "aangemaakt_door", "Aangemaakt door", "text", "", required=True, default_from="user", own=True,
    ),
    WorkingField(
        "gewijzigd_op", "Gewijzigd op", "text", "", required=True, format="moment", default_from="now",
        own=True,
    ),
    WorkingField(
        "gewijzigd_door", "Gewijzigd door", "text", "", required=True, default_from="user", own=True,
    ),
    WorkingField(
        "ingelezen_op", "Ingelezen op", "text",
        "Wanneer het voor het laatst uit een bestand kwam; wie daarna iets wijzigt, deed dat met de hand",
        format="moment", own=True,
    ),
)  # fmt: skip
