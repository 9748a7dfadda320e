"""Rounds of farm visits beside other planners, on the same instance and matrix, in CPU seconds.

Bare PyVRP gets the CPU seconds that ours took; VROOM and CP-SAT run in an environment of their own, which
is made once, by a run at full size; without it (no connection) they are left out, and that is said. All
places are FICTIEF.
"""

import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyvrp
import round_instances
from measuring import QUICK, ROOT, figure, sized
from scipy.sparse.csgraph import dijkstra

sys.path.insert(0, str(ROOT / "tests"))
from atlas.flows.demo import demo_files, make_demo
from atlas.geo.registers.roads import read_roads
from atlas.plan.matrix import edges_with_places, graph_of, matrices
from atlas.plan.network import network_of
from atlas.plan.snapping import snapped
from atlas.plan.solving import ITERATIONS, pyvrp_orders
from atlas.plan.travel import travel
from atlas.rounds import simple
from atlas.rounds.afterwards import Change, what_is_left
from atlas.rounds.budget import Budget
from atlas.rounds.checker import check
from atlas.rounds.finishing import finished
from atlas.rounds.options import options
from atlas.rounds.problem import Place
from atlas.rounds.problem_json import problem_from
from round_samples import problem_item

PEERS = ROOT / ".cache" / "round-peers"
PINNED = ("pyvroom==1.15.2", "ortools==9.15.6755", "numpy", "pandas")
STEPS = sized(ITERATIONS, 300)


def planned(problem, *, steps=STEPS, by=pyvrp_orders, orders=None, seed=0):
    """Our plan, and the CPU seconds it took from the problem on."""
    busy = time.process_time()
    made = options(problem)
    found, done = by(made, Budget(steps), orders=orders, seed=seed)
    plan = finished(made, found, method="", seed=seed, iterations=done, ended="iterations")
    busy = time.process_time() - busy
    broken = [one.sentence for one in check(problem, plan) if one.code != "ontbreekt"]
    if broken:
        sys.exit("\n".join(["THE PLAN BREAKS", *broken]))
    return plan, busy


class Busy(pyvrp.stop.StoppingCriterion):
    def __init__(self, seconds):
        self.until = time.process_time() + seconds

    def __call__(self, _best_cost):
        return time.process_time() > self.until


def bare(problem, seconds, *, must=True, seed=1):
    """PyVRP as its manual has it: lunch off the shift, everything demanded, or for a prize."""
    homes = sorted({one.start for one in problem.team_days})
    counted = any(one.most_visits is not None for one in problem.team_days)
    clients = [
        pyvrp.Client(
            one.place, delivery=[*[1][:counted], *one.load], service_duration=one.service_s,
            tw_early=one.windows[0].from_s, tw_late=one.windows[0].to_s - one.ends_within * one.service_s,
            required=must and one.must, prize=one.prize if not one.must else 0 if must else 20_000,
        )
        for one in problem.stops
    ]  # fmt: skip
    kinds = {}
    for one in problem.team_days:
        pause = one.lunch.length_s if one.lunch else 0
        most = (10**6 if one.most_visits is None else one.most_visits,)[:counted]
        key = (
            homes.index(one.start),
            one.from_s,
            one.to_s,
            (one.shift_s or one.to_s - one.from_s) - pause,
            most,
            one.capacity,
        )
        kinds[key] = kinds.get(key, 0) + 1
    vehicles = [
        pyvrp.VehicleType(
            number, [*most, *load], home, home, tw_early=early, tw_late=late, shift_duration=longest
        )
        for (home, early, late, longest, most, load), number in kinds.items()
    ]
    data = pyvrp.ProblemData(
        [pyvrp.Location(0, 0) for _ in problem.places], clients, [pyvrp.Depot(one) for one in homes],
        vehicles, [problem.seconds], [problem.seconds],
    )  # fmt: skip
    return pyvrp.solve(data, Busy(seconds), seed=seed, display=False)


