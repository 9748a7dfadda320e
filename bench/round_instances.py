"""Instances of rounds for `rounds.py`: FICTIEF yards along roads of the demo, and three of the literature.

Nothing here is measured: it is imported.
"""

import json
import random
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

import geopandas
import numpy as np
import pyvrp
import shapely
from measuring import QUICK, ROOT

MORNING, AFTERNOON, DAY = [30600, 43200], [46800, 59400], [30600, 59400]
LUNCH = {"length_s": 1800, "starts_between_s": [41400, 48600]}
STARTS = [(233_500, 582_000), (233_800, 557_000), (257_500, 534_000)]


def yards(roads, number, *, seed, box=None):
    """Places some 60 m beside local roads, spread out; one in six has another a few hundred metres away."""
    rng = np.random.default_rng(seed)
    lines = roads.geometry.to_numpy()[~roads["doorgaand"].to_numpy()]
    middle = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    if box is not None:
        middle = middle[((middle >= box[0]) & (middle <= box[1])).all(axis=1)]
    apart = _apart_m(middle, number)
    chosen = []
    for place in rng.permutation(middle):
        if len(chosen) == number - number // 6:
            break
        if all(np.hypot(*(place - other)) > apart for other in chosen):
            chosen.append(place)
    chosen += [place + rng.choice([-300, 300], 2) for place in chosen[: number - len(chosen)]]
    return np.rint(np.array(chosen) + rng.normal(0, 60, (len(chosen), 2))).astype(int)


def many_roads(path, into, *, copies=6):
    """The roads of the demo several times, each a few metres beside the last, joined at 300 of their ends."""
    one = geopandas.read_file(path)
    step, ids = np.array([13.0, 17.0]), ["wvk_id", "jte_id_beg", "jte_id_end"]

    def beside(frame, number):
        moved = frame.set_geometry(frame.translate(*(step * number)))
        moved[ids] = frame[ids].astype(int) + 100_000_000 * number
        return moved

    parts = [beside(one, each) for each in range(copies)]
    joints = one.sample(300, random_state=1)
    ends = shapely.get_coordinates(shapely.get_point(joints.geometry.to_numpy(), 0))
    for each in range(copies - 1):
        lines = shapely.linestrings(np.stack([ends + step * each, ends + step * (each + 1)], axis=1))
        links = beside(joints, each).set_geometry(lines, crs=one.crs)
        links["jte_id_end"] = links["jte_id_beg"] + 100_000_000
        links["wvk_id"] += 50_000_000
        parts.append(links)
    geopandas.pd.concat(parts, ignore_index=True).to_file(into, layer="wegvakken")


def _apart_m(middle, number):
    """How far apart yards can be, metres: a third of what an even spread over the area would give."""
    width, height = middle.max(axis=0) - middle.min(axis=0)
    return float(np.sqrt(width * height / number)) / 3


def instance(places, starts, *, team_days, most, near_s=120, seed=1, times=None):
    """The value of a problem's JSON: 40% of the yards any time, 30% in the morning, 30% in the afternoon."""
    chance = random.Random(seed)
    windows = [chance.choice([DAY] * 4 + [MORNING] * 3 + [AFTERNOON] * 3) for _ in places]
    names = [f"start-{each}" for each in range(len(starts))]
    every = [*zip(names, starts, strict=True), *((f"erf-{each}", place) for each, place in enumerate(places))]
    return {
        "note": "FICTIEF",
        "places": [{"id": name, "x_rd": int(x), "y_rd": int(y)} for name, (x, y) in every],
        "stops": [
            {"place": f"erf-{each}", "service_s": 1500, "window_s": window, "window_ends_with_service": True}
            for each, window in enumerate(windows)
        ],
        "team_days": [
            {
                "start": names[each % len(names)], "day": each // len(names), "from_s": DAY[0],
                "to_s": DAY[1], "most_visits": most, "lunch": LUNCH, "people": 2,
            }
            for each in range(team_days)
        ],
        "near_s": near_s,
        **({"seconds": times} if times is not None else {}),
    }  # fmt: skip


