"""Why a stop is left out, found by trying: what would have to change for it to fit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..core.words.notation import counted
from .draft import Draft
from .options import may_visit, options
from .plans import LeftOut
from .problem import NO_ROAD_S, PEOPLE_FOR_KIND
from .timing import schedule
from .words import clock, day_words, length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .options import Options
    from .problem import Problem, Stop, TeamDay

#: how much longer a day is tried
_LONGER_S = 3600


def reasons(made: Options, orders: Sequence[Sequence[int]]) -> tuple[LeftOut, ...]:
    """A reason for every stop that no round visits.

    Args:
        made: The options the plan was made with.
        orders: For each team-day its stops, as they fit by the clock.
    """
    problem = made.problem
    placed = {stop for order in orders for stop in order}
    out = [number for number in range(len(problem.stops)) if number not in placed]
    groups = {problem.stops[stop].group for stop in placed} - {""}
    left: dict[int, LeftOut] = {}
    for number in out:
        stop = problem.stops[number]
        if stop.group in groups:
            left[number] = LeftOut(
                stop.id, "groep", f"Een andere stop van groep '{stop.group}' wordt bezocht."
            )
        else:
            found = _never_fits(problem, number)
            if found is not None:
                left[number] = LeftOut(stop.id, *found)
    rest = [number for number in out if number not in left]
    if rest:
        left |= _does_not_fit_now(made, orders, rest)
    return tuple(left[number] for number in out)


def _never_fits(problem: Problem, number: int) -> tuple[str, str] | None:
    """Why no team-day could visit a stop, even if it did nothing else."""
    stop = problem.stops[number]
    if not problem.team_days:
        return "geen_team", "Er is geen teamdag."
    barred = _barred(problem, stop)
    if barred is not None:
        return barred
    able = [one for one in problem.team_days if may_visit(problem, stop, one)]
    if any(schedule(problem, one, [number]) is not None for one in able):
        return None
    return _too_short(problem, number, able)


def _barred(problem: Problem, stop: Stop) -> tuple[str, str] | None:  # noqa: PLR0911 - one for each rule
    """The first rule after which nobody is left."""
    left = list(problem.team_days)
    if stop.locked_team_day:
        left = [one for one in left if one.id == stop.locked_team_day]
        if not left:
            return "vast", f"De stop staat vast bij '{stop.locked_team_day}', en die teamdag is er niet."
    working = [one for one in left if one.to_s > one.from_s and one.shift_s != 0 and one.most_visits != 0]
    if not working:
        return "geen_uren", "Geen van de teams die zouden kunnen heeft uren of bezoeken over."
    days = stop.days or tuple(sorted({one.day for one in stop.windows}))
    if "" not in days and days:
        left = [one for one in working if one.day in days]
        if not left:
            told = " of ".join(day_words(day) for day in days)
            return "vrije_dag", f"De afspraak is op {told}; dan werkt er geen team."
        working = left
    left = [one for one in working if one.people >= stop.least_people]
    if not left:
        kind = f"Een bezoek van de soort {stop.kind}" if stop.kind in PEOPLE_FOR_KIND else "Dit bezoek"
        most = max(one.people for one in working)
        return "mensen", f"{kind} vraagt {stop.least_people} mensen; het grootste team heeft er {most}."
    near = [one for one in left if not one.municipalities or stop.municipality in one.municipalities]
    if not near:
        lies = (
            f"Het erf ligt in {stop.municipality}"
            if stop.municipality
            else "Van het erf is geen gemeente bekend"
        )
        return "gemeentegrens", f"{lies}; daar mag geen van de teams komen."
    if not any(may_visit(problem, stop, one) for one in near):
        there = any(int(problem.seconds[one.start, stop.place]) < NO_ROAD_S for one in near)
        way = "terug" if there else "heen"
        return "geen_weg", f"Er is geen weg {way}: het erf ligt los van het wegennet waar de teams beginnen."
    return None


def _too_short(problem: Problem, number: int, able: Sequence[TeamDay]) -> tuple[str, str]:
    """Why a stop doesn't even fit on a day of its own."""
    stop = problem.stops[number]
    free = replace(stop, windows=(), ends_within=False)
    alone = replace(problem, stops=tuple(free if one is stop else one for one in problem.stops))
    nearest = min(int(problem.seconds[one.start, stop.place]) for one in able)
    if any(schedule(alone, one, [number]) is not None for one in able):
        told = " of ".join(f"{clock(one.from_s)}-{clock(one.to_s)}" for one in stop.windows)
        if stop.ends_within and all(one.to_s - one.from_s < stop.service_s for one in stop.windows):
            return "venster_te_kort", f"Het bezoek duurt {length(stop.service_s)} en past niet in {told}."
        return (
            "venster",
            f"Binnen {told} is geen team ter plaatse en op tijd terug, ook niet als het niets anders doet.",
        )
    return (
        "te_ver",
        f"Heen, {length(stop.service_s)} bezoek en terug past in geen dienst; heen is al {length(nearest)}.",
    )


