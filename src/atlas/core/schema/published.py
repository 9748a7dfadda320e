"""Every published layer: its fields, aliases, units and code lists. The only place.

GeoPackage tables, their Dutch aliases and the value lists a GIS shows are generated from here. A later layer
that is edited (objects, evidence, visits) is one more `Layer` in `LAYERS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..areas.districts import DISTRICT_LEVEL
from ..areas.divisions import levels
from ..disclosure.squares import SQUARES
from ..words.errors import AtlasError
from .outcomes import OUTCOMES
from .states import COUNT_STATES, STATES

#: stands in every file that is written; raised when a field or layer changes meaning or goes
SCHEMA_VERSION = 12
#: the name of the geometry column, and of the "field" that `disclosure.may_leave` is asked about
GEOMETRY_FIELD = "geometrie"

FieldType = Literal["text", "integer", "real"]
Geometry = Literal["MultiPolygon", "LineString", "Point"]


@dataclass(frozen=True, slots=True)
class Code:
    """One value a field may hold, and what it means in Dutch."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class CodeList:
    """The values a field may hold; the name is unique in a file."""

    name: str
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `name` lower_snake Dutch ASCII, `alias` proper Dutch, `unit` "" when it has none."""

    name: str
    alias: str
    type: FieldType
    description: str
    unit: str = ""
    codes: CodeList | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer or table; `geometry` is None for a table without a place on the map.

    `key` are the fields that together tell one row from every other; () when rows may be equal.
    """

    name: str
    alias: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    geometry: Geometry | None = None

    @property
    def field_names(self) -> tuple[str, ...]:
        """The names of the fields, in order, without the geometry."""
        return tuple(field.name for field in self.fields)


MEMBERSHIP = CodeList(
    "lidmaatschap",
    (
        Code("vermeld", "De bron noemt de gemeenten"),
        Code("afgeleid", "Afgeleid uit de COROP-indeling"),
    ),
)
LEVEL = CodeList(
    "niveau",
    (
        Code(DISTRICT_LEVEL, "Wijk"), Code(SQUARES, "Vierkant"),
        *(Code(level.id, level.label) for level in levels()),
        Code("land", "Nederland"),
    ),
)  # fmt: skip
STATUS = CodeList("status", tuple(Code(state.status, state.label) for state in (*STATES, *COUNT_STATES)))
OUTCOME = CodeList("uitkomst", tuple(Code(outcome, outcome.replace("_", " ")) for outcome in OUTCOMES))

_CODE = Field("code", "Code", "text", "CBS-code van het gebied, of SR01 tot en met SR08", required=True)
_NAME = Field("naam", "Naam", "text", "Officiële naam van het gebied", required=True)
_AREA_FIELDS = (
    _CODE,
    _NAME,
    Field("provincie_code", "Code van de provincie", "text", "PV20 of PV22", required=True),
    Field(
        "oppervlakte_km2", "Oppervlakte", "real",
        "Oppervlakte van deze vlakken, berekend in EPSG:28992 (RD New); inclusief binnenwater", unit="km²",
    ),
    Field(
        "oppervlakte_land_km2", "Oppervlakte land", "real",
        "Oppervlakte zonder water volgens het CBS; leeg zolang die niet is opgehaald", unit="km²",
    ),
)  # fmt: skip
_VALUE = Field(
    "waarde", "Waarde", "real", "Het cijfer; leeg als het niet bekend is of niet mag worden getoond"
)
_LOW = Field("laag", "Ondergrens", "real", "Ondergrens van het 95%-interval; een benadering")
_HIGH = Field("hoog", "Bovengrens", "real", "Bovengrens van het 95%-interval; een benadering")
_N = Field("n", "Aantal antwoorden (n)", "real", "Hoeveel antwoorden of waarnemingen achter het cijfer staan")
_PERIOD = Field("periode", "Periode", "text", "Jaar, maand (2025-11) of dag waarover het cijfer gaat")
_STATUS = Field(
    "status",
    "Status",
    "text",
    "Hoe zeker het cijfer is, of waarom het er niet staat",
    codes=STATUS,
    required=True,
)

