"""Evidence of vacancy: its sources, what each may say, its weight, how long it counts, and its words.

An object is judged, never a person: a register only answers whether it knows an address, and evidence that
names somebody is refused. The codes here are the code lists of the layers; the conclusion is for `rule`. Each
piece is said in Dutch with its date and source, for whoever has to account for it.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..tables.persons import holds_citizen_number, names_a_person
from ..tables.registers import HIT, NO_HIT, NOT_ASKED, read_date
from ..words.errors import AtlasError
from ..words.notation import format_period

if TYPE_CHECKING:
    from collections.abc import Mapping

IN_USE, PARTLY_EMPTY, EMPTY, UNKNOWN = "in_gebruik", "gedeeltelijk_leeg", "leeg", "onbekend"
CONCLUSIONS = {
    IN_USE: "In gebruik",
    PARTLY_EMPTY: "Gedeeltelijk leeg (woning in gebruik, schuren of stallen leeg)",
    EMPTY: "Leeg",
    UNKNOWN: "Onbekend",
}
HIGH, FAIR, LOW, NONE = "hoog", "redelijk", "laag", "geen"
RELIABILITIES = {
    HIGH: "Hoog: ter plaatse gezien",
    FAIR: "Redelijk: langer geleden gezien, of meer dan één bron wijst dezelfde kant op",
    LOW: "Laag: één bron, of alleen registers zonder treffer",
    NONE: "Geen: er is geen oordeel",
}
#: fields of the layer that say since when, and why, a piece of evidence counts no more
WITHDRAWN_ON, WITHDRAWN_WHY = "ingetrokken_op", "ingetrokken_reden"
OBSERVATION, REPORT = "waarneming", "opgave"
#: what the BAG says of the building (pand), and of the address (verblijfsobject)
BAG, BAG_ADDRESS = "bag_status", "bag_verblijfsobject"
#: the three registers of the eight combinations, as a sentence names them
REGISTERS = {
    "woz_gebruiker": "de WOZ (gebruiker)",
    "hr_vestiging": "het Handelsregister (vestiging)",
    "brp_persoon": "de BRP (inschrijving)",
}
SOURCES = {
    OBSERVATION: "Waarneming ter plaatse",
    REPORT: "Opgave van gebruiker, eigenaar of partner",
    "woz_gebruiker": "WOZ: gebruiker op het adres",
    "hr_vestiging": "Handelsregister: vestiging op het adres",
    "brp_persoon": "BRP: inschrijving op het adres",
    BAG: "BAG: status van het pand (gebouw)",
    BAG_ADDRESS: "BAG: status van het verblijfsobject (adres)",
}
#: what may be seen or reported beside the conclusions: empty barns say nothing yet about the dwelling
BARNS_EMPTY, NOT_SEEN = "schuren_leeg", "niet_te_beoordelen"
SEEN = {
    IN_USE: "In gebruik",
    PARTLY_EMPTY: "Woning in gebruik, schuren of stallen leeg",
    BARNS_EMPTY: "Schuren of stallen leeg, woning niet beoordeeld",
    EMPTY: "Leeg",
    NOT_SEEN: "Niet te beoordelen",
}
ANSWERS = {HIT: "Treffer", NO_HIT: "Geen treffer", NOT_ASKED: "Niet bevraagd"}
RUIN = "buiten_gebruik"
#: statuses of pand and verblijfsobject (BAG catalogue) by code
BAG_STATUSES = {
    "bouwvergunning_verleend": "Bouwvergunning verleend",
    "bouw_gestart": "Bouw gestart",
    "gevormd": "Gevormd",
    "in_gebruik_niet_ingemeten": "In gebruik (niet ingemeten)",
    "in_gebruik": "In gebruik",
    "verbouwing": "Verbouwing",
    "sloopvergunning_verleend": "Sloopvergunning verleend",
    RUIN: "Buiten gebruik",
    "gesloopt": "Gesloopt",
    "ingetrokken": "Ingetrokken",
    "niet_gerealiseerd": "Niet gerealiseerd",
    "ten_onrechte_opgevoerd": "Ten onrechte opgevoerd",
}
#: statuses that only an address has, and those that only a building has
_OF_ADDRESSES = frozenset({"gevormd", "ingetrokken"})
_OF_BUILDINGS = frozenset({"bouwvergunning_verleend", "bouw_gestart", "sloopvergunning_verleend", "gesloopt"})
#: a building, or an address, that is not there and will not come back: this never expires
GONE = frozenset({"gesloopt", "ingetrokken", "niet_gerealiseerd", "ten_onrechte_opgevoerd"})
#: one that is not there yet
NOT_YET = frozenset({"bouwvergunning_verleend", "bouw_gestart", "gevormd"})
#: source -> the values its evidence may have, with their labels
VALUES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        OBSERVATION: SEEN,
        REPORT: SEEN,
        **dict.fromkeys(REGISTERS, ANSWERS),
        BAG: {code: label for code, label in BAG_STATUSES.items() if code not in _OF_ADDRESSES},
        BAG_ADDRESS: {code: label for code, label in BAG_STATUSES.items() if code not in _OF_BUILDINGS},
    }
)
DECISIVE, SUPPORTING, INDICATION = "doorslaggevend", "ondersteunend", "aanwijzing"
SET_ASIDE = "buiten_beschouwing"
WEIGHTS = {
    DECISIVE: "Doorslaggevend: ter plaatse gezien",
    SUPPORTING: "Ondersteunend: opgegeven, niet gezien",
    INDICATION: "Aanwijzing: uit een register",
    SET_ASIDE: "Buiten beschouwing: door het team terzijde gelegd",
}
#: months after its reference date during which evidence counts (docs/vacancy.md says why)
DEFAULT_MONTHS: Mapping[str, int] = MappingProxyType(
    {OBSERVATION: 24, REPORT: 12, **dict.fromkeys(REGISTERS, 18), BAG: 18, BAG_ADDRESS: 18}
)
_LONGEST_SHOWN = 60
_ABOUT_REGISTERS = "Een register mag alleen zeggen of het adres er voorkomt, niet wie daar staat."
_ABOUT_BAG = f"De status van een pand is {BAG}, die van een verblijfsobject {BAG_ADDRESS}."


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact about one object.

    Args:
        bron: A key of `SOURCES`.
        waarde: A key of `VALUES[bron]`.
        peildatum: The day it was so.
        vervalt_op: From this day on it no longer counts, if its term has not ended before; None for the term.
        gewicht: "" or the weight of its source, or `SET_ASIDE` when the team doubts it.

    Raises:
        AtlasError: a value that is not in its list, or an expiry that is not after the reference date.
    """

    bron: str
    waarde: str
    peildatum: date
    vervalt_op: date | None = None
    gewicht: str = ""

    def __post_init__(self) -> None:
        if self.bron not in SOURCES:
            raise AtlasError("Deze bron van bewijs bestaat niet.", expected=", ".join(SOURCES))
        if self.waarde not in VALUES[self.bron]:
            # the value is not repeated: where a name was put instead of a hit, it must not spread
            about = _ABOUT_BAG if self.bron in (BAG, BAG_ADDRESS) else _ABOUT_REGISTERS
            raise AtlasError(
                f"Deze waarde kan niet bij de bron {self.bron}.",
                detail=about if self.bron not in (OBSERVATION, REPORT) else "",
                expected=", ".join(VALUES[self.bron]),
                hint="Kies een van deze waarden.",
            )
        if self.gewicht not in ("", weight_of(self.bron), SET_ASIDE):
            raise AtlasError(
                "Dit gewicht past niet bij deze bron van bewijs.",
                got=self.gewicht[:_LONGEST_SHOWN],
                expected=f"{weight_of(self.bron)} of {SET_ASIDE}",
                hint="Laat het gewicht leeg, of leg het bewijs terzijde.",
            )
        if self.vervalt_op is not None and self.vervalt_op <= self.peildatum:
            raise AtlasError(
                "Dit bewijs vervalt op of voor zijn peildatum.",
                got=format_period(self.vervalt_op.isoformat()),
                expected=f"een datum na {format_period(self.peildatum.isoformat())}",
                hint="Laat vervalt_op leeg voor de gewone termijn van deze bron.",
            )


