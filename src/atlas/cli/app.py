"""The command `atlas`: what each of its commands is for, and where it stands; each is loaded when asked for.

Loading them all, and reading the options of some sixty commands, took longer than `atlas --help` itself.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

from .dutch import DutchCommand, DutchGroup, in_dutch  # isort: skip  # before typer
import typer
from typer.exceptions import TyperException

from ..core.files.reading_limits import raise_limits
from .messages import BAD_INPUT, USAGE, hear_of_dossiers, say

if TYPE_CHECKING:
    from collections.abc import MutableMapping

#: a command or group, in the order of the help -> its module and name there, and what it is for
_COMMANDS = {
    "countryside": (
        "registers.countryside",
        "Welke adressen liggen in het buitengebied? De gebruikte definitie staat bij het resultaat.",
    ),
    "demo": (
        "rural.demo",
        "Maak FICTIEVE adressen, erven, objecten en signalen van echte omvang, en een dossier daarvan.",
    ),
    "join": (
        "joining.join_command",
        "Koppel een tabel aan gebieden; elke rij krijgt een uitkomst in het rapport.",
    ),
    "intake": (
        "intake.intake",
        "Neem een eigen tabel of lijst in: eerst ziet u hoe zij is begrepen, dan pas wordt er geschreven.",
    ),
    "sentence": (
        "memo.sentence_command",
        "Eén cijfer als zin: met interval, aantal respondenten, periode, onder wie en bron.",
    ),
    "compare": (
        "memo.compare_command",
        "Twee gebieden naast elkaar, met wat er over het verschil te zeggen is.",
    ),
    "picture": (
        "memo.picture_command",
        "De kaart als plaatje, met titel, legenda, bron, let op en datum erin.",
    ),
    "table": ("memo.table_command", "De cijfers van één kaart als tabel, met bron en let op in elke rij."),
    "slide": (
        "memo.slide_command",
        "Eén dia met de kaart en het cijfer van een gebied, of één alinea voor een memo.",
    ),
    "build": (
        "building.build",
        "Maak de atlas: een HTML-bestand, een GeoPackage en kaartbladen, of de pagina van een team.",
    ),
    "area": ("asking.area", "Welk gebied is dit? Zegt ook waarom een naam niet te herkennen is."),
    "indicators": (
        "asking.indicators",
        "Welke cijfers zitten in de atlas, op welk niveau en uit welke bron?",
    ),
    "audit": (
        "asking.audit",
        "Wat haalt een buitenstaander uit deze bestanden? Eindigt met code 3 als dat te veel is.",
    ),
    "boundaries": ("building.boundaries_app", "De grenzen van gemeenten en provincies."),
    "panel": ("panel.panel_app", "Panel: van antwoorden naar gewogen cijfers per regio."),
    "figures": ("published.figures_app", "Gepubliceerde tabellen: herkennen en in de atlas zetten."),
    "addresses": ("registers.addresses_app", "Adressen uit de BAG."),
    "buildings": ("registers.buildings_app", "Panden uit de BAG."),
    "residences": ("registers.residences_app", "Woonplaatsen en hun gemeente."),
    "farms": ("registers.farms_app", "Agrarische bedrijven en hun erven."),
    "objects": ("rural.objects_app", "Het dossier met leegstaande objecten."),
    "raster": ("rasters.raster_app", "Rasters: dichtheid en afgelegenheid."),
    "visits": ("visits.visits_app", "Erfbezoeken: erven kiezen, ronden plannen, terugnemen wat terugkomt."),
    "register": (
        "register_lines.register_app",
        "Het register van uitgifte: wat er uit een dossier is gegaan.",
    ),
}


class AtlasCommands(DutchGroup):
    """The command `atlas`: its help knows of each command what it is for, and loads none."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - those of typer
        super().__init__(**given)
        self._loaded: dict[str, Any] = {}

    @property
    def commands(self) -> MutableMapping[str, Any]:
        """Every command, loaded: for who reads what all of them take."""
        return {name: self._load(name) for name in _COMMANDS}

    @commands.setter
    def commands(self, _none: object) -> None:
        """None are hung under it by the library, which sets what it found."""

    def list_commands(self, ctx: object) -> list[str]:
        """Their names, in the order of the help."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> Any:  # noqa: ANN401
        """What the help shows of a command: its name and what it is for."""
        del ctx
        known = _COMMANDS.get(cmd_name)
        return known and DutchCommand(cmd_name, help=known[1])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """The command that is to run."""
        name, found, rest = super().resolve_command(ctx, args)
        return name, found and self._load(name), rest

    def _load(self, name: str | None) -> Any:  # noqa: ANN401
        if name not in self._loaded:
            place, purpose = _COMMANDS[str(name)]
            module, _, held = place.partition(".")
            found = getattr(import_module(f".{module}", __package__), held)
            under = typer.Typer()
            if isinstance(found, typer.Typer):
                under.add_typer(found, name=name, help=purpose, no_args_is_help=True)
            else:
                under.command(name, cls=DutchCommand)(found)
            self._loaded[str(name)] = typer.main.get_group(under).commands[str(name)]
        return self._loaded[str(name)]


app = typer.Typer(
    name="atlas",
    cls=AtlasCommands,
    help="Cijfers over georganiseerde criminaliteit op de kaart van Drenthe en Groningen.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


@app.callback()
def before_any_command(
    *,
    read_limit: Annotated[
        float,
        typer.Option(
            min=1,
            help="Lees bestanden die zoveel keer groter zijn dan de gewone grenzen; zie de handleiding.",
        ),
    ] = 1,
) -> None:
    """Cijfers over georganiseerde criminaliteit op de kaart van Drenthe en Groningen."""
    raise_limits(read_limit)
    hear_of_dossiers()


#: what an option was called before its name was English
_RENAMED = {
    "--gemeente": "--municipality",
    "--buurten": "--neighbourhoods",
    "--vierkanten": "--squares",
    "--kernen": "--settlements",
    "--gebieden": "--areas",
}


def present_names(arguments: list[str]) -> list[str]:
    """The arguments with options by the name they have; one by the name it had is told what it is called."""
    named = []
    for argument in arguments:
        option, sign, value = argument.partition("=")
        if option in _RENAMED:
            say(f"Let op: {option} heet nu {_RENAMED[option]}.")
        named.append(f"{_RENAMED.get(option, option)}{sign}{value}")
    return named


#: with what typer ends after Ctrl-C
_INTERRUPTED = 130


def main() -> None:
    """Entry point of the command `atlas`."""
    try:
        code = app(present_names(sys.argv[1:]), standalone_mode=False)
        if code == _INTERRUPTED:
            say("Afgebroken. Wat af was, staat er heel; de rest is niet gemaakt.")
        sys.exit(code)
    except TyperException as error:
        context = getattr(error, "ctx", None)
        if message := in_dutch(error.format_message()):
            say(f"Fout: {message}")
        if context is not None:
            say(f"Uitleg: {context.command_path} --help")
        sys.exit(USAGE)
    except typer.Abort:
        say("Afgebroken.")
        sys.exit(BAD_INPUT)