def peer(planner, problem, *more):
    """What another planner makes of a problem; None without its environment."""
    python = PEERS / "bin" / "python"
    if not QUICK and not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=False)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PINNED], check=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "problem.json")
        item = problem_item(problem)
        for stop in item["stops"]:
            one = stop["windows"][0]
            stop["window_s"] = [one["from_s"], one["to_s"]]
        path.write_text(json.dumps(item), encoding="utf-8")
        command = [python, Path(__file__).with_name("round_peers.py"), planner, path, *map(str, more)]
        try:
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            print(f"  {planner}: left out, its environment is not there")
            return None
    return json.loads(done.stdout)


def yards_of_the_demo(roads_path, number, team_days, **given):
    frame = read_roads(roads_path).frame
    box = given.pop("box", None)
    places = round_instances.yards(frame, number, seed=given.get("seed", 1), box=box)
    item = round_instances.instance(places, round_instances.STARTS, team_days=team_days, **given)

    def over_roads(found):
        known = travel(found, roads_path)
        return known.seconds, known.metres, known.note

    problem = problem_from(item, over_roads)
    joined = (problem.seconds < 10**6).sum(axis=0) > len(problem.places) // 2
    stops = tuple(one for one in problem.stops if joined[one.place] and joined.T[one.place])
    return replace(problem, stops=stops)


def an_ordinary_week(roads_path):
    problem = yards_of_the_demo(roads_path, sized(150, 30), sized(12, 6), most=13)
    plan, busy = planned(problem)
    plain = bare(replace(problem, near_s=0), busy)
    left = len(plan.left_out)
    figure("rounds: 150 yards, 12 team-days, left out", left, 0)
    if plain.is_feasible():
        figure("rounds: 150 yards, driving beside bare PyVRP", plan.driving_s / plain.best.distance(), 1.01)
    other = peer("vroom", problem, 5)
    if other:
        figure("rounds: 150 yards, driving beside VROOM", plan.driving_s / other["driving_s"], 0.96)
    quick, _ = planned(problem, steps=sized(simple.ITERATIONS, 300), by=simple.simple_orders)
    if plain.is_feasible():
        figure("rounds: in pure Python, driving beside PyVRP", quick.driving_s / plain.best.distance(), 1.12)
    figure("rounds: in pure Python, left out", len(quick.left_out), 0)
    a_day_later(problem, plan)


def a_day_later(problem, plan):
    first = problem.team_days[0].day
    gone = {one.id for one in problem.team_days if one.day == first}
    seen = [visit.stop for one in plan.rounds if one.team_day in gone for visit in one.visits]
    happened = [Change("niemand_thuis" if each < 2 else "bezocht", stop) for each, stop in enumerate(seen)]
    left = what_is_left(problem, plan, happened)
    left = replace(left, team_days=tuple(one for one in left.team_days if one.id not in gone))
    number = {one.id: each for each, one in enumerate(left.stops)}
    before = {one.team_day: [visit.stop for visit in one.visits] for one in plan.rounds}
    orders = [[number[stop] for stop in before.get(one.id, ()) if stop in number] for one in left.team_days]
    new, _ = planned(left, steps=sized(simple.ITERATIONS, 300), by=simple.simple_orders, orders=orders)
    afresh, _ = planned(replace(left, stops=tuple(replace(one, promised_team_day="") for one in left.stops)))
    figure("rounds: a day later, promised visits moved", len(new.moved), 5)
    figure("rounds: a day later, driving beside a plan afresh", new.driving_s / afresh.driving_s, 1.02)


def yards_near_each_other(roads_path):
    box = ((225_000, 545_000), (250_000, 575_000))
    problem = yards_of_the_demo(roads_path, sized(150, 30), sized(12, 3), most=13, seed=2, box=box)
    plan, busy = planned(problem)
    plain = bare(problem, busy)
    if plain.is_feasible():
        figure("rounds: near yards, driving beside bare PyVRP", plan.driving_s / plain.best.distance(), 1.05)
    figure("rounds: near yards, part of the pairs parted", len(plan.parted) / max(1, plan.near_pairs), 0.07)


