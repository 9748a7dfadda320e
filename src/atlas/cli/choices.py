"""What more than one command lets choose, made from the lists of core; and the options that they share."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from .dutch import DutchCommand  # isort: skip # noqa: F401 - before typer
import typer

from ..core.areas.districts import joinable_levels
from ..core.areas.divisions import levels
from ..core.disclosure.audiences import Audience
from ..core.files.login import login_name
from ..core.vacancy.evidence import REGISTERS
from ..core.words import layer_names as layers
from ..core.words.errors import AtlasError
from ..core.words.notation import TABLE_CHOICES, UNIT_LABEL, read_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core.tables.address_columns import ToldColumns
    from ..jobs.handing_out import Request


def one_of(name: str, values: Iterable[str]) -> type[StrEnum]:
    """A choice out of values, as the command-line library asks for it."""
    return StrEnum(name, {value.upper(): value for value in values})


UnitChoice = one_of("UnitChoice", UNIT_LABEL)
#: levels an area can have, and those a table can be joined to
LevelChoice = one_of("LevelChoice", (level.id for level in levels()))
JoinLevelChoice = one_of("JoinLevelChoice", joinable_levels())
CombineChoice = one_of("CombineChoice", TABLE_CHOICES["combine"])
DivideChoice = one_of("DivideChoice", TABLE_CHOICES["divide"])
PlacesChoice = one_of("PlacesChoice", TABLE_CHOICES["places"])
DecimalChoice = one_of("DecimalChoice", TABLE_CHOICES["decimal"])
DashChoice = one_of("DashChoice", TABLE_CHOICES["dash"])
BelowOneChoice = one_of("BelowOneChoice", TABLE_CHOICES["below_one"])
#: registers that answer hit or no hit
RegisterChoice = one_of("RegisterChoice", REGISTERS)


class LayerChoice(StrEnum):
    """Layers a file can be imported into."""

    OBJECT = layers.OBJECTS
    EVIDENCE = layers.EVIDENCE
    YARD = layers.YARDS
    SIGNAL = layers.SIGNALS
    VISIT = layers.VISITS
    FINDING = layers.FINDINGS


#: and those that only the atlas fills, to read
ListChoice = StrEnum(
    "ListChoice",
    {
        **{one.name: one.value for one in LayerChoice},
        "CAMPAIGN": layers.CAMPAIGNS,
        "ROUND": layers.ROUNDS,
        "STOP": layers.STOPS,
    },
)

#: options of a table with figures, for `join` and `intake`
Combine = Annotated[
    CombineChoice | None,
    typer.Option(help="Twee rijen voor één gebied: weigeren of optellen.", show_default="error"),
]
Places = Annotated[
    PlacesChoice | None,
    typer.Option(
        help="Rijen over een plaats: geen waarde voor de gemeente, of aantallen optellen.",
        show_default="error",
    ),
]
Decimal = Annotated[
    DecimalChoice | None, typer.Option(help="Decimaalteken.", show_default="per kolom bepaald")
]
Dash = Annotated[DashChoice | None, typer.Option(help="Betekenis van een cel met alleen een streepje.")]
BelowOne = Annotated[
    BelowOneChoice | None, typer.Option(help="Percentages onder 1: 0,36 is 0,36% of (fraction) 36%.")
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KOLOM=WAARDE", help='Alleen deze rijen: "Soort misdrijf=Totaal misdrijven". Mag vaker.'
    ),
]
#: options of a file with records, for `objects import` and `intake`
Register = Annotated[
    RegisterChoice | None, typer.Option(help="Register dat antwoordde, bij leegstand_bewijs.")
]
Report = Annotated[Path | None, typer.Option(help="Rapport (CSV).", show_default="naast het bestand")]
#: options of a file with a table, for registers, records and figures
Sheet = Annotated[
    str | None,
    typer.Option(help='Werkblad (XLSX, ODS); "Blad1#rij5" of "#rij5": de kolomnamen staan in rij 5.'),
]
ReferenceDate = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Peildatum (jjjj-mm-dd).", show_default="vandaag"),
]
NamedColumns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="NAAM=KOLOM", help="Welke kolom wat is (huisnummer=Nr); herhaal voor meer."
    ),
]
LeftColumns = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="KOLOM", help="Kolom om weg te laten; herhaal voor meer."),
]
#: options of what is done in a dossier, or leaves it
Purpose = Annotated[str, typer.Option(help="Waarvoor; staat in het register van uitgifte.")]
User = Annotated[
    str | None, typer.Option(help="Wie dit doet.", show_default="de gebruiker van deze computer")
]
Municipalities = Annotated[
    list[str] | None,
    typer.Option(
        "--municipality", help="Gemeente van het team; herhaal voor meer, of 'alle' bij FICTIEVE gegevens."
    ),
]
AddressFile = Annotated[Path | None, typer.Option(help="BAG-adressen, om adressen een plaats te geven.")]
Dossier = Annotated[Path, typer.Argument(help="Map van het dossier.")]
AcceptPersonalText = Annotated[
    bool,
    typer.Option(
        "--accept-personal-text",
        help="Neem ook vrije tekst over met een telefoonnummer, e-mailadres, kenteken of aanspreking erin.",
    ),
]
Unsealed = Annotated[
    str,
    typer.Option(
        help="Waarom een pagina niet verzegeld is; staat in het register.",
        show_default="verzegeld, behalve voor een team met FICTIEVE gegevens",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Eindig met code 3 als er iets aandacht vraagt.")]


def chosen(choice: StrEnum | None) -> str | None:
    """The value of a choice; None when nothing was chosen."""
    return choice.value if choice else None


def told_columns(named: list[str] | None, left: list[str] | None) -> ToldColumns:
    """What the user says about columns.

    Raises:
        AtlasError: not NAAM=KOLOM, or two columns for one name.
    """
    from ..core.tables.address_columns import ToldColumns

    refused = AtlasError(
        "Zo is niet duidelijk welke kolom wat is.", expected="huisnummer=Nr", choices=("column",)
    )
    return ToldColumns(read_pairs(named or (), refused), tuple(left or ()))


def day_of(moment: datetime | None) -> datetime:
    """A moment that was given, else now."""
    return moment or datetime.now(UTC)


def chosen_municipalities(names: list[str] | None) -> tuple[str, ...]:
    """The codes of municipalities as they were named; "alle" is all of them."""
    from ..core.areas.divisions import areas
    from ..core.areas.resolving import resolve

    if names and any(name.lower() == "alle" for name in names):
        return tuple(area.code for area in areas("gemeente"))
    codes = []
    for name in names or ():
        found = resolve(name, "gemeente")
        if found.area is None:
            raise AtlasError("Deze gemeente is niet herkend.", got=name, detail=found.explanation)
        codes.append(found.area.code)
    return tuple(codes)


def one_municipality(name: str, what: str) -> str:
    """The code of the one municipality of which something is.

    Raises:
        AtlasError: none, or "alle"; `what` begins the sentence.
    """
    codes = chosen_municipalities([name])
    if len(codes) != 1:
        raise AtlasError(f"{what} één gemeente.", got=name)
    return codes[0]


def who_does(user: str | None) -> str:
    """Who does this: as they say, or as this computer knows them.

    Raises:
        AtlasError: neither is known.
    """
    name = (user or "").strip() or login_name()
    if not name:
        raise AtlasError("Deze computer weet niet wie u bent.", hint="Zeg het met: --user NAAM")
    return name


def requested(
    municipality: list[str] | None, purpose: str, user: str | None, audience: Audience = Audience.TEAM
) -> Request:
    """For whom an output is and for what, as it was asked for."""
    from ..jobs.handing_out import Request

    return Request(audience.value, chosen_municipalities(municipality), purpose, who_does(user))
