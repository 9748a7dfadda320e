"""A plan that is under way, and what happened: the problem of what is left.

What was planned becomes a promise: another team-day costs the price of moving. Each change is one thing that
happens in the field, or that somebody decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..core.words.errors import AtlasError
from .json_values import items, one_of, text, whole_or_none, wrong

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .json_values import Json
    from .plans import Plan
    from .problem import Problem, Stop, TeamDay

#: what can happen
KINDS = ("bezocht", "niemand_thuis", "uitgelopen", "team_ziek", "spoed", "ingetrokken", "vast")
#: what an urgent visit is worth more than any other: it pushes others off the day
_URGENT = 10


@dataclass(frozen=True)
class Change:
    """One thing that happened.

    Attributes:
        kind: One of `KINDS`.
        stop: Which visit; for `uitgelopen` and `team_ziek` none is needed.
        team_day: Which team-day: of a team that is ill or ran over, or where a stop is locked or urgent.
        until_s: `uitgelopen`: when the team is free again; `niemand_thuis`: not before that moment on a day.
    """

    kind: str
    stop: str = ""
    team_day: str = ""
    until_s: int | None = None


def read_changes(item: Json) -> list[Change]:
    """The changes of a JSON value: a list `changes` of `kind`, `stop`, `team_day` and `until_s`.

    Raises:
        AtlasError: what is wrong, and where it stands.
    """
    if not isinstance(item.get("changes"), list):
        raise wrong("changes", item.get("changes"), "een lijst met wijzigingen")
    return [
        Change(
            one_of(text(each, "kind", where), KINDS, f"{where}.kind"),
            text(each, "stop", where),
            text(each, "team_day", where),
            whole_or_none(each, "until_s", where),
        )
        for each, where in items(item, "changes", "")
    ]


def what_is_left(problem: Problem, plan: Plan, changes: Sequence[Change] = ()) -> Problem:
    """The problem after a plan and what happened.

    - Everything in the plan is promised to its team-day.
    - `bezocht`, `ingetrokken`: the stop is gone.
    - `niemand_thuis`: the stop is no longer promised, and goes to another day than that of its team-day; when
      `until_s` is given, to a window from then on.
    - `uitgelopen`: the team-day begins at `until_s`.
    - `team_ziek`: the team-day is gone, and what it would visit is no longer promised.
    - `spoed`: the stop must be visited, before any other; on `team_day` when one is given.
    - `vast`: the stop stays with `team_day`, or with the one it was planned for.

    Args:
        problem: The problem of the plan, with any stop that came since.
        plan: What was planned.
        changes: In order.

    Raises:
        AtlasError: a change names a stop or team-day that isn't there, or lacks one.
    """
    planned = {visit.stop: one.team_day for one in plan.rounds for visit in one.visits}
    stops = {
        one.id: replace(one, promised_team_day=planned.get(one.id, one.promised_team_day))
        for one in problem.stops
    }
    team_days = {one.id: one for one in problem.team_days}
    for number, change in enumerate(changes):
        where = f"changes[{number}]"
        if change.kind in ("uitgelopen", "team_ziek"):
            _change_team_day(team_days, change, where)
        else:
            _change_stop(stops, problem, planned, change, where)
    gone = {one.id for one in problem.team_days} - set(team_days)
    left = tuple(
        replace(one, promised_team_day="") if one.promised_team_day in gone else one for one in stops.values()
    )
    return replace(problem, stops=left, team_days=tuple(team_days.values()))


def _change_team_day(team_days: dict[str, TeamDay], change: Change, where: str) -> None:
    one = team_days.get(change.team_day)
    if one is None:
        raise _unknown(f"{where}.team_day", change.team_day, "teamdag", list(team_days))
    if change.kind == "team_ziek":
        del team_days[change.team_day]
        return
    if change.until_s is None:
        raise wrong(f"{where}.until_s", None, "het moment waarop het team weer vrij is")
    begins = max(one.from_s, change.until_s)
    team_days[change.team_day] = replace(one, from_s=begins, to_s=max(begins, one.to_s))


def _change_stop(
    stops: dict[str, Stop], problem: Problem, planned: dict[str, str], change: Change, where: str
) -> None:
    one = stops.get(change.stop)
    if one is None:
        raise _unknown(f"{where}.stop", change.stop, "stop", list(stops))
    if change.team_day and all(each.id != change.team_day for each in problem.team_days):
        known = [each.id for each in problem.team_days]
        raise _unknown(f"{where}.team_day", change.team_day, "teamdag", known)
    if change.kind in ("bezocht", "ingetrokken"):
        del stops[change.stop]
    elif change.kind == "vast":
        team_day = change.team_day or planned.get(change.stop, "")
        if not team_day:
            raise wrong(f"{where}.team_day", None, "een teamdag: de stop staat nog in geen ronde")
        stops[change.stop] = replace(one, locked_team_day=team_day, promised_team_day="")
    elif change.kind == "spoed":
        urgent = replace(one, must=True, prize=one.prize + _URGENT * int(problem.costs.max(initial=0)))
        stops[change.stop] = replace(urgent, locked_team_day=change.team_day or one.locked_team_day)
    else:
        stops[change.stop] = _another_day(one, problem, planned.get(change.stop, ""), change.until_s)


def _another_day(one: Stop, problem: Problem, team_day: str, until_s: int | None) -> Stop:
    """A stop where nobody was at home: on another day, or later on the day when that is said."""
    free = replace(one, promised_team_day="", locked_team_day="")
    that = next((each.day for each in problem.team_days if each.id == team_day), None)
    if that is None:
        return free
    if until_s is not None:
        windows = tuple(
            replace(each, from_s=max(each.from_s, until_s)) for each in free.windows if each.to_s >= until_s
        )
        return replace(free, windows=windows or free.windows)
    days = free.days or tuple(dict.fromkeys(each.day for each in problem.team_days))
    return replace(free, days=tuple(day for day in days if day != that) or days)


def _unknown(where: str, got: str, kind: str, known: Sequence[str]) -> AtlasError:
    return AtlasError(
        f"Deze {kind} staat niet in de opgave.", where=where, got=got or "niets",
        expected="een van: " + ", ".join(known[:10]),
    )  # fmt: skip
