"""Evidence of vacancy in Dutch: each piece with its date and source, for whoever has to account for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..tables.registers import HIT, NOT_ASKED
from ..words.notation import format_period
from .evidence import BAG, BAG_ADDRESS, BAG_STATUSES, OBSERVATION, REGISTERS, REPORT, RUIN, SEEN, Evidence

if TYPE_CHECKING:
    from datetime import date


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