def public_kind(kind, number, *, seed=1):
    """After the recipes of the literature: MDVRPTW (Vidal and others) or VRPTW with prizes, in tenths."""
    chance = random.Random(seed)
    depots = 4 if kind == "MDVRPTW" else 1
    points = [(chance.uniform(-50, 50), chance.uniform(-50, 50)) for _ in range(depots)]
    points += [(chance.uniform(-100, 100), chance.uniform(-100, 100)) for _ in range(number)]
    where = np.array(points)
    seconds = np.rint(10 * np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1))).astype(int)
    stops = []
    for each in range(number):
        begin = chance.randint(600, 4700)
        stop = {
            "place": str(depots + each), "service_s": 10 * chance.randint(1, 25),
            "window_s": [begin, begin + chance.randint(900, 1800)], "load": [chance.randint(1, 25)],
        }  # fmt: skip
        stops.append(stop if kind == "MDVRPTW" else {**stop, "prize": chance.randint(100, 900)})
    return {
        "places": [{"id": str(each)} for each in range(len(points))],
        "stops": stops,
        "team_days": [
            {"start": str(each), "to_s": 10_000, "capacity": [200], "count": max(4, number // (depots * 6))}
            for each in range(depots)
        ],
        "seconds": seconds.tolist(),
    }


#: instances that PyVRP keeps with its source: where, how lengths become whole numbers, in how many parts of a
#: unit, the best cost that anybody published (its repositories have the solutions), and how many steps take
#: some ten seconds
PUBLIC = {
    "PR11A (MDVRPTW, 360 clients)": ("tests/data/PR11A.vrp", "exact", 1000, 6666.01, 7_000),
    "RC208 (VRPTW, 100 clients)": ("tests/data/RC208.vrp", "dimacs", 10, 776.1, 9_000),
}


def published(name):
    """The value of a public instance's JSON, and its best known cost in its numbers; None without it."""
    path, rounding, parts, best, _steps = PUBLIC[name]
    kept = ROOT / ".cache" / "round-instances"
    source = f"pyvrp-{version('pyvrp')}"
    if not QUICK and not (kept / f"{source}.tar.gz").exists():
        asked = ["--no-deps", "--no-binary", "pyvrp", "--quiet", "--dest", kept]
        command = [sys.executable, "-m", "pip", "download", *asked, source.replace("-", "==")]
        subprocess.run(command, check=False)
    if not (kept / f"{source}.tar.gz").exists():
        return None
    with tarfile.open(kept / f"{source}.tar.gz") as archive:
        archive.extract(f"{source}/{path}", kept, filter="data")
    data = pyvrp.read(kept / source / path, round_func=rounding)
    depots = [one.location for one in data.depots()]
    return {
        "note": name,
        "places": [{"id": str(each)} for each in range(data.num_locations)],
        "stops": [
            {
                "place": str(one.location), "service_s": one.service_duration,
                "window_s": [one.tw_early, one.tw_late], "load": list(one.delivery),
            }
            for one in data.clients()
        ],
        "team_days": [
            {
                "start": str(depots[one.start_depot]), "end": str(depots[one.end_depot]),
                "from_s": one.tw_early, "to_s": one.tw_late, "capacity": list(one.capacity),
                "count": one.num_available,
                **({"shift_s": one.shift_duration} if one.shift_duration < 2**40 else {}),
            }
            for one in data.vehicle_types()
        ],
        "seconds": data.duration_matrix(0).tolist(),
    }, best * parts  # fmt: skip


#: what the best published routes of RC2_10_1 cost with the truncated lengths of its own description, in
#: tenths: the file that holds them says 195,942, 0.07% less
PRIZED_BEST = 196_074


def published_with_prizes():
    """The value of the JSON of a public instance with prizes, as its facts stand in `RC2_10_1.json`."""
    facts = json.loads(Path(__file__).with_name("RC2_10_1.json").read_text(encoding="utf-8"))
    where = np.array([facts["x"], facts["y"]])
    lengths = np.trunc(10 * np.hypot(*(where[:, :, None] - where[:, None]))).astype(int)
    clients = range(1, len(lengths))
    return {
        "note": facts["name"],
        "places": [{"id": str(each)} for each in range(len(lengths))],
        "stops": [
            {
                "place": str(each), "service_s": 10 * facts["service"],
                "window_s": [10 * facts["opens"][each], 10 * (facts["opens"][each] + facts["window"])],
                "load": [facts["load"][each]], "prize": 10 * facts["prize"][each],
            }
            for each in clients
        ],
        "team_days": [
            {
                "start": "0", "to_s": 10 * facts["horizon"], "capacity": [facts["capacity"]],
                "count": facts["vehicles"],
            }
        ],
        "seconds": lengths.tolist(),
    }  # fmt: skip


def with_prizes(item, *, seed=1):
    """An instance in which clients may be left out (as in a PCVRPTW): prizes around what a detour costs."""
    chance = random.Random(seed)
    leg = int(np.median(np.partition(np.array(item["seconds"]), 5, axis=1)[:, 5]))
    return {
        **item,
        "stops": [{**stop, "prize": chance.randint(leg // 4, 2 * leg)} for stop in item["stops"]],
    }