@dataclass(frozen=True, slots=True)
class Terms:
    """How long evidence counts, in months after its reference date, and how near is contradictory.

    Two observations with different outcomes within `contradiction_days` contradict each other, until the
    later outcome is seen again; further apart the later one replaces the earlier one. What was seen is highly
    reliable during `fresh_months`.

    Raises:
        AtlasError: a source without a term, or a term below one month.
    """

    months: Mapping[str, int] = field(default_factory=lambda: DEFAULT_MONTHS)
    contradiction_days: int = 90
    fresh_months: int = 12

    def __post_init__(self) -> None:
        shortest = min([self.fresh_months, *self.months.values()])
        if set(self.months) != set(SOURCES) or shortest < 1 or self.contradiction_days < 0:
            raise AtlasError(
                "De termijnen voor bewijs van leegstand kloppen niet.",
                got=", ".join(f"{source}: {months}" for source, months in self.months.items()),
                expected="een aantal maanden vanaf 1 voor elke bron: " + ", ".join(SOURCES),
            )

    def expiry(self, item: Evidence) -> date:
        """The first day on which the evidence no longer counts; `date.max` for what is gone for good.

        An expiry of its own can shorten the term, not lengthen it.
        """
        if item.waarde in GONE:
            return date.max
        term = add_months(item.peildatum, self.months[item.bron])
        return min(item.vervalt_op or term, term)

    def fresh_until(self, seen: date) -> date:
        """The first day on which what was seen is no longer highly reliable."""
        return add_months(seen, self.fresh_months)