#: layer name -> layer, in the order of the files
LAYERS: dict[str, Layer] = {
    layer.name: layer
    for layer in (
        Layer(
            "gemeente", "Gemeenten", "Gemeenten van Drenthe en Groningen", _AREA_FIELDS, ("code",),
            "MultiPolygon",
        ),
        Layer(
            "surveyregio", "Surveyregio's",
            "Regio's van het panelonderzoek, samengevoegd uit gemeenten; zij hebben geen officiële grens",
            (
                *_AREA_FIELDS,
                Field("leden", "Gemeenten", "text", "Codes van de gemeenten in de regio, met komma's"),
                Field(
                    "lidmaatschap", "Herkomst van de indeling", "text",
                    "Of de bron zegt welke gemeenten bij de regio horen", codes=MEMBERSHIP, required=True,
                ),
            ),
            ("code",), "MultiPolygon",
        ),
        Layer("provincie", "Provincies", "Drenthe en Groningen", _AREA_FIELDS, ("code",), "MultiPolygon"),
        Layer(
            "wijk", "Wijken", "Wijken van Drenthe en Groningen, vereenvoudigd: om cijfers te tekenen",
            (
                *_AREA_FIELDS,
                Field("gemeente_code", "Code van de gemeente", "text", "CBS-code", required=True),
            ),
            ("code",), "MultiPolygon",
        ),
        Layer(
            SQUARES, "Vierkanten", "Vierkanten van 5 km, samengevoegd tot er in elk gebied genoeg is geteld",
            (
                *_AREA_FIELDS,
                Field("gemeente_code", "Codes van de gemeenten", "text", "Van de gemeenten die het raakt"),
            ),
            ("code",), "MultiPolygon",
        ),
        Layer(
            "waarde", "Cijfers", "Alle cijfers onder elkaar: één regel per indicator, gebied en periode",
            (
                Field("indicator", "Indicator", "text", "Kenmerk van de indicator", required=True),
                Field("label", "Omschrijving", "text", "Wat het cijfer zegt", required=True),
                Field("niveau", "Niveau", "text", "Waarop het is gemeten", codes=LEVEL, required=True),
                Field("gebied_code", "Code van het gebied", "text", "CBS-code of SR-code", required=True),
                Field("gebied_naam", "Gebied", "text", "Naam van het gebied", required=True),
                _PERIOD, _VALUE,
                Field("eenheid", "Eenheid", "text", "Waarin de waarde is uitgedrukt"),
                _LOW, _HIGH, _N, _STATUS,
                Field("toelichting", "Toelichting", "text", "Hoe het interval is bepaald"),
                Field("bron", "Bron", "text", "Waar het cijfer is gepubliceerd, en op welke plaats"),
            ),
            ("indicator", "niveau", "gebied_code", "periode"),
        ),
        Layer(
            "kaart", "Kaartlaag", "Eén indicator op één niveau, met de klasse en het patroon van de legenda",
            (
                _CODE, _NAME, _PERIOD, _VALUE, _LOW, _HIGH, _N, _STATUS,
                Field("klasse", "Klasse", "integer", "Volgnummer van de klasse in de legenda, vanaf 0"),
                Field("tekst", "Waarde als tekst", "text", "Het cijfer met zijn eenheid"),
                Field("interval", "Interval als tekst", "text", "Het 95%-interval met zijn eenheid"),
            ),
            ("code",), "MultiPolygon",
        ),
        Layer(
            "koppeling", "Koppeling", "Een eigen tabel, gekoppeld aan gebieden",
            (
                _CODE, _NAME, _VALUE, _N, _LOW, _HIGH, _STATUS,
                Field("toelichting", "Toelichting", "text", "Wat er van dit cijfer moet worden gezegd"),
            ),
            ("code",), "MultiPolygon",
        ),
        Layer(
            "rastercijfer", "Raster per gebied", "Gemiddelde, hoogste waarde en dekking van een raster",
            (
                _CODE, _NAME,
                Field("cellen", "Cellen", "integer", "Cellen met het midden in het gebied", required=True),
                Field("gemiddelde", "Gemiddelde", "real", "Van de cellen met een waarde; leeg zonder"),
                Field("maximum", "Hoogste", "real", "Van de cellen met een waarde; leeg zonder"),
                Field("dekking", "Dekking", "real", "Deel van de cellen met een waarde, 0 tot 1"),
                Field("eenheid", "Eenheid", "text", "Van gemiddelde en hoogste"),
                Field("raster", "Raster", "text", "Titel van het raster", required=True),
                Field("methode", "Methode", "text", "Hoe het raster is gemaakt"),
                Field("peildatum", "Peildatum", "text", "Van de gegevens van het raster"),
            ),
            ("code",), "MultiPolygon",
        ),
        Layer(
            "koppelrapport", "Koppelrapport", "Wat er met elke rij van de eigen tabel is gebeurd",
            (
                Field("rij", "Rij", "integer", "Nummer van de rij in het bestand", required=True),
                Field("tekst", "Tekst", "text", "Wat er als gebied stond"),
                Field("uitkomst", "Uitkomst", "text", "Wat ermee is gebeurd", codes=OUTCOME, required=True),
                Field("gebied_code", "Code van het gebied", "text", "Het gebied waaraan de rij is gekoppeld"),
                Field("toelichting", "Toelichting", "text", "Waarom, en wat er te doen is"),
            ),
            ("rij",),
        ),
    )
}  # fmt: skip


def layer(name: str) -> Layer:
    """The description of a layer.

    Raises:
        AtlasError: no layer has this name.
    """
    if name not in LAYERS:
        raise AtlasError("Deze laag bestaat niet.", got=name, expected=", ".join(LAYERS))
    return LAYERS[name]
