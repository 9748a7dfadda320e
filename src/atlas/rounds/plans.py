"""A plan: who visits what in which order, when, and why some stops are left out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Visit:
    """A visit in a plan; times are None in a plan changed by hand."""

    stop: str
    arrive_s: int | None = None
    start_s: int | None = None
    end_s: int | None = None


@dataclass(frozen=True)
class Round:
    """One team on one day.

    Attributes:
        team_day: Which.
        visits: In order.
        leave_s: When the team leaves; None when nobody reckoned it.
        return_s: When it is back.
        lunch_s: When lunch begins; None when there is none.
        lunch_after: How many visits come before lunch.
        driving_s: Driving, seconds.
        metres: Driving, metres; None when the problem has no lengths.
    """

    team_day: str
    visits: tuple[Visit, ...]
    leave_s: int | None = None
    return_s: int | None = None
    lunch_s: int | None = None
    lunch_after: int | None = None
    driving_s: int = 0
    metres: int | None = None


@dataclass(frozen=True)
class LeftOut:
    """A stop that nobody visits, and what a test found: a code, and the reason in a sentence."""

    stop: str
    code: str
    reason: str


@dataclass(frozen=True)
class TeamTotal:
    """What one team does over all days."""

    team: str
    days: int
    visits: int
    driving_s: int
    work_s: int


@dataclass(frozen=True)
class Plan:
    """A plan with what it amounts to.

    Attributes:
        method: What made it.
        rounds: One for each team-day that goes out.
        left_out: Everything else, each with its reason.
        seed: Of the chances.
        iterations: How many steps were made.
        ended: `iterations`, `seconds` (the ceiling was hit: another run may differ) or `stopped` by the user.
        teams: Totals for each team.
        cost: What was minimised: driving, prices of stops left out that may, of wishes and moves.
        near_pairs: How many pairs of stops near each other could go to one team-day.
        parted: Those that don't.
        moved: Stops that were promised and are now with another team-day.
        notes: Sentences for whoever reads the plan.
    """

    method: str
    rounds: tuple[Round, ...]
    left_out: tuple[LeftOut, ...] = ()
    seed: int | None = None
    iterations: int | None = None
    ended: str = "iterations"
    teams: tuple[TeamTotal, ...] = ()
    cost: int = 0
    near_pairs: int = 0
    parted: tuple[tuple[str, str], ...] = ()
    moved: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def visits(self) -> int:
        """How many visits are made."""
        return sum(len(one.visits) for one in self.rounds)

    @property
    def driving_s(self) -> int:
        """Driving over all rounds, seconds."""
        return sum(one.driving_s for one in self.rounds)

    @property
    def metres(self) -> int | None:
        """Driving over all rounds, metres."""
        known = [one.metres for one in self.rounds if one.metres is not None]
        return sum(known) if len(known) == len(self.rounds) else None
