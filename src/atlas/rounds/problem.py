"""What a round must keep to: stops, teams on days, travel, and what was promised before.

Times are whole seconds, and a moment is seconds after 00:00 as the clock shows it on that day. Every value is
frozen; `problem_json` reads them from a file and says what is wrong there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: seconds between two places that no road joins: longer than any day, small enough to add up
NO_ROAD_S = 10_000_000
#: how many people a kind of visit takes: supervision is never done alone
PEOPLE_FOR_KIND = {"toezicht": 2}
#: what parting two yards near each other costs, in seconds
NEAR_PRICE_S = 600
#: what moving a promised visit costs, in seconds
MOVE_PRICE_S = 300
#: so much work more than a team may have costs as one visit more
HALF_HOUR_S = 1800


@dataclass(frozen=True)
class Place:
    """A point of the matrix: a yard, or where a team starts; RD coordinates in metres when it has them."""

    id: str
    x_rd: float | None = None
    y_rd: float | None = None
    municipality: str = ""


@dataclass(frozen=True)
class Window:
    """When a visit may begin (or, of a stop that says so, take place); on one day or on every day."""

    from_s: int
    to_s: int
    day: str = ""


@dataclass(frozen=True)
class Wish:
    """A window that is preferred; missing it costs seconds."""

    window: Window
    price_s: int


@dataclass(frozen=True)
class Stop:
    """A visit to make.

    Attributes:
        id: Known by.
        place: Index of its place.
        service_s: How long the visit takes.
        windows: When it may be; none: the whole day.
        ends_within: Whether the visit must also end in its window.
        wishes: Windows that are preferred.
        days: On which days; none: on any.
        must: Whether it must be visited; else it may, for its prize.
        prize: What visiting it is worth, in the unit that is minimised.
        group: Of the stops with one group at most one is visited; "" for none.
        load: What it takes of a team's capacity.
        kind: `preventief`, `toezicht` or "".
        people: The fewest people of a team, whatever the kind asks.
        municipality: Where it lies, for teams that stay within borders.
        locked_team_day: The only team-day that may visit it; "" for any.
        promised_team_day: The team-day that was promised; another costs the price of moving.
    """

    id: str
    place: int
    service_s: int = 0
    windows: tuple[Window, ...] = ()
    ends_within: bool = False
    wishes: tuple[Wish, ...] = ()
    days: tuple[str, ...] = ()
    must: bool = True
    prize: int = 0
    group: str = ""
    load: tuple[int, ...] = ()
    kind: str = ""
    people: int = 1
    municipality: str = ""
    locked_team_day: str = ""
    promised_team_day: str = ""

    @property
    def least_people(self) -> int:
        """How many people the team must have."""
        return max(self.people, PEOPLE_FOR_KIND.get(self.kind, 1))


@dataclass(frozen=True)
class Lunch:
    """A pause at one place, begun between two moments."""

    length_s: int
    earliest_s: int
    latest_s: int


@dataclass(frozen=True)
class TeamDay:
    """One team on one day.

    Attributes:
        id: Known by.
        team: The team.
        day: The day, a date or a number.
        start: Index of the place where it starts.
        end: Index of the place where it ends.
        from_s: The earliest it leaves.
        to_s: The latest it is back.
        shift_s: The longest from leaving to being back, lunch included; None: no other limit than the two.
        most_visits: At most so many visits; None for any number.
        people: How many people it has.
        municipalities: The only municipalities it may visit; none: it may cross borders.
        lunch: Its pause.
        capacity: What it can carry, as `Stop.load`.
        fixed_cost: What using it costs, in the unit that is minimised.
    """

    id: str
    team: str
    day: str
    start: int
    end: int
    from_s: int
    to_s: int
    shift_s: int | None = None
    most_visits: int | None = None
    people: int = 1
    municipalities: tuple[str, ...] = ()
    lunch: Lunch | None = None
    capacity: tuple[int, ...] = ()
    fixed_cost: int = 0


@dataclass(frozen=True)
class Spread:
    """How far teams may differ over all days: in visits, in seconds of work; None for no bound."""

    visits: int | None = None
    work_s: int | None = None


@dataclass(frozen=True)
class Problem:
    """What is to be planned.

    Attributes:
        places: In the order of the matrices.
        stops: What is to be visited.
        team_days: Who can visit.
        seconds: Travel time from each place (row) to each other, whole seconds; `NO_ROAD_S`: no road.
        metres: The same in metres, or None.
        minimise: `seconds` or `metres`: what the total is counted in.
        near_s: Two stops within so many seconds, both ways, go to one team-day; 0: not asked.
        near_price: What parting such a pair costs.
        move_price: What visiting a promised stop with another team-day costs.
        spread: How far teams may differ.
        travel_note: What the travel times rest on, for every sheet; "" when the file does not say.
        note: Of the file.
    """

    places: tuple[Place, ...]
    stops: tuple[Stop, ...]
    team_days: tuple[TeamDay, ...]
    seconds: NDArray[np.int64]
    metres: NDArray[np.int64] | None = None
    minimise: str = "seconds"
    near_s: int = 0
    near_price: int = NEAR_PRICE_S
    move_price: int = MOVE_PRICE_S
    spread: Spread = Spread()
    travel_note: str = ""
    note: str = ""

    @property
    def costs(self) -> NDArray[np.int64]:
        """The matrix that is minimised."""
        return self.metres if self.minimise == "metres" and self.metres is not None else self.seconds
