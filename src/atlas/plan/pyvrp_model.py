"""The options of a problem in PyVRP's terms, and its solutions as orders.

What PyVRP lacks, and how it is said (decision 0011):

- breaks (PyVRP#352): the short day of `rounds.options`;
- soft windows (PyVRP#415), promises with a price: each option of a stop is a client of its own, all in one
  group of which one may be visited, with prizes that differ by the prices;
- locks, days, borders, people (PyVRP#631): a dimension of load for each set of team-days that something is
  limited to, which the others can't carry;
- most visits, where somebody has a limit: a dimension of load of which every stop takes one;
- must: demanded, which finds more in the same time but finds nothing when not everything fits; or else a
  prize above any detour, and penalties that may grow beyond it: a prize above the largest penalty left 1,000
  yards without a plan that fits.

Team-days that are alike are one type of vehicle. What a problem doesn't ask isn't said: a bare instance is
the one that PyVRP would read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyvrp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..rounds.options import Option, Options
    from ..rounds.problem import Problem
    from .clusters import Cluster

#: more than any load
_ROOM = 1_000_000
#: PyVRP's own for a shift without a limit
_NO_LIMIT = 2**63 - 1
#: PyVRP's own largest penalty, raised when a prize is higher
_PENALTY = 100_000.0


@dataclass(frozen=True)
class Model:
    """PyVRP's data, with what its clients and vehicle types are.

    Attributes:
        data: For PyVRP.
        clients: For each client its cluster.
        vehicles: For each vehicle type its team-days.
        largest_penalty: For `pyvrp.PenaltyParams`.
    """

    data: pyvrp.ProblemData
    clients: tuple[Cluster, ...]
    vehicles: tuple[tuple[int, ...], ...]
    largest_penalty: float


def model_of(options: Options, clusters: Sequence[Cluster], *, demanded: bool = False) -> Model:
    """Say a problem to PyVRP.

    Args:
        options: What can be visited, when and by whom.
        clusters: The stops that can be visited.
        demanded: Whether stops that must be visited are demanded, rather than worth a high prize; a stop
            with several options or a group never is.
    """
    problem = options.problem
    limited = _limited_sets(options, clusters)
    size = max((len(one.load) for one in problem.stops), default=0)
    vehicle_types, vehicles, depots = _vehicle_types(options, limited, size)
    locations, matrices = _locations(options, clusters, depots)
    clients, owners, groups = [], [], []
    by_group: dict[str, list[int]] = {}
    for number, cluster in enumerate(clusters):
        group = problem.stops[cluster.stops[0]].group if len(cluster.stops) == 1 else ""
        members = by_group.setdefault(group or f"\0{number}", [])
        dearest = max(way.price for way in cluster.ways)
        members += range(len(clients), len(clients) + len(cluster.ways))
        owners += [cluster] * len(cluster.ways)
        clients += [(cluster, way, dearest - way.price, len(depots) + number) for way in cluster.ways]
    for members in by_group.values():
        if len(members) > 1:
            groups.append(pyvrp.ClientGroup(members, required=False))  # noqa: PERF401 - reads as it is
    group_of = {client: index for index, group in enumerate(groups) for client in group}
    required = [
        demanded and number not in group_of and all(problem.stops[stop].must for stop in cluster.stops)
        for number, cluster in enumerate(owners)
    ]
    made = [
        pyvrp.Client(
            location,
            delivery=_load(options, cluster, way, limited, size),
            service_duration=cluster.lasts_s,
            tw_early=way.early_s,
            tw_late=way.late_s,
            prize=0 if required[number] else sum(options.prices[stop] for stop in cluster.stops) + extra,
            required=required[number],
            group=group_of.get(number),
        )
        for number, (cluster, way, extra, location) in enumerate(clients)
    ]
    highest = max((one.prize for one in made), default=0)
    data = pyvrp.ProblemData(
        locations,
        made,
        [pyvrp.Depot(number) for number in range(len(depots))],
        vehicle_types,
        [matrices[0]],
        [matrices[1]],
        groups,
    )
    return Model(data, tuple(owners), vehicles, max(_PENALTY, 2.0 * highest))


def orders_of(model: Model, solution: pyvrp.Solution, team_days: int) -> list[list[int]]:
    """For each team-day the stops of a solution."""
    orders: list[list[int]] = [[] for _ in range(team_days)]
    free = [list(days) for days in model.vehicles]
    for route in solution.routes():
        stops = [
            stop
            for one in route
            if one.type == pyvrp.ActivityType.CLIENT
            for stop in model.clients[one.idx].stops
        ]
        if stops:
            orders[free[route.vehicle_type()].pop(0)] = stops
    return orders


def _limited_sets(options: Options, clusters: Sequence[Cluster]) -> list[int]:
    """The sets of team-days, short of all, that an option is limited to."""
    everybody = (1 << len(options.days)) - 1
    return sorted({way.team_days for one in clusters for way in one.ways} - {everybody})


def _load(options: Options, cluster: Cluster, way: Option, limited: Sequence[int], size: int) -> list[int]:
    """What a cluster takes: of its own load `size` dimensions."""
    problem = options.problem
    carried = [
        sum(problem.stops[stop].load[each] for stop in cluster.stops if each < len(problem.stops[stop].load))
        for each in range(size)
    ]
    counted = [len(cluster.stops)] if _counts_visits(problem) else []
    return [*counted, *carried, *(int(each == way.team_days) for each in limited)]


def _counts_visits(problem: Problem) -> bool:
    return any(one.most_visits is not None for one in problem.team_days)


def _vehicle_types(
    options: Options, limited: Sequence[int], size: int
) -> tuple[list[pyvrp.VehicleType], tuple[tuple[int, ...], ...], list[int]]:
    problem = options.problem
    depots = sorted({place for one in problem.team_days for place in (one.start, one.end)})
    alike: dict[tuple[object, ...], list[int]] = {}
    for number, (team_day, day) in enumerate(zip(problem.team_days, options.days, strict=True)):
        if day.to_s <= day.from_s or day.shift_s <= 0:
            continue
        most = _ROOM if team_day.most_visits is None else team_day.most_visits
        capacity = [
            *([most] if _counts_visits(problem) else ()),
            *(
                team_day.capacity[each] if each < len(team_day.capacity) else _ROOM * _ROOM
                for each in range(size)
            ),
            *(_ROOM if each >> number & 1 else 0 for each in limited),
        ]
        key = (
            tuple(capacity), depots.index(team_day.start), depots.index(team_day.end), team_day.fixed_cost,
            day.from_s, day.to_s, day.shift_s if day.has_own_shift else _NO_LIMIT,
        )  # fmt: skip
        alike.setdefault(key, []).append(number)
    made = [
        pyvrp.VehicleType(
            len(days), list(capacity), start, end, fixed, early, late, longest
        )
        for (capacity, start, end, fixed, early, late, longest), days in alike.items()
    ]  # fmt: skip
    return made, tuple(tuple(days) for days in alike.values()), depots


def _locations(
    options: Options, clusters: Sequence[Cluster], depots: Sequence[int]
) -> tuple[list[pyvrp.Location], tuple[np.ndarray, np.ndarray]]:
    """Depots, then clusters: one comes in at its first stop and leaves from its last."""
    problem = options.problem
    first = np.array([*depots, *(problem.stops[one.stops[0]].place for one in clusters)])
    last = np.array([*depots, *(problem.stops[one.stops[-1]].place for one in clusters)])
    matrices = []
    for matrix in (problem.costs, problem.seconds):
        between = matrix[np.ix_(last, first)]
        np.fill_diagonal(between, 0)
        matrices.append(between)
    places = [problem.places[number] for number in first]
    locations = [pyvrp.Location(int(one.x_rd or 0), int(one.y_rd or 0)) for one in places]
    return locations, (matrices[0], matrices[1])
