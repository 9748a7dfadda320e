"""Dutch for what the command-line library itself prints: headings of the help and usage errors.

Typer looks its headings up with `gettext.gettext` when it is imported, and builds most error messages
without any lookup. A translation by the usual files would follow the language of the machine, while every
user of this command reads Dutch. So the lookup is answered here, and error messages are translated by their
pattern; one that is not in the table stays English rather than being lost. Import this module before typer.
"""

from __future__ import annotations

import gettext
import re
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_HEADINGS = {
    "Options": "Opties",
    "Arguments": "Argumenten",
    "Commands": "Opdrachten",
    "Error": "Fout",
    "Aborted.": "Afgebroken.",
    "[required]": "[verplicht]",
    "[default: {}]": "[standaard: {}]",
}
_MESSAGES = (
    (r"No such command (.+?)\.", r"De opdracht \1 bestaat niet."),
    (r"No such command (.+?)\. Did you mean (.+)\?", r"De opdracht \1 bestaat niet. Bedoelt u \2?"),
    (r"No such option: (\S+)", r"De optie \1 bestaat niet."),
    (r"No such option: (\S+) Did you mean (.+)\?", r"De optie \1 bestaat niet. Bedoelt u \2?"),
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"De optie \1 bestaat niet. Bedoelt u \2?"),
    (r"Missing command\.", r"Er ontbreekt een opdracht."),
    (r"Missing argument '(.+?)'\.(?s:.*)", r"Het argument \1 ontbreekt."),
    (r"Missing option '(.+?)'\. Choose from:(?s:(.*))", r"De optie \1 ontbreekt. Kies uit:\2"),
    (r"Missing option '(.+?)'\.(?s:.*)", r"De optie \1 ontbreekt."),
    (r"Option '(.+?)' requires an argument\.", r"Bij de optie \1 hoort een waarde."),
    (r"Option '(.+?)' does not take a value\.", r"De optie \1 heeft geen waarde."),
    (r"Got unexpected extra argument\(?s?\)? \((.+)\)", r"Dit hoort er niet bij: \1"),
    (
        r"Invalid value for (.+?): (?s:.*?)(\S+) is not one of (?s:(.+))",
        r"De waarde \2 past niet bij \1. Kies uit: \3",
    ),
    (
        r"Invalid value for (.+?): Input should be a valid integer.*(?s:.*)",
        r"Bij \1 hoort een geheel getal.",
    ),
    (r"Invalid value for (.+?): Input should be (?s:(.+))", r"De waarde past niet bij \1. Kies uit: \2"),
    (r"Invalid value for (.+?): (?s:(.+))", r"De waarde past niet bij \1: \2"),
)


def in_dutch(message: str) -> str:
    """A usage error of the library in Dutch; unchanged when its pattern is not known."""
    for pattern, dutch in _MESSAGES:
        if match := re.fullmatch(pattern, message.strip()):
            return match.expand(dutch)
    return message


def _heading(message: str) -> str:
    return _HEADINGS.get(message, message)


def _dutch_value(shown: Callable[..., str | None], **context: object) -> str | None:
    """What belongs to an option, in Dutch: PAD for <path>, and choices as they are typed."""
    value = shown(**context)
    return value and _VALUES.get(value, value.strip("<>") if "|" in value else value)


gettext.gettext = _heading

from typer.core import TyperCommand, TyperGroup  # noqa: E402  # after the lookup above

#: words of the line that says how a command is typed
_USAGE = (
    ("Usage:", "Gebruik:"),
    ("[OPTIONS]", "[OPTIES]"),
    ("COMMAND [ARGS]...", "OPDRACHT [ARGUMENTEN]..."),
)
#: what the library calls the value of an option -> as docs/opdrachten.md does; a flag has none
_VALUES = {
    "<path>": "PAD",
    "<str>": "TEKST",
    "<list[str]>": "TEKST",
    "<list[Path]>": "PAD",
    "<int>": "GETAL",
    "<int range>": "GETAL",
    "<float>": "GETAL",
    "<float range>": "GETAL",
    "<bool>": "",
    "<%Y-%m-%d>": "JJJJ-MM-DD",
}


#: an argument -> what stands for it in the help and the reference
ARGUMENTS = {
    "addresses": "ADRESSEN",
    "area": "GEBIED",
    "businesses": "BEDRIJVEN",
    "config": "CONFIGURATIE",
    "conflict": "CONFLICT",
    "figure": "CIJFER",
    "file": "BESTAND",
    "files": "BESTAND",
    "first": "GEBIED",
    "folder": "DOSSIER",
    "indicators": "BEVINDING...",
    "layer": "LAAG",
    "number": "NUMMER",
    "package": "PAKKET",
    "packages": "PAKKET...",
    "panel": "PANEL",
    "raster": "RASTER",
    "recipe": "RECEPT",
    "rules": "REGELS",
    "second": "ANDER",
    "source": "BESTAND",
    "table": "TABEL",
    "teams": "TEAMS",
    "text": "NAAM",
}


class _Dutch:
    """The texts of a help page that pass no lookup."""

    def get_usage(self, ctx: Any) -> str:  # noqa: ANN401
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        for english, dutch in _USAGE:
            usage = usage.replace(english, dutch, 1)
        return usage

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401
        parameters = super().get_params(ctx)  # type: ignore[misc]
        for parameter in parameters:
            if "display_type_rich" not in vars(parameter):
                parameter.display_type_rich = partial(_dutch_value, parameter.display_type_rich)
        return parameters

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Toon deze uitleg en stop."
        return option


#: names of the parameters of the command that is running: typer keeps its own context to itself
running_parameters: ContextVar[frozenset[str]] = ContextVar("running_parameters", default=frozenset())


class DutchCommand(_Dutch, TyperCommand):
    """A command whose help page is Dutch throughout."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - those of typer
        super().__init__(*args, **options)
        for parameter in self.params:
            if parameter.param_type_name == "argument":
                parameter.metavar = ARGUMENTS.get(parameter.name, parameter.metavar)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - a context of typer
        """Run it, while `running_parameters` tells what can be chosen."""
        token = running_parameters.set(frozenset(filter(None, (known.name for known in self.params))))
        try:
            return super().invoke(ctx)
        finally:
            running_parameters.reset(token)


class DutchGroup(_Dutch, TyperGroup):
    """A group of commands whose help page is Dutch throughout."""
