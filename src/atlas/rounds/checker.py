"""Judge a plan, whoever made or changed it: what breaks, in sentences.

On purpose this shares nothing with what makes plans: no options, no short days, no timing. It reads the
problem and the plan, and walks every round by the clock. A round whose visits all have times is judged by
those times; one without (changed by hand) is walked as early as it can be, with lunch at the place where
the least breaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ..core.words.notation import counted
from .problem import NO_ROAD_S, PEOPLE_FOR_KIND
from .words import clock, day_words, length

if TYPE_CHECKING:
    from .plans import Plan, Round
    from .problem import Problem, Stop, TeamDay, Window


@dataclass(frozen=True)
class Breach:
    """What a plan breaks: a code for a program, a sentence for a person, and where."""

    code: str
    sentence: str
    team_day: str = ""
    stop: str = ""


@dataclass(frozen=True)
class _Moment:
    """What happens at one place, as the plan says or as it was walked; `travel_s` is the way to it."""

    stop: Stop | None
    travel_s: int
    arrive_s: int
    start_s: int
    end_s: int


def check(problem: Problem, plan: Plan) -> list[Breach]:
    """Everything that a plan breaks; an empty list when it is right.

    Args:
        problem: What it must keep to.
        plan: Made by the program, or changed by hand.
    """
    breaches = _unknown_and_double(problem, plan)
    team_days = {one.id: one for one in problem.team_days}
    stops = {one.id: one for one in problem.stops}
    for one in plan.rounds:
        if one.team_day in team_days:
            breaches += _check_round(problem, one, team_days[one.team_day], stops)
    visited = {visit.stop for one in plan.rounds for visit in one.visits}
    return breaches + _missing(problem, visited) + _groups(problem, plan)


def _unknown_and_double(problem: Problem, plan: Plan) -> list[Breach]:
    team_days, stops = {one.id for one in problem.team_days}, {one.id for one in problem.stops}
    found: list[Breach] = []
    seen_rounds: set[str] = set()
    seen_stops: dict[str, str] = {}
    for one in plan.rounds:
        if one.team_day not in team_days:
            found.append(Breach("onbekend", f"De teamdag '{one.team_day}' bestaat niet.", one.team_day))
        if one.team_day in seen_rounds:
            found.append(Breach("dubbel", f"De teamdag '{one.team_day}' heeft twee ronden.", one.team_day))
        seen_rounds.add(one.team_day)
        for visit in one.visits:
            if visit.stop not in stops:
                found.append(
                    Breach("onbekend", f"De stop '{visit.stop}' bestaat niet.", one.team_day, visit.stop)
                )
            if visit.stop in seen_stops:
                where = f"bij '{seen_stops[visit.stop]}' en bij '{one.team_day}'"
                if seen_stops[visit.stop] == one.team_day:
                    where = f"twee keer bij '{one.team_day}'"
                found.append(Breach("dubbel", f"'{visit.stop}' staat {where}.", one.team_day, visit.stop))
            seen_stops[visit.stop] = one.team_day
    return found


def _missing(problem: Problem, visited: set[str]) -> list[Breach]:
    reached = {stop.group for stop in problem.stops if stop.group and stop.id in visited}
    return [
        Breach("ontbreekt", f"'{stop.id}' moet worden bezocht en staat in geen ronde.", stop=stop.id)
        for stop in problem.stops
        if stop.must
        and stop.id not in visited
        and stop.group not in (reached | {""} if stop.group else set())
    ]


def _groups(problem: Problem, plan: Plan) -> list[Breach]:
    groups = {stop.id: stop.group for stop in problem.stops if stop.group}
    first: dict[str, str] = {}
    found = []
    for one in plan.rounds:
        for visit in one.visits:
            group = groups.get(visit.stop, "")
            if group and first.setdefault(group, visit.stop) != visit.stop:
                sentence = f"Van groep '{group}' hoort er één te worden bezocht; '{first[group]}' is dat al."
                found.append(Breach("groep", sentence, one.team_day, visit.stop))
    return found


def _check_round(problem: Problem, one: Round, team_day: TeamDay, stops: dict[str, Stop]) -> list[Breach]:
    visited = [stops[visit.stop] for visit in one.visits if visit.stop in stops]
    if not visited:
        return []
    found = _check_rights(visited, team_day)
    roads = _check_roads(problem, visited, team_day)
    if roads:
        return found + roads
    known = [visit for visit in one.visits if visit.stop in stops]
    if (
        one.leave_s is not None
        and one.return_s is not None
        and all(visit.end_s is not None for visit in known)
    ):
        return found + _check_told(problem, one, team_day, stops)
    walks = [_walk(problem, visited, team_day, None)]
    if team_day.lunch is not None:
        bare = walks[0]
        if _is_over_before(team_day, bare[0].arrive_s, bare[-1].arrive_s):
            return found + _judge(team_day, bare, lunch_s=None)
        walks = [_walk(problem, visited, team_day, place) for place in range(len(visited) + 1)]
    judged = [
        _judge(team_day, walk, lunch_s=next((each.start_s for each in walk[1:-1] if each.stop is None), None))
        for walk in walks
    ]
    return found + min(judged, key=len)


def _is_over_before(team_day: TeamDay, leave_s: int, return_s: int) -> bool:
    lunch = team_day.lunch
    return lunch is not None and (return_s <= lunch.earliest_s or leave_s > lunch.latest_s)


def _check_rights(visited: list[Stop], team_day: TeamDay) -> list[Breach]:
    """What doesn't depend on the clock: number, people, borders, days, locks, load."""
    found = []
    where = f"'{team_day.id}'"
    if team_day.most_visits is not None and len(visited) > team_day.most_visits:
        made = counted(len(visited), "bezoek", "bezoeken")
        sentence = f"{where} heeft {made}; het mogen er {team_day.most_visits} zijn."
        found.append(Breach("te_veel_bezoeken", sentence, team_day.id))
    for stop in visited:
        need = max(stop.people, PEOPLE_FOR_KIND.get(stop.kind, 1))
        if team_day.people < need:
            kind = f"{stop.kind} bij " if stop.kind else ""
            sentence = f"{kind}'{stop.id}' vraagt {need} mensen; {where} heeft er {team_day.people}."
            found.append(Breach("mensen", sentence[0].upper() + sentence[1:], team_day.id, stop.id))
        if team_day.municipalities and stop.municipality not in team_day.municipalities:
            lies = f"ligt in {stop.municipality}" if stop.municipality else "heeft geen gemeente"
            sentence = f"'{stop.id}' {lies}; {where} blijft in {', '.join(team_day.municipalities)}."
            found.append(Breach("gemeentegrens", sentence, team_day.id, stop.id))
        days = stop.days or tuple(sorted({one.day for one in stop.windows if one.day}))
        any_day = not stop.days and any(not one.day for one in stop.windows)
        if days and not any_day and team_day.day not in days:
            sentence = (
                f"'{stop.id}' kan alleen op {' of '.join(day_words(day) for day in days)}; "
                f"{where} is op {day_words(team_day.day)}."
            )
            found.append(Breach("dag", sentence, team_day.id, stop.id))
        if stop.locked_team_day and stop.locked_team_day != team_day.id:
            sentence = f"'{stop.id}' staat vast bij '{stop.locked_team_day}', niet bij {where}."
            found.append(Breach("vast", sentence, team_day.id, stop.id))
    for number, most in enumerate(team_day.capacity):
        carried = sum(stop.load[number] for stop in visited if number < len(stop.load))
        if carried > most:
            found.append(Breach("lading", f"{where} laadt {carried}; er past {most} in.", team_day.id))
    return found


