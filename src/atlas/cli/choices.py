"""What more than one command lets choose, made from the lists of core; and the options that they share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from .dutch import DutchCommand  # isort: skip # noqa: F401 - before typer
import typer

from ..core.areas.districts import joinable_levels
from ..core.areas.resolving import levels
from ..core.vacancy.evidence import REGISTERS
from ..core.words import layer_names as layers
from ..core.words.notation import TABLE_CHOICES, UNIT_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable


def one_of(name: str, values: Iterable[str]) -> type[StrEnum]:
    """A choice out of values, as the command-line library asks for it."""
    return StrEnum(name, {value.upper(): value for value in values})


UnitChoice = one_of("UnitChoice", UNIT_LABEL)
#: levels an area can have, and those a table can be joined to
LevelChoice = one_of("LevelChoice", (level.id for level in levels()))
JoinLevelChoice = one_of("JoinLevelChoice", joinable_levels())
CombineChoice = one_of("CombineChoice", TABLE_CHOICES["combine"])
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


def chosen(choice: StrEnum | None) -> str | None:
    """The value of a choice; None when nothing was chosen."""
    return choice.value if choice else None