def _does_not_fit_now(
    made: Options, orders: Sequence[Sequence[int]], rest: Sequence[int]
) -> dict[int, LeftOut]:
    """Try each stop in the plan as it is, with one visit more, a longer day, and without its windows."""
    problem = made.problem
    tries = [
        ("te_duur", problem, _worth),
        ("dagen_vol", replace(problem, team_days=tuple(map(_one_more, problem.team_days))), _as_one_more),
        ("dagen_vol", replace(problem, team_days=tuple(map(_longer, problem.team_days))), _as_longer),
        (
            "dagen_vol",
            replace(
                problem, stops=tuple(replace(one, windows=(), ends_within=False) for one in problem.stops)
            ),
            _as_free,
        ),
        (
            "dagen_vol",
            replace(problem, team_days=tuple(_longer(_one_more(one)) for one in problem.team_days)),
            _as_both,
        ),
    ]
    left: dict[int, LeftOut] = {}
    for code, relaxed, told in tries:
        waiting = [stop for stop in rest if stop not in left]
        if not waiting:
            break
        draft = Draft(options(relaxed), orders)
        for stop in waiting:
            fit = _fit(relaxed, draft, orders, stop)
            if fit is not None:
                sentence = told(problem, fit[0], fit[1], stop)
                left[stop] = LeftOut(problem.stops[stop].id, code, sentence)
    for stop in rest:
        if stop not in left:
            sentence = (
                "Alle dagen zijn vol; ook met een bezoek meer, een uur langer of zonder tijdvenster past het "
                "er niet bij. Een dag of een team erbij helpt wel."
            )
            left[stop] = LeftOut(problem.stops[stop].id, "dagen_vol", sentence)
    return left


def _fit(
    relaxed: Problem, draft: Draft, orders: Sequence[Sequence[int]], stop: int
) -> tuple[int, int, int] | None:
    """The cheapest (team-day, cost, moment back) where a stop fits now, by the clock."""
    for cost, number, place in draft.places_for(stop):
        order = [*orders[number][:place], stop, *orders[number][place:]]
        timed = schedule(relaxed, relaxed.team_days[number], order)
        if timed is not None:
            return number, cost, timed.return_s
    return None


def _one_more(team_day: TeamDay) -> TeamDay:
    return replace(team_day, most_visits=None if team_day.most_visits is None else team_day.most_visits + 1)


def _longer(team_day: TeamDay) -> TeamDay:
    shift = None if team_day.shift_s is None else team_day.shift_s + _LONGER_S
    return replace(team_day, to_s=team_day.to_s + _LONGER_S, shift_s=shift)


def _where(problem: Problem, number: int) -> str:
    return f"'{problem.team_days[number].id}'"


def _worth(problem: Problem, number: int, cost: int, stop: int) -> str:
    where, price = _where(problem, number), problem.stops[stop].prize
    return f"Past bij {where}, maar de omweg ({cost}) kost meer dan het bezoek waard is ({price})."


def _as_one_more(problem: Problem, number: int, cost: int, _stop: int) -> str:
    most = problem.team_days[number].most_visits or 0
    return (
        f"Alle dagen zijn vol. Past bij {_where(problem, number)} als dat team er "
        f"{counted(most + 1, 'bezoek', 'bezoeken')} mag doen ({length(cost)} om)."
        if problem.minimise == "seconds"
        else f"Alle dagen zijn vol. Past bij {_where(problem, number)} met een bezoek meer."
    )


def _as_longer(problem: Problem, number: int, _cost: int, _stop: int) -> str:
    return f"Alle dagen zijn vol. Past bij {_where(problem, number)} als de dienst een uur langer is."


def _as_free(problem: Problem, number: int, _cost: int, _stop: int) -> str:
    where = _where(problem, number)
    return f"Past niet bij de tijdvensters van de dag. Past bij {where} als zijn tijdvenster vervalt."


def _as_both(problem: Problem, number: int, _cost: int, _stop: int) -> str:
    return f"Alle dagen zijn vol. Past bij {_where(problem, number)} met een bezoek meer én een uur langer."