def _check_roads(problem: Problem, visited: list[Stop], team_day: TeamDay) -> list[Breach]:
    places = [team_day.start, *(stop.place for stop in visited), team_day.end]
    found = []
    for number, (here, there) in enumerate(pairwise(places)):
        if int(problem.seconds[here, there]) >= NO_ROAD_S:
            names = problem.places[here].id, problem.places[there].id
            stop = visited[min(number, len(visited) - 1)].id
            found.append(
                Breach("geen_weg", f"Van '{names[0]}' naar '{names[1]}' is geen weg.", team_day.id, stop)
            )
    return found


def _walk(problem: Problem, visited: list[Stop], team_day: TeamDay, lunch_at: int | None) -> list[_Moment]:
    """A round as early as can be: leaving, each visit and lunch, and being back."""
    moment, here = team_day.from_s, team_day.start
    walk = [_Moment(None, 0, moment, moment, moment)]
    for number in range(len(visited) + 1):
        if lunch_at == number and team_day.lunch is not None:
            begin = max(moment, team_day.lunch.earliest_s)
            walk.append(_Moment(None, 0, moment, begin, begin + team_day.lunch.length_s))
            moment = begin + team_day.lunch.length_s
        if number < len(visited):
            stop = visited[number]
            travel = int(problem.seconds[here, stop.place])
            arrive = moment + travel
            begin = min(
                (max(arrive, one.from_s) for one in _windows(stop, team_day) if _fits(stop, one, arrive)),
                default=arrive,
            )
            walk.append(_Moment(stop, travel, arrive, begin, begin + stop.service_s))
            moment, here = begin + stop.service_s, stop.place
    travel = int(problem.seconds[here, team_day.end])
    walk.append(_Moment(None, travel, moment + travel, moment + travel, moment + travel))
    return _left_late(walk, team_day)