def too_many(roads_path):
    problem = yards_of_the_demo(roads_path, sized(150, 40), sized(8, 2), most=13, seed=3, near_s=0)
    plan, busy = planned(problem)
    plain = bare(problem, busy, must=False)
    figure("rounds: too many, visits fewer than bare PyVRP", plain.best.num_clients() - plan.visits, 0)
    figure("rounds: too many, driving beside bare PyVRP", plan.driving_s / plain.best.distance(), 1.01)
    figure("rounds: too many, left out without a reason", sum(not one.reason for one in plan.left_out), 0)


def the_best_there_is(roads_path):
    for number in sized((12, 14, 16), (6,)):
        problem = yards_of_the_demo(roads_path, number, 2, most=13, seed=number, near_s=0)
        problem = replace(problem, team_days=tuple(replace(one, lunch=None) for one in problem.team_days))
        plan, _ = planned(problem, steps=sized(3000, 200))
        best = peer("optimum", problem)
        if best and best["proved"] and not plan.left_out:
            figure(
                f"rounds: {number} yards, driving beside the optimum", plan.driving_s / best["driving_s"], 1.0
            )


def a_thousand(roads_path):
    """In a process of its own, so that its memory is that of nothing else."""
    subprocess.run([sys.executable, __file__, "--thousand", roads_path], check=True)


def a_thousand_alone(roads_path):
    """In 72 team-days ours visits all and VROOM 17 fewer: with 75 both visit all, and driving compares."""
    problem = yards_of_the_demo(roads_path, sized(1000, 60), sized(75, 6), most=16, seed=4)
    plan, busy = planned(problem, steps=sized(8000, 200))
    figure("rounds: 1,000 yards, left out", len(plan.left_out), 0)
    figure("rounds: 1,000 yards, CPU seconds", busy, 60, unit="s")
    figure(
        "rounds: 1,000 yards, memory",
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        500,
        unit="MB",
    )
    other = peer("vroom", problem, 0)
    if other:
        figure("rounds: 1,000 yards, visits fewer than VROOM", other["visits"] - plan.visits, 0)
        figure("rounds: 1,000 yards, driving beside VROOM", plan.driving_s / other["driving_s"], 0.95)


def of_the_literature():
    for kind, number in (("MDVRPTW", sized(300, 30)), ("PCVRPTW", sized(400, 40))):
        problem = problem_from(round_instances.public_kind(kind, number))
        plan, busy = planned(problem)
        plain = bare(problem, busy)
        if plain.is_feasible():
            figure(f"rounds: {kind}, cost beside bare PyVRP", plan.cost / plain.cost(), 1.005)


def of_the_public():
    """Public instances as `--problem` reads them: beside bare PyVRP in the same CPU seconds.

    After ten seconds PyVRP's own cost of PR11A differs by 1% from seed to seed: what is told is the median of
    the differences over three.
    """
    for name, (_path, _rounding, _parts, _best, steps) in round_instances.PUBLIC.items():
        found = round_instances.published(name)
        if found is None:
            print(f"  {name}: left out, it is not there")
            continue
        item, best = found
        beside_the_public(name, problem_from(item), best, sized(steps, 100))
        prized = problem_from(round_instances.with_prizes(item))
        beside_the_public(f"{name} with prizes", prized, None, sized(steps, 100))
    prized = round_instances.published_with_prizes()
    best = round_instances.PRIZED_BEST
    beside_the_public(prized["note"], problem_from(prized), best, sized(3_000, 20))


def beside_the_public(name, problem, best, steps):
    """How much more ours costs: in points of what it is above the best known, or of bare PyVRP's cost."""
    plans, theirs = [], []
    for seed in sized((1, 2, 3), (1,)):
        plan, busy = planned(problem, steps=steps, seed=seed)
        plans.append(plan)
        theirs.append(bare(problem, busy, seed=seed))
    feasible = [
        (plan.cost, other.cost()) for plan, other in zip(plans, theirs, strict=True) if other.is_feasible()
    ]
    if feasible:
        more = statistics.median(100 * (ours - other) / (best or other) for ours, other in feasible)
        of = "points more above the best known than bare PyVRP" if best else "% more than bare PyVRP"
        figure(f"rounds: {name}, {of}", more, 0.5)
    if best:
        middle = statistics.median(plan.cost for plan in plans)
        figure(f"rounds: {name}, above the best known", 100 * (middle / best - 1), unit="%")
        if all(stop.must for stop in problem.stops):
            figure(f"rounds: {name}, left out", max(len(plan.left_out) for plan in plans), 0)


