"""One published atlas: what it is called, for whom, who made it, whom to ask, and when.

The day on which it is made is given by its maker and never read from a clock: the same input gives the same
bytes. It is another day than that of the data, and both stand on every page, sheet and picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ..disclosure.audiences import Audience
from ..words.errors import AtlasError
from ..words.notation import format_period
from ..words.spelling import legible

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_GIVEN = "niet ingevuld"
#: what stands for who or whom to ask in an edition that was made to try
TRIAL_NOTICE = (
    "Proefuitgave: wie haar maakte of wie vragen beantwoordt, is niet ingevuld. Geef haar niet verder door."
)


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made this atlas, who answers questions and where a reader reports an error; may be empty."""

    name: str = ""
    contact: str = ""
    error_report: str = ""

    def __post_init__(self) -> None:
        """Texts of a user, between ours and in files that refuse control characters (Word, PowerPoint)."""
        for name in ("name", "contact", "error_report"):
            object.__setattr__(self, name, legible(getattr(self, name)))


#: what is said of every output, and the column of a table that says it
MADE_COLUMNS = {
    "Gemaakt door": "gemaakt_door",
    "Vragen aan": "vragen_aan",
    "Gemaakt op": "gemaakt_op",
    "Nieuwste gegevens": "nieuwste_gegevens",
}


@dataclass(frozen=True, slots=True)
class Made:
    """By whom a list or result was made, whom to ask, on which day, and of when the data are.

    `made_on` and `newest` are ISO dates (or a year, or a month), or empty.
    """

    maker: Maker = Maker()
    made_on: str = ""
    newest: str = ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The four, with headings, as every face says them."""
        texts = (
            self.maker.name, self.maker.contact, format_period(self.made_on), format_period(self.newest),
        )  # fmt: skip
        return tuple((label, text or NOT_GIVEN) for label, text in zip(MADE_COLUMNS, texts, strict=True))

    @property
    def columns(self) -> dict[str, str]:
        """The same as columns of a table or keys of a file."""
        return {MADE_COLUMNS[label]: text for label, text in self.facts}

    @property
    def lacking(self) -> str:
        """What is not filled in, as the end of a sentence; "" when nothing is."""
        return _listed([label.lower() for label, text in self.facts if text == NOT_GIVEN])


@dataclass(frozen=True, slots=True)
class Edition:
    """What one published atlas is called, for whom it is made, and when (`made_on`, an ISO date or empty)."""

    title: str = "Buitengebied Atlas Drenthe en Groningen"
    subtitle: str = "Wat inwoners zeggen over georganiseerde criminaliteit in hun omgeving"
    maker: Maker = Maker()
    audience: str = Audience.PUBLIC
    fictitious: bool = False
    #: id of the indicator to open with; "" opens the first that has a map
    opening: str = ""
    made_on: str = ""


def checked_day(text: str) -> str:
    """The day on which something was made, as an ISO date; "" stays empty.

    Takes 2026-12-01 and 1-12-2026.

    Raises:
        AtlasError: it is no day of the calendar.
    """
    written = text.strip()
    if not written:
        return ""
    if dutch := re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", written):
        day, month, year = dutch.groups()
        written = f"{year}-{int(month):02}-{int(day):02}"
    try:
        return date.fromisoformat(written).isoformat() if "-" in written else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> str:
    raise AtlasError(
        "De dag waarop dit is gemaakt, is geen datum.",
        got=text[:40],
        expected="een dag als 2026-12-01 of 1-12-2026",
        choices=("made_on",),
    )


def check_signed(edition: Edition, *, trial: bool) -> list[str]:
    """Check that readers can see who made an edition and whom to ask.

    Args:
        edition: What will be published.
        trial: The maker only tries: an edition for the public may do without, and says so itself.

    Returns:
        Dutch sentences about what is missing.

    Raises:
        AtlasError: nobody is named in an edition for the public.
    """
    lacks = unsigned(edition)
    if lacks and edition.audience == Audience.PUBLIC and not trial:
        raise AtlasError(
            "Een openbare uitgave noemt wie haar maakte en wie vragen beantwoordt.",
            got=f"niet ingevuld: {' en '.join(lacks)}",
            hint="Vul beide in, of maak een proefuitgave; die zegt dat zij er een is.",
            choices=("maker", "contact", "trial"),
        )
    if not edition.made_on:
        lacks = [*lacks, "op welke dag zij is gemaakt"]
    return [f"Op deze uitgave staat niet {_listed(lacks)}."] if lacks else []


def unsigned(edition: Edition) -> list[str]:
    """What an edition does not say of who made it and whom to ask, as parts of a sentence."""
    said = {"wie haar maakte": edition.maker.name, "wie vragen beantwoordt": edition.maker.contact}
    return [what for what, text in said.items() if not text.strip()]


def made_keys(edition: Edition) -> dict[str, Any]:
    """The keys of the payload that say by whom and when it was made."""
    maker = edition.maker
    made_on = checked_day(edition.made_on)
    return {
        "maker": {"name": maker.name, "contact": maker.contact, "error_report": maker.error_report},
        "made_on": made_on,
        "made_on_label": format_period(made_on),
    }


def made_facts(payload: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """By whom, when, whom to ask and how new the data are, with headings, as every face says it."""
    maker = payload["maker"]
    made, newest = Made(Maker(maker["name"], maker["contact"]), payload["made_on"]), payload["date_label"]
    return (*made.facts[:-1], (list(MADE_COLUMNS)[-1], newest))


def made_line(payload: Mapping[str, Any]) -> str:
    """The same in one line, for a picture, a slide and the foot of a sheet."""
    return " · ".join(f"{label}: {text}" for label, text in made_facts(payload) if text)


def is_trial(payload: Mapping[str, Any]) -> bool:
    """Whether a published edition for the public does not say who made it or whom to ask."""
    maker = payload["maker"]
    return bool(payload["audience"] == Audience.PUBLIC and not (maker["name"] and maker["contact"]))


def _listed(parts: list[str]) -> str:
    return " en ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