def _left_late(walk: list[_Moment], team_day: TeamDay) -> list[_Moment]:
    """The same round, leaving later where it would only wait: a shift is counted from there."""
    if team_day.shift_s is None:
        return walk
    slack = 0
    latest: list[int] = []
    for each in reversed(walk[1:]):
        room = each.start_s - each.arrive_s
        slack = min(slack + room, _last_start(each, team_day) - each.arrive_s) if latest else room
        latest.append(slack)
    leave = walk[0].end_s + max(0, slack)
    return [_Moment(None, 0, leave, leave, leave), *walk[1:]]


def _last_start(each: _Moment, team_day: TeamDay) -> int:
    if each.stop is None:
        return team_day.lunch.latest_s if team_day.lunch is not None else each.start_s
    windows = [one for one in _windows(each.stop, team_day) if one.from_s <= each.start_s <= one.to_s]
    less = each.stop.service_s if each.stop.ends_within else 0
    return max((one.to_s - less for one in windows), default=team_day.to_s)


def _windows(stop: Stop, team_day: TeamDay) -> list[Window]:
    return [one for one in stop.windows if one.day in ("", team_day.day)]


def _fits(stop: Stop, window: Window, arrive_s: int) -> bool:
    begin = max(arrive_s, window.from_s)
    return begin + (stop.service_s if stop.ends_within else 0) <= window.to_s


def _judge(team_day: TeamDay, walk: list[_Moment], *, lunch_s: int | None) -> list[Breach]:
    """What the clock says of a round."""
    found = []
    where, leave, back = f"'{team_day.id}'", walk[0].arrive_s, walk[-1].arrive_s
    for each in walk[1:-1]:
        stop = each.stop
        if stop is None:
            continue
        windows = _windows(stop, team_day)
        if windows and not any(
            one.from_s <= each.start_s and (each.end_s if stop.ends_within else each.start_s) <= one.to_s
            for one in windows
        ):
            told = " of ".join(f"{clock(one.from_s)}-{clock(one.to_s)}" for one in windows)
            sentence = (
                f"'{stop.id}' is op {day_words(team_day.day)} van {clock(each.start_s)} "
                f"tot {clock(each.end_s)}; het kan alleen {told}."
            )
            found.append(Breach("tijdvenster", sentence, team_day.id, stop.id))
    if leave < team_day.from_s:
        sentence = f"{where} vertrekt om {clock(leave)}; de dienst begint om {clock(team_day.from_s)}."
        found.append(Breach("dienst", sentence, team_day.id))
    if back > team_day.to_s:
        late = length(back - team_day.to_s)
        ends = clock(team_day.to_s)
        sentence = f"{where} is {late} te laat terug: om {clock(back)}, en de dienst eindigt om {ends}."
        found.append(Breach("dienst", sentence, team_day.id))
    if team_day.shift_s is not None and back - leave > team_day.shift_s:
        sentence = f"{where} duurt {length(back - leave)}; het mag {length(team_day.shift_s)} zijn."
        found.append(Breach("dienst", sentence, team_day.id))
    return found + _judge_lunch(team_day, (leave, back), lunch_s)


