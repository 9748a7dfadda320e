"""A plan as JSON: `docs/rondes.md` describes it, its schema is in `data/rounds`.

Reading takes a plan changed by hand too: of a round only its team-day and the ids of its visits are asked.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from .checker import Breach
from .json_values import items, one_or_more, read_json, text, texts, whole, whole_or_none, wrong
from .plans import LeftOut, Plan, Round, TeamTotal, Visit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .json_values import Json
    from .problem import Problem, TeamDay

VERSION = 1


def plan_item(problem: Problem, plan: Plan, breaches: Sequence[Breach]) -> dict[str, object]:
    """A plan as the value of its JSON, with what the checker says of it."""
    team_days = {one.id: one for one in problem.team_days}
    places = {one.id: problem.places[one.place].id for one in problem.stops}
    return {
        "version": VERSION,
        "method": plan.method,
        "seed": plan.seed,
        "iterations": plan.iterations,
        "ended": plan.ended,
        "totals": {
            "visits": plan.visits,
            "left_out": len(plan.left_out),
            "driving_s": plan.driving_s,
            "metres": plan.metres,
            "cost": plan.cost,
            "near_pairs": plan.near_pairs,
            "near_pairs_parted": len(plan.parted),
            "moved": len(plan.moved),
        },
        "rounds": [_round_item(one, team_days[one.team_day], places) for one in plan.rounds],
        "left_out": [{"stop": one.stop, "code": one.code, "reason": one.reason} for one in plan.left_out],
        "teams": [
            {
                "team": one.team, "days": one.days, "visits": one.visits, "driving_s": one.driving_s,
                "work_s": one.work_s,
            }
            for one in plan.teams
        ],
        "parted": [list(pair) for pair in plan.parted],
        "moved": list(plan.moved),
        "breaches": [
            {"code": one.code, "team_day": one.team_day, "stop": one.stop, "sentence": one.sentence}
            for one in breaches
        ],
        "travel_note": problem.travel_note,
        "notes": list(plan.notes),
    }  # fmt: skip


def plan_text(item: dict[str, object]) -> str:
    """The text of a plan's file: the same plan gives the same bytes."""
    return json.dumps(item, ensure_ascii=False, indent=1) + "\n"


def _round_item(one: Round, team_day: TeamDay, places: dict[str, str]) -> dict[str, object]:
    lunch = None
    if one.lunch_s is not None and team_day.lunch is not None:
        lunch = {
            "start_s": one.lunch_s,
            "end_s": one.lunch_s + team_day.lunch.length_s,
            "after_visits": one.lunch_after,
        }
    return {
        "team_day": one.team_day,
        "team": team_day.team,
        "day": team_day.day,
        "leave_s": one.leave_s,
        "return_s": one.return_s,
        "driving_s": one.driving_s,
        "metres": one.metres,
        "lunch": lunch,
        "visits": [
            {
                "stop": visit.stop, "place": places[visit.stop], "arrive_s": visit.arrive_s,
                "start_s": visit.start_s, "end_s": visit.end_s,
            }
            for visit in one.visits
        ],
    }  # fmt: skip


def read_plan(path: Path) -> Plan:
    """Read a plan from a file.

    Raises:
        AtlasError: what is wrong, and where it stands.
    """
    return plan_from(read_json(path))


def plan_from(item: Json) -> Plan:
    """A plan from the value of its JSON; a visit may be only the id of its stop.

    Raises:
        AtlasError: what is wrong, and where it stands.
    """
    if not isinstance(item.get("rounds"), list):
        raise wrong("rounds", item.get("rounds"), "een lijst met ronden")
    return Plan(
        text(item, "method", "", "onbekend"),
        tuple(_round(*each) for each in items(item, "rounds", "")),
        tuple(
            LeftOut(text(each, "stop", where), text(each, "code", where), text(each, "reason", where))
            for each, where in items(item, "left_out", "")
        ),
        whole_or_none(item, "seed", ""),
        whole_or_none(item, "iterations", ""),
        text(item, "ended", "", "iterations"),
        tuple(_total(*each) for each in items(item, "teams", "")),
        notes=texts(item, "notes", ""),
    )


def breaches_from(item: Json) -> list[Breach]:
    """What a checker said of a plan, from the value of its JSON.

    Raises:
        AtlasError: what is wrong, and where it stands.
    """
    return [
        Breach(*(text(each, key, where) for key in ("code", "sentence", "team_day", "stop")))
        for each, where in items(item, "breaches", "")
    ]


def _round(item: Json, where: str) -> Round:
    lunch = item.get("lunch")
    if lunch is not None and not isinstance(lunch, dict):
        raise wrong(f"{where}.lunch", lunch, "een object met start_s en after_visits")
    pause = cast("Json", lunch or {})
    return Round(
        text(item, "team_day", where),
        tuple(
            _visit(each, f"{where}.visits[{number}]")
            for number, each in enumerate(one_or_more(item, "visits", where))
        ),
        whole_or_none(item, "leave_s", where),
        whole_or_none(item, "return_s", where),
        whole_or_none(pause, "start_s", f"{where}.lunch"),
        whole_or_none(pause, "after_visits", f"{where}.lunch"),
        whole(item.get("driving_s", 0), f"{where}.driving_s"),
        whole_or_none(item, "metres", where),
    )


def _total(item: Json, where: str) -> TeamTotal:
    days, visits, driving_s, work_s = (
        whole(item.get(key, 0), f"{where}.{key}") for key in ("days", "visits", "driving_s", "work_s")
    )
    return TeamTotal(text(item, "team", where), days, visits, driving_s, work_s)


def _visit(value: object, where: str) -> Visit:
    if not isinstance(value, dict):
        return Visit(text({"stop": value}, "stop", where))
    item = cast("Json", value)
    return Visit(
        text(item, "stop", where),
        whole_or_none(item, "arrive_s", where),
        whole_or_none(item, "start_s", where),
        whole_or_none(item, "end_s", where),
    )
