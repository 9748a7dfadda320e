"""Other planners on a problem of ours, in an environment of their own: `round_peers.py PLANNER PROBLEM`.

Prints one line of JSON: visits, driving in seconds, CPU seconds. Nothing here is measured by itself:
`rounds.py` starts it.
"""

import json
import sys
import time
from itertools import pairwise


def read(path):
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - the environment of the peers is theirs
        item = json.load(file)
    index = {one["id"]: number for number, one in enumerate(item["places"])}
    # no road: longer than any day
    seconds = [[10**6 if one is None else one for one in row] for row in item["seconds"]]
    return item, index, seconds


def driven(orders, item, index, seconds):
    total = 0
    for team_day, order in orders:
        places = [index[team_day["start"]], *(index[item["stops"][stop]["place"]] for stop in order)]
        places.append(places[0])
        total += sum(seconds[here][there] for here, there in pairwise(places))
    return {"visits": sum(len(order) for _, order in orders), "driving_s": total}


def vroom(path, level):
    import numpy as np
    import vroom

    item, index, seconds = read(path)
    problem = vroom.Input()
    problem.set_durations_matrix("car", np.array(seconds, dtype=np.uint32))
    for number, team_day in enumerate(item["team_days"]):
        lunch = team_day.get("lunch")
        pauses = []
        if lunch:
            window = vroom.TimeWindow(*lunch["starts_between_s"])
            pauses = [vroom.Break(1, time_windows=[window], service=lunch["length_s"])]
        problem.add_vehicle(
            vroom.Vehicle(
                number, start=index[team_day["start"]], end=index[team_day["start"]], breaks=pauses,
                time_window=vroom.TimeWindow(team_day["from_s"], team_day["to_s"]),
                max_tasks=team_day["most_visits"],
            )
        )  # fmt: skip
    for number, stop in enumerate(item["stops"]):
        begin, end = stop["window_s"]
        window = vroom.TimeWindow(begin, end - stop["service_s"])
        problem.add_job(
            vroom.Job(
                number,
                location=index[stop["place"]],
                default_service=stop["service_s"],
                time_windows=[window],
            )
        )
    busy = time.process_time()
    found = problem.solve(exploration_level=level, nb_threads=1)
    busy = time.process_time() - busy
    orders = {}
    for row in found.routes[["vehicle_id", "type", "id"]].itertuples():
        if row.type == "job":
            orders.setdefault(row.vehicle_id, []).append(int(row.id))
    told = [(item["team_days"][vehicle], order) for vehicle, order in orders.items()]
    return {**driven(told, item, index, seconds), "busy": busy}


def optimum(path):
    """CP-SAT: the least driving for a few yards, proved. Without lunch."""
    from ortools.sat.python import cp_model

    item, index, seconds = read(path)
    model, size = cp_model.CpModel(), len(item["stops"])
    at = [index[stop["place"]] for stop in item["stops"]]
    start, visited, cost = [], [], []
    for stop in item["stops"]:
        start.append(model.new_int_var(stop["window_s"][0], stop["window_s"][1] - stop["service_s"], ""))
        visited.append([])
    for team_day in item["team_days"]:
        home, arcs = index[team_day["start"]], []
        unused = model.new_bool_var("")
        arcs.append((0, 0, unused))
        inside = [model.new_bool_var("") for _ in range(size)]
        for one in range(size):
            visited[one].append(inside[one])
            arcs.append((one + 1, one + 1, ~inside[one]))
            leave, back = model.new_bool_var(""), model.new_bool_var("")
            arcs += [(0, one + 1, leave), (one + 1, 0, back)]
            out, home_again = seconds[home][at[one]], seconds[at[one]][home]
            cost += [out * leave, home_again * back]
            model.add(start[one] >= team_day["from_s"] + out).only_enforce_if(leave)
            ready = start[one] + item["stops"][one]["service_s"]
            model.add(ready + home_again <= team_day["to_s"]).only_enforce_if(back)
            for other in range(size):
                if other != one:
                    arc = model.new_bool_var("")
                    arcs.append((one + 1, other + 1, arc))
                    cost.append(seconds[at[one]][at[other]] * arc)
                    model.add(start[other] >= ready + seconds[at[one]][at[other]]).only_enforce_if(arc)
        model.add_circuit(arcs)
        model.add(sum(inside) <= team_day["most_visits"])
    for each in visited:
        model.add_exactly_one(each)
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = 120
    proved = solver.solve(model) == cp_model.OPTIMAL
    return {"driving_s": int(solver.objective_value), "proved": proved}


if __name__ == "__main__":
    planner, problem_path, *more = sys.argv[1:]
    answer = optimum(problem_path) if planner == "optimum" else vroom(problem_path, int(more[0]))
    print(json.dumps(answer))