def _judge_lunch(team_day: TeamDay, leave_and_back: tuple[int, int], lunch_s: int | None) -> list[Breach]:
    lunch = team_day.lunch
    if lunch is None or (lunch_s is None and _is_over_before(team_day, *leave_and_back)):
        return []
    wanted = f"tussen {clock(lunch.earliest_s)} en {clock(lunch.latest_s)}"
    if lunch_s is None:
        sentence = f"'{team_day.id}' heeft geen pauze; die begint {wanted}."
    elif not lunch.earliest_s <= lunch_s <= lunch.latest_s:
        sentence = f"De pauze van '{team_day.id}' begint om {clock(lunch_s)}; dat moet {wanted}."
    else:
        return []
    return [Breach("pauze", sentence, team_day.id)]


def _check_told(problem: Problem, one: Round, team_day: TeamDay, stops: dict[str, Stop]) -> list[Breach]:
    """A round by the times it says itself: they must be possible, and within what is asked."""
    leave, back = one.leave_s or 0, one.return_s or 0
    walk, here, free = [_Moment(None, 0, leave, leave, leave)], team_day.start, leave
    found: list[Breach] = []
    lunch = team_day.lunch
    for number, visit in enumerate([*one.visits, None]):
        if one.lunch_s is not None and one.lunch_after == number and lunch is not None:
            if one.lunch_s < free:
                sentence = (
                    f"De pauze van '{team_day.id}' begint om {clock(one.lunch_s)}, vóór het bezoek klaar is."
                )
                found.append(Breach("tijden", sentence, team_day.id))
            free = max(free, one.lunch_s + lunch.length_s)
        if visit is None or visit.stop not in stops:
            continue
        stop = stops[visit.stop]
        travel = int(problem.seconds[here, stop.place])
        start, end = visit.start_s or 0, visit.end_s or 0
        if start < free + travel:
            sentence = (
                f"'{stop.id}' begint om {clock(start)}; het team kan er pas om {clock(free + travel)} zijn "
                f"({length(travel)} rijden)."
            )
            found.append(Breach("tijden", sentence, team_day.id, stop.id))
        if end < start:
            sentence = f"'{stop.id}' eindigt om {clock(end)}, voor het begint: om {clock(start)}."
            found.append(Breach("tijden", sentence, team_day.id, stop.id))
        elif end - start < stop.service_s:
            takes, asks = length(end - start), length(stop.service_s)
            sentence = f"'{stop.id}' duurt {takes}; het bezoek vraagt {asks}."
            found.append(Breach("tijden", sentence, team_day.id, stop.id))
        walk.append(_Moment(stop, travel, start, start, end))
        here, free = stop.place, max(end, free)
    if back < free + int(problem.seconds[here, team_day.end]):
        sentence = (
            f"'{team_day.id}' is volgens het plan om {clock(back)} terug; "
            f"dat kan pas om {clock(free + int(problem.seconds[here, team_day.end]))}."
        )
        found.append(Breach("tijden", sentence, team_day.id))
    walk.append(_Moment(None, 0, back, back, back))
    return found + _judge(team_day, walk, lunch_s=one.lunch_s)