def travel_matrix(roads_path):
    network = network_of(read_roads(roads_path).frame)
    ends = round_instances.yards(read_roads(roads_path).frame, sized(500, 50), seed=5).astype(float)
    on_roads = snapped(network, *ends.T)
    ratios = []
    for _ in range(sized(3, 1)):
        busy = time.process_time()
        ours, _ = matrices(network, on_roads)
        own, busy = time.process_time() - busy, time.process_time()
        edges, places, nodes = edges_with_places(network, on_roads)
        plain = dijkstra(graph_of(edges, nodes), indices=places)[:, places]
        ratios.append(own / (time.process_time() - busy))
    rest = on_roads.rest_s[:, None] + on_roads.rest_s[None]
    joined = np.isfinite(ours) & ~np.eye(len(ours), dtype=bool)
    if not np.allclose(ours[joined] - rest[joined], np.floor(plain[joined] / (1 << 20)) / 1000, atol=1e-6):
        sys.exit("THE TRAVEL TIMES DIFFER")
    figure(f"travel: {network.nodes:,} junctions, time beside scipy", math.fsum(ratios) / len(ratios), 0.75)


def a_large_network(roads_path, folder):
    """In a process of its own, so that its memory is that of nothing else."""
    many = Path(folder, "many.gpkg")
    round_instances.many_roads(roads_path, many, copies=sized(6, 2))
    subprocess.run([sys.executable, __file__, "--large", many], check=True)


def memory(which):
    """What Linux says of this process, MB: `VmRSS` now, `VmHWM` at its peak."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(one.split()[1]) for one in lines if one.startswith(f"{which}:")) / 1024


def a_large_network_alone(roads_path):
    """The whole way from a file to a matrix, again from what was kept, and the searches by themselves."""
    frame = read_roads(roads_path).frame
    ends = round_instances.yards(frame, sized(500, 50), seed=5)
    places = [Place(str(each), x_rd=float(x), y_rd=float(y)) for each, (x, y) in enumerate(ends)]
    network = network_of(frame)
    on_roads = snapped(network, *ends.astype(float).T)
    before = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak counts from here
    busy = time.process_time()
    matrices(network, on_roads)
    name = f"travel: {network.nodes:,} junctions"
    figure(f"{name}, CPU seconds of the matrix", time.process_time() - busy, 12, unit="s")
    more = memory("VmHWM") - before
    figure(f"{name}, memory that the matrix takes more", more, 500, unit="MB")
    with tempfile.TemporaryDirectory() as folder:
        for what, aim in (("from the file", None), ("from what was kept", 0.3)):
            busy = time.process_time()
            travel(places, roads_path, kept_in=Path(folder))
            figure(f"{name}, CPU seconds {what}", time.process_time() - busy, aim, unit="s")


def main():
    with tempfile.TemporaryDirectory() as folder:
        make_demo(Path(folder, "demo"), seed=1, scale=sized(1.0, 0.02))
        roads_path = demo_files(Path(folder, "demo")).roads
        for measure in (an_ordinary_week, yards_near_each_other, too_many, the_best_there_is, a_thousand):
            measure(roads_path)
        of_the_literature()
        of_the_public()
        travel_matrix(roads_path)
        a_large_network(roads_path, folder)


if sys.argv[1:2] == ["--thousand"]:
    a_thousand_alone(Path(sys.argv[2]))
elif sys.argv[1:2] == ["--large"]:
    a_large_network_alone(Path(sys.argv[2]))
else:
    main()
