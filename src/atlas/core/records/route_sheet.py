"""What the sheet of a round says, on paper and as a page: the day, what a visit may be about, the stops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..schema.rural import FICTITIOUS
from ..schema.visits import LEGAL_GROUNDS, SPOKEN_OF_OR_LOOKED_AT, VISIT_KINDS, VISIT_OUTCOMES
from ..words.notation import counted, format_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .round_out import RoundOut, StopOut

_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_TALK, _FROM_OUTSIDE = "preventief", "van_buiten_bekeken"
#: where a label is tried around its point: across, down
_AROUND = ((1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1), (1, 0), (-1, 0))
NO_MAP = "Er is geen wegenbestand gegeven: de lijnen zijn recht van stop naar stop en geen route."
_TALKING = (
    "Het gesprek is vrijwillig: zeg dat eerst, en ga weg als de bewoner dat wil. Er is geen lijst om "
    "gebouwen na te lopen. Wat de bewoner zelf vertelt, schrijft u op als zijn waarneming, zonder namen "
    "van anderen. Het kan gaan over:"
)
_LOOKING = (
    "Toezicht, alleen voor het doel en de regeling hierboven. Legitimeer u en zeg waarvoor u komt. Een "
    "woning gaat u niet binnen zonder toestemming. Schrijf op wat is waargenomen, wat niet, en wat niet is "
    "bekeken. Het kan gaan over:"
)
#: what may be done at a visit follows from its kind: a heading, and the rules in words
ABOUT = {
    "preventief": ("Waarover het gesprek gaat", _TALKING),
    "toezicht": ("Waarnaar u mag kijken", _LOOKING),
}


@dataclass(frozen=True, slots=True)
class StopWords:
    """A stop in words: name, times, address, why it is on the list, what the team should know."""

    name: str
    times: str
    address: str
    reasons: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetWords:
    """A sheet in words.

    Attributes:
        title: Round and day.
        over: For whom it is.
        facts: What is to be known of the day: name and value.
        about: What a visit of this kind may be about: a heading, and rules.
        categories: What may be spoken of, or looked at.
        stops: In order.
        outcomes: What a visit may come to, to tick.
        foot: What must happen with the sheet.
        map_note: What the lines of the map are.
        in_words: What the map shows.
        fictitious: "" or the sentence that says so.
    """

    title: str
    over: str
    facts: tuple[tuple[str, str], ...]
    about: tuple[str, str]
    categories: tuple[str, ...]
    stops: tuple[StopWords, ...]
    outcomes: tuple[str, ...]
    foot: str
    map_note: str
    in_words: str
    fictitious: str


def sheet_words(content: RoundOut, back_by: str) -> SheetWords:
    """The words of the sheet of a round.

    Args:
        content: The round.
        back_by: The last day to bring the sheet back or destroy it, as ISO text.
    """
    day = f"{_WEEKDAYS[date.fromisoformat(content.day).weekday()]} {format_period(content.day)}"
    visits = counted(len(content.stops), "erf", "erven")
    names = ", ".join(stop.name for stop in content.stops)
    return SheetWords(
        title=f"Ronde {content.name}, {day}",
        over=f"Routeblad erfbezoeken: {content.campaign}",
        facts=tuple(_facts(content)),
        about=ABOUT.get(content.kind, ABOUT["toezicht"]),
        categories=tuple(SPOKEN_OF_OR_LOOKED_AT.get(content.kind, {}).values()),
        stops=tuple(_stop(stop) for stop in content.stops),
        outcomes=tuple(
            text for code, text in VISIT_OUTCOMES.items() if content.kind != _TALK or code != _FROM_OUTSIDE
        ),
        foot=(
            "Vertrouwelijk, alleen voor dit team. Terugbrengen of vernietigen uiterlijk "
            f"{format_period(back_by)}."
        ),
        map_note=content.map.note if content.map is not None else "",
        in_words=f"Kaart van de ronde langs {visits}: {names}. De lijst noemt elk erf met adres en tijd.",
        fictitious=f"{FICTITIOUS}: deze ronde en deze erven zijn verzonnen." if content.fictitious else "",
    )


def _facts(content: RoundOut) -> list[tuple[str, str]]:
    shift = content.shift
    from_where = f" van {shift.start_name}" if shift is not None and shift.start_name else ""
    to_where = f" bij {shift.end_name}" if shift is not None and shift.end_name else ""
    facts = [
        ("Team", content.team),
        ("Soort bezoek", VISIT_KINDS.get(content.kind, content.kind)),
        ("Grondslag", _ground(content)),
        ("Doel", content.purpose),
        ("Vertrek", f"{content.begins}{from_where}"),
        ("Terug volgens het plan", f"{content.ends}{to_where}"),
        ("Uiterlijk terug", (shift.latest_return if shift is not None else "") or "……… : ……… (vul in)"),
    ]
    if shift is not None and shift.lunch:
        facts.append(("Pauze", shift.lunch))
    facts += [("Let op", content.note), ("Hoe gepland", content.method)]
    return [(name, value) for name, value in facts if value]


def _ground(content: RoundOut) -> str:
    ground = LEGAL_GROUNDS.get(content.ground, content.ground)
    return f"{ground}: {content.regulation}" if content.regulation else ground


def _stop(stop: StopOut) -> StopWords:
    return StopWords(
        stop.name,
        f"{stop.arrive} tot {stop.leave}",
        stop.address or "Adres niet bekend; de plek staat op de kaart",
        stop.reasons or ("Waarom dit erf op de lijst staat, is niet vastgelegd.",),
        stop.notes,
    )


def placed_labels(
    points: Sequence[tuple[float, float]], widths: Sequence[float], height: float
) -> list[tuple[float, float]]:
    """Where the label of each point comes: beside it, and on no other label or point as far as there is room.

    Args:
        points: On the map.
        widths: Of the labels, in the same unit.
        height: Of each label.

    Returns:
        The smallest x and y of each label.
    """
    gap = height * 0.4
    taken = [(x - gap / 2, y - gap / 2, gap, gap) for x, y in points]
    found = []
    for (x, y), width in zip(points, widths, strict=True):
        tried = [
            (x - width / 2 + across * (width / 2 + away), y - height / 2 + down * (height / 2 + away))
            for away in (gap, gap + height, gap + 2 * height, gap + 3 * height)
            for across, down in _AROUND
        ]
        boxes = [(*corner, width, height) for corner in tried]
        free = [one for one in boxes if not any(_overlap(one, other) for other in taken)]
        taken.append((free or boxes)[0])
        found.append(taken[-1][:2])
    return found


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(one[at] < other[at] + other[at + 2] and other[at] < one[at] + one[at + 2] for at in (0, 1))