def weight_of(source: str) -> str:
    """The weight of a source: observation decides, a report supports, a register is an indication."""
    return {OBSERVATION: DECISIVE, REPORT: SUPPORTING}.get(source, INDICATION)


def is_withdrawn(record: Mapping[str, object]) -> bool:
    """Whether a record of the layer leegstand_bewijs was withdrawn: it stays, and counts no more."""
    return bool(record.get(WITHDRAWN_ON))


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def evidence_from_record(record: Mapping[str, object]) -> Evidence:
    """Evidence from a record of the layer leegstand_bewijs (`bewijsbron`, `waarde`, `peildatum`, ...).

    Raises:
        AtlasError: a column or value names a person, or a value is not in its list.
    """
    for column, value in record.items():
        if names_a_person(column):
            raise AtlasError(
                "Deze kolom noemt een persoon; bewijs van leegstand gaat over een plek.",
                where=column,
                hint="Haal de kolom uit het bestand: treffer of geen treffer is genoeg.",
            )
        # nine digits in a row also occur in one uuid in a hundred
        if isinstance(value, str) and not column.endswith("uuid") and holds_citizen_number(value):
            raise AtlasError(
                "In dit bewijs staat een burgerservicenummer (BSN).",
                where=column,
                hint="Haal het nummer weg; bewijs van leegstand noemt geen personen.",
            )
    expires = record.get("vervalt_op")
    return Evidence(
        bron=str(record.get("bewijsbron") or ""),
        waarde=str(record.get("waarde") or ""),
        peildatum=date.fromisoformat(read_date(record.get("peildatum")).value),
        vervalt_op=date.fromisoformat(read_date(expires).value) if expires else None,
        gewicht=str(record.get("gewicht") or ""),
    )


def about_bag(item: Evidence) -> str:
    """What the BAG said; of a ruin, what that means."""
    if item.bron == BAG and item.waarde == RUIN:
        return (
            f"De BAG noemt het pand op {in_words(item.peildatum)} 'buiten gebruik': dat betekent bouwvallig, "
            "het zegt niet dat het leegstaat."
        )
    return sentence(item)


def in_words(day: date) -> str:
    """A day as a sentence names it."""
    return format_period(day.isoformat())


def sentence(item: Evidence) -> str:
    """One piece of evidence as a sentence, with its date and source."""
    words = clause(item)
    return f"{words[0].upper()}{words[1:]}."


def clause(item: Evidence) -> str:
    """The same within a sentence."""
    on = f"op {in_words(item.peildatum)}"
    if item.bron == OBSERVATION:
        return f"{on} is ter plaatse gezien: {lower_first(SEEN[item.waarde])}"
    if item.bron == REPORT:
        return f"{on} is opgegeven: {lower_first(SEEN[item.waarde])}"
    if item.bron in (BAG, BAG_ADDRESS):
        what = "het pand" if item.bron == BAG else "het adres"
        return f"{on} was de status van {what} in de BAG: {lower_first(BAG_STATUSES[item.waarde])}"
    if item.waarde == NOT_ASKED:
        return f"{on} is {REGISTERS[item.bron]} niet bevraagd"
    return f"{on} gaf {REGISTERS[item.bron]} {'een' if item.waarde == HIT else 'geen'} treffer"


def lower_first(label: str) -> str:
    """A label within a sentence."""
    return label[0].lower() + label[1:]
